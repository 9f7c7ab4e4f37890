"""Terms that no lexicon knows, taken from a corpus: whole phrases that a person of the trade would use."""

from pathlib import Path

import pytest

from pipeline.core import ContentCache
from pipeline.keyword_engine import Place
from pipeline.postings import Vacancy
from pipeline.vacancy_clustering import candidate_phrases
from pipeline.vacancy_clustering.mentions import Mention, written_labels
from pipeline.vacancy_clustering.open_vocabulary import open_terms


def terms(*sentences: str, title: str = "Plasterer", company: str = "Quibble") -> set[str]:
    """Return the open terms of four postings of four employers that say the same, with no lexicon."""
    vacancies = [
        Vacancy(id=f"v{n}", title=title, company=f"{company} {'ABCD'[n]}", location="Duluth", text="\n".join(sentences))
        for n in range(4)
    ]
    texts = {vacancy.id: vacancy.text for vacancy in vacancies}
    return set(open_terms(vacancies, texts, {vacancy.id: [] for vacancy in vacancies}))


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("- Screen pupils and log wheeze diaries with parents.", {"wheeze diaries"}),
        ("- Screen wheeze diaries.", {"wheeze diaries"}),
        ("Able to quote spoil haulage for builders.", {"spoil haulage"}),
        (
            "Ours is spoil haulage, drain rodding and log splitting.",
            {"spoil haulage", "drain rodding", "log splitting"},
        ),
        ("The googly bot spends its pennies.", set()),
        ("Work without losing organic visits.", {"organic visits"}),
        ("A clean spoil record counts.", set()),
        ("Spoil haulage experience needed.", {"spoil haulage"}),
        ("Care of acute wheezy distress syndrome.", {"acute wheezy distress syndrome"}),
        ("Quibble Duluth mortar is unlike any.", set()),
        ("We offer mortar pensions, dental insurance and paid time off.", set()),
    ],
)
def test_terms_are_whole_phrases_without_verbs_employers_places_and_benefits(sentence: str, found: set[str]) -> None:
    assert terms(sentence) == found


def test_what_the_title_calls_the_job_is_no_term() -> None:
    assert terms("You are a spoil haulage plasterer.", title="Spoil Haulage Plasterer") == {"spoil haulage"}


def test_marks_hashes_and_words_of_a_menu_are_no_terms() -> None:
    assert not terms(
        "#LI-Remote", "#QZX-Night", "LI-QZ1", "x7Kq2Z9", "A3F9C21B", "Skip to main content | Cookie settings | Sign-in"
    )


def test_a_term_in_the_singular_and_the_plural_is_one() -> None:
    vacancies = [
        Vacancy(id=f"v{n}", title="Roofer", company=f"One {n}", text=text)
        for n, text in enumerate(["You keep spoil hauler.", "You keep spoil haulers.", "You keep spoil hauler."])
    ]
    texts = {vacancy.id: vacancy.text for vacancy in vacancies}
    (term,) = open_terms(vacancies, texts, {vacancy.id: [] for vacancy in vacancies}).items()
    assert (term[0], sorted(term[1])) == ("spoil hauler", ["v0", "v1", "v2"])


def test_a_short_name_that_the_lexicon_knows_by_another_is_no_term_of_its_own() -> None:
    assert not terms("ML, please.")


def test_a_term_needs_two_employers() -> None:
    vacancies = [Vacancy(id=f"v{n}", title="Roofer", company="One", text="Spoil haulage daily.") for n in range(5)]
    texts = {vacancy.id: vacancy.text for vacancy in vacancies}
    assert open_terms(vacancies, texts, {vacancy.id: [] for vacancy in vacancies}) == {}


def adverts(*companies: str, text: str = "Ours is spoil haulage and HODQ.") -> list[Vacancy]:
    return [Vacancy(id=f"v{n}", title="Roofer", company=name, text=text) for n, name in enumerate(companies)]


def kept_terms(vacancies: list[Vacancy], cache: ContentCache | None, *known: Place) -> dict[str, dict[str, str]]:
    texts = {vacancy.id: vacancy.text for vacancy in vacancies}
    return open_terms(vacancies, texts, {vacancy.id: known for vacancy in vacancies}, cache)


def test_kept_phrases_give_the_terms_that_found_ones_give(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    known, new = adverts("Quibble", "Gravel", "Mortar"), adverts("Quibble", "Gravel", "Mortar", "Spoil")
    with ContentCache(tmp_path / "c.sqlite") as cache:
        first = kept_terms(known, cache)
        assert set(first) == {"spoil haulage", "hodq"} and first == kept_terms(known, None)
        fresh = kept_terms(new, None)
        monkeypatch.setattr(candidate_phrases, "_found", None)  # nothing is looked for again
        assert kept_terms(known, cache) == first
        # What the corpus tells comes after what was kept: "Spoil" names an employer now.
        assert kept_terms(new, cache) == fresh and set(fresh) == {"hodq"}


def test_phrases_are_found_anew_where_other_names_are_known_in_a_text(tmp_path: Path) -> None:
    vacancies = adverts("Quibble", "Gravel", "Mortar")
    with ContentCache(tmp_path / "c.sqlite") as cache:
        kept_terms(vacancies, cache)
        assert set(kept_terms(vacancies, cache, Place("spoil", "skill", 8, 13, 0, 31))) == {"hodq"}


def test_three_forms_of_a_term_are_one() -> None:
    texts = ["You keep spoil body.", "You keep spoil bodys.", "You keep spoil bodies.", "You keep spoil bodies."]
    vacancies = [advert.model_copy(update={"text": text}) for advert, text in zip(adverts(*"ABCD"), texts, strict=True)]
    assert {term: len(found) for term, found in kept_terms(vacancies, None).items()} == {"spoil bodies": 4}


def test_terms_of_the_corpus_keep_its_spelling() -> None:
    def mention(keyword: str, sentence: str) -> Mention:
        return Mention(keyword, "skill", sentence, is_open=True)

    mentions = {
        "a": [mention("lng bunkering", "You know LNG bunkering.")],
        "b": [mention("lng bunkering", "LNG bunkering is a plus."), Mention("sql", "technology", "SQL")],
        "c": [mention("lng bunkering", "Lng Bunkering"), mention("tank cleaning", "Tank cleaning; tank cleaning.")],
    }
    labels = written_labels(mentions, {"lng bunkering", "sql", "tank cleaning"})
    assert labels == {"lng bunkering": "LNG bunkering", "sql": "SQL"}
