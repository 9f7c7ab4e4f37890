"""The same input gives the same bytes, and a rerun does no work twice."""

import json
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.core import ContentCache
from pipeline.services import run_clustering
from tests.sample_files import write_files
from tests.sandbox import Finished, run_command

NEW_POSTING = (
    "Midwife\n\nYou accompany births on our ward, run antenatal classes and keep records in the hospital's system. "
    "Registration as a midwife is required."
)


def artifact_of(home: Path) -> Path:
    return home / "output/vacancy_clusters.json"


def cache_of(home: Path) -> Path:
    return home / "output/cache/rolemap.sqlite"


def cluster(home: Path, *arguments: str, **environment: str) -> Finished:
    done = run_command("cluster-vacancies", "--clusters", "4", *arguments, home=home, **environment)
    assert done.status == 0, done.err
    return done


def vectors(home: Path) -> int:
    """Return how many embeddings the cache of a workspace holds."""
    with ContentCache(cache_of(home)) as cache:
        return sum(count for kind, (count, _) in cache.sizes().items() if kind.startswith("vector"))


def copy_in_another_order(source: Path, target: Path) -> None:
    """Copy files so that their order on disk and their times differ from the source's."""
    for file in sorted((f for f in source.rglob("*") if f.is_file()), reverse=True):
        place = target / file.relative_to(source)
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(file, place)


@pytest.mark.parametrize(("threads", "seed"), [("1", "1"), ("4", "4242")])
def test_a_cold_cache_other_threads_hashes_and_order_of_files_give_the_same_bytes(
    threads: str, seed: str, clustered: Path, workspace: Path
) -> None:
    copy_in_another_order(clustered / "vacancies", workspace / "vacancies")
    environment = dict.fromkeys(
        ("OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS", "TORCH_NUM_THREADS"), threads
    )
    if seed == "4242":  # loading the model once more is enough
        shutil.copytree(cache_of(clustered).parent, cache_of(workspace).parent)
    done = cluster(workspace, PYTHONHASHSEED=seed, **environment)
    assert ("torch" in done.modules) == (seed == "1")
    assert artifact_of(workspace).read_bytes() == artifact_of(clustered).read_bytes()


def test_a_partly_warm_cache_gives_the_same_bytes(clustered_copy: Path) -> None:
    before = artifact_of(clustered_copy).read_bytes()
    with sqlite3.connect(cache_of(clustered_copy)) as connection:
        connection.execute("DELETE FROM entries WHERE substr(key, 1, 1) < '8'")
    artifact_of(clustered_copy).unlink()
    missing = vectors(clustered_copy)
    cluster(clustered_copy)
    assert artifact_of(clustered_copy).read_bytes() == before
    assert vectors(clustered_copy) > missing


def test_a_fresh_run_on_the_earlier_artifact_gives_the_same_bytes(clustered_copy: Path) -> None:
    before = artifact_of(clustered_copy).read_bytes()
    done = cluster(clustered_copy, "--fresh", "--json")
    assert json.loads(done.out)["unchanged"] is False
    assert artifact_of(clustered_copy).read_bytes() == before


def test_a_rerun_on_unchanged_input_says_so_and_does_nothing(clustered_copy: Path) -> None:
    path = artifact_of(clustered_copy)
    state = path.stat().st_mtime_ns, path.stat().st_ino, path.read_bytes()
    copy_in_another_order(clustered_copy / "vacancies", clustered_copy / "again")
    done = cluster(clustered_copy, "--vacancies", str(clustered_copy / "again"))
    assert "Nothing has changed" in done.out
    assert not {"torch", "sentence_transformers", "sklearn", "openai"} & done.modules
    assert (path.stat().st_mtime_ns, path.stat().st_ino, path.read_bytes()) == state


def test_one_new_file_embeds_one_file(clustered_copy: Path, tmp_path: Path) -> None:
    before = vectors(clustered_copy)
    write_files(clustered_copy / "vacancies", {"midwife.txt": NEW_POSTING})
    cluster(clustered_copy)
    alone = tmp_path / "alone"
    write_files(alone / "vacancies", {"midwife.txt": NEW_POSTING})
    run_command("cluster-vacancies", "--clusters", "1", home=alone)
    assert 0 < vectors(clustered_copy) - before <= vectors(alone)


CHANGES: dict[str, Callable[[Path], object]] = {
    "a file of another name": lambda home: (home / "vacancies/board-export.jsonl").rename(home / "vacancies/b.jsonl"),
    "a file less": lambda home: (home / "vacancies/board-export.jsonl").unlink(),
    "overrides": lambda home: (home / "output/overrides.json").write_text('{"aliases": {"sequel": "sql"}}'),
    "the user's terms": lambda home: (home / "terms.csv").write_text("name,kind\nFrobnicator,technology\n"),
}


@pytest.mark.parametrize("change", CHANGES)
def test_any_change_of_the_input_is_noticed(change: str, clustered_copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    terms = clustered_copy / "terms.csv"
    terms.write_text("name,kind\nFrob Tool,technology\n")
    monkeypatch.setenv("ROLEMAP_LEXICON", str(terms))
    first = run_clustering(count=4)
    assert run_clustering(count=4).is_unchanged
    CHANGES[change](clustered_copy)
    second = run_clustering(count=4)
    assert not second.is_unchanged
    assert second.artifact.provenance.input_hash != first.artifact.provenance.input_hash
    assert run_clustering(count=4).is_unchanged


def test_another_number_of_clusters_is_another_input(clustered_copy: Path) -> None:
    done = run_command("cluster-vacancies", "--clusters", "5", "--json", home=clustered_copy)
    assert json.loads(done.out)["unchanged"] is False
    assert len(json.loads(artifact_of(clustered_copy).read_bytes())["clusters"]) == 5
