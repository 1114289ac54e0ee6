"""The small newsroom as it is built today, held to what was looked at and agreed to.

A chosen set of pages and mails stands in `tests/golden/small` to be read; all others are held by their digest. After
a change that is meant, `make agree` writes what is built now; look at every difference before it is committed.
"""

from __future__ import annotations

import os
import shutil
from difflib import unified_diff
from hashlib import sha256
from pathlib import Path

import pytest

from tests.built import ROOT

GOLDEN = ROOT / "tests" / "golden" / "small"
DIGESTS = GOLDEN / "digests.txt"
AGREE = os.environ.get("YEARROUND_AGREE") == "1"
HOW = "If this is what you want, run `make agree` and look at `git diff -- 'tests/*golden*'`."

READ = """
    site/en/index.html              site/fa/index.html
    site/en/stories/index.html      site/en/stories/eleven-minutes.html
    site/fa/stories/eleven-minutes.html
    site/en/heroes/index.html       site/en/heroes/p-017.html
    site/en/scorecard.html          site/fa/editions/2026-w47.html
    site/en/measures/outpatient-nps.html
    site/fa/rounds/2026-q3.html
    site/en/feed.xml                site/index.html
    site/404.html                   site/en/stories/printer-at-two.html
    outbox/2026-w47.en.txt          outbox/2026-w47.en.eml
    outbox/2026-w47.fa.txt          outbox/2026-w47.fa.eml
""".split()
"""Files that are compared word for word."""

LEFT_OUT = ("site/assets/vendor/", "site/.gitignore", "outbox/.gitignore")
"""What is copied as it came, or holds nothing."""


@pytest.fixture(scope="module")
def made(small: Path) -> dict[str, bytes]:
    files = {
        path.relative_to(small).as_posix(): path.read_bytes()
        for folder in ("site", "outbox")
        for path in sorted((small / folder).rglob("*"))
        if path.is_file()
    }
    if AGREE:
        _agree(files)
    return files


def _agree(files: dict[str, bytes]) -> None:
    shutil.rmtree(GOLDEN, ignore_errors=True)
    for name in READ:
        path = GOLDEN / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(files[name])
    DIGESTS.write_text(_digests(files), encoding="utf-8")


def _digests(files: dict[str, bytes]) -> str:
    """A line for each file: its digest and its place; the manifests stand among them, with all that they note."""
    return "".join(
        f"{sha256(data).hexdigest()}  {name}\n"
        for name, data in sorted(files.items())
        if not name.startswith(LEFT_OUT)
    )


@pytest.mark.parametrize("name", READ)
def test_golden_what_was_agreed_to_is_built_word_for_word(made: dict[str, bytes], name: str):
    agreed = (GOLDEN / name).read_bytes() if (GOLDEN / name).is_file() else b""
    before, now = (data.decode("utf-8").splitlines() for data in (agreed, made.get(name, b"")))
    difference = "\n".join(unified_diff(before, now, f"agreed/{name}", f"built/{name}", lineterm="", n=1))
    assert made.get(name) == agreed, f"{name} is not what was agreed to:\n{difference}\n{HOW}"


def test_golden_every_other_file_has_the_digest_that_was_agreed_to(made: dict[str, bytes]):
    agreed = set(DIGESTS.read_text(encoding="utf-8").splitlines())
    built = set(_digests(made).splitlines())
    gone = sorted(line.partition("  ")[2] for line in agreed - built)
    new = sorted(line.partition("  ")[2] for line in built - agreed)
    assert built == agreed, f"changed or gone: {gone}\nchanged or new: {new}\n{HOW}"


def test_golden_nothing_stands_there_that_is_compared_with_nothing():
    standing = {path.relative_to(GOLDEN).as_posix() for path in GOLDEN.rglob("*") if path.is_file()}
    assert standing == {*READ, DIGESTS.name}


def test_golden_names_only_those_who_allow_it():
    """A pair of eyes on the agreement itself: p-008 is recognised within the team alone, p-029 has left."""
    told = "".join((GOLDEN / name).read_text(encoding="utf-8") for name in READ if not name.endswith(".eml"))
    for name in ("Norhayati", "نورحیاتی", "Wiśniewski", "ویشنیفسکی"):
        assert name not in told
    assert "Rania Boutros" in told
