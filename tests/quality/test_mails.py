"""Every mail of our own newsroom, held to what MJML's authors, emailens, Can I email, SpamAssassin and Python say a mail is."""

from __future__ import annotations

import json
import mailbox
import os
import re
import subprocess
from collections.abc import Sequence
from email import message_from_bytes, policy
from email.header import decode_header, make_header
from email.message import EmailMessage
from pathlib import Path

import pytest

from tests.built import NOW, ROOT, SMALL
from tests.quality import judges, servers, tools
from tests.quality.judges import Verdict
from tests.quality.mails import Mail, compose_all

LEAST = {
    "gmail-web": 90,
    "gmail-android": 90,
    "gmail-ios": 90,
    "outlook-windows": 80,
    "outlook-windows-legacy": 80,
    "apple-mail-macos": 100,
    "apple-mail-ios": 100,
}
"""Points of 100 that emailens gives at least. It takes three for each property that a client lacks, used once or often."""

FALSE_ALARMS = (
    # (rule, what it says, the element, why nothing is wrong)
    (
        "small-text",
        r"Very small text \(font-size:1px\)",
        r"<p>",
        "the line between two blocks is MJML's mj-divider, a paragraph without a word in it",
    ),
    (
        "low-contrast",
        r"Low contrast ratio 1\.0:1 .*",
        r"<a href=.*",
        "a button's label is judged against the mail, not against its cell, which has a colour of its own: axe measures it",
    ),
    (
        "small-text-multiple",
        r"\d+ elements with text smaller than 9px",
        r"",
        "counts the empty paragraphs of the lines once more",
    ),
)

BASELINE = tools.HERE / "mail_titles.json"
"""What Can I email may call unsupported, by client; `YEARROUND_AGREE=1` writes it anew."""

SPAM = 2.0
"""Points below which a mail stays; SpamAssassin itself calls spam what has 5."""

BAD_MJML = '<mjml><mj-body><mj-section><mj-column><mj-text colour="red">x</mj-text></mj-column></mj-section></mj-body></mjml>'
BAD_HTML = """<!doctype html><html><head><title>x</title></head><body>{{ first_name }}
<div style="display:flex;gap:4px;position:absolute"><img src="x.png"><p style="font-size:8px;color:#ddd;background:#fff">small and faint</p>
</div></body></html>"""


@pytest.fixture(scope="session")
def verdicts(mails: tuple[Mail, ...]) -> dict[str, Verdict]:
    return judges.ask([(mail.name, mail.mjml, mail.html) for mail in mails])


def messages(mails: Sequence[Mail]) -> dict[str, EmailMessage]:
    return {mail.name: message_from_bytes(mail.data, policy=policy.default) for mail in mails}


def test_all_editions_are_judged_in_all_languages(mails: tuple[Mail, ...]):
    written = {path.name.split(".")[0] for path in (ROOT / "stories" / "editions").glob("*.md")}
    languages = ("en", "fa", "el", "ms")
    assert {mail.name for mail in mails} == {f"{one}.{language}" for one in written for language in languages}
    assert len(mails) >= 12 * 4


def test_every_mail_is_strict_mjml(verdicts: dict[str, Verdict]):
    assert {name: one.mjml for name, one in verdicts.items() if one.mjml} == {}


def test_every_mail_of_the_small_newsroom_is_strict_mjml_too(tmp_path: Path):
    small = compose_all(SMALL, NOW)
    assert small
    said = judges.ask([(mail.name, mail.mjml, mail.html) for mail in small])
    assert {name: one.mjml for name, one in said.items() if one.mjml} == {}


def test_every_client_shows_nearly_all_of_a_mail(verdicts: dict[str, Verdict]):
    short = {
        f"{name}, {client}": (one.scores[client], one.lost[client])
        for name, one in verdicts.items()
        for client, least in LEAST.items()
        if one.scores[client] < least
    }
    assert short == {}


def test_no_client_cuts_a_mail_off_or_shows_a_gap_to_be_filled(verdicts: dict[str, Verdict]):
    assert [name for name, one in verdicts.items() if one.clipped] == []
    assert {name: one.leaks for name, one in verdicts.items() if one.leaks} == {}


def test_nothing_is_hard_to_read_but_what_is_known_to_be_a_false_alarm(verdicts: dict[str, Verdict]):
    rung: set[int] = set()
    faults: list[str] = []
    for name, one in verdicts.items():
        for remark in one.remarks:
            known = [
                number
                for number, (rule, message, element, _) in enumerate(FALSE_ALARMS)
                if remark.rule == rule
                and re.fullmatch(message, remark.message)
                and re.fullmatch(element, remark.element)
            ]
            rung.update(known)
            if not known:
                faults.append(f"{name}: {remark}")
    assert faults == []
    assert [FALSE_ALARMS[number] for number in range(len(FALSE_ALARMS)) if number not in rung] == []


def test_no_client_lacks_more_than_was_agreed(verdicts: dict[str, Verdict]):
    found: dict[str, set[str]] = {client: set() for client in judges.CLIENTS}
    for one in verdicts.values():
        for client, titles in one.titles.items():
            found[client].update(titles)
    lacking = {client: sorted(titles) for client, titles in sorted(found.items())}
    if os.environ.get("YEARROUND_AGREE"):
        BASELINE.write_text(json.dumps(lacking, indent=2, ensure_ascii=False) + "\n")
    # Not one less either: what a mail has done without must not creep in again unseen.
    assert lacking == json.loads(BASELINE.read_text())


def test_the_judges_see_what_is_wrong():
    said = judges.ask([("bad", BAD_MJML, BAD_HTML)])["bad"]
    assert any("colour" in line for line in said.mjml)
    assert said.scores["outlook-windows"] == 100 - 3 * len(said.lost["outlook-windows"])
    assert "display:flex" in said.lost["outlook-windows"]
    assert said.leaks
    assert {"missing-lang", "img-missing-alt", "small-text", "low-contrast"} <= {
        one.rule for one in said.remarks
    }
    assert "display:flex" in said.titles["outlook.windows"]


def test_pythons_own_parser_finds_no_defect_and_every_header_says_what_it_should(mails: tuple[Mail, ...]):
    read = messages(mails)
    faults: list[str] = []
    for mail in mails:
        message = read[mail.name]
        faults += [
            f"{mail.name}: {part.get_content_type()}: {part.defects}"
            for part in message.walk()
            if part.defects
        ]
        faults += [f"{mail.name}: {key}: {value.defects}" for key, value in message.items() if value.defects]
        # Both of Python's readers: the older one does no more than what RFC 2047 says.
        older = str(make_header(decode_header(message_from_bytes(mail.data)["Subject"])))
        if not str(message["Subject"]) == older == mail.subject:
            faults.append(f"{mail.name}: '{mail.subject}' is read as '{message['Subject']}' and '{older}'")
        text = message.get_body(("plain",))
        html = message.get_body(("html",))
        assert text is not None
        assert html is not None
        if text.get_content().replace("\r\n", "\n").strip() != mail.text.strip():
            faults.append(f"{mail.name}: the text part reads differently")
        if html.get_content().replace("\r\n", "\n").strip() != mail.html.strip():
            faults.append(f"{mail.name}: the HTML part reads differently")
    assert faults == []


def test_a_filter_keeps_a_mail(mails: tuple[Mail, ...], tmp_path: Path):
    """The heaviest mail and the lightest of each language: it takes its time, and goes by words and markup that are alike in all."""
    checker = servers.program("spamassassin", "spamassassin")
    by_weight = sorted(mails, key=lambda mail: len(mail.html))
    some = {(mail.lang, end): mail for end, order in ((0, by_weight), (1, by_weight[::-1])) for mail in order}
    box = mailbox.mbox(tmp_path / "box")
    for mail in some.values():
        # As a relay gets it: to somebody.
        addressed = re.sub(rb"(?m)^To:.*\r\n(?:[ \t].*\r\n)*", b"", mail.data, count=1)
        box.add(b"To: reader@harbour-hospital.example\r\n" + addressed)
    box.close()
    # -L: it asks nobody; its home is here, so that it has learnt nothing.
    done = subprocess.run(
        [checker, "-L", "-t", "--mbox", str(tmp_path / "box")],
        env={**os.environ, "HOME": str(tmp_path), "LC_ALL": "C.UTF-8"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        # It quotes the beginning of a mail and cuts it off by the byte.
        errors="replace",
        check=False,
    )
    points = re.findall(r"Content analysis details: +\((-?[\d.]+) points", done.stdout)
    assert len(points) == len(some) == 8, done.stderr
    told = {mail.name: float(each) for mail, each in zip(some.values(), points, strict=True)}
    print(told)
    assert {name: each for name, each in told.items() if each >= SPAM} == {}
