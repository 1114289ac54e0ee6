"""A mail as long as every mail program shows it: what would make it longer is shortened, then left for the site, and said so."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from builder.model.message import MOST_HTML
from builder.problem import Level, Problem
from builder.render.mail_views import MailStoryView, MailView

_GROUPS = ("stories", "leader", "small", "behind")
"""In the order in which they stand; what stands last is shortened first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fit:
    """What is left of a mail, its MJML and HTML, and what was done to it."""

    view: MailView
    mjml: str
    html: str
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class _Cuts:
    """How many stories, counted from the last, have lost what: each cut is deeper than the one before it."""

    reasons: int = 0
    summaries: int = 0
    stories: int = 0


def fitted(
    view: MailView,
    html: Callable[[MailView], tuple[str, str]],
    say: Callable[..., str],
    file: str,
    most: int = MOST_HTML,
) -> Fit:
    """The longest form of `view` whose HTML has at most `most` bytes; the lead and what is no story are never touched.

    First go the reasons why stories matter, the last story's first, then summaries, then stories. `html` gives the (MJML, HTML)
    of a view, `file` is the edition's, for what is to be said.
    """
    count = len(_others(view))
    ladder = [
        _Cuts(),
        *(_Cuts(reasons=n) for n in range(1, count + 1)),
        *(_Cuts(reasons=count, summaries=n) for n in range(1, count + 1)),
        *(_Cuts(reasons=count, summaries=count, stories=n) for n in range(1, count + 1)),
    ]
    made = _made(view, ladder[0], html, say)
    if _size(made) <= most:
        return Fit(view=made[0], mjml=made[1], html=made[2], problems=())
    low, high = 0, len(ladder) - 1
    while high - low > 1:
        middle = (low + high) // 2
        tried = _made(view, ladder[middle], html, say)
        low, high = (low, middle) if _size(tried) <= most else (middle, high)
    made = _made(view, ladder[high], html, say)
    return Fit(
        view=made[0],
        mjml=made[1],
        html=made[2],
        problems=(_told(view, ladder[high], most, file),) if high else (),
    )


_NAMED = 3
"""Stories that are named where many are left out."""

_Made = tuple[MailView, str, str]


def _made(
    view: MailView, cuts: _Cuts, html: Callable[[MailView], tuple[str, str]], say: Callable[..., str]
) -> _Made:
    cut = _cut(view, cuts, say)
    mjml, made = html(cut)
    return cut, mjml, made


def _size(made: _Made) -> int:
    return len(made[2].encode("utf-8"))


def _others(view: MailView) -> tuple[tuple[str, MailStoryView], ...]:
    """All stories but the lead, each with its group, in the order in which they stand."""
    return tuple((group, one) for group in _GROUPS for one in _group(view, group))


def _group(view: MailView, group: str) -> tuple[MailStoryView, ...]:
    found = getattr(view, group)
    if isinstance(found, tuple):
        return found
    return () if found is None else (found,)


def _cut(view: MailView, cuts: _Cuts, say: Callable[..., str]) -> MailView:
    others = _others(view)
    kept: dict[str, list[MailStoryView]] = {group: [] for group in _GROUPS}
    for place, (group, one) in enumerate(others):
        from_the_end = len(others) - place
        if from_the_end <= cuts.stories:
            continue
        kept[group].append(
            replace(
                one,
                why_it_matters="" if from_the_end <= cuts.reasons else one.why_it_matters,
                summary="" if from_the_end <= cuts.summaries else one.summary,
            )
        )
    return replace(
        view,
        stories=tuple(kept["stories"]),
        leader=next(iter(kept["leader"]), None),
        small=tuple(kept["small"]),
        behind=tuple(kept["behind"]),
        left=say("letter.left", n=cuts.stories) if cuts.stories else "",
    )


def _told(view: MailView, cuts: _Cuts, most: int, file: str) -> Problem:
    done = [
        f"{n} {'story has' if n == 1 else 'stories have'} lost {what}"
        for n, what in ((cuts.reasons, "why it matters"), (cuts.summaries, "the summary"))
        if n > cuts.stories
    ]
    if cuts.stories:
        titles = ", ".join(f"“{one.title}”" for _, one in _others(view)[-cuts.stories :][:_NAMED])
        titles += " ..." if cuts.stories > _NAMED else ""
        done.append(
            f"{cuts.stories} {'story is' if cuts.stories == 1 else 'stories are'} left for the site ({titles})"
        )
    return Problem(
        code="mail-shortened",
        level=Level.WARNING,
        file=file,
        message=f"the mail in `{view.lang}` was too long: {' and '.join(done)}",
        mend=f"Every program shows {most:,} bytes. Choose fewer `stories:`, or leave it so: the edition's page has them all.",
    )
