import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from sklearn.metrics import adjusted_rand_score

from pipeline.core import RolemapError
from pipeline.vacancy_clustering.count import choose_count
from pipeline.vacancy_clustering.partition import partition
from pipeline.vacancy_clustering.positions import map_positions
from pipeline.vacancy_clustering.stage import check_count

Matrix = NDArray[np.float64]


def unit(rows: Matrix) -> Matrix:
    return rows / np.clip(np.linalg.norm(rows, axis=1, keepdims=True), 1e-12, None)


def groups(kinds: int, size: int, seed: int = 0) -> Matrix:
    """Return unit rows in well separated groups, `size` rows each."""
    noise = np.random.default_rng(seed).normal(scale=0.05, size=(kinds * size, kinds + 3))
    return unit(np.repeat(np.eye(kinds, kinds + 3), size, axis=0) + noise)


@st.composite
def rows_and_count(draw: st.DrawFn) -> tuple[Matrix, int]:
    """Draw up to a dozen unit rows, many of them equal, and a number of clusters that they can fill."""
    size = draw(st.integers(1, 12))
    coordinates = st.lists(st.sampled_from([-1.0, 0.0, 0.5, 1.0]), min_size=3, max_size=3)
    rows = unit(np.array(draw(st.lists(coordinates, min_size=size, max_size=size))))
    return rows, draw(st.integers(1, size))


@settings(max_examples=40)
@given(rows_and_count())
def test_a_partition_has_exactly_n_clusters_none_of_them_empty(drawn: tuple[Matrix, int]) -> None:
    rows, count = drawn
    labels = partition(rows, count)
    assert len(labels) == len(rows)
    assert set(labels.tolist()) == set(range(count))


def test_a_partition_finds_groups_that_stand_apart() -> None:
    labels = partition(groups(4, 10), 4).reshape(4, 10)
    assert all(len(set(group.tolist())) == 1 for group in labels)
    assert len({int(group[0]) for group in labels}) == 4


def test_a_partition_is_the_same_every_time() -> None:
    rows = groups(5, 8, seed=3)
    np.testing.assert_array_equal(partition(rows, 5), partition(rows.copy(), 5))


@pytest.mark.parametrize(("count", "available"), [(5, 4), (2, 1), (1, 0)])
def test_more_clusters_than_vacancies_are_refused_with_how_many_there_are(count: int, available: int) -> None:
    with pytest.raises(RolemapError, match=rf"{count} clusters cannot be made of {available} "):
        check_count(count, available)


@pytest.mark.parametrize("count", [1, 4, None])
def test_any_number_up_to_that_of_the_vacancies_is_taken(count: int | None) -> None:
    check_count(count, 4)


@pytest.mark.parametrize("kinds", [5, 8])
def test_the_number_of_groups_is_found_to_within_one_and_the_evidence_shown(kinds: int) -> None:
    choice = choose_count(groups(kinds, 12))
    assert abs(choice.clusters - kinds) <= 1
    assert choice.clusters in [point.clusters for point in choice.curve]
    assert str(choice.clusters) in choice.advice


@settings(max_examples=20)
@given(rows_and_count())
def test_the_number_chosen_can_be_had(drawn: tuple[Matrix, int]) -> None:
    choice = choose_count(drawn[0])
    assert 1 <= choice.clusters <= len(drawn[0])
    assert choice.advice


@pytest.mark.parametrize("count", [1, 2, 3, 7, 25])
def test_every_vacancy_has_a_place_on_the_map(count: int) -> None:
    positions = map_positions(unit(np.random.default_rng(1).normal(size=(count, 5))), np.zeros(count, dtype=np.int64))
    assert positions.shape == (count, 2)
    assert np.isfinite(positions).all()
    assert np.abs(positions).max() <= 1


def test_equal_vacancies_have_a_place_on_the_map_too() -> None:
    assert np.isfinite(map_positions(unit(np.ones((12, 5))), np.zeros(12, dtype=np.int64))).all()


def test_groups_of_an_earlier_clustering_stay_when_rows_are_added() -> None:
    rows = unit(np.random.default_rng(5).normal(size=(80, 12)))  # no groups at all: every start ends elsewhere
    before = partition(rows[:72], 6)
    after = partition(rows, 6, earlier=np.concatenate([before, np.full(8, -1)]))
    alone = partition(rows, 6)
    assert adjusted_rand_score(before, after[:72]) > adjusted_rand_score(before, alone[:72])


@pytest.mark.parametrize("seed", range(4))
def test_groups_grown_from_a_clustering_are_that_clustering(seed: int) -> None:
    rows = unit(np.random.default_rng(seed).normal(size=(120, 9)))
    before = partition(rows, 7)
    assert adjusted_rand_score(before, partition(rows, 7, earlier=before)) == 1


def test_earlier_groups_that_fit_badly_do_not_stay() -> None:
    rows = groups(4, 10)
    wrong = np.arange(40) % 4
    assert adjusted_rand_score(np.repeat(np.arange(4), 10), partition(rows, 4, earlier=wrong)) == 1


@pytest.mark.parametrize(("earlier", "stays"), [(4, True), (6, True), (9, False)])
def test_an_earlier_number_of_clusters_stays_where_it_is_within_one(earlier: int, stays: bool) -> None:
    rows = groups(5, 12)
    assert choose_count(rows).clusters == 5
    assert choose_count(rows, earlier=earlier).clusters == (earlier if stays else 5)
