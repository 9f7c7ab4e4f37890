"""The clustering stage: vacancies in, kinds of role out, each named, described and evidenced."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

from pipeline.cluster_artifacts import (
    Cluster,
    ClusterArtifact,
    ClusterResult,
    Provenance,
    Quality,
    SkippedInput,
    VacancyRecord,
)
from pipeline.core import ProgressCallback, ProgressEvent, RolemapError, ignore_progress
from pipeline.embedding import Embed, unit_rows, vacancy_features
from pipeline.keyword_engine import find_terms_in_context
from pipeline.postings import Corpus, Vacancy, find_boilerplate, find_duplicates, own_text, shown_sentence
from pipeline.vacancy_clustering.alignment import align_clusters
from pipeline.vacancy_clustering.count import CountChoice, choose_count, separation, stability
from pipeline.vacancy_clustering.naming import name_clusters, summarise
from pipeline.vacancy_clustering.open_vocabulary import open_terms
from pipeline.vacancy_clustering.partition import partition
from pipeline.vacancy_clustering.pools import Mention, Pool, build_pools, to_mentions
from pipeline.vacancy_clustering.words import places_named, spoken_titles, telling_words

Matrix = NDArray[np.float64]
Labels = NDArray[np.int64]

TYPICAL = 3
BORDERLINE = 3
MAP_DECIMALS = 3
PROFILE_KEYWORDS = 20
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
    on_progress(ProgressEvent("Finding duplicates", 0, 1))
    duplicates = find_duplicates(corpus.vacancies)
    vacancies = [vacancy for vacancy in corpus.vacancies if vacancy.id not in duplicates]
    check_count(count, len(vacancies))
    with threadpool_limits(1):  # sums over threads come out in any order
        rows = vacancy_features(vacancies, embed=embed, embed_bodies=embed_bodies)
        known = _earlier_labels(vacancies, earlier)
        choice = CountChoice(count, [], "") if count else choose_count(rows, on_progress, earlier=_earlier_count(known))
        labels = partition(rows, choice.clusters, earlier=known)
        duplicate_share = len(duplicates) / len(corpus.vacancies)
        quality = _quality(rows, labels, choice, is_given=count is not None, duplicate_share=duplicate_share)
        positions = map_positions(rows)
    boilerplate = find_boilerplate(vacancies)
    texts = {vacancy.id: own_text(vacancy.text, boilerplate) for vacancy in vacancies}
    mentions = _mentions(vacancies, texts, on_progress)
    groups = [[i for i, label in enumerate(labels) if label == wanted] for wanted in _by_size(labels)]
    ids = [[vacancies[i].id for i in group] for group in groups]
    pools = build_pools(mentions, ids)
    names = _names(vacancies, [texts[vacancy.id] for vacancy in vacancies], groups, pools)
    alignment = align_clusters(names, ids, {v.id: row for v, row in zip(vacancies, rows, strict=True)}, earlier)
    similarity = rows @ unit_rows(np.stack([rows[group].mean(axis=0) for group in groups])).T
    clusters = [
        _describe(slug, names[k], pools[k], [vacancies[i] for i in groups[k]], similarity[groups[k]], k, len(vacancies))
        for k, slug in enumerate(alignment.slugs)
    ]
    return ClusterResult(
        clusters=clusters,
        duplicates=duplicates,
        skipped=[SkippedInput(id=skip.id, reason=skip.reason) for skip in corpus.skipped],
        map={v.id: (float(x), float(y)) for v, (x, y) in zip(vacancies, positions, strict=True)},
        vacancies=_records(vacancies, groups, similarity, alignment.slugs),
        quality=quality,
        provenance=provenance,
        changes=alignment.changes,
    )


def check_count(count: int | None, available: int) -> None:
    """Refuse a number of clusters that cannot be had. Raises RolemapError."""
    if count is not None and count > available:
        what = "vacancy" if available == 1 else "different vacancies"
        raise RolemapError(
            f"{count} clusters cannot be made of {available} {what}. Ask for at most {available}, or add postings."
        )


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


def _quality(rows: Matrix, labels: Labels, choice: CountChoice, *, is_given: bool, duplicate_share: float) -> Quality:
    return Quality(
        silhouette=separation(rows, labels),
        stability=stability(rows, labels, choice.clusters) if 1 < choice.clusters < len(rows) else None,
        cluster_count="given" if is_given else "auto",
        advice=choice.advice,
        curve=choice.curve,
        duplicate_share=round(duplicate_share, 4),
    )


def _mentions(
    vacancies: Sequence[Vacancy], texts: Mapping[str, str], on_progress: ProgressCallback
) -> dict[str, list[Mention]]:
    """Return each vacancy's keywords, found in its text without the sentences that recur over the corpus."""
    found = {}
    for done, vacancy in enumerate(vacancies):
        if done % 50 == 0:
            on_progress(ProgressEvent("Finding keywords", done, len(vacancies)))
        found[vacancy.id] = find_terms_in_context(texts[vacancy.id])
    mentions = {vacancy_id: to_mentions(terms, texts[vacancy_id]) for vacancy_id, terms in found.items()}
    known = {vacancy_id: [match for match, _ in terms] for vacancy_id, terms in found.items()}
    for term, sentences in open_terms(vacancies, texts, known).items():
        for vacancy_id, sentence in sentences.items():
            mentions[vacancy_id].append(Mention(term, "skill", shown_sentence(sentence, term), is_open=True))
    on_progress(ProgressEvent("Finding keywords", len(vacancies), len(vacancies)))
    return mentions


def _names(
    vacancies: Sequence[Vacancy], texts: Sequence[str], groups: Sequence[Sequence[int]], pools: Sequence[Pool]
) -> list[str]:
    spoken = spoken_titles(vacancies, texts)
    return name_clusters(
        [[spoken[i] for i in group] for group in groups],
        # Skills before products: "Analyst: business intelligence" says more than "Analyst: Looker".
        [sorted(pool.top, key=lambda keyword: keyword not in pool.skills) for pool in pools],
        words=telling_words(texts, groups),
        places=places_named(vacancies),
    )


def _describe(
    slug: str, name: str, pool: Pool, members: Sequence[Vacancy], similarity: Matrix, own: int, total: int
) -> Cluster:
    """Describe one cluster; `similarity` holds its members' cosines to every cluster's centre."""
    closeness = similarity[:, own]
    ids = [vacancy.id for vacancy in members]
    typical = sorted(range(len(ids)), key=lambda i: (-round(float(closeness[i]), 6), ids[i]))
    margins = _margins(similarity, own)
    borderline = sorted(range(len(ids)), key=lambda i: (round(float(margins[i]), 6), ids[i]))
    titles = [vacancy.title or "" for vacancy in members]
    keywords = list(dict.fromkeys((*pool.technologies, *pool.skills, *pool.top)))[:PROFILE_KEYWORDS]
    return Cluster(
        slug=slug,
        name=name,
        summary=summarise(name, titles, len(ids) / total, pool.technologies, pool.skills),
        vacancy_ids=ids,
        top_keywords=pool.top,
        defining_technologies=pool.technologies,
        defining_skills=pool.skills,
        profile_text=f"{name}. " + ", ".join(keywords),
        evidence=pool.evidence,
        typical=[ids[i] for i in typical[:TYPICAL]],
        borderline=[ids[i] for i in borderline[:BORDERLINE]] if similarity.shape[1] > 1 else [],
        cohesion=round(float(closeness.mean()), 4),
    )


def _margins(similarity: Matrix, own: int) -> NDArray[Any]:
    """Return how much nearer each row is to its own centre than to the nearest other one."""
    if similarity.shape[1] == 1:
        return similarity[:, own]
    return similarity[:, own] - np.delete(similarity, own, axis=1).max(axis=1)


def _records(
    vacancies: Sequence[Vacancy], groups: Sequence[Sequence[int]], similarity: Matrix, slugs: Sequence[str]
) -> dict[str, VacancyRecord]:
    records = {}
    for own, group in enumerate(groups):
        for i, margin in zip(group, _margins(similarity[group], own), strict=True):
            others = [k for k in range(len(slugs)) if k != own]
            vacancy = vacancies[i]
            records[vacancy.id] = VacancyRecord(
                title=vacancy.title,
                company=vacancy.company,
                location=vacancy.location,
                posted_on=vacancy.posted_on,
                second_best=slugs[max(others, key=lambda k: (round(float(similarity[i, k]), 6), slugs[k]))]
                if others
                else None,
                margin=round(float(margin), 4) if others else None,
            )
    return records
