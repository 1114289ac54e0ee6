"""What others say of mails: MJML's own compiler, emailens, and Can I email, all asked at once in one run of Node."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.quality import tools

CLIENTS = (
    "gmail.desktop-webmail gmail.android gmail.ios outlook.windows outlook.outlook-com outlook.macos outlook.ios "
    "apple-mail.macos apple-mail.ios samsung-email.android yahoo.desktop-webmail"
).split()
"""Whom Can I email is asked about. Of some others, Thunderbird among them, its package falls over instead of answering."""

ENTRIES = {"mjml": "mjml", "engine": "@emailens/engine", "caniemail": "caniemail"}
"""What the script calls each package, and what npm does."""


@dataclass(frozen=True, slots=True)
class Remark:
    """A fault that emailens finds with how a mail can be read: the rule, its words, and the beginning of the element."""

    rule: str
    message: str
    element: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """`scores` are points of 100 by client, `lost` the properties that cost them; `titles` what Can I email calls unsupported, by client."""

    mjml: tuple[str, ...]
    scores: Mapping[str, int]
    lost: Mapping[str, tuple[str, ...]]
    clipped: bool
    leaks: tuple[str, ...]
    remarks: tuple[Remark, ...]
    titles: Mapping[str, tuple[str, ...]]


def ask(mails: Sequence[tuple[str, str, str]]) -> dict[str, Verdict]:
    """What is said of each mail, given as its name, its MJML and its HTML."""
    plan = {
        **{name: str(_entry(package)) for name, package in ENTRIES.items()},
        "clients": CLIENTS,
        "mails": [{"name": name, "mjml": mjml, "html": html} for name, mjml, html in mails],
    }
    done = subprocess.run(
        [tools.node()[0], str(tools.HERE / "mails.mjs")],
        input=json.dumps(plan),
        capture_output=True,
        text=True,
        check=False,
        timeout=600,
    )
    assert done.returncode == 0, done.stderr
    return {
        name: Verdict(
            mjml=tuple(one["mjml"]),
            scores=one["scores"],
            lost={client: tuple(several) for client, several in one["lost"].items()},
            clipped=one["clipped"],
            leaks=tuple(one["leaks"]),
            remarks=tuple(Remark(**remark) for remark in one["access"]),
            titles={client: tuple(several) for client, several in one["titles"].items()},
        )
        for name, one in json.loads(done.stdout).items()
    }


def _entry(package: str) -> Path:
    """The file at which a package begins, as its own description says."""
    folder = tools.modules() / package
    described = json.loads((folder / "package.json").read_text())
    entry = described.get("exports", {}).get(".", described.get("main"))
    if isinstance(entry, dict):
        entry = entry.get("import", entry.get("default"))
    return folder / str(entry)
