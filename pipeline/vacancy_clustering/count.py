"""How many clusters a corpus holds, and how far that number can be trusted.

The choice counts the weakly linked groups in the graph of nearest neighbours (small eigenvalues of its normalised
Laplacian; see von Luxburg, "A tutorial on spectral clustering", 2007), over several samples. Of a hundred rules tried
on planted corpora it came within one of the truth most often. Separation and stability, which choose badly, are kept as
the curve beside it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pipeline.cluster_artifacts import CurvePoint
from pipeline.core import ProgressCallback, ProgressEvent, content_key, ignore_progress
from pipeline.vacancy_clustering.neighbours import smoothed
from pipeline.vacancy_clustering.partition import condense, group, partition

Matrix = NDArray[np.float64]
Labels = NDArray[np.int64]

MOST = 20
SAMPLE, SAMPLES = 300, 5  # rows a sample, and how many samples
# Neighbours in the graph, and below which eigenvalue a group counts as weakly linked to the rest.
NARROW = (15, 0.4)
WIDE = (25, 0.36)  # where groups are crowded: many ads of one role show sub-groups of their own
FEW = (15, 0.3)  # in a small corpus
CROWDED = 40  # vacancies a group
SMALL = 60  # vacancies
CURVE_SAMPLE = 1000
CURVE_DIMENSIONS = 30
CURVE_STARTS = 3
RESAMPLES = 3
RESAMPLE_RUNS = 30
RESAMPLE_SHARE = 0.8
FEWEST = 6  # vacancies below which nothing can be said
STAGE = "Choosing the number of clusters"


@dataclass(frozen=True)
class CountChoice:
    """The number chosen, the curve beside it, and how sure the choice is, in words."""

    clusters: int
    curve: list[CurvePoint]
    advice: str


def choose_count(
    rows: Matrix,
    on_progress: ProgressCallback = ignore_progress,
    *,
    earlier: int | None = None,
    keys: Sequence[str] | None = None,
) -> CountChoice:
    """Choose a number of clusters for the rows (unit vectors), with the curve as evidence.

    `keys` say what each row stands for, so that a row more leaves the samples as they were but for itself.

    `earlier` is the number that was chosen for most of these rows before: it stays where it is within one, so that a
    few more postings do not cost a cluster its key.
    """
    if len(rows) < FEWEST:
        count = min(2, len(rows))
        return CountChoice(
            count, [], f"With {len(rows)} postings the number of clusters is a guess: choose it yourself."
        )
    votes = count_votes(rows, keys)
    chosen = int(np.median(votes))
    if earlier is not None and abs(earlier - chosen) <= 1 and earlier <= len(rows) // 2:
        chosen = earlier
    return CountChoice(chosen, quality_curve(rows, chosen, on_progress), _advice(chosen, votes))


def count_votes(rows: Matrix, keys: Sequence[str] | None = None) -> list[int]:
    """Return how many weakly linked groups each sample of the rows holds; one vote where the sample is the whole."""
    smooth = smoothed(rows)
    names = keys or [str(index) for index in range(len(rows))]
    draws = [_draw(names, sample) for sample in range(SAMPLES)] if len(rows) > SAMPLE else [np.arange(len(rows))]
    votes = [_weak_groups(smooth[draw], *(NARROW if len(rows) > SMALL else FEW)) for draw in draws]
    if len(rows) < CROWDED * np.median(votes):
        return votes
    return [_weak_groups(smooth[draw], *WIDE) for draw in draws]


def _draw(names: Sequence[str], sample: int) -> NDArray[np.int64]:
    """Return the rows of one sample: those whose names have the smallest hashes, which another row hardly changes."""
    ranked = sorted(range(len(names)), key=lambda i: content_key(str(sample), names[i]))
    return np.sort(np.array(ranked[:SAMPLE], dtype=np.int64))


def _weak_groups(rows: Matrix, neighbours: int, weak: float) -> int:
    eigenvalues = graph_spectrum(rows, min(neighbours, max(2, len(rows) // 8)))
    return int(np.clip((eigenvalues < weak).sum(), 2, min(MOST, len(rows) // 2)))


def graph_spectrum(rows: Matrix, neighbours: int) -> Matrix:
    """Return the eigenvalues of the normalised Laplacian of the nearest-neighbour graph, smallest first.

    As many are zero as the graph has parts; small ones are parts held by few links.
    """
    likeness = rows @ rows.T
    np.fill_diagonal(likeness, -2.0)
    near = np.argsort(-np.round(likeness, 6), axis=1, kind="stable")[:, : min(neighbours, len(rows) - 1)]
    graph = np.zeros_like(likeness)
    graph[np.arange(len(rows))[:, None], near] = 1.0
    graph = np.maximum(graph, graph.T)
    scale = 1 / np.sqrt(graph.sum(axis=1))
    return np.asarray(np.linalg.eigvalsh(np.eye(len(rows)) - scale[:, None] * graph * scale))


def quality_curve(rows: Matrix, chosen: int, on_progress: ProgressCallback = ignore_progress) -> list[CurvePoint]:
    """Return separation and stability for every number of clusters worth a look, on a sample of a large corpus."""
    sizes = range(2, min(max(chosen + 4, 10), MOST, len(rows) // 3) + 1)
    if len(rows) > CURVE_SAMPLE:
        rows = rows[np.sort(np.random.default_rng(0).choice(len(rows), CURVE_SAMPLE, replace=False))]
    points = condense(rows, CURVE_DIMENSIONS)
    resamples = [(kept, condense(rows[kept], CURVE_DIMENSIONS)) for kept in _resamples(len(rows))]
    curve = []
    for step, size in enumerate(sizes):
        on_progress(ProgressEvent(STAGE, step, len(sizes)))
        labels = group(points, size, starts=CURVE_STARTS)
        again = [(kept, group(part, size, starts=CURVE_STARTS)) for kept, part in resamples]
        curve.append(
            CurvePoint(clusters=size, silhouette=separation(rows, labels), stability=_agreement(labels, again))
        )
    on_progress(ProgressEvent(STAGE, len(sizes), len(sizes)))
    return curve


def separation(rows: Matrix, labels: Labels) -> float:
    """Return the silhouette by cosine: near 1 for clusters far apart, near 0 for overlapping ones."""
    from sklearn.metrics import silhouette_score

    if not 1 < len(set(labels.tolist())) < len(rows):
        return 0.0
    sample = CURVE_SAMPLE * 2 if len(rows) > CURVE_SAMPLE * 2 else None
    return round(float(silhouette_score(rows, labels, metric="cosine", sample_size=sample, random_state=0)), 4)


def stability(rows: Matrix, labels: Labels, count: int) -> float:
    """Return how alike the groups come out when a fifth of the rows is left out: 1 is the same every time.

    The mean adjusted Rand index between the labels and those of resamples, on the rows they share.
    """
    again = [
        (kept, partition(rows[kept], count, runs=RESAMPLE_RUNS)) for kept in _resamples(len(rows)) if len(kept) >= count
    ]
    return _agreement(labels, again)


def _resamples(size: int) -> list[NDArray[np.int64]]:
    kept = max(2, int(RESAMPLE_SHARE * size))
    return [np.sort(np.random.default_rng(seed).choice(size, kept, replace=False)) for seed in range(RESAMPLES)]


def _agreement(labels: Labels, again: Sequence[tuple[NDArray[np.int64], Labels]]) -> float:
    from sklearn.metrics import adjusted_rand_score

    scores = [adjusted_rand_score(labels[kept], other) for kept, other in again]
    return round(float(np.mean(scores)), 4) if scores else 0.0


def _advice(chosen: int, votes: Sequence[int]) -> str:
    """Say how sure the choice is, by what planted corpora have shown and by how far the samples agree."""
    low, high = max(2, min(chosen - 1, *votes)), max(chosen + 1, *votes)
    spread = f" Samples of the postings gave {min(votes)} to {max(votes)}." if min(votes) < max(votes) else ""
    return (
        f"About {chosen} kinds of role stand apart in these postings.{spread} Where the true number is known, such a "
        "count is within one of it about two times in three, so take it as a starting point: "
        f"{low} to {high} may serve as well, by how fine a view you want."
    )
