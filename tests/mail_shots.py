"""Takes pictures of the digest as readers' programs show it, into shots/mail/; `make mail-shots` runs it.

An edition of this repository's own newsletter in every language: in Thunderbird by day and in the dark, with and without
pictures, and in Chromium as wide as a telephone and as a window. They are there to be looked at, and nobody's but yours.
"""

from __future__ import annotations

import argparse
import io
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from PIL import Image, ImageDraw
from playwright.sync_api import Browser, sync_playwright

from tests.browser import launch
from tests.built import ROOT
from tests.quality import thunderbird, tools
from tests.quality.mails import Mail, of_our_own
from tests.shots import DRAWN

FOLDER = ROOT / "shots" / "mail"
WIDTHS = (360, 700)
THUMB, GAP, HEAD = 380, 12, 18


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.mail_shots", description=__doc__)
    parser.add_argument("--edition", default="2026-w47")
    wanted: str = parser.parse_args().edition
    FOLDER.mkdir(parents=True, exist_ok=True)
    try:
        thunderbird.programs()
    except tools.NoTool as missing:
        sys.exit(str(missing))
    with tempfile.TemporaryDirectory() as folder:
        mails = of_our_own(Path(folder))
    some = [mail for mail in mails if mail.edition == wanted]
    if not some:
        sys.exit(
            f"There is no edition {wanted}; there are {', '.join(sorted({one.edition for one in mails}))}."
        )
    with sync_playwright() as playwright:
        browser = launch(playwright)
        pictures = {**in_chromium(some, browser), **in_thunderbird(some)}
        browser.close()
    for (way, language), picture in pictures.items():
        told(picture, FOLDER / f"{wanted}.{language}.{way}.png")
    for way in dict.fromkeys(way for way, _ in pictures):
        row = [picture for (one, _), picture in pictures.items() if one == way]
        told(sheet(way, row), FOLDER / f"{wanted}.sheet.{way}.png")


def in_chromium(mails: Sequence[Mail], browser: Browser) -> dict[tuple[str, str], Image.Image]:
    """Each mail's HTML whole, by (way of looking, language)."""
    found: dict[tuple[str, str], Image.Image] = {}
    for width in WIDTHS:
        for light in ("light", "dark"):
            context = browser.new_context(
                viewport={"width": width, "height": 900}, color_scheme="dark" if light == "dark" else "light"
            )
            page = context.new_page()
            for mail in mails:
                page.set_content(mail.alone)
                page.evaluate(DRAWN)
                with Image.open(io.BytesIO(page.screenshot(full_page=True))) as shot:
                    found[f"chromium-{width}-{light}", mail.lang] = shot.convert("RGB")
            context.close()
    return found


def in_thunderbird(mails: Sequence[Mail]) -> dict[tuple[str, str], Image.Image]:
    found: dict[tuple[str, str], Image.Image] = {}
    for dark in (False, True):
        for name, data in (
            ("pictures", lambda mail: mail.data),
            ("none", lambda mail: thunderbird.hosted(mail.data)),
        ):
            way = f"thunderbird-{'dark' if dark else 'light'}-{name}"
            for mail in mails:
                found[way, mail.lang] = thunderbird.show(data(mail), dark=dark)
    return found


def sheet(title: str, row: Sequence[Image.Image]) -> Image.Image:
    """The pictures of one way of looking beside one another."""
    small = [
        one.resize((THUMB, round(one.height * THUMB / one.width)), Image.Resampling.LANCZOS) for one in row
    ]
    whole = Image.new(
        "RGB", (len(small) * (THUMB + GAP) + GAP, HEAD + GAP + max(one.height for one in small)), "#777"
    )
    ImageDraw.Draw(whole).text((GAP, 3), title, fill="white")
    for column, one in enumerate(small):
        whole.paste(one, (GAP + column * (THUMB + GAP), HEAD))
    return whole


def told(picture: Image.Image, path: Path) -> None:
    picture.save(path)
    print(f"{path.relative_to(ROOT)}: {picture.width} x {picture.height}")


if __name__ == "__main__":
    main()
