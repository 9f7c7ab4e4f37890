from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from pipeline.postings.duplicates import find_duplicates
from pipeline.postings.vacancy import Vacancy
from tests.sample_files import ENGINEER, NURSE

LONG = " ".join(f"duty{n} of the ward and its patients" for n in range(40))


def vacancy(name: str, text: str, title: str = "Staff Nurse", posted_on: date | None = None) -> Vacancy:
    return Vacancy(id=name, text=text, title=title, posted_on=posted_on)


def test_equal_texts_count_once_whatever_their_case_and_spacing() -> None:
    plain, shouted = NURSE, NURSE.upper().replace(" ", "  ")
    assert find_duplicates([vacancy("a", plain), vacancy("b", shouted)]) == {"a": "b"}
    assert find_duplicates([vacancy("b", plain), vacancy("a", shouted)]) == {"b": "a"}, "what is kept goes by the text"


def test_of_postings_equal_in_everything_the_first_id_is_kept() -> None:
    assert find_duplicates([vacancy("b", NURSE), vacancy("a", NURSE)]) == {"b": "a"}


def test_a_repost_with_a_few_words_changed_counts_once() -> None:
    assert find_duplicates([vacancy("a", LONG), vacancy("b", LONG + " Apply by May.")]) == {"b": "a"}


def test_the_first_posted_is_kept() -> None:
    dated = [
        vacancy("a", LONG, posted_on=date(2026, 5, 1)),
        vacancy("b", LONG, posted_on=date(2026, 3, 1)),
        vacancy("c", LONG),
    ]
    assert find_duplicates(dated) == {"a": "b", "c": "b"}


def test_seniority_and_place_in_a_title_make_no_other_ad() -> None:
    same = [vacancy("a", LONG, "Staff Nurse"), vacancy("b", LONG + " Soon.", "Staff Nurse (m/w/d) - Berlin")]
    assert find_duplicates(same) == {"b": "a"}


def test_two_roles_that_share_pages_of_boilerplate_stay_two() -> None:
    assert find_duplicates([vacancy("a", LONG, "Staff Nurse"), vacancy("b", LONG, "Midwife")]) == {}


def test_different_postings_stay() -> None:
    assert find_duplicates([vacancy("a", NURSE), vacancy("b", ENGINEER)]) == {}


TEXTS = st.one_of(st.sampled_from([NURSE, ENGINEER, LONG, LONG + " Apply soon.", "short"]), st.text(max_size=30))
VACANCIES = st.lists(
    st.builds(
        Vacancy,
        id=st.text(alphabet="abcdef", min_size=1, max_size=3),
        text=TEXTS,
        title=st.sampled_from([None, "Staff Nurse", "Midwife"]),
        posted_on=st.sampled_from([None, date(2026, 1, 1), date(2026, 2, 1)]),
    ),
    max_size=10,
    unique_by=lambda v: v.id,
)


@given(VACANCIES, st.randoms(use_true_random=False))
def test_what_is_kept_never_depends_on_the_order_and_is_no_duplicate_itself(vacancies: list[Vacancy], random) -> None:  # type: ignore[no-untyped-def]
    duplicates = find_duplicates(vacancies)
    ids = {v.id for v in vacancies}
    assert set(duplicates) <= ids
    assert set(duplicates.values()) <= ids - set(duplicates)
    random.shuffle(vacancies)
    assert find_duplicates(vacancies) == duplicates


@given(VACANCIES)
def test_folding_what_was_kept_folds_nothing_more(vacancies: list[Vacancy]) -> None:
    duplicates = find_duplicates(vacancies)
    assert find_duplicates([v for v in vacancies if v.id not in duplicates]) == {}


@given(VACANCIES)
def test_a_copy_of_any_posting_is_folded(vacancies: list[Vacancy]) -> None:
    copies = [v.model_copy(update={"id": f"copy-{v.id}"}) for v in vacancies]
    duplicates = find_duplicates([*vacancies, *copies])
    assert all(v.id in duplicates or f"copy-{v.id}" in duplicates for v in vacancies)
