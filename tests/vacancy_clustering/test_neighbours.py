import json
import subprocess
import sys

import numpy as np
import pytest

from pipeline.vacancy_clustering import neighbours, positions
from pipeline.vacancy_clustering.neighbours import Matrix, nearest, smoothed
from pipeline.vacancy_clustering.positions import map_positions
from tests.sandbox import ROOT


def unit(rows: Matrix) -> Matrix:
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)


def drawn(count: int, seed: int = 0) -> Matrix:
    return unit(np.random.default_rng(seed).normal(size=(count, 6)))


def test_the_nearest_are_those_of_the_greatest_cosine_and_never_the_row_itself() -> None:
    rows = drawn(90)
    found = nearest(rows.astype(np.float32), rows.astype(np.float32), 7, is_same=True)
    likeness = rows @ rows.T
    np.fill_diagonal(likeness, -2)
    assert (found == np.argsort(-likeness, axis=1)[:, :7]).all()


def test_the_size_of_a_block_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = drawn(130)
    whole = smoothed(rows, 10, 3)
    monkeypatch.setattr(neighbours, "BLOCK", 17)
    assert np.allclose(smoothed(rows, 10, 3), whole)


def test_a_row_is_drawn_half_way_to_the_mean_of_its_neighbours() -> None:
    rows = drawn(40)
    near = nearest(rows.astype(np.float32), rows.astype(np.float32), 4, is_same=True)
    assert np.allclose(smoothed(rows, 4), unit((rows + rows[near].mean(axis=1)) / 2))


def test_of_many_postings_a_part_is_mapped_and_the_rest_lies_among_its_own_kind(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(positions, "MAPPED", 60)
    centres = unit(np.eye(6)[:3])
    kinds = np.repeat(np.arange(3), 80)
    rows = unit(centres[kinds] + 0.1 * np.random.default_rng(3).normal(size=(240, 6)))
    found = map_positions(rows, kinds)
    assert found.shape == (240, 2)
    assert np.abs(found).max() <= 1
    middles = np.stack([np.median(found[kinds == kind], axis=0) for kind in range(3)])
    apart = np.linalg.norm(found[:, None] - middles, axis=2)
    assert (apart.argmin(axis=1) == kinds).mean() > 0.95


def test_a_small_group_has_its_place_among_those_that_are_mapped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(positions, "MAPPED", 60)
    kinds = np.array([0] * 280 + [1] * 20)
    rows = unit(np.eye(6)[kinds] + 0.1 * np.random.default_rng(4).normal(size=(300, 6)))
    found = map_positions(rows, kinds)
    assert np.linalg.norm(np.median(found[kinds == 0], axis=0) - np.median(found[kinds == 1], axis=0)) > 0.3


def test_the_limit_to_one_thread_holds_for_libraries_that_nobody_had_loaded() -> None:
    code = (
        "import json\nfrom pipeline.vacancy_clustering.one_thread import one_thread\nfrom threadpoolctl import "
        "threadpool_info\nwith one_thread():\n    from sklearn.cluster import KMeans\n"
        "    print(json.dumps([pool['num_threads'] for pool in threadpool_info()]))"
    )
    environment = {"OMP_NUM_THREADS": "4", "OPENBLAS_NUM_THREADS": "4", "PATH": "/usr/bin"}
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=environment, capture_output=True, text=True, check=True
    )
    threads = json.loads(done.stdout)
    assert len(threads) >= 3
    assert set(threads) == {1}
