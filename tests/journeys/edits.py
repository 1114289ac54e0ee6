"""Random edits of a newsroom, as editors, operators and disks make them; the kinds a generator is known to forget."""

from __future__ import annotations

import os
import random
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import yaml

from tests.newsroom import Newsroom, article, dump, person, picture
from tests.values import LONDON

WORDS = "rain umbrella night bread queue letter lamp door Easter parcel ward soup stairs clock bus".split()
LANGUAGES = ("en", "fa", "el")
BEHAVIOURS = ("listen", "own-it", "go-further")


@dataclass
class Hand:
    """Whoever edits `room`, by chance but the same for the same seed. `now` moves on; `said` tells what was done."""

    room: Newsroom
    chance: random.Random
    now: datetime = datetime(2026, 3, 12, 9, 0, tzinfo=LONDON)
    number: int = 0
    said: list[str] = field(default_factory=list)

    def begin(self) -> None:
        """A newsroom with something of everything."""
        self.room.settings(**self._settings())
        self.room.people(*(self._person(number) for number in range(1, 7)))
        for _ in range(7):
            self.add_story()
        self.add_translation()
        self.add_edition()
        self.add_metric()
        self.add_metric()

    def edit(self) -> str:
        """One edit of any kind; what was done."""
        kind = self.chance.choice(KINDS)
        done = kind(self)
        self.said.append(f"{kind.__name__}: {done}")
        return self.said[-1]

    # Stories

    def add_story(self) -> str:
        self.number += 1
        name = f"story-{self.number}"
        self.room.write(f"2026/{name}.md", article(self._front(), self._body()))
        return name

    def add_translation(self) -> str:
        path = self._a_story()
        if path is None:
            return "nothing"
        id = path.name.partition(".")[0]
        language = self.chance.choice(LANGUAGES[1:])
        self.room.write(f"2026/{id}.{language}.md", article({"title": self._words(3)}, self._body()))
        return f"{id}.{language}"

    def edit_a_body(self) -> str:
        return self._change(lambda front, body: (front, body + f"\n\n{self._words(6)}\n"))

    def edit_a_title(self) -> str:
        return self._change(lambda front, body: ({**front, "title": self._words(4)}, body))

    def edit_a_front_matter(self) -> str:
        def more(front: dict[str, Any], body: str) -> tuple[dict[str, Any], str]:
            key = self.chance.choice(
                (
                    "kind",
                    "team",
                    "tags",
                    "behaviours",
                    "heroes",
                    "summary",
                    "status",
                    "consent",
                    "expires",
                    "publish",
                    "date",
                    "perspective",
                    "customer",
                    "what_changed",
                )
            )
            values: dict[str, Any] = {
                "kind": self.chance.choice(("heroic", "small", "light", "learning", "leader")),
                "team": self.chance.choice(("ward", "nook")),
                "tags": self._words(2).split(),
                "behaviours": [self.chance.choice(BEHAVIOURS)],
                "heroes": [f"p-{self.chance.randint(1, 6)}"],
                "summary": f"{self._words(5)} {self._reference()}.",
                "status": self.chance.choice(("draft", "ready")),
                "consent": {f"p-{self.chance.randint(1, 6)}": {"form": "initials"}},
                "expires": self._moment(),
                "publish": self._moment(),
                "date": (self.now - timedelta(days=self.chance.randint(0, 400))).date().isoformat(),
                "perspective": self.chance.choice(("front-line", "managers")),
                "customer": {
                    "kind": self.chance.choice(("internal", "external")),
                    "words": f"{self._words(4)} {self._reference()}",
                },
                "what_changed": f"{self._words(4)} {self._reference()}",
            }
            return {**front, key: values[key]}, body

        return self._change(more)

    def rename_a_story(self) -> str:
        path = self._a_story()
        if path is None:
            return "nothing"
        self.number += 1
        for one in path.parent.glob(f"{path.stem}.*md"):
            one.rename(one.with_name(f"story-{self.number}{one.name.removeprefix(path.stem)}"))
        self._forget(path)
        return f"{path.name} to story-{self.number}.md"

    def delete_a_story(self) -> str:
        path = self._a_story(translations=True)
        if path is None or len(list((self.room.folder / "stories" / "2026").glob("*.md"))) < 3:
            return "nothing"
        for one in [path] if path.name.count(".") > 1 else path.parent.glob(f"{path.stem}.*md"):
            one.unlink()
        self._forget(path)
        return path.name

    def break_a_story_and_mend_it(self) -> str:
        """An error in between: nothing is published, and what comes after is built upon what was before."""
        path = self._a_story()
        if path is None:
            return "nothing"
        whole = path.read_bytes()
        path.write_bytes(whole.replace(b"---\n", b"---\nteam: nobody-knows\ntitel: x\n", 1))
        self.room.run("build", now=self.now.isoformat())
        path.write_bytes(whole)
        return path.name

    # People, numbers, editions

    def change_a_consent(self) -> str:
        people = self._people()
        one = self.chance.choice(people)
        what = self.chance.choice(("form", "withdrawn", "recognition", "expires", "status", "given"))
        if what == "form":
            one["consent"] = {
                "site": {"form": self.chance.choice(("full", "first", "initials")), "date": "2026-01-01"}
            }
        elif what == "given":
            one["consent"] = {"site": {"form": "full", "date": self._moment()}}
        elif what == "withdrawn":
            one.pop("withdrawn", None) or one.update(withdrawn=self._moment())
        elif what == "recognition":
            one["recognition"] = self.chance.choice(("everyone", "team", "private"))
        elif what == "expires":
            one["consent"] = {"site": {"form": "full", "date": "2026-01-01", "expires": self._moment()}}
        else:
            one["status"] = self.chance.choice(("active", "left"))
        self.room.people(*people)
        return f"{one['id']} {what}"

    def rename_a_person(self) -> str:
        people = self._people()
        one = self.chance.choice(people)
        self.number += 1
        full = f"Zebedee{self.number} Quill{self.number}"
        one["names"] = {"latin": {"full": full, "first": full.split(maxsplit=1)[0]}}
        self.room.people(*people)
        return str(one["id"])

    def change_a_team(self) -> str:
        size = self.chance.choice((2, 4, 5, 12))
        self.number += 1
        teams = [
            {"id": "ward", "name": f"Ward {self.number}", "headcount": 12},
            {"id": "nook", "name": "The Nook", "headcount": size},
        ]
        self.room.write("teams.yaml", dump(teams))
        return f"ward renamed, nook has {size}"

    def add_metric(self) -> str:
        self.number += 1
        name = f"m-{self.number}"
        readings = [
            {"period": f"2026-0{month}", "counts": {"satisfied": self.chance.randint(20, 90), "others": 40}}
            for month in (1, 2)
        ]
        self.room.write(
            f"metrics/{name}.yaml",
            dump(
                {
                    "name": f"Measure {name}",
                    "plain_words": "Of 100 who were asked, how many were content.",
                    "method": "csat",
                    "direction": "up",
                    "side": self.chance.choice(("external", "internal")),
                    "readings": readings,
                }
            ),
        )
        return name

    def change_a_number(self) -> str:
        path = self._one_of("metrics/*.yaml")
        if path is None:
            return "nothing"
        data = yaml.safe_load(path.read_text())
        data["readings"][-1]["counts"]["satisfied"] = self.chance.randint(20, 99)
        path.write_text(dump(data))
        return path.name

    def delete_a_metric(self) -> str:
        path = self._one_of("metrics/*.yaml")
        if path is None:
            return "nothing"
        path.unlink()
        return path.name

    def add_a_voice(self) -> str:
        """Of a story or of none, allowed here or not; sometimes for a while only."""
        self.number += 1
        name = f"v-{self.number}"
        allowed = self.chance.choice((["site"], ["site", "email"], ["email"]))
        story = self._one_of("20*/*.md")
        permission = {"channels": allowed, "date": "2026-01-01"}
        if self.chance.random() < 0.3:
            permission["until"] = (self.now + timedelta(days=self.chance.randint(0, 3))).date().isoformat()
        front: dict[str, Any] = {
            "kind": self.chance.choice(("praise", "idea")),
            "received": self._moment()[:10],
            "text": " ".join(self.chance.sample(WORDS, 4)),
            "who": "a visitor",
            "permission": permission,
            "stories": [story.name.partition(".")[0]] if story and self.chance.random() < 0.5 else [],
            "about": ["ward"],
        }
        self.room.write(f"voices/{name}.yaml", dump(front))
        return name

    def answer_a_voice(self) -> str:
        path = self._one_of("voices/*.yaml")
        if path is None:
            return "nothing"
        self.number += 1
        due = (self.now + timedelta(days=self.chance.randint(-2, 3))).date().isoformat()
        front = {"from": {"voice": path.stem}, "did": "We saw to it.", "owner": "ward", "due": due}
        self.room.write(f"commitments/c-{self.number}.yaml", dump(front))
        return path.stem

    def add_edition(self) -> str:
        self.number += 1
        name = f"e-{self.number}"
        front: dict[str, Any] = {
            "date": self._moment()[:10],
            "subject": f"{self._words(3)} {self._reference()}",
        }
        if self.chance.random() < 0.5:
            story = self._a_story()
            front["stories"] = [story.stem] if story else []
        self.room.edition(name, self._body().replace("](story-", "](../2026/story-"), **front)
        return name

    def edit_an_edition(self) -> str:
        path = self._one_of("editions/*.md")
        if path is None:
            return "nothing"
        path.write_text(path.read_text() + f"\n{self._words(4)}\n")
        return path.name

    # Pictures and files

    def put_a_picture(self) -> str:
        colour = self.chance.choice(("teal", "red", "navy"))
        self.room.write("2026/lamp.png", picture(colour))
        path = self._a_story()
        if path is not None:
            front, body = _apart(path)
            front["picture"] = {
                "file": "lamp.png",
                "alt": self._words(2),
                "shows": [f"p-{self.chance.randint(1, 6)}"],
            }
            path.write_text(article(front, body))
        return colour

    def put_a_file(self) -> str:
        self.room.write("files/plan.txt", self._words(3))
        path = self._a_story()
        if path is not None:
            path.write_text(path.read_text() + "\n\n[the plan](../files/plan.txt)\n")
        return "plan.txt"

    def remove_the_file(self) -> str:
        path = self.room.folder / "stories/files/plan.txt"
        for story in (self.room.folder / "stories/2026").glob("*.md"):
            story.write_text(story.read_text().replace("[the plan](../files/plan.txt)", "the plan"))
        path.unlink(missing_ok=True)
        return "plan.txt"

    # The theme, words and settings

    def an_override_comes_or_goes(self) -> str:
        name = self.chance.choice(
            ("story.html", "partials/card.html", "base.html", "heroes.html", "home.html", "redirect.html")
        )
        path = self.room.folder / "templates" / name
        if path.exists():
            path.unlink()
            return f"{name} goes"
        path.parent.mkdir(parents=True, exist_ok=True)
        self.number += 1
        path.write_text(OVERRIDES[name].replace("NUMBER", str(self.number)))
        return f"{name} comes"

    def an_included_template_comes_or_goes(self) -> str:
        """`story.html` asks for one that need not be there."""
        extra = self.room.folder / "templates" / "extra.html"
        if extra.exists():
            extra.unlink()
            return "goes"
        extra.parent.mkdir(parents=True, exist_ok=True)
        self.number += 1
        extra.write_text(f"<p>Extra {self.number}</p>\n")
        return "comes"

    def change_a_word(self) -> str:
        path = self.room.folder / "templates" / "words" / "en.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        self.number += 1
        key, value = self.chance.choice(
            (("home", {"recent": f"Fresh {self.number}"}), ("nav", {"heroes": f"Heroes {self.number}"}))
        )
        path.write_text(dump({key: value}))
        return f"{key}"

    def change_a_style(self) -> str:
        path = self.room.folder / "templates" / "assets" / "own.css"
        path.parent.mkdir(parents=True, exist_ok=True)
        self.number += 1
        path.write_text(f"p {{ margin: {self.number}px }}\n")
        return "own.css"

    def change_a_setting(self) -> str:
        changes: Mapping[str, Any] = {
            "tagline": {"en": self._words(3)},
            "brand": {"accent": self.chance.choice(("#0f6b6b", "#7a3b10"))},
            "languages": self.chance.choice((["en", "fa", "el"], ["en", "fa"], ["fa", "en", "el", "ms"])),
            "privacy": {
                "contact": f"{self._words(1)}@example.org",
                "smallest_team": self.chance.choice((2, 5)),
            },
            "filters": self.chance.choice(([], ["teams", "years"], ["tags", "kinds", "languages"])),
            "customers": [{"id": "guests", "name": self._words(1)}],
            "about": {"en": self._words(6)},
            "nominate": self.chance.choice(("a@example.org", "https://forms.example.org/one")),
            "programme": [{"date": self._moment(), "what": self._words(2)}],
            "both_calendars": self.chance.choice((True, False)),
            "leavers": self.chance.choice(("anonymise", "first", "keep")),
            "behaviours": [{"id": id, "name": f"{self._words(1)} {id}"} for id in BEHAVIOURS],
        }
        key = self.chance.choice(sorted(changes))
        self.settings[key] = changes[key]
        self.room.settings(**self._settings())
        return key

    settings: dict[str, Any] = field(default_factory=dict)

    # Clocks, checkouts and disks

    def time_passes(self) -> str:
        self.now += timedelta(days=self.chance.choice((1, 3, 9, 40)), hours=self.chance.randint(0, 5))
        return self.now.isoformat()

    def time_goes_back(self) -> str:
        self.now -= timedelta(days=self.chance.choice((1, 5)))
        return self.now.isoformat()

    def a_checkout_resets_every_time(self) -> str:
        for path in (self.room.folder / "stories").rglob("*"):
            if path.is_file():
                os.utime(path, (1_700_000_000, 1_700_000_000))
        return "all"

    def edit_without_a_trace(self) -> str:
        """Another text of the same length, and the time it had before."""
        path = self._a_story()
        if path is None:
            return "nothing"
        before = path.stat()
        data = path.read_bytes()
        at = data.rfind(b"e")
        path.write_bytes(data[:at] + b"a" + data[at + 1 :])
        os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
        return path.name

    def damage_an_output(self) -> str:
        path = self._an_output()
        if path is None:
            return "nothing"
        data = path.read_bytes()
        before = path.stat()
        path.write_bytes(bytes([data[0] ^ 1]) + data[1:] if data else b"x")
        os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
        return path.name

    def delete_an_output(self) -> str:
        path = self._an_output()
        if path is None:
            return "nothing"
        path.unlink()
        return path.name

    def delete_the_cache(self) -> str:
        shutil.rmtree(self.room.folder / ".yearround", ignore_errors=True)
        return "all of .yearround/"

    def damage_the_cache(self) -> str:
        path = self.room.folder / ".yearround" / "cache.db"
        if not path.exists():
            return "nothing"
        data = bytearray(path.read_bytes())
        for _ in range(20):
            data[self.chance.randrange(len(data))] ^= 0xFF
        path.write_bytes(bytes(data))
        return "twenty bytes of it"

    # What the kinds are made of

    def _forget(self, gone: Path) -> None:
        """Nothing leads to a story that is not there any more, as an editor sees to it whom the build has told."""
        for path in (self.room.folder / "stories").rglob("*.md"):
            text = path.read_text()
            for link in (f"[another]({gone.name})", f"[another](../2026/{gone.name})"):
                text = text.replace(link, "another")
            path.write_text(text.replace(f"- {gone.stem}\n", "").replace("stories:\ndate", "date"))

    def _settings(self) -> dict[str, Any]:
        return {
            "languages": list(LANGUAGES),
            "behaviours": [{"id": id, "name": id.title()} for id in BEHAVIOURS],
            **self.settings,
        }

    def _front(self) -> dict[str, Any]:
        front: dict[str, Any] = {
            "title": f"{self._words(3).capitalize()} {self._reference() if self.chance.random() < 0.3 else ''}",
            "date": (self.now - timedelta(days=self.chance.randint(0, 60))).date().isoformat(),
            "team": self.chance.choice(("ward", "nook")),
            "tags": self._words(2).split(),
        }
        if self.chance.random() < 0.5:
            front["heroes"] = [f"p-{self.chance.randint(1, 6)}"]
        if self.chance.random() < 0.3:
            front["aliases"] = [f"old-{self.number}"]
        return front

    def _body(self) -> str:
        other = self._a_story()
        link = f"[another]({other.name})" if other and self.chance.random() < 0.3 else self._words(1)
        return f"{self._words(8).capitalize()} {self._reference()} {link}.\n\n## {self._words(2)}\n\n{self._words(5)}\n"

    def _words(self, count: int) -> str:
        return " ".join(self.chance.choice(WORDS) for _ in range(count))

    def _reference(self) -> str:
        return f"[*](@p-{self.chance.randint(1, 6)} 'a colleague')"

    def _moment(self) -> str:
        return (self.now + timedelta(days=self.chance.randint(-20, 20))).date().isoformat()

    def _person(self, number: int) -> dict[str, Any]:
        return person(f"p-{number}", f"Ottoline{number} Vanterpool{number}", f"Ottoline{number}")

    def _people(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = yaml.safe_load((self.room.folder / "stories/people.yaml").read_text())
        return found

    def _one_of(self, pattern: str) -> Path | None:
        found = sorted((self.room.folder / "stories").glob(pattern))
        return self.chance.choice(found) if found else None

    def _a_story(self, *, translations: bool = False) -> Path | None:
        found = sorted((self.room.folder / "stories" / "2026").glob("*.md"))
        found = [path for path in found if translations or path.name.count(".") == 1]
        return self.chance.choice(found) if found else None

    def _an_output(self) -> Path | None:
        found = sorted(
            path
            for path in self.room.site.rglob("*")
            if path.is_file() and not path.name.startswith(".") and "vendor" not in path.parts
        )
        return self.chance.choice(found) if found else None

    def _change(self, change: Callable[[dict[str, Any], str], tuple[dict[str, Any], str]]) -> str:
        path = self._a_story()
        if path is None:
            return "nothing"
        path.write_text(article(*change(*_apart(path))))
        return path.name


def _apart(path: Path) -> tuple[dict[str, Any], str]:
    _, head, body = path.read_text().split("---\n", 2)
    front: dict[str, Any] = yaml.load(head, Loader=yaml.BaseLoader)
    return front, body


OVERRIDES = {
    "story.html": '{% extends "theme/story.html" %}\n{% block story_end %}<p>Own NUMBER</p>{% include "extra.html" ignore missing %}{% endblock %}\n',
    "partials/card.html": '{% from "theme/partials/card.html" import sign, picture %}\n'
    '{% macro card(item, level) %}<!--[{{ item.id }}]--><p>NUMBER <a href="{{ item.url }}">{{ item.title }}</a></p><!--[/{{ item.id }}]-->{% endmacro %}\n'
    "{% macro lead(item, level) %}{{ card(item, level) }}{% endmacro %}\n",
    "base.html": '{% extends "theme/base.html" %}\n{% block colophon %}<p>NUMBER {{ site.contact }}</p>{% endblock %}\n',
    "heroes.html": '{% extends "theme/heroes.html" %}\n{% block main %}<p>NUMBER</p>{{ super() }}{% endblock %}\n',
    "home.html": '{% extends "theme/home.html" %}\n{% block main %}<p>NUMBER</p>{{ super() }}{% endblock %}\n',
    "redirect.html": '<!doctype html><title>NUMBER</title><a href="{{ target }}">on</a>\n',
}

KINDS: tuple[Callable[[Hand], str], ...] = tuple(
    method
    for name, method in vars(Hand).items()
    if not name.startswith("_") and callable(method) and name not in ("begin", "edit")
)
"""Every kind of edit."""
