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
from builder.model.edition import SUBJECT_SEEN, Edition, EditionKind, EditionWords, Slot, Wanted
from builder.model.newsletter import Passage
from builder.model.sources import SourceFile
from builder.model.story import Audience, Status
from builder.model.text import Text
from builder.problem import Level, Problem, guess

PREHEADER_SEEN = (35, 120)
"""Letters of a preheader: fewer leave room in which an inbox goes on with the mail's first words; more are not shown."""


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
        all_faults = (*all_faults, *(_budgets(given, head) if given else ()))
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
                theme=Text.written(given.theme.strip()),
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
        tags=tuple(dict.fromkeys(form.tags)),
        slots=tuple(_wanted(form, by_language[main_language][2].head)),
        one_per=form.one_per,
        aliases=tuple(dict.fromkeys(form.aliases)),
    ), problems


def _wanted(form: EditionForm, head: Marked) -> Iterator[Wanted]:
    """The places that have to be filled, each where it stands in the file."""
    for index, slot in enumerate(form.slots):
        if slot in form.slots[:index]:
            continue
        one_of_many = isinstance(head.data.get("slots"), list)
        line, column = head.at(("slots", index) if one_of_many else ("slots",))
        yield Wanted(slot=Slot(slot), line=line, column=column, excerpt=head.page.line(line))


def _budgets(form: EditionForm, head: Marked) -> Iterator[Problem]:
    """What of the words that inboxes show is too long or too short for them."""
    subject, preheader = (Text.written(given.strip()) for given in (form.subject, form.preheader))
    length = subject.letters
    if length > SUBJECT_SEEN and "subject" in head.data:
        yield head.page.problem(
            "subject-long",
            f"the subject has {length} letters, and many inboxes show only the first {SUBJECT_SEEN}",
            "Put what matters first, or say it shorter.",
            at=head.at(("subject",)),
            level=Level.WARNING,
        )
    least, most = PREHEADER_SEEN
    length = preheader.letters
    if preheader and not least <= length <= most:
        yield head.page.problem(
            "preheader-length",
            f"the preheader has {length} letters: an inbox fills what {least} leave empty with the first words of the mail"
            if length < least
            else f"the preheader has {length} letters, and no inbox shows more than about {most}",
            "Say one more thing that is in the edition." if length < least else "Say it shorter.",
            at=head.at(("preheader",)),
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
