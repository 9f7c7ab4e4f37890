"""Families of roles: groups that lie close together."""

import numpy as np

from pipeline.embedding import unit_rows
from pipeline.vacancy_clustering.families import gather

CENTRES = unit_rows(np.array([[1.0, 0.1, 0], [1, 0, 0.1], [0, 1, 0.1], [0, 1, -0.1], [0.1, 0, 1]]))


def test_groups_that_lie_close_together_are_one_family() -> None:
    assert gather(CENTRES) == [[0, 1], [2, 3], [4]]


def test_a_few_groups_have_no_families() -> None:
    assert gather(CENTRES[:3]) == []
