"""What mail programs do not know of the HTML and CSS of a mail, and what of that we know and live with."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from builder.check.mail_accepted import ACCEPTED
from builder.check.mail_features import used
from builder.check.mail_parts import Mail
from builder.model.mail_client import Feature, Support
from builder.problem import Level, Problem

_LONGEST_NOTE = 60
_MANY = 5
"""How many programs are named before the others are only counted."""


def rules(mail: Mail, clients: Support) -> Iterator[Problem]:
    """A warning for each feature that a program does not know, a hint for one that it knows in part; a line for each feature."""
    for slug, element in used(mail, clients.features).items():
        feature = clients.features[slug]
        accepted = ACCEPTED.get(slug)
        for level, answers in ((Level.WARNING, feature.unknown_to), (Level.HINT, feature.half_known_to)):
            programs = [
                one for one in clients.programs if one in answers and not (accepted and accepted.covers(one))
            ]
            if programs:
                yield mail.in_html(
                    element,
                    code="mail-client",
                    level=level,
                    message=_message(feature, level, [clients.programs[one] for one in programs]),
                    mend=_mend(feature, answers, programs),
                )


def _message(feature: Feature, level: Level, names: Collection[str]) -> str:
    how = "not known" if level is Level.WARNING else "known in part"
    return f"`{feature.title}` is {how} to {_list(names)}"


def _mend(feature: Feature, answers: Mapping[str, str], programs: list[str]) -> str:
    """What to do; with Can I Email's own words where they are few, and else the page on which they stand."""
    note = next((answers[one] for one in programs if answers[one]), "")
    more = note if 0 < len(note) <= _LONGEST_NOTE else f"More at caniemail.com/features/{feature.slug}."
    return f"Do without it, or see that the mail can be read where it is missing. {more}"


def _list(names: Collection[str]) -> str:
    *all_but_last, last = names
    if len(all_but_last) >= _MANY:
        return f"{', '.join(all_but_last[: _MANY - 1])} and {len(names) - _MANY + 1} others"
    return f"{', '.join(all_but_last)} and {last}" if all_but_last else last
