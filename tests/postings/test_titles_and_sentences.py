import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.postings.boilerplate import find_boilerplate, own_text
from pipeline.postings.sentences import MAX_SHOWN, sentence_at, sentence_starts, shown_sentence
from pipeline.postings.titles import clean_title, title_segments
from pipeline.postings.vacancy import Vacancy


@pytest.mark.parametrize(
    ("title", "role"),
    [
        ("Senior Data Engineer", "Data Engineer"),
        ("Data Engineer III (m/f/d) | Berlin | Remote", "Data Engineer"),
        ("REQ-20391: Staff Nurse, Night Shift", "Staff Nurse"),
        ("Staff Nurse", "Staff Nurse"),
        ("Lead Analyst - $90k-110k", "Analyst"),
        ("C++ Developer", "C++ Developer"),
        ("Software Engineer C++", "Software Engineer C++"),
        ("Senior", "Senior"),
        ("", ""),
    ],
)
def test_a_cleaned_title_names_the_role(title: str, role: str) -> None:
    assert clean_title(title) == role


@given(st.text(max_size=60))
def test_a_cleaned_title_is_one_line_and_never_less_than_the_title_was(title: str) -> None:
    cleaned = clean_title(title)
    assert cleaned == " ".join(cleaned.split())
    assert bool(cleaned) == bool(title.split())
    assert all(any(c.isalpha() for c in segment) for segment in title_segments(title))


def test_sentences_end_at_stops_lines_and_bullets_but_not_in_names() -> None:
    text = "We use Node.js, e.g. Express 3.5. You know Python.\n• Triage • Records"
    starts = sentence_starts(text)
    pieces = [text[a:b].strip() for a, b in zip(starts, [*starts[1:], len(text)], strict=True)]
    assert [piece.strip("• ") for piece in pieces if piece.strip("• ")] == [
        *("We use Node.js, e.g. Express 3.5.", "You know Python.", "Triage", "Records"),
    ]


@given(st.text(alphabet="aB .\n•!", max_size=60), st.data())
def test_every_position_lies_in_the_sentence_found_for_it(text: str, data: st.DataObject) -> None:
    if text:
        position = data.draw(st.integers(0, len(text) - 1))
        sentence = sentence_at(text, sentence_starts(text), position)
        assert text[position] in sentence
        assert sentence in text


@given(st.integers(0, 80), st.integers(0, 80))
def test_a_long_sentence_is_cut_around_its_keyword(before: int, after: int) -> None:
    shown = shown_sentence("word " * before + "Kafka" + " tail" * after, "Kafka")
    assert "Kafka" in shown
    assert len(shown) <= MAX_SHOWN + 4


def test_what_recurs_over_roles_is_boilerplate_and_what_one_role_has_in_common_is_not() -> None:
    about = "Glenorlagh is an equal opportunity employer."
    triage = "You triage patients as they arrive."
    vacancies = [
        Vacancy(id=str(i), title=title, text=f"{about}\n{triage if title == 'Nurse' else f'You do task {title}.'}")
        for i, title in enumerate(["Nurse", "Nurse", "Nurse", "Porter", "Cook"])
    ]
    boilerplate = find_boilerplate(vacancies)
    assert own_text(vacancies[0].text, boilerplate) == triage
    assert own_text(about, boilerplate) == about


@pytest.mark.parametrize(
    ("title", "role"),
    [
        ("Softwareentwickler:in (m/w/d) in Vollzeit", "Softwareentwickler in"),
        ("Krankenpfleger*in | ab sofort", "Krankenpfleger"),
        ("Kaufmann/-frau im Einzelhandel", "Kaufmann im Einzelhandel"),
        ("Infirmier/ère H/F - CDI", "Infirmier"),
        ("Starszy magazynier", "magazynier"),
        ("Dental Assistant", "Dental Assistant"),
        ("Assistant Manager", "Manager"),
        ("Stage Manager", "Stage Manager"),
        ("Data Analyst, Austin", "Data Analyst"),
    ],
)
def test_a_title_in_another_language_is_cleaned_and_an_assistant_by_trade_stays_one(title: str, role: str) -> None:
    assert clean_title(title) == role


def test_a_short_posting_is_read_without_the_pages_that_stand_around_it() -> None:
    about = "We are a leading provider of solutions in twelve countries. " * 10
    jobs = [
        "You repair lifts in offices all over Leeds, with a van of your own and a phone, and on call on Sundays.",
        "You cook for ninety guests every evening, from menus that you write with the team on each Monday morning.",
        "You drive parcels through the old town by bicycle, in all weathers, and bring back what nobody was in for.",
    ]
    vacancies = [Vacancy(id=str(i), title=f"Job {i}x", text=f"{about}\n{job}") for i, job in enumerate(jobs)]
    assert [own_text(v.text, find_boilerplate(vacancies)) for v in vacancies] == jobs
