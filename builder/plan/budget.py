"""How many words an edition's mail has, and whether that is too many."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from builder.model.edition import Contents, Edition, EditionKind
from builder.model.library import Library
from builder.model.newsletter import Settings
from builder.model.reading import Tally
from builder.model.story import Kind, Story
from builder.model.text import Text

AN_EXCERPT = 32
"""Words that stand for a story without a summary, as long as its text is not looked at: about as many of its beginning are taken."""


def most_words(edition: Edition, settings: Settings) -> int:
    """How many words its mail may have: a yearbook, which comes once a year, twice as many."""
    return settings.digest.words * (2 if edition.kind is EditionKind.YEARBOOK else 1)


def _nobody_knows(story: Story) -> int:
    return AN_EXCERPT


def words_of(story: Story, beginning: Callable[[Story], int] = _nobody_knows) -> int:
    """What of a story stands in a mail: its title, its summary or its `beginning`, and why it matters."""
    return story.title.words + (story.summary.words or beginning(story)) + story.why_it_matters.words


def words_of_opening(edition: Edition, language: str, settings: Settings) -> int:
    return Text.written(edition.said_in(language, settings.language).body).words


def tally(
    edition: Edition,
    works: Iterable[str],
    library: Library,
    language: str,
    beginning: Callable[[Story], int] = _nobody_knows,
) -> Tally:
    """The words of `edition`, holding these works, for the readers of `language`.

    Counted is what people wrote for it: not numbers, labels, links, nor what stands in every mail. `said` is the newest
    voice and the commitments in short, as `library` may show them. `beginning` says how many words stand for a story
    without a summary, where that is known.
    """
    settings = library.newsroom.settings
    stories = [(work, library.version(work, language)) for work in works]
    spoken = [one.text for one in library.voices[:1]]
    spoken += [
        words
        for kept in library.commitments_in_short
        for words in (kept.commitment.said, kept.commitment.did)
    ]
    return Tally(
        language=language,
        opening=words_of_opening(edition, language, settings),
        stories=tuple((work, words_of(story, beginning)) for work, story in stories),
        said=sum(len(words.said_in(language, settings.language)[1].split()) for words in spoken),
        leaders=sum(words_of(story, beginning) for _, story in stories if story.kind is Kind.LEADER),
    )


def words_by_language(
    contents: Contents, library: Library, beginning: Callable[[Story], int] = _nobody_knows
) -> tuple[tuple[str, int], ...]:
    """How many words its mail has in each language of the site."""
    return tuple(
        (language, tally(contents.edition, contents.works, library, language, beginning).all)
        for language in library.newsroom.settings.languages
    )
