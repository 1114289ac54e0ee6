"""Can I Email's answers, as `make vendor` keeps them, become a value."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from builder.model.mail_client import Feature, Support

FILE = "clients/caniemail-2.0.2/clients.json"
"""Where they lie in the theme's folder."""


_NOTE = re.compile(r"#(\d+)")


def understand(data: bytes) -> Support:
    """The answers in `data`, a file that is held to its checksum and so is what it should be.

    An answer is Can I Email's own: `n` (not known) or `a` (known in part), and the numbers of notes, as in `a #1 #7`.
    """
    known = json.loads(data)
    return Support(
        date=known["date"],
        programs=known["programs"],
        features={one["slug"]: _feature(one) for one in known["features"]},
    )


def _feature(one: Mapping[str, Any]) -> Feature:
    return Feature(
        slug=one["slug"],
        title=one["title"],
        unknown_to=_answers(one, "n"),
        half_known_to=_answers(one, "a"),
    )


def _answers(one: Mapping[str, Any], answer: str) -> dict[str, str]:
    notes = one.get("notes", {})
    return {
        program: " ".join(notes[number] for number in _NOTE.findall(said) if number in notes)
        for program, said in one["answers"].items()
        if said.startswith(answer)
    }
