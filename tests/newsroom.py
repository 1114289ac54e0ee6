"""Small newsrooms that a test writes down, the command run in them, and every word that came out."""

from __future__ import annotations

import gc
import html
import io
import json
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import yaml
from click.testing import CliRunner
from PIL import Image

from builder.cli import main

NOW = "2026-03-12T09:00"

SETTINGS: Mapping[str, Any] = {
    "title": {"en": "The Light"},
    "base_url": "https://light.example.org/",
    "timezone": "Europe/London",
    "languages": ["en", "fa", "el", "ms"],
    "digest": {"from": "The Light <light@example.org>"},
    "privacy": {"contact": "light@example.org"},
}

TEAMS: tuple[Mapping[str, Any], ...] = (
    {"id": "ward", "name": "Ward Nine", "headcount": 12},
    {"id": "nook", "name": "The Nook", "headcount": 2},
)


def person(id: str, full: str, first: str, **more: Any) -> dict[str, Any]:
    """A record of the people file: consent to everything, in full, unless `more` says otherwise."""
    yes = {"form": "full", "date": "2026-01-01"}
    return {
        "id": id,
        "names": {"latin": {"full": full, "first": first}},
        "team": "ward",
        "recognition": "everyone",
        "consent": dict.fromkeys(("site", "email", "print", "public"), yes),
        **more,
    }


@dataclass(frozen=True, slots=True)
class Ran:
    """What a command said, and its exit code."""

    code: int
    out: str
    err: str


@dataclass(frozen=True, slots=True)
class Newsroom:
    """A real folder with stories/ in it."""

    folder: Path

    @property
    def site(self) -> Path:
        return self.folder / "site"

    @property
    def outbox(self) -> Path:
        return self.folder / "outbox"

    def write(self, path: str, data: str | bytes) -> Path:
        """A file below stories/."""
        to = self.folder / "stories" / path
        to.parent.mkdir(parents=True, exist_ok=True)
        to.write_bytes(data.encode() if isinstance(data, str) else data)
        return to

    def people(self, *records: Mapping[str, Any]) -> None:
        self.write("people.yaml", dump(list(records)))

    def settings(self, **changes: Any) -> None:
        self.write("newsletter.yaml", dump({**SETTINGS, **changes}))

    def story(self, name: str, body: str = "Some words.", **front: Any) -> None:
        """The file NAME.md of 2026; a title and a date are there unless they are given."""
        given = {} if "." in name else {"title": f"On {name}", "date": "2026-03-04"}
        self.write(f"2026/{name}.md", article({**given, **front}, body))

    def edition(self, name: str, body: str = "", **front: Any) -> None:
        given = {} if "." in name else {"date": "2026-03-12"}
        self.write(f"editions/{name}.md", article({**given, **front}, body))

    def run(self, *arguments: str, env: Mapping[str, str] | None = None, now: str = NOW) -> Ran:
        """The command, run in this newsroom. What it did not foresee is raised here."""
        try:
            done = CliRunner().invoke(
                main,
                [*arguments, "--newsroom", str(self.folder), "--now", now],
                env=env,
                catch_exceptions=False,
            )
        finally:
            gc.enable()  # a build leaves its garbage to the end of its process, which here comes a thousand builds later
        return Ran(done.exit_code, done.stdout, done.stderr)

    def build(self, *more: str, now: str = NOW) -> Ran:
        return self.run("build", *more, now=now)

    def good_build(self, now: str = NOW) -> None:
        """The site and the mails of the latest edition, without a fault."""
        for verb in ("build", "digest"):
            ran = self.run(verb, now=now)
            assert ran.code == 0, ran.err


def newsroom(folder: Path) -> Newsroom:
    """A newsroom with settings and teams, and nobody and nothing in it yet."""
    room = Newsroom(folder)
    room.settings()
    room.write("teams.yaml", dump(list(TEAMS)))
    return room


def dump(data: Any) -> str:
    written: str = yaml.safe_dump(data, allow_unicode=True, sort_keys=False)
    return written


def article(front: Mapping[str, Any], body: str) -> str:
    return f"---\n{dump(dict(front))}---\n{body}\n"


@lru_cache
def picture(colour: str = "teal", says: str = "") -> bytes:
    """A small JPEG; `says` stands in each kind of metadata that it can carry."""
    exif = Image.Exif()
    out = io.BytesIO()
    if not says:
        Image.new("RGB", (40, 30), colour).save(out, "JPEG")
        return out.getvalue()
    for tag in (
        0x010E,
        0x013B,
        0x8298,
        0x9C9D,
    ):  # description, artist, copyright, author as Windows writes it
        exif[tag] = says.encode("utf-16-le") if tag == 0x9C9D else says
    xmp = f'<x:xmpmeta xmlns:x="adobe:ns:meta/"><creator>{says}</creator></x:xmpmeta>'.encode()
    Image.new("RGB", (40, 30), colour).save(out, "JPEG", exif=exif, comment=says, xmp=xmp)
    return out.getvalue()


def folded(words: str) -> str:
    """Words as they are compared here: however composed, cased, accented or interrupted by what nobody sees."""
    plain = unicodedata.normalize("NFKD", words).casefold()
    return "".join(
        one for one in plain if not unicodedata.combining(one) and unicodedata.category(one) != "Cf"
    )


def everything(*folders: Path) -> dict[str, str]:
    """All that each file says in any way: as it is, and unwrapped of each coat that mail and web put around words."""
    found: dict[str, str] = {}
    for folder in folders:
        for path in sorted(one for one in folder.rglob("*") if one.is_file()):
            address = path.relative_to(folder.parent).as_posix()
            found[address] = f"{folded(unquote(address))}\n{_all_of(path.suffix, path.read_bytes())}"
    return found


@lru_cache(maxsize=500)
def _all_of(suffix: str, data: bytes) -> str:
    says = [*_as_text(data), *(_mail(data) if suffix == ".eml" else ())]
    if suffix == ".json":
        says.append(repr(json.loads(data)))
    return folded("\n".join(_unwrapped(says)))


def _as_text(data: bytes) -> list[str]:
    """Bytes in the encodings in which words hide."""
    return [data.decode(encoding, "ignore") for encoding in ("utf-8", "utf-16-le", "utf-16-be")]


def _mail(data: bytes) -> list[str]:
    mail = message_from_bytes(data, policy=policy.default)
    assert isinstance(mail, EmailMessage)
    says = [str(value) for value in mail.values()]
    for part in mail.walk():
        says += [str(value) for value in part.values()]
        content = part.get_content() if not part.is_multipart() else ""
        says.append(content if isinstance(content, str) else repr(content))
    return says


def _unwrapped(says: Iterable[str]) -> Iterable[str]:
    for text in says:
        once = html.unescape(text)
        twice = html.unescape(once)
        yield text
        yield from {once, twice, unquote(text), unquote(twice)}
        if "<" in twice:
            yield re.sub(r"<[^<>]*>", "", twice)


def where(words: str, says: Mapping[str, str]) -> list[str]:
    """The files that say these words in any form."""
    needle = folded(words)
    return [address for address, text in says.items() if needle in text]
