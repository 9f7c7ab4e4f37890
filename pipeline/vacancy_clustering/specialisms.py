"""Kinds within a role that stand apart from one another; none where it is one cloud of postings.

A role is split where both hold: the split explains more of its spread than splitting one Gaussian cloud of the same
spread would (SigClust: Liu, Hayes, Nobel and Marron, 2008), and a half of the postings foretells which of the other
half belong together (prediction strength: Tibshirani and Walther, 2005). Each part is looked at again.
"""

import numpy as np
from numpy.typing import NDArray

from pipeline.vacancy_clustering.partition import group, on_axes

Matrix = NDArray[np.float64]
Labels = NDArray[np.int64]

FEWEST = 10  # postings of a part
MOST = 4  # parts at once
AXES = 10  # on which a role's postings are looked at
CLOUDS = 30
APART = 3.0  # standard deviations by which the split must explain more than that of a cloud
HALVINGS = 10
FORETOLD = 0.8  # of the pairs of a part, that a half of the postings must foretell
MISSED = round((1 - FORETOLD) * HALVINGS, 5)  # of the strengths of all halvings, summed, at the most
STARTS = 5  # of k-means, for what is only measured
DECIMALS = 5


def kinds_within(rows: Matrix) -> list[list[int]]:
    """Return the numbers of the rows of each kind that stands apart, the largest kind first; one kind for most roles.

    `rows` are unit rows of one role's postings, in an order that only their content decides.
    """
    parts = _parts(rows)
    if len(parts) == 1:
        return [list(range(len(rows)))]
    found = [[int(part[i]) for i in inner] for part in parts for inner in kinds_within(rows[part])]
    return sorted(found, key=lambda kind: (-len(kind), kind[0]))


def _parts(rows: Matrix) -> list[Labels]:
    """Return the row numbers of the most parts that stand apart at once; one part where none do."""
    if len(rows) < 2 * FEWEST or not np.ptp(rows, axis=0).any():
        return [np.arange(len(rows))]
    points = np.round(on_axes(rows, AXES), DECIMALS)
    for count in range(min(MOST, len(rows) // FEWEST), 1, -1):
        if not _is_foretold(points, count):  # what most splits fail, and at the least cost
            continue
        labels = group(points, count)
        parts = [np.flatnonzero(labels == label) for label in range(count)]
        if min(map(len, parts)) >= FEWEST and _is_apart(points, labels, count):
            return parts
    return [np.arange(len(rows))]


def _is_apart(points: Matrix, labels: Labels, count: int) -> bool:
    """Tell whether a split leaves less spread within its parts than splits of Gaussian clouds of the same spread."""
    spread, random = points.std(axis=0), np.random.default_rng(0)
    clouds = [random.normal(size=points.shape) * spread for _ in range(CLOUDS)]
    within = [_within(cloud, group(cloud, count, starts=STARTS), count) for cloud in clouds]
    return float(np.mean(within)) - _within(points, labels, count) > APART * float(np.std(within))


def _within(points: Matrix, labels: Labels, count: int) -> float:
    """Return which part of the spread of points lies within the parts."""
    parts = [points[labels == label] for label in range(count)]
    inner = sum(float(((part - part.mean(axis=0)) ** 2).sum()) for part in parts)
    return inner / float(((points - points.mean(axis=0)) ** 2).sum())


def _is_foretold(points: Matrix, count: int) -> bool:
    """Tell whether the mean strength over all halvings is enough; those to come are spared once it cannot be."""
    random = np.random.default_rng(0)
    lacking = 0.0  # of the strength that all halvings could have had
    for _ in range(HALVINGS):
        drawn = random.permutation(len(points))
        lacking += 1 - _strength(points[drawn[::2]], points[drawn[1::2]], count)
        if round(lacking, DECIMALS) > MISSED:
            return False
    return True


def _strength(first: Matrix, second: Matrix, count: int) -> float:
    """Return which part of the pairs in each part of the second half the first half's parts hold together, at worst."""
    own, other = group(second, count, starts=STARTS), group(first, count, starts=STARTS)
    centres = np.stack([first[other == label].mean(axis=0) for label in range(count)])
    told = np.linalg.norm(second[:, None] - centres[None], axis=2).argmin(axis=1)
    return min(_held_together(told[own == label]) for label in range(count))


def _held_together(labels: Labels) -> float:
    counts = np.bincount(labels)
    pairs = len(labels) * (len(labels) - 1)
    return float((counts * (counts - 1)).sum() / pairs) if pairs else 0.0
