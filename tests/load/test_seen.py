"""What a program that stays need not read again, and what it must."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from builder.load import disk
from builder.load.seen import Seen, Stamp
from builder.model.sources import SourceFile
from tests.load.test_disk import furnished, put
from tests.values import story

SECOND = 1_000_000_000

_opened: list[str] | None = None


def _listen(event: str, given: tuple[object, ...]) -> None:
    if event == "open" and _opened is not None and isinstance(given[0], str):
        _opened.append(given[0])


sys.addaudithook(_listen)


@contextmanager
def opened_below(folder: Path) -> Iterator[list[str]]:
    """The files below `folder` that Python itself says it opens meanwhile."""
    global _opened  # noqa: PLW0603 - an audit hook stays for good, so it is told when to listen
    found: list[str] = []
    _opened = found
    try:
        yield found
    finally:
        _opened = None
        found[:] = sorted(Path(one).relative_to(folder).as_posix() for one in found if str(folder) in one)


@pytest.fixture
def newsroom(tmp_path: Path) -> Path:
    return furnished(tmp_path / "newsroom")


def later() -> int:
    """The time in a minute, when nothing here is young any more."""
    return time.time_ns() + 60 * SECOND


def test_what_has_not_changed_is_not_read_again_and_is_the_same_object(newsroom: Path):
    seen = Seen(later)
    with opened_below(newsroom) as opened:
        first = disk.read(newsroom, seen=seen)
    assert opened == [
        f"stories/{one}"
        for one in ("2026/a.md", "editions/w10.md", "metrics/m.yaml", "newsletter.yaml", "people.yaml")
    ]
    with opened_below(newsroom) as opened:
        assert disk.read(newsroom, seen=seen) is first
        assert disk.read(newsroom, seen=seen) is first
    assert opened == []
    assert first == disk.read(newsroom)


def test_only_what_changed_is_another_object(newsroom: Path):
    seen = Seen(later)
    put(newsroom / "stories/2026/b.md", story())
    first = disk.read(newsroom, seen=seen)
    put(newsroom / "stories/2026/b.md", story("", "Another word.\n"))
    with opened_below(newsroom) as opened:
        second = disk.read(newsroom, seen=seen)
    assert opened == ["stories/2026/b.md"]
    assert second == disk.read(newsroom) != first
    assert second.stories[0] is first.stories[0]
    for same in ("settings", "people", "editions", "metrics", "pictures", "files", "problems"):
        assert getattr(second, same) is getattr(first, same)
    put(newsroom / "stories/files/more.pdf", "%PDF")
    third = disk.read(newsroom, seen=seen)
    assert third.stories is second.stories
    assert third.files == ("form.pdf", "more.pdf")


def test_an_edit_that_keeps_size_and_time_is_seen(newsroom: Path):
    seen = Seen(later)
    path = put(newsroom / "stories/2026/a.md", "one\n")
    before = path.stat()
    assert disk.read(newsroom, seen=seen).stories[0].data == b"one\n"
    path.write_text("two\n")
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert path.stat().st_mtime_ns == before.st_mtime_ns
    assert disk.read(newsroom, seen=seen).stories[0].data == b"two\n"


def test_another_file_in_its_place_is_seen(newsroom: Path):
    seen = Seen(later)
    path = put(newsroom / "stories/2026/a.md", "one\n")
    before = path.stat()
    disk.read(newsroom, seen=seen)
    other = put(newsroom / "other", "two\n")
    os.utime(other, ns=(before.st_atime_ns, before.st_mtime_ns))
    other.replace(path)
    assert disk.read(newsroom, seen=seen).stories[0].data == b"two\n"


def test_a_link_that_leads_elsewhere_now_is_seen(newsroom: Path):
    seen = Seen(later)
    (newsroom / "stories/2026/link.md").symlink_to("a.md")
    assert disk.read(newsroom, seen=seen).stories[1].data == story().encode()
    put(newsroom / "stories/editions/w11.md", "two\n")
    (newsroom / "stories/2026/link.md").unlink()
    (newsroom / "stories/2026/link.md").symlink_to("../editions/w11.md")
    assert disk.read(newsroom, seen=seen).stories[1].data == b"two\n"


def test_a_young_file_is_read_again_and_stays_the_same_object_while_it_is_equal(newsroom: Path):
    seen = Seen(time.time_ns)
    first = disk.read(newsroom, seen=seen)
    with opened_below(newsroom) as opened:
        assert disk.read(newsroom, seen=seen) is first
    assert "stories/2026/a.md" in opened
    put(newsroom / "stories/2026/b.md", story())
    assert disk.read(newsroom, seen=seen).stories[0] is first.stories[0]


class Listening(Seen):
    """Keeps the stamps that it is told."""

    def __init__(self) -> None:
        super().__init__(later)
        self.stamps: dict[str, Stamp] = {}

    def note(self, place: str, stamp: Stamp, source: SourceFile) -> SourceFile:
        self.stamps[place] = stamp
        return super().note(place, stamp, source)


def test_a_stamp_is_what_the_disk_says(newsroom: Path):
    seen = Listening()
    disk.read(newsroom, seen=seen)
    disk.read_theme(seen)
    assert len(seen.stamps) > 20
    for place, stamp in seen.stamps.items():
        status = Path(place).stat()
        times = status.st_mtime_ns, status.st_ctime_ns
        assert stamp == (status.st_size, *times, status.st_ino, status.st_dev)


def test_a_file_that_went_and_came_back_is_read(newsroom: Path):
    seen = Seen(later)
    path = newsroom / "stories/2026/a.md"
    first = disk.read(newsroom, seen=seen)
    path.rename(newsroom / "a.md")
    assert disk.read(newsroom, seen=seen).stories == ()
    (newsroom / "a.md").rename(path)
    with opened_below(newsroom) as opened:
        assert disk.read(newsroom, seen=seen) == first
    assert opened == ["stories/2026/a.md"]


def test_what_is_wrong_is_said_at_every_reading(newsroom: Path):
    seen = Seen(later)
    (newsroom / "stories/2026/b.md").symlink_to("nowhere.md")
    first = disk.read(newsroom, seen=seen)
    assert [one.file for one in first.problems] == ["stories/2026/b.md"]
    assert disk.read(newsroom, seen=seen) is first


STAMP = Stamp(size=4, modified=10 * SECOND, changed=10 * SECOND, inode=7, device=1)
SOURCE = SourceFile(path="a.md", data=b"one\n")


def again(stamp: Stamp, *, noted: Stamp = STAMP, moment: int = 20 * SECOND, shown: str = "a.md") -> bool:
    """Whether a file noted at `moment` is taken for the same at the next reading."""
    seen = Seen()
    seen.begin(moment)
    seen.note("/n/a.md", noted, SOURCE)
    seen.begin(moment + SECOND)
    return seen.again("/n/a.md", shown, stamp) is SOURCE


def test_a_file_is_the_same_as_long_as_the_disk_says_so_in_everything():
    assert again(STAMP)
    for field in STAMP._fields:
        assert not again(STAMP._replace(**{field: getattr(STAMP, field) + 1})), field
    assert not again(STAMP, shown="b.md")


@pytest.mark.parametrize("field", ["modified", "changed"])
def test_a_file_is_young_for_two_seconds(field: str):
    for age, settled in ((2 * SECOND, True), (2 * SECOND - 1, False), (0, False), (-SECOND, False)):
        young = STAMP._replace(**{field: 20 * SECOND - age})
        assert again(young, noted=young) is settled


def test_a_young_file_is_trusted_once_it_was_read_when_it_was_old():
    seen = Seen()
    for moment, trusted in ((10 * SECOND, False), (13 * SECOND, False), (14 * SECOND, True)):
        seen.begin(moment)
        assert (seen.again("/n/a.md", "a.md", STAMP) is not None) is trusted
        if not trusted:
            seen.note("/n/a.md", STAMP, SOURCE)


def test_a_file_that_one_reading_did_not_meet_is_forgotten():
    seen = Seen()
    seen.begin(20 * SECOND)
    seen.note("/n/a.md", STAMP, SOURCE)
    for _ in range(2):
        seen.begin(30 * SECOND)
    assert seen.again("/n/a.md", "a.md", STAMP) is None


def test_a_theme_is_one_object_while_it_is_the_same(newsroom: Path):
    shipped, own = Seen(later), Seen(later)
    assert disk.read_theme(shipped) is disk.read_theme(shipped)
    assert disk.read_theme(shipped) == disk.read_theme()
    put(newsroom / "templates/words/en.yaml", "a: b\n")
    put(newsroom / "templates/page.html", "one\n")
    first = disk.read_own_theme(newsroom, own)
    assert disk.read_own_theme(newsroom, own) is first
    put(newsroom / "templates/page.html", "two\n")
    files, problems = disk.read_own_theme(newsroom, own)
    assert [one.data for one in files] == [b"two\n", b"a: b\n"]
    assert (files[1] is first[0][1], problems) == (True, ())
