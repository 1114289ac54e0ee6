"""Bytes become lines of text, and a Markdown file becomes its front matter and its body."""

from __future__ import annotations

import re
from dataclasses import dataclass

from builder.load.kinds import slug
from builder.load.marks import Marked, Page, read_yaml
from builder.model.sources import SourceFile
from builder.problem import Problem

_BOMS = ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))


@dataclass(frozen=True, slots=True)
class Article:
    """A Markdown file taken apart: what stands between the two `---` lines, and the body below them.

    The page of `head` ends with the second of these lines: what points into the front matter keeps no body alive, and
    looks for no words there.
    """

    head: Marked
    body: str
    body_line: int


def decode(source: SourceFile) -> tuple[Page, tuple[Problem, ...]]:
    """The text of a file; without a byte-order mark, with plain line ends. Only UTF-8 is read."""
    for mark, name in _BOMS:
        if source.data.startswith(mark):
            problem = Page(source.path, "").problem(
                "encoding",
                f"this file is saved as {name.upper()}, and only UTF-8 is read",
                "Save it again as UTF-8: most programs ask for the encoding under Save as.",
            )
            return Page(source.path, ""), (problem,)
    try:
        text = source.data.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        line = source.data.count(b"\n", 0, fault.start) + 1
        start = source.data.rfind(b"\n", 0, fault.start) + 1
        shown = source.data[start : fault.start + 40].split(b"\n")[0].decode("utf-8", "replace")
        page = Page(source.path, "\n" * (line - 1) + shown)
        column = len(source.data[start : fault.start].decode("utf-8", "replace")) + 1
        problem = page.problem(
            "encoding",
            "a letter here (shown as �) is not UTF-8: this file was saved in another encoding",
            "Save it again as UTF-8: most programs ask for the encoding under Save as.",
            at=(line, column),
        )
        return Page(source.path, ""), (problem,)
    return Page(source.path, text.replace("\r\n", "\n").replace("\r", "\n")), ()


def split_article(page: Page) -> tuple[Article | None, tuple[Problem, ...]]:
    """Take a Markdown file apart. A file without front matter is a Problem, never silently a text without a title."""
    lines = page.text.split("\n")
    begin = next((i for i, line in enumerate(lines) if line.strip()), None)
    if begin is None:
        return None, (
            page.problem(
                "empty-file",
                "nothing stands in this file",
                "Write in it, or delete it.",
            ),
        )
    if lines[begin].rstrip() != "---":
        return None, (
            page.problem(
                "front-matter-missing",
                *_not_at_the_top(lines, begin),
                at=(begin + 1, 1),
            ),
        )
    end = next((i for i in range(begin + 1, len(lines)) if lines[i].rstrip() == "---"), None)
    if end is None:
        return None, (
            page.problem(
                "front-matter-open",
                "the front matter begins here and does not end",
                _where_to_end(lines, begin),
                at=(begin + 1, 1),
            ),
        )
    front = Page(page.file, "\n".join(lines[: end + 1]))
    head = read_yaml(front, first=begin + 2, last=end)
    problems = list(head.problems)
    data = head.data
    if data is None and not problems:
        data = {}
    elif data is not None and not isinstance(data, dict):
        problems.append(
            page.problem(
                "front-matter-shape",
                "between the two lines of hyphens stand lines such as `title: Thank you`, and this is none",
                "Write each key on a line of its own, with a colon and a space after it.",
                at=(begin + 2, 1),
            )
        )
        data = None
    marked = Marked(data, front, head.keys, head.values, ())
    return Article(marked, "\n".join(lines[end + 1 :]), end + 2), tuple(problems)


def _not_at_the_top(lines: list[str], begin: int) -> tuple[str, str]:
    fence = next((i for i in range(begin + 1, len(lines)) if lines[i].rstrip() == "---"), None)
    after = lines[fence + 1] if fence is not None and fence + 1 < len(lines) else ""
    if fence is not None and re.match(r"[\w-]+:(\s|$)", after):
        return (
            "the front matter must stand at the very top, and something stands above it",
            f"Move what stands above line {fence + 1} below the front matter, or delete it.",
        )
    if re.match(r"[\w-]+:(\s|$)", lines[begin]):
        return (
            "the front matter begins with a line of three hyphens, and that line is missing",
            "Put  ---  above this line.",
        )
    return (
        "a text begins with its front matter, and this file does not",
        "Put four lines at the very top:  ---  and  title: ...  and  date: 2026-03-04  and  ---  again.",
    )


def _where_to_end(lines: list[str], begin: int) -> str:
    nearly = next((i for i in range(begin + 1, len(lines)) if _NEARLY.fullmatch(lines[i])), None)
    if nearly is not None:
        return f"Write exactly three hyphens,  --- , and nothing else on line {nearly + 1}."
    return "Put a line of three hyphens,  --- , between the last key and the text below."


_NEARLY = re.compile(r"\s*(-{2}|-{4,}|[‐‑‒–—―]+|-+[–—]|\s+---|\*{3,}|_{3,}|={3,}|\+{3,})\s*")
"""What was meant for the line of three hyphens that ends a front matter."""


def bad_file_name(page: Page, stem: str) -> Problem:
    near = slug(stem)
    return page.problem(
        "file-name",
        f"a file's name becomes part of its address, and `{stem}` cannot",
        "Rename the file: small letters a-z, digits and hyphens only.",
        guess=near + page.file[page.file.rfind(".") :] if near else "",
    )
