import io
import json
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from pipeline import services
from pipeline.core import RolemapError
from pipeline.postings import Vacancy, load_vacancies
from pipeline.services import PostingIndex
from pipeline.services.stored_postings import EXPORT_COLUMNS
from tests.sample_files import ENGINEER, NURSE, write_files

POSTINGS = [
    Vacancy(id="a", title="Baker", company="Brotzeit", location="Köln", text="You bake rye bread at night."),
    Vacancy(id="b", title="Pastry cook", text="You bake tarts. No rye, no night shifts, C++ is not needed."),
    Vacancy(id="c", title="Driver", text="You deliver bread to bakers and fill in C++ forms."),
    Vacancy(id="d", title="調理師", text="パン工場で夜勤の調理師を募集しています。"),
]


@pytest.fixture(scope="module")
def index() -> PostingIndex:
    return PostingIndex(POSTINGS)


@pytest.mark.parametrize(
    ("search", "expected"),
    [
        ("baker", "ac"),  # a title counts for more than a text
        ("bread rye", "a"),
        ('"rye bread"', "a"),
        ("bake -night", "c"),
        ("c++", "cb"),
        ("KOLN", "a"),
        ("deliv", "c"),  # no whole word, so the beginning of one
        ("夜勤", "d"),  # no blanks, so letters anywhere
        ("zeppelin", ""),
        ('"', ""),
        ("* OR ) NEAR", ""),
        ("", ""),
        ("-bread", ""),
    ],
)
def test_postings_are_found_by_words_phrases_beginnings_and_letters(
    index: PostingIndex, search: str, expected: str
) -> None:
    assert index.search(search) == list(expected)


def test_what_is_set_aside_counts_nowhere_until_it_is_brought_back(workspace: Path) -> None:
    folder = workspace / "vacancies"
    write_files(folder, {"nurse.txt": NURSE, "engineer.txt": ENGINEER})
    before = services.corpus_state()
    services.set_aside(["nurse.txt"])
    assert [vacancy.id for vacancy in load_vacancies(folder).vacancies] == ["engineer.txt"]
    assert services.corpus_state() != before
    services.set_aside(["engineer.txt"])
    with pytest.raises(RolemapError, match="was set aside"):
        load_vacancies(folder)
    services.bring_back(["nurse.txt"])
    assert services.postings_set_aside() == ["engineer.txt"]
    assert [vacancy.id for vacancy in services.read_corpus().vacancies] == ["nurse.txt"]
    assert (folder / "engineer.txt").read_text() == ENGINEER


@pytest.mark.parametrize("content", ["{", '{"a": 1}', "[1]"])
def test_a_broken_list_of_what_was_set_aside_is_named(workspace: Path, content: str) -> None:
    write_files(workspace / "vacancies", {"nurse.txt": NURSE, ".set-aside.json": content})
    with pytest.raises(RolemapError, match="set-aside"):
        services.read_corpus()


@pytest.mark.parametrize("kind", ["csv", "xlsx", "jsonl"])
def test_what_is_taken_away_can_be_read_again(workspace: Path, kind: services.ExportFormat) -> None:
    hostile = Vacancy(id="e", title='=HYPERLINK("http://192.0.2.1")', text="You calculate wages and taxes. " * 2)
    stored = [*POSTINGS[:3], hostile]
    data = services.export_postings(stored, services.facts_of_stored(stored, None), {}, kind)
    read = services.read_uploaded([(f"postings.{kind}", data)])
    assert not read.skipped
    assert {v.id: v.text.strip() for v in read.vacancies} == {v.id: v.text.strip() for v in stored}
    assert next(v for v in read.vacancies if v.id == "a").company == "Brotzeit"


def test_a_workbook_has_a_table_and_no_cell_that_runs() -> None:
    hostile = Vacancy(id="e", title="=1+1", text="x" * 40_000)
    assert services.too_long_for_a_cell([hostile]) == 1
    data = services.export_postings([hostile], services.facts_of_stored([hostile], None), {}, "xlsx")
    heads, row = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python()
    assert tuple(heads) == EXPORT_COLUMNS
    assert row[1] == "=1+1"
    assert len(str(row[-1])) == services.CELL_LIMIT


def test_rows_of_json_hold_only_what_is_known() -> None:
    [line] = services.export_postings(
        POSTINGS[2:3], services.facts_of_stored(POSTINGS[2:3], None), {}, "jsonl"
    ).splitlines()
    assert set(json.loads(line)) >= {"id", "title", "text"}
    assert "company" not in json.loads(line)
