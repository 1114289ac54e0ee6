"""Write docs/problems.md: what each problem means, with examples from tests/broken as an editor sees them.

The explanations stand in tests/broken/_problems.md. Below the heading of a code, a line `[[NAME]]` becomes what
tests/broken/NAME/expected.txt says of that code, under the words of its note.md; `[[NAME all]]` becomes all that it
says.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).parent.parent
BROKEN = ROOT / "tests" / "broken"
PAGE = ROOT / "docs" / "problems.md"

_EXAMPLE = re.compile(r"\[\[(?P<case>[a-z0-9-]+)(?P<all> all)?\]\]")
_HEADING = re.compile(r"### `(?P<code>[a-z-]+)`")
_HEAD = re.compile(r"(?:error|warning|hint): .* \[(?P<code>[a-z-]+)\]")


def page() -> str:
    """The whole page."""
    lines: list[str] = []
    code = ""
    for line in _words().splitlines():
        heading, example = _HEADING.fullmatch(line), _EXAMPLE.fullmatch(line)
        code = heading["code"] if heading else code
        lines += _shown(example, code) if example else [line]
    return "\n".join(lines) + "\n"


def explained() -> Mapping[str, tuple[str, ...]]:
    """The codes that have a paragraph, and the cases shown below each."""
    found: dict[str, tuple[str, ...]] = {}
    code = ""
    for line in _words().splitlines():
        heading, example = _HEADING.fullmatch(line), _EXAMPLE.fullmatch(line)
        if heading:
            code = heading["code"]
            found[code] = ()
        elif example and not example["all"]:
            found[code] += (example["case"],)
    return found


def said_by(case: str) -> Mapping[str, list[str]]:
    """What a case says, by code: each problem as its lines."""
    found: dict[str, list[str]] = {}
    for block in (BROKEN / case / "expected.txt").read_text(encoding="utf-8").split("\n\n"):
        head = next((match for line in block.splitlines() if (match := _HEAD.fullmatch(line))), None)
        if head:
            found.setdefault(head["code"], []).append(block[block.index(head[0]) :].rstrip())
    return found


def _words() -> str:
    return (BROKEN / "_problems.md").read_text(encoding="utf-8")


def _shown(example: re.Match[str], code: str) -> list[str]:
    case = example["case"]
    note = BROKEN / case / "note.md"
    whole = (BROKEN / case / "expected.txt").read_text(encoding="utf-8").rstrip()
    text = whole if example["all"] else "\n\n".join(said_by(case).get(code, []))
    above = [note.read_text(encoding="utf-8").strip(), ""] if note.is_file() else []
    return [*above, "```text", text, "```"]


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
