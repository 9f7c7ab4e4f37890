from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from pages.ui import dashboard
from tests.pages.dashboard import PAGES, START, assert_well, open_page, texts
from tests.sandbox import ROOT

NEXT_STEPS = {
    "start_here": "Add the job postings",
    "browse_vacancies": "None yet. Add some here",
    "role_clusters": "There are no postings to cluster yet",
    "keyword_taxonomy": "Cluster the stored postings first",
}


def test_every_page_can_be_reached() -> None:
    assert {path.stem for path in (ROOT / "pages/views").glob("*.py")} == set(PAGES)


@pytest.mark.parametrize("page", PAGES)
def test_an_empty_workspace_is_met_with_what_to_do(page: str, workspace: Path) -> None:
    shown = open_page(page)
    assert len(shown.title) == 1
    assert NEXT_STEPS.get(page, "") in texts(shown)
    assert not shown.error


@pytest.mark.parametrize("page", PAGES)
def test_a_workspace_that_is_not_there_is_met_with_what_to_do(page: str, workspace: Path) -> None:
    (workspace / "vacancies").rmdir()
    workspace.rmdir()
    assert NEXT_STEPS.get(page, "") in texts(open_page(page))


@pytest.mark.parametrize("page", PAGES)
def test_a_full_workspace_is_shown_without_complaint(page: str, clustered_copy: Path) -> None:
    shown = open_page(page)
    assert len(shown.title) == 1
    assert not shown.error


@pytest.mark.parametrize("page", [page for page in PAGES if page != "browse_vacancies"])
def test_a_broken_artifact_is_named_with_what_to_do(page: str, clustered_copy: Path) -> None:
    artifact = clustered_copy / "output/vacancy_clusters.json"
    artifact.write_text("{")
    shown = open_page(page)
    said = texts(shown).replace("\\", "")
    assert "is broken" in said
    assert str(artifact) in said
    assert "cluster-vacancies" in said


def test_a_broken_artifact_does_not_hinder_adding_postings(clustered_copy: Path) -> None:
    (clustered_copy / "output/vacancy_clusters.json").write_text("{")
    assert "stored postings" in texts(open_page("browse_vacancies"))


@pytest.mark.parametrize("page", PAGES)
def test_a_page_relies_on_nothing_that_another_page_has_set(
    page: str, clustered_copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dashboard, "PAGES", {page: dashboard.PAGES[page]} | dashboard.PAGES)  # it is opened first
    shown = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60).run()
    assert_well(shown)
    title = "Rolemap" if page == START else dashboard.PAGES[page][0]
    assert [each.value for each in shown.title] == [title]  # else another page has been shown
