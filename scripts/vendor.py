"""Brings the front-end releases that stand in this repository, and proves that they are what they were.

`make vendor` runs it. Every file is compared with its checksum in docs/parts.md: what is here and right is left
alone, what is missing is fetched with npm, and nothing is written whose checksum does not stand there. To take a
new release, change it below, run this once to read the new lines for docs/parts.md, add them and run it again.
"""

from __future__ import annotations

import hashlib
import re
import subprocess
import sys
import tarfile
import tempfile
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent
PARTS = ROOT / "docs" / "parts.md"


@dataclass(frozen=True)
class Release:
    package: str
    version: str
    folder: str
    """Holds the version in its name, so that an address never means two releases."""
    files: tuple[str, ...]
    """Paths inside the package; each is kept under its last name. The licence is always one of them."""


RELEASES = (
    Release(
        "@fontsource-variable/inter",
        "5.3.0",
        "templates/assets/vendor/inter-5.3.0",
        (
            "LICENSE",
            "files/inter-latin-wght-normal.woff2",
            "files/inter-latin-ext-wght-normal.woff2",
            "files/inter-greek-wght-normal.woff2",
        ),
    ),
    Release(
        "@fontsource-variable/vazirmatn",
        "5.3.0",
        "templates/assets/vendor/vazirmatn-5.3.0",
        ("LICENSE", "files/vazirmatn-arabic-wght-normal.woff2"),
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
    places = {name: f"{release.folder}/{Path(name).name}" for name in release.files}
    if all(is_right(ROOT / place, promised.get(place)) for place in places.values()):
        return []
    print(f"Fetching {release.package} {release.version} ...")
    wrong = []
    for name, content in fetch(release).items():
        place, checksum = places[name], hashlib.sha256(content).hexdigest()
        if checksum == promised.get(place):
            (ROOT / place).parent.mkdir(parents=True, exist_ok=True)
            (ROOT / place).write_bytes(content)
        else:
            wrong.append(f"| `{place}` | `{checksum}` |")
    return wrong


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
            return {name: member(tar, f"package/{name}") for name in release.files}


def member(tar: tarfile.TarFile, name: str) -> bytes:
    file = tar.extractfile(name)
    if file is None:
        sys.exit(f"{name} is a folder in this release, not a file.")
    return file.read()


if __name__ == "__main__":
    main()
