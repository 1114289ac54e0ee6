"""Pictures made ready: turned upright, made smaller, and without a word about where or by whom they were taken."""

from __future__ import annotations

import io
import warnings
from hashlib import sha256

from PIL import Image, ImageOps

from builder.model.picture import Derived
from builder.problem import Level, Problem

WIDEST = 1600
TALLEST = 8000
"""Twice this and a bit more is all that WebP can hold."""
_MOST_PIXELS = 80_000_000
_FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "TIFF", "BMP", "AVIF")


def derive(path: str, data: bytes) -> Derived | Problem:
    """The picture in `data` as WebP, at most WIDEST wide and TALLEST high, without any metadata; or what is wrong with it."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(io.BytesIO(data), formats=_FORMATS) as opened:
                if opened.width * opened.height > _MOST_PIXELS:
                    return _problem(
                        path,
                        f"this picture has {opened.width} x {opened.height} points, far more than any screen",
                        "Save it smaller: 3,000 points across are plenty.",
                    )
                picture = ImageOps.exif_transpose(opened)
                picture = picture.convert("RGBA" if _has_alpha(picture) else "RGB")
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
    share = min(WIDEST / picture.width, TALLEST / picture.height)
    if share < 1:
        size = (max(1, round(picture.width * share)), max(1, round(picture.height * share)))
        picture = picture.resize(size, Image.Resampling.LANCZOS)
    picture.info.clear()
    out = io.BytesIO()
    picture.save(out, "WEBP", quality=80, method=4)
    made = out.getvalue()
    digest = sha256(made).hexdigest()
    return Derived(
        address=f"pictures/{digest[:20]}.webp",
        digest=digest,
        size=len(made),
        data=made,
        width=picture.width,
        height=picture.height,
    )


def derived(job: tuple[str, bytes]) -> tuple[str, Derived | Problem]:
    """`derive` for one of many, for a worker process."""
    return job[0], derive(*job)


def _has_alpha(picture: Image.Image) -> bool:
    return picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info


def _problem(path: str, message: str, mend: str) -> Problem:
    return Problem(code="picture", level=Level.ERROR, file=f"stories/{path}", message=message, mend=mend)
