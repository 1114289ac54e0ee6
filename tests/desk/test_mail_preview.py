"""What an editor is shown of an edition's mails: the last whole ones, what is wrong with the newest, and every address."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from builder.desk.mail_preview import Listed, SeenMail, Shown, Stage, show
from builder.desk.mail_preview_answers import answer
from builder.desk.newsroom import Memory
from builder.model.message import Message
from builder.problem import Level, Problem, Trouble
from tests.values import NOW, SETTINGS, at, desk, sources, story

OWN = {"mails.html": "<h1>Mails", "mails.js": "let it;"}
WRONG = Problem(code="x", level=Level.ERROR, file="stories/a.md", message="it is wrong", mend="Mend it.")
ODD = replace(WRONG, level=Level.WARNING, code="y", message="it is odd")
EDITION = "---\ndate: 2026-03-12\nsubject: {subject}\n{more}---\nWelcome.\n"


def mail(
    lang: str = "en", page: str = "<html><head></head><img src='data:x' alt='A ward'></html>"
) -> SeenMail:
    message = Message(
        edition="w11", lang=lang, subject="S", sender="L <l@x.example>", reply_to="", date=NOW, id="<1@x>",
        text="Words", html=page,
    )  # fmt: skip
    return SeenMail(
        lang=lang,
        name="English",
        dir="ltr",
        sender=message.sender,
        subject="A subject",
        preheader="And more",
        words=300,
        minutes=2,
        html_size=len(page),
        picture_sizes=(10, 20),
        page=page,
        text="Words",
        eml=page.encode(),
        message=message,
    )


def shown(*mails: SeenMail, problems: tuple[Problem, ...] = (), edition: str = "w11") -> Shown:
    return Shown(
        edition=edition,
        editions=(Listed(id="w12", day="2026-03-19", note="draft"), Listed(id="w11", day="2026-03-12")),
        mails=mails,
        problems=problems,
        look_over=lambda message: (replace(ODD, file=message.lang),),
    )


def stage(*builds: Shown | Trouble) -> tuple[Stage, list[str], list[str]]:
    """A stage that has made all of these builds, what it announced, and which editions it asked for."""
    told: list[str] = []
    asked: list[str] = []
    left = list(builds)

    def build(wanted: str) -> Shown:
        asked.append(wanted)
        made = left.pop(0)
        if isinstance(made, Trouble):
            raise made
        return made

    made = Stage(build, told.append)
    for _ in builds:
        made.refresh()
    return made, told, asked


def all_of(made: Stage, path: str = "/mails.json") -> dict[str, Any]:
    found: dict[str, Any] = json.loads(answer(made, path, OWN, 7).data)
    return found


def test_the_last_whole_mails_stay_and_the_newest_problems_are_told():
    good = shown(mail())
    for bad in (shown(problems=(WRONG,)), Trouble(WRONG)):
        made, told, _ = stage(good, bad if isinstance(bad, Shown) else shown(problems=(WRONG,)))
        seen, newest = made.view("")
        assert (seen.mails, newest.problems, told) == (good.mails, (WRONG,), ["mail", "mail"])
        said = all_of(made)
        assert (said["whole"], len(said["mails"]), said["problems"][0]["message"]) == (
            False,
            1,
            "it is wrong",
        )


def test_trouble_is_told_where_nothing_was_ever_whole():
    made, _, _ = stage(Trouble(WRONG))
    said = all_of(made)
    assert (said["whole"], said["mails"], said["number"]) == (False, [], 7)


def test_a_mail_is_shown_before_it_is_looked_over_and_then_once_for_the_same_bytes():
    looked: list[str] = []

    def look_over(message: Message) -> tuple[Problem, ...]:
        looked.append(message.lang)
        return (ODD,)

    one = replace(shown(mail("en"), mail("fa", "<p>other")), look_over=look_over)
    made, told, _ = stage(one)
    assert [(one["checked"], one["problems"]) for one in all_of(made)["mails"]] == [(False, [])] * 2
    assert (made.go_on(), told) == (True, ["mail"])
    assert (made.go_on(), told) == (True, ["mail", "mail"])
    assert not made.go_on()
    rows = all_of(made)["mails"]
    assert [(one["checked"], one["problems"][0]["code"]) for one in rows] == [(True, "y")] * 2
    assert looked == ["en", "fa"]
    made._build = lambda wanted: replace(one, mails=(mail("en"), mail("fa", "<p>new")))
    made.refresh()
    while made.go_on():
        pass
    assert looked == ["en", "fa", "fa"]


def test_every_address_answers_from_memory_and_no_other_does():
    made, _, asked = stage(shown(mail()))
    kinds = {
        "/": ("text/html; charset=utf-8", b"<h1>Mails"),
        "/_yearround/mails.js": ("text/javascript; charset=utf-8", b"let it;"),
        "/w11/en.txt": ("text/plain; charset=utf-8", b"Words"),
        "/w11/en.eml": ("message/rfc822", mail().eml),
    }
    asked.clear()
    made._build = lambda wanted: shown(mail())
    for path, (kind, data) in kinds.items():
        got = answer(made, path, OWN, 0)
        assert (got.status, got.kind, got.data) == (200, kind, data)
    for path in (
        "/w11/xx.txt",
        "/w11/en",
        "/w11/en.html",
        "/w13/en.txt",
        "/w11/en/light/x.html",
        "/w11/en/blue/pictures.html",
        "/w11/en.x/light/pictures.html",
        "/../../etc/passwd",
        "/_yearround/none.js",
        "/_yearround/../stories/people.yaml",
        "/w11/../people.yaml",
        "//evil.example/",
    ):
        assert answer(made, path, OWN, 0).status == 404, path


@pytest.mark.parametrize("light", ["light", "dark"])
def test_no_mail_may_run_anything_or_ask_anybody(light: str):
    made, _, _ = stage(shown(mail()), shown(mail()))
    for name, pictures in (("pictures", "data:"), ("no-pictures", "'none'")):
        made._build = lambda wanted: shown(mail())
        got = answer(made, f"/w11/en/{light}/{name}.html", OWN, 0)
        rules = dict(rule.strip().partition(" ")[::2] for rule in got.policy.split(";"))
        assert (rules["default-src"], rules["img-src"]) == ("'none'", pictures)
        assert "script-src" not in rules
        assert "allow-scripts" not in rules["sandbox"]
        assert (b"data:x" in got.data, b"A ward" in got.data) == (name == "pictures", True)
    page = answer(made, "/", OWN, 0)
    assert "'unsafe-inline'" not in page.policy
    assert "frame-ancestors 'none'" in page.policy


def preview(
    editions: dict[str, str], stories: dict[str, str], wanted: str = "", settings: str = SETTINGS
) -> Shown:
    given = sources(stories, editions=editions, settings=settings)
    return show(given, desk(at("2026-03-13T09:00")), (Memory(), Memory()), wanted)


def test_the_newest_edition_is_shown_draft_or_not_and_says_what_nobody_else_sees_yet():
    editions = {
        "2026-w11.md": EDITION.format(subject="Out", more="stories: [night]\n"),
        "2026-w12.md": EDITION.format(
            subject="Not yet", more="status: draft\nstories: [night, plan]\n"
        ).replace("03-12", "03-19"),
    }
    stories = {"night.md": story(), "plan.md": story("status: draft\n", title="A plan")}
    seen = preview(editions, stories)
    assert [(one.id, one.note) for one in seen.editions] == [("2026-w12", "draft"), ("2026-w11", "")]
    assert (seen.edition, [one.lang for one in seen.mails]) == ("2026-w12", ["en", "fa"])
    assert "This edition is a draft." in seen.note
    assert "plan/en (draft)" in seen.note
    assert all("A plan" in one.page for one in seen.mails)
    ready = preview(editions, stories, "2026-w11")
    assert (ready.edition, ready.note) == ("2026-w11", "")
    assert not any("A plan" in one.page for one in ready.mails)


def test_a_mail_is_measured_as_it_is():
    (english, persian) = preview(
        {"2026-w11.md": EDITION.format(subject="Out", more="preheader: And why\n")}, {"night.md": story()}
    ).mails
    assert (english.subject, english.preheader, english.dir, persian.dir) == ("Out", "And why", "ltr", "rtl")
    assert english.html_size == len(english.message.html.encode())
    assert english.eml.startswith(b"To: undisclosed-recipients:;")
    assert (english.words > 3, english.minutes) == (True, 1)


def test_without_that_edition_or_with_an_error_there_is_no_mail_and_it_is_said():
    editions = {"2026-w11.md": EDITION.format(subject="Out", more="")}
    seen = preview(editions, {"night.md": story()}, "2026-w12")
    assert (seen.whole, [one.code for one in seen.problems if one.level is Level.ERROR]) == (
        False,
        ["no-edition"],
    )
    assert not preview(editions, {"night.md": "---\ntitle: A\ndate: 2026-13-01\n---\n"}).whole


def test_an_edition_that_is_none_in_a_thin_time_has_no_mails_and_says_why():
    thin = SETTINGS.replace("{from: light@light.example}", "{from: light@light.example, thin: none}")
    seen = preview({"2026-w11.md": EDITION.format(subject="Out", more="")}, {"night.md": story()}, "", thin)
    assert (seen.whole, "A thin time" in seen.note) == (False, True)
    made, _, _ = stage(shown(mail()), seen)
    assert (made.view("")[0].mails, all_of(made)["note"]) == ((), seen.note)


def test_a_broken_edition_keeps_its_last_mails_though_nobody_lists_it_any_more():
    gone = Shown(edition="", editions=(Listed(id="w12", day="2026-03-19"),), problems=(WRONG,))
    made, _, _ = stage(shown(mail()), gone)
    said = all_of(made)
    assert (said["edition"], said["whole"], len(said["mails"])) == ("w11", False, 1)
    made._build = lambda wanted: gone
    assert answer(made, "/w11/en.txt", OWN, 0).data == b"Words"
