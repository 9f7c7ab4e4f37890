"""Groups depend on what postings say: not on ids, not on the order of rows, hardly on a few rows more."""

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from sklearn.metrics import adjusted_rand_score

from pipeline.cluster_artifacts import ClusterResult, Provenance
from pipeline.postings import Corpus, Vacancy, find_boilerplate
from pipeline.vacancy_clustering import cluster_vacancies
from pipeline.vacancy_clustering.count import count_votes
from pipeline.vacancy_clustering.partition import partition

Matrix = NDArray[np.float64]

DUTIES = {
    "Ward Nurse": "dress wounds;give medication;watch patients at night;keep the ward's records;hand over to the shift",
    "Data Engineer": "build pipelines in Python;model tables in SQL;run Airflow;watch data quality;tune Spark jobs",
    "Pipe Welder": "weld pipes by TIG;read isometric drawings;grind seams;test joints;set up fixtures",
}
OFFER = "We are a family firm of forty people, and we offer thirty days of holiday."


def letters(texts: Sequence[str]) -> Matrix:
    """Embed texts by the letters they use: no model, but what is alike comes out alike."""
    rows = np.array([[text.lower().count(chr(97 + i)) for i in range(26)] for text in texts], dtype=np.float64) + 0.01
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)


def postings(titled: bool = True) -> list[Vacancy]:
    made = []
    for title, duties in DUTIES.items():
        parts = duties.split(";")
        for n in range(5):
            text = f"You {parts[n]}, {parts[(n + 1) % 5]} and {parts[(n + 3) % 5]} in house {n}. {OFFER}"
            made.append(Vacancy(id="", text=text, title=title if titled else None, company=f"Firm {n}"))
    return made


def clustered(vacancies: list[Vacancy], ids: list[str]) -> ClusterResult:
    named = [vacancy.model_copy(update={"id": name}) for vacancy, name in zip(vacancies, ids, strict=True)]
    corpus = Corpus(tuple(sorted(named, key=lambda vacancy: vacancy.id)))
    return cluster_vacancies(corpus, count=3, provenance=Provenance(), embed=letters)


def said(
    result: ClusterResult, vacancies: list[Vacancy], ids: list[str]
) -> list[tuple[str, str, list[str], list[str]]]:
    """Return each cluster as slug, name, keywords and the texts of its members."""
    text = {name: vacancy.text for name, vacancy in zip(ids, vacancies, strict=True)}
    return [(c.slug, c.name, c.top_keywords, [text[i] for i in c.vacancy_ids]) for c in result.clusters]


@pytest.mark.parametrize("titled", [True, False])
@settings(max_examples=2, deadline=None)
@given(order=st.permutations(range(15)))
def test_other_ids_in_another_order_give_the_same_groups_names_and_keys(titled: bool, order: list[int]) -> None:
    vacancies = postings(titled)
    ids, others = [f"p{i:02}" for i in range(15)], [f"{place:02}-ad" for place in order]
    first, second = clustered(vacancies, ids), clustered(vacancies, others)
    assert said(first, vacancies, ids) == said(second, vacancies, others)
    assert [first.map[i] for i in ids] == [second.map[i] for i in others]


def test_without_titles_no_id_tells_which_sentences_recur() -> None:
    vacancies = postings(titled=False)
    alike = [v.model_copy(update={"id": f"2026-{i:04}"}) for i, v in enumerate(vacancies)]
    apart = [v.model_copy(update={"id": f"{chr(97 + i)}-nurse"}) for i, v in enumerate(vacancies)]
    assert find_boilerplate(alike) == find_boilerplate(apart) != frozenset()


def crowd(seed: int) -> Matrix:
    """Return 150 unit rows in seven groups that run into one another."""
    random = np.random.default_rng(seed)
    centres = random.normal(size=(7, 12))
    rows = np.repeat(centres, 22, axis=0)[:150] + random.normal(scale=0.9, size=(150, 12))
    return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True), dtype=np.float64)


@pytest.mark.parametrize("seed", range(3))
def test_three_rows_more_change_next_to_nothing(seed: int) -> None:
    rows = crowd(seed)
    more = np.vstack([rows, -rows[:3]])
    assert adjusted_rand_score(partition(rows, 7), partition(more, 7)[:150]) >= 0.9


def test_a_sample_for_the_number_of_groups_hardly_changes_with_a_row_more() -> None:
    rows = np.vstack([crowd(seed) for seed in range(3)])
    keys = [f"posting {i}" for i in range(len(rows))]
    more, more_keys = np.vstack([rows[:1], rows]), ["another", *keys]
    assert np.abs(np.array(count_votes(rows, keys)) - count_votes(more, more_keys)).max() <= 1
    order = np.random.default_rng(0).permutation(len(rows))
    assert sorted(count_votes(rows[order], [keys[i] for i in order])) == sorted(count_votes(rows, keys))
