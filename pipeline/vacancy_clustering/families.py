"""Families of roles: which of the groups found lie closer to one another than to the rest."""

import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.float64]

FEWEST = 4  # roles, for families to say anything
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
