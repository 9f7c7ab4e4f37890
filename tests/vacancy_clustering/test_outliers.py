"""Postings unlike the rest: far from the middle of every cluster."""

import numpy as np

from pipeline.vacancy_clustering.outliers import FEWEST, fence, is_beyond

NEAR = np.column_stack([np.linspace(0.70, 0.90, 40), np.linspace(0.2, 0.4, 40)])


def test_a_posting_far_from_every_cluster_is_unlike_the_rest_and_no_other_is() -> None:
    similarity = np.vstack([NEAR, [[0.10, 0.15]], [[0.30, 0.80]]])
    assert is_beyond(similarity, fence(similarity)) == [False] * 40 + [True, False]


def test_among_a_handful_none_is_unlike_the_rest() -> None:
    few = np.vstack([NEAR[: FEWEST - 2], [[-0.5, -0.4]]])
    assert not any(is_beyond(few, fence(few)))


def test_equal_postings_are_not_unlike_one_another() -> None:
    same = np.full((30, 3), 0.4)
    assert not any(is_beyond(same, fence(same)))
