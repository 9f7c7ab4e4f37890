"""Families of roles: groups that lie close together gathered under one key."""

import numpy as np

from pipeline.cluster_artifacts import Cluster, ClusterArtifact
from pipeline.embedding import unit_rows
from pipeline.vacancy_clustering.families import build_families, gather

CENTRES = unit_rows(np.array([[1.0, 0.1, 0], [1, 0, 0.1], [0, 1, 0.1], [0, 1, -0.1], [0.1, 0, 1]]))
CLUSTERS = [Cluster(slug=f"role-{i}", name=f"Role {i}", vacancy_ids=[f"{i}-{n}" for n in range(3)]) for i in range(5)]
ROWS = {vacancy_id: CENTRES[i] for i, cluster in enumerate(CLUSTERS) for vacancy_id in cluster.vacancy_ids}


def described(members: object) -> tuple[list[str], list[list[str]]]:
    return ["Smith", "Nurse", "Cook"], [["forging"], ["triage"], ["baking"]]


def test_groups_that_lie_close_together_are_one_family() -> None:
    assert gather(CENTRES) == [[0, 1], [2, 3], [4]]


def test_a_few_groups_have_no_families() -> None:
    assert gather(CENTRES[:3]) == []
    assert build_families(CLUSTERS[:3], [], ROWS, described, None) == []


def test_every_role_is_in_one_family_and_a_lone_role_gives_its_name() -> None:
    families = build_families(CLUSTERS, gather(CENTRES), ROWS, described, None)
    assert [family.name for family in families] == ["Smith", "Nurse", "Role 4"]
    assert [role for family in families for role in family.roles] == [cluster.slug for cluster in CLUSTERS]


def test_a_family_keeps_its_key_over_a_refresh_whatever_it_is_called() -> None:
    families = build_families(CLUSTERS, gather(CENTRES), ROWS, described, None)
    earlier = ClusterArtifact(clusters=CLUSTERS, families=families)
    renamed = build_families(
        CLUSTERS, gather(CENTRES), ROWS, lambda _: (["Smelter", "Midwife", "Cook"], [[], [], []]), earlier
    )
    assert [family.name for family in renamed][:2] == ["Smelter", "Midwife"]
    assert [family.slug for family in renamed] == [family.slug for family in families]
