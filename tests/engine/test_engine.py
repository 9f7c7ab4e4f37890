"""What is worked on by parts comes out the same wherever it is worked on, and nothing is lost in silence."""

import json
import time
from pathlib import Path
from typing import Any

import distributed
import pytest

from pipeline.cluster_artifacts import read_artifact
from pipeline.core import ProgressEvent, RolemapError, ignore_progress
from pipeline.engine import (
    LocalRunner,
    analyze_by_parts,
    dask_runner,
    find_parts,
    open_runner,
    parts_of,
    trends_by_parts,
)
from pipeline.engine.dask_runner import DaskRunner, open_dask
from pipeline.engine.parts import as_address
from pipeline.keyword_engine import analyze_vacancies
from pipeline.market_trends import find_trends, read_trend_corpus
from pipeline.postings import find_duplicates, load_vacancies
from pipeline.services import clustering, run_clustering
from tests.engine.conftest import clustered, labels, write_ads

pytestmark = pytest.mark.usefixtures("_no_model", "workspace")


def local() -> LocalRunner:
    return LocalRunner(ignore_progress)


def test_a_cluster_of_processes_gives_the_same_bytes_as_one_process(tmp_path: Path) -> None:
    parts, _ = find_parts(str(write_ads(tmp_path / "ads", 2000, 4)))
    here = clustered(parts, local(), tmp_path / "here/clusters.json")
    with open_dask(None, ignore_progress) as runner:
        there = clustered(parts, runner, tmp_path / "there/clusters.json")
    assert labels(there) == labels(here)
    assert (tmp_path / "here/clusters.json").read_bytes() == (tmp_path / "there/clusters.json").read_bytes()
    assert len(labels(here)) == 2000 - 40
    assert len(here.duplicates) == 40


def test_how_postings_are_cut_into_parts_changes_no_label_and_no_count(tmp_path: Path) -> None:
    folder = write_ads(tmp_path / "ads", 400, 4)
    by_files = clustered(find_parts(str(folder))[0], local(), tmp_path / "a/clusters.json", pilot=120)
    in_memory = clustered(
        parts_of(load_vacancies(folder).vacancies, 150), local(), tmp_path / "b/clusters.json", pilot=120
    )
    assert labels(by_files) == labels(in_memory)
    assert by_files.keyword_counts == in_memory.keyword_counts
    assert by_files.provenance.corpus_hash == in_memory.provenance.corpus_hash
    assert [c.evidence["sql"].count for c in by_files.clusters if "sql" in c.evidence] == [
        c.evidence["sql"].count for c in in_memory.clusters if "sql" in c.evidence
    ]


def test_groups_found_on_a_sample_are_those_of_the_whole_and_add_up(tmp_path: Path) -> None:
    folder = write_ads(tmp_path / "ads", 400, 2)
    artifact = clustered(find_parts(str(folder))[0], local(), tmp_path / "clusters.json", pilot=120)
    titles = {vacancy.id: vacancy.title for vacancy in load_vacancies(folder).vacancies}
    for cluster in artifact.clusters:
        own = [titles[vacancy_id] for vacancy_id in cluster.vacancy_ids]
        assert own.count(max(set(own), key=own.count)) / len(own) > 0.95
        assert f"{len(own)} postings ask" in cluster.summary
        for found in cluster.evidence.values():
            assert found.share == pytest.approx(len(found.vacancy_ids) / len(own), abs=1e-4)
            assert set(found.vacancy_ids) <= set(cluster.vacancy_ids)
            assert len(list(found.vacancy_ids)) == len(found.vacancy_ids)
    assert "sample" in artifact.quality.notes[-1]


def test_repeats_are_found_across_parts_as_in_one_corpus(tmp_path: Path) -> None:
    folder = write_ads(tmp_path / "ads", 400, 8)
    artifact = clustered(find_parts(str(folder))[0], local(), tmp_path / "clusters.json", pilot=120)
    assert dict(artifact.duplicates) == find_duplicates(load_vacancies(folder).vacancies)


def test_the_keyword_report_and_the_trends_of_parts_are_those_of_the_whole(tmp_path: Path, workspace: Path) -> None:
    folder = write_ads(tmp_path / "ads", 400, 4)
    parts, _ = find_parts(str(folder))
    path = workspace / "output/vacancy_clusters.json"
    clustered(parts, local(), path, pilot=120)
    vacancies = load_vacancies(folder).vacancies
    repeats = find_duplicates(vacancies)
    kept = [vacancy for vacancy in vacancies if vacancy.id not in repeats]
    assert analyze_by_parts(parts, local(), path) == analyze_vacancies(kept, path)
    report, _ = trends_by_parts(parts, local(), path)
    assert report == find_trends(read_trend_corpus(vacancies, path))


def test_a_part_that_cannot_be_read_is_named_and_the_rest_is_worked_on(tmp_path: Path) -> None:
    folder = write_ads(tmp_path / "ads", 400, 2)
    (folder / "part-007.parquet").write_bytes(b"no parquet at all")
    (folder / "part-008.csv").write_text("colour,weight\nred,3\nblue,4\n")
    artifact = clustered(find_parts(str(folder))[0], local(), tmp_path / "clusters.json", pilot=120)
    assert [skip.id for skip in artifact.skipped] == ["part-007.parquet", "part-008.csv"]
    assert len(artifact.vacancies) == 392


def test_one_id_in_two_parts_stays_two_postings(tmp_path: Path) -> None:
    folder = write_ads(tmp_path / "ads", 400, 2)
    lines = (folder / "part-001.jsonl").read_text().splitlines()
    lines[0] = json.dumps(json.loads(lines[0]) | {"id": "ad-3"})
    (folder / "part-001.jsonl").write_text("\n".join(lines))
    artifact = clustered(find_parts(str(folder))[0], local(), tmp_path / "clusters.json", pilot=120)
    assert {"ad-3-0", "ad-3-1"} <= set(labels(artifact))
    assert len(artifact.vacancies) == 392


def test_a_large_corpus_is_clustered_by_parts_without_anybody_asking_and_a_rerun_keeps_it(
    tmp_path: Path, workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clustering, "PILOT", 120)
    folder = write_ads(workspace / "vacancies", 300, 2)
    first = run_clustering(count=4)
    assert sum(len(cluster.vacancy_ids) for cluster in first.artifact.clusters) == 294
    assert (first.is_unchanged, first.path.stat().st_size < 300_000) == (False, True)
    again = run_clustering(count=4)
    assert again.is_unchanged
    assert labels(again.artifact) == labels(first.artifact)
    later = write_ads(folder, 310, 2)
    grown = run_clustering(vacancies=later, count=4)
    assert {cluster.slug for cluster in grown.artifact.clusters} == {c.slug for c in first.artifact.clusters}
    before = read_artifact(next((workspace / "output/history").glob("*.json")))
    assert labels(before) == labels(first.artifact)


def test_a_stop_ends_the_run_between_two_steps_and_leaves_the_earlier_artifact(tmp_path: Path) -> None:
    folder = write_ads(tmp_path / "ads", 400, 2)
    path = tmp_path / "clusters.json"
    clustered(find_parts(str(folder))[0], local(), path, pilot=120)
    before = path.read_bytes(), sorted(file.name for file in tmp_path.iterdir())

    class Stopped(Exception):
        pass

    def stop(event: ProgressEvent) -> None:
        if event.stage == "Placing postings" and event.done == 1:
            raise Stopped

    with pytest.raises(Stopped):
        clustered(find_parts(str(folder))[0], LocalRunner(stop), path, pilot=100)
    assert (path.read_bytes(), sorted(file.name for file in tmp_path.iterdir())) == before


def test_without_the_extra_packages_it_is_said_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    import builtins

    real = builtins.__import__

    def missing(name: str, *rest: Any, **more: Any) -> Any:
        if name == "distributed":
            raise ImportError(name)
        return real(name, *rest, **more)

    monkeypatch.setattr(builtins, "__import__", missing)
    with (
        pytest.raises(RolemapError, match=r"pip install -r requirements-scale\.txt"),
        open_runner("dask", None, ignore_progress),
    ):
        pass


@pytest.mark.parametrize("place", ["nowhere", "s3x://bucket/ads"])
def test_a_place_without_parts_gets_one_line(place: str, tmp_path: Path) -> None:
    (tmp_path / "nowhere").mkdir()
    where = str(tmp_path / place) if place == "nowhere" else place
    with pytest.raises(RolemapError):
        find_parts(where)


def test_a_path_that_was_an_address_is_one_again() -> None:
    assert as_address(str(Path("s3://bucket/ads"))) == "s3://bucket/ads"
    assert as_address("/data/ads") == "/data/ads"


def at_what_time(item: int, shared: float) -> float:
    return time.monotonic()


def made_slowly(value: float) -> float:
    time.sleep(value)
    return value


def test_a_worker_takes_parts_in_their_order_so_that_results_are_soon_written() -> None:
    with (
        distributed.LocalCluster(
            n_workers=1, threads_per_worker=1, processes=False, protocol="tcp", dashboard_address=None
        ) as cluster,
        open_dask(cluster.scheduler_address, ignore_progress) as runner,
    ):
        items = list(range(dask_runner.AT_ONCE * 3))
        times = list(runner.run("Numbering", at_what_time, items, runner._submit(made_slowly, 0.3)))
    assert times == sorted(times)


def test_a_runner_of_dask_does_what_the_local_one_does() -> None:
    assert {name for name in vars(LocalRunner) if name[0] != "_"} == {
        name for name in vars(DaskRunner) if name[0] != "_"
    }
