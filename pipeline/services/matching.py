"""Matching job descriptions: what commands, pages and the API call."""

import logging
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from pipeline.cluster_artifacts import ClusterArtifact, artifact_files, load_artifact
from pipeline.cluster_matcher import (
    ClusterMatcher,
    JobDescription,
    KeywordCalibration,
    KeywordProfile,
    Match,
    MatchIndex,
    Meaning,
    build_index,
    build_profiles,
    calibrate_keywords,
    clean_job_description,
    dump_index,
    left_out_features,
    load_index,
    profiles_of_taxonomy,
)
from pipeline.core import (
    BrokenArtifact,
    ContentCache,
    MissingArtifact,
    ProgressCallback,
    ProgressEvent,
    RolemapError,
    Settings,
    WatchedFiles,
    content_key,
    get_settings,
    ignore_progress,
)
from pipeline.embedding import TextEmbedder
from pipeline.keyword_engine import default_artifact_path, get_tech_taxonomy, lexicon_files, taxonomy_notice
from pipeline.postings import Vacancy, load_vacancies
from pipeline.resume_generator import GapAnalysis, ResumeVariant, analyze_gaps, generate_variants
from pipeline.resumes import Resume
from pipeline.services.tables import to_csv
from pipeline.services.variants import job_theme, variant_themes
from pipeline.services.workspace import open_cache

logger = logging.getLogger(__name__)

MATCHING, JOBS_AT_ONCE = "Matching", 16
INDEX_KIND = "match-index-v2"  # raise the number when the index would come out otherwise
KEYWORDS_KIND = "match-keywords-v2"
NOT_STORED = (
    "The postings that the clusters were made of are not among the stored ones, so the match rests on the clusters' "
    "descriptions alone, and no similar postings can be shown."
)


@dataclass(frozen=True)
class _Loaded:
    """A matcher and what must be said with every answer of it."""

    matcher: ClusterMatcher
    notices: tuple[str, ...]


_matchers: WatchedFiles[_Loaded] = WatchedFiles()
_embedders: dict[str, TextEmbedder] = {}


def match_jobs(
    jobs: Sequence[JobDescription],
    *,
    artifact: Path | None = None,
    use_semantic: bool = True,
    is_explained: bool = False,
    on_progress: ProgressCallback = ignore_progress,
) -> list[Match]:
    """Rank the clusters for each job description; with `use_semantic` by meaning too, all embedded in one batch.

    Raises MissingArtifact or BrokenArtifact where there are no clusters to match by meaning. By keywords alone the
    built-in categories then stand in, and every answer says so.
    """
    loaded = _matcher(artifact or default_artifact_path(), use_semantic, on_progress)
    matches = loaded.matcher.match(jobs, is_explained=is_explained)
    return [match.model_copy(update={"notices": [*loaded.notices, *match.notices]}) for match in matches]


def matcher_in_use(
    artifact: Path | None = None, *, use_semantic: bool = True, on_progress: ProgressCallback = ignore_progress
) -> tuple[ClusterMatcher, tuple[str, ...]]:
    """Return the matcher of an artifact, and what must be said with its answers. Raises as `match_jobs` does."""
    loaded = _matcher(artifact or default_artifact_path(), use_semantic, on_progress)
    return loaded.matcher, loaded.notices


def match_all(
    jobs: Sequence[JobDescription], *, use_semantic: bool = True, on_progress: ProgressCallback = ignore_progress
) -> list[Match]:
    """Match job descriptions part by part, so that progress can be seen and the work stopped; one alone is explained.

    Raises as `match_jobs` does.
    """
    matches: list[Match] = []
    on_progress(ProgressEvent(MATCHING, 0, len(jobs)))
    for start in range(0, len(jobs), JOBS_AT_ONCE):
        part = jobs[start : start + JOBS_AT_ONCE]
        matches += match_jobs(part, use_semantic=use_semantic, is_explained=len(jobs) == 1, on_progress=on_progress)
        on_progress(ProgressEvent(MATCHING, len(matches), len(jobs)))
    return matches


def match_job(text: str, *, title: str | None = None, artifact: Path | None = None, use_semantic: bool = True) -> Match:
    """Clean and match one pasted job description, with the reasons. Raises RolemapError."""
    job = clean_job_description(text, title=title)
    return match_jobs([job], artifact=artifact, use_semantic=use_semantic, is_explained=True)[0]


def resume_gap(resume: Resume, match: Match) -> GapAnalysis | None:
    """Return which keywords of one job the resume shows, and where; None where the job names no keyword."""
    try:
        theme, demand = job_theme(match.text, match.title or match.name)
    except RolemapError:
        return None
    return analyze_gaps(resume, theme, demand)


def verdict_sentence(match: Match) -> str:
    """Return the answer in one sentence."""
    first = match.clusters[0]
    if match.best_cluster is None:
        return f"No good match: the text is unlike the postings of every cluster (the nearest is {first.name})."
    if match.verdict == "close":
        second = match.clusters[1]
        return f"{first.name} ({first.score:.0%}), closely followed by {second.name} ({second.score:.0%})."
    return f"{first.name} ({first.score:.0%})."


def variants_for(resume: Resume, match: Match, artifact: Path | None = None) -> list[ResumeVariant]:
    """Return the variant to send, that of the match's cluster, and one ordered for this very job where it can be."""
    _, themes = variant_themes(artifact)
    chosen = [theme for theme in themes if theme["slug"] == match.best_cluster]
    try:
        chosen.append(job_theme(match.text, match.title or match.name)[0])
    except RolemapError:
        logger.info("The job names no keyword to order a resume by.")
    return generate_variants(resume, chosen)


def match_rows(matches: Sequence[Match]) -> list[dict[str, object]]:
    """Return matches as a table, one job description a row."""
    return [_row(match) for match in matches]


def matches_csv(matches: Sequence[Match]) -> str:
    """Return the table of matches as CSV."""
    rows = match_rows(matches)
    return to_csv(list(rows[0]) if rows else [], [list(row.values()) for row in rows])


def _row(match: Match) -> dict[str, object]:
    first, *others = match.clusters
    return {
        "job": match.name,
        "title": match.title,
        "verdict": match.verdict,
        "best_cluster": match.best_cluster,
        "name": match.best_name,
        "score": round(first.score, 4),
        "second": others[0].slug if others else None,
        "second_score": round(others[0].score, 4) if others else None,
        "margin": round(match.margin, 4),
        "fit": round(match.fit, 4),
        "keywords": ", ".join(
            match.labels.get(keyword, keyword) for found in match.keywords.values() for keyword in found
        ),
        "missing_keywords": ", ".join(keyword.label for keyword in match.missing_keywords),
        "notices": " ".join(match.notices),
    }


def _matcher(path: Path, use_semantic: bool, on_progress: ProgressCallback) -> _Loaded:
    """Return the matcher of an artifact, built anew when its file, the overrides or the lexicon change."""
    settings = get_settings()
    files = (*artifact_files(path), *lexicon_files())
    return _matchers.get(
        (path, use_semantic),
        files,
        lambda: _Loaded(*_load(path, use_semantic, settings, on_progress)),
        beside=(settings.embedding_model, settings.home),
    )


def _load(
    path: Path, use_semantic: bool, settings: Settings, on_progress: ProgressCallback
) -> tuple[ClusterMatcher, tuple[str, ...]]:
    try:
        artifact = load_artifact(path)
    except (MissingArtifact, BrokenArtifact):
        if use_semantic:
            raise
        notice = taxonomy_notice(path)
        matcher = ClusterMatcher(profiles_of_taxonomy(get_tech_taxonomy(path)), artifact_path=path)
        return matcher, (notice,) if notice else ()
    profiles, notes = build_profiles(artifact), tuple(artifact.quality.notes)
    with closing(open_cache(settings)) as cache:
        members = _members(artifact, settings, cache, on_progress)
        make = partial(ClusterMatcher, profiles, artifact=artifact, artifact_path=path)
        if not use_semantic:
            return make(calibration=_keyword_calibration(artifact, profiles, members, path, cache)), notes
        embedder = TextEmbedder(settings.embedding_model, cache=cache, on_progress=on_progress)
        index = _index(artifact, profiles, members, path, cache, embedder)
    is_fast = artifact.provenance.parameters.get("encoder") == "fast"
    # What is matched is not kept: only the fast encoder's own table comes from a cache, which then stays open.
    live = _embedders.setdefault(embedder.name, TextEmbedder(settings.embedding_model))
    fast = TextEmbedder(settings.embedding_model, cache=open_cache(settings)).fast if is_fast else None
    meaning = Meaning(index, live.precise, fast)
    return make(meaning=meaning), notes if members else (*notes, NOT_STORED)


def _members(
    artifact: ClusterArtifact, settings: Settings, cache: ContentCache, on_progress: ProgressCallback
) -> list[Vacancy]:
    """Return the stored postings that the clusters were made of; none where they are not to be had."""
    try:
        corpus = load_vacancies(settings.vacancies_path, cache=cache, on_progress=on_progress)
    except RolemapError as error:
        logger.warning("%s", error)
        return []
    ids = {vacancy_id for cluster in artifact.clusters for vacancy_id in cluster.vacancy_ids}
    return [vacancy for vacancy in corpus.vacancies if vacancy.id in ids]


def _key(artifact: ClusterArtifact, members: Sequence[Vacancy], model: str) -> str:
    """Return what changes whenever anything that the index is made of does."""
    clusters = [part for c in artifact.clusters for part in (c.slug, c.profile_text, *c.vacancy_ids)]
    texts = [vacancy.model_dump_json() for vacancy in members]
    lexicon = [file.read_bytes() for file in lexicon_files() if file.is_file()]
    pools = [category.model_dump_json() for category in artifact.categories]
    return content_key(artifact.provenance.input_hash, model, *clusters, *pools, *texts, *lexicon)


def _index(
    artifact: ClusterArtifact,
    profiles: Sequence[KeywordProfile],
    members: Sequence[Vacancy],
    path: Path,
    cache: ContentCache,
    embedder: TextEmbedder,
) -> MatchIndex:
    """Return the index, from the cache where the same clusters and postings were indexed before."""
    key = _key(artifact, members, embedder.name)
    stored = cache.get_many(INDEX_KIND, [key]).get(key)
    index = load_index(stored) if stored else None
    if index is None:
        features = left_out_features(artifact, profiles, members, path)
        is_fast = artifact.provenance.parameters.get("encoder") == "fast"
        embed_bodies = embedder.fast if is_fast else None
        index = build_index(artifact, members, features, embed=embedder.precise, embed_bodies=embed_bodies)
        cache.put_many(INDEX_KIND, {key: dump_index(index)})
    return index


def _keyword_calibration(
    artifact: ClusterArtifact,
    profiles: Sequence[KeywordProfile],
    members: Sequence[Vacancy],
    path: Path,
    cache: ContentCache,
) -> KeywordCalibration:
    key = _key(artifact, members, "")
    stored = cache.get_many(KEYWORDS_KIND, [key]).get(key)
    if stored is not None:
        return KeywordCalibration.model_validate_json(stored)
    calibration = calibrate_keywords(artifact, left_out_features(artifact, profiles, members, path))
    cache.put_many(KEYWORDS_KIND, {key: calibration.model_dump_json().encode()})
    return calibration
