"""A file of rows is parsed once: later steps and later runs take its copy, until the file is another."""

import os
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.engine import FilePart, find_parts, parts
from pipeline.postings import Corpus, Skip, Vacancy, pack_corpus, unpack_corpus
from tests.engine.conftest import write_ads

words = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
vacancies = st.builds(
    Vacancy,
    id=words,
    text=words,
    title=st.none() | words,
    company=st.none() | words,
    posted_on=st.none() | st.dates(date(1900, 1, 1)),
    fields=st.dictionaries(words, words, max_size=2),
)
skips = st.builds(Skip, id=words, reason=words, count=st.integers(1, 9))


@given(st.lists(vacancies, max_size=3), st.lists(skips, max_size=2))
def test_a_copy_says_what_was_read(read: list[Vacancy], skipped: list[Skip]) -> None:
    corpus = Corpus(tuple(read), tuple(skipped))
    assert unpack_corpus(pack_corpus(corpus)) == corpus


@pytest.fixture
def part(workspace: Path) -> FilePart:
    return find_parts(str(write_ads(workspace / "ads", 20, 1)))[0][0]


def test_a_file_is_parsed_once_and_anew_when_it_has_changed(part: FilePart, monkeypatch: pytest.MonkeyPatch) -> None:
    parsed: list[str] = []
    real = parts._parsed

    def noted(address: str, name: str) -> Corpus:
        parsed.append(name)
        return real(address, name)

    monkeypatch.setattr(parts, "_parsed", noted)
    first = part.read()
    assert part.read() == first
    assert parsed == ["part-000.jsonl"]
    path = Path(part.address.removeprefix("file://"))
    path.write_text(path.read_text().replace("Welder", "Fitter"))
    os.utime(path, (1, 1))
    assert "Fitter" in {vacancy.title for vacancy in part.read().vacancies}
    assert len(parsed) == 2


def test_a_file_that_went_away_is_named_although_there_was_a_copy(part: FilePart) -> None:
    part.read()
    Path(part.address.removeprefix("file://")).unlink()
    assert [skip.id for skip in part.read().skipped] == ["part-000.jsonl"]


def test_without_a_cache_files_are_read_all_the_same(part: FilePart, workspace: Path) -> None:
    (workspace / "output").mkdir(exist_ok=True)
    (workspace / "output/cache").write_text("a file where the folder should be")
    assert len(part.read().vacancies) == 20
