"""Names of the lexicon in postings of other languages than English."""

import pytest

from pipeline.keyword_engine import extract_keywords_from_text


def keywords(text: str) -> set[str]:
    return {hit.keyword for hit in extract_keywords_from_text(text)}


FRENCH = "Vous travaillez avec notre équipe sur des projets variés. Compétences : Python, IA, Docker et Git."
ENGLISH = "The mechanic works in our hangar with the team. Skills: IA, Python and Docker in the shop."


def test_an_abbreviation_that_another_language_uses_is_not_what_it_is_short_for_in_english() -> None:
    assert "inspection authorization" not in keywords(FRENCH)
    assert "inspection authorization" in keywords(ENGLISH)
    assert {"python", "docker", "git"} <= keywords(FRENCH)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Vous tenez à jour le tableau de nos interventions et vous prévenez le client.", "tableau"),
        ("Du achtest auf den Zustand der Fahrzeuge und meldest Schäden an die Werkstatt.", "zustand"),
    ],
)
def test_a_word_of_the_posting_s_language_is_no_product(text: str, name: str) -> None:
    assert name not in keywords(text)


def test_the_product_of_that_name_is_found_among_others() -> None:
    assert "tableau" in keywords("Vous créez des rapports avec Power BI, Tableau et SQL pour nos équipes.")


def test_a_name_after_an_elided_article_counts() -> None:
    assert "excel" in keywords("La maîtrise de SAP et d’Excel est demandée pour ce poste de comptable.")


@pytest.mark.parametrize("text", ["使用Python和Docker开发后端服务", "PythonとDockerを使ってサービスを開発します"])
def test_names_end_where_a_script_without_spaces_begins(text: str) -> None:
    assert {"python", "docker"} <= keywords(text)
