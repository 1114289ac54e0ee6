"""What a build is made with: our own code, the language and the libraries. With another engine, nothing kept counts."""

from __future__ import annotations

import platform
from collections.abc import Iterator
from contextlib import suppress
from hashlib import blake2b
from importlib import metadata
from pathlib import Path

LIBRARIES = (
    "babel",
    "css-inline",
    "jinja2",
    "markdown",
    "markupsafe",
    "mrml",
    "nh3",
    "persiantools",
    "pillow",
    "pydantic",
    "pydantic-core",
    "pyyaml",
    "resvg-py",
    "tzdata",
)
"""Whose version can change a byte of what is made."""


def code() -> Iterator[Path]:
    """The files of our own code, in order."""
    yield from sorted(Path(__file__).resolve().parent.parent.rglob("*.py"))


def files() -> Iterator[Path]:
    """What tells that the engine is another: our own code, and what each library says of itself."""
    yield from code()
    for name in LIBRARIES:
        with suppress(metadata.PackageNotFoundError):
            for file in metadata.distribution(name).files or ():
                if file.name == "METADATA":
                    yield Path(str(file.locate()))


def mark(*, libraries: tuple[str, ...] = LIBRARIES) -> str:
    """Tells this engine from any other, as hexadecimal digits."""
    digest = blake2b(digest_size=16)
    digest.update(platform.python_version().encode())
    for name in libraries:
        digest.update(f"\0{name} {version(name)}".encode())
    for file in code():
        digest.update(b"\0" + file.name.encode() + b"\0")
        digest.update(file.read_bytes())
    return digest.hexdigest()


def version(library: str) -> str:
    """The version of a library that is installed; "" where there is none."""
    try:
        return metadata.version(library)
    except metadata.PackageNotFoundError:
        return ""
