"""A drawing becomes a PNG, lettered with our own fonts alone: so it is the same on every machine."""

from __future__ import annotations

from pathlib import Path

LETTERS = "letters"
"""Where a theme's folder holds the fonts of pictures; never on the site, whose own are smaller."""

SCALE = 2
"""Pixels for each point of the drawing: what a sharp screen shows."""


class Drawing:
    """Draws SVG with the fonts that lie below a folder, of which nothing else of the machine's is looked at."""

    def __init__(self, letters: Path) -> None:
        self._letters = letters

    def __call__(self, svg: str) -> bytes:
        """The PNG of an SVG that was made here; the same bytes for the same drawing. Raises ValueError when it is no drawing."""
        # Opened here, and not when a command starts: most runs draw nothing, and it is three megabytes.
        from resvg_py import svg_to_bytes

        fonts = sorted(str(path) for path in self._letters.rglob("*.ttf"))
        return bytes(
            svg_to_bytes(
                svg_string=svg,
                zoom=SCALE,
                skip_system_fonts=True,
                font_files=fonts,
                font_family="Inter",
                sans_serif_family="Inter",
            )
        )
