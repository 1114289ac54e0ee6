"""Bytes become lines of text, and a Markdown file becomes its front matter and its body."""

from __future__ import annotations

from dataclasses import dataclass

from builder.load.kinds import slug
from builder.load.marks import Marked, Page, read_yaml
from builder.model.sources import SourceFile
from builder.problem import Level, Problem

_BOMS = ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))


@dataclass(frozen=True, slots=True)
class Article:
    """A Markdown file taken apart: what stands between the two `---` lines, and the body below them."""

    head: Marked
    body: str
    body_line: int


def decode(source: SourceFile) -> tuple[Page, tuple[Problem, ...]]:
    """The text of a file; without a byte-order mark, with plain line ends. Only UTF-8 is read."""
    for mark, name in _BOMS:
        if source.data.startswith(mark):
            problem = Page(source.path, "").problem(
                "encoding",
                f"this file is saved as {name.upper()}, which cannot be read here",
                "Save it again as UTF-8 (in most editors: Save as, Encoding).",
                at=(1, 1),
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
            "this file is not UTF-8: a letter here is written in another encoding",
            "Save it again as UTF-8 (in most editors: Save as, Encoding).",
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
                "this file is empty",
                "Write a story in it, or delete it.",
                at=(1, 1),
            ),
        )
    if lines[begin].rstrip() != "---":
        return None, (
            page.problem(
                "front-matter-missing",
                "a story begins with its front matter, and this file does not",
                "Put these lines at the very top:  ---  then  title: ...  then  date: 2026-03-04  then  ---",
                at=(begin + 1, 1),
            ),
        )
    end = next((i for i in range(begin + 1, len(lines)) if lines[i].rstrip() == "---"), None)
    if end is None:
        return None, (
            page.problem(
                "front-matter-open",
                "the front matter begins here and never ends",
                "Put a line with only --- between the last key and the story itself.",
                at=(begin + 1, 1),
            ),
        )
    head = read_yaml(page, first=begin + 2, last=end)
    problems = list(head.problems)
    data = head.data
    if data is None and not problems:
        data = {}
    elif data is not None and not isinstance(data, dict):
        problems.append(
            page.problem(
                "front-matter-shape",
                "front matter is a list of `key: value` lines, and this is something else",
                "Write each key on its own line, with a colon and a space after it.",
                at=(begin + 2, 1),
            )
        )
        data = None
    marked = Marked(data, page, head.keys, head.values, ())
    return Article(marked, "\n".join(lines[end + 1 :]), end + 2), tuple(problems)


def bad_file_name(page: Page, stem: str) -> Problem:
    return page.problem(
        "file-name",
        f"`{stem}` cannot be an id, and the file's name is the id",
        "Name the file with small letters a-z, digits and hyphens only.",
        guess=slug(stem),
        level=Level.ERROR,
    )
