"""What the YAML library complains of, said in words that help whoever wrote the line."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

import yaml

from builder.problem import Problem

Say = Callable[..., Problem]
"""Makes a Problem of a code, a message, a mend and a place in the file that is being read."""

ODD_SPACES = "\u00a0\u2007\u202f\u3000\u200b\ufeff"
"""Spaces that pasted text brings along: they look like one, or like nothing, and YAML takes them for letters."""

_PAIR = re.compile(r"(?P<lead>\s*(?:- +)*(?P<key>[^\s:\"'\[{#][^:]*): +)(?P<value>\S.*?)\s*")
_COLON = re.compile(r":(?=\s|$)")
_NO_SPACE = re.compile(rf"\s*(?:- +)?[\w-]+:(?=[^\s/{ODD_SPACES}])")
_ODD = re.compile(
    rf" *(?:- )?(?:(?P<first>[{ODD_SPACES}]+) *[\w-]+:(?:\s|$)|[\w-]+:(?P<behind>[{ODD_SPACES}]+))"
)
_CURLY = "“”„‟«»‘’"
_LONGEST = 70
"""Letters of a value that a mend repeats; a longer one is better looked at in its file."""


def quoted(value: str) -> str:
    r"""A value in the quotation marks that suit what is in it.

    >>> quoted("Lost: one umbrella"), quoted('"Thank you" is not enough')
    ('"Lost: one umbrella"', '\'"Thank you" is not enough\'')
    """
    if '"' not in value and "\\" not in value:
        return f'"{value}"'
    return "'" + value.replace("'", "''") + "'"


def explain(fault: yaml.MarkedYAMLError, say: Say, offset: int, lines: Sequence[str]) -> Problem:
    """The first thing that keeps a text from being YAML; `offset` lines of the file stand above it."""
    mark = fault.problem_mark or fault.context_mark
    line, column = (mark.line + 1 + offset, mark.column + 1) if mark else (1 + offset, 1)
    line = min(line, len(lines))
    start = fault.context_mark
    opened = (min(start.line + 1 + offset, len(lines)), start.column + 1) if start else (line, column)
    said = f"{fault.problem or ''} {fault.context or ''}"
    text = lines[line - 1] if line else ""
    if "mapping values are not allowed" in said:
        return _colon(say, lines, line, column, offset)
    tab = _tab(lines[offset:line])
    if "\\t" in said or "'\t'" in said or tab is not None:
        row, place = tab or (line - offset, column)
        return say(
            "yaml-tab",
            "a tab (shown as →) stands where only spaces may stand",
            "Replace each tab at the beginning of a line by two spaces; most editors can do so for the whole file.",
            at=(offset + row, place),
        )
    if "quoted scalar" in said:
        return _open_quote(say, lines[opened[0] - 1], opened)
    pair = _PAIR.fullmatch(text)
    value_at = (line, len(pair["lead"]) + 1) if pair else (line, column)
    if "alphabetic or numeric" in said or "undefined alias" in said or "found character" in said:
        return _first_letter(say, text, pair, value_at, column)
    if pair and pair["value"][0] in "'\"[{" and column > value_at[1]:
        return _words_behind(say, pair, line, column)
    if "flow mapping" in said or "flow sequence" in said:
        bracket = lines[opened[0] - 1][opened[1] - 1 : opened[1]]
        closing = {"[": "]", "{": "}"}.get(bracket, "]")
        return say(
            "yaml-bracket",
            f"the bracket `{bracket}` is opened here and not closed",
            f"Write `{closing}` behind the last of what it holds.",
            at=opened,
        )
    if "could not find expected ':'" in said:
        return _no_colon(say, lines[opened[0] - 1], opened)
    if "another document" in said or "document start" in said:
        return say(
            "yaml-shape",
            "a line that begins with --- ends the file here, and more follows",
            "Take the --- out: it stands only above and below the front matter of a story.",
            at=(line, column),
        )
    if "expected <block end>" in said or "expected key" in said or "expected ',' or" in said:
        return say(
            "yaml-shape",
            "this line does not fit the lines above it",
            "Look at the spaces at its beginning: lines that belong together begin under the same letter.",
            at=(line, column),
        )
    return say(
        "yaml",
        f"this line cannot be read as YAML ({(fault.problem or 'no more is known').strip()})",
        "Look at the spaces at the beginning, the colons and the quotation marks of this line and of the one above.",
        at=(line, column),
    )


def odd_spaces(say: Say, lines: Sequence[str], offset: int) -> tuple[list[str], list[Problem]]:
    """The lines with plain spaces where pasted ones keep a key or its value from being seen; and a Problem for each."""
    mended: list[str] = []
    problems: list[Problem] = []
    for number, line in enumerate(lines, offset + 1):
        match = _ODD.match(line)
        if not match:
            mended.append(line)
            continue
        group = "first" if match["first"] else "behind"
        start, end = match.span(group)
        space = "" if group == "first" else " " * (end - start)
        mended.append(line[:start] + space + line[end:])
        problems.append(
            say(
                "yaml-space",
                "what looks like a space here (shown as ␣) is another character, as pasted text brings along",
                "Delete it and type a space." if group == "behind" else "Delete it.",
                at=(number, start + 1),
            )
        )
    return mended, problems


def _tab(lines: Sequence[str]) -> tuple[int, int] | None:
    """The first tab before the first letter of a line: the line's number among these, and the column."""
    for number, line in enumerate(lines, 1):
        place = line[: len(line) - len(line.lstrip())].find("\t")
        if place >= 0:
            return number, place + 1
    return None


def _in_marks(key: str, value: str) -> str:
    """How a line is written with its value in quotation marks, or that it should be, where it is long."""
    if len(value) > _LONGEST:
        return "Put quotation marks around the whole value."
    return f"Put quotation marks around the whole value:  {key}: {quoted(value)}"


def _colon(say: Say, lines: Sequence[str], line: int, column: int, offset: int) -> Problem:
    text = lines[line - 1]
    first = _COLON.search(text)
    if first and first.start() == column - 1:
        return _continued(say, lines, line, offset)
    pair = _PAIR.fullmatch(text)
    mend = 'Put quotation marks around the whole value, as in  title: "Lost: one umbrella".'
    if pair:
        mend = _in_marks(pair["key"], pair["value"].strip(_CURLY))
        if pair["value"][0] in _CURLY:
            mend = mend.replace(
                "Put quotation marks", "Curly quotation marks do not count. Put straight ones"
            )
    return say(
        "yaml-colon",
        "a second colon stands on this line, and what is before it would become a key",
        mend,
        at=(line, column),
    )


def _continued(say: Say, lines: Sequence[str], line: int, offset: int) -> Problem:
    """A line that was taken for more of the line above: because that has no `key: `, or has a value already."""
    above = next((n for n in range(line - 1, offset, -1) if lines[n - 1].strip()), 0)
    text, before = lines[line - 1], lines[above - 1] if above else ""
    if before and not _COLON.search(before):
        return _no_colon(say, before, (above, len(before) - len(before.lstrip()) + 1))
    indent, outer = (len(one) - len(one.lstrip(" ")) for one in (text, before))
    more = indent - outer
    return say(
        "yaml-indent",
        "this line begins further right than the one above it, which has its value already",
        f"Delete {more} space{'s' if more != 1 else ''} at its beginning, so that both begin under the same letter."
        if more > 0
        else "Let it begin under the same letter as the lines that it belongs to.",
        at=(line, indent + 1),
    )


def _no_colon(say: Say, text: str, at: tuple[int, int]) -> Problem:
    tight = _NO_SPACE.match(text)
    if tight:
        return say(
            "yaml-no-colon",
            "there is no space after the colon, so this is not a key with its value",
            f"Write  {text[: tight.end()].strip()} {text[tight.end() :].strip()[:_LONGEST]}",
            at=(at[0], tight.end()),
        )
    name, equals, value = text.partition("=")
    if equals and re.fullmatch(r"\s*[\w-]+\s*", name):
        return say(
            "yaml-no-colon",
            "an equals sign stands where a colon belongs",
            f"Write  {name.strip()}: {value.strip()[:_LONGEST]}",
            at=(at[0], len(name) + 1),
        )
    return say(
        "yaml-no-colon",
        "this line has no key with a colon and a space behind it",
        "Write  key: value . If the line goes on from the one above, begin it with two spaces.",
        at=at,
    )


def _open_quote(say: Say, text: str, at: tuple[int, int]) -> Problem:
    mark = text[at[1] - 1 : at[1]]
    value = text[at[1] :].strip()
    if len(value) > _LONGEST or not value:
        mend = f"Close it with another {mark} at the end of the value."
    elif mark == "'":
        mend = f"Close it at the end of the value; if it is an apostrophe, write  {quoted(mark + value)}"
    else:
        mend = f"Close it at the end of the value:  {mark}{value}{mark}"
    return say("yaml-quote", f"the quotation mark {mark} is opened here and not closed", mend, at=at)


def _words_behind(say: Say, pair: re.Match[str], line: int, column: int) -> Problem:
    """A value that begins with a quotation mark or a bracket, is closed, and goes on."""
    value, mark = pair["value"], pair["value"][0]
    whole = value
    if mark in "'\"":
        message = f"the value ends here, at the second {mark}, and more words follow"
        whole = value[1:-1] if len(value) > 2 and value[-1] == mark and mark == "'" else value
    else:
        message = "the value ends here, where its bracket closes, and more words follow"
    return say(
        "yaml-quote" if mark in "'\"" else "yaml-bracket",
        message,
        _in_marks(pair["key"], whole),
        at=(line, column),
    )


def _first_letter(
    say: Say, text: str, pair: re.Match[str] | None, value_at: tuple[int, int], column: int
) -> Problem:
    """A value that begins with a letter that means something else to YAML."""
    if pair and pair["value"].startswith("[*]("):
        return say(
            "yaml-first-letter",
            "a value that begins with a reference to a person wants quotation marks around it all",
            _in_marks(pair["key"], pair["value"]),
            at=value_at,
        )
    if pair and pair["value"][0] in "@`%*&!|>":
        return say(
            "yaml-first-letter",
            f"a value cannot begin with {pair['value'][0]} unless it stands in quotation marks",
            _in_marks(pair["key"], pair["value"]),
            at=value_at,
        )
    return say(
        "yaml-first-letter",
        f"a value cannot begin with {text[column - 1 : column]} unless it stands in quotation marks",
        "Put quotation marks around the whole value.",
        at=(value_at[0], column),
    )
