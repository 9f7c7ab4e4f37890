"""From scores to probabilities: weights fitted on postings whose cluster is known, each left out of what scores it.

The model is a conditional logit: every cluster has the same few features (how near its centre is, how many of its
keywords are named), one weight a feature, and the probabilities are the softmax of the weighted sums.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict

Array = NDArray[np.float64]

PRIOR_STRENGTH = 0.05  # how much the fit holds on to its prior; a handful of postings moves it little
DOUBT = 0.03  # the part of a certainty that is spread over all clusters
STEPS = 50
PRECISION = 1e-6
QUANTILES = 101
LOW_QUANTILE = 0.02  # of the corpus's own postings, below which a text is hardly like any of them
SLACK = 0.92  # of that quantile's value: a new posting is less like the corpus than its own members are


class Calibration(BaseModel):
    """The weights of the features, and how typical the corpus's own postings are: quantiles from least to most."""

    model_config = ConfigDict(frozen=True)

    weights: list[float]
    typical: list[float]

    @property
    def floor(self) -> float:
        """How typical a text must be to belong to any cluster."""
        return SLACK * float(np.interp(LOW_QUANTILE, np.linspace(0, 1, len(self.typical)), self.typical))

    def fit(self, typicality: float) -> float:
        """Return the part of the corpus's postings that are no more typical than a text, from 0 to 1."""
        least = self.typical[0]
        if typicality < least:  # told apart below the least typical posting, too
            return 0.01 * max(typicality, 0.0) / least
        return 0.01 + 0.99 * float(np.interp(typicality, self.typical, np.linspace(0, 1, len(self.typical))))


def softmax(scores: Array) -> Array:
    """Return probabilities along the last axis."""
    raised = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return np.asarray(raised / raised.sum(axis=-1, keepdims=True), dtype=np.float64)


def calibrate(features: Array, labels: NDArray[np.int64], typicality: Array, default: Calibration) -> Calibration:
    """Fit a calibration on left-out scores, near the default one where there are few.

    Shapes: features (postings, clusters, features); labels and typicality (postings).
    """
    if len(features) < 2:
        return default
    quantiles = np.quantile(typicality, np.linspace(0, 1, QUANTILES))
    weights = fit_weights(features, labels, default.weights)
    typical = [round(max(float(value), 1e-6), 6) for value in quantiles]
    return Calibration(weights=[round(float(weight), 6) for weight in weights], typical=typical)


def fit_weights(features: Array, labels: NDArray[np.int64], prior: Sequence[float]) -> Array:
    """Return the weights of greatest likelihood, held near the prior; a feature that speaks against gets none."""
    count, clusters, width = features.shape
    # Even where every posting is told apart, the next one may not be.
    targets = np.full((count, clusters), DOUBT / clusters)
    targets[np.arange(count), labels] += 1 - DOUBT
    weights = np.zeros(width)
    used = list(range(width))
    while used:
        found = _minimise(features[:, :, used], targets, np.asarray(prior, dtype=np.float64)[used])
        if found.min() >= 0:
            weights[used] = found
            break
        used.pop(int(np.argmin(found)))
    return weights


def _minimise(features: Array, targets: Array, prior: Array) -> Array:
    """Return the weights of least loss: cross-entropy plus the distance from the prior (Newton's method)."""

    def loss(weights: Array) -> float:
        chances = softmax(features @ weights)
        distance = float(((weights - prior) ** 2).sum())
        return float(-(targets * np.log(np.maximum(chances, 1e-300))).sum()) + PRIOR_STRENGTH / 2 * distance

    weights, wanted = np.zeros(len(prior)), np.einsum("nk,nkf->f", targets, features)
    for _ in range(STEPS):
        chances = softmax(features @ weights)
        spread = features - np.einsum("nk,nkf->nf", chances, features)[:, None]
        slope = np.einsum("nk,nkf->f", chances, features) - wanted + PRIOR_STRENGTH * (weights - prior)
        bend = np.einsum("nk,nkf,nkg->fg", chances, spread, spread) + PRIOR_STRENGTH * np.eye(len(prior))
        step, before = np.linalg.solve(bend, slope), loss(weights)
        while np.abs(step).max() > PRECISION and loss(weights - step) > before:
            step = step / 2
        weights = weights - step
        if np.abs(step).max() <= PRECISION:
            break
    return weights
