"""Every mail of a newsroom, made in a process of its own: `python -m tests.mails NEWSROOM NOW` writes a line for each."""

from __future__ import annotations

import sys
from hashlib import sha256
from pathlib import Path

from builder.cli.world import open_desk
from builder.desk.digest import compose
from builder.desk.newsroom import go_on, read
from builder.render.message import encode


def main(newsroom: Path, now: str) -> None:
    """The digest of each mail's bytes, and which it is. Nothing is written into the newsroom."""
    sources, desk = open_desk(newsroom, None, now, 1, quiet=True, writing=False)
    prepared = go_on(read(sources, desk), desk)
    for edition in prepared.library.editions:
        messages, problems = compose(edition, prepared, desk)
        assert problems == (), problems
        for message in messages:
            sys.stdout.write(f"{sha256(encode(message)).hexdigest()} {edition.id}.{message.lang}\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
