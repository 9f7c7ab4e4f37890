from pathlib import Path

from streamlit.testing.v1 import AppTest

from pipeline.cluster_artifacts import load_artifact
from tests.pages.dashboard import assert_well, chart_count, open_page, texts
from tests.sample_files import write_files


def look_at(part: str) -> AppTest:
    """Open one part of the page."""
    page = open_page("keyword_taxonomy")
    page.segmented_control(key="keyword_taxonomy.part").set_value(part).run()
    assert_well(page)
    return page


def test_the_taxonomy_is_drawn_and_listed_with_evidence(clustered_copy: Path) -> None:
    artifact = load_artifact(clustered_copy / "output/vacancy_clusters.json")
    page = open_page("keyword_taxonomy")
    assert chart_count(page) == 1
    page = look_at("List")
    table = page.dataframe[0].value
    assert {cluster.name for cluster in artifact.clusters} | {"General"} == set(table["Kind of role"])
    assert (table["Postings"] > 0).all()
    assert (table["For example"].str.len() > 0).all()


def test_the_table_can_be_searched_and_narrowed(clustered_copy: Path) -> None:
    page = look_at("List")
    page.text_input(key="keyword_taxonomy.search").set_value("PYTHON").run()
    assert_well(page)
    table = page.dataframe[0].value
    assert len(table)
    assert table["Keyword"].str.contains("Python").all()
    page.text_input(key="keyword_taxonomy.search").set_value("(.*[")
    page.run()
    assert_well(page)
    assert "No keyword is spelled like that" in texts(page)
    assert not page.dataframe


def test_the_taxonomy_can_be_downloaded(clustered_copy: Path) -> None:
    drawn = {button.key for button in open_page("keyword_taxonomy").download_button}
    listed = {button.key for button in look_at("List").download_button}
    assert (drawn, listed) == ({"keyword_taxonomy.treemap.csv"}, {"keyword_taxonomy.download"})


def test_new_postings_are_counted_at_once(clustered_copy: Path) -> None:
    def cobol_count() -> int:
        table = look_at("List").dataframe[0].value
        return int(table.loc[table["Keyword"] == "COBOL", "Postings"].sum())

    before = cobol_count()
    write_files(clustered_copy / "vacancies", {"new.txt": "Mainframe Developer\n\nYou write COBOL programs."})
    assert cobol_count() == before + 1


def test_clusters_without_postings_are_explained(clustered_copy: Path) -> None:
    for file in (clustered_copy / "vacancies").rglob("*.*"):
        if file.is_file():
            file.unlink()
    page = open_page("keyword_taxonomy")
    assert "not stored in this workspace" in page.info[0].value


def test_skills_that_are_asked_for_together_are_drawn_and_chosen_from(clustered_copy: Path) -> None:
    page = look_at("Asked for together")
    assert chart_count(page) == 1
    page.multiselect(key="keyword_taxonomy.have").set_value(["python"]).run()
    assert_well(page)
    assert "Of those with all of yours" in page.dataframe[0].value.columns
