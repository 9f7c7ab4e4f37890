import csv
import io
import json
import random
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as arrow
import pyarrow.parquet as parquet
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.core import ContentCache, RolemapError
from pipeline.postings import intake
from pipeline.postings.column_memory import remember_columns
from pipeline.postings.tables import Table, find_tables
from pipeline.postings.vacancies import load_vacancies, read_uploads
from pipeline.postings.vacancy import Corpus
from tests.sample_files import ENGINEER, NURSE, encrypted_pdf, pdf, word, write_files

ROWS: list[dict[str, Any]] = [
    {
        "id": "n1",
        "title": "Staff Nurse",
        "text": "Ward 4 needs a nurse.",
        "company": "Glenorlagh",
        "location": "Inverness",
        "url": "https://example.com/n1",
        "posted_on": "2026-03-01",
    },
    {"id": "e1", "title": "Data Engineer", "text": "SQL and Airflow.", "posted_on": "2026-04-02T10:00:00"},
]


def as_csv(rows: list[dict[str, Any]]) -> bytes:
    out = io.StringIO()
    writer = csv.DictWriter(out, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode()


def as_parquet(rows: list[dict[str, Any]]) -> bytes:
    out = io.BytesIO()
    parquet.write_table(arrow.Table.from_pylist(rows), out)
    return out.getvalue()


def as_json_lines(rows: list[dict[str, Any]]) -> bytes:
    return "\n".join(json.dumps(row, ensure_ascii=False) for row in rows).encode()


FORMATS = {
    "jsonl": as_json_lines(ROWS),
    "json": json.dumps(ROWS).encode(),
    "csv": as_csv(ROWS),
    "parquet": as_parquet(ROWS),
}


def reasons(corpus: Corpus) -> dict[str, str]:
    return {skip.id: skip.reason for skip in corpus.skipped}


@pytest.mark.parametrize("suffix", FORMATS)
def test_rows_are_read_with_their_fields_from_every_format(suffix: str) -> None:
    nurse = {v.id: v for v in read_uploads([(f"rows.{suffix}", FORMATS[suffix])]).vacancies}["n1"]
    assert (nurse.title, nurse.company, nurse.location) == ("Staff Nurse", "Glenorlagh", "Inverness")
    assert (nurse.text, nurse.url) == ("Ward 4 needs a nurse.", "https://example.com/n1")
    assert (nurse.posted_on, nurse.source) == (date(2026, 3, 1), f"rows.{suffix}")


@pytest.mark.parametrize("suffix", FORMATS)
def test_a_time_after_the_date_does_not_matter(suffix: str) -> None:
    engineer = {v.id: v for v in read_uploads([(f"rows.{suffix}", FORMATS[suffix])]).vacancies}["e1"]
    assert engineer.posted_on == date(2026, 4, 2)


def test_a_folder_is_searched_recursively_and_ids_are_relative_paths(tmp_path: Path) -> None:
    write_files(
        tmp_path,
        {
            "a.txt": NURSE,
            "deep/er/b.md": ENGINEER,
            "c.docx": word("Ward Sister", "You lead a ward."),
            "d.pdf": pdf("Theatre Nurse\nYou prepare the theatre."),
            "rows.jsonl": as_json_lines([{"text": "Backend work in Go."}, ROWS[0]]),
        },
    )
    corpus = load_vacancies(tmp_path)
    assert [v.id for v in corpus.vacancies][:-1] == ["a.txt", "c.docx", "d.pdf", "deep/er/b.md", "n1"]
    assert corpus.vacancies[-1].source == "rows.jsonl"
    assert corpus.skipped == ()


def test_one_file_is_read_as_a_folder_of_one(tmp_path: Path) -> None:
    write_files(tmp_path, {"a.txt": NURSE, "b.txt": ENGINEER})
    assert [v.id for v in load_vacancies(tmp_path / "a.txt").vacancies] == ["a.txt"]


def test_readme_license_and_hidden_files_are_no_postings(tmp_path: Path) -> None:
    write_files(tmp_path, {"README.md": "About.", "x/LICENSE": "MIT", ".git/a.txt": "a b", "a.txt": NURSE})
    corpus = load_vacancies(tmp_path)
    assert [v.id for v in corpus.vacancies] + [s.id for s in corpus.skipped] == ["a.txt"]


def test_what_cannot_be_read_is_named_while_the_rest_goes_on(tmp_path: Path) -> None:
    write_files(
        tmp_path,
        {
            "a.txt": NURSE,
            "empty.md": b"",
            "fake.pdf": "plain text",
            "locked.pdf": encrypted_pdf("Nurse"),
            "notes.pages": "Nurse",
            "rows.jsonl": '{"text": "Go backend work."}\nnot json\n[1]\n{"title": "No text"}\n',
            "rows.parquet": b"PAR1 no parquet PAR1",
        },
    )
    corpus = load_vacancies(tmp_path)
    assert [v.source for v in corpus.vacancies] == ["a.txt", "rows.jsonl"]
    named = reasons(corpus)
    assert list(named) == [
        *("empty.md", "fake.pdf", "locked.pdf", "notes.pages", "rows.jsonl#2", "rows.jsonl#3", "rows.jsonl#4"),
        "rows.parquet",
    ]
    assert "encrypted" in named["locked.pdf"]
    assert "not JSON" in named["rows.jsonl#2"]
    assert "no text" in named["rows.jsonl#4"]


def test_an_id_seen_before_is_a_repeat_with_the_same_text_and_gets_one_of_its_own_with_another(tmp_path: Path) -> None:
    write_files(
        tmp_path,
        {"1.jsonl": as_json_lines(ROWS), "2.jsonl": as_json_lines([{"id": "n1", "text": "Another nurse."}, ROWS[1]])},
    )
    corpus = load_vacancies(tmp_path)
    first, second, third = corpus.vacancies
    assert (first.id, second.id) == ("e1", "n1")
    assert third.id.startswith("n1-")
    assert (third.text, third.source) == ("Another nurse.", "2.jsonl")
    assert [r.renamed_examples for r in corpus.receipts] == [[], ["n1"]]
    [skip] = corpus.skipped
    assert "e1" in skip.id
    assert "2.jsonl" in skip.id
    assert "1.jsonl" in skip.reason


def test_a_title_is_the_first_line_where_it_reads_like_one_else_the_stem_else_none(tmp_path: Path) -> None:
    write_files(
        tmp_path,
        {
            "front.md": "---\ntitle: Ward Sister\n---\n# Join our family\n\nText.",
            "line.txt": NURSE,
            "stem.txt": "We are hiring nurses for our ward in Norwich.\n\nText.",
            "rows.jsonl": as_json_lines([{"text": "we are hiring nurses for our ward."}]),
        },
    )
    titles = {v.source: v.title for v in load_vacancies(tmp_path).vacancies}
    assert titles == {"front.md": "Ward Sister", "line.txt": "Staff Nurse", "stem.txt": "stem", "rows.jsonl": None}


def test_company_place_and_date_are_read_from_the_line_under_the_title(tmp_path: Path) -> None:
    write_files(tmp_path, {"a.txt": "Staff Nurse\nGlenorlagh | Inverness | Posted 2026-03-01\n\nWard 4."})
    [vacancy] = load_vacancies(tmp_path).vacancies
    assert (vacancy.company, vacancy.location, vacancy.posted_on) == ("Glenorlagh", "Inverness", date(2026, 3, 1))


def test_html_in_a_row_becomes_text() -> None:
    rows = as_json_lines([{"text": "<p>Ward 4</p><ul><li>Triage</li></ul>"}])
    [vacancy] = read_uploads([("rows.jsonl", rows)]).vacancies
    assert vacancy.text == "Ward 4\n- Triage"


def test_a_row_of_nothing_but_tags_has_no_text() -> None:
    corpus = read_uploads([("rows.jsonl", as_json_lines([{"text": "<p></p>"}, {"text": "Ward 4 needs a nurse."}]))])
    assert [v.text for v in corpus.vacancies] == ["Ward 4 needs a nurse."]
    assert list(reasons(corpus)) == ["rows.jsonl#1"]


def test_a_missing_place_and_an_empty_one_are_told_apart(tmp_path: Path) -> None:
    with pytest.raises(RolemapError, match="There is no folder or file"):
        load_vacancies(tmp_path / "none")
    with pytest.raises(RolemapError, match="holds no postings"):
        load_vacancies(tmp_path)
    write_files(tmp_path, {"a.txt": b""})
    with pytest.raises(RolemapError, match=r"a\.txt: it is empty"):
        load_vacancies(tmp_path)


def test_the_same_postings_give_the_same_digest_whatever_the_order_of_files_and_rows(tmp_path: Path) -> None:
    rows = [{"id": f"r{i}", "title": "Nurse", "text": f"Ward {i} needs a nurse."} for i in range(20)]
    names = random.Random(1).sample(range(10), 10)
    one = write_files(tmp_path / "one", {f"{n}.txt": f"{NURSE} Ward {n}." for n in range(10)})
    two = write_files(tmp_path / "two", {f"{n}.txt": f"{NURSE} Ward {n}." for n in names})
    write_files(one, {"rows.jsonl": as_json_lines(rows)})
    write_files(two, {"rows.jsonl": as_json_lines(rows[::-1])})
    assert load_vacancies(one).digest == load_vacancies(two).digest


def test_the_digest_changes_with_a_text_a_field_or_a_skip(tmp_path: Path) -> None:
    variants: list[dict[str, str | bytes]] = [
        {"a.txt": NURSE},
        {"a.txt": NURSE + "!"},
        {"b.txt": NURSE},
        {"a.txt": NURSE, "b.txt": b""},
        {"a.txt": f"---\ncompany: X\n---\n{NURSE}"},
    ]
    digests = {load_vacancies(write_files(tmp_path / str(i), f)).digest for i, f in enumerate(variants)}
    assert len(digests) == len(variants)


def test_a_file_name_in_another_encoding_can_be_read_and_digested(tmp_path: Path) -> None:
    name = b"caf\xe9.txt".decode("utf-8", "surrogateescape")
    try:
        (tmp_path / name).write_text(NURSE)
    except (OSError, UnicodeError):
        pytest.skip("this file system takes UTF-8 names only")
    corpus = load_vacancies(tmp_path)
    assert corpus.digest
    assert len(corpus.vacancies) + len(corpus.skipped) == 1


def test_a_link_that_leads_nowhere_is_named(tmp_path: Path) -> None:
    write_files(tmp_path, {"a.txt": NURSE})
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nowhere.txt")
    assert list(reasons(load_vacancies(tmp_path))) == ["gone.txt"]


def test_costly_formats_come_from_the_cache_the_second_time(tmp_path: Path) -> None:
    write_files(tmp_path / "in", {"a.pdf": pdf("Theatre Nurse\nYou prepare."), "b.docx": word("Nurse", "Ward.")})
    with ContentCache(tmp_path / "cache.sqlite") as cache:
        first = load_vacancies(tmp_path / "in", cache=cache)
        assert [count for count, _ in cache.sizes().values()] == [2]
        assert load_vacancies(tmp_path / "in", cache=cache) == first
        assert [count for count, _ in cache.sizes().values()] == [2]


VALUES = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.text(), st.lists(st.text(), max_size=2), st.just("\ud800")
)
KEYS = st.sampled_from(["title", "text", "description", "company", "posted_on", "url", "odd"])


@given(st.lists(st.dictionaries(KEYS, VALUES, max_size=5), max_size=6))
def test_every_row_is_a_posting_or_named_as_skipped(rows: list[dict[str, Any]]) -> None:
    corpus = read_uploads([("rows.json", json.dumps(rows).encode())])
    left_out = sum(skip.count for skip in corpus.skipped)
    if any(skip.count == 1 and skip.id == "rows.json" for skip in corpus.skipped):
        assert not corpus.vacancies  # the file as a whole is refused
    else:
        assert len(corpus.vacancies) + left_out == len(rows)
    assert all(any(character.isalnum() for character in vacancy.text) for vacancy in corpus.vacancies)
    assert corpus.digest


@given(st.binary(max_size=120), st.sampled_from(["jsonl", "json", "csv", "parquet"]))
def test_any_bytes_as_a_file_of_rows_are_read_or_skipped(data: bytes, suffix: str) -> None:
    corpus = read_uploads([(f"rows.{suffix}", data)])
    assert all(skip.reason for skip in corpus.skipped)


def test_rows_of_a_known_file_are_not_parsed_again_and_meet_those_of_new_ones_alike(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    others = [ROWS[0], ROWS[1] | {"text": "Kafka and Spark."}, {"id": "x", "title": "Cook", "text": ""}]
    write_files(tmp_path / "ads", {"b.jsonl": as_json_lines(ROWS), "c.csv": as_csv([ROWS[0], ROWS[0]])})
    with ContentCache(tmp_path / "c.sqlite") as cache:
        load_vacancies(tmp_path / "ads", cache=cache)
        write_files(tmp_path / "ads", {"a.jsonl": as_json_lines(others)})
        parsed: list[int] = []

        def counted(tree: Any, *others: Any) -> list[Table]:
            parsed.append(len(tree))
            return find_tables(tree, *others)

        monkeypatch.setattr(intake, "find_tables", counted)
        kept = load_vacancies(tmp_path / "ads", cache=cache)
        assert len(parsed) == 1
        assert kept == load_vacancies(tmp_path / "ads")
    assert [receipt.postings for receipt in kept.receipts] == [2, 1, 0]
    assert [(receipt.repeats, receipt.renamed) for receipt in kept.receipts] == [(0, 0), (1, 1), (2, 0)]


def test_rows_are_parsed_anew_where_what_is_remembered_of_columns_changes(tmp_path: Path) -> None:
    rows = [{"Title": "Cook", "Duties": "You cook soup for our guests.", "Offer": "We offer a bed and a bowl of soup."}]
    write_files(tmp_path / "ads", {"a.jsonl": as_json_lines(rows * 2)})
    with ContentCache(tmp_path / "c.sqlite") as cache:
        before = load_vacancies(tmp_path / "ads", cache=cache)
        remember_columns(tmp_path / "ads", list(rows[0]), {"title": ["Title"], "text": ["Offer"]})
        after = load_vacancies(tmp_path / "ads", cache=cache)
    assert "cook soup" in before.vacancies[0].text
    assert after.vacancies[0].text == rows[0]["Offer"]
