"""The nearest neighbours of unit rows, found and averaged in blocks so that memory does not grow with their number."""

import numpy as np
from numpy.typing import NDArray

from pipeline.embedding import unit_rows

Matrix = NDArray[np.float64]
Indices = NDArray[np.int64]

NEIGHBOURS = 10
BLOCK = 512  # rows at a time


def nearest(rows: NDArray[np.float32], among: NDArray[np.float32], count: int, *, is_same: bool = False) -> Indices:
    """Return the `count` rows of `among` that each row is nearest to by cosine, nearest first; shape (rows, count).

    Where the two are the same rows (`is_same`), none is its own neighbour.
    """
    found = np.empty((len(rows), count), dtype=np.int64)
    for start in range(0, len(rows), BLOCK):
        likeness = rows[start : start + BLOCK] @ among.T
        own = np.arange(len(likeness))
        if is_same:
            likeness[own, start + own] = -np.inf
        near = np.argpartition(-likeness, count - 1, axis=1)[:, :count]
        order = np.argsort(-np.take_along_axis(likeness, near, axis=1), axis=1, kind="stable")
        found[start : start + BLOCK] = np.take_along_axis(near, order, axis=1)
    return found


def smoothed(rows: Matrix, neighbours: int = NEIGHBOURS, rounds: int = 1) -> Matrix:
    """Return each unit row averaged with the mean of its nearest neighbours; a small corpus has fewer, or none."""
    from scipy.sparse import csr_array

    count = min(neighbours, len(rows) // 10)
    if count < 1:
        return rows
    short = rows.astype(np.float32)
    near = nearest(short, short, count, is_same=True)
    links = csr_array(
        (np.ones(near.size, dtype=rows.dtype), near.ravel(), np.arange(0, near.size + 1, count)),
        shape=(len(rows), len(rows)),
    )
    drawn = rows
    for _ in range(rounds):
        drawn = unit_rows((drawn + links @ drawn / count) / 2)
    return drawn


def drawn_rows(rows: Matrix, among: Matrix, near: Indices) -> Matrix:
    """Return rows averaged with the mean of their nearest of `among`, in blocks."""
    drawn = np.empty_like(rows)
    for start in range(0, len(rows), BLOCK):
        part = slice(start, start + BLOCK)
        drawn[part] = unit_rows((rows[part] + among[near[part]].mean(axis=1)) / 2)
    return drawn
