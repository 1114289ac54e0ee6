"""Pictures made ready: upright, small enough, and without a word about where or by whom they were taken."""

from __future__ import annotations

import io
from typing import Any

import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from builder.model.picture import Derived
from builder.problem import Problem
from builder.render.pictures import TALLEST, WIDEST, derive

SECRET = b"Room 4, Ward 7"


def saved(picture: Image.Image, format: str = "JPEG", **options: Any) -> bytes:
    out = io.BytesIO()
    picture.save(out, format, **options)
    return out.getvalue()


def made(data: bytes) -> Derived:
    result = derive("2026/a.jpg", data)
    assert isinstance(result, Derived), result
    return result


def reopened(result: Derived) -> Image.Image:
    picture = Image.open(io.BytesIO(result.data))
    picture.load()
    assert picture.size == (result.width, result.height)
    return picture


def refused(data: bytes) -> Problem:
    result = derive("2026/a.jpg", data)
    assert isinstance(result, Problem)
    assert (result.code, result.file) == ("picture", "stories/2026/a.jpg")
    return result


def with_secrets(orientation: int = 1) -> Image.Exif:
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010E] = SECRET.decode()
    exif[0x8825] = {1: "N", 2: (59.0, 19.0, 3.0)}
    return exif


def telling() -> dict[str, bytes]:
    picture = Image.new("RGB", (40, 30), (200, 10, 10))
    text = PngInfo()
    text.add_text("Comment", SECRET.decode())
    text.add_itxt("XML:com.adobe.xmp", SECRET.decode())
    return {
        "exif": saved(picture, exif=with_secrets()),
        "comment": saved(picture, comment=SECRET),
        "png": saved(picture, "PNG", pnginfo=text, exif=with_secrets()),
        "webp": saved(picture, "WEBP", exif=with_secrets(), xmp=SECRET),
        "gif": saved(picture, "GIF", comment=SECRET),
        "profile": saved(picture, icc_profile=SECRET * 20),
        "behind": saved(picture) + SECRET,
    }


@pytest.mark.parametrize("kind", sorted(telling()))
def test_a_picture_says_nothing_about_where_it_was_taken(kind: str):
    data = telling()[kind]
    assert SECRET in data
    result = made(data)
    assert SECRET not in result.data
    for chunk in (b"EXIF", b"XMP ", b"ICCP", b"GPS"):
        assert chunk not in result.data
    picture = reopened(result)
    assert not dict(picture.getexif())
    assert not {"exif", "xmp", "icc_profile", "comment"} & set(picture.info)


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_picture_stands_upright_whichever_way_the_camera_lay(orientation: int):
    upright = Image.new("RGB", (60, 40), "blue")
    upright.paste("red", (0, 0, 30, 20))
    # How the sensor saw it: the inverse of what each orientation asks a program to do.
    turns = {
        2: [Image.Transpose.FLIP_LEFT_RIGHT],
        3: [Image.Transpose.ROTATE_180],
        4: [Image.Transpose.FLIP_TOP_BOTTOM],
        5: [Image.Transpose.TRANSPOSE],
        6: [Image.Transpose.ROTATE_90],
        7: [Image.Transpose.TRANSVERSE],
        8: [Image.Transpose.ROTATE_270],
    }
    seen = upright
    for turn in turns.get(orientation, []):
        seen = seen.transpose(turn)
    picture = reopened(made(saved(seen, "PNG", exif=with_secrets(orientation)))).convert("RGB")
    assert picture.size == (60, 40)
    assert [_colour(picture, at) for at in ((5, 5), (55, 5), (5, 35), (55, 35))] == [
        "red",
        "blue",
        "blue",
        "blue",
    ]


def _colour(picture: Image.Image, at: tuple[int, int]) -> str:
    pixel = picture.getpixel(at)
    assert isinstance(pixel, tuple)
    return "red" if pixel[0] > pixel[2] else "blue"


@pytest.mark.parametrize(
    ("size", "expected"),
    [
        ((WIDEST, 10), (WIDEST, 10)),
        ((WIDEST * 2, 100), (WIDEST, 50)),
        ((20_000, 1), (WIDEST, 1)),
        ((400, TALLEST * 2), (200, TALLEST)),
        ((1, 20_000), (1, TALLEST)),
        ((3, 4), (3, 4)),
    ],
)
def test_a_picture_is_as_large_as_a_page_needs_and_never_larger(
    size: tuple[int, int], expected: tuple[int, int]
):
    assert reopened(made(saved(Image.new("L", size), "PNG"))).size == expected


@pytest.mark.parametrize(
    "mode", ["1", "L", "LA", "P", "RGB", "RGBA", "CMYK", "I;16", "I", "F", "YCbCr", "LAB"]
)
def test_every_kind_of_colour_is_taken(mode: str):
    in_tiff = mode in ("CMYK", "I", "F", "YCbCr", "LAB")
    assert reopened(made(saved(Image.new(mode, (8, 8)), "TIFF" if in_tiff else "PNG"))).size == (8, 8)


def test_what_one_can_see_through_stays_so():
    assert reopened(made(saved(Image.new("RGBA", (8, 8), (0, 0, 0, 0)), "PNG"))).mode == "RGBA"


def test_the_same_bytes_have_the_same_address_whatever_they_are_called():
    data = saved(Image.new("RGB", (8, 8)))
    one, other = derive("2026/a.jpg", data), derive("2025/b.png", data)
    assert one == other
    assert isinstance(one, Derived)
    assert one.address.startswith("pictures/")
    assert one.address.endswith(".webp")


@pytest.mark.parametrize(
    "data", [b"", b"words", b"\xff\xd8\xff", b"GIF89a", b"%PDF-1.7", b"\x00" * 1000, b"RIFF\0\0\0\0WEBP"]
)
def test_what_is_no_picture_is_said(data: bytes):
    assert "not a picture that can be read" in refused(data).message


@pytest.mark.parametrize(
    "data", [b"<svg xmlns='x'><script/></svg>", b"<?xml version='1.0'?>\n<svg/>", b"\n  <SVG>"]
)
def test_a_drawing_that_could_carry_a_script_is_refused_as_such(data: bytes):
    assert "SVG" in refused(data).message


def test_a_picture_of_too_many_points_is_refused_before_it_is_opened():
    header = saved(Image.new("1", (1, 1)), "PNG")
    huge = header[:16] + (60_000).to_bytes(4, "big") + (60_000).to_bytes(4, "big") + header[24:]
    assert "60000 x 60000 points" in refused(huge).message or "not a picture" in refused(huge).message
    assert "9000 x 9000 points" in refused(saved(Image.new("1", (9000, 9000)), "PNG")).message


def test_a_broken_picture_is_a_problem_whatever_is_broken_in_it():
    picture = Image.new("RGB", (40, 30), (200, 10, 10))
    for format in ("JPEG", "PNG", "WEBP", "GIF", "BMP", "AVIF"):
        whole = saved(picture, format)
        for cut in range(0, len(whole), 7):
            assert isinstance(derive("a", whole[:cut] + whole[cut + 3 :]), (Derived, Problem))
            assert isinstance(derive("a", whole[:cut] + b"\xff" + whole[cut + 1 :]), (Derived, Problem))
