"""Families of roles: the groups found, gathered where they lie closer to one another than to the rest."""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from pipeline.cluster_artifacts import Cluster, ClusterArtifact, Family
from pipeline.vacancy_clustering.alignment import align_clusters

Matrix = NDArray[np.float64]

FEWEST = 4  # roles, for families to say anything
KEYWORDS = 10  # of a family
DECIMALS = 6


def gather(centres: Matrix) -> list[list[int]]:
    """Return the numbers of the groups in each family, given their centres as unit rows; none for a few groups.

    Groups are joined by average linkage, up to half-way between the closest and the farthest joining: nearer ones are
    of one family, and trades that have only their distance from it in common are not.
    """
    from sklearn.cluster import AgglomerativeClustering

    if len(centres) < FEWEST:
        return []
    distances = np.round(np.clip(1 - centres @ centres.T, 0, None), DECIMALS)
    np.fill_diagonal(distances, 0)
    joined = AgglomerativeClustering(
        1, metric="precomputed", linkage="average", compute_distances=True, compute_full_tree=True
    ).fit(distances)
    cut = round(float(joined.distances_.min() + joined.distances_.max()) / 2, DECIMALS)
    model = AgglomerativeClustering(None, metric="precomputed", linkage="average", distance_threshold=cut)
    found = model.fit_predict(distances).tolist()
    members = [[i for i, label in enumerate(found) if label == wanted] for wanted in sorted(set(found))]
    return sorted(members, key=lambda roles: roles[0])


def build_families(
    clusters: Sequence[Cluster],
    members: Sequence[Sequence[int]],
    rows: dict[str, Matrix],
    describe: Callable[[Sequence[Sequence[int]]], tuple[list[str], list[list[str]]]],
    earlier: ClusterArtifact | None,
) -> list[Family]:
    """Return the families of roles; `members` numbers each one's clusters, `describe` names groups of them.

    A family of one role goes by that role's name. Those that continue a family of the earlier artifact keep its key.
    """
    if not members:
        return []
    names, keywords = describe(members)
    names = [clusters[own[0]].name if len(own) == 1 else name for own, name in zip(members, names, strict=True)]
    groups = [[i for number in own for i in clusters[number].vacancy_ids] for own in members]
    slugs = align_clusters(names, groups, rows, _families_before(earlier)).slugs
    return [
        Family(slug=slug, name=name, roles=[clusters[number].slug for number in own], keywords=pool[:KEYWORDS])
        for slug, name, own, pool in zip(slugs, names, members, keywords, strict=True)
    ]


def _families_before(earlier: ClusterArtifact | None) -> ClusterArtifact | None:
    """Return the families of an earlier artifact as if they were its clusters."""
    if earlier is None or not earlier.families:
        return None
    ids = {cluster.slug: cluster.vacancy_ids for cluster in earlier.clusters}
    families = [
        Cluster(slug=f.slug, name=f.name, vacancy_ids=[i for role in f.roles for i in ids.get(role, [])])
        for f in earlier.families
    ]
    return ClusterArtifact(clusters=families)
