"""Keywords of a text and the categories they belong to, both taken from the cluster artifact."""

import logging
import math
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from pipeline.cluster_artifacts import (
    DEFAULT_CLUSTER_ARTIFACT,
    GENERAL,
    ClusterArtifact,
    Overrides,
    artifact_files,
    get_cluster_categories,
    load_artifact,
    read_overrides,
)
from pipeline.core import BrokenArtifact, MissingArtifact, RolemapError, WatchedFiles, get_settings
from pipeline.keyword_engine.lexicon import Case, Entry, Kind, Spelling, fold
from pipeline.keyword_engine.names import (
    canonical_keyword,
    in_context,
    lexicon_files,
    lexicon_matcher,
    lexicon_spellings,
)
from pipeline.keyword_engine.term_matcher import TermMatch, TermMatcher

logger = logging.getLogger(__name__)

DEFAULT_TECH_TAXONOMY: dict[str, list[str]] = {
    "research_ml": (
        "pytorch, tensorflow, jax, deep learning, machine learning, reinforcement learning, computer vision, "
        "natural language processing, statistics, transformers, neural networks, cuda, numpy, scipy, scikit-learn"
    ).split(", "),
    "applied_production": (
        "python, sql, docker, kubernetes, aws, gcp, azure, mlops, ci/cd, airflow, spark, kafka, mlflow, terraform, "
        "data pipelines, monitoring, rest, fastapi, postgresql, git, linux"
    ).split(", "),
    "genai_llm": (
        "large language models, generative ai, prompt engineering, retrieval-augmented generation, langchain, "
        "openai api, vector databases, fine-tuning, embeddings, hugging face, vllm, ai agents, llamaindex, pinecone"
    ).split(", "),
}

MIN_LIFT = 1.5  # a keyword marks a cluster out when it is this much more frequent there than elsewhere
SMOOTHING = 0.02  # added to shares, so that a keyword of few vacancies marks nothing out by chance


@dataclass(frozen=True, slots=True)
class KeywordHit:
    """A keyword found in a text: canonical lower-case name, the words as written and where, and its category."""

    keyword: str
    surface: str
    start: int
    end: int
    kind: Kind
    category: str


@dataclass(frozen=True)
class Categories:
    """What the artifact, or the static taxonomy in its place, says of categories and keywords."""

    taxonomy: dict[str, list[str]]
    category_of: dict[str, str]
    extra: TermMatcher | None
    artifact: ClusterArtifact | None
    notice: str | None

    def hit(self, text: str, keyword: str, kind: Kind, start: int, end: int) -> KeywordHit:
        """Return a keyword that stands at a place of a text, with its category."""
        return KeywordHit(keyword, text[start:end], start, end, kind, self.category_of.get(keyword, GENERAL))


def default_artifact_path() -> Path:
    """Return where the cluster artifact is unless a caller names another place."""
    return get_settings().home / DEFAULT_CLUSTER_ARTIFACT


def get_tech_taxonomy(artifact_path: str | Path | None = None, refresh: bool = False) -> dict[str, list[str]]:
    """Return each category's whole keyword pool by slug; the static taxonomy where there is no usable artifact."""
    return {slug: list(pool) for slug, pool in categories_in_use(artifact_path, refresh).taxonomy.items()}


def get_all_tech_keywords(artifact_path: str | Path | None = None) -> set[str]:
    """Return every keyword of every category."""
    return {keyword for pool in categories_in_use(artifact_path).taxonomy.values() for keyword in pool}


def taxonomy_notice(artifact_path: str | Path | None = None) -> str | None:
    """Return why the static taxonomy is in use, or None where the artifact is."""
    return categories_in_use(artifact_path).notice


def extract_keywords_from_text(
    text: str, artifact_path: str | Path | None = None, employer: str | None = None
) -> list[KeywordHit]:
    """Return every keyword that the text names, in the order of the text; the name of `employer` is none."""
    categories = categories_in_use(artifact_path)
    return [
        categories.hit(text, match.entry.keyword, match.entry.kind, match.start, match.end)
        for match, _ in keyword_matches(text, categories.extra, employer)
    ]


def cluster_keywords(keywords: Iterable[str], artifact_path: str | Path | None = None) -> dict[str, list[str]]:
    """Sort keywords into categories; those that mark no cluster out come under "general"."""
    category_of = categories_in_use(artifact_path).category_of
    sorted_keywords: dict[str, list[str]] = defaultdict(list)
    for keyword in keywords:
        canonical = canonical_keyword(keyword)
        sorted_keywords[category_of.get(canonical, GENERAL)].append(keyword)
    return dict(sorted_keywords)


def specificity(share: float, share_elsewhere: float) -> float:
    """Return how much more frequent a keyword is in a cluster than outside it: a ratio of smoothed shares."""
    return (share + SMOOTHING) / (share_elsewhere + SMOOTHING)


def keyword_matches(
    text: str, extra: TermMatcher | None, employer: str | None = None, lexicon: TermMatcher | None = None
) -> list[tuple[TermMatch, str]]:
    """Return the lexicon's names and, apart from these, the artifact's own terms, each with its sentence.

    Who reads many texts gives the `lexicon` in use, so that not each of them asks whether its files have changed.
    """
    matches = (lexicon or lexicon_matcher()).find(text)
    if extra is not None:
        taken = [(match.start, match.end) for match in matches]
        free = [m for m in extra.find(text) if not any(start < m.end and m.start < end for start, end in taken)]
        matches = sorted([*matches, *free], key=lambda match: match.start)
    return in_context(text, matches, employer)


_known: WatchedFiles[Categories] = WatchedFiles()


def categories_in_use(artifact_path: str | Path | None = None, refresh: bool = False) -> Categories:
    """Return the categories in use; read anew when the artifact, the overrides or the lexicon change."""
    path = Path(artifact_path) if artifact_path is not None else default_artifact_path()
    files = (*artifact_files(path), *lexicon_files())
    return _known.get(path, files, lambda: _read_categories(path, refresh), refresh=refresh)


def _read_categories(path: Path, refresh: bool) -> Categories:
    try:
        return categories_of(load_artifact(path, refresh=refresh), read_overrides(path))
    except MissingArtifact as error:
        notice = f"{error} Until then the built-in categories are used."
        logger.info(notice)
    except (BrokenArtifact, RolemapError) as error:
        notice = f"{error} Until then the built-in categories are used."
        logger.error(notice)
    return static_categories(notice)


def static_categories(notice: str | None) -> Categories:
    """Return the built-in categories, with the reason why they are in use."""
    category_of = {keyword: slug for slug, pool in DEFAULT_TECH_TAXONOMY.items() for keyword in pool}
    return Categories(DEFAULT_TECH_TAXONOMY, category_of, None, None, notice)


def categories_of(artifact: ClusterArtifact, overrides: Overrides) -> Categories:
    """Return the categories of an artifact as the analyst wants them."""
    taxonomy = {category.slug: list(category.keywords) for category in get_cluster_categories(artifact)}
    return Categories(
        taxonomy=taxonomy,
        category_of=_own_categories(artifact, taxonomy) | _moved(overrides, taxonomy),
        extra=_own_terms(artifact, taxonomy, overrides),
        artifact=artifact,
        notice=None,
    )


def _moved(overrides: Overrides, taxonomy: dict[str, list[str]]) -> dict[str, str]:
    return {keyword: slug for keyword, slug in overrides.moved.items() if slug in taxonomy or slug == GENERAL}


def _own_categories(artifact: ClusterArtifact, taxonomy: dict[str, list[str]]) -> dict[str, str]:
    """Return the category that each pooled keyword is most specific to; those that mark none out are not in it."""
    evidence = {cluster.slug: cluster.evidence for cluster in artifact.clusters}
    pools = Counter(keyword for pool in taxonomy.values() for keyword in pool)
    best: dict[str, tuple[float, int, str]] = {}
    for slug, pool in taxonomy.items():
        for rank, keyword in enumerate(pool):
            found = evidence[slug].get(keyword) if slug in evidence else None
            # A file of schema 1 gives no shares: the pool that names a keyword earliest then has it.
            ratio = (
                specificity(found.share, found.share_elsewhere)
                if found
                else (math.inf if pools[keyword] == 1 else MIN_LIFT)
            )
            claim = (-ratio, rank, slug)
            if ratio >= MIN_LIFT and (keyword not in best or claim < best[keyword]):
                best[keyword] = claim
    return {keyword: slug for keyword, (_, _, slug) in best.items()}


def _own_terms(artifact: ClusterArtifact, taxonomy: dict[str, list[str]], overrides: Overrides) -> TermMatcher | None:
    """Return a matcher of the artifact's terms that the lexicon lacks, and of the analyst's aliases."""
    known = lexicon_spellings()
    kinds = {keyword: found.kind for cluster in artifact.clusters for keyword, found in cluster.evidence.items()}
    aliases: dict[str, list[str]] = defaultdict(list)
    for alias, keyword in overrides.aliases.items():
        aliases[keyword].append(alias)
    keywords = {keyword for pool in taxonomy.values() for keyword in pool if fold(keyword) not in known}
    entries = [
        Entry(
            keyword,
            kinds.get(keyword, "skill"),
            tuple(Spelling(text, Case.ANY) for text in (keyword, *aliases[keyword])),
        )
        for keyword in sorted(keywords | set(aliases))
    ]
    return TermMatcher(entries) if entries else None
