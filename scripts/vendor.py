"""Brings the front-end releases that stand in this repository, and proves that they are what they were.

`make vendor` runs it. Every file is compared with its checksum in docs/parts.md: what is here and right is left
alone, what is missing is fetched with npm, and nothing is written whose checksum does not stand there. Fonts are cut
to the weights and letters that the theme's style sheets ask for, so that a page loads less than 100 kB of them, and once more
to the two weights in which pictures for mail are lettered. Of what Can I Email knows, the newest answers for the programs
below are kept. To take a new release, change it below, run this once to read the new lines for docs/parts.md, add them and run it again.
"""

from __future__ import annotations

import hashlib
import io
import json
import re
import subprocess
import sys
import tarfile
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
PARTS = ROOT / "docs" / "parts.md"


LIGHTEST, HEAVIEST = 400, 740
"""The weights that the style sheets use, `--weight-text` to `--weight-display`."""

LETTERS_OF_EUROPE = "U+0100-017F U+018F U+0192 U+0218-021B U+0259 U+02BB-02DD U+1E80-1E85 U+1E9E U+1EF2-1EF3 U+20A0-20C0 U+2113"
"""Of the many letters beside those of English: what languages between Iceland and Turkey are written with."""


@dataclass(frozen=True)
class Cut:
    """What is kept of a font, in a file called `name`: these letters, or with `but` all others."""

    name: str
    letters: str = ""
    but: bool = False
    family: str = ""
    """Where it is said, the font is one weight, `weight`, under this name, for programs that know neither WOFF nor axes."""
    weight: int = 400


@dataclass(frozen=True)
class Release:
    package: str
    version: str
    folder: str
    """Holds the version in its name, so that an address never means two releases."""
    files: tuple[str, ...]
    """Paths inside the package; each is kept under its last name. The licence is always one of them."""
    cuts: tuple[tuple[str, tuple[Cut, ...]], ...] = ()
    """Fonts inside the package, and what is cut from each."""
    answers: tuple[str, str] = ("", "")
    """The answers of Can I Email inside the package, and the name under which those that we ask for are kept."""

    @property
    def kept(self) -> tuple[str, ...]:
        """The names of all files that are kept of it."""
        return (
            *(Path(name).name for name in self.files),
            *(one.name for _, several in self.cuts for one in several),
            *filter(None, self.answers[1:]),
        )


def still(name: str, family: str, letters: str = "") -> tuple[Cut, ...]:
    """The two weights in which a picture for mail is lettered."""
    return (
        Cut(f"{name}-plain.ttf", letters, family=family),
        Cut(f"{name}-strong.ttf", letters, family=family, weight=700),
    )


MAIL_PROGRAMS = {
    "outlook.windows": "Outlook for Windows",
    "outlook.outlook-com": "Outlook on the web",
    "outlook.macos": "Outlook for Mac",
    "outlook.ios": "Outlook on iPhones",
    "outlook.android": "Outlook on Android",
    "gmail.desktop-webmail": "Gmail on the web",
    "gmail.ios": "Gmail on iPhones",
    "gmail.android": "Gmail on Android",
    "apple-mail.macos": "Apple Mail",
    "apple-mail.ios": "Mail on iPhones",
    "samsung-email.android": "Samsung Email",
    "yahoo.desktop-webmail": "Yahoo Mail",
    "thunderbird.macos": "Thunderbird",
}
"""The programs in which staff read their mail, as Can I Email calls them and as people do."""

RELEASES = (
    Release(
        "@fontsource-variable/inter",
        "5.3.0",
        "templates/assets/vendor/inter-5.3.0",
        ("LICENSE",),
        (
            ("files/inter-latin-wght-normal.woff2", (Cut("inter-latin.woff2"),)),
            (
                "files/inter-latin-ext-wght-normal.woff2",
                (
                    Cut("inter-latin-europe.woff2", LETTERS_OF_EUROPE),
                    Cut("inter-latin-rare.woff2", LETTERS_OF_EUROPE, but=True),
                ),
            ),
            ("files/inter-greek-wght-normal.woff2", (Cut("inter-greek.woff2"),)),
        ),
    ),
    Release(
        "@fontsource-variable/vazirmatn",
        "5.3.0",
        "templates/assets/vendor/vazirmatn-5.3.0",
        ("LICENSE",),
        (("files/vazirmatn-arabic-wght-normal.woff2", (Cut("vazirmatn-arabic.woff2"),)),),
    ),
    Release(
        "@fontsource-variable/inter",
        "5.3.0",
        "templates/letters/inter-5.3.0",
        ("LICENSE",),
        (
            ("files/inter-latin-wght-normal.woff2", still("inter-latin", "Inter")),
            (
                "files/inter-latin-ext-wght-normal.woff2",
                still("inter-latin-europe", "Inter", LETTERS_OF_EUROPE),
            ),
            ("files/inter-greek-wght-normal.woff2", still("inter-greek", "Inter")),
        ),
    ),
    Release(
        "@fontsource-variable/vazirmatn",
        "5.3.0",
        "templates/letters/vazirmatn-5.3.0",
        ("LICENSE",),
        (("files/vazirmatn-arabic-wght-normal.woff2", still("vazirmatn-arabic", "Vazirmatn")),),
    ),
    Release(
        "caniemail",
        "2.0.2",
        "templates/clients/caniemail-2.0.2",
        ("LICENSE",),
        answers=("data/caniemail.json", "clients.json"),
    ),
    Release(
        "axe-core",
        "4.14.1",
        "tests/vendor/axe-core-4.14.1",
        ("LICENSE", "LICENSE-3RD-PARTY.txt", "axe.min.js"),
    ),
)


def main() -> None:
    promised = checksums(PARTS.read_text(encoding="utf-8"))
    wrong = [line for release in RELEASES for line in bring(release, promised)]
    if wrong:
        sys.exit("\n".join(["Not kept, because docs/parts.md promises something else or nothing:", *wrong]))
    print(f"All {len(promised)} vendored files are here and are what docs/parts.md says.")


def checksums(parts: str) -> dict[str, str]:
    """The vendored files that the page promises, by path: rows of the form | `path` | `sha256` |."""
    return dict(re.findall(r"^\| `([^`]+)` \| `([0-9a-f]{64})` \|$", parts, flags=re.MULTILINE))


def bring(release: Release, promised: dict[str, str]) -> list[str]:
    """Fetches the release if any of its files is missing or changed; returns the rows that are not promised."""
    if all(is_right(ROOT / place, promised.get(place)) for place in places(release)):
        return []
    print(f"Fetching {release.package} {release.version} ...")
    wrong = []
    fetched = fetch(release)
    kept = {Path(name).name: fetched[name] for name in release.files}
    kept |= {one.name: cut(fetched[name], one) for name, several in release.cuts for one in several}
    if release.answers[1]:
        kept[release.answers[1]] = asked_for(fetched[release.answers[0]])
    for name, content in kept.items():
        place, checksum = f"{release.folder}/{name}", hashlib.sha256(content).hexdigest()
        if checksum == promised.get(place):
            (ROOT / place).parent.mkdir(parents=True, exist_ok=True)
            (ROOT / place).write_bytes(content)
        else:
            wrong.append(f"| `{place}` | `{checksum}` |")
    return wrong


def places(release: Release) -> list[str]:
    return [f"{release.folder}/{name}" for name in release.kept]


def cut(font: bytes, wanted: Cut) -> bytes:
    """The font with the theme's weights and these letters alone; the same bytes each time, with the same fontTools."""
    from fontTools import subset  # type: ignore[import-untyped]
    from fontTools.ttLib import TTFont  # type: ignore[import-untyped]
    from fontTools.varLib.instancer import instantiateVariableFont  # type: ignore[import-untyped]

    whole = TTFont(io.BytesIO(font), recalcTimestamp=False)
    weights = wanted.weight if wanted.family else (LIGHTEST, HEAVIEST)
    instantiateVariableFont(whole, {"wght": weights}, inplace=True)
    if wanted.family:
        call(whole, wanted)
    whole.flavor = None
    lighter = io.BytesIO()
    whole.save(lighter)
    whole = TTFont(lighter, recalcTimestamp=False)  # cut as it is read: in memory some tables are half made
    options = subset.Options(layout_features=["*"], recalc_timestamp=False)
    options.flavor = None if wanted.family else "woff2"
    if wanted.family:  # nobody sees a hint at twice the size, and there are no small capitals in a chart
        options.hinting = False
        options.layout_features = "ccmp init medi fina isol rlig liga calt mark mkmk kern tnum locl".split()
    there = set(whole.getBestCmap())
    named = set(subset.parse_unicodes(wanted.letters.replace(" ", ",").replace("U+", "")))
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=there - named if wanted.but else there & named or there)
    cutter.subset(whole)
    made = io.BytesIO()
    subset.save_font(whole, made, options)
    return made.getvalue()


def asked_for(answers: bytes) -> bytes:
    """Of all that Can I Email knows: what each of our programs, in its newest release that was tried, does not know (`n`) or
    knows in part (`a`), with the notes that these answers refer to; a line for each feature."""
    known = json.loads(answers)
    lines = []
    for one in known["data"]:
        newest = {
            program: list(versions.values())[-1]
            for program in MAIL_PROGRAMS
            if (versions := one["stats"].get(program.partition(".")[0], {}).get(program.partition(".")[2]))
            and list(versions.values())[-1][0] in "an"
        }
        asked = {number for said in newest.values() for number in re.findall(r"#(\d+)", said)}
        feature = {"slug": one["slug"], "title": one["title"].strip(), "answers": newest}
        notes = {
            number: note.strip() for number, note in (one["notes_by_num"] or {}).items() if number in asked
        }
        lines.append(json.dumps({**feature, **({"notes": notes} if notes else {})}, ensure_ascii=False))
    head = json.dumps(
        {"date": known["last_update_date"][:10], "programs": MAIL_PROGRAMS, "features": []},
        ensure_ascii=False,
    )
    return (head.removesuffix("]}") + "\n" + ",\n".join(lines) + "\n]}\n").encode("utf-8")


def call(font: Any, wanted: Cut) -> None:
    """Give a font the name and the weight that it will be asked for by."""
    names = font["name"]
    names.names = [one for one in names.names if one.nameID in {0, 13, 14}]
    style = "Bold" if wanted.weight > 600 else "Regular"
    for number, text in (
        (1, wanted.family),
        (2, style),
        (4, f"{wanted.family} {style}"),
        (6, f"{wanted.family}-{style}"),
    ):
        names.setName(text, number, 3, 1, 0x409)
    font["OS/2"].usWeightClass = wanted.weight


def is_right(path: Path, checksum: str | None) -> bool:
    return path.is_file() and hashlib.sha256(path.read_bytes()).hexdigest() == checksum


def fetch(release: Release) -> dict[str, bytes]:
    """The files of the release, as the registry's archive holds them; nothing of it is run or unpacked."""
    with tempfile.TemporaryDirectory() as folder:
        try:
            subprocess.run(
                [
                    "npm",
                    "pack",
                    "--silent",
                    f"{release.package}@{release.version}",
                    "--pack-destination",
                    folder,
                ],
                check=True,
                stdout=subprocess.DEVNULL,
                stdin=subprocess.DEVNULL,
            )
        except FileNotFoundError:
            sys.exit("npm is not installed here, and only npm brings these files. It comes with Node.")
        except subprocess.CalledProcessError:
            sys.exit(f"npm could not bring {release.package} {release.version}; it says why above.")
        (archive,) = Path(folder).iterdir()
        with tarfile.open(archive) as tar:
            wanted = (*release.files, *(name for name, _ in release.cuts), *filter(None, release.answers[:1]))
            return {name: member(tar, f"package/{name}") for name in wanted}


def member(tar: tarfile.TarFile, name: str) -> bytes:
    file = tar.extractfile(name)
    if file is None:
        sys.exit(f"{name} is a folder in this release, not a file.")
    return file.read()


if __name__ == "__main__":
    main()
