"""Postings in other languages: their function words are no terms, and what cannot be read well is said."""

from collections.abc import Sequence

import pytest

from pipeline.cluster_artifacts import slugify
from pipeline.postings import Vacancy
from pipeline.vacancy_clustering.language_notes import language_notes
from pipeline.vacancy_clustering.open_vocabulary import open_terms

FRENCH = (
    "Vous tirez les câbles et vous raccordez les tableaux électriques. Habilitation électrique exigée.",
    "Vous dépannez les automates. La lecture des tableaux électriques et une habilitation électrique sont demandées.",
    "Avec une habilitation électrique, vous vérifiez les tableaux électriques et vous écrivez des rapports.",
    "Vous écrivez des rapports, vous contrôlez les tableaux électriques. Habilitation électrique à jour.",
)
GERMAN = (
    "Sie lesen Schaltpläne, verdrahten Anlagen und warten die Hydraulik. Wir bieten Ihnen 30 Tage Urlaub.",
    "Sie können Schaltpläne lesen und kennen Hydraulik. Wir bieten Ihnen einen Dienstwagen.",
    "Kenntnisse in Hydraulik sind von Vorteil, Schaltpläne lesen Sie sicher. Wir bieten Ihnen einen Dienstwagen.",
    "Sie prüfen Schaltpläne und reparieren die Hydraulik unserer Pressen. Wir bieten Ihnen einen Dienstwagen.",
)
POLISH = (
    "Wymagamy znajomości rysunku technicznego oraz nadzoru nad pracą. Oferujemy pracę zdalną.",
    "Wymagamy czytania rysunku technicznego i dokładności. Oferujemy pracę zdalną.",
    "Wymagamy rysunku technicznego oraz nadzoru nad zespołem. Oferujemy pracę zdalną.",
)


def terms(texts: Sequence[str]) -> set[str]:
    vacancies = [Vacancy(id=f"v{i}", text=text, company=f"Firm {i}") for i, text in enumerate(texts)]
    return set(open_terms(vacancies, {v.id: v.text for v in vacancies}, {v.id: [] for v in vacancies}))


def test_french_terms_hold_no_function_word_and_no_address_to_the_reader() -> None:
    found = terms(FRENCH * 1)
    assert not any({"vous", "des", "les", "la"} & set(term.split()) for term in found)
    assert not any("écrivez" in term for term in found)


def test_a_trade_s_terms_are_found_beside_another_trade_s_postings() -> None:
    other = (
        "Vous tenez la comptabilité et préparez les bilans de nos clients.",
        "Vous saisissez les factures et suivez les règlements avec soin.",
        "Vous préparez la paie et répondez aux salariés de la société.",
        "Vous établissez les budgets et suivez la trésorerie du groupe.",
        "Vous contrôlez les comptes et préparez les réunions du comité.",
        "Vous classez les pièces et relancez les clients par téléphone.",
        "Vous calculez les coûts et présentez les résultats à la direction.",
        "Vous gérez les contrats et vérifiez les notes de frais du siège.",
        "Vous suivez les stocks et préparez les inventaires de fin d'année.",
        "Vous rédigez les procédures et formez les nouveaux collègues.",
    )
    assert {"tableaux électriques", "habilitation électrique"} <= terms([*FRENCH, *other])


def test_german_nouns_are_terms_and_verbs_and_what_is_offered_are_none() -> None:
    other = [f"Sie betreuen Filiale {n} und beraten die Kundschaft freundlich am Telefon." for n in range(10)]
    found = terms([*GERMAN, *other])
    assert {"schaltpläne", "hydraulik"} <= found
    assert not {"dienstwagen", "urlaub"} & found
    assert not any("lesen" in term or "und" in term.split() for term in found)


def test_what_opens_polish_sentences_is_no_part_of_a_term() -> None:
    found = terms(POLISH)
    assert not any(word in term for term in found for word in ("wymagamy", "oferujemy", "zdalną"))
    assert not any(term.endswith(" nad") for term in found)


def test_languages_that_the_encoder_was_not_made_for_are_named_with_what_to_set() -> None:
    notes = language_notes(["en"] * 8 + ["pl", "pl"], [0, 1] * 5, "all-MiniLM-L6-v2")
    assert len(notes) == 1
    assert "Polish (2)" in notes[0]
    assert "EMBEDDING_MODEL" in notes[0]


def test_a_posting_in_ten_and_a_model_of_the_user_s_own_need_no_note() -> None:
    assert language_notes(["en"] * 9 + ["pl"], [0, 1] * 5, "all-MiniLM-L6-v2") == []
    assert language_notes(["pl"] * 10, [0, 1] * 5, "some/multilingual-model") == []


def test_groups_that_follow_the_language_are_said_whatever_the_model() -> None:
    languages = ["en"] * 5 + ["fr"] * 5
    assert any("follow the languages" in note for note in language_notes(languages, [0] * 5 + [1] * 5, "any"))
    assert language_notes(languages, [0, 1] * 5, "any") == []


@pytest.mark.parametrize("name", ["护士", "溶接工", "ممرضة", "Медсестра"])
def test_a_name_in_any_script_makes_a_key_that_can_be_read(name: str) -> None:
    assert slugify(name) not in ("role", "")
    assert slugify(name).isascii()
