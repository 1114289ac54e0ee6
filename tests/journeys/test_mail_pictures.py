"""The picture of a mail's first story: whose it may be, how it travels, and how heavy it is."""

from __future__ import annotations

from email import message_from_bytes, policy
from io import BytesIO
from pathlib import Path
from random import Random
from typing import Any

import pytest
from PIL import Image
from selectolax.lexbor import LexborHTMLParser

from builder.render.pictures import HEAVIEST
from tests.newsroom import Newsroom, newsroom, person, picture


def noise(width: int, height: int, kind: str) -> bytes:
    """A picture that cannot be packed: no photograph is heavier."""
    out = BytesIO()
    mode = "RGBA" if kind == "PNG" else "RGB"
    data = Random(1).randbytes(width * height * len(mode))
    Image.frombytes(mode, (width, height), data).save(out, kind)
    return out.getvalue()


def mailed(
    folder: Path, data: bytes, *, pictures: str = "attached", **front: Any
) -> tuple[Newsroom, LexborHTMLParser, list[tuple[str, str, bytes]]]:
    """The newsroom, the mail's HTML, and each picture in it: its file's name, its type and its bytes."""
    room = newsroom(folder)
    room.settings(digest={"from": "The Light <light@example.org>", "pictures": pictures})
    room.people(person("p-001", "Ada Lovelace", "Ada"), person("p-002", "Bo Quiet", "Bo", consent={}))
    room.write("2026/lamp.jpg", data)
    room.story("lamp", picture={"file": "lamp.jpg", "alt": "A lamp in a window, at “night”", **front})
    room.edition("2026-w11", "Words.", stories=["lamp"])
    room.good_build()
    mail = message_from_bytes((room.outbox / "2026-w11.en.eml").read_bytes(), policy=policy.default)
    html = mail.get_body(("html",))
    assert html is not None
    brought = [
        (part.get_filename() or "", part.get_content_type(), part.get_content())
        for part in mail.walk()
        if part.get_content_maintype() == "image"
    ]
    return room, LexborHTMLParser(html.get_content()), brought


def test_it_travels_with_the_mail_and_says_what_it_shows(tmp_path: Path):
    _, html, brought = mailed(tmp_path, picture(size=(1600, 900)))
    (image,) = html.css("img")
    ((name, kind, data),) = brought
    assert (name, kind) == ("lamp.jpg", "image/jpeg")
    assert Image.open(BytesIO(data)).size == (800, 450)
    assert image.attributes["alt"] == "A lamp in a window, at “night”"
    assert (image.attributes["src"] or "").startswith("cid:")
    assert image.attributes["width"] == "600"
    assert "width:100%" in (image.attributes["style"] or "")


@pytest.mark.parametrize(
    ("size", "width"),
    [
        ((1600, 900), "600"),
        ((900, 1600), "253"),
        ((300, 200), "300"),
        ((600, 450), "600"),
        ((800, 800), "450"),
    ],
)
def test_it_is_no_wider_than_the_mail_no_higher_than_a_window_and_never_blown_up(
    tmp_path: Path, size: tuple[int, int], width: str
):
    _, html, _ = mailed(tmp_path, picture(size=size))
    (image,) = html.css("img")
    assert image.attributes["width"] == width


def test_where_pictures_are_hosted_the_mail_names_the_site_s(tmp_path: Path):
    room, html, brought = mailed(tmp_path, picture(size=(1600, 900)), pictures="hosted")
    (image,) = html.css("img")
    address = image.attributes["src"] or ""
    assert address.startswith("https://light.example.org/pictures/")
    assert (room.site / address.removeprefix("https://light.example.org/")).is_file()
    assert brought == []


def test_where_there_are_to_be_none_there_is_none(tmp_path: Path):
    _, html, brought = mailed(tmp_path, picture(size=(1600, 900)), pictures="none")
    assert html.css("img") == []
    assert brought == []


@pytest.mark.parametrize(("who", "seen"), [("p-001", 1), ("p-002", 0)])
def test_nobody_is_seen_in_a_mail_who_did_not_allow_it(tmp_path: Path, who: str, seen: int):
    _, html, brought = mailed(tmp_path, picture(size=(800, 400)), shows=[who])
    assert len(html.css("img")) == seen
    assert len(brought) == seen


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_however_heavy_the_picture_is_the_mail_s_is_light(tmp_path: Path, kind: str):
    _, html, brought = mailed(tmp_path, noise(1200, 800, kind))
    assert all(len(data) <= HEAVIEST for _, _, data in brought)
    assert len(html.css("img")) == len(brought)
    assert len((tmp_path / "outbox" / "2026-w11.en.eml").read_bytes()) < 400_000


@pytest.mark.parametrize("size", [(1, 1), (30, 400), (400, 30)])
def test_what_is_too_small_to_be_a_picture_is_left_out(tmp_path: Path, size: tuple[int, int]):
    _, html, brought = mailed(tmp_path, picture(size=size))
    assert html.css("img") == []
    assert brought == []
