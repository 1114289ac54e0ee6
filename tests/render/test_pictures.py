"""Pictures made ready: upright, small enough, and without a word about where or by whom they were taken."""

from __future__ import annotations

import io
import subprocess
import sys
import zlib
from hashlib import sha256
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageCms
from PIL.PngImagePlugin import PngInfo

from builder.model.picture import Derived, Rendition
from builder.problem import Problem
from builder.render.pictures import PLAIN, TALLEST, WIDEST, WIDTHS, derive, widths

SECRET = b"Room 4, Ward 7"


def saved(picture: Image.Image, format: str = "JPEG", **options: Any) -> bytes:
    out = io.BytesIO()
    picture.save(out, format, **options)
    return out.getvalue()


def made(data: bytes) -> Derived:
    result = derive("2026/a.jpg", data)
    assert isinstance(result, Derived), result
    return result


def opened(file: Rendition) -> Image.Image:
    picture = Image.open(io.BytesIO(file.data))
    picture.load()
    assert picture.size == (file.width, file.height)
    assert (file.size, file.digest) == (len(file.data), sha256(file.data).hexdigest())
    return picture


def reopened(result: Derived) -> Image.Image:
    """The widest of it, once all were seen to be what they say."""
    for file in result.renditions:
        opened(file)
    widest = opened(result.webp[-1])
    assert widest.size == (result.width, result.height)
    return widest


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
    for file in made(data).renditions:
        assert SECRET not in file.data
        for chunk in (b"EXIF", b"Exif", b"XMP ", b"ICCP", b"ICC_PROFILE", b"iCCP", b"tEXt", b"GPS"):
            assert chunk not in file.data
        picture = opened(file)
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


@pytest.mark.parametrize("mode", ["I;16", "I", "F"])
@pytest.mark.parametrize(("shade", "expected"), [(0, 0), (0.5, 128), (1, 255)])
def test_grey_of_more_than_256_shades_stays_as_dark_as_it_was(mode: str, shade: float, expected: int):
    grey = Image.new(mode, (32, 8), round(shade * 65535))
    grey.putpixel(
        (31, 7), 65535
    )  # where more than 16 bits are possible, the brightest says how bright white is
    result = made(saved(grey, "PNG" if mode == "I;16" else "TIFF"))
    assert _near(opened(result.webp[-1]).convert("RGB"), (expected,) * 3)


def test_what_one_can_see_through_stays_so():
    result = made(saved(Image.new("RGBA", (1000, 8), (10, 20, 30, 100)), "PNG"))
    assert [opened(file).mode for file in result.renditions] == ["RGBA"] * 4
    assert result.plain.address.endswith(".png")


def test_a_palette_of_which_one_colour_is_none_is_seen_through():
    picture = Image.new("P", (8, 8), 1)
    picture.putpalette([0, 0, 0, 250, 10, 10])
    result = made(saved(picture, "GIF", transparency=1))
    assert reopened(result).getpixel((4, 4))[3:] == (0,)  # type: ignore[index]


def test_an_alpha_that_hides_nothing_is_left_out():
    result = made(saved(Image.new("RGBA", (8, 8), (10, 20, 30, 255)), "PNG"))
    assert [opened(file).mode for file in result.renditions] == ["RGB", "RGB"]
    assert result.plain.address.endswith(".jpg")


def test_what_was_rubbed_out_of_a_picture_is_not_beneath():
    picture = Image.new("RGBA", (8, 8), (10, 20, 30, 255))
    picture.paste((250, 0, 0, 0), (0, 0, 4, 8))
    assert picture.getpixel((1, 1)) == (250, 0, 0, 0)
    for file in made(saved(picture, "PNG")).renditions:
        here = opened(file).getpixel((1, 1))
        assert isinstance(here, tuple)
        assert max(here[:3]) < 40
        assert here[3] == 0


def _near(picture: Image.Image, colour: tuple[int, ...]) -> bool:
    pixel = picture.getpixel((1, 1))
    assert isinstance(pixel, tuple)
    return all(abs(one - other) <= 6 for one, other in zip(pixel, colour, strict=True))


def swapped() -> bytes:
    """A profile of a screen whose red and green are each other's."""
    profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    red, green = profile.find(b"rXYZ"), profile.find(b"gXYZ")
    profile[red : red + 4], profile[green : green + 4] = b"gXYZ", b"rXYZ"
    return bytes(profile)


@pytest.mark.parametrize(("mode", "colour"), [("RGB", (200, 20, 20)), ("RGBA", (200, 20, 20, 128))])
def test_colours_are_those_that_the_profile_means(mode: str, colour: tuple[int, ...]):
    data = saved(Image.new(mode, (8, 8), colour), "PNG", icc_profile=swapped())
    for file in made(data).renditions:
        assert _near(opened(file).convert("RGB"), (20, 200, 20))
        assert "icc_profile" not in opened(file).info


@pytest.mark.parametrize("mode", ["RGB", "L", "CMYK"])
def test_a_profile_that_does_not_fit_is_taken_for_none(mode: str):
    for profile in (b"no profile", swapped() if mode != "RGB" else swapped()[:200]):
        picture = Image.new("RGB", (8, 8), (90, 90, 90)).convert(mode)
        assert _near(reopened(made(saved(picture, icc_profile=profile))).convert("RGB"), (90, 90, 90))


def test_a_jpeg_of_printers_inks_has_the_colours_it_had():
    picture = Image.new("RGB", (8, 8), (200, 40, 60)).convert("CMYK")
    assert _near(reopened(made(saved(picture))).convert("RGB"), (200, 40, 60))


@pytest.mark.parametrize("format", ["GIF", "WEBP", "PNG"])
def test_of_what_moves_the_first_picture_is_taken(format: str):
    first, second = Image.new("RGB", (8, 8), (250, 0, 0)), Image.new("RGB", (8, 8), (0, 0, 250))
    picture = reopened(made(saved(first, format, save_all=True, append_images=[second], duration=100)))
    assert not getattr(picture, "is_animated", False)
    assert _near(picture.convert("RGB"), (250, 0, 0))


@pytest.mark.parametrize(
    ("full", "expected"),
    [
        (1, (1,)),
        (400, (400,)),
        (499, (499,)),
        (500, (400, 500)),
        (900, (400, 900)),
        (1000, (400, 800, 1000)),
        (1600, WIDTHS),
        (4000, WIDTHS),
    ],
)
def test_a_picture_is_made_at_the_widths_that_it_fills(full: int, expected: tuple[int, ...]):
    result = made(saved(Image.effect_noise((full, 60), 80).convert("RGB"), "PNG"))
    assert tuple(file.width for file in result.webp) == expected == widths(min(full, WIDEST))
    assert result.plain.width == min(full, PLAIN)
    assert len({file.address for file in result.renditions}) == len(result.renditions)
    assert [file.size for file in result.webp] == sorted(file.size for file in result.webp)


def test_every_width_shows_all_of_the_picture():
    picture = Image.new("RGB", (1600, 1000), "blue")
    picture.paste("red", (0, 0, 800, 500))
    for file in made(saved(picture)).renditions:
        here = opened(file).convert("RGB")
        width, height = here.size
        assert height == round(width * 1000 / 1600)
        corners = [(5, 5), (width - 5, 5), (5, height - 5), (width - 5, height - 5)]
        assert [_colour(here, at) for at in corners] == ["red", "blue", "blue", "blue"]


def test_a_large_photo_is_read_at_no_more_than_it_needs(monkeypatch: pytest.MonkeyPatch):
    data = saved(Image.new("RGB", (6400, 4800), "teal"), exif=with_secrets(6))
    resized: list[tuple[int, int]] = []
    resize = Image.Image.resize

    def watched(self: Image.Image, *given: Any, **named: Any) -> Image.Image:
        resized.append(self.size)
        return resize(self, *given, **named)

    monkeypatch.setattr(Image.Image, "resize", watched)
    result = made(data)
    assert (result.width, result.height) == (1600, 2133)
    assert max(max(size) for size in resized) <= 3200


def test_the_same_bytes_have_the_same_address_whatever_they_are_called():
    data = saved(Image.new("RGB", (1000, 8)))
    one, other = derive("2026/a.jpg", data), derive("2025/b.png", data)
    assert one == other
    assert isinstance(one, Derived)
    for file in one.renditions:
        assert file.address.startswith(f"pictures/{file.digest[:20]}.")
    assert [file.address.rpartition(".")[2] for file in one.renditions] == ["webp", "webp", "webp", "jpg"]


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


def _chunk(kind: bytes, data: bytes) -> bytes:
    return len(data).to_bytes(4, "big") + kind + data + zlib.crc32(kind + data).to_bytes(4, "big")


def png_of(width: int, height: int, *more: bytes) -> bytes:
    """A PNG that claims to be this large and holds a line of it."""
    size = width.to_bytes(4, "big") + height.to_bytes(4, "big")
    header = _chunk(b"IHDR", size + b"\x08\x02\0\0\0")
    line = _chunk(b"IDAT", zlib.compress(bytes(60_000)))
    return b"\x89PNG\r\n\x1a\n" + header + b"".join(more) + line + _chunk(b"IEND", b"")


def webp_of(width: int, height: int) -> bytes:
    """A WebP whose canvas claims to be this large."""
    frame = saved(Image.new("RGBA", (1, 1), (0, 0, 0, 9)), "WEBP", lossless=True)[12:]
    canvas = (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")
    body = b"WEBPVP8X" + (10).to_bytes(4, "little") + b"\x10\0\0\0" + canvas + frame
    return b"RIFF" + len(body).to_bytes(4, "little") + body


def gif_of(width: int, height: int) -> bytes:
    whole = saved(Image.new("P", (1, 1)), "GIF")
    return whole[:6] + width.to_bytes(2, "little") + height.to_bytes(2, "little") + whole[10:]


@pytest.mark.parametrize("data", [png_of(60_000, 60_000), gif_of(60_000, 60_000)], ids=["png", "gif"])
def test_a_picture_of_too_many_points_is_refused_before_it_is_opened(data: bytes):
    assert len(data) < 300
    assert "hundreds of millions of points" in refused(data).message


def test_one_that_is_only_far_too_large_is_told_how_large_it_is():
    assert "9000 x 9000 points" in refused(saved(Image.new("1", (9000, 9000)), "PNG")).message


def test_no_bomb_takes_room_before_it_is_refused():
    """Each in a process of its own, with room for an ordinary picture and for nothing else."""
    text = _chunk(b"zTXt", b"Comment\0\0" + zlib.compress(bytes(200_000_000)))
    profile = _chunk(b"iCCP", b"Profile\0\0" + zlib.compress(bytes(200_000_000)))
    bombs = {
        "png": png_of(60_000, 60_000),
        "gif": gif_of(60_000, 60_000),
        "webp": webp_of(60_000, 60_000),
        "webp, less": webp_of(16_000, 16_000),
        "text": png_of(8, 8, text),
        "profile": png_of(8, 8, profile),
    }
    for name, bomb in bombs.items():
        ran = subprocess.run(
            [sys.executable, "-c", _IN_LITTLE_ROOM], input=bomb, capture_output=True, check=False, timeout=60
        )
        told, _, peak = ran.stdout.decode().partition(" ")
        assert (ran.returncode, told) == (0, "Problem"), (name, ran.stderr.decode())
        assert int(peak) < 60_000, f"{name} took {peak} kilobytes more"


_IN_LITTLE_ROOM = """
import resource, sys
from builder.render.pictures import derive
data = sys.stdin.buffer.read()
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
made = type(derive("2026/a.png", data)).__name__
print(made, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)
"""


def whole() -> dict[str, bytes]:
    """A picture of every format, with something in it, and metadata where they take some."""
    picture = Image.effect_noise((40, 30), 60).convert("RGB")
    exif = with_secrets(6)
    icc = swapped()
    return {
        "JPEG": saved(picture, exif=exif, icc_profile=icc, comment=SECRET),
        "progressive": saved(picture, progressive=True),
        "CMYK": saved(picture.convert("CMYK")),
        "PNG": saved(picture, "PNG", exif=exif, icc_profile=icc),
        "palette": saved(picture.convert("P"), "PNG", transparency=3),
        "16 bits": saved(Image.new("I;16", (40, 30), 999), "PNG"),
        "WEBP": saved(picture, "WEBP", exif=exif, icc_profile=icc),
        "moving": saved(picture, "GIF", save_all=True, append_images=[picture.rotate(90)]),
        "TIFF": saved(picture, "TIFF", tiffinfo={274: 6}, compression="tiff_lzw"),
        "BMP": saved(picture, "BMP"),
        "AVIF": saved(picture, "AVIF"),
    }


def test_a_broken_picture_is_a_problem_whatever_is_broken_in_it():
    for data in whole().values():
        for cut in range(0, len(data), max(7, len(data) // 60)):
            assert isinstance(derive("a", data[:cut] + data[cut + 3 :]), (Derived, Problem))
            assert isinstance(derive("a", data[:cut] + b"\xff" + data[cut + 1 :]), (Derived, Problem))
            assert isinstance(derive("a", data[:cut]), (Derived, Problem))


WHOLE = whole()


@given(
    st.sampled_from(sorted(WHOLE)),
    st.lists(
        st.tuples(st.integers(0, 4000), st.integers(0, 3), st.binary(max_size=8)), min_size=1, max_size=6
    ),
)
def test_bytes_that_were_changed_anyhow_are_a_picture_or_a_problem(
    kind: str, changes: list[tuple[int, int, bytes]]
):
    data = WHOLE[kind]
    for place, less, more in changes:
        at = place % len(data)
        data = data[:at] + more + data[at + less :] or b"x"
    result = derive("2026/a.jpg", data)
    assert isinstance(result, (Derived, Problem))
    if isinstance(result, Derived):
        reopened(result)
