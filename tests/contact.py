"""Contact sheets: every kind of page in every language, a sheet for each width and light, to be looked at by eye.

`make shots` writes them into `shots/`, which is nobody's but yours.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

from PIL import Image, ImageDraw
from playwright.sync_api import Browser

from tests.journeys.test_browser import LANGUAGES, kinds

WIDTHS = {"phone": 390, "desk": 1280}
LIGHTS: tuple[Literal["light", "dark"], ...] = ("light", "dark")
THUMB, ROWS, GAP, HEAD = 300, 4, 12, 18
TALLEST = 2.2
"""How much of a page is shown, as a multiple of its width on a desk; of a phone's page twice as much."""


def sheets(site: Path, browser: Browser, folder: Path, drawn: str) -> Iterator[Path]:
    """The sheets of a built site; `drawn` is the script that waits until a page is drawn."""
    folder.mkdir(parents=True, exist_ok=True)
    found = kinds(site)
    order = sorted({kind for language, kind in found if language in LANGUAGES})
    for name, width in WIDTHS.items():
        for light in LIGHTS:
            context = browser.new_context(
                viewport={"width": width, "height": 900}, color_scheme=light, reduced_motion="reduce"
            )
            page = context.new_page()
            thumbs: dict[tuple[str, str], Image.Image] = {}
            for (language, kind), address in found.items():
                if language in LANGUAGES:
                    page.goto((site / address).as_uri())
                    page.evaluate(drawn)
                    tallest = int(width * TALLEST * (2 if name == "phone" else 1))
                    height = min(tallest, int(page.evaluate("document.documentElement.scrollHeight")))
                    png = page.screenshot(
                        clip={"x": 0, "y": 0, "width": width, "height": height},
                        full_page=True,
                        animations="disabled",
                    )
                    with Image.open(io.BytesIO(png)) as shot:
                        thumbs[language, kind] = shot.convert("RGB").resize(
                            (THUMB, round(height * THUMB / width)), Image.Resampling.LANCZOS
                        )
            context.close()
            for start in range(0, len(order), ROWS):
                some = order[start : start + ROWS]
                path = folder / f"{name}-{light}-{start // ROWS + 1}.webp"
                _sheet(some, thumbs).save(path, "WEBP", quality=80)
                yield path


def _sheet(rows: list[str], thumbs: dict[tuple[str, str], Image.Image]) -> Image.Image:
    heights = [
        max((thumbs[one, kind].height for one in LANGUAGES if (one, kind) in thumbs), default=0)
        for kind in rows
    ]
    width = len(LANGUAGES) * (THUMB + GAP) + GAP
    sheet = Image.new("RGB", (width, sum(heights) + len(rows) * (HEAD + GAP) + GAP), "#777")
    draw = ImageDraw.Draw(sheet)
    top = GAP
    for kind, height in zip(rows, heights, strict=True):
        draw.text((GAP, top), kind, fill="white")
        for column, language in enumerate(LANGUAGES):
            if (language, kind) in thumbs:
                sheet.paste(thumbs[language, kind], (GAP + column * (THUMB + GAP), top + HEAD))
        top += height + HEAD + GAP
    return sheet
