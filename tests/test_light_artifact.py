"""Of many postings what is said of single ones lies in a Parquet file beside the artifact; nobody has to know."""

import json
from datetime import date
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from pipeline.cluster_artifacts import (
    Cluster,
    ClusterArtifact,
    Evidence,
    Family,
    KeywordEvidence,
    Tree,
    VacancyRecord,
    artifact_at,
    at_layer,
    load_artifact,
    map_density,
    read_artifact,
    save_artifact,
)
from pipeline.core import BrokenArtifact, Facts, WorkplaceFact, file_hash

COUNT = 40


@pytest.fixture
def few_are_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.cluster_artifacts.postings_file.LIGHT_FROM", 20)


def made(names: tuple[str, ...] = ("Welder", "Nurse")) -> ClusterArtifact:
    ids = [f"ad-{number}" for number in range(COUNT)]
    groups = [ids[::2], ids[1::2]]
    facts = Facts(workplace=WorkplaceFact(value="remote", quote="work from home", where="text"))
    return ClusterArtifact(
        clusters=[
            Cluster(
                slug=name.lower(),
                name=name,
                vacancy_ids=group,
                top_keywords=["tools"],
                evidence={
                    "tools": KeywordEvidence(
                        vacancy_ids=group[:7],
                        share=0.35,
                        example=Evidence(vacancy_id=group[0], sentence="You bring tools."),
                    )
                },
            )
            for name, group in zip(names, groups, strict=True)
        ],
        duplicates={"ad-again": "ad-3"},
        map={i: (round(number / 1000, 3), -0.125) for number, i in enumerate(ids)},
        vacancies={
            i: VacancyRecord(
                title=f"Job {i}", posted_on=date(2026, 3, 1), margin=0.1234, second_best=names[0].lower(), facts=facts
            )
            for i in ids
        },
    )


def parquet_of(path: Path) -> Path:
    (found,) = path.parent.glob("*.parquet")
    return found


@pytest.mark.usefixtures("few_are_many")
def test_a_light_artifact_says_what_a_whole_one_says(tmp_path: Path) -> None:
    path, whole = tmp_path / "clusters.json", made()
    save_artifact(whole, path)
    light = read_artifact(path)
    assert "ad-30" not in path.read_text()
    for cluster, other in zip(whole.clusters, light.clusters, strict=True):
        assert other.vacancy_ids == cluster.vacancy_ids
        assert other.evidence["tools"].vacancy_ids == cluster.evidence["tools"].vacancy_ids
        assert other.evidence["tools"].example == cluster.evidence["tools"].example
    assert dict(light.vacancies) == whole.vacancies
    assert dict(light.map) == whole.map
    assert dict(light.duplicates) == whole.duplicates


@pytest.mark.usefixtures("few_are_many")
def test_sizes_and_examples_are_known_without_the_file_of_postings(tmp_path: Path) -> None:
    path = tmp_path / "clusters.json"
    save_artifact(made(), path)
    parquet_of(path).unlink()
    light = load_artifact(path)
    assert [len(cluster.vacancy_ids) for cluster in light.clusters] == [20, 20]
    assert len(light.clusters[0].evidence["tools"].vacancy_ids) == 7
    assert light.clusters[0].evidence["tools"].vacancy_ids[0] == "ad-0"
    assert (len(light.vacancies), len(light.map), len(light.duplicates)) == (COUNT, COUNT, 1)
    with pytest.raises(BrokenArtifact, match="cannot be opened"):
        list(light.clusters[0].vacancy_ids)


@pytest.mark.usefixtures("few_are_many")
def test_a_file_of_postings_that_is_not_the_artifacts_own_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "clusters.json"
    save_artifact(made(), path)
    with parquet_of(path).open("ab") as file:
        file.write(b"more")
    with pytest.raises(BrokenArtifact, match="are not those"):
        _ = read_artifact(path).vacancies["ad-1"]


@pytest.mark.usefixtures("few_are_many")
def test_the_same_artifact_gives_the_same_bytes_and_an_old_file_goes(tmp_path: Path) -> None:
    path = tmp_path / "clusters.json"
    save_artifact(made(), path)
    first = path.read_bytes(), parquet_of(path).read_bytes()
    save_artifact(read_artifact(path), path)
    assert (path.read_bytes(), parquet_of(path).read_bytes()) == first
    save_artifact(made(("Cook", "Nurse")), path)
    assert parquet_of(path).read_bytes() != first[1]
    assert read_artifact(path).clusters[0].vacancy_ids[1] == "ad-2"


@pytest.mark.usefixtures("few_are_many")
def test_an_earlier_version_keeps_its_file_and_can_be_read_from_the_history(tmp_path: Path) -> None:
    path = tmp_path / "clusters.json"
    save_artifact(made(), path)
    (tmp_path / "history").mkdir()
    (tmp_path / "history/0001-00000000.json").write_bytes(path.read_bytes())
    save_artifact(made(("Cook", "Nurse")), path)
    assert len(list(tmp_path.glob("*.parquet"))) == 2
    assert list(read_artifact(tmp_path / "history/0001-00000000.json").clusters[0].vacancy_ids)[:2] == ["ad-0", "ad-2"]


def test_few_postings_stay_in_one_file_without_a_word_of_another(tmp_path: Path) -> None:
    path = tmp_path / "clusters.json"
    save_artifact(made(), path)
    assert [file.name for file in tmp_path.iterdir()] == ["clusters.json"]
    assert "postings_file" not in json.loads(path.read_text())
    assert read_artifact(path) == made()


@pytest.mark.usefixtures("few_are_many")
def test_of_many_postings_a_sample_stands_for_all_and_says_so(tmp_path: Path) -> None:
    path, whole = tmp_path / "clusters.json", made()
    save_artifact(whole, path)
    sample = load_artifact(path, most=10)
    ids = [vacancy_id for cluster in sample.clusters for vacancy_id in cluster.vacancy_ids]
    assert len(ids) == len(set(ids)) == len(sample.map) == len(sample.vacancies) == 10
    assert {i: sample.map[i] for i in ids} == {i: whole.map[i] for i in ids}
    assert {i: sample.vacancies[i] for i in ids} == {i: whole.vacancies[i] for i in ids}
    for cluster, full in zip(sample.clusters, whole.clusters, strict=True):
        named = set(full.evidence["tools"].vacancy_ids)
        assert cluster.evidence["tools"].vacancy_ids == [i for i in cluster.vacancy_ids if i in named]
        assert cluster.evidence["tools"].share == full.evidence["tools"].share
    assert sample.quality.notes == ["Shown and counted here are 10 of the 40 postings, drawn evenly."]
    assert len(load_artifact(path).map) == COUNT
    assert load_artifact(path, most=COUNT).quality.notes == []


@pytest.mark.usefixtures("few_are_many")
def test_the_density_of_a_map_counts_every_posting_once(tmp_path: Path) -> None:
    path = tmp_path / "clusters.json"
    save_artifact(made(), path)
    density = map_density(load_artifact(path, most=10), path, 8)
    assert density
    assert sum(map(sum, density.counts)) == COUNT
    assert [len(density.counts), len(density.counts[0]), len(density.x), len(density.y)] == [8, 8, 8, 8]
    assert [sum(row[0] for row in density.counts), sum(row[7] for row in density.counts)] == [5, 5]
    assert map_density(made(), path, 8) is None


@pytest.mark.usefixtures("few_are_many")
def test_a_layer_of_a_light_artifact_is_that_of_a_whole_one_and_reads_no_postings_unasked(tmp_path: Path) -> None:
    path = tmp_path / "clusters.json"
    families = [Family(slug="crafts", name="Crafts", roles=["welder", "nurse"], keywords=["tools"])]
    whole = made().model_copy(update={"tree": Tree(families=families)})
    save_artifact(whole, path)
    light, full = load_artifact(at_layer(path, "families")), artifact_at(whole, "families")
    kept = parquet_of(path).rename(tmp_path / "away")
    assert [len(light.clusters[0].vacancy_ids), len(light.clusters[0].evidence["tools"].vacancy_ids)] == [40, 14]
    assert light.postings_file
    kept.rename(tmp_path / light.postings_file.name)
    assert light.clusters[0].vacancy_ids == full.clusters[0].vacancy_ids
    assert light.clusters[0].evidence["tools"].vacancy_ids == full.clusters[0].evidence["tools"].vacancy_ids
    assert dict(light.vacancies) == full.vacancies


@pytest.mark.usefixtures("few_are_many")
def test_single_records_and_all_of_them_are_the_same_however_the_file_is_cut(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, whole = tmp_path / "clusters.json", made()
    save_artifact(whole, path)
    beside = parquet_of(path)
    pq.write_table(pq.read_table(beside), beside, row_group_size=7)
    written = json.loads(path.read_bytes())
    written["postings_file"]["sha256"] = file_hash(beside)
    path.write_text(json.dumps(written))
    monkeypatch.setattr("pipeline.core.column_file.ROWS_KEPT", 10)
    light = load_artifact(path)
    assert dict(light.vacancies.items()) == whole.vacancies
    assert {i: light.vacancies[i] for i in sorted(whole.vacancies)} == whole.vacancies
    assert list(light.vacancies.values()) == [light.vacancies[i] for i in light.vacancies]
    sample = load_artifact(path, most=10)
    assert dict(sample.vacancies.items()) == {i: whole.vacancies[i] for i in sample.vacancies}
    assert (sample.is_sample, sample.posting_count, light.is_sample) == (True, COUNT, False)


@pytest.mark.usefixtures("few_are_many")
def test_a_layer_is_made_anew_when_the_artifact_changes(tmp_path: Path) -> None:
    path = tmp_path / "clusters.json"
    tree = Tree(families=[Family(slug="crafts", name="Crafts", roles=["welder", "nurse"], keywords=["tools"])])
    save_artifact(made().model_copy(update={"tree": tree}), path)
    assert load_artifact(at_layer(path, "families")).clusters[0].name == "Crafts"
    named = Tree(families=[tree.families[0].model_copy(update={"name": "Trades"})])
    save_artifact(made().model_copy(update={"tree": named}), path)
    assert load_artifact(at_layer(path, "families")).clusters[0].name == "Trades"
