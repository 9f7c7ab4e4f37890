"""Which cluster a job description belongs to, how sure that is, why, and what is missing on either side."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict

from pipeline.cluster_artifacts import GENERAL, ClusterArtifact, KeywordEvidence
from pipeline.cluster_matcher.calibration import Calibration, calibrate, softmax
from pipeline.cluster_matcher.explanation import Reason, explain
from pipeline.cluster_matcher.index import MatchIndex, meaning_rows
from pipeline.cluster_matcher.job_descriptions import JobDescription
from pipeline.cluster_matcher.keywords import KeywordFeatures, KeywordProfile, keyword_features, keyword_weight
from pipeline.cluster_matcher.results import MarketKeyword, Match, RankedCluster, SimilarVacancy
from pipeline.embedding import Embed
from pipeline.keyword_engine import KeywordHit, extract_keywords_from_text, keyword_label, keyword_labels
from pipeline.postings import Vacancy, own_text

OPENING_WORDS = 110  # of a text to match that the encoder reads; more costs time and tells nothing new
CALIBRATED_ON = 500  # postings at most
CLOSE = 0.2  # a lead over the second cluster below which the call is close
SIMILAR = 3
MISSING = 12
MIN_MARKET_SHARE = 0.1  # of the cluster's postings, for a keyword that the job is said to lack
DECIMALS = 9
DEFAULT_BY_KEYWORDS = Calibration(weights=[6.0, 3.0], typical=[0.5, 1.0, 2.0])


class KeywordCalibration(BaseModel):
    """How to read keyword scores of texts with and without a title."""

    model_config = ConfigDict(frozen=True)

    titled: Calibration = DEFAULT_BY_KEYWORDS
    untitled: Calibration = DEFAULT_BY_KEYWORDS


@dataclass(frozen=True)
class Meaning:
    """What matching by meaning needs: the index, and the encoder that its vectors come from."""

    index: MatchIndex
    embed: Embed
    embed_bodies: Embed | None = None


@dataclass(frozen=True)
class Scored:
    """One text's probabilities of the clusters, how typical it is of the corpus, and the parts of its scores."""

    chances: NDArray[np.float64]
    typicality: float
    calibration: Calibration
    keywords: KeywordFeatures
    row: NDArray[np.float64] | None = None
    cosines: NDArray[np.float64] | None = None  # to each cluster's centre and profile


class ClusterMatcher:
    """Ranks clusters for job descriptions: by keywords alone, or with `meaning` by vectors and keywords."""

    def __init__(
        self,
        profiles: Sequence[KeywordProfile],
        *,
        artifact: ClusterArtifact | None = None,
        artifact_path: Path | None = None,
        calibration: KeywordCalibration | None = None,
        meaning: Meaning | None = None,
    ) -> None:
        self.profiles = list(profiles)
        self.artifact = artifact
        self._path = artifact_path
        self._calibration = calibration or KeywordCalibration()
        self.meaning = meaning

    def match(self, jobs: Sequence[JobDescription], *, is_explained: bool = False) -> list[Match]:
        """Rank the clusters for each job description; texts are embedded in one batch."""
        if not jobs:
            return []
        hits = [extract_keywords_from_text(job.text, self._path) for job in jobs]
        scored = self._score(jobs, hits)
        return [self._match(*each, is_explained=is_explained) for each in zip(jobs, hits, scored, strict=True)]

    def score_jobs(self, jobs: Sequence[JobDescription]) -> list[Scored]:
        """Return the probabilities of the clusters for each job description, and nothing else of a match."""
        return self._score(jobs, [extract_keywords_from_text(job.text, self._path) for job in jobs])

    def likeness(self, job: JobDescription) -> dict[str, float]:
        """Return how alike in meaning a text and each stored posting are; nothing where it is matched by keywords."""
        row = self.score_jobs([job])[0].row
        if self.meaning is None or row is None:
            return {}
        index = self.meaning.index
        return {i: float(cosine) for i, cosine in zip(index.ids, np.round(index.rows @ row, DECIMALS), strict=True)}

    def _score(self, jobs: Sequence[JobDescription], hits: Sequence[Sequence[KeywordHit]]) -> list[Scored]:
        keywords = [
            keyword_features(self.profiles, self._named(job, found), job.title)
            for job, found in zip(jobs, hits, strict=True)
        ]
        if self.meaning is None:
            return [self._by_keywords(job, features) for job, features in zip(jobs, keywords, strict=True)]
        index = self.meaning.index
        own = [own_text(job.text, index.boilerplate) for job in jobs]
        titles = [job.title for job in jobs]
        embed, embed_bodies = self.meaning.embed, self.meaning.embed_bodies
        rows = meaning_rows(titles, own, embed=embed, embed_bodies=embed_bodies, words=OPENING_WORDS)
        features, typicality = index.features(rows, keywords), index.typicality(rows)
        scored = []
        for number, job in enumerate(jobs):
            calibration = index.titled if job.title else index.untitled
            chances = softmax(features[number] @ np.array(calibration.weights))
            row, cosines = rows[number], features[number][:, :2]
            scored.append(Scored(chances, float(typicality[number]), calibration, keywords[number], row, cosines))
        return scored

    def _named(self, job: JobDescription, hits: Sequence[KeywordHit]) -> set[str]:
        """Return the keywords that a job names in its text, or in a title that stands apart from it."""
        named = {hit.keyword for hit in hits}
        if job.title and job.title not in job.text:
            named |= {hit.keyword for hit in extract_keywords_from_text(job.title, self._path)}
        return named

    def _by_keywords(self, job: JobDescription, keywords: KeywordFeatures) -> Scored:
        calibration = self._calibration.titled if job.title else self._calibration.untitled
        chances = softmax(np.array([keywords.keywords, keywords.title]).T @ np.array(calibration.weights))
        return Scored(chances, keywords.best, calibration, keywords)

    def _match(self, job: JobDescription, hits: Sequence[KeywordHit], scored: Scored, *, is_explained: bool) -> Match:
        ranked = sorted(range(len(self.profiles)), key=lambda k: (-round(float(scored.chances[k]), DECIMALS), k))
        best = ranked[0]
        is_like_one = scored.typicality >= scored.calibration.floor
        second = scored.chances[ranked[1]] if len(ranked) > 1 else 0.0
        margin = float(scored.chances[best] - second)
        named = self._named(job, hits)
        return Match(
            name=job.name,
            title=job.title,
            text=job.text,
            verdict="none" if not is_like_one else "close" if margin < CLOSE else "clear",
            best_cluster=self.profiles[best].slug if is_like_one else None,
            clusters=[self._ranked(k, scored) for k in ranked],
            margin=round(margin, DECIMALS),
            fit=round(scored.calibration.fit(scored.typicality), DECIMALS),
            is_semantic=scored.row is not None,
            keywords=by_category(hits),
            labels=keyword_labels((hit.keyword for hit in hits), self._labels),
            reasons=self._reasons(job, hits, best) if is_explained and is_like_one else [],
            missing_keywords=self._missing(best, named) if is_like_one else [],
            extra_keywords=self._extra(best, hits) if is_like_one else [],
            similar=self._similar(scored) if is_like_one else [],
            notices=list(job.notices),
        )

    def _ranked(self, number: int, scored: Scored) -> RankedCluster:
        profile, cosines = self.profiles[number], scored.cosines
        return RankedCluster(
            slug=profile.slug,
            name=profile.name,
            score=round(float(scored.chances[number]), DECIMALS),
            keyword_score=round(scored.keywords.keywords[number], DECIMALS),
            centre_similarity=None if cosines is None else round(float(cosines[number, 0]), DECIMALS),
            profile_similarity=None if cosines is None else round(float(cosines[number, 1]), DECIMALS),
        )

    def _reasons(self, job: JobDescription, hits: Sequence[KeywordHit], number: int) -> list[Reason]:
        weights = {keyword: keyword_weight(found) for keyword, found in self.profiles[number].pool.items()}

        def score(jobs: Sequence[JobDescription]) -> list[float]:
            return [float(scored.chances[number]) for scored in self.score_jobs(jobs)]

        return explain(job, hits, weights, score, self._labels)

    def _missing(self, number: int, named: set[str]) -> list[MarketKeyword]:
        """Return what the cluster's postings often ask for and the job does not, the most frequent first."""
        pool = self.profiles[number].pool
        # Whoever asks for Kafka Streams asks for Kafka, too.
        parts = {f" {keyword} " for keyword in named}
        lacking = [
            keyword
            for keyword, found in pool.items()
            if found.share >= MIN_MARKET_SHARE and not any(f" {keyword} " in part for part in parts)
        ]
        lacking.sort(key=lambda keyword: (-pool[keyword].share, keyword))
        return [self._market(keyword, number) for keyword in lacking[:MISSING]]

    def _extra(self, number: int, hits: Sequence[KeywordHit]) -> list[MarketKeyword]:
        """Return what the job asks for and does not mark the cluster out, in the order of the text."""
        pool = self.profiles[number].pool
        kinds = {hit.keyword: hit.kind for hit in hits if hit.keyword not in pool}
        return [self._market(keyword, number).model_copy(update={"kind": kind}) for keyword, kind in kinds.items()]

    def _market(self, keyword: str, number: int) -> MarketKeyword:
        """Return a keyword with its share of the cluster's postings and of all, where the artifact tells."""
        own = self._evidence(self.profiles[number]).get(keyword)
        kinds = [found.kind for each in self.profiles if (found := self._evidence(each).get(keyword))]
        return MarketKeyword(
            keyword=keyword,
            label=keyword_label(keyword, self._labels),
            kind=own.kind if own else next(iter(kinds), "skill"),
            share=own.share if own and own.vacancy_ids else None,
            market_share=self._market_share(keyword),
        )

    @property
    def _labels(self) -> Mapping[str, str]:
        return self.artifact.labels if self.artifact else {}

    def _market_share(self, keyword: str) -> float | None:
        """Return the part of all postings that name a keyword; None where the artifact does not say."""
        total = sum(profile.size for profile in self.profiles)
        counts = self.artifact.keyword_counts if self.artifact else {}
        if not total:
            return None
        if counts:
            return round(counts.get(keyword, 0) / total, 4)
        for profile in self.profiles:  # an artifact from before the counts: from a cluster that it marks out
            found = profile.pool.get(keyword)
            if found and found.vacancy_ids:
                naming = found.share * profile.size + found.share_elsewhere * (total - profile.size)
                return round(naming / total, 4)
        return None

    def _evidence(self, profile: KeywordProfile) -> Mapping[str, KeywordEvidence]:
        """Return what is known of a cluster's keywords: its pool, and all else that it asks for."""
        clusters = self.artifact.clusters if self.artifact else []
        asked = next((cluster.evidence for cluster in clusters if cluster.slug == profile.slug), {})
        return {**asked, **profile.pool}

    def _similar(self, scored: Scored) -> list[SimilarVacancy]:
        if self.meaning is None or self.artifact is None or scored.row is None:
            return []
        similar = []
        for vacancy_id, cosine in self.meaning.index.nearest(scored.row, SIMILAR):
            record = self.artifact.vacancies.get(vacancy_id)
            title, company = (record.title, record.company) if record else (None, None)
            similar.append(SimilarVacancy(id=vacancy_id, title=title, company=company, similarity=cosine))
        return similar


def by_category(hits: Sequence[KeywordHit]) -> dict[str, list[str]]:
    """Return the keywords of a text by category, each once, in the order of the text; "general" comes last."""
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for hit in hits:
        found[hit.category][hit.keyword] = None
    return {slug: list(found[slug]) for slug in sorted(found, key=lambda slug: (slug == GENERAL, slug))}


def left_out_features(
    artifact: ClusterArtifact, profiles: Sequence[KeywordProfile], vacancies: Sequence[Vacancy], path: Path | None
) -> dict[str, tuple[KeywordFeatures, KeywordFeatures]]:
    """Return the keyword scores, with and without a title, of postings spread over the corpus.

    Each is scored as if it were new: it is left out of the shares of its cluster.
    """
    label_of = {vacancy_id: number for number, c in enumerate(artifact.clusters) for vacancy_id in c.vacancy_ids}
    step = -(-len(vacancies) // CALIBRATED_ON) or 1
    features = {}
    for vacancy in vacancies[::step]:
        named = {hit.keyword for hit in extract_keywords_from_text(vacancy.text, path, vacancy.company)}
        own = label_of[vacancy.id]
        titled, untitled = (
            keyword_features(profiles, named, title, left_out_of=own) for title in (vacancy.title, None)
        )
        features[vacancy.id] = titled, untitled
    return features


def calibrate_keywords(
    artifact: ClusterArtifact, features: Mapping[str, tuple[KeywordFeatures, KeywordFeatures]]
) -> KeywordCalibration:
    """Return how to read keyword scores, from those of the corpus's own postings."""
    label_of = {vacancy_id: number for number, c in enumerate(artifact.clusters) for vacancy_id in c.vacancy_ids}
    labels = np.array([label_of[vacancy_id] for vacancy_id in features], dtype=np.int64)

    def calibration(which: int) -> Calibration:
        scored = [pair[which] for pair in features.values()]
        shape = len(scored), 2, len(artifact.clusters)
        stacked = np.array([[each.keywords, each.title] for each in scored]).reshape(shape).transpose(0, 2, 1)
        return calibrate(stacked, labels, np.array([each.best for each in scored]), DEFAULT_BY_KEYWORDS)

    return KeywordCalibration(titled=calibration(0), untitled=calibration(1))
