"""The text of another blog's post, with places for its pictures and links."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

from builder.load.kinds import shortened
from builder.load.marks import Page
from builder.load.shortcodes import Code, clear, clear_target, inside, outside, protected, without_gaps
from builder.model.post import Body, Pointed, Shown, Spot
from builder.problem import Level, Problem

_TARGET = r"""(?:<(?P<{0}_angle>[^<>\n]*)>|(?P<{0}>(?:[^()\n"]|\([^()\n]*\))*?))(?:\s+(?:"[^"\n]*"|'[^'\n]*'))?\s*"""
_FOUND = re.compile(
    r"""
      (?P<linked>\[\s*)? !\[(?P<alt>(?:[^\[\]\\]|\\.|\[[^\[\]]*\])*)\] (?:\(\s*"""
    + _TARGET.format("shown")
    + r"""\)|\[(?P<reference>[^\[\]\n]*)\])
    | (?P<html><img\b[^>]*>)
    | (?P<opens>\]\(\s*)"""
    + _TARGET.format("pointed")
    + r"""\)
    | (?P<anchor><a\b[^<>]*?\shref\s*=\s*) (?P<quote>["'])(?P<href>[^"'\n]*)(?P=quote)
    | ^(?P<defines>[ ]{0,3}\[(?P<id>[^\^\[\]\n][^\[\]\n]*)\]:[ \t]*)<?(?P<defined>[^\s<>]+)>?
    """,
    re.VERBOSE | re.MULTILINE,
)
_DEFINITION = re.compile(
    r"^[ ]{0,3}\[(?P<id>[^\^\[\]\n][^\[\]\n]*)\]:[ \t]*<?(?P<target>[^\s<>]+)>?[^\n]*$", re.MULTILINE
)
_ATTRIBUTE = re.compile(
    r"""\b(?P<key>src|alt)\s*=\s*(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)'|(?P<bare>[^\s"'>]+))""",
    re.IGNORECASE,
)
_LOST = re.compile(r"<(iframe|script|style|video|audio|object|embed|form|input|svg|canvas)\b", re.IGNORECASE)
_HEADING = re.compile(r"[ ]{0,3}(?P<level>#{1,6})[ \t]+(?P<words>.*?)[ \t]*#*[ \t]*(?:\{[#:.][^}]*\})?")
_REFERRED_PICTURE = re.compile(r"!\[([^\[\]]*)\]\[([^\[\]\n]*)\]")
_REFERRED_LINK = re.compile(r"(?<!!)\[([^\[\]]*)\](?:\[([^\[\]\n]*)\])?(?![(:])")
_HELD = "\x01"
"""Stands for a picture or a link while lines are taken out."""

_TAKEN_FOR_A_PERSON = "](@"
_UNDERLINE = re.compile(r"[ ]{0,3}(=+|-+)[ \t]*")


def heading(text: str) -> tuple[str, str]:
    """The first heading's words, or "", and the text; without that heading where it is the text's own title."""
    spans = protected(text)
    lines = text.split("\n")
    offset = 0
    above = ""
    for index, line in enumerate(lines):
        match = _HEADING.fullmatch(line)
        under = above.strip() and _UNDERLINE.fullmatch(line)
        if (match or under) and not inside(offset, spans):
            first = index - 1 if under else index
            words = above.strip() if under else match["words"].strip() if match else ""
            top = line.lstrip().startswith("=") if under else bool(match and match["level"] == "#")
            if words and top and not "".join(lines[:first]).strip():
                # Blank lines stay in its place, so that the lines below keep their numbers.
                lines[first : index + 1] = [""] * (index + 1 - first)
            if words:
                return _plain(words), "\n".join(lines)
        above = line
        offset += len(line) + 1
    return "", text


def take_apart(page: Page, text: str, first: int) -> tuple[Body, tuple[Problem, ...]]:
    """The Body of a post whose text begins on line `first` of `page`; what readers will not see is named."""
    cleared, codes = clear(text.replace(_HELD, ""))
    problems = [*(_about_code(page, code, first) for code in codes), *_lost(page, cleared, first)]
    # Whatever still looks like a reference to a person, in code too, is none: nobody wrote it for us.
    if _TAKEN_FOR_A_PERSON in cleared:
        line = first + cleared.count("\n", 0, cleared.index(_TAKEN_FOR_A_PERSON))
        problems.append(
            page.problem(
                "post-reference",
                "`](@` refers to a person in a newsroom, and meant something else in this post",
                "The @ was written %40, or set apart by a space: look at what readers should see.",
                at=(line, 1),
                level=Level.HINT,
            )
        )
    return _closed(list(_parts(page, cleared, first))), tuple(problems)


def _parts(page: Page, text: str, first: int) -> Iterator[str | Shown | Pointed]:
    spans = protected(text)
    defined = {_label(one["id"]): one["target"] for one in _DEFINITION.finditer(text)}
    of_pictures = _only_of_pictures(text)
    lines = page.text.split("\n")
    end = counted = 0
    line = first
    for match in outside(_FOUND, text, spans):
        line, counted = line + text.count("\n", counted, match.start()), match.start()
        spot = _spot(lines[line - 1], match, line)
        if match["alt"] is not None:
            reference = match["reference"]
            target = match["shown_angle"] or match["shown"] or ""
            if reference is not None:
                target = defined.get(_label(reference or match["alt"]), "")
                if not target:
                    continue
            linked = match["linked"] or ""
            yield text[end : match.start()] + linked
            written = match[0].removeprefix(linked)
            yield Shown(
                target=clear_target(target),
                alt=_plain(match["alt"]),
                written=written,
                spot=spot,
                linked=bool(linked),
            )
        elif match["html"]:
            given = {
                one["key"].lower(): one["double"] or one["single"] or one["bare"] or ""
                for one in _ATTRIBUTE.finditer(match[0])
            }
            yield text[end : match.start()]
            target, alt = unescape(given.get("src", "")), unescape(given.get("alt", ""))
            yield Shown(
                target=clear_target(target), alt=" ".join(alt.split()), written=match[0], spot=spot, html=True
            )
        elif match["defines"]:
            yield text[end : match.start()]
            if _label(match["id"]) not in of_pictures:
                yield match["defines"]
                yield Pointed(target=clear_target(match["defined"]), spot=spot)
        else:
            before, after = (
                (match["opens"], ")")
                if match["opens"]
                else (match["anchor"] + match["quote"], match["quote"])
            )
            target = match["pointed_angle"] or match["pointed"] or match["href"] or ""
            title = (
                match[0]
                .removeprefix(before)
                .removesuffix(after)
                .removeprefix("<")
                .removeprefix(target)
                .removeprefix(">")
            )
            yield text[end : match.start()] + before
            yield Pointed(target=clear_target(unescape(target)), spot=spot)
            yield title.rstrip() + after
        end = match.end()
    yield text[end:]


def _closed(parts: list[str | Shown | Pointed]) -> Body:
    """The parts without the lines that held only code; places for pictures and links count as words there."""
    places = [part for part in parts if not isinstance(part, str)]
    text = "".join(part if isinstance(part, str) else _HELD for part in parts)
    pieces = without_gaps(text.replace(_TAKEN_FOR_A_PERSON, "] (@")).strip("\n").split(_HELD)
    whole: list[str | Shown | Pointed] = [pieces[0]]
    for place, piece in zip(places, pieces[1:], strict=True):
        whole += [place, piece]
    return tuple(part for part in whole if part != "")


def _about_code(page: Page, code: Code, first: int) -> Problem:
    if code.more:
        return page.problem(
            "post-more",
            "the mark for the end of the summary is left out",
            "Nothing needs doing: here a summary stands in `summary:`.",
            at=(first + code.line, 1),
            level=Level.HINT,
        )
    return page.problem(
        "post-code",
        f"`{shortened(code.code)}` is code for another generator",
        "Readers get what it encloses, if anything; write what else it stood for into the story if they miss it.",
        at=(first + code.line, 1),
        level=Level.HINT,
    )


def _lost(page: Page, text: str, first: int) -> Iterator[Problem]:
    """HTML that no story may hold, each element once: the text keeps it, and readers never get it."""
    spans = protected(text)
    said: set[str] = set()
    for match in _LOST.finditer(text):
        name = match[1].lower()
        if name not in said and not inside(match.start(), spans):
            said.add(name)
            yield page.problem(
                "post-html",
                f"<{name}> cannot stand in a story, so readers do not get it",
                "Put a picture or a link in its place.",
                at=(first + text.count("\n", 0, match.start()), 1),
                level=Level.HINT,
            )


def _only_of_pictures(text: str) -> frozenset[str]:
    """The labels of definitions that pictures use and no link does: they go, as the pictures carry their own targets."""
    pictures = {_label(match[2] or match[1]) for match in _REFERRED_PICTURE.finditer(text)}
    rest = _REFERRED_PICTURE.sub("", text)
    return frozenset(pictures - {_label(match[2] or match[1]) for match in _REFERRED_LINK.finditer(rest)})


def _label(words: str) -> str:
    return " ".join(words.split()).casefold()


def _spot(excerpt: str, match: re.Match[str], line: int) -> Spot:
    words = match[0].strip().split("\n")[0]
    return Spot(line=line, column=excerpt.find(words) + 1 or 1, excerpt=excerpt)


def _plain(words: str) -> str:
    """A heading's or a picture's words, without their markup.

    >>> _plain("What **we** [learnt](night.md)")
    'What we learnt'
    """
    words = re.sub(r"\[([^\[\]]*)\]\([^()]*\)", r"\1", words)
    words = re.sub(r"(\*\*|__|\*|`)(?=\S)(.+?)(?<=\S)\1", r"\2", words)
    return " ".join(re.sub(r"\\([^\w\s])", r"\1", words).split())
