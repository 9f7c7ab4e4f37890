"""The clustering stage: vacancies in, kinds of role out, each named, described and evidenced."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from pipeline.cluster_artifacts import Cluster, ClusterArtifact, ClusterResult, Provenance, Quality, SkippedInput
from pipeline.core import ContentCache, ProgressCallback, ProgressEvent, RolemapError, ignore_progress
from pipeline.embedding import Embed, learn_features
from pipeline.postings import Corpus, Vacancy, by_content, find_duplicates, language_of, learn_role_texts
from pipeline.vacancy_clustering.alignment import align_clusters
from pipeline.vacancy_clustering.count import CountChoice, choose_count, separation, stability
from pipeline.vacancy_clustering.describer import Describer
from pipeline.vacancy_clustering.description import vacancy_records
from pipeline.vacancy_clustering.language_notes import language_notes
from pipeline.vacancy_clustering.mentions import count_keywords, find_mentions
from pipeline.vacancy_clustering.one_thread import one_thread
from pipeline.vacancy_clustering.partition import partition
from pipeline.vacancy_clustering.placing import Pilot
from pipeline.vacancy_clustering.positions import map_positions
from pipeline.vacancy_clustering.tree import asked_above, build_tree, find_layers, keys_of_tree, with_marks

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
    kept: ContentCache | None = None,
    on_progress: ProgressCallback = ignore_progress,
) -> ClusterResult:
    """Cluster a corpus into exactly `count` kinds of role, or as many as the scan finds where it is None.

    Clusters that continue one of the earlier artifact keep its slug. `kept` is where what single postings say is found
    again; it changes the cost and nothing else. Raises RolemapError where there are fewer distinct
    vacancies than clusters asked for.
    """
    return learn_clusters(
        corpus,
        count=count,
        provenance=provenance,
        embed=embed,
        embed_bodies=embed_bodies,
        earlier=earlier,
        kept=kept,
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
    kept: ContentCache | None = None,
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
    mentions = find_mentions(vacancies, postings, on_progress, kept)
    terms = [{each.keyword for each in mentions[v.id] if not each.is_open} for v in vacancies]
    with one_thread():
        space, rows = learn_features(postings, terms, embed=embed, embed_bodies=embed_bodies)
        known = _earlier_labels(vacancies, earlier)
        choice = _choice(count, rows, vacancies, known, on_progress)
        labels = partition(rows, choice.clusters, earlier=known)
        quality = _quality(rows, labels, choice, count, len(duplicates) / len(corpus.vacancies))
        positions = map_positions(rows, labels)
    notes = _language_notes(vacancies, labels, provenance.embedding_model)
    groups = [[i for i, label in enumerate(labels) if label == wanted] for wanted in _by_size(labels)]
    describer = Describer(vacancies, postings, rows, mentions)
    with one_thread():
        layers = find_layers(describer, groups)
    family_pools = describer.pools(layers.wide)
    pools = describer.pools(groups, asked_above(layers, family_pools))
    names = describer.names(groups, pools)
    ids, taken = describer.ids(groups), keys_of_tree(earlier)
    alignment = align_clusters(names, ids, describer.row_of, earlier, taken)
    clusters = describer.clusters(groups, alignment.slugs, names, pools)
    tree = build_tree(describer, layers, clusters, family_pools, earlier)
    clusters, tree = with_marks(clusters, tree, earlier)
    result = ClusterResult(
        clusters=clusters,
        duplicates=duplicates,
        skipped=[SkippedInput(id=skip.id, reason=skip.reason) for skip in corpus.skipped],
        map={v.id: (float(x), float(y)) for v, (x, y) in zip(vacancies, positions, strict=True)},
        vacancies=vacancy_records(
            vacancies, groups, describer.similarity(groups), alignment.slugs, with_facts=with_facts, kept=kept
        ),
        quality=quality.model_copy(update={"notes": notes}),
        provenance=provenance,
        changes=alignment.changes,
        keyword_counts=count_keywords(describer.mentions),
        labels=describer.labels,
        tree=tree,
    )
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
        terms=_open_terms(describer, clusters),
    )


def _open_terms(describer: Describer, clusters: Sequence[Cluster]) -> tuple[str, ...]:
    """Return the keywords of clusters that no lexicon knows."""
    kept = {keyword for cluster in clusters for keyword in cluster.evidence}
    found = {each.keyword for mentions in describer.mentions.values() for each in mentions if each.is_open}
    return tuple(sorted(found & kept))


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
