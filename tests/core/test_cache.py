import logging
import sqlite3
import threading
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.core.cache import ContentCache, content_key


def test_values_come_back_by_kind_and_key_and_outlive_the_process(tmp_path: Path) -> None:
    with ContentCache(tmp_path / "c.sqlite") as cache:
        cache.put_many("one", {"a": b"1", "b": b"22"})
        cache.put_many("two", {"a": b"other"})
    with ContentCache(tmp_path / "c.sqlite") as cache:
        assert cache.get_many("one", ["a", "b", "missing"]) == {"a": b"1", "b": b"22"}
        assert cache.sizes() == {"one": (2, 3), "two": (1, 5)}
        cache.clear()
        assert cache.sizes() == {}


def test_thousands_of_keys_are_read_at_once(tmp_path: Path) -> None:
    values = {f"k{n}": str(n).encode() for n in range(3000)}
    with ContentCache(tmp_path / "c.sqlite") as cache:
        cache.put_many("kind", values)
        assert cache.get_many("kind", values) == values


@given(st.lists(st.text(), max_size=4), st.lists(st.text(), max_size=4))
def test_two_lists_of_parts_share_a_key_only_if_they_are_equal(left: list[str], right: list[str]) -> None:
    assert (content_key(*left) == content_key(*right)) == (left == right)


def test_a_damaged_cache_is_put_aside_and_a_new_one_started(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    (tmp_path / "c.sqlite").write_bytes(b"this is no database" * 100)
    with caplog.at_level(logging.WARNING), ContentCache(tmp_path / "c.sqlite") as cache:
        cache.put_many("kind", {"a": b"1"})
        assert cache.get_many("kind", ["a"]) == {"a": b"1"}
    assert "damaged" in caplog.text
    assert (tmp_path / "c.damaged").exists()


def test_a_cache_that_cannot_be_opened_is_done_without(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    (tmp_path / "file").write_text("")
    with caplog.at_level(logging.WARNING), ContentCache(tmp_path / "file" / "c.sqlite") as cache:
        cache.put_many("kind", {"a": b"1"})
        assert cache.get_many("kind", ["a"]) == {}
        assert cache.sizes() == {}
        cache.clear()
    assert "Working without the cache" in caplog.text


def test_threads_share_a_cache(tmp_path: Path) -> None:
    with ContentCache(tmp_path / "c.sqlite") as cache:

        def write(number: int) -> None:
            for n in range(20):
                cache.put_many("kind", {f"{number}-{n}": b"x"})
                assert cache.get_many("kind", [f"{number}-{n}"])

        threads = [threading.Thread(target=write, args=(number,)) for number in range(6)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert cache.sizes() == {"kind": (120, 120)}


def test_two_processes_worth_of_connections_share_a_file(tmp_path: Path) -> None:
    path = tmp_path / "c.sqlite"
    with ContentCache(path) as one, ContentCache(path) as two:
        one.put_many("kind", {"a": b"1"})
        two.put_many("kind", {"b": b"2"})
        assert one.get_many("kind", ["a", "b"]) == {"a": b"1", "b": b"2"}
    assert sqlite3.connect(path).execute("SELECT COUNT(*) FROM entries").fetchone() == (2,)


def test_what_nobody_has_asked_for_long_enough_goes_and_what_is_asked_for_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = [1_000_000_000.0]
    monkeypatch.setattr("pipeline.core.cache.time.time", lambda: now[0])
    path = tmp_path / "cache.sqlite"
    with ContentCache(path, max_days=10) as cache:
        cache.put_many("kind", {"used": b"1", "unused": b"2"})
    now[0] += 8 * 86_400
    with ContentCache(path, max_days=10) as cache:
        assert cache.get_many("kind", ["used"]) == {"used": b"1"}
    now[0] += 4 * 86_400
    with ContentCache(path, max_days=10) as cache:
        cache.put_many("kind", {"new": b"3"})
    with ContentCache(path, max_days=10) as cache:
        assert cache.get_many("kind", ["used", "unused", "new"]) == {"used": b"1", "new": b"3"}


def test_a_cache_that_grows_too_large_drops_what_was_unused_longest(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = [1_000_000_000.0]
    monkeypatch.setattr("pipeline.core.cache.time.time", lambda: now[0])
    path = tmp_path / "cache.sqlite"
    for number in range(12):
        now[0] += 86_400
        with ContentCache(path, max_mb=1) as cache:
            cache.put_many("kind", {str(number): bytes(100_000)})
    with ContentCache(path, max_mb=1) as cache:
        held = set(cache.get_many("kind", [str(number) for number in range(12)]))
    assert sum(len(key) > 0 for key in held) * 100_000 <= 1_000_000
    assert {"11", "10", "9", "8"} <= held
    assert "0" not in held


def test_a_cache_from_before_there_were_limits_is_used_on(tmp_path: Path) -> None:
    path = tmp_path / "cache.sqlite"
    with closing(sqlite3.connect(path)) as old, old:
        old.execute("CREATE TABLE entries (kind TEXT, key TEXT, value BLOB, PRIMARY KEY (kind, key)) WITHOUT ROWID")
        old.execute("INSERT INTO entries VALUES ('kind', 'old', x'01')")
    with ContentCache(path) as cache:
        cache.put_many("kind", {"new": b"2"})
    with ContentCache(path) as cache:
        assert cache.get_many("kind", ["old", "new"]) == {"old": b"\x01", "new": b"2"}
