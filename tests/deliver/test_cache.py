"""What was kept is found again, or made again; it is never wrong, and never in the way."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

import pytest

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
    one.close()
    again = cache(tmp_path)
    assert again.get_all("text", map(str, range(5000))) == {}
    assert again.get("text", "new") == b"x"


def test_what_was_taken_back_is_overwritten(tmp_path: Path):
    one = cache(tmp_path)
    one.put("text", "a", b"Astrid Vanterpool" * 50)
    one.put("page", "facts", b"p-1")
    one.close()
    other = cache(tmp_path)
    other.put("text", "b", b"x")
    other.tidy(forget=True)
    other.close()
    assert cache(tmp_path).get("page", "facts") == b"p-1"
    assert b"Vanterpool" not in b"".join(path.read_bytes() for path in tmp_path.iterdir())


def test_a_forked_process_finds_what_was_flushed(tmp_path: Path):
    one = cache(tmp_path)
    one.put("text", "a", b"x")
    one.flush()
    child = os.fork()
    if child == 0:
        os._exit(0 if one.get("text", "a") == b"x" else 1)
    assert os.waitpid(child, 0)[1] == 0
    assert one.get("text", "a") == b"x"
