"""Other markets to compare with: an earlier clustering of one's own, a colleague's artifact, a colleague's postings."""

import tempfile
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pipeline.cluster_artifacts import ClusterArtifact, get_cluster_categories, read_artifact
from pipeline.cluster_matcher import clean_job_description
from pipeline.core import ProgressCallback, RolemapError, ignore_progress
from pipeline.market_trends import PostingFacts
from pipeline.postings import Vacancy
from pipeline.report import mentions_of, posting_facts
from pipeline.services.corpus import read_uploaded
from pipeline.services.keywords import posting_keywords
from pipeline.services.matching import match_all
from pipeline.services.stored_postings import facts_of_stored

Mentions = Mapping[str, frozenset[str]]

WHOLE = 0.95  # of the postings that name a keyword, from which its evidence says of each posting whether it does


@dataclass(frozen=True)
class OtherMarket:
    """A collection beside one's own: what its postings can be asked by, and its kinds of role by their keys.

    `keywords` are those of which each posting is known to name them or not; None where that is all.
    """

    name: str
    facts: Mapping[str, PostingFacts]
    roles: Mapping[str, str]
    keywords: frozenset[str] | None = None


def market_of_artifact(name: str, artifact: ClusterArtifact, mentions: Mentions) -> OtherMarket:
    """Return a clustering as a market; `mentions` has the keywords of the postings that are still stored.

    An artifact itself keeps only which postings name the keywords that its clusters ask for.
    """
    ids = {i for cluster in artifact.clusters for i in cluster.vacancy_ids}
    roles = {category.slug: category.name for category in get_cluster_categories(artifact)}
    if ids <= mentions.keys():
        return OtherMarket(name, posting_facts(artifact, mentions), roles)
    named: dict[str, set[str]] = {i: set() for i in ids}
    counts: Counter[str] = Counter()
    for cluster in artifact.clusters:
        for keyword, found in cluster.evidence.items():
            counts[keyword] += len(found.vacancy_ids)
            for vacancy_id in found.vacancy_ids:
                named.setdefault(vacancy_id, set()).add(keyword)
    whole = frozenset(k for k, count in counts.items() if count >= WHOLE * artifact.keyword_counts.get(k, count))
    return OtherMarket(name, posting_facts(artifact, {i: frozenset(found) for i, found in named.items()}), roles, whole)


def earlier_market(version: Path, mentions: Mentions) -> OtherMarket:
    """Return a kept version of the artifact as a market, named by the day until which it was in use.

    Raises RolemapError where it cannot be read.
    """
    return market_of_artifact(version_name(version), read_artifact(version), mentions)


def version_name(version: Path) -> str:
    """Return what to call a kept version: until when it was in use, and its number."""
    day = date.fromtimestamp(version.stat().st_mtime)
    return f"the clustering in use until {day} (no. {int(version.stem.split('-')[0])})"


def market_of_file(
    name: str, data: bytes, artifact: ClusterArtifact, on_progress: ProgressCallback = ignore_progress
) -> OtherMarket:
    """Return a colleague's file as a market: an artifact, or postings in any format that can be read.

    Postings come under one's own kinds of role, by what they say. Nothing is stored. Raises RolemapError.
    """
    if data.lstrip()[:1] == b"{" and b'"clusters"' in data and b'"schema_version"' in data:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "vacancy_clusters.json"
            path.write_bytes(data)
            return market_of_artifact(name, _own_artifact(name, path), {})
    vacancies = read_uploaded([(name, data)]).vacancies
    if not vacancies:
        raise RolemapError(f"{name} holds no posting that can be read, and is no cluster artifact.")
    mentions = mentions_of(posting_keywords(vacancies, on_progress=on_progress))
    roles = {cluster.slug: cluster.name for cluster in artifact.clusters} | {"": "none of these kinds"}
    return OtherMarket(name, _with_roles(vacancies, mentions, on_progress), roles)


def _own_artifact(name: str, path: Path) -> ClusterArtifact:
    try:
        return read_artifact(path)
    except RolemapError as error:
        raise RolemapError(str(error).replace(str(path), name)) from error


def _with_roles(
    vacancies: tuple[Vacancy, ...], mentions: Mentions, on_progress: ProgressCallback
) -> dict[str, PostingFacts]:
    jobs = [clean_job_description(each.text, title=each.title, name=each.id) for each in vacancies]
    matches = match_all(jobs, on_progress=on_progress)
    role_of = {each.id: match.best_cluster or "" for each, match in zip(vacancies, matches, strict=True)}
    return facts_of_stored(vacancies, None, mentions, role_of)
