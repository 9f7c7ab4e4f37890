"""The map of the postings: where each lies among the others."""

import numpy as np
from numpy.typing import NDArray

from pipeline.vacancy_clustering.neighbours import nearest
from pipeline.vacancy_clustering.partition import on_axes

Matrix = NDArray[np.float64]
Labels = NDArray[np.int64]

MAP_DECIMALS = 3
MAPPED = 2000  # rows that t-SNE itself places; its time grows faster than their number
STEPS, ANGLE = 400, 0.8  # of t-SNE, at two fifths of the cost of its defaults; as many neighbours stay neighbours
BESIDE = 3  # of those, between which a further row is placed


def map_positions(rows: Matrix, labels: Labels) -> Matrix:
    """Return two coordinates a row, between -1 and 1, near each other where the rows are alike.

    Method: t-SNE from a start by principal components, so that the answer is the same every time; of many rows, on a
    sample of each group, between whose nearest the others are placed. Shape: (number of rows, 2).
    """
    if len(rows) <= MAPPED:
        return _embedded(rows)
    # Every so-and-so-many-th row of each group in turn, so that small groups are on the map as well.
    spread = np.linspace(0, len(rows) - 1, MAPPED).round().astype(np.int64)
    chosen = np.sort(np.argsort(labels, kind="stable")[spread])
    return place_beside(rows, rows[chosen], _embedded(rows[chosen]))


def place_beside(rows: Matrix, placed: Matrix, positions: Matrix) -> Matrix:
    """Return where rows lie among ones whose positions are known: amid the nearest, and on one that is equal."""
    short = placed.astype(np.float32)
    near = nearest(rows.astype(np.float32), short, min(BESIDE, len(placed)))
    apart = np.stack([1 - np.einsum("ij,ij->i", rows, placed[column]) for column in near.T], axis=1)
    weight = 1 / np.clip(np.round(apart, 6), 1e-6, None) ** 2
    weight /= weight.sum(axis=1, keepdims=True)
    return np.round(np.einsum("ij,ijk->ik", weight, positions[near]), MAP_DECIMALS) + 0.0


def _embedded(rows: Matrix) -> Matrix:
    from sklearn.manifold import TSNE

    if len(rows) < 3:
        return np.round(np.linspace([-1.0, 0.0], [1.0, 0.0], len(rows)), MAP_DECIMALS)
    parts = min(50, len(rows) - 1, rows.shape[1])
    reduced = on_axes(rows, parts)
    perplexity = max(1.0, min(30.0, (len(rows) - 1) / 4))
    start = reduced[:, :2] / max(float(np.abs(reduced[:, 0]).max()), 1e-12) * 1e-4
    if len(rows) >= 10:
        reduced = (
            TSNE(2, perplexity=perplexity, init=start, random_state=0, n_jobs=1, max_iter=STEPS, angle=ANGLE)
            .fit_transform(reduced)
            .astype(np.float64)
        )
    flat = reduced[:, :2] - reduced[:, :2].mean(axis=0)
    return np.round(flat / max(float(np.abs(flat).max()), 1e-12), MAP_DECIMALS) + 0.0
