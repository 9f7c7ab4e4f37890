import shutil
from pathlib import Path

from pages.ui.session import is_allowed
from pages.ui.work import duration
from pipeline import services
from pipeline.cluster_artifacts import Cluster, ClusterArtifact, load_artifact, save_artifact
from tests.pages.dashboard import assert_well, open_page, texts
from tests.sample_files import NURSE, STORED_SAMPLES, write_files


def plainly(page) -> str:  # type: ignore[no-untyped-def]
    return texts(page).replace("\\", "")


def roles(page) -> str:  # type: ignore[no-untyped-def]
    return " ".join(" ".join(table.value["Kind of role"]) for table in page.dataframe)


def clustered_count(home: Path) -> int:
    return load_artifact(home / "output/vacancy_clusters.json").posting_count


def metrics(page) -> dict[str, str]:  # type: ignore[no-untyped-def]
    return {metric.label: metric.value for metric in page.metric}


def test_it_says_where_things_stand_and_what_comes_next(clustered_copy: Path) -> None:
    page = open_page("start_here")
    stand = metrics(page)
    assert stand["Postings stored"] == "31"
    assert (stand["Kinds of role found"], stand["Resume"], stand["Language model"]) == ("4", "None yet", "Off")
    assert "Bring your resume" in plainly(page)
    page.button(key="start_here.resume").click().run()
    assert_well(page)
    assert metrics(page)["Resume"] == "Loaded"
    assert "Everything is there" in plainly(page)


def test_postings_that_came_after_the_clusters_are_to_be_taken_in(clustered_copy: Path) -> None:
    write_files(clustered_copy / "vacancies", {"new.txt": NURSE})
    page = open_page("start_here")
    assert "The postings have changed" in plainly(page)
    assert page.button(key="start_here.cluster").label == "Cluster again"


def test_clusters_of_postings_elsewhere_are_counted_and_nobody_is_asked_to_add_them(clustered_copy: Path) -> None:
    shutil.rmtree(clustered_copy / "vacancies")
    page = open_page("start_here")
    stand = metrics(page)
    assert (stand["Postings clustered"], stand["Kinds of role found"]) == (str(clustered_count(clustered_copy)), "4")
    assert "not stored in this workspace" in plainly(page)
    assert "Add the job postings" not in plainly(page)
    assert "Bring your resume" in plainly(page)


def test_the_samples_are_one_click_away_and_the_way_back_is_too(workspace: Path) -> None:
    write_files(workspace / "vacancies", {"own.txt": NURSE})
    save_artifact(
        ClusterArtifact(clusters=[Cluster(slug="own", name="Own Kind")]), workspace / "output/vacancy_clusters.json"
    )
    theirs = ClusterArtifact(clusters=[Cluster(slug="sample", name="Sample Kind")])
    save_artifact(theirs, services.open_samples(workspace) / "output/vacancy_clusters.json")
    before = {path: path.read_bytes() for path in (workspace / "output").glob("*.json")}
    page = open_page("start_here")
    assert "Own Kind" in roles(page)
    page.button(key="start_here.samples").click().run()
    assert_well(page)
    assert "Sample Kind" in roles(page)
    assert "Own Kind" not in roles(page)
    assert metrics(page)["Postings stored"] == str(STORED_SAMPLES)
    page.switch_page("pages/views/browse_vacancies.py").run()
    assert not page.get("file_uploader")
    page.button(key="session.to_own").click().run()
    assert_well(page)
    assert "1 stored postings" in plainly(page)
    assert {path: path.read_bytes() for path in (workspace / "output").glob("*.json")} == before


def test_another_session_is_not_taken_along_to_the_samples(workspace: Path) -> None:
    write_files(workspace / "vacancies", {"own.txt": NURSE})
    theirs = ClusterArtifact(clusters=[Cluster(slug="sample", name="Sample Kind")])
    save_artifact(theirs, services.open_samples(workspace) / "output/vacancy_clusters.json")
    page, other = open_page("start_here"), open_page("start_here")
    page.button(key="start_here.samples").click().run()
    other.run()
    assert metrics(page)["Postings stored"] == str(STORED_SAMPLES)
    assert metrics(other)["Postings stored"] == "1"


def test_samples_among_ones_own_postings_are_set_aside_in_one_click(clustered_copy: Path) -> None:
    write_files(clustered_copy / "vacancies", {"own.txt": NURSE})
    page = open_page("start_here")
    page.button(key="start_here.aside").click().run()
    assert_well(page)
    assert metrics(page)["Postings stored"] == "1"
    assert metrics(page)["Kinds of role found"] == "None yet"
    page.button(key="start_here.samples").click().run()
    assert_well(page)
    assert metrics(page)["Kinds of role found"] == "4"


def test_forty_kinds_of_role_do_not_flood_the_page(workspace: Path) -> None:
    write_files(workspace / "vacancies", {"own.txt": NURSE})
    name = "مهندس بيانات أول في فريق المنصات " * 6
    clusters = [Cluster(slug=f"kind-{n}", name=f"{name}{n}", summary="x") for n in range(40)]
    save_artifact(ClusterArtifact(clusters=clusters), workspace / "output/vacancy_clusters.json")
    page = open_page("start_here")
    assert len(page.dataframe[0].value) == 40
    assert [expander.label for expander in page.expander] == ["Your data"]


def test_deleting_ones_data_drops_the_resume_and_on_request_the_cache(clustered_copy: Path) -> None:
    page = open_page("start_here")
    page.button(key="start_here.resume").click().run()
    cache = clustered_copy / "output/cache/rolemap.sqlite"
    size = cache.stat().st_size
    page.button(key="own_data.delete").click().run()
    assert_well(page)
    assert metrics(page)["Resume"] == "None yet"
    assert cache.stat().st_size == size
    page.checkbox(key="own_data.cache").check()
    page.button(key="own_data.delete").click().run()
    assert_well(page)
    assert cache.stat().st_size < size


def test_who_may_come_in_is_said_by_a_verified_address_or_its_domain() -> None:
    ann = {"email": "Ann@Example.com", "email_verified": True}
    assert is_allowed(ann, "")
    assert is_allowed(ann, "bob@example.org, ann@example.com")
    assert is_allowed(ann, "@example.com")
    assert not is_allowed(ann, "@ample.com")
    assert not is_allowed(ann | {"email_verified": False}, "@example.com")
    assert not is_allowed({}, "@example.com")


def test_times_are_said_as_people_say_them() -> None:
    assert [duration(s) for s in (2, 31, 88, 200)] == [
        "a few seconds",
        "about 30 seconds",
        "about 90 seconds",
        "about 3 minutes",
    ]
