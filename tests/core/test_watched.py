import os
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest

from pipeline.core import WatchedFiles


def test_a_value_is_kept_until_one_of_its_files_changes(tmp_path: Path) -> None:
    first, second = tmp_path / "a.txt", tmp_path / "b.txt"
    first.write_text("one")
    second.write_text("two")
    kept: WatchedFiles[list[str]] = WatchedFiles()

    def texts() -> list[str]:
        return kept.get("texts", [first, second], lambda: [first.read_text(), second.read_text()])

    assert texts() is texts()
    second.write_text("three")
    assert texts() == ["one", "three"]
    before = texts()
    os.utime(first, ns=(0, 0))  # the same size at another time
    assert texts() is not before


def test_a_file_that_comes_or_goes_is_a_change(tmp_path: Path) -> None:
    file = tmp_path / "later.txt"
    kept: WatchedFiles[bool] = WatchedFiles()
    assert not kept.get(None, [file], file.exists)
    file.touch()
    assert kept.get(None, [file], file.exists)
    file.unlink()
    assert not kept.get(None, [file], file.exists)


def test_what_counts_beside_the_files_and_a_wish_for_a_fresh_one_make_it_anew() -> None:
    kept: WatchedFiles[object] = WatchedFiles()
    value = kept.get(None, [], object, beside="model a")
    assert kept.get(None, [], object, beside="model a") is value
    other = kept.get(None, [], object, beside="model b")
    assert other is not value
    assert kept.get(None, [], object, beside="model b", refresh=True) is not other


def test_other_files_under_the_same_key_are_another_value(tmp_path: Path) -> None:
    kept: WatchedFiles[object] = WatchedFiles()
    assert kept.get(None, [tmp_path / "a"], object) is not kept.get(None, [tmp_path / "b"], object)


def test_an_error_is_passed_on_and_spoils_nothing() -> None:
    kept: WatchedFiles[str] = WatchedFiles()

    def fail() -> str:
        raise ValueError("broken file")

    with pytest.raises(ValueError, match="broken file"):
        kept.get(None, [], fail)
    assert kept.get(None, [], lambda: "mended") == "mended"
    with pytest.raises(ValueError, match="broken file"):
        kept.get(None, [], fail, refresh=True)
    assert kept.get(None, [], lambda: "again") == "mended"


def test_no_more_than_the_latest_values_are_kept() -> None:
    kept: WatchedFiles[object] = WatchedFiles(most=2)
    values = {key: kept.get(key, [], object) for key in "abc"}
    assert kept.get("c", [], object) is values["c"]
    assert kept.get("b", [], object) is values["b"]
    assert kept.get("a", [], object) is not values["a"]


def test_threads_that_ask_at_once_share_one_value() -> None:
    kept: WatchedFiles[object] = WatchedFiles()
    start = Barrier(8)

    def make() -> object:
        time.sleep(0.02)  # long enough for the others to ask meanwhile
        return object()

    def ask(_: int) -> object:
        start.wait()
        return kept.get(None, [], make)

    with ThreadPoolExecutor(8) as pool:
        assert len({id(value) for value in pool.map(ask, range(8))}) == 1
