import json
import shutil
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from pipeline.cluster_artifacts import load_artifact, save_artifact
from tests.pages.dashboard import assert_well, chart_count, finish_work, open_page, texts
from tests.sample_files import NURSE, write_files


def look_at(page: AppTest, part: str) -> AppTest:
    """Go to one part of the page."""
    page.segmented_control(key="role_clusters.part").set_value(part).run()
    assert_well(page)
    return page


def artifact_of(home: Path) -> Path:
    return home / "output/vacancy_clusters.json"


def test_a_run_with_a_chosen_number_shows_map_and_card(clustered_copy: Path) -> None:
    artifact_of(clustered_copy).unlink()
    page = open_page("role_clusters")
    assert "No clusters yet" in texts(page)
    page.radio(key="role_clusters.how").set_value("I choose")
    page.run()
    page.number_input(key="role_clusters.count").set_value(3)
    page.button(key="role_clusters.run").click().run()
    finish_work(page)
    assert_well(page)
    assert "Found 3 kinds of role" in texts(page)
    artifact = load_artifact(artifact_of(clustered_copy))
    assert len(artifact.clusters) == 3
    assert chart_count(page) >= 2
    assert artifact.clusters[0].name in texts(look_at(page, "One kind of role")).replace("\\", "") + str(
        page.selectbox(key="role_clusters.chosen").options
    )


def test_a_run_on_unchanged_postings_says_so(clustered_copy: Path) -> None:
    before = artifact_of(clustered_copy).read_bytes()
    page = open_page("role_clusters")
    page.radio(key="role_clusters.how").set_value("I choose")
    page.run()
    page.number_input(key="role_clusters.count").set_value(4)
    page.button(key="role_clusters.run").click().run()
    finish_work(page)
    assert_well(page)
    assert "Nothing has changed" in texts(page)
    assert artifact_of(clustered_copy).read_bytes() == before


def test_a_run_that_cannot_be_had_is_told_and_changes_nothing(clustered_copy: Path) -> None:
    before = artifact_of(clustered_copy).read_bytes()
    (clustered_copy / "output/overrides.json").write_text("{")
    page = open_page("role_clusters")
    page.button(key="role_clusters.run").click().run()
    finish_work(page)
    assert_well(page)
    assert "overrides.json" in page.error[0].value.replace("\\", "")
    assert artifact_of(clustered_copy).read_bytes() == before


def test_more_clusters_than_different_postings_are_told(workspace: Path) -> None:
    write_files(workspace / "vacancies", {"a.txt": NURSE, "b.txt": NURSE})
    page = open_page("role_clusters")
    page.radio(key="role_clusters.how").set_value("I choose")
    page.run()
    page.number_input(key="role_clusters.count").set_value(2)
    page.button(key="role_clusters.run").click().run()
    finish_work(page)
    assert_well(page)
    assert "2 clusters cannot be made of 1 vacancy" in page.error[0].value


def test_every_cluster_has_a_card_with_its_typical_postings(clustered_copy: Path) -> None:
    artifact = load_artifact(artifact_of(clustered_copy))
    page = look_at(open_page("role_clusters"), "One kind of role")
    for cluster in artifact.clusters:
        page.selectbox(key="role_clusters.chosen").set_value(cluster.slug).run()
        assert_well(page)
        titles = [artifact.vacancies[i].title or i for i in cluster.typical]
        shown = [text.value for text in page.text]
        assert titles
        assert all(any(title in line for line in shown) for title in titles)


def test_duplicates_and_skips_can_be_seen(clustered_copy: Path) -> None:
    data = json.loads(artifact_of(clustered_copy).read_bytes())
    data["skipped"] = [{"id": "locked.pdf", "reason": "it is encrypted"}]
    artifact_of(clustered_copy).write_text(json.dumps(data))
    labels = " ".join(expander.label for expander in open_page("role_clusters").expander)
    assert f"{len(data['duplicates'])} postings repeat another" in labels
    assert "1 inputs were skipped" in labels


@pytest.mark.parametrize(
    "page",
    [
        "start_here",
        "role_clusters",
        "keyword_taxonomy",
    ],
)
def test_an_artifact_of_schema_1_is_shown(page: str, clustered_copy: Path) -> None:
    old = {"schema_version": 1, "clusters": [{"slug": "nurse", "name": "Nurse", "vacancy_ids": ["gone.txt"]}]}
    artifact_of(clustered_copy).write_text(json.dumps(old))
    assert not open_page(page).error


def test_filters_narrow_what_is_counted_and_can_be_cleared(clustered_copy: Path) -> None:
    artifact = load_artifact(artifact_of(clustered_copy))
    total = len(artifact.vacancies)
    page = open_page("role_clusters")
    assert f"All {total} postings" in texts(page)
    seniors = sum("senior" in (record.title or "").lower() for record in artifact.vacancies.values())
    page.multiselect(key="question.seniorities").set_value(["senior"]).run()
    assert_well(page)
    assert f"{seniors} of {total} postings" in texts(page)
    page.button(key="question.clear").click().run()
    assert_well(page)
    assert f"All {total} postings" in texts(page)


def test_a_question_that_nothing_answers_is_said_in_place_of_empty_charts(clustered_copy: Path) -> None:
    data = json.loads(artifact_of(clustered_copy).read_bytes())
    records = list(data["vacancies"].values())
    for record in records:
        record |= {"title": "Senior Nurse", "company": "Ada", "facts": None}
    records[0] |= {"title": "Trainee", "company": "Bo"}
    artifact_of(clustered_copy).write_text(json.dumps(data))
    page = open_page("role_clusters")
    page.multiselect(key="question.seniorities").set_value(["intern or trainee"]).run()
    page.multiselect(key="question.companies").set_value(["Ada"]).run()
    assert_well(page)
    assert f"0 of {len(records)} postings" in texts(page)
    assert "Take a part of it away" in texts(page)
    assert chart_count(page) == 0


def test_what_the_postings_state_is_charted_and_filters_narrow_it(clustered_copy: Path) -> None:
    page = look_at(open_page("role_clusters"), "Pay, place, level")
    assert "How much of each kind of role is remote?" in texts(page)
    page.multiselect(key="question.workplaces").set_value(["remote"]).run()
    assert_well(page)
    assert "place of work remote" in texts(page)
    page.toggle(key="role_clusters.workplace.table").set_value(True).run()
    heads = [list(frame.value.columns) for frame in page.dataframe]
    assert ["Name", "Postings", "remote", "not said"] in heads


def test_clusters_of_an_earlier_version_say_that_they_keep_no_facts(clustered_copy: Path) -> None:
    data = json.loads(artifact_of(clustered_copy).read_bytes())
    for record in data["vacancies"].values():
        del record["facts"]
    artifact_of(clustered_copy).write_text(json.dumps(data))
    assert "kept no facts" in texts(look_at(open_page("role_clusters"), "Pay, place, level"))


def test_the_curve_behind_the_number_of_clusters_is_shown(clustered_copy: Path) -> None:
    charts = chart_count(open_page("role_clusters"))
    data = json.loads(artifact_of(clustered_copy).read_bytes())
    data["quality"]["curve"] = [{"clusters": n, "silhouette": 0.1, "stability": 0.9} for n in (2, 3, 4)]
    artifact_of(clustered_copy).write_text(json.dumps(data))
    page = open_page("role_clusters")
    assert "Which number of kinds of role holds best?" in texts(page)
    assert chart_count(page) == charts + 1


def test_every_chart_has_its_table_and_its_download(clustered_copy: Path) -> None:
    page = open_page("role_clusters")
    parts = {"map": "Map", "sizes": "Map", "pool": "One kind of role", "heat": "What they ask for"}
    for chart, part in parts.items():
        look_at(page, part)
        before = len(page.dataframe)
        page.toggle(key=f"role_clusters.{chart}.table").set_value(True).run()
        assert_well(page)
        assert len(page.dataframe) == before + 1
    keys = {button.key for button in page.download_button}
    assert {"role_clusters.heat.csv", "role_clusters.report"} <= keys


def test_a_word_lights_up_the_postings_that_say_it(clustered_copy: Path) -> None:
    page = open_page("role_clusters")
    page.text_input(key="role_clusters.lit").set_value("kafka").run()
    assert_well(page)
    assert "postings say so" in texts(page)
    page.selectbox(key="role_clusters.coloured_by").set_value("Date").run()
    assert_well(page)


def test_beyond_what_a_browser_holds_the_map_shows_a_sample_on_the_density_of_all(
    clustered_copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pipeline.cluster_artifacts.postings_file.LIGHT_FROM", 10)
    monkeypatch.setattr("pipeline.services.workspace.MOST_SHOWN", 25)
    whole = load_artifact(artifact_of(clustered_copy))
    save_artifact(whole, artifact_of(clustered_copy))
    page = open_page("role_clusters")
    count = len(whole.vacancies)
    assert f"kinds of role in **{count:,}** postings" in texts(page)
    assert f"Shown and counted here are 25 of the {count:,} postings" in texts(page)
    assert f"25 drawn of {count:,} postings" in texts(page)
    assert "All 25" not in texts(page)
    (drawn,) = (json.loads(chart.proto.spec)["data"] for chart in page.get("plotly_chart")[:1])
    assert (drawn[0]["type"], drawn[0]["name"]) == ("heatmap", "all postings")
    assert sum(len(trace.get("customdata", ())) for trace in drawn[1:]) == 25


def test_clusters_of_postings_elsewhere_ask_nothing_of_texts_that_no_page_can_read(clustered_copy: Path) -> None:
    shutil.rmtree(clustered_copy / "vacancies")
    page = open_page("role_clusters")
    assert page.text_input(key="role_clusters.lit").disabled
    assert "A keyword" not in page.selectbox(key="role_clusters.coloured_by").options
    assert not page.multiselect(key="question.keywords").options
    assert "have changed" not in texts(page)
