"""Exports of many shapes, read through the one door: what is taken for what, and what is refused."""

import csv
import io
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.core import RolemapError
from pipeline.postings import Vacancy, load_vacancies, parse_columns, read_uploads
from pipeline.postings.cleaning import clean_text
from pipeline.postings.column_memory import remember_columns
from pipeline.postings.dates import read_dates
from pipeline.postings.encodings import decode
from tests.sample_files import write_files

TUNER = "You tune and repair concert pianos in three halls. Experience with actions and a driving licence are required."
BAKER = "You bake sourdough bread at night and train two apprentices. A completed apprenticeship is wanted."


def table(*rows: tuple[str, ...], delimiter: str = ",", encoding: str = "utf-8", above: str = "") -> bytes:
    out = io.StringIO()
    out.write(above)
    csv.writer(out, delimiter=delimiter).writerows(rows)
    return out.getvalue().encode(encoding)


def read_one(name: str, data: bytes | Any) -> dict[str | None, Vacancy]:
    raw = data if isinstance(data, bytes) else json.dumps(data).encode()
    corpus = read_uploads([(name, raw)])
    assert not corpus.skipped, corpus.skipped
    return {vacancy.title: vacancy for vacancy in corpus.vacancies}


SHAPES: dict[str, tuple[str, Any]] = {
    "a wrapper": ("a.json", {"ok": True, "tags": ["x"], "data": {"list": [{"title": "Piano Tuner", "body": TUNER}]}}),
    "companies with their jobs": ("a.json", [{"company": "Odal", "jobs": [{"role": "Piano Tuner", "text": TUNER}]}]),
    "records by key": (
        "a.json",
        {"7": {"title": "Piano Tuner", "text": TUNER}, "8": {"title": "Baker", "text": BAKER}},
    ),
    "columns by key": (
        "a.json",
        {"title": {"0": "Piano Tuner", "1": "Baker"}, "description": {"0": TUNER, "1": BAKER}},
    ),
    "cells under a header": ("a.json", {"values": [["Job title", "Advert text"], ["Piano Tuner", TUNER]]}),
    "a line each": ("a.ndjson", "\n".join([json.dumps({"job": {"jobTitle": "Piano Tuner", "text": TUNER}})]).encode()),
    "a feed": (
        "a.rss",
        f"<rss><channel><title>Jobs</title><item><title>Piano Tuner</title><description><![CDATA[<p>{TUNER}</p>]]>"
        f"</description></item><item><title>Baker</title><description>{BAKER}</description></item></channel></rss>".encode(),
    ),
    "the Lever shape": (
        "a.json",
        [
            {
                "text": "Piano Tuner",
                "hostedUrl": "https://example.com/1",
                "categories": {"location": "Linz"},
                "descriptionPlain": "Odal tunes.",
                "lists": [{"text": "Tasks", "content": f"<li>{TUNER}</li>"}],
            }
        ],
    ),
}


@pytest.mark.parametrize("shape", SHAPES)
def test_postings_are_found_wherever_they_stand(shape: str) -> None:
    name, data = SHAPES[shape]
    assert "concert pianos" in read_one(name, data)["Piano Tuner"].text


LANGUAGES = {
    "German": (("Stellentitel", "Unternehmen", "Arbeitsort", "Stellenbeschreibung"), "cp1252", "Köln", "für Flügel"),
    "Polish": (("Stanowisko", "Pracodawca", "Miejsce pracy", "Opis stanowiska"), "cp1250", "Łódź", "żółty świt"),
    "French": (("Intitulé du poste", "Entreprise", "Lieu", "Descriptif"), "iso8859-15", "Orléans", "cœur, 20 €"),
    "Czech": (("Název pozice", "Společnost", "Místo", "Popis práce"), "cp1250", "Plzeň", "řidičský průkaz"),
    "Russian": (("Вакансия", "Компания", "Город", "Описание"), "cp1251", "Казань", "опыт и права"),
    "Spanish": (("Puesto", "Empresa", "Ubicación", "Descripción"), "mac_roman", "Cádiz", "años de fábrica"),
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_columns_and_code_pages_of_europe_are_told_apart(language: str) -> None:
    header, encoding, place, words = LANGUAGES[language]
    data = table(header, ("Tuner", "Odal", place, f"{words} {TUNER}"), delimiter=";", encoding=encoding)
    vacancy = read_one("stellen.csv", data)["Tuner"]
    assert (vacancy.company, vacancy.location) == ("Odal", place)
    assert words in vacancy.text


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "gb18030"])
@pytest.mark.parametrize("delimiter", ["\t", "|", ";"])
def test_any_delimiter_and_mark_will_do(encoding: str, delimiter: str) -> None:
    rows = (("title", "description", "company"), ("焊工", "焊接压力管道，通过考试，要求三年经验。", "布伦马克"))
    assert read_one("a.csv", table(*rows, delimiter=delimiter, encoding=encoding))["焊工"].company == "布伦马克"


def test_lines_above_the_header_give_the_day_from_which_relative_dates_count() -> None:
    rows = (("Stelle", "Firma", "Eingestellt", "Text"), ("Tuner", "Odal", "vor 3 Tagen", TUNER))
    vacancy = read_one("a.csv", table(*rows, above="Export vom 10.05.2026\n\n"))["Tuner"]
    assert vacancy.posted_on == date(2026, 5, 7)


def test_one_column_has_one_order_of_day_and_month() -> None:
    assert read_dates(["3/4/2026", "3/17/2026"]) == [date(2026, 3, 4), date(2026, 3, 17)]
    assert read_dates(["3/4/2026", "17/3/2026"]) == [date(2026, 4, 3), date(2026, 3, 17)]
    assert read_dates(["3/4/2026", "5/6/2026"]) == [None, None]
    assert read_dates(["17/3/2026", "3/17/2026", "3/4/2026"]) == [date(2026, 3, 17), date(2026, 3, 17), None]


@pytest.mark.parametrize(
    "text",
    [
        "1777680000",
        "1.77768E+12",
        "1777680000000000",
        "46144",
        "2 mai 2026",
        "2. Mai 2026",
        "02-May-26",
        "2026年5月2日",
    ],
)
def test_dates_are_read_in_every_usual_form(text: str) -> None:
    assert read_dates([text]) == [date(2026, 5, 2)]


def test_dates_that_cannot_be_placed_are_counted_with_an_example() -> None:
    rows = (("title", "description", "posted"), ("Tuner", TUNER, "30+ days ago"), ("Baker", BAKER, "yesterday"))
    [receipt] = read_uploads([("a.csv", table(*rows))]).receipts
    assert (receipt.dates_unread, receipt.date_example) == (2, "30+ days ago")
    assert "day of the export" in (receipt.date_hint or "")


def test_what_exports_do_to_texts_is_undone() -> None:
    assert clean_text("&amp;lt;p&amp;gt;R&amp;amp;amp;D in Linz&amp;lt;/p&amp;gt;") == "R&D in Linz"
    assert clean_text("**Tasks**\n\n* C\\+\\+ and *Git*") == "Tasks\n- C++ and Git"
    assert clean_text("FlÃ¼gel in drei SÃ¤len â€“ auch nachts") == "Flügel in drei Sälen – auch nachts"
    assert clean_text("List<String> of a < b") == "List<String> of a < b"


def test_text_in_several_columns_is_put_together_and_never_twice() -> None:
    rows = (
        ("title", "company profile", "description", "description_html", "requirements"),
        (
            "Tuner",
            "Odal was founded in 1921 and is proud of it, as anyone will tell.",
            TUNER,
            f"<p>{TUNER}</p>",
            "A good ear.",
        ),
    )
    text = read_one("a.csv", table(*rows))["Tuner"].text
    assert text == f"{TUNER}\n\nA good ear."


OTHERS = {
    "goods": (
        ("sku", "title", "price", "stock", "description"),
        ("A1", "Desk", "99", "4", "A desk of solid walnut with drawers."),
    ),
    "films": (
        ("title", "director", "runtime", "overview"),
        ("Salt", "A. Example", "90", "Three sisters fight over a salt works."),
    ),
    "resumes": (
        ("ID", "Resume", "Category"),
        ("1", f"Summary Tuner with seven years. {TUNER} References on request.", "Music"),
    ),
    "jobs without texts": (("Job Title", "Salary", "Company"), ("Tuner", "30000", "Odal")),
}


@pytest.mark.parametrize("kind", OTHERS)
def test_an_export_of_another_kind_is_refused_with_its_columns_and_what_to_do(kind: str, tmp_path: Path) -> None:
    header, row = OTHERS[kind]
    write_files(tmp_path, {"a.csv": table(header, row, row)})
    with pytest.raises(RolemapError) as refusal:
        load_vacancies(tmp_path / "a.csv")
    assert all(part in str(refusal.value) for part in (", ".join(header), "--columns"))


def test_five_hundred_bad_rows_are_one_line_with_a_count_and_three_examples() -> None:
    rows = [("title", "description"), *[("Tuner", "")] * 500, ("Baker", BAKER)]
    corpus = read_uploads([("a.csv", table(*rows))])
    [skip] = corpus.skipped
    assert skip.count == 500
    assert "500 rows (1, 2, 3, …)" in skip.reason
    assert "description is empty" in skip.reason
    assert len(corpus.vacancies) == 1


def test_ids_made_of_content_stay_when_rows_are_added_on_top() -> None:
    rows = [("title", "description"), ("Tuner", TUNER)]
    more = [rows[0], ("Baker", BAKER), rows[1]]
    before, after = (read_one("a.csv", table(*some))["Tuner"].id for some in (rows, more))
    assert before == after


def test_columns_that_the_user_names_come_before_the_guess_and_are_remembered_for_the_shape(tmp_path: Path) -> None:
    rows = (("A", "B", "C"), ("Tuner", "Odal", TUNER))
    write_files(tmp_path, {"a.csv": table(*rows)})
    columns = parse_columns(["title=A,company=b", "text=C"])
    [vacancy] = load_vacancies(tmp_path, columns=columns).vacancies
    assert (vacancy.title, vacancy.company) == ("Tuner", "Odal")
    with pytest.raises(RolemapError, match=r"has the columns Z.*A, B, C"):
        load_vacancies(tmp_path, columns={"title": ["Z"]})
    remember_columns(tmp_path, ["A", "B", "C"], {"title": ["A"], "company": ["B"], "text": ["C"]})
    [vacancy] = load_vacancies(tmp_path).vacancies
    assert vacancy.company == "Odal"


def test_a_stem_that_many_files_share_is_no_title(tmp_path: Path) -> None:
    text = "We are looking for somebody who tunes pianos, and who is kind."
    write_files(tmp_path, {"one/ad.txt": text, "two/ad.txt": f"{text} Now."})
    assert [v.title for v in load_vacancies(tmp_path).vacancies] == [None, None]


TEXTS = st.sampled_from(["äöüß", "éèàçê", "ñáéíó", "åäö"]).flatmap(lambda own: st.text(f"{own}abc def", min_size=20))


@given(TEXTS, st.sampled_from(["utf-8", "cp1252", "utf-16"]))
def test_western_text_survives_its_encoding(text: str, encoding: str) -> None:
    sentence = f"one {text} two"
    assert decode(sentence.encode(encoding)) == sentence


@pytest.mark.parametrize("name", ["workplace", "work mode", "Arrangement", "Location"])
def test_a_column_of_remote_and_on_site_tells_how_work_is_done_whatever_it_is_called(name: str) -> None:
    rows = (("Role", "Description", name), ("Tuner", TUNER, "Remote"), ("Baker", BAKER, "On-site"))
    vacancy = read_one("a.csv", table(*rows))["Baker"]
    assert (vacancy.fields.get("workplace"), vacancy.location) == ("On-site", None)


@pytest.mark.parametrize("name", ["workplace", "Work location"])
def test_a_column_of_towns_is_the_place_whatever_it_is_called(name: str) -> None:
    rows = (("Role", "Description", name), ("Tuner", TUNER, "Oslo, Norway"), ("Baker", BAKER, "Lyon, France"))
    assert read_one("a.csv", table(*rows))["Baker"].location == "Lyon, France"
