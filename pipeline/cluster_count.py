"""How many clusters a corpus holds: a scan over candidates, judged by separation and by stability under resampling."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sklearn.metrics import adjusted_rand_score, silhouette_score

from pipeline.cluster_artifacts import CurvePoint
from pipeline.progress import ProgressCallback, ProgressEvent, ignore_progress

Matrix = NDArray[np.float64]
Labels = NDArray[np.int64]
Partition = Callable[[Matrix, int, int], Labels]  # rows, number of clusters, seed

MAX_CLUSTERS = 20
RESAMPLES = 5
RESAMPLE_SHARE = 0.8
SILHOUETTE_SAMPLE = 2000


@dataclass(frozen=True)
class CountChoice:
    """The number chosen, the curve it was chosen from, and how sure the choice is, in words."""

    clusters: int
    curve: list[CurvePoint]
    advice: str


def choose_count(rows: Matrix, partition: Partition, on_progress: ProgressCallback = ignore_progress) -> CountChoice:
    """Choose a number of clusters for the rows (unit vectors), with the curve as evidence."""
    candidates = candidate_counts(len(rows))
    curve = []
    for step, count in enumerate(candidates):
        on_progress(ProgressEvent("Choosing the number of clusters", step, len(candidates)))
        labels = partition(rows, count, 0)
        separation, steadiness = separation_of(rows, labels), stability(rows, count, partition)
        score = round((separation + 0.1) * steadiness, 4)
        curve.append(CurvePoint(clusters=count, silhouette=separation, stability=steadiness, score=score))
    on_progress(ProgressEvent("Choosing the number of clusters", len(candidates), len(candidates)))
    if not curve:
        return CountChoice(1, [], "Too few different vacancies to tell kinds of role apart.")
    best = max(curve, key=lambda point: (point.score or 0.0, -point.clusters))
    return CountChoice(best.clusters, curve, _advice(best, curve))


def candidate_counts(count: int) -> Sequence[int]:
    """Return the numbers of clusters worth trying for so many vacancies; none where there are fewer than three."""
    return range(2, min(MAX_CLUSTERS, max(2, count // 3), count - 1) + 1)


def separation_of(rows: Matrix, labels: Labels) -> float:
    """Return the silhouette by cosine: near 1 for clusters far apart, near 0 for overlapping ones."""
    kinds = len(set(labels.tolist()))
    if not 1 < kinds < len(rows):
        return 0.0
    sample = SILHOUETTE_SAMPLE if len(rows) > SILHOUETTE_SAMPLE else None
    return round(float(silhouette_score(rows, labels, metric="cosine", sample_size=sample, random_state=0)), 4)


def stability(rows: Matrix, count: int, partition: Partition) -> float:
    """Return the mean adjusted Rand index between the whole and resamples of it, on the rows they share.

    1 is the same every time.
    """
    whole = partition(rows, count, 0)
    scores = []
    for seed in range(RESAMPLES):
        size = max(count, int(RESAMPLE_SHARE * len(rows)))
        chosen = np.sort(np.random.default_rng(seed).choice(len(rows), size, replace=False))
        scores.append(adjusted_rand_score(whole[chosen], partition(rows[chosen], count, seed + 1)))
    return round(float(np.mean(scores)), 4)


def _advice(best: CurvePoint, curve: Sequence[CurvePoint]) -> str:
    rivals = [p.clusters for p in curve if p.clusters != best.clusters and (p.score or 0) >= 0.95 * (best.score or 0)]
    if rivals:
        listed = ", ".join(str(count) for count in rivals[:3])
        return (
            f"{best.clusters} clusters separate these postings best, but {listed} do nearly as well: "
            "look at both before relying on the number."
        )
    return f"{best.clusters} clusters separate these postings clearly better than any other number tried."
