"""Pictures made ready: turned upright, as wide as pages need, and without a word about where or by whom they were taken."""

from __future__ import annotations

import io
import warnings
from contextlib import suppress
from functools import lru_cache
from hashlib import sha256
from typing import Any

from PIL import ExifTags, Image, ImageCms

from builder.model.picture import Derived, Rendition
from builder.problem import Level, Problem

WIDTHS = (400, 800, 1200, 1600)
"""A stamp in a list; a phone's whole width; the same on a fine screen; a story's head on a fine screen, in pixels."""
WIDEST = WIDTHS[-1]
PLAIN = 800
"""The width of what browsers before 2020 and feed readers get."""
HEAVIEST = 150_000
"""The bytes of a picture in a mail, of which every reader has a copy."""
TALLEST = 8000
"""Twice this and a bit more is all that WebP can hold."""
_WORTH_A_STEP = 1.25
"""How much wider a rendition is than the one before it, at least: for less, nobody need have another file."""
_MOST_PIXELS = 80_000_000
_FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "TIFF", "BMP", "AVIF")
# Compared by eye at 800 pixels: edges are as at 80, at three quarters of the bytes; at 60 skies become flat. Quality 75 with
# method 4 comes to as many bytes, no nearer to the original, in more than twice the time.
_WEBP = {"format": "WEBP", "quality": 72, "method": 2}
_JPEG = {"format": "JPEG", "quality": 75, "optimize": True, "progressive": True}
_PNG = {"format": "PNG"}

_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
"""What a program is to do for each of the ways in which a camera may have lain (EXIF 2.32, tag 0x0112)."""


def derive(path: str, data: bytes) -> Derived | Problem:
    """The picture in `data` at the WIDTHS that it fills, at most TALLEST high, without any metadata; or what is wrong with it.

    It is decoded once. Of one that moves, the first picture is taken. Colours become those of sRGB.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(io.BytesIO(data), formats=_FORMATS) as opened:
                if opened.width * opened.height > _MOST_PIXELS:
                    return _too_large(path, f"has {opened.width} x {opened.height} points")
                picture = _made_ready(opened)
    except Image.DecompressionBombError:
        return _too_large(path, "says that it has hundreds of millions of points")
    except Exception:  # noqa: BLE001  a broken picture makes the library raise whatever its format's reader met
        svg = data.lstrip()[:200].lower()
        if svg.startswith(b"<svg") or b"<svg" in svg:
            return _problem(
                path,
                "this is an SVG drawing, which can carry programs, so it is not taken",
                "Export it as PNG, and name the PNG in the story.",
            )
        return _problem(
            path,
            "this is not a picture that can be read, whatever its name says; it may have been cut short",
            "Open it in a picture program and save it again as JPEG or PNG, or copy it here once more.",
        )
    plain, ending = (_PNG, "png") if picture.mode == "RGBA" else (_JPEG, "jpg")
    return Derived(
        width=picture.width,
        height=picture.height,
        webp=tuple(_rendition(picture, width, "webp", _WEBP) for width in widths(picture.width)),
        plain=_rendition(picture, min(PLAIN, picture.width), ending, plain),
    )


@lru_cache(maxsize=4)  # the mails of an edition, one for each language, lead with the same picture
def in_a_mail(data: bytes) -> bytes:
    """A `plain` rendition for a mail, of at most HEAVIEST bytes: as it is where it is light enough, else as a JPEG on white.

    b"" where no JPEG of it is so light: then a mail does better without.
    """
    if len(data) <= HEAVIEST:
        return data
    with Image.open(io.BytesIO(data), formats=("JPEG", "PNG")) as opened:
        opened.load()
        seen = opened.convert("RGBA")
    on_white = Image.new("RGB", seen.size, "white")
    on_white.paste(seen, mask=seen.getchannel("A"))
    for quality in (75, 60, 45):
        out = io.BytesIO()
        on_white.save(out, format="JPEG", quality=quality, optimize=True, progressive=True)
        if out.tell() <= HEAVIEST:
            return out.getvalue()
    return b""


def widths(full: int) -> tuple[int, ...]:
    """The widths of which a picture of this width is made, the last of them its own.

    >>> widths(1600), widths(900), widths(420)
    ((400, 800, 1200, 1600), (400, 900), (420,))
    """
    return (*(width for width in WIDTHS if width * _WORTH_A_STEP <= full), full)


def _made_ready(opened: Image.Image) -> Image.Image:
    """What `opened` shows, upright, no larger than pages need, in RGB or, where one can see through it, RGBA."""
    # A JPEG is read at half or a quarter of its size where that is still enough: a large photo never fills the memory.
    share = max(_share(opened.width, opened.height), _share(opened.height, opened.width))
    opened.draft(None, (round(opened.width * share), round(opened.height * share)))
    opened.load()
    turn = _TURNS.get(_orientation(opened))
    profile = opened.info.get("icc_profile")
    picture = _in_plain_colours(opened)
    lies = turn in (_TURNS[5], _TURNS[6], _TURNS[7], _TURNS[8])
    share = _share(picture.height, picture.width) if lies else _share(picture.width, picture.height)
    if share < 1:
        size = (max(1, round(picture.width * share)), max(1, round(picture.height * share)))
        picture = picture.resize(size, Image.Resampling.LANCZOS)
    if turn is not None:
        picture = picture.transpose(turn)
    return _without_what_is_unseen(_in_srgb(picture, profile))


def _share(width: int, height: int) -> float:
    return min(1.0, WIDEST / width, TALLEST / height)


def _orientation(picture: Image.Image) -> int:
    """How the camera lay; where what it noted cannot be read, the picture itself still can."""
    with suppress(Exception):
        return int(picture.getexif().get(ExifTags.Base.Orientation, 1))
    return 1


def _in_plain_colours(picture: Image.Image) -> Image.Image:
    """As one of the modes that can be made smaller without loss and that a colour profile speaks of."""
    if picture.mode.startswith("I") or picture.mode == "F":
        # More than 256 shades: 16 bits mean all of them, and what else it may be is scaled by what it holds.
        most = 65535.0 if picture.mode.startswith("I;16") else float(picture.getextrema()[1])  # type: ignore[arg-type]
        scale = 255 / most if most > 255 else 1.0
        return picture.point(lambda shade: shade * scale).convert("L")
    if picture.mode in ("RGBA", "LA", "PA", "La", "RGBa") or "transparency" in picture.info:
        return picture.convert("RGBA")
    return picture if picture.mode in ("L", "RGB", "CMYK") else picture.convert("RGB")


def _in_srgb(picture: Image.Image, profile: Any) -> Image.Image:
    """In RGB or RGBA, with colours as a screen means them that is told nothing of a profile."""
    alpha = picture.getchannel("A") if picture.mode == "RGBA" else None
    colours = picture.convert("RGB") if alpha else picture
    if profile:
        # A profile may be broken, or of another kind of colours; then the picture is taken as it is without one.
        with suppress(ImageCms.PyCMSError, OSError, ValueError, TypeError):
            turned = ImageCms.profileToProfile(
                colours,
                ImageCms.ImageCmsProfile(io.BytesIO(profile)),
                ImageCms.createProfile("sRGB"),
                outputMode="RGB",
            )
            colours = turned or colours
    colours = colours.convert("RGB")
    if alpha:
        colours.putalpha(alpha)
    return colours


def _without_what_is_unseen(picture: Image.Image) -> Image.Image:
    """Less notes of every kind, less an alpha that hides nothing, and less the colours beneath what it hides.

    What somebody rubbed out of a picture must not be there for those who look behind it.
    """
    if picture.mode == "RGBA":
        lowest, _ = picture.getchannel("A").getextrema()
        picture = picture.convert("RGB") if lowest == 255 else picture.convert("RGBa").convert("RGBA")
    picture.info.clear()
    return picture


def _rendition(picture: Image.Image, width: int, ending: str, options: dict[str, Any]) -> Rendition:
    if width < picture.width:
        height = max(1, round(picture.height * width / picture.width))
        picture = picture.resize((width, height), Image.Resampling.LANCZOS)
    out = io.BytesIO()
    picture.save(out, **options)
    data = out.getvalue()
    digest = sha256(data).hexdigest()
    return Rendition(
        address=f"pictures/{digest[:20]}.{ending}",
        width=picture.width,
        height=picture.height,
        size=len(data),
        digest=digest,
        data=data,
    )


def _too_large(path: str, how_large: str) -> Problem:
    return _problem(
        path,
        f"this picture {how_large}, far more than any screen",
        "Save it smaller: 3,000 points across are plenty.",
    )


def _problem(path: str, message: str, mend: str) -> Problem:
    return Problem(code="picture", level=Level.ERROR, file=f"stories/{path}", message=message, mend=mend)
