"""Keywords of a text and the categories they belong to, both taken from the cluster artifact."""

import logging
import math
import re
import threading
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from pathlib import Path

from pydantic import BaseModel

from pipeline.cluster_artifacts import (
    DEFAULT_CLUSTER_ARTIFACT,
    GENERAL,
    OVERRIDES_NAME,
    ClusterArtifact,
    Evidence,
    Overrides,
    get_cluster_categories,
    load_artifact,
    read_overrides,
)
from pipeline.core import BrokenArtifact, MissingArtifact, RolemapError, file_state, get_settings
from pipeline.keyword_engine.lexicon import Case, Entry, Kind, Spelling, fold, load_lexicon
from pipeline.keyword_engine.term_matcher import TermMatch, TermMatcher
from pipeline.postings import Vacancy, is_small_print, sentence_span, sentence_starts, shown_sentence

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
MAX_EXAMPLES = 3

_ADDRESS = re.compile(r"(?:https?://|\bwww\.)[^\s<>()\"]+", re.I)


@dataclass(frozen=True, slots=True)
class KeywordHit:
    """A keyword found in a text: canonical lower-case name, the words as written and where, and its category."""

    keyword: str
    surface: str
    start: int
    end: int
    kind: Kind
    category: str


class KeywordCount(BaseModel):
    """How much of a corpus asks for one keyword. Share is a part of one; lift compares its cluster with the rest."""

    keyword: str
    kind: Kind
    vacancy_count: int
    share: float
    lift: float | None = None
    evidence: list[Evidence] = []


class KeywordReport(BaseModel):
    """The keywords of a corpus by category, most frequent first."""

    vacancy_count: int
    artifact: bool
    notice: str | None = None
    categories: dict[str, list[KeywordCount]]


@dataclass(frozen=True)
class _Categories:
    """What the artifact, or the static taxonomy in its place, says of categories and keywords."""

    taxonomy: dict[str, list[str]]
    category_of: dict[str, str]
    extra: TermMatcher | None
    artifact: ClusterArtifact | None
    notice: str | None


def default_artifact_path() -> Path:
    """Return where the cluster artifact is unless a caller names another place."""
    return get_settings().home / DEFAULT_CLUSTER_ARTIFACT


def get_tech_taxonomy(artifact_path: str | Path | None = None, refresh: bool = False) -> dict[str, list[str]]:
    """Return each category's whole keyword pool by slug; the static taxonomy where there is no usable artifact."""
    return {slug: list(pool) for slug, pool in _categories(artifact_path, refresh).taxonomy.items()}


def get_all_tech_keywords(artifact_path: str | Path | None = None) -> set[str]:
    """Return every keyword of every category."""
    return {keyword for pool in _categories(artifact_path).taxonomy.values() for keyword in pool}


def taxonomy_notice(artifact_path: str | Path | None = None) -> str | None:
    """Return why the static taxonomy is in use, or None where the artifact is."""
    return _categories(artifact_path).notice


def extract_keywords_from_text(text: str, artifact_path: str | Path | None = None) -> list[KeywordHit]:
    """Return every keyword that the text names, in the order of the text."""
    categories = _categories(artifact_path)
    return [
        KeywordHit(
            keyword=match.entry.keyword,
            surface=text[match.start : match.end],
            start=match.start,
            end=match.end,
            kind=match.entry.kind,
            category=categories.category_of.get(match.entry.keyword, GENERAL),
        )
        for match, _ in _matches(text, categories.extra)
    ]


def cluster_keywords(keywords: Iterable[str], artifact_path: str | Path | None = None) -> dict[str, list[str]]:
    """Sort keywords into categories; those that mark no cluster out come under "general"."""
    category_of = _categories(artifact_path).category_of
    sorted_keywords: dict[str, list[str]] = defaultdict(list)
    for keyword in keywords:
        canonical = canonical_keyword(keyword)
        sorted_keywords[category_of.get(canonical, GENERAL)].append(keyword)
    return dict(sorted_keywords)


def canonical_keyword(name: str) -> str:
    """Return the keyword that a name stands for in the lexicon: "Apache Kafka" and "kafka" are one."""
    return _spellings(_lexicon_state()).get(fold(name), " ".join(name.split()).lower())


def find_terms(text: str) -> list[TermMatch]:
    """Return the lexicon's names in a text, whatever the artifact says: what clustering itself works on."""
    return [match for match, _ in find_terms_in_context(text)]


def find_terms_in_context(text: str) -> list[tuple[TermMatch, str]]:
    """Return the lexicon's names in a text, each with its sentence."""
    return _in_context(text, lexicon_matcher().find(text))


def _in_context(text: str, matches: Sequence[TermMatch]) -> list[tuple[TermMatch, str]]:
    """Pair names with their sentences.

    Left out are skills that stand in small print (benefits, equal opportunity) and words of a web address.
    """
    if "://" in text or "www." in text:
        addresses = [address.span() for address in _ADDRESS.finditer(text)]
        matches = [match for match in matches if not any(a <= match.start < b for a, b in addresses)]
    starts = sentence_starts(text) if matches else []
    paired: list[tuple[TermMatch, str]] = []
    for span, found in groupby(matches, lambda match: sentence_span(text, starts, match.start)):
        named = list(found)
        sentence = text[span[0] : span[1]]
        skills = {match.entry.keyword for match in named if match.entry.kind == "skill"}
        is_print = bool(skills) and is_small_print(sentence, len(skills))
        paired += [(match, sentence) for match in named if not (is_print and match.entry.kind == "skill")]
    return paired


def lexicon_matcher() -> TermMatcher:
    """Return the matcher of the lexicon in use; built once, and again when the user's own file changes."""
    return _matcher(_lexicon_state())


def analyze_vacancies(vacancies: Sequence[Vacancy], artifact_path: str | Path | None = None) -> KeywordReport:
    """Count each keyword's vacancies by category, with up to three sentences as evidence."""
    categories = _categories(artifact_path)
    members: dict[str, set[str]] = defaultdict(set)
    kinds: dict[str, Kind] = {}
    examples: dict[str, list[Evidence]] = defaultdict(list)
    for vacancy in sorted(vacancies, key=lambda v: v.id):
        for match, sentence in _matches(vacancy.text, categories.extra):
            keyword = match.entry.keyword
            kinds[keyword] = match.entry.kind
            if vacancy.id in members[keyword]:
                continue
            members[keyword].add(vacancy.id)
            if len(examples[keyword]) < MAX_EXAMPLES:
                shown = shown_sentence(sentence, vacancy.text[match.start : match.end])
                examples[keyword].append(Evidence(vacancy_id=vacancy.id, sentence=shown))
    report: dict[str, list[KeywordCount]] = {slug: [] for slug in (*categories.taxonomy, GENERAL)}
    clusters = {c.slug: set(c.vacancy_ids) for c in categories.artifact.clusters} if categories.artifact else {}
    known = {vacancy.id for vacancy in vacancies}
    for keyword, ids in members.items():
        slug = categories.category_of.get(keyword, GENERAL)
        report[slug].append(
            KeywordCount(
                keyword=keyword,
                kind=kinds[keyword],
                vacancy_count=len(ids),
                share=round(len(ids) / len(vacancies), 4),
                lift=_lift(ids, clusters.get(slug, set()) & known, known),
                evidence=examples[keyword],
            )
        )
    for counts in report.values():
        counts.sort(key=lambda count: (-count.vacancy_count, count.keyword))
    return KeywordReport(
        vacancy_count=len(vacancies),
        artifact=categories.artifact is not None,
        notice=categories.notice,
        categories=report,
    )


def specificity(share: float, share_elsewhere: float) -> float:
    """Return how much more frequent a keyword is in a cluster than outside it: a ratio of smoothed shares."""
    return (share + SMOOTHING) / (share_elsewhere + SMOOTHING)


def _lift(ids: set[str], cluster: set[str], known: set[str]) -> float | None:
    rest = known - cluster
    if not cluster or not rest:
        return None
    return round(specificity(len(ids & cluster) / len(cluster), len(ids & rest) / len(rest)), 2)


def _matches(text: str, extra: TermMatcher | None) -> list[tuple[TermMatch, str]]:
    """Return the lexicon's names and, apart from these, the artifact's own terms, each with its sentence."""
    matches = lexicon_matcher().find(text)
    if extra is not None:
        taken = [(match.start, match.end) for match in matches]
        free = [m for m in extra.find(text) if not any(start < m.end and m.start < end for start, end in taken)]
        matches = sorted([*matches, *free], key=lambda match: match.start)
    return _in_context(text, matches)


def _lexicon_state() -> tuple[tuple[str, tuple[int, int] | None], ...]:
    return tuple((str(path), file_state(path)) for path in lexicon_files())


def lexicon_files() -> list[Path]:
    """Return the user's own terms that count beside the built-in lexicon.

    Imported vocabularies, then ROLEMAP_LEXICON.
    """
    settings = get_settings()
    return [*sorted(settings.vocabularies_path.glob("*.csv")), *([settings.lexicon] if settings.lexicon else [])]


@lru_cache(maxsize=4)
def _matcher(state: tuple[tuple[str, tuple[int, int] | None], ...]) -> TermMatcher:
    return TermMatcher(load_lexicon([Path(path) for path, _ in state]))


@lru_cache(maxsize=4)
def _spellings(state: tuple[tuple[str, tuple[int, int] | None], ...]) -> dict[str, str]:
    spellings: dict[str, str] = {}
    for entry in _matcher(state).entries:
        for spelling in entry.spellings:
            spellings.setdefault(fold(spelling.text), entry.keyword)
    return spellings


_read: dict[str, tuple[object, _Categories]] = {}
_reading = threading.Lock()


def _categories(artifact_path: str | Path | None, refresh: bool = False) -> _Categories:
    path = Path(artifact_path) if artifact_path is not None else default_artifact_path()
    state = file_state(path), file_state(path.with_name(OVERRIDES_NAME)), _lexicon_state()
    with _reading:
        known = _read.get(str(path))
        if known and known[0] == state and not refresh:
            return known[1]
        categories = _read_categories(path, refresh)
        _read[str(path)] = (state, categories)
        return categories


def _read_categories(path: Path, refresh: bool) -> _Categories:
    try:
        return _from_artifact(load_artifact(path, refresh=refresh), read_overrides(path))
    except MissingArtifact as error:
        notice = f"{error} Until then the built-in categories are used."
        logger.info(notice)
    except (BrokenArtifact, RolemapError) as error:
        notice = f"{error} Until then the built-in categories are used."
        logger.error(notice)
    category_of = {keyword: slug for slug, pool in DEFAULT_TECH_TAXONOMY.items() for keyword in pool}
    return _Categories(DEFAULT_TECH_TAXONOMY, category_of, None, None, notice)


def _from_artifact(artifact: ClusterArtifact, overrides: Overrides) -> _Categories:
    taxonomy = {category.slug: list(category.keywords) for category in get_cluster_categories(artifact)}
    return _Categories(
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
    known = _spellings(_lexicon_state())
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
