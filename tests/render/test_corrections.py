"""What the mail of an edition puts right, in the words of each language."""

from __future__ import annotations

from dataclasses import replace

from builder.desk.newsroom import prepare
from builder.model.edition import Edition
from builder.model.sources import Sources
from builder.render.corrections import corrections
from builder.render.said_views import MailCorrectionView
from builder.render.sheet import Sheet
from tests.values import at, desk, file, sources, story

WRONG = "---\nnumber: 10\ndate: 2026-03-05\nsend_at: 2026-03-05T08:40\n---\n"
NEXT = "---\ndate: 2026-03-12\n---\nHello.\n"
NOTE = """\
edition: 2026-w10
date: 2026-03-06
reason:
  en: It was [*](@p-1 "a colleague"), not ten.
  fa: ده نبود.
"""


def given(note: str = NOTE) -> Sources:
    whole = sources({"night.md": story()}, editions={"2026-w10.md": WRONG, "2026-w11.md": NEXT})
    return replace(whole, corrections=(file("stories/corrections/one.yaml", note),))


def brought(edition: str, language: str, note: str = NOTE) -> tuple[tuple[MailCorrectionView, ...], Sheet]:
    press = prepare(given(note), desk(at("2026-03-20"))).press
    chosen: Edition = next(one for one in press.library.editions if one.id == edition)
    sheet = Sheet.fresh(press, f"{language}/editions/{edition}.html", language, pictures=False)
    return corrections(sheet, chosen), sheet


def test_the_next_mail_brings_it_with_its_day_its_edition_and_where_it_stands():
    (one,), sheet = brought("2026-w11", "en")
    assert one == MailCorrectionView(
        date=sheet.speaker.day(at("2026-03-06")),
        text="It was Rania Boutros, not ten.",
        lang="en",
        dir="ltr",
        align="left",
        mark="",
        edition="Edition 10",
        url="https://light.example/en/editions/2026-w10.html#correction-one",
    )
    assert sheet.works == ["correction:one"]
    assert [(naming.person, naming.work) for naming in sheet.named] == [("p-1", "correction:one")]


def test_each_language_has_its_own_words_and_direction():
    (one,), _ = brought("2026-w11", "fa")
    assert (one.text, one.lang, one.dir, one.align) == ("ده نبود.", "fa", "rtl", "right")
    assert one.url == "https://light.example/fa/editions/2026-w10.html#correction-one"


def test_no_other_mail_brings_it():
    assert brought("2026-w10", "en")[0] == ()
    assert brought("2026-w11", "en", NOTE.replace("2026-03-06", "2026-03-13"))[0] == ()
