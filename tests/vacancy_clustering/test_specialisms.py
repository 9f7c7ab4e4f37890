"""Kinds within a role: found where two clouds of postings stand apart, and nowhere else."""

from collections.abc import Sequence

import numpy as np
import pytest
from numpy.typing import NDArray

from pipeline.embedding import unit_rows
from pipeline.vacancy_clustering.specialisms import FEWEST, kinds_within

Matrix = NDArray[np.float64]


def clouds(sizes: Sequence[int], spread: float = 0.1, seed: int = 0) -> Matrix:
    """Return unit rows in as many clouds, apart from one another by many times their spread."""
    noise = np.random.default_rng(seed).normal(scale=spread, size=(sum(sizes), 30))
    return unit_rows(np.repeat(np.eye(len(sizes), 30), sizes, axis=0) + noise)


@pytest.mark.parametrize("seed", range(6))
def test_one_cloud_is_one_kind_however_long_it_is(seed: int) -> None:
    long = np.random.default_rng(seed).normal(size=(80, 30)) * np.linspace(1, 0.1, 30)
    assert kinds_within(unit_rows(long + 3)) == [list(range(80))]


@pytest.mark.parametrize("sizes", [(40, 20), (40, 30, 20)])
def test_clouds_that_stand_apart_are_kinds_the_largest_first(sizes: tuple[int, ...]) -> None:
    found = kinds_within(clouds(sizes))
    starts = np.cumsum([0, *sizes])
    assert found == [list(range(start, start + size)) for start, size in zip(starts, sizes, strict=False)]


def test_every_posting_is_in_one_kind_and_no_kind_is_a_handful() -> None:
    found = kinds_within(clouds([40, FEWEST - 2]))
    assert sorted(i for kind in found for i in kind) == list(range(40 + FEWEST - 2))
    assert min(map(len, found)) >= FEWEST


def test_equal_postings_are_one_kind() -> None:
    assert kinds_within(np.tile(np.eye(1, 30), (30, 1))) == [list(range(30))]
