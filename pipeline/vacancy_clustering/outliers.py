"""Postings unlike the rest: in their cluster for want of a nearer one, far from the middle of every cluster."""

import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.float64]

FEWEST = 20  # postings, for their spread to say what is far
REACH = 1.5  # spans between the quartiles (Tukey's fence)
DECIMALS = 6


def fence(similarity: Matrix) -> float:
    """Return the cosine to the nearest cluster's centre below which a posting is unlike the rest.

    `similarity` holds the cosines of the postings to the centres of all clusters; shape (postings, clusters).
    """
    if len(similarity) < FEWEST:
        return -1.0
    low, high = np.quantile(similarity.max(axis=1), (0.25, 0.75))
    return round(float(low - REACH * (high - low)), DECIMALS)


def is_beyond(similarity: Matrix, below: float) -> list[bool]:
    """Tell of each posting whether it is unlike the rest, given the `fence` of its corpus."""
    return [bool(near < below) for near in np.round(similarity.max(axis=1), DECIMALS)]
