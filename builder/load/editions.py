"""Editions: what goes out together, with its words in each language."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from builder.load.fill import fill_in
from builder.load.forms import EditionForm
from builder.load.kinds import ID, Wrong, tag
from builder.load.manuscripts import bad_language, name_and_language
from builder.load.marks import Marked, Page, Place
from builder.load.pages import Article, bad_file_name, decode, split_article
from builder.load.passages import Known, of_body, of_values, wrong_references
from builder.model.edition import Edition, EditionKind, EditionWords
from builder.model.newsletter import Passage
from builder.model.sources import SourceFile
from builder.model.story import Audience, Status
from builder.model.text import Text
from builder.problem import Level, Problem, guess

SUBJECT_SEEN = 42
"""Letters of a subject that every inbox shows."""

_A_NAME = 12
"""Letters that a name is likely to have."""


def understand(
    sources: Sequence[SourceFile], known: Known, works: frozenset[str]
) -> tuple[tuple[Edition, ...], tuple[Passage, ...], tuple[Problem, ...], frozenset[str]]:
    """All editions, their words as passages, their Problems, and the files that were lost.

    `works` are the ids of all stories there are, published or not.
    """
    problems: list[Problem] = []
    passages: list[Passage] = []
    lost: set[str] = set()
    opened: dict[str, dict[str, tuple[SourceFile, Page, Article]]] = {}
    for source in sources:
        id, suffix = name_and_language(source.path)
        page, faults = decode(source)
        article, more = split_article(page) if not faults else (None, ())
        problems += [*faults, *more]
        language = known.settings.language
        if not ID.fullmatch(id):
            problems.append(bad_file_name(page, id))
            article = None
        if suffix:
            try:
                language = tag(suffix)
            except Wrong:
                problems.append(bad_language(page, id, suffix))
                article = None
        if article is None or article.head.data is None:
            lost.add(source.path)
            continue
        opened.setdefault(id, {})[language] = (source, page, article)
        passages += of_values(article.head)
        passages.append(of_body(page, article.body, article.body_line))
        problems += wrong_references(page, [*of_values(article.head), passages[-1]], known)
    editions: list[Edition] = []
    for id, by_language in sorted(opened.items()):
        edition, wrong_here = _edition(id, by_language, known, works)
        problems += wrong_here
        if edition:
            editions.append(edition)
        else:
            lost.update(source.path for source, _, _ in by_language.values())
    return tuple(editions), tuple(passages), tuple(problems), frozenset(lost)


def _edition(
    id: str,
    by_language: dict[str, tuple[SourceFile, Page, Article]],
    known: Known,
    works: frozenset[str],
) -> tuple[Edition | None, list[Problem]]:
    main_language = next(
        (language for language, (_, _, article) in by_language.items() if "date" in article.head.data),
        next(iter(by_language)),
    )
    problems: list[Problem] = []
    words: list[EditionWords] = []
    main = by_language[main_language][2].head.data
    form: EditionForm | None = None
    for language, (source, page, article) in sorted(
        by_language.items(), key=lambda one: one[0] != main_language
    ):
        head = article.head
        inherited = (
            {} if language == main_language else {"date": main.get("date"), "status": main.get("status")}
        )
        given, faults = fill_in(EditionForm, Marked({**inherited, **head.data}, page, head.keys, head.values))
        drafted = "draft" in (main.get("status"), head.data.get("status"))
        all_faults = (*faults, *(_unknown(given, head, known, works) if given else ()))
        all_faults = (*all_faults, *(_long_subject(given, head) if given else ()))
        problems += [
            replace(one, level=Level.WARNING) if drafted and one.level is Level.ERROR else one
            for one in all_faults
        ]
        if given is None:
            continue
        if language == main_language:
            form = given
        elif drafted and main.get("status") != "draft":
            continue  # its words wait; the edition goes out in the other languages
        words.append(
            EditionWords(
                lang=language,
                subject=Text.written(given.subject.strip()),
                preheader=Text.written(given.preheader.strip()),
                body=article.body,
                file=source.path,
                body_line=article.body_line,
            )
        )
    if form is None or any(problem.level is Level.ERROR for problem in problems):
        return None, problems
    zone = known.settings.timezone
    return Edition(
        id=id,
        kind=EditionKind(form.kind),
        date=form.date.at(zone),
        words=tuple(words),
        file=by_language[main_language][0].path,
        number=form.number,
        status=Status(form.status),
        audience=Audience(form.audience),
        send_at=form.send_at.at(zone) if form.send_at else None,
        stories=tuple(dict.fromkeys(form.stories)),
        numbers=tuple(dict.fromkeys(form.numbers)),
        aliases=tuple(dict.fromkeys(form.aliases)),
    ), problems


def _long_subject(form: EditionForm, head: Marked) -> Iterator[Problem]:
    subject = Text.written(form.subject.strip())
    length = sum(len(part) if isinstance(part, str) else _A_NAME for part in subject.parts)
    if length > SUBJECT_SEEN and "subject" in head.data:
        yield head.page.problem(
            "subject-long",
            f"the subject has {length} letters, and many inboxes show only the first {SUBJECT_SEEN}",
            "Put what matters first, or say it shorter.",
            at=head.at(("subject",)),
            level=Level.HINT,
        )


def _unknown(form: EditionForm, head: Marked, known: Known, works: frozenset[str]) -> list[Problem]:
    found = []
    for key, given, allowed, message in (
        ("stories", form.stories, works, "there is no story `{}`"),
        ("numbers", form.numbers, known.metrics, "there is no measure `{}` in stories/metrics/"),
    ):
        for index, id in enumerate(given):
            if id not in allowed:
                place: Place = (key, index) if isinstance(head.data.get(key), list) else (key,)
                found.append(
                    head.page.problem(
                        "id-unknown",
                        message.format(id),
                        "Write the name of its file, without the ending.",
                        at=head.at(place),
                        guess=guess(id, allowed),
                    )
                )
    return found
