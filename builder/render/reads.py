"""What a page may ask, and what it asked: each question is noted with the page, and can be asked again.

A page's function sees nothing of the newsletter but through `Reads`. So what it made depends on the answers to what it
asked, on our own code and on the libraries, and on nothing else: while those stay the same, so does the page.
"""

from __future__ import annotations

from typing import Any, cast

from builder.model.balance import Balance
from builder.model.body import Gist, Part
from builder.model.commitment import Kept
from builder.model.consent import Leave
from builder.model.correction import Correction
from builder.model.edition import Contents, Edition
from builder.model.event import Event
from builder.model.facet import Celebrated, Facet
from builder.model.library import Hero
from builder.model.metric import Measured, Result
from builder.model.newsletter import Named, Settings
from builder.model.page import Page
from builder.model.person import Narrowing
from builder.model.promise import Promise
from builder.model.story import Audience, Story
from builder.model.team import Team
from builder.model.text import Words
from builder.model.voice import CustomerVoice
from builder.render.answers import ANSWERS, APART, written
from builder.render.press import Card, Press, Shown, Title, Translation, twins
from builder.render.words import Speaker


class Reads:
    """Answers one page's questions, and notes each. The methods say what can be asked."""

    def __init__(self, press: Press) -> None:
        self._press = press
        self.asked: dict[str, None] = {}

    def ask(self, kind: str, *about: str) -> Any:
        """The answer to a question of one of the kinds below, which is noted."""
        self.asked[APART.join((kind, *about))] = None
        return ANSWERS[kind](self._press, *about)

    @property
    def settings(self) -> Settings:
        """The settings, of which each one looked at is noted."""
        return cast("Settings", _NotedSettings(self))

    def speaker(self, language: str) -> Speaker | None:
        """Who speaks a language of the site; all that is said is noted."""
        settings = self.settings
        _ = settings.languages, settings.timezone, settings.both_calendars
        one = self._press.speakers.get(language)
        return one.heard_by(lambda key: self._heard(language, key)) if one else None

    def _heard(self, language: str, key: str) -> None:
        self.asked[APART.join(("word", language, key))] = None

    def render(self, template: str, **values: Any) -> str:
        """A template filled; it, and all it looked for, are noted. Raises Trouble when one of them is wrong."""
        try:
            return self._press.templates.render(template, **values)
        finally:
            for name in self._press.templates.reached_from(template):
                self.asked[APART.join(("template", name))] = None

    def planned(self, address: str) -> Page | None:
        return cast("Page | None", self.ask("planned", address))

    def stands(self, address: str) -> bool:
        return cast("bool", self.ask("stands", address))

    def story(self, version: str) -> Story:
        return cast("Story", self.ask("story", version))

    def card(self, version: str) -> Card:
        return cast("Card", self.ask("card", version))

    def title(self, version: str) -> Title:
        return cast("Title", self.ask("title", version))

    def neighbours(self, work: str) -> tuple[str, str]:
        """The works that come after a work and before it; "" where there is none."""
        return cast("tuple[str, str]", self.ask("neighbours", work))

    def values(self, facet: Facet) -> tuple[tuple[str, int], ...]:
        """The values of a facet that have stories, and how many each."""
        return cast("tuple[tuple[str, int], ...]", self.ask("values", facet.value))

    def has_shelf(self, facet: Facet, value: str) -> bool:
        """Whether there is a page of the stories of this value."""
        return cast("bool", self.ask("has-shelf", facet.value, value))

    def shelf(self, facet: Facet, value: str, start: int, stop: int) -> tuple[str, ...]:
        """Works on a shelf from `start` to before `stop`, newest first."""
        return cast("tuple[str, ...]", self.ask("shelf", facet.value, str(start), str(stop), value))

    def shelved(self, facet: Facet, value: str) -> int:
        """How many works stand on a shelf."""
        return cast("int", self.ask("shelved", facet.value, value))

    def shelves_of(self, work: str) -> tuple[tuple[str, str], ...]:
        """The shelves on which a work stands: a facet's word, and a value of it."""
        return cast("tuple[tuple[str, str], ...]", self.ask("shelves-of", work))

    def programme(self) -> tuple[Event, ...]:
        """What is to come, the next first."""
        return cast("tuple[Event, ...]", self.ask("programme"))

    def tag(self, value: str) -> str:
        """The words of a tag."""
        return cast("str", self.ask("tag", value))

    def years(self) -> tuple[int, ...]:
        """The ISO years in which there was something, the newest first."""
        return cast("tuple[int, ...]", self.ask("years"))

    def weeks(self, year: int) -> tuple[Celebrated, ...]:
        """The weeks of an ISO year in which there was something."""
        return cast("tuple[Celebrated, ...]", self.ask("weeks", str(year)))

    def weeks_beside(self, week: str) -> tuple[str, str]:
        """The weeks with stories before and after one; "" where there is none."""
        return cast("tuple[str, str]", self.ask("weeks-beside", week))

    def editions_of(self, week: str) -> tuple[str, ...]:
        """The editions of a week."""
        return cast("tuple[str, ...]", self.ask("editions-of", week))

    def version(self, work: str, language: str) -> str:
        """The version of a work that a reader of `language` gets."""
        return cast("str", self.ask("version", work, language))

    def translations(self, work: str) -> tuple[Translation, ...]:
        return cast("tuple[Translation, ...]", self.ask("translations", work))

    def gist(self, file: str) -> Gist:
        return cast("Gist", self.ask("gist", file))

    def parts(self, file: str) -> tuple[Part, ...]:
        """A converted text, with its slots."""
        self.asked[APART.join(("text", file))] = None
        return self._press.parts(file)

    def leads(self, file: str, target: str) -> str | None:
        """Where a link leads that an author wrote."""
        return cast("str | None", self.ask("leads", file, target))

    def picture(self, path: str) -> Shown | None:
        return cast("Shown | None", self.ask("picture", path))

    def picture_path(self, target: str, file: str) -> str:
        return self._press.picture_path(target, file)

    def person(self, id: str, narrowings: tuple[Narrowing, ...]) -> Leave:
        """What consent says of a person here."""
        own = tuple(one for one in narrowings if one.person == id)
        return cast("Leave", self.ask("person", id, written(own)))

    def team(self, id: str) -> Team | None:
        return cast("Team | None", self.ask("team", id))

    def team_of(self, person: str) -> str:
        """The id of a person's team."""
        return cast("str", self.ask("team-of", person))

    def teams(self) -> tuple[str, ...]:
        """All teams, in the order in which they were written down."""
        return cast("tuple[str, ...]", self.ask("teams"))

    def named(self, id: str) -> Named | None:
        """A behaviour, a perspective or a kind of customer that the newsroom names itself."""
        return cast("Named | None", self.ask("named", id))

    def works(self, start: int, stop: int) -> tuple[str, ...]:
        """Works from `start` to before `stop`, newest first."""
        return cast("tuple[str, ...]", self.ask("works", str(start), str(stop)))

    def count(self) -> int:
        """How many works there are."""
        return cast("int", self.ask("count"))

    def related(self, work: str) -> tuple[str, ...]:
        return cast("tuple[str, ...]", self.ask("related", work))

    def newest(self, language: str) -> tuple[str, ...]:
        """The versions in a language's feed."""
        return cast("tuple[str, ...]", self.ask("newest", language))

    def heroes(self) -> tuple[Hero, ...]:
        return cast("tuple[Hero, ...]", self.ask("heroes"))

    def hero(self, person: str) -> Hero | None:
        return cast("Hero | None", self.ask("hero", person))

    def celebrated_in(self, person: str, work: str) -> bool:
        """Whether a person's own page shows a work."""
        return cast("bool", self.ask("celebrated", person, work))

    def editions(self) -> tuple[str, ...]:
        return cast("tuple[str, ...]", self.ask("editions"))

    def edition(self, id: str) -> Edition:
        return cast("Edition", self.ask("edition", id))

    def contents(self, id: str) -> Contents:
        return cast("Contents", self.ask("contents", id))

    def metrics(self) -> tuple[str, ...]:
        return cast("tuple[str, ...]", self.ask("metrics"))

    def metric(self, id: str) -> Measured | None:
        return cast("Measured | None", self.ask("metric", id))

    def metric_name(self, id: str) -> Words | None:
        """What a measure is called; None of one that is not shown."""
        return cast("Words | None", self.ask("metric-name", id))

    def paired(self, id: str) -> tuple[str, ...]:
        """The internal measures that should move an external one."""
        return cast("tuple[str, ...]", self.ask("paired", id))

    def balance(self) -> Balance:
        """How the scorecard weighs what customers say against what we count."""
        return cast("Balance", self.ask("balance"))

    def supporting(self, id: str) -> tuple[str, ...]:
        """The works that stand behind a measure, newest first."""
        return cast("tuple[str, ...]", self.ask("supporting", id))

    def rounds(self) -> tuple[str, ...]:
        """The periods of all survey rounds, the newest first."""
        return cast("tuple[str, ...]", self.ask("rounds"))

    def rounds_beside(self, period: str) -> tuple[str, str]:
        """The rounds after and before one; "" where there is none."""
        return cast("tuple[str, str]", self.ask("rounds-beside", period))

    def round(self, period: str) -> tuple[str, ...]:
        """The measures by which people answered in a period."""
        return cast("tuple[str, ...]", self.ask("round", period))

    def result(self, id: str, period: str) -> Result:
        """What people answered to one measure's question in one period."""
        return cast("Result", self.ask("result", id, period))

    def told(self, work: str) -> bool:
        """Whether a story is published."""
        return cast("bool", self.ask("told", work))

    def voices(self) -> tuple[str, ...]:
        """What customers said, the newest first."""
        return cast("tuple[str, ...]", self.ask("voices"))

    def newest_voice(self) -> str:
        return cast("str", self.ask("newest-voice"))

    def voice(self, id: str) -> CustomerVoice | None:
        return cast("CustomerVoice | None", self.ask("voice", id))

    def voices_of(self, work: str) -> tuple[str, ...]:
        """What customers said of a story."""
        return cast("tuple[str, ...]", self.ask("voices-of", work))

    def commitments(self) -> tuple[str, ...]:
        return cast("tuple[str, ...]", self.ask("commitments"))

    def commitments_of(self, work: str) -> tuple[str, ...]:
        """What was done about a story."""
        return cast("tuple[str, ...]", self.ask("commitments-of", work))

    def commitments_about(self, metric: str) -> tuple[str, ...]:
        """What was done about a measure, or looked at again by it."""
        return cast("tuple[str, ...]", self.ask("commitments-about", metric))

    def voices_in(self, period: str) -> tuple[str, ...]:
        """What customers wrote in the survey round of a period."""
        return cast("tuple[str, ...]", self.ask("voices-in", period))

    def commitments_after(self, voice: str) -> tuple[str, ...]:
        """What was done about a customer's remark."""
        return cast("tuple[str, ...]", self.ask("commitments-after", voice))

    def commitments_in_short(self) -> tuple[str, ...]:
        """One or two for a page that is about other things."""
        return cast("tuple[str, ...]", self.ask("commitments-in-short"))

    def commitment(self, id: str) -> Kept | None:
        return cast("Kept | None", self.ask("commitment", id))

    def corrections(self) -> tuple[str, ...]:
        return cast("tuple[str, ...]", self.ask("corrections"))

    def corrections_of(self, about: str) -> tuple[str, ...]:
        """What was put right of an edition (`edition:ID`) or of a story, the newest first."""
        return cast("tuple[str, ...]", self.ask("corrections-of", about))

    def corrections_in(self, edition: str) -> tuple[str, ...]:
        """What the mail of an edition puts right, the oldest first."""
        return cast("tuple[str, ...]", self.ask("corrections-in", edition))

    def correction(self, id: str) -> Correction | None:
        return cast("Correction | None", self.ask("correction", id))

    def promises(self) -> tuple[str, ...]:
        return cast("tuple[str, ...]", self.ask("promises"))

    def promise(self, id: str) -> Promise | None:
        return cast("Promise | None", self.ask("promise", id))

    def asset(self, name: str) -> str:
        """The name that a file of the theme has on the site."""
        return cast("str", self.ask("asset", name))

    def audience(self) -> Audience:
        """Whom the site is made for."""
        return cast("Audience", self.ask("audience"))

    def named_by_content(self) -> tuple[str, ...]:
        """The addresses of the theme's files whose names tell their content."""
        return cast("tuple[str, ...]", self.ask("named-by-content"))

    def sitemap(self) -> tuple[tuple[Page, tuple[tuple[str, str], ...]], ...]:
        """The pages worth finding, each with its twins in all languages."""
        return cast("tuple[tuple[Page, tuple[tuple[str, str], ...]], ...]", self.ask("sitemap"))

    def twins(self, page: Page) -> dict[str, str]:
        """The addresses of the same page in each site language in which it exists."""
        return twins(page, self.settings.languages, self.translations, self.stands)


class _NotedSettings:
    """Looks like the settings, and notes which of them was looked at."""

    def __init__(self, reads: Reads) -> None:
        self._reads = reads

    def __getattr__(self, name: str) -> Any:
        if name == "language":
            return self._reads.ask("setting", "languages")[0]
        return self._reads.ask("setting", name)
