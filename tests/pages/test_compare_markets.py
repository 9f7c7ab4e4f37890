from pathlib import Path

import pytest

from pipeline.cluster_artifacts import load_artifact, save_artifact
from tests.pages.dashboard import assert_well, chart_count, open_page, texts


@pytest.mark.parametrize(
    "by",
    ["Place", "Company", "Kind of role", "Seniority", "Place of work", "Period", "Two questions", "Two saved views"],
)
def test_two_sets_are_compared_by_whatever_the_postings_have(by: str, clustered_copy: Path) -> None:
    page = open_page("compare_markets")
    page.selectbox(key="by").set_value(by).run()
    assert_well(page)
    assert "postings" in texts(page)


def test_what_differs_between_two_kinds_of_role_is_charted(clustered_copy: Path) -> None:
    page = open_page("compare_markets")
    page.selectbox(key="by").set_value("Kind of role").run()
    assert_well(page)
    assert chart_count(page) == 1
    assert "differences are sure" in texts(page)


def test_an_earlier_clustering_stands_beside_todays_market(clustered_copy: Path) -> None:
    artifact = clustered_copy / "output/vacancy_clusters.json"
    history = artifact.parent / "history"
    history.mkdir()
    earlier = load_artifact(artifact)
    fewer = [c.model_copy(update={"vacancy_ids": c.vacancy_ids[:6]}) for c in earlier.clusters[:2]]
    save_artifact(earlier.model_copy(update={"clusters": fewer, "categories": []}), history / "0001-00000000.json")
    page = open_page("compare_markets")
    page.selectbox(key="by").set_value("An earlier clustering").run()
    assert_well(page)
    assert "the clustering in use until" in texts(page).replace("\\", "")
    assert chart_count(page) == 1


def test_two_questions_stand_side_by_side(clustered_copy: Path) -> None:
    page = open_page("compare_markets")
    page.selectbox(key="by").set_value("Two questions").run()
    page.button(key="compare.hold").click().run()
    assert "Now change the question above" in texts(page)
    role = page.multiselect(key="question.roles").options[0]
    page.multiselect(key="question.roles").select(role).run()
    assert_well(page)
    assert "all postings" in texts(page)
    assert chart_count(page) == 1
