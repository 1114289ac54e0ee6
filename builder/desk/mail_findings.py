"""What is wrong with mails that are composed, before anybody gets them."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import urlsplit

from builder.check.mail_parts import Expected
from builder.check.mails import check, once_for_all
from builder.desk.setting import Desk
from builder.model.message import Message
from builder.model.newsletter import MailPictures, Settings
from builder.problem import Problem
from builder.render.colours import contrast
from builder.render.message import encode
from builder.render.words import direction_of


def findings(message: Message, settings: Settings, desk: Desk) -> tuple[Problem, ...]:
    """All that our checker finds in one mail, as the bytes that are stored and sent."""
    return check(encode(message), desk.mail_clients(), _expected(message, settings))


def findings_of_all(messages: Iterable[Message], settings: Settings, desk: Desk) -> tuple[Problem, ...]:
    """The same of all mails of an edition; what is wrong with several in the same words is said once."""
    return once_for_all((message.lang, findings(message, settings, desk)) for message in messages)


def _expected(message: Message, settings: Settings) -> Expected:
    hosted = settings.digest.pictures is MailPictures.HOSTED
    own = urlsplit(settings.base_url).hostname
    return Expected(
        name=f"{message.edition}.{message.lang}",
        lang=message.lang,
        dir=direction_of(message.lang),
        contrast=contrast,
        direction_of=direction_of,
        pictures_from=frozenset(filter(None, (own,))) if hosted else frozenset(),
    )
