"""The table of rules for finished mails: each a small question to the bytes that readers get."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from builder.check import (
    mail_clients,
    mail_headers,
    mail_language,
    mail_parity,
    mail_pictures,
    mail_privacy,
    mail_reading,
    mail_shape,
)
from builder.check.mail_parts import Expected, Mail
from builder.model.mail_client import Support
from builder.problem import Problem, in_order

RULES: tuple[Callable[[Mail], Iterator[Problem]], ...] = (
    mail_privacy.rules,
    mail_headers.rules,
    mail_language.rules,
    mail_shape.rules,
    mail_pictures.rules,
    mail_reading.rules,
    mail_parity.rules,
)


def check(mail: bytes, clients: Support, expected: Expected) -> tuple[Problem, ...]:
    """All that is wrong with a mail (a whole message, RFC 5322), as every rule of the table finds it."""
    understood = Mail(mail, expected)
    found = [problem for rule in RULES for problem in rule(understood)]
    return in_order((*found, *mail_clients.rules(understood, clients)))


def once_for_all(found: Iterable[tuple[str, tuple[Problem, ...]]]) -> tuple[Problem, ...]:
    """The Problems of several mails, each with its language; what is wrong with more than one in the same words is said once."""
    first: dict[tuple[str, str, str], Problem] = {}
    others: dict[tuple[str, str, str], list[str]] = {}
    for language, problems in found:
        for one in problems:
            key = (one.code, one.message, one.level.value)
            if key not in first:
                first[key] = one
                others[key] = []
            elif language not in others[key] and f".{language}." not in first[key].file:
                others[key].append(language)
    return in_order(
        [
            replace(one, message=f"{one.message} (likewise in {', '.join(others[key])})")
            if others[key]
            else one
            for key, one in first.items()
        ]
    )
