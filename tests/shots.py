"""Takes the pictures of docs/pictures/ from this repository's own newsletter, and contact sheets; `make shots` runs it.

The newsletter is built as of a fixed day, so the same browser draws the same bytes every time.
"""

from __future__ import annotations

import io
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from PIL import Image
from playwright.sync_api import Browser, sync_playwright

from tests.browser import launch
from tests.built import ROOT, build, copy_newsroom
from tests.contact import sheets

PICTURES = ROOT / "docs" / "pictures"
EACH = 150_000
TOGETHER = 700_000

# Every picture and every font is there, and they have been drawn: two frames later nothing moves any more.
DRAWN = """() => {
    const frame = () => new Promise(done => requestAnimationFrame(() => done(0)));
    document.querySelectorAll("img").forEach(one => { one.loading = "eager"; one.decoding = "sync" });
    return Promise.all([...document.images].map(one => one.decode())).then(() => document.fonts.ready).then(frame).then(frame)
}"""


@dataclass(frozen=True, slots=True)
class Shot:
    name: str
    page: str
    width: int
    height: int
    sharpness: float = 1
    light: Literal["light", "dark"] = "light"


SHOTS = (
    Shot("home", "site/en/index.html", 1280, 1350),
    Shot("home-dark", "site/en/index.html", 1280, 1040, light="dark"),
    Shot("story-persian", "site/fa/stories/blue-notebook.html", 390, 844, sharpness=2),
    Shot("phone", "site/en/stories/gone-with-the-tray.html", 390, 844, sharpness=2, light="dark"),
    Shot("year", "site/en/years/index.html", 1400, 560),
    Shot("scorecard", "site/en/scorecard.html", 1280, 1180),
    Shot("digest", "outbox/2026-w47.en.html", 700, 980, sharpness=1.5),
)


def main() -> None:
    PICTURES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        newsroom = build(copy_newsroom(ROOT, Path(folder) / "newsroom"))
        browser = launch(playwright)
        sizes = [keep(shot, take(shot, newsroom, browser)) for shot in SHOTS]
        for sheet in sheets(newsroom / "site", browser, ROOT / "shots", DRAWN):
            print(f"{sheet.relative_to(ROOT)}: to be looked at")
        browser.close()
    if max(sizes) > EACH or sum(sizes) > TOGETHER:
        sys.exit(
            f"Too heavy for a README: at most {EACH // 1000} kB each and {TOGETHER // 1000} kB together."
        )


def take(shot: Shot, newsroom: Path, browser: Browser) -> bytes:
    """What a reader sees first, as a PNG."""
    context = browser.new_context(
        viewport={"width": shot.width, "height": shot.height},
        device_scale_factor=shot.sharpness,
        color_scheme=shot.light,
        reduced_motion="reduce",
        locale="en-GB",
        timezone_id="UTC",
    )
    page = context.new_page()
    page.goto((newsroom / shot.page).as_uri())
    page.evaluate(DRAWN)
    picture = page.screenshot(animations="disabled", scale="device")
    context.close()
    return picture


def keep(shot: Shot, png: bytes) -> int:
    """Write the picture as WebP, and say how heavy it is."""
    path = PICTURES / f"{shot.name}.webp"
    with Image.open(io.BytesIO(png)) as picture:
        picture.convert("RGB").save(path, "WEBP", quality=84, method=6)
    size = path.stat().st_size
    print(f"{path.relative_to(ROOT)}: {shot.width} x {shot.height}, {size / 1000:.0f} kB")
    return size


if __name__ == "__main__":
    main()
