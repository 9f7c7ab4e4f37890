import csv
import io
import os
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline import services
from pipeline.cluster_artifacts import load_artifact
from pipeline.core import BrokenArtifact, ContentCache, RolemapError
from pipeline.postings import Corpus, Vacancy, read_uploads
from tests.sample_files import ANALYST, ENGINEER, NURSE, write_files


def test_an_upload_is_stored_and_read_as_a_posting(workspace: Path) -> None:
    [path] = services.add_to_corpus([("nurse.txt", NURSE.encode())])
    assert path.is_relative_to(workspace / "vacancies")
    assert [v.text for v in services.read_corpus().vacancies] == [NURSE]


def test_an_upload_overwrites_nothing(workspace: Path) -> None:
    uploads = [("a.txt", NURSE.encode()), ("a.txt", ENGINEER.encode()), ("a.txt", NURSE.encode())]
    first, second, third = services.add_to_corpus(uploads)
    assert first == third
    assert (first.read_text(), second.read_text()) == (NURSE, ENGINEER)
    [again] = services.add_to_corpus([("a.txt", ANALYST.encode())])
    assert again not in (first, second)
    assert first.read_text() == NURSE


@pytest.mark.parametrize(
    "name",
    [
        *("../../outside.txt", "/etc/outside.txt", "a/../../outside.txt", "..", ".", "", "x" * 300),
        "nul\x00.txt",
    ],
)
def test_an_uploads_name_cannot_lead_out_of_the_folder(name: str, workspace: Path) -> None:
    before = {path for path in workspace.parent.rglob("*") if "vacancies" not in path.parts}
    try:
        stored = services.add_to_corpus([(name, NURSE.encode())])
    except RolemapError:
        stored = []
    assert all(path.resolve().is_relative_to((workspace / "vacancies").resolve()) for path in stored)
    assert {path for path in workspace.parent.rglob("*") if "vacancies" not in path.parts} == before


@pytest.mark.parametrize("name", ["README.md", ".hidden.txt", "license.txt"])
def test_an_upload_that_was_stored_is_among_the_postings_whatever_its_name(name: str, workspace: Path) -> None:
    services.add_to_corpus([(name, NURSE.encode())])
    [vacancy] = services.read_corpus().vacancies
    assert vacancy.text.startswith("Staff Nurse")


def test_an_upload_that_cannot_be_stored_is_named(workspace: Path) -> None:
    (workspace / "vacancies").rmdir()
    (workspace / "vacancies").write_text("a file in the way")
    with pytest.raises(RolemapError, match=r"Cannot store nurse\.txt"):
        services.add_to_corpus([("nurse.txt", NURSE.encode())])


def test_a_pasted_posting_is_a_file_named_by_its_title() -> None:
    name, data = services.pasted_posting("Staff Nurse / Ward 4", "You care.\n")
    assert name == "staff-nurse-ward-4.txt"
    [vacancy] = read_uploads([(name, data)]).vacancies
    assert (vacancy.title, vacancy.text) == ("Staff Nurse / Ward 4", "Staff Nurse / Ward 4\n\nYou care.")
    assert services.pasted_posting("", "Midwife\n\nYou help.")[0] == "midwife.txt"


def test_repeats_among_uploads_and_stored_postings_are_found() -> None:
    stored = Corpus((Vacancy(id="old.txt", text=NURSE, title="Staff Nurse"),))
    uploaded = read_uploads(
        [("a.txt", NURSE.encode()), ("b.txt", ENGINEER.encode()), ("c.txt", ENGINEER.encode()), ("d.txt", b"Cook. x")]
    )
    assert services.find_repeats(uploaded, stored) == {"a.txt": "old.txt", "c.txt": "b.txt"}


def test_a_stored_posting_is_never_called_a_repeat_of_an_upload() -> None:
    stored = Corpus((Vacancy(id="z.txt", text=NURSE, title="Staff Nurse", posted_on=None),))
    early = Vacancy(id="a.txt", text=NURSE, title="Staff Nurse", posted_on=date(2020, 1, 1))
    assert services.find_repeats(Corpus((early,)), stored) == {"a.txt": "z.txt"}


@given(st.lists(st.lists(st.text(max_size=8), min_size=1, max_size=3), max_size=4))
def test_no_cell_of_a_table_runs_as_a_formula(rows: list[list[str]]) -> None:
    text = services.to_csv(["a"], rows)
    for cell in (cell for row in csv.reader(io.StringIO(text, newline="")) for cell in row):
        assert cell.lstrip()[:1] not in {"=", "+", "-", "@"}


@pytest.mark.parametrize(
    "cell",
    [
        *("=1+1", "+1", "-1", "@SUM(A1)", " =1", "\t=1", "\r\n=1"),
        "\tplain",
    ],
)
def test_a_formula_becomes_text(cell: str) -> None:
    assert services.harmless_cell(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["C++", "a=b", 5, 0.5, ""])
def test_anything_else_stays_as_it_is(cell: object) -> None:
    assert services.harmless_cell(cell) == cell


def test_the_report_is_written_as_json_and_as_a_table_without_formulas(workspace: Path) -> None:
    write_files(workspace / "vacancies", {"=cmd.txt": ENGINEER})
    report, written = services.run_analysis()
    assert [path.name for path in written] == ["keyword_report.json", "keyword_report.csv"]
    rows = list(csv.DictReader(io.StringIO(written[1].read_bytes().decode(), newline="")))
    assert sum(len(counts) for counts in report.categories.values()) == len(rows) > 3
    assert {row["vacancy_id"] for row in rows} == {"'=cmd.txt"}


def test_a_repost_counts_once_in_the_keyword_report(workspace: Path) -> None:
    write_files(workspace / "vacancies", {"a.txt": NURSE, "again.txt": NURSE})
    report, _ = services.run_analysis()
    assert report.vacancy_count == 1
    assert {count.vacancy_count for counts in report.categories.values() for count in counts} == {1}


def test_the_artifact_in_use_is_found_missing_or_broken(clustered_copy: Path) -> None:
    path = clustered_copy / "output/vacancy_clusters.json"
    found = services.find_artifact()
    assert found is not None
    assert len(found.clusters) == 4
    path.write_text("{")
    with pytest.raises(BrokenArtifact):
        services.find_artifact()
    path.unlink()
    assert services.find_artifact() is None


def test_what_changes_with_the_postings_is_noticed(workspace: Path) -> None:
    empty = services.corpus_state()
    write_files(workspace / "vacancies", {"a.txt": NURSE})
    one = services.corpus_state()
    write_files(workspace / "vacancies", {"a.txt": ENGINEER})
    assert len({empty, one, services.corpus_state()}) == 3


def test_the_doctor_says_what_is_there_and_what_is_missing(clustered_copy: Path) -> None:
    findings = {what: (state, is_well) for what, state, is_well in services.diagnose()}
    assert findings["cluster artifact"] == ("4 clusters", True)
    assert "checked" in findings["embedding model"][0]
    assert all(is_well for _, is_well in findings.values())
    (clustered_copy / "output/vacancy_clusters.json").write_text("{")
    findings = {what: (state, is_well) for what, state, is_well in services.diagnose()}
    assert findings["cluster artifact"][1] is False


@pytest.mark.parametrize("count", [1, 2, 9, None])
def test_exactly_as_many_clusters_as_asked_for_and_nothing_is_lost(count: int | None, clustered_copy: Path) -> None:
    run = services.run_clustering(count=count)
    artifact, corpus = run.artifact, services.read_corpus()
    assert len(artifact.clusters) == count or (count is None and len(artifact.clusters) > 1)
    assert all(cluster.vacancy_ids for cluster in artifact.clusters)
    members = [vacancy_id for cluster in artifact.clusters for vacancy_id in cluster.vacancy_ids]
    assert len(set(members)) == len(members)
    assert sorted([*members, *artifact.duplicates]) == [v.id for v in corpus.vacancies]
    assert [(s.id, s.reason) for s in artifact.skipped] == [(s.id, s.reason) for s in corpus.skipped]
    assert set(artifact.map) == set(artifact.vacancies) == set(members)
    assert artifact.quality.cluster_count == ("auto" if count is None else "given")
    assert bool(artifact.quality.advice) or count is not None


def test_every_keyword_of_a_cluster_rests_on_its_own_postings(clustered: Path) -> None:
    artifact = services.find_artifact(clustered / "output/vacancy_clusters.json")
    assert artifact is not None
    texts = {v.id: " ".join(v.text.split()) for v in services.read_corpus(clustered / "vacancies").vacancies}
    for cluster in artifact.clusters:
        assert cluster.top_keywords
        for keyword in {*cluster.top_keywords, *cluster.defining_technologies, *cluster.defining_skills}:
            evidence = cluster.evidence[keyword]
            assert evidence.vacancy_ids
            assert set(evidence.vacancy_ids) <= set(cluster.vacancy_ids)
            assert evidence.example is not None
            assert evidence.example.vacancy_id in evidence.vacancy_ids
            assert evidence.example.sentence.strip("… ") in texts[evidence.example.vacancy_id]


def test_the_artifact_counts_how_many_postings_name_each_keyword(clustered: Path) -> None:
    artifact = load_artifact(clustered / "output/vacancy_clusters.json")
    evidence = [each for cluster in artifact.clusters for each in cluster.evidence.items()]
    assert all(artifact.keyword_counts[keyword] >= len(found.vacancy_ids) for keyword, found in evidence)
    assert max(artifact.keyword_counts.values()) <= len(artifact.vacancies)


def test_the_nurses_of_the_samples_are_one_kind_of_role_named_so(clustered: Path) -> None:
    artifact = services.find_artifact(clustered / "output/vacancy_clusters.json")
    assert artifact is not None
    homes = {c.name for c in artifact.clusters for i in c.vacancy_ids if i.startswith("clinical-nursing/")}
    assert len(homes) == 1
    assert "nurse" in homes.pop().lower()


def test_the_repost_among_the_samples_counts_once(clustered: Path) -> None:
    artifact = services.find_artifact(clustered / "output/vacancy_clusters.json")
    assert artifact is not None
    assert any("repost" in repeat for repeat in artifact.duplicates)


def test_the_artifact_holds_no_path_of_this_machine_and_no_clock_time(clustered: Path) -> None:
    text = (clustered / "output/vacancy_clusters.json").read_text()
    assert str(clustered) not in text
    assert os.path.expanduser("~") + "/" not in text
    assert "T00:00" not in text


def test_only_what_was_cached_under_the_workspace_is_counted(clustered_copy: Path) -> None:
    with ContentCache(clustered_copy / "output/cache/rolemap.sqlite") as cache:
        assert sum(count for count, _ in cache.sizes().values()) > 50
