"""A Body put away and taken out again, and the little of it that others ask about."""

from __future__ import annotations

import json
from typing import Any

from builder.model.body import Body, Gist, Image, InAttribute, Link, Part, WideStart
from builder.model.text import REFERENCE, Reference, Text
from builder.render.markdown import excerpt


def gist_of(body: Body) -> Gist:
    """What of a Body is asked about once it is put away."""
    words = body.words
    return Gist(
        excerpt=excerpt(body.opening or words),
        length=len("".join(part if isinstance(part, str) else "name" for part in words.parts).split()),
        ids=body.ids,
        links=body.links,
        images=body.images,
        refused=body.refused,
        references=tuple(dict.fromkeys(words.references)),
        left=tuple(
            match["person"]
            for part in words.parts
            if isinstance(part, str) and "](@" in part
            for match in REFERENCE.finditer(part)
        ),
    )


def put_away(body: Body) -> bytes:
    """The parts of a Body as bytes; `taken_out` gives the same parts again."""
    return json.dumps(list(map(_plain, body.parts)), ensure_ascii=False, separators=(",", ":")).encode()


def taken_out(data: bytes) -> tuple[Part, ...]:
    """The parts that were put away. Raises ValueError when these are not such bytes."""
    try:
        return tuple(map(_part, json.loads(data)))
    except (TypeError, KeyError, AttributeError) as fault:
        raise ValueError("these are no parts of a text") from fault


def _plain(part: Part) -> Any:
    if isinstance(part, str):
        return part
    if isinstance(part, Reference):
        return ["name", *_reference(part)]
    if isinstance(part, InAttribute):
        return ["attribute", *_reference(part.reference)]
    if isinstance(part, Link):
        return ["link", part.target]
    if isinstance(part, Image):
        alt = [one if isinstance(one, str) else _reference(one) for one in part.alt.parts]
        return ["image", part.target, alt]
    return ["wide"]


def _reference(one: Reference) -> list[str]:
    return [one.person, one.pattern, one.case, one.otherwise]


def _part(plain: Any) -> Part:
    if isinstance(plain, str):
        return plain
    kind, *rest = plain
    if kind == "name":
        return Reference(*map(str, rest))
    if kind == "attribute":
        return InAttribute(Reference(*map(str, rest)))
    if kind == "link":
        return Link(str(rest[0]))
    if kind == "image":
        alt = (one if isinstance(one, str) else Reference(*map(str, one)) for one in rest[1])
        return Image(str(rest[0]), Text(tuple(alt)))
    if kind == "wide":
        return WideStart()
    raise ValueError(kind)
