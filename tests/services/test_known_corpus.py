from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.core import ContentCache, ignore_progress
from pipeline.postings import MEMORY_NAME, write_set_aside
from pipeline.services import known_corpus
from pipeline.services.known_corpus import StoredCorpus
from tests.sample_files import NURSE, write_files

ROWS = b'{"id": "a", "title": "Welder", "text": "You weld pipes of steel in our yard by the harbour."}\n'


@pytest.fixture
def cache(tmp_path: Path) -> Iterator[ContentCache]:
    with ContentCache(tmp_path / "cache.sqlite") as opened:
        yield opened


def stored(folder: Path, cache: ContentCache) -> StoredCorpus:
    return StoredCorpus(folder, None, cache, ignore_progress)


def is_read(corpus: StoredCorpus) -> bool:
    return "corpus" in vars(corpus)


def test_files_that_have_not_changed_are_known_without_being_read(tmp_path: Path, cache: ContentCache) -> None:
    folder = tmp_path / "ads"
    write_files(folder, {"a.txt": NURSE, "rows.jsonl": ROWS})
    first, again = stored(folder, cache), stored(folder, cache)
    assert first.summary == again.summary
    assert (is_read(first), is_read(again)) == (True, False)
    assert again.summary.size == len(again.corpus.vacancies) == 2
    assert again.summary.digest == again.corpus.digest


@pytest.mark.parametrize(
    "change", ["another text", "another name", "one more", "one less", "columns remembered", "set aside"]
)
def test_whatever_changes_what_is_read_is_noticed(change: str, tmp_path: Path, cache: ContentCache) -> None:
    folder = tmp_path / "ads"
    write_files(folder, {"a.txt": NURSE, "rows.jsonl": ROWS})
    assert stored(folder, cache).summary.size == 2
    if change == "another text":
        write_files(folder, {"rows.jsonl": ROWS.replace(b"harbour", b"station")})
    elif change == "another name":
        (folder / "a.txt").rename(folder / "b.txt")
    elif change == "one more":
        write_files(folder, {"c.txt": NURSE.replace("ward", "unit")})
    elif change == "one less":
        (folder / "a.txt").unlink()
    elif change == "set aside":
        write_set_aside(folder, ["a"])
    else:
        write_files(folder, {MEMORY_NAME: b"[]"})
    changed = stored(folder, cache)
    assert changed.summary.digest == changed.corpus.digest
    assert is_read(changed)


def test_files_that_have_not_changed_are_parsed_once(
    tmp_path: Path, cache: ContentCache, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "ads"
    write_files(folder, {"a.txt": NURSE, "rows.jsonl": ROWS, "b.txt": NURSE, "none.csv": b"x\n1\n"})
    first = stored(folder, cache).corpus
    monkeypatch.setattr(known_corpus, "load_vacancies", None)
    again = stored(folder, cache).corpus
    assert again == first
    assert again.receipts == first.receipts
    assert again.digest == first.digest
