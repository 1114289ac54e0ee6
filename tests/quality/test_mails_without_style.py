"""A mail read where there is no style at all: the same things, in the same order, in w3m and neomutt."""

from __future__ import annotations

import re
from collections.abc import Iterable

import pytest
from selectolax.lexbor import LexborHTMLParser

from tests.quality import terminals
from tests.quality.mails import Mail

_MARKS = re.compile(
    "[\N{LEFT-TO-RIGHT MARK}\N{RIGHT-TO-LEFT MARK}\N{ARABIC LETTER MARK}\u202a-\u202e\u2066-\u2069]"
)


def flat(text: str) -> str:
    """Words alone: no breaks of lines, no numbers of links, no marks that only steer direction."""
    return " ".join(_MARKS.sub("", re.sub(r"\[\d+\]", " ", text)).split())


def headings(mail: Mail) -> list[str]:
    """What stands over the mail and over each of its stories and blocks, in order."""
    return [flat(one.text()) for one in LexborHTMLParser(mail.html).css("h1, h2")]


def links(mail: Mail) -> list[str]:
    found = (one.attributes.get("href") for one in LexborHTMLParser(mail.html).css("a[href]"))
    return list(dict.fromkeys(one for one in found if one))


def to_be_typed(link: str) -> str:
    """What a reader needs of a link where there is nothing to click: of a mail, to whom."""
    return link.removeprefix("mailto:").partition("?")[0] if link.startswith("mailto:") else link


def out_of_order(wanted: Iterable[str], text: str) -> list[str]:
    """Which of these are not found in `text` behind the one before it."""
    missing, place = [], 0
    for one in wanted:
        found = text.find(one, place)
        if found < 0:
            missing.append(one)
        else:
            place = found + len(one)
    return missing


@pytest.fixture(scope="module")
def dumped(mails: tuple[Mail, ...], tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What w3m makes of the HTML part of each mail."""
    folder = tmp_path_factory.mktemp("w3m")
    said: dict[str, str] = {}
    for mail in mails:
        page = folder / f"{mail.name}.html"
        page.write_text(mail.html)
        said[mail.name] = terminals.w3m(page)
    return said


@pytest.fixture(scope="module")
def shown(mails: tuple[Mail, ...], tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What neomutt shows of each mail."""
    said = terminals.neomutt(mails, tmp_path_factory.mktemp("neomutt"))
    return {mail.name: one for mail, one in zip(mails, said, strict=True)}


def test_w3m_reads_the_headings_in_order(mails: tuple[Mail, ...], dumped: dict[str, str]):
    wrong = {mail.name: out_of_order(headings(mail), flat(dumped[mail.name])) for mail in mails}
    assert {name: missing for name, missing in wrong.items() if missing} == {}
    assert all(len(headings(mail)) >= 3 for mail in mails)


def test_w3m_can_follow_every_link(mails: tuple[Mail, ...], dumped: dict[str, str]):
    wrong: dict[str, list[str]] = {}
    for mail in mails:
        _, _, listed = dumped[mail.name].rpartition("References:")
        there = re.findall(r"^\[\d+\] (\S+)$", listed, flags=re.MULTILINE)
        if list(dict.fromkeys(there)) != links(mail):
            wrong[mail.name] = there
    assert wrong == {}


def test_w3m_shows_what_a_picture_says(mails: tuple[Mail, ...], dumped: dict[str, str]):
    wrong: dict[str, list[str]] = {}
    pictures = 0
    for mail in mails:
        alts = [one.attributes.get("alt") or "" for one in LexborHTMLParser(mail.html).css("img")]
        pictures += len(alts)
        missing = [alt for alt in alts if alt and flat(alt) not in flat(dumped[mail.name])]
        if missing:
            wrong[mail.name] = missing
    assert wrong == {}
    assert pictures > len(mails) // 2


def test_neomutt_shows_the_subject_in_plain_words(mails: tuple[Mail, ...], shown: dict[str, str]):
    # A long one goes on in the next line, behind a space.
    said = {name: re.search(r"(?m)^Subject: (.*(?:\n[ \t].*)*)", one) for name, one in shown.items()}
    read = {name: " ".join(one[1].split()) if one else "" for name, one in said.items()}
    assert read == {mail.name: mail.subject for mail in mails}


def test_neomutt_reads_the_text_part_and_its_stories_in_order(mails: tuple[Mail, ...], shown: dict[str, str]):
    wrong: dict[str, list[str]] = {}
    for mail in mails:
        text = flat(shown[mail.name])
        # The subject is also a header, which stands above the text.
        missing = out_of_order([mail.subject, *headings(mail)], text)
        missing += [link for link in links(mail) if to_be_typed(link) not in text]
        if missing:
            wrong[mail.name] = missing
    assert wrong == {}
