"""A comment of a survey as the draft of a voice, with what a person still has to say about it."""

from __future__ import annotations

from typing import Any

from builder.model.survey import Comment, Masked
from builder.render.source import written

_ASK_KIND = "kind: # praise, complaint or idea: read it, and say which\n"
_ASK_PERMISSION = (
    "# permission: {channels: [site], date: ..., how: ...}\n"
    "# without what the customer allowed it is shown nowhere, whatever its status\n"
)


def voice_file(
    comment: Comment, masked: Masked, *, measure: str, period: str, channel: str = "survey"
) -> bytes:
    """The file: a draft, without permission, and without anything of the score that was given with it."""
    said: dict[str, Any] = {"channel": channel, "solicited": "true"}
    if comment.received:
        said = {"received": comment.received.isoformat(), **said}
    lines = [_ASK_KIND, written(said), written({"text": masked.words})]
    if masked.kinds:
        lines.append(
            f"edited: true # taken out: {', '.join(masked.kinds)}. Confirm that nothing is left, or that it may stand\n"
        )
    else:
        lines.append("edited: false # nothing was taken out; look for what could tell who wrote it\n")
    if comment.team:
        lines.append(written({"about": [comment.team]}))
    lines.append(written({"metric": measure, "round": period}))
    lines += [_ASK_PERMISSION, "status: draft\n"]
    return "".join(lines).encode()
