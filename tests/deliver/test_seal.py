"""Whether anything has changed: asked of the disk's own records, and of bytes where those could be the same by chance."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from builder.deliver import seal


def folder(tmp_path: Path) -> Path:
    top = tmp_path / "stories"
    (top / "2026").mkdir(parents=True)
    (top / "2026" / "a.md").write_text("one")
    (top / "2026" / "b.md").write_text("two")
    return top


def looked(top: Path, margin: int = seal.YOUNG) -> seal.Look:
    return seal.look([top], margin, top.parent / ".clock")


def is_still(top: Path, look: seal.Look) -> bool:
    return seal.still([top], look.digest, look.young)


def test_what_nobody_touched_is_still_as_it_was(tmp_path: Path):
    top = folder(tmp_path)
    assert is_still(top, looked(top))


def _edit(top: Path) -> None:
    (top / "2026" / "a.md").write_text("other")


def _trace_free(top: Path) -> None:
    path = top / "2026" / "a.md"
    before = path.stat()
    path.write_text("eno")
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


def _add(top: Path) -> None:
    (top / "2026" / "c.md").write_text("")


def _remove(top: Path) -> None:
    (top / "2026" / "b.md").unlink()


def _rename(top: Path) -> None:
    (top / "2026" / "b.md").rename(top / "2026" / "d.md")


def _replace(top: Path) -> None:
    other = top / "2026" / "x"
    other.write_text("one")
    other.replace(top / "2026" / "a.md")


def _vanish(top: Path) -> None:
    top.rename(top.parent / "away")


@pytest.mark.parametrize("change", [_edit, _trace_free, _add, _remove, _rename, _replace, _vanish])
def test_any_change_is_seen(change, tmp_path: Path):
    top = folder(tmp_path)
    look = looked(top)
    change(top)
    assert not is_still(top, look)


def test_a_young_file_counts_by_its_bytes_because_its_record_could_be_the_same_by_chance(tmp_path: Path):
    """The record as it would be, had the disk given the very same times to another text."""
    top = folder(tmp_path)
    look = looked(top)
    assert set(look.young) == {str(top / "2026" / "a.md"), str(top / "2026" / "b.md")}
    (top / "2026" / "a.md").write_text("eno")
    same_records = seal.Look(digest=looked(top).digest, young=look.young)
    assert not is_still(top, same_records)


def test_what_we_wrote_is_no_longer_young_after_a_moment_where_times_are_fine(tmp_path: Path):
    top = folder(tmp_path)
    if (top / "2026" / "a.md").stat().st_ctime_ns % 1_000_000_000 == 0:
        os.utime(top / "2026" / "a.md")
    seal.settle()
    assert looked(top, seal.JUST_WRITTEN).young == {}


def test_a_place_that_is_not_there_is_seen_to_come(tmp_path: Path):
    top = tmp_path / "templates"
    look = looked(top)
    assert is_still(top, look)
    top.mkdir()
    (top / "story.html").write_text("x")
    assert not is_still(top, look)


def test_a_link_is_as_old_as_what_it_leads_to(tmp_path: Path):
    top = folder(tmp_path)
    (tmp_path / "elsewhere.md").write_text("far")
    (top / "2026" / "l.md").symlink_to("../../elsewhere.md")
    look = looked(top)
    assert is_still(top, look)
    (tmp_path / "elsewhere.md").write_text("raf away")
    assert not is_still(top, look)


def _linked_year(tmp_path: Path) -> Path:
    """A newsroom whose year is a link to a folder beside stories/; the folder it leads to."""
    top = folder(tmp_path)
    (tmp_path / "years").mkdir()
    (top / "2026").rename(tmp_path / "years" / "2026")
    (top / "2026").symlink_to("../years/2026")
    return tmp_path / "years" / "2026"


def test_a_linked_folder_is_looked_at_like_any_other(tmp_path: Path):
    year = _linked_year(tmp_path)
    look = looked(tmp_path / "stories")
    assert is_still(tmp_path / "stories", look)
    with (year / "a.md").open("a") as file:  # in place, so that the folder itself stays as it was
        file.write("more")
    assert not is_still(tmp_path / "stories", look)


def test_a_link_that_leads_elsewhere_now_is_another_though_the_files_are_the_same(tmp_path: Path):
    """Whether a link may be followed depends on where it leads."""
    year = _linked_year(tmp_path)
    look = looked(tmp_path / "stories")
    year.parent.rename(tmp_path / "moved")
    (tmp_path / "stories" / "2026").unlink()
    (tmp_path / "stories" / "2026").symlink_to("../moved/2026")
    assert not is_still(tmp_path / "stories", look)


def test_links_in_circles_and_out_of_the_newsroom_are_not_followed_for_ever(tmp_path: Path):
    room = tmp_path / "room"
    room.mkdir()
    top = folder(room)
    (tmp_path / "far").mkdir()
    (tmp_path / "far" / "a.md").write_text("far away")
    for path, leads in (
        ("2024", "../stories"),
        ("2025", ".."),
        ("2026/up", ".."),
        ("2026/self", "self"),
        ("out", str(tmp_path / "far")),
    ):
        (top / path).symlink_to(leads)
    look = seal.look([top], seal.YOUNG, tmp_path / ".clock")
    assert look.digest
    assert is_still(top, look)
    assert not [path for path in look.young if "/out/" in path]


def test_an_empty_folder_is_seen_to_come(tmp_path: Path):
    """One that has no place in stories/ is told of."""
    top = folder(tmp_path)
    look = looked(top)
    (top / "drafts").mkdir()
    assert not is_still(top, look)


def test_a_pipe_is_not_waited_for(tmp_path: Path):
    top = folder(tmp_path)
    os.mkfifo(top / "2026" / "pipe.md")
    assert is_still(top, looked(top))


def test_where_the_disk_does_not_say_its_time_every_file_is_young(tmp_path: Path):
    top = folder(tmp_path)
    os.utime(top / "2026" / "a.md", (0, 0))
    (tmp_path / "file").write_text("")
    assert len(seal.look([top], seal.YOUNG, tmp_path / "file" / "clock").young) == 2


@pytest.fixture
def locked() -> Iterator[Path]:
    """stories/ with a folder that its reader may not enter, who is not root: root may look everywhere."""
    with TemporaryDirectory() as above:
        Path(above).chmod(0o755)
        top = folder(Path(above))
        (top / "lost+found").mkdir(mode=0)
        user = os.geteuid()
        os.seteuid(user or 65534)
        yield top
        os.seteuid(user)
        (top / "lost+found").chmod(0o700)


def test_where_one_may_not_look_nothing_is_the_same(locked: Path):
    look = seal.look([locked], seal.YOUNG, None)
    assert (look.digest, look.young) == ("", {})
    assert not is_still(locked, look)


def test_a_path_that_is_no_text_is_sealed_like_any_other(tmp_path: Path):
    strange = tmp_path / os.fsdecode(b"caf\xe9")
    strange.mkdir()
    seal.write(strange / "a.json", {"places": [str(strange)]})
    assert seal.read(strange / "a.json") == {"version": 2, "places": [str(strange)]}


def test_what_is_sealed_is_read_again_and_nonsense_is_nothing(tmp_path: Path):
    seal.write(tmp_path / "sealed" / "a.json", {"since": "x"})
    assert seal.read(tmp_path / "sealed" / "a.json") == {"version": 2, "since": "x"}
    for nonsense in (b"", b"{", b"[]", b'{"version": 9}', b"\xff"):
        (tmp_path / "sealed" / "a.json").write_bytes(nonsense)
        assert seal.read(tmp_path / "sealed" / "a.json") is None
    assert seal.read(tmp_path / "none.json") is None
