"""The clustering stage: vacancies in, kinds of role out, each named, described and evidenced."""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from pipeline.cluster_artifacts import (
    Cluster,
    ClusterArtifact,
    ClusterResult,
    Family,
    Provenance,
    Quality,
    SkippedInput,
)
from pipeline.core import ProgressCallback, ProgressEvent, RolemapError, ignore_progress
from pipeline.embedding import Embed, learn_features, unit_rows
from pipeline.postings import Corpus, RoleText, Vacancy, by_content, find_duplicates, language_of, learn_role_texts
from pipeline.vacancy_clustering.alignment import align_clusters, place_marks
from pipeline.vacancy_clustering.count import CountChoice, choose_count, separation, stability
from pipeline.vacancy_clustering.description import describe_cluster, vacancy_records
from pipeline.vacancy_clustering.families import build_families, gather
from pipeline.vacancy_clustering.language_notes import language_notes
from pipeline.vacancy_clustering.mentions import Mention, count_keywords, find_mentions, written_labels
from pipeline.vacancy_clustering.naming import name_clusters
from pipeline.vacancy_clustering.one_thread import one_thread
from pipeline.vacancy_clustering.partition import partition
from pipeline.vacancy_clustering.placing import Pilot
from pipeline.vacancy_clustering.pools import Pool, build_pools, distinctive
from pipeline.vacancy_clustering.positions import map_positions
from pipeline.vacancy_clustering.words import body_jobs, places_named, telling_words

Matrix = NDArray[np.float64]
Labels = NDArray[np.int64]

MOSTLY_KNOWN = 0.8  # of the vacancies, for the earlier number of clusters to weigh


def cluster_vacancies(
    corpus: Corpus,
    *,
    count: int | None,
    provenance: Provenance,
    embed: Embed,
    embed_bodies: Embed | None = None,
    earlier: ClusterArtifact | None = None,
    on_progress: ProgressCallback = ignore_progress,
) -> ClusterResult:
    """Cluster a corpus into exactly `count` kinds of role, or as many as the scan finds where it is None.

    Clusters that continue one of the earlier artifact keep its slug. Raises RolemapError where there are fewer distinct
    vacancies than clusters asked for.
    """
    return learn_clusters(
        corpus,
        count=count,
        provenance=provenance,
        embed=embed,
        embed_bodies=embed_bodies,
        earlier=earlier,
        on_progress=on_progress,
    )[0]


def learn_clusters(
    corpus: Corpus,
    *,
    count: int | None,
    provenance: Provenance,
    embed: Embed,
    embed_bodies: Embed | None = None,
    earlier: ClusterArtifact | None = None,
    with_facts: bool = True,
    on_progress: ProgressCallback = ignore_progress,
) -> tuple[ClusterResult, Pilot]:
    """Cluster a corpus as `cluster_vacancies` does, and return also what places other postings among its clusters.

    Without `with_facts` the records of postings lack what each states: who places them anew reads it then.
    """
    on_progress(ProgressEvent("Finding duplicates", 0, 1))
    duplicates = find_duplicates(corpus.vacancies)
    vacancies = by_content(vacancy for vacancy in corpus.vacancies if vacancy.id not in duplicates)
    check_count(count, len(vacancies))
    reading, postings = learn_role_texts(vacancies)
    with one_thread():
        space, rows = learn_features(postings, embed=embed, embed_bodies=embed_bodies)
        known = _earlier_labels(vacancies, earlier)
        choice = _choice(count, rows, vacancies, known, on_progress)
        labels = partition(rows, choice.clusters, earlier=known)
        quality = _quality(rows, labels, choice, count, len(duplicates) / len(corpus.vacancies))
        positions = map_positions(rows, labels)
    notes = _language_notes(vacancies, labels, provenance.embedding_model)
    groups = [[i for i, label in enumerate(labels) if label == wanted] for wanted in _by_size(labels)]
    ids = [[vacancies[i].id for i in group] for group in groups]
    mentions = find_mentions(vacancies, postings, on_progress)
    pools = build_pools(mentions, ids)
    written = written_labels(mentions, {keyword for pool in pools for keyword in pool.evidence})
    names = _names(vacancies, postings, groups, pools, written)
    alignment = align_clusters(names, ids, {v.id: row for v, row in zip(vacancies, rows, strict=True)}, earlier)
    similarity = _similarity(rows, groups)
    described = [
        describe_cluster(slug, name, pool, [vacancies[i] for i in group], similarity[group], k, len(vacancies), written)
        for k, (slug, name, pool, group) in enumerate(zip(alignment.slugs, names, pools, groups, strict=True))
    ]
    marks = place_marks(alignment.slugs, earlier)
    clusters = [each.model_copy(update={"mark": mark}) for each, mark in zip(described, marks, strict=True)]
    result = ClusterResult(
        clusters=clusters,
        duplicates=duplicates,
        skipped=[SkippedInput(id=skip.id, reason=skip.reason) for skip in corpus.skipped],
        map={v.id: (float(x), float(y)) for v, (x, y) in zip(vacancies, positions, strict=True)},
        vacancies=vacancy_records(vacancies, groups, similarity, alignment.slugs, with_facts=with_facts),
        quality=quality.model_copy(update={"notes": notes}),
        provenance=provenance,
        changes=alignment.changes,
        keyword_counts=count_keywords(mentions),
        labels=written,
        families=_families(vacancies, postings, rows, groups, clusters, mentions, written, earlier),
    )
    kept = {keyword for cluster in clusters for keyword in cluster.evidence}
    terms = {each.keyword for found in mentions.values() for each in found if each.is_open} & kept
    numbers = np.empty(len(vacancies), dtype=np.int64)
    for number, group in enumerate(groups):
        numbers[group] = number
    return result, Pilot(
        reading=reading,
        space=space,
        rows=rows,
        labels={vacancy.id: number for vacancy, number in zip(vacancies, numbers.tolist(), strict=True)},
        numbers=numbers,
        positions=positions,
        terms=tuple(sorted(terms)),
    )


def _families(
    vacancies: Sequence[Vacancy],
    postings: Sequence[RoleText],
    rows: Matrix,
    groups: Sequence[Sequence[int]],
    clusters: Sequence[Cluster],
    mentions: Mapping[str, Sequence[Mention]],
    labels: Mapping[str, str],
    earlier: ClusterArtifact | None,
) -> list[Family]:
    """Return the families that the clusters gather into, named and described as they are."""

    def describe(members: Sequence[Sequence[int]]) -> tuple[list[str], list[list[str]]]:
        wide = [[i for number in own for i in groups[number]] for own in members]
        pools = build_pools(mentions, [[vacancies[i].id for i in group] for group in wide])
        return _names(vacancies, postings, wide, pools, labels), [pool.top for pool in pools]

    centres = unit_rows(np.stack([rows[group].mean(axis=0) for group in groups]))
    by_id = {vacancy.id: row for vacancy, row in zip(vacancies, rows, strict=True)}
    return build_families(clusters, gather(centres), by_id, describe, earlier)


def _similarity(rows: Matrix, groups: Sequence[Sequence[int]]) -> Matrix:
    """Return the cosines of all rows to the centre of each group; shape (rows, groups)."""
    centres = np.stack([rows[group].mean(axis=0) for group in groups])
    return np.asarray(rows @ unit_rows(centres).T)


def _choice(
    count: int | None, rows: Matrix, vacancies: Sequence[Vacancy], known: Labels | None, on_progress: ProgressCallback
) -> CountChoice:
    """Return the number of clusters: the one asked for, else the one that the scan finds."""
    if count:
        return CountChoice(count, [], "")
    says = [f"{vacancy.title or ''}\n{vacancy.text}" for vacancy in vacancies]  # by which it is drawn into samples
    return choose_count(rows, on_progress, earlier=_earlier_count(known), keys=says)


def _language_notes(vacancies: Sequence[Vacancy], labels: Labels, model: str) -> list[str]:
    return language_notes([language_of(vacancy.text) for vacancy in vacancies], labels.tolist(), model)


def check_count(count: int | None, available: int) -> None:
    """Refuse a number of clusters that cannot be had. Raises RolemapError."""
    if count is not None and count > available:
        what = "vacancy" if available == 1 else "different vacancies"
        raise RolemapError(
            f"{count} clusters cannot be made of {available} {what}. Ask for at most {available}, or add postings."
        )


def _earlier_labels(vacancies: Sequence[Vacancy], earlier: ClusterArtifact | None) -> Labels | None:
    """Return the number of the earlier cluster that each vacancy was in, -1 where it is new."""
    if earlier is None:
        return None
    number = {i: k for k, cluster in enumerate(earlier.clusters) for i in cluster.vacancy_ids}
    return np.array([number.get(vacancy.id, -1) for vacancy in vacancies], dtype=np.int64)


def _earlier_count(known: Labels | None) -> int | None:
    """Return how many clusters the vacancies were in before, where most of them were in one."""
    if known is None or np.mean(known >= 0) < MOSTLY_KNOWN:
        return None
    return len(set(known.tolist()) - {-1})


def _by_size(labels: Labels) -> list[int]:
    """Return the labels, the largest cluster's first, equal ones by their first member."""
    sizes = np.bincount(labels)
    first = {label: int(np.argmax(labels == label)) for label in range(len(sizes))}
    return sorted(first, key=lambda label: (-int(sizes[label]), first[label]))


def _quality(rows: Matrix, labels: Labels, choice: CountChoice, count: int | None, duplicate_share: float) -> Quality:
    return Quality(
        silhouette=separation(rows, labels),
        stability=stability(rows, labels, choice.clusters) if 1 < choice.clusters < len(rows) else None,
        cluster_count="given" if count else "auto",
        advice=choice.advice,
        curve=choice.curve,
        duplicate_share=round(duplicate_share, 4),
    )


def _names(
    vacancies: Sequence[Vacancy],
    postings: Sequence[RoleText],
    groups: Sequence[Sequence[int]],
    pools: Sequence[Pool],
    labels: Mapping[str, str],
) -> list[str]:
    jobs = body_jobs(postings)
    return name_clusters(
        [[postings[i].title for i in group] for group in groups],
        [[labels.get(keyword, keyword) for keyword in distinctive(pool)] for pool in pools],
        bodies=[[jobs[i] for i in group] for group in groups],
        words=telling_words([posting.text for posting in postings], groups),
        places=places_named(vacancies),
    )
