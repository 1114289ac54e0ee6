"""What was kept is found again, or made again; it is never wrong, and never in the way."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from builder.deliver import cache as room
from builder.deliver.cache import ASIDE, FILE, Cache


def cache(folder: Path, said: list[str] | None = None, made_by: str = "this", **more: bool) -> Cache:
    return Cache(folder / FILE, made_by, (said if said is not None else []).append, **more)


def filled(folder: Path, count: int = 3) -> None:
    one = cache(folder)
    for number in range(count):
        one.put("text", str(number), b"words %d" % number)
    one.close()


def test_what_was_kept_is_found_by_its_kind_and_key(tmp_path: Path):
    filled(tmp_path)
    one = cache(tmp_path)
    assert one.get("text", "1") == b"words 1"
    assert one.get_all("text", ["0", "2", "none"]) == {"0": b"words 0", "2": b"words 2"}
    assert (one.get("page", "1"), one.get("text", "none")) == (None, None)


def test_what_is_new_is_found_before_it_is_written(tmp_path: Path):
    one = cache(tmp_path)
    one.put("text", "a", b"x")
    assert one.get("text", "a") == b"x"
    assert cache(tmp_path).get("text", "a") is None
    one.flush()
    assert cache(tmp_path).get("text", "a") == b"x"


def test_without_a_file_everything_stays_in_memory():
    one = Cache(None, "", lambda line: None)
    one.put("text", "a", b"x")
    one.tidy()
    assert one.get("text", "a") == b"x"


def _text(path: Path) -> None:
    path.write_bytes(b"no cache at all")


def _foreign(path: Path) -> None:
    path.unlink()
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE other (a)")


def _cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:5000])


@pytest.mark.parametrize("harm", [_text, _foreign, _cut])
def test_a_file_that_is_damaged_or_foreign_is_put_aside_with_one_line(harm, tmp_path: Path):
    filled(tmp_path, 2000)
    harm(tmp_path / FILE)
    said: list[str] = []
    one = cache(tmp_path, said)
    assert one.get("text", "1") is None
    one.put("text", "1", b"again")
    one.close()
    assert cache(tmp_path).get("text", "1") == b"again"
    assert len(said) == 1
    assert "put aside" in said[0]
    assert (tmp_path / ASIDE).exists()


def test_another_version_of_the_program_begins_anew(tmp_path: Path):
    filled(tmp_path)
    said: list[str] = []
    assert cache(tmp_path, said, "another").get("text", "1") is None
    assert said == [
        f"{tmp_path / FILE} was made by another version of Yearround; it was put aside, and everything is made anew"
    ]


@pytest.mark.skipif(not hasattr(os, "getuid") or os.getuid() != 0, reason="only root can give a file away")
def test_somebody_elses_file_is_not_believed(tmp_path: Path):
    filled(tmp_path)
    os.chown(tmp_path / FILE, 65534, 65534)
    said: list[str] = []
    assert cache(tmp_path, said).get("text", "1") is None
    assert "belongs to someone else" in said[0]


def test_a_value_with_a_changed_byte_is_as_good_as_not_there(tmp_path: Path):
    filled(tmp_path)
    with sqlite3.connect(tmp_path / FILE) as connection:
        connection.execute("UPDATE kept SET value = CAST(value || x'00' AS BLOB) WHERE key = '1'")
    one = cache(tmp_path)
    assert (one.get("text", "1"), one.get("text", "2")) == (None, b"words 2")


def test_who_only_looks_writes_nothing_and_leaves_a_file_in_doubt_where_it_is(tmp_path: Path):
    one = cache(tmp_path, look_only=True)
    one.put("text", "a", b"x")
    one.close()
    assert list(tmp_path.iterdir()) == []
    filled(tmp_path)
    before = (tmp_path / FILE).read_bytes()
    looking = cache(tmp_path, look_only=True)
    assert looking.get("text", "1") == b"words 1"
    looking.put("text", "a", b"x")
    looking.tidy(forget=True)
    looking.close()
    assert (tmp_path / FILE).read_bytes() == before
    (tmp_path / FILE).write_bytes(b"damaged")
    assert cache(tmp_path, look_only=True).get("text", "1") is None
    assert (tmp_path / FILE).read_bytes() == b"damaged"


def test_it_stays_bounded(tmp_path: Path):
    filled(tmp_path, 5000)
    one = cache(tmp_path)
    one.put("text", "new", b"x")
    one.tidy()
    assert one.get("text", "1") == b"words 1", "a run that did not print does not know what is of use"
    one.tidy(printed=True)
    one.close()
    again = cache(tmp_path)
    assert again.get_all("text", map(str, range(5000))) == {"1": b"words 1"}
    assert again.get("text", "new") == b"x"


# ---- forgetting

NAME = b"Astrid Vanterpool"
PAGE = 4096


def saying(folder: Path, *kinds: str) -> None:
    """A cache that says a name in a value of each kind."""
    one = cache(folder)
    for kind in kinds:
        one.put(kind, "a", NAME * 50)
    one.close()


def bytes_below(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file())


def test_what_was_taken_back_is_overwritten(tmp_path: Path):
    saying(tmp_path, "text")
    one = cache(tmp_path)
    one.put("page", "facts", b"p-1")
    one.close()
    other = cache(tmp_path)
    other.put("text", "b", b"x")
    other.tidy(forget=True)
    other.close()
    assert cache(tmp_path).get("page", "facts") == b"p-1"
    assert NAME not in bytes_below(tmp_path)


def test_it_is_gone_while_the_file_is_still_open(tmp_path: Path):
    saying(tmp_path, "text")
    one = cache(tmp_path)
    one.put("text", "b", b"x")
    one.tidy(forget=True)
    assert NAME not in bytes_below(tmp_path)
    one.close()


def test_what_is_said_to_be_used_stays(tmp_path: Path):
    filled(tmp_path)
    one = cache(tmp_path)
    one.use("text", ["1"])
    one.tidy(forget=True)
    one.close()
    assert cache(tmp_path).get_all("text", ["0", "1", "2"]) == {"1": b"words 1"}


def test_facts_of_pages_go_too_as_soon_as_a_run_prints(tmp_path: Path):
    saying(tmp_path, "text", "page")
    one = cache(tmp_path)
    one.tidy(forget=True)
    one.close()
    assert cache(tmp_path).get("page", "a") is not None
    idle = cache(tmp_path)
    idle.close()
    printing = cache(tmp_path)
    printing.tidy(printed=True)
    printing.close()
    assert NAME not in bytes_below(tmp_path)
    later = cache(tmp_path)
    later.put("page", "b", b"x")
    later.close()
    cache(tmp_path).tidy(printed=True)
    assert cache(tmp_path).get("page", "b") == b"x", "nothing is owed any more"


def test_what_is_owed_is_forgotten_by_a_later_run(tmp_path: Path):
    saying(tmp_path, "picture-data")
    ended = cache(tmp_path)
    ended.owe()
    del ended  # as when a run is killed: nothing is tidied, nothing closed
    later = cache(tmp_path)
    later.tidy()
    later.close()
    assert NAME not in bytes_below(tmp_path)


def test_what_is_owed_is_not_forgotten_with_an_upgrade(tmp_path: Path):
    saying(tmp_path, "page")
    one = cache(tmp_path)
    one.tidy(forget=True)
    one.close()
    cache(tmp_path, made_by="another").close()
    assert NAME in (tmp_path / ASIDE).read_bytes()
    later = cache(tmp_path, made_by="another")
    later.tidy(printed=True)
    later.close()
    assert NAME not in bytes_below(tmp_path)


def test_what_was_put_aside_is_forgotten_too(tmp_path: Path):
    saying(tmp_path, "text", "picture-data")
    one = cache(tmp_path, made_by="another")
    (tmp_path / f"{ASIDE}-wal").write_bytes(NAME)
    assert NAME in (tmp_path / ASIDE).read_bytes()
    one.tidy(forget=True)
    one.close()
    assert [path.name for path in tmp_path.iterdir()] == [FILE]


def test_a_run_can_forget_twice(tmp_path: Path):
    one = cache(tmp_path)
    one.put("text", "b", b"x")
    one.tidy(forget=True)
    saying(tmp_path, "text")
    one.tidy(forget=True)
    assert NAME not in bytes_below(tmp_path)
    assert one.get("text", "b") == b"x"
    one.close()


def test_where_it_cannot_forget_the_whole_file_goes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(room, "_PATIENCE", 0)
    saying(tmp_path, "text")
    one = cache(tmp_path)
    with closing(sqlite3.connect(tmp_path / FILE, isolation_level=None)) as somebody:
        somebody.execute("BEGIN")
        somebody.execute("SELECT * FROM kept").fetchone()
        one.tidy(forget=True)
    one.put("text", "b", b"x")
    assert one.get("text", "b") == b"x"
    one.close()
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_was_lost_on_the_way_goes_as_a_whole(tmp_path: Path):
    one = cache(tmp_path)
    for number in range(100):
        one.put("picture-data", str(number), NAME * 5000)
    one.close()
    one = cache(tmp_path)
    one.use("picture-data", map(str, range(100)))
    (tmp_path / FILE).write_bytes(NAME * 500_000)
    one.tidy(forget=True)
    one.close()
    assert list(tmp_path.iterdir()) == []


def test_rows_that_cannot_be_found_to_be_deleted_are_forgotten_all_the_same(tmp_path: Path):
    filled(tmp_path, 300)
    one = cache(tmp_path)
    one.put("text", "2", NAME)
    one.close()
    file = tmp_path / FILE
    at = file.read_bytes().index(NAME)
    page = at // PAGE * PAGE
    data = bytearray(file.read_bytes())
    data[page : page + PAGE] = data[page : page + PAGE].replace(
        b"text", b"zzzz"
    )  # out of order, and else whole
    file.write_bytes(data)
    other = cache(tmp_path)
    other.tidy(forget=True)
    other.close()
    assert NAME not in bytes_below(tmp_path)


def test_what_cannot_be_deleted_is_said(tmp_path: Path):
    (tmp_path / ASIDE).mkdir()
    said: list[str] = []
    one = cache(tmp_path, said)
    one.tidy(forget=True)
    one.close()
    assert len(said) == 1
    assert said[0].startswith(f"{tmp_path / ASIDE} may hold what somebody took back")


# ---- damage

Harm = Callable[[bytes], bytes]
HARMS: dict[str, Harm] = {
    "zeros": lambda page: bytes(PAGE),
    "noise": lambda page: bytes((number * 167 + 13) % 256 for number in range(PAGE)),
    "turned": lambda page: bytes(255 - byte for byte in page),
    "a few": lambda page: page[:3] + b"\xff\xff" + page[5:90] + b"\xfe" * 40 + page[130:],
    "letters": lambda page: page.replace(b"text", b"te\xff\xfe"),
}


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The bytes of a cache with values of all sizes, on some forty pages."""
    folder = tmp_path_factory.mktemp("whole")
    one = cache(folder)
    for number in range(300):
        one.put("text", str(number), b"words %d " % number * 30)
    one.put("picture-data", "p", b"colours" * 3000)
    one.close()
    return (folder / FILE).read_bytes()


@pytest.mark.parametrize("harm", HARMS.values(), ids=HARMS.keys())
@pytest.mark.parametrize("printed", [False, True])
@pytest.mark.parametrize("forget", [False, True])
def test_no_damaged_page_stands_in_the_way(
    harm: Harm, printed: bool, forget: bool, whole: bytes, tmp_path: Path
):
    for number in range(len(whole) // PAGE):
        folder = tmp_path / str(number)
        folder.mkdir()
        at = number * PAGE
        (folder / FILE).write_bytes(whole[:at] + harm(whole[at : at + PAGE]) + whole[at + PAGE :])
        said: list[str] = []
        one = cache(folder, said)
        found = one.get_all("text", map(str, range(300)))
        assert all(value == b"words %d " % int(key) * 30 for key, value in found.items())
        assert one.get("picture-data", "p") in (b"colours" * 3000, None)
        one.put("text", "new", b"x")
        one.flush()
        one.tidy(forget=forget, printed=printed)
        assert one.get("text", "new") in (b"x", None)
        one.close()
        assert len(said) <= 1
        again = cache(folder, said)
        again.put("text", "newer", b"y")
        again.close()
        later = cache(folder, said)
        assert later.get("text", "newer") == b"y"
        later.close()
        assert len(said) <= 1


def test_a_forked_process_finds_what_was_flushed(tmp_path: Path):
    one = cache(tmp_path)
    one.put("text", "a", b"x")
    one.flush()
    child = os.fork()
    if child == 0:
        os._exit(0 if one.get("text", "a") == b"x" else 1)
    assert os.waitpid(child, 0)[1] == 0
    assert one.get("text", "a") == b"x"
