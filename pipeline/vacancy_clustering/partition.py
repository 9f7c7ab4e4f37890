"""Vectors to groups: exactly as many as asked for, none empty, the same every time."""

import warnings
from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np
from numpy.typing import NDArray

from pipeline.vacancy_clustering.neighbours import smoothed

Matrix = NDArray[np.float64]
Labels = NDArray[np.int64]

DRAWN, ROUNDS = 20, 3  # neighbours that a row is drawn to before it is grouped, and how often
DIMENSIONS = 50
RUNS = 100  # k-means runs that the groups are the consensus of
FINAL_STARTS = 60
STARTS = 20
TOLERANCE = 0.0  # k-means goes on until nothing moves, so that groups grown from its answer are that answer
LOYALTY = 1.02  # how much wider than the tightest groups found the earlier ones may be and stay
DECIMALS = 5


def partition(rows: Matrix, count: int, *, runs: int = RUNS, earlier: Labels | None = None) -> Labels:
    """Return a label from 0 to `count` - 1 for each unit row, every label used.

    Each row is first averaged with its nearest neighbours, which draws groups together, and turned onto its principal
    axes, which makes k-means several times faster. The groups are the consensus of many runs, so that a few rows more
    change next to nothing. `earlier` gives the group that each row was in before, -1 for a new one; where as many
    groups grown from those are nearly as tight, they stay.
    """
    if not 1 <= count <= len(rows):
        raise ValueError(f"{len(rows)} rows cannot make {count} groups")
    if count == len(rows):
        return np.arange(len(rows), dtype=np.int64)
    points = condense(rows)
    labels = consensus(points, count, runs=runs)
    if earlier is None or set(earlier.tolist()) - {-1} != set(range(count)):
        return labels
    grown = _grown(points, earlier, count)
    return grown if _spread(points, grown) <= LOYALTY * _spread(points, labels) else labels


def _grown(points: Matrix, earlier: Labels, count: int) -> Labels:
    """Return labels of k-means that starts from the centres of earlier groups."""
    from sklearn.cluster import KMeans

    centres = np.stack([points[earlier == label].mean(axis=0) for label in range(count)])
    with _few_points_allowed():
        labels = KMeans(count, init=centres, n_init=1, tol=TOLERANCE).fit_predict(points).astype(np.int64)
    return _filled(points, labels, count)


@contextmanager
def _few_points_allowed() -> Iterator[None]:
    """Let fewer different points than groups pass without a warning: empty groups are filled afterwards."""
    from sklearn.exceptions import ConvergenceWarning

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        yield


def consensus(points: Matrix, count: int, *, runs: int = RUNS) -> Labels:
    """Return the groups that many runs of k-means agree on, grown to the nearest answer of k-means itself.

    One run ends in one of many answers that are nearly as good, and a few points more lead it to another; which points
    come together over all runs is steady (a cluster ensemble: Strehl and Ghosh, 2002).
    """
    from sklearn.cluster import KMeans

    if count == 1:
        return np.zeros(len(points), dtype=np.int64)
    with _few_points_allowed():
        found = [KMeans(count, n_init=1, random_state=run).fit_predict(points) for run in range(runs)]
    together = np.hstack([np.eye(count)[labels] for labels in found]) / np.sqrt(runs)
    _, axes = np.linalg.eigh(together.T @ together)
    shared = np.round(together @ axes[:, ::-1][:, :count], DECIMALS)
    return _grown(points, group(shared, count, starts=FINAL_STARTS), count)


def _spread(points: Matrix, labels: Labels) -> float:
    """Return the sum of squared distances of points to the centre of their group."""
    groups = (points[labels == label] for label in sorted(set(labels.tolist())))
    return round(sum(float(((group - group.mean(axis=0)) ** 2).sum()) for group in groups), 6)


def group(points: Matrix, count: int, *, starts: int = STARTS, seed: int = 0) -> Labels:
    """Return labels for points that are condensed already (k-means, the best of several starts)."""
    from sklearn.cluster import KMeans

    with _few_points_allowed():
        labels = KMeans(count, n_init=starts, tol=TOLERANCE, random_state=seed).fit_predict(points).astype(np.int64)
    return _filled(points, labels, count)


def _filled(points: Matrix, labels: Labels, count: int) -> Labels:
    """Return labels with each empty group given the point that lies farthest out in the largest one."""
    for label in sorted(set(range(count)) - set(labels.tolist())):
        largest = np.flatnonzero(labels == np.bincount(labels).argmax())
        distances = np.linalg.norm(points[largest] - points[largest].mean(axis=0), axis=1)
        labels[largest[int(np.argmax(np.round(distances, DECIMALS)))]] = label
    return labels


def condense(rows: Matrix, dimensions: int = DIMENSIONS) -> Matrix:
    """Return rows drawn towards their neighbours, on their principal axes."""
    return np.round(on_axes(smoothed(rows, DRAWN, ROUNDS), dimensions), DECIMALS)


def on_axes(rows: Matrix, dimensions: int) -> Matrix:
    """Return the rows on the principal axes along which they differ most, as many as asked for where there are.

    Many rows by the eigenvectors of their covariance: less than half the cost of decomposing them, the same to ten
    decimals.
    """
    from sklearn.decomposition import PCA

    solver = "covariance_eigh" if len(rows) >= rows.shape[1] else "full"
    with np.errstate(invalid="ignore"), warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)  # equal rows have no variance to explain
        turned = PCA(min(dimensions, *rows.shape), svd_solver=solver).fit_transform(rows)
    return np.asarray(turned, dtype=np.float64)
