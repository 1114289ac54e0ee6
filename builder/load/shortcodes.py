"""The code that other generators put into texts: taken out of the way of readers, and named.

What stands for words, pictures or addresses becomes these; of the rest only what it encloses is kept. Fenced code is
never touched, nor is code between backticks: there an author shows code on purpose.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass

GONE = "\x00"
"""Stands where code was, until the lines that held nothing else are taken out: lines keep their numbers till then."""

_FENCE = re.compile(r"[ \t>]*(?:[-*+][ \t]+|\d+[.)][ \t]+)?(?P<fence>`{3,}|~{3,})(?P<rest>.*)")
_BACKTICKS = re.compile(r"(?<!`)(`+)(?!`)(?:(?!\n[ \t]*\n).){1,2000}?(?<!`)\1(?!`)", re.DOTALL)
_CODE = re.compile(
    r"""
      \{%-?\s*comment\s*-?%\}.*?\{%-?\s*endcomment\s*-?%\}
    | \{%-?\s*(?P<raw>raw|verbatim)\s*-?%\}(?P<verbatim>.*?)\{%-?\s*end(?P=raw)\s*-?%\}
    | \{%-?\s*highlight\b\s*(?P<liquid_language>[\w+#-]*)[^%]*%\}\n?(?P<liquid_code>.*?)\n?\{%-?\s*endhighlight\s*-?%\}
    | \{\{[<%]\s*highlight\b\s*"?(?P<hugo_language>[\w+#-]*)"?.*?[>%]\}\}\n?(?P<hugo_code>.*?)\n?\{\{[<%]\s*/\s*highlight\s*[>%]\}\}
    | \{\{<(?P<angle>.{0,2000}?)>\}\}
    | \{\{%(?P<percent>.{0,2000}?)%\}\}
    | \{\{(?P<output>.{0,2000}?)\}\}
    | \{%(?P<tag>.{0,2000}?)%\}
    | \{\#[\s-].{0,2000}?[\s-]\#\}
    | ^[*-][ \t]+\S[^\n]*\n\{:toc[^}\n]*\}[ \t]*$
    | ^[ \t]*\{::[^}\n]*\}[ \t]*$
    | ^[ \t]*\{[.\#][^}\n]*\}[ \t]*$
    | \{:[^}\n]*\}
    | ^[ \t]*(?:\[TOC\]|\[\[(?:_TOC_|toc)\]\])[ \t]*$
    | (?P<more><!--\s*more\b.*?-->)
    """,
    re.VERBOSE | re.DOTALL | re.MULTILINE,
)
_LINKS = re.compile(r"""(?:rel)?ref\s+["']?(?P<target>[^"'\s]+)["']?|(?:post_url|link)\s+(?P<jekyll>\S+)""")
_FIGURE = re.compile(r"(?:figure|img|image)\b(?P<arguments>.*)", re.DOTALL)
_ARGUMENT = re.compile(
    r"""(?P<key>[A-Za-z_-]+)\s*=\s*(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)'|(?P<bare>[^\s"']+))"""
)
_FIRST_TEXT = re.compile(r"""\s*(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)')""")
_FILTERED = re.compile(
    r"""\s*["'](?P<words>[^"']*)["']\s*\|\s*(?:relative_url|absolute_url|url|relURL|absURL)\b.*""", re.DOTALL
)
_PELICAN = re.compile(r"(?:\{(?:filename|static|attach|index)\}|\|(?:filename|static|attach)\|)")


@dataclass(frozen=True, slots=True)
class Code:
    """A piece of another generator's code: the line of the text it begins on (from 0), and the code itself.

    `more` says that it only marks where a summary ends.
    """

    line: int
    code: str
    more: bool = False


def clear(text: str) -> tuple[str, tuple[Code, ...]]:
    """The text without other generators' code, and what was taken out. Every line keeps its number."""
    text = text.replace(GONE, "")
    spans = protected(text)
    found: list[Code] = []
    pieces: list[str] = []
    end = line = 0
    for match in outside(_CODE, text, spans):
        code = match[0]
        line += text.count("\n", end, match.start())
        found.append(Code(line, code.strip(), more=match["more"] is not None))
        line += code.count("\n")
        pieces += [text[end : match.start()], _on_as_many_lines(_instead(match), code)]
        end = match.end()
    pieces.append(text[end:])
    return "".join(pieces), tuple(found)


def clear_words(text: str) -> tuple[str, tuple[Code, ...]]:
    """Likewise for a text of front matter, where no line needs its number."""
    cleared, found = clear(text)
    return (cleared.replace(GONE, "").strip() if found else text), found


def clear_target(target: str) -> str:
    """The address that a link or a picture means, without the code around it; an address needs no code to be said.

    >>> clear_target("{{ site.baseurl }}/images/night.png")
    '/images/night.png'
    >>> clear_target("{filename}night.md")
    'night.md'
    """
    return clear(_PELICAN.sub("", target))[0].replace(GONE, "").strip()


def without_gaps(text: str) -> str:
    """The text without the lines that held only code, and without the marks for it."""
    kept: list[str] = []
    lines = text.split("\n")
    for index, line in enumerate(lines):
        if GONE in line and not line.replace(GONE, "").strip(" \t>"):
            after = lines[index + 1] if index + 1 < len(lines) else ""
            if not kept or not kept[-1].strip() or not after.strip():
                if kept and not kept[-1].strip() and not after.strip():
                    kept.pop()  # one empty line is enough where there were two
                continue
            kept.append("")  # it stood between two lines, which must not run together
        else:
            kept.append(line.replace(GONE, ""))
    return "\n".join(kept)


def protected(text: str) -> list[tuple[int, int]]:
    """The stretches of `text` (start, end) that are code of the author's: fenced, or between backticks."""
    fences = [*_fences(text)]
    found = sorted(
        [*fences, *(one.span() for one in _BACKTICKS.finditer(text) if not inside(one.start(), fences))]
    )
    apart: list[tuple[int, int]] = []
    for start, end in found:
        if apart and start < apart[-1][1]:
            apart[-1] = (apart[-1][0], max(end, apart[-1][1]))
        else:
            apart.append((start, end))
    return apart


def _fences(text: str) -> Iterator[tuple[int, int]]:
    offset = 0
    start = -1
    fence = ""
    for line in text.split("\n"):
        match = _FENCE.fullmatch(line)
        if start < 0 and match and not (match["fence"][0] == "`" and "`" in match["rest"]):
            start, fence = offset, match["fence"]
        elif start >= 0 and match and match["fence"].startswith(fence) and not match["rest"].strip():
            yield start, offset + len(line)
            start = -1
        offset += len(line) + 1
    if start >= 0:
        yield start, len(text)


def inside(offset: int, spans: list[tuple[int, int]]) -> bool:
    """Whether `offset` lies in one of the stretches that `protected` found."""
    return _end_of_span(offset, spans) > offset


def _end_of_span(offset: int, spans: list[tuple[int, int]]) -> int:
    index = bisect_right(spans, offset, key=lambda span: span[0]) - 1
    return spans[index][1] if index >= 0 else 0


def outside(pattern: re.Pattern[str], text: str, spans: list[tuple[int, int]]) -> Iterator[re.Match[str]]:
    """The matches that neither begin nor end in a protected stretch; what such a stretch holds hides none behind it."""
    position = 0
    while match := pattern.search(text, position):
        if inside(match.start(), spans):
            position = _end_of_span(match.start(), spans)
        elif inside(match.end() - 1, spans):
            position = match.start() + 1
        else:
            yield match
            position = match.end()


def _instead(match: re.Match[str]) -> str:
    """What stands in the place of a piece of code."""
    if match["verbatim"] is not None:
        return str(match["verbatim"])
    for language, code in (("liquid_language", "liquid_code"), ("hugo_language", "hugo_code")):
        if match[code] is not None:
            return f"\n```{match[language]}\n{match[code]}\n```\n"
    for group, read in _READ:
        if match[group] is not None:
            return read(match[group].strip().strip("-").strip()) or GONE
    return GONE


def _tag(code: str) -> str:
    link = _LINKS.fullmatch(code)
    if link:
        return str(link["target"] or link["jekyll"])
    figure = _FIGURE.fullmatch(code)
    return _picture(figure["arguments"]) if figure else ""


def _output(code: str) -> str:
    filtered = _FILTERED.fullmatch(code)
    return str(filtered["words"]) if filtered else ""


_READ: tuple[tuple[str, Callable[[str], str]], ...] = (
    ("angle", _tag),
    ("percent", _tag),
    ("tag", _tag),
    ("output", _output),
)


def _picture(arguments: str) -> str:
    """A figure's picture in Markdown, with its caption below; or "" when it names none."""
    given = {
        one["key"].lower(): one["double"] or one["single"] or one["bare"] or ""
        for one in _ARGUMENT.finditer(arguments)
    }
    first = _FIRST_TEXT.match(arguments)
    source = given.get("src") or given.get("file") or (first["double"] or first["single"] if first else "")
    if not source:
        return ""
    caption = given.get("caption") or given.get("title") or ""
    alt = given.get("alt") or caption
    below = f" *{caption}*" if caption and caption != alt else ""
    return f"![{alt.replace('[', '(').replace(']', ')')}]({source}){below}"


def _on_as_many_lines(instead: str, code: str) -> str:
    """`instead`, on as many lines as the code had, so that the lines below keep their numbers."""
    return instead + f"\n{GONE}" * (code.count("\n") - instead.count("\n"))
