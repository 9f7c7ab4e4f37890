"""New clusters against the earlier ones.

Which are the same, so that their keys survive, and what became of the rest.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pipeline.cluster_artifacts import Change, ClusterArtifact, slugify
from pipeline.embedding import unit_rows

Matrix = NDArray[np.float64]

SHARED = 0.3  # of a cluster's known vacancies that must stay together for it to be the same
CLOSENESS_WEIGHT = 0.2  # of the centres' cosine beside the shared vacancies
NAME_WEIGHT = 0.3  # of the same name: of the parts of a cluster that split, the one that keeps its name keeps its key
MAJOR = 0.5  # of a cluster that another took in, for it to have split or merged


@dataclass(frozen=True)
class Alignment:
    """The slug of each new cluster, in their order, and what became of the earlier ones."""

    slugs: list[str]
    changes: list[Change]


def align_clusters(
    names: Sequence[str],
    groups: Sequence[Sequence[str]],
    rows: Mapping[str, Matrix],
    earlier: ClusterArtifact | None,
    taken: Iterable[str] = (),
) -> Alignment:
    """Give each new cluster its slug: that of the earlier cluster it continues, else one made from its name.

    `groups` holds each cluster's vacancy ids, `rows` each vacancy's vector; a slug that is made is none of the `taken`.
    """
    if earlier is None or not names:
        slugs: list[str] = []
        for name in names:
            slugs.append(slugify(name, {*taken, *slugs}))
        return Alignment(slugs, [])
    known = {cluster.slug: [i for i in cluster.vacancy_ids if i in rows] for cluster in earlier.clusters}
    kept = _match(names, groups, known, rows)
    taken = {*taken, *known}
    found: list[str] = []
    for index, name in enumerate(names):
        slug = kept.get(index) or slugify(name, taken)
        taken.add(slug)
        found.append(slug)
    return Alignment(found, _changes(found, groups, kept, known))


def place_marks(slugs: Sequence[str], known: Mapping[str, int]) -> list[int]:
    """Return the number of each group's colour: the one its key is known by, else the first free one."""
    taken = {known[slug] for slug in slugs if slug in known}
    free = (number for number in range(len(slugs) + len(taken)) if number not in taken)
    return [known[slug] if slug in known else next(free) for slug in slugs]


def _match(
    names: Sequence[str],
    groups: Sequence[Sequence[str]],
    known: Mapping[str, Sequence[str]],
    rows: Mapping[str, Matrix],
) -> dict[int, str]:
    """Pair new clusters with earlier ones one to one, for the greatest sum of shared vacancies and closeness."""
    from scipy.optimize import linear_sum_assignment

    known = {slug: members for slug, members in known.items() if members}
    if not known:
        return {}
    slugs = list(known)
    every = set[str]().union(*known.values())
    sets = [set(group) for group in groups]
    shared = np.array([[len(group & set(known[slug])) for slug in slugs] for group in sets], dtype=np.float64)
    old = np.array([len(known[slug]) for slug in slugs])
    new = np.array([max(len(group & every), 1) for group in sets])
    overlap = shared / (new[:, None] + old[None, :] - shared)
    closeness = _centres(groups, rows) @ _centres([known[slug] for slug in slugs], rows).T
    same_name = np.array([[slugify(name) == slug for slug in slugs] for name in names], dtype=np.float64)
    likeness = overlap + CLOSENESS_WEIGHT * closeness + NAME_WEIGHT * same_name * (shared > 0)
    pairs = linear_sum_assignment(-np.round(likeness, 6))
    is_same = np.maximum(shared / new[:, None], shared / old[None, :]) >= SHARED
    return {int(i): slugs[j] for i, j in zip(*pairs, strict=True) if is_same[i, j]}


def _centres(groups: Sequence[Sequence[str]], rows: Mapping[str, Matrix]) -> Matrix:
    return unit_rows(np.stack([np.mean([rows[vacancy_id] for vacancy_id in group], axis=0) for group in groups]))


def _changes(
    slugs: Sequence[str], groups: Sequence[Sequence[str]], kept: Mapping[int, str], known: Mapping[str, Sequence[str]]
) -> list[Change]:
    """Say of each new cluster whether it was kept, born or split off, of each lost one whether it died or merged."""
    origin = {vacancy_id: slug for slug, members in known.items() for vacancy_id in members}
    goal = {vacancy_id: slug for slug, group in zip(slugs, groups, strict=True) for vacancy_id in group}
    changes = []
    for index, (slug, group) in enumerate(zip(slugs, groups, strict=True)):
        if index in kept:
            changes.append(Change(kind="kept", slug=slug, note=_moves(group, known[slug])))
        else:
            parent = _mostly(group, origin)
            changes.append(Change(kind="split" if parent else "born", slug=slug, related=[parent] if parent else []))
    for slug, members in known.items():
        if slug not in kept.values():
            heir = _mostly(members, goal)
            changes.append(Change(kind="merged" if heir else "died", slug=slug, related=[heir] if heir else []))
    return changes


def _mostly(vacancy_ids: Sequence[str], cluster_of: Mapping[str, str]) -> str | None:
    """Return the cluster that holds at least half of those vacancies that are in any, or None."""
    slugs = [cluster_of[vacancy_id] for vacancy_id in vacancy_ids if vacancy_id in cluster_of]
    best = max(sorted(set(slugs)), key=slugs.count, default=None)
    return best if best and slugs.count(best) >= MAJOR * len(slugs) else None


def _moves(group: Sequence[str], members: Sequence[str]) -> str:
    joined, left = len(set(group) - set(members)), len(set(members) - set(group))
    return f"{joined} joined, {left} left" if joined or left else "unchanged"
