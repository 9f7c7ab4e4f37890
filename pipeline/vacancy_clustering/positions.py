"""The map of the postings: where each lies among the others."""

import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.float64]

MAP_DECIMALS = 3


def map_positions(rows: Matrix) -> Matrix:
    """Return two coordinates a row, between -1 and 1, near each other where the rows are alike.

    Method: t-SNE from a start by principal components, so that the answer is the same every time.
    Shape: (number of rows, 2).
    """
    from sklearn.decomposition import PCA
    from sklearn.manifold import TSNE

    if len(rows) < 3:
        return np.round(np.linspace([-1.0, 0.0], [1.0, 0.0], len(rows)), MAP_DECIMALS)
    parts = min(50, len(rows) - 1, rows.shape[1])
    reduced = PCA(parts, svd_solver="full", random_state=0).fit_transform(rows)
    perplexity = max(1.0, min(30.0, (len(rows) - 1) / 4))
    start = reduced[:, :2] / max(float(np.abs(reduced[:, 0]).max()), 1e-12) * 1e-4
    if len(rows) >= 10:
        reduced = (
            TSNE(2, perplexity=perplexity, init=start, random_state=0, n_jobs=1)
            .fit_transform(reduced)
            .astype(np.float64)
        )
    flat = reduced[:, :2] - reduced[:, :2].mean(axis=0)
    return np.round(flat / max(float(np.abs(flat).max()), 1e-12), MAP_DECIMALS) + 0.0
