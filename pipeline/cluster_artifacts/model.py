"""What the artifact says: its types, and what follows from them."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from pipeline.core import Facts

SCHEMA_VERSION = 2
DEFAULT_CLUSTER_ARTIFACT = Path("output/vacancy_clusters.json")
GENERAL = "general"
BY_PARTS = "parts-"  # what a hash of postings begins with that were read by parts
ASKED_SHARE = 0.1  # of a cluster's vacancies that name a keyword, for the cluster to ask for it


class _Record(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")


class Evidence(_Record):
    """A sentence of a vacancy that a statement rests on."""

    vacancy_id: str
    sentence: str


class KeywordEvidence(_Record):
    """Where a cluster's keyword was found: its vacancies and one sentence. Shares are parts of one."""

    kind: Literal["technology", "skill"] = "skill"
    vacancy_ids: list[str] = []
    count: int | None = Field(default=None, description="how many postings name it, where these lie in another file")
    share: float = 0.0
    share_elsewhere: float = 0.0
    example: Evidence | None = None


class Cluster(_Record):
    """One kind of role: its members, what it asks for, and why it is one."""

    slug: str
    name: str
    summary: str = ""
    vacancy_ids: list[str] = []
    top_keywords: list[str] = []
    defining_technologies: list[str] = []
    defining_skills: list[str] = []
    profile_text: str = ""
    evidence: dict[str, KeywordEvidence] = {}
    typical: list[str] = []
    borderline: list[str] = []
    cohesion: float | None = None
    named_by: str = "titles"
    mark: int | None = Field(default=None, description="its colour and shape, by number; kept as long as its key is")
    size: int | None = Field(default=None, description="how many postings it has, where these lie in another file")


class ClusterCategory(_Record):
    """A cluster as downstream stages see it: its key and its keyword pool, most telling first."""

    slug: str
    name: str
    summary: str
    keywords: list[str]


class Family(_Record):
    """A family of roles: the keys of its clusters, and what sets their postings apart from the other families'."""

    slug: str
    name: str
    roles: list[str]
    keywords: list[str] = []


class Specialism(Cluster):
    """A kind within a role that stands apart from the rest of it, beside the role's key."""

    role: str


class Tree(_Record):
    """The layers above and below the roles: every role is in one family; few have specialisms, then at least two."""

    families: list[Family] = []
    specialisms: list[Specialism] = []


class VacancyRecord(_Record):
    """What the artifact keeps of one vacancy, so that pages can show it without reading the corpus."""

    title: str | None = None
    company: str | None = None
    location: str | None = None
    posted_on: date | None = None
    second_best: str | None = None
    margin: float | None = None
    is_unlike: bool | None = Field(default=None, description="far from every cluster; None in earlier versions")
    facts: Facts | None = None  # None in artifacts of earlier versions


class CurvePoint(_Record):
    """How well one number of clusters did in the scan."""

    clusters: int
    silhouette: float
    stability: float | None = None
    score: float | None = None


class Quality(_Record):
    """How far the clustering can be trusted. Silhouette and stability run from about 0 to 1.

    `notes` are warnings to show wherever the clusters are shown.
    """

    silhouette: float | None = None
    stability: float | None = None
    cluster_count: Literal["given", "auto"] = "given"
    advice: str = ""
    curve: list[CurvePoint] = []
    duplicate_share: float = 0.0
    notes: list[str] = []


class Provenance(_Record):
    """What the artifact was made from; no clock time and no absolute path, so that equal inputs give equal bytes."""

    embedding_model: str = ""
    language_model: str | None = None
    parameters: dict[str, Any] = {}
    corpus_hash: str = ""
    lexicon_hash: str = ""
    overrides_hash: str = ""
    input_hash: str = ""

    @property
    def is_by_parts(self) -> bool:
        """Whether the postings were read by parts; their hash is then not that of the stored ones."""
        return self.corpus_hash.startswith(BY_PARTS)


class SkippedInput(_Record):
    """An input that is in no cluster, and why."""

    id: str
    reason: str


class Change(_Record):
    """What became of one cluster since the earlier artifact."""

    kind: Literal["kept", "split", "merged", "born", "died"]
    slug: str
    related: list[str] = []
    note: str = ""


class PostingsFile(_Record):
    """The Parquet file beside a light artifact that holds what is said of single postings, known by its hash."""

    name: str
    sha256: str
    postings: int
    duplicates: int


class ClusterArtifact(_Record):
    """The whole file. Schema 1 had neither categories nor evidence and still loads."""

    schema_version: int = SCHEMA_VERSION
    clusters: list[Cluster]
    categories: list[ClusterCategory] = []
    duplicates: dict[str, str] = {}
    skipped: list[SkippedInput] = []
    map: dict[str, tuple[float, float]] = {}
    vacancies: dict[str, VacancyRecord] = {}
    quality: Quality = Quality()
    provenance: Provenance = Provenance()
    changes: list[Change] = []
    keyword_counts: dict[str, int] = Field(default={}, description="how many vacancies name each keyword; repeats once")
    postings_file: PostingsFile | None = None
    labels: dict[str, str] = Field(default={}, description="how a keyword is written, where otherwise than its key")
    tree: Tree | None = Field(default=None, description="families above the clusters and specialisms within them")

    @model_validator(mode="after")
    def _keys_are_unique(self) -> "ClusterArtifact":
        slugs = [cluster.slug for cluster in self.clusters]
        if not slugs:
            raise ValueError("it has no clusters")
        if len(set(slugs)) < len(slugs) or not all(slugs):
            raise ValueError("two clusters share a slug, or one has none")
        if GENERAL in slugs:
            raise ValueError(f'"{GENERAL}" is kept for keywords that mark no cluster out')
        return self

    @property
    def posting_count(self) -> int:
        """How many postings it counts; those at hand may be fewer."""
        beside = self.postings_file
        return beside.postings if beside else sum(len(cluster.vacancy_ids) for cluster in self.clusters)

    @property
    def is_sample(self) -> bool:
        """Whether the postings at hand are a sample that stands for all."""
        return self.postings_file is not None and len(self.vacancies) < self.postings_file.postings

    def cluster(self, slug: str) -> Cluster:
        """Return the cluster with this slug; KeyError where there is none."""
        for cluster in self.clusters:
            if cluster.slug == slug:
                return cluster
        raise KeyError(slug)


@dataclass(frozen=True)
class ClusterResult:
    """What the clustering stage found; `build_artifact` makes the artifact of it."""

    clusters: list[Cluster]
    duplicates: dict[str, str]
    skipped: list[SkippedInput]
    map: dict[str, tuple[float, float]]
    vacancies: dict[str, VacancyRecord]
    quality: Quality
    provenance: Provenance
    changes: list[Change] = field(default_factory=list)
    keyword_counts: dict[str, int] = field(default_factory=dict)
    labels: dict[str, str] = field(default_factory=dict)
    tree: Tree | None = None


class Overrides(_Record):
    """The analyst's own wishes, kept beside the artifact and applied whenever it is loaded."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    names: dict[str, str] = Field(default={}, description="slug to the name to show")
    hidden: dict[str, list[str]] = Field(default={}, description="slug to keywords to leave out of its pool")
    moved: dict[str, str] = Field(default={}, description="keyword to the slug (or general) it belongs to")
    aliases: dict[str, str] = Field(default={}, description="another spelling to the keyword it stands for")

    def renaming(self, slug: str, name: str) -> "Overrides":
        """Return the overrides with a category renamed; an empty name gives it its own name back."""
        names = {key: value for key, value in self.names.items() if key != slug}
        return self.model_copy(update={"names": names | ({slug: name.strip()} if name.strip() else {})})

    def hiding(self, slug: str, keywords: Iterable[str]) -> "Overrides":
        """Return the overrides with just these keywords left out of a category."""
        hidden = {key: value for key, value in self.hidden.items() if key != slug}
        chosen = sorted(set(keywords))
        return self.model_copy(update={"hidden": hidden | ({slug: chosen} if chosen else {})})

    def moving(self, keyword: str, slug: str) -> "Overrides":
        """Return the overrides with a keyword moved to a category, or to "general"."""
        return self.model_copy(update={"moved": self.moved | {keyword: slug}})

    def aliasing(self, alias: str, keyword: str) -> "Overrides":
        """Return the overrides with another spelling of a keyword."""
        return self.model_copy(update={"aliases": self.aliases | {alias.strip(): keyword}})

    def without_category(self, known: set[str]) -> list[str]:
        """Return the slugs the overrides speak of that are not among the known ones: a clustering dropped them."""
        spoken_of = {*self.names, *self.hidden, *self.moved.values()} - {GENERAL}
        return sorted(spoken_of - known)


def keyword_pool(cluster: Cluster) -> list[str]:
    """Return a cluster's top keywords, defining technologies and defining skills, each once, in that order."""
    pool: dict[str, None] = {}
    for keyword in (*cluster.top_keywords, *cluster.defining_technologies, *cluster.defining_skills):
        pool.setdefault(" ".join(keyword.split()).lower(), None)
    return [keyword for keyword in pool if keyword]


def cluster_marks(artifact: ClusterArtifact) -> dict[str, int]:
    """Return the number of each cluster's colour and shape; by its place where the file does not say."""
    return {c.slug: place if c.mark is None else c.mark for place, c in enumerate(artifact.clusters)}


def asked_for(cluster: Cluster) -> list[str]:
    """Return what a cluster asks for, whether or not others do too: the keywords of many of its vacancies, most first.

    What sets it apart is its pool. A file of schema 1 has no evidence, and nothing is known.
    """
    asked = [keyword for keyword, found in cluster.evidence.items() if found.share >= ASKED_SHARE]
    return sorted(asked, key=lambda keyword: (-cluster.evidence[keyword].share, keyword))


def get_cluster_categories(artifact: ClusterArtifact) -> list[ClusterCategory]:
    """Return the artifact's categories, derived from its clusters where the file has none."""
    return list(artifact.categories) or [_category(cluster) for cluster in artifact.clusters]


def _category(cluster: Cluster) -> ClusterCategory:
    return ClusterCategory(
        slug=cluster.slug, name=cluster.name, summary=cluster.summary, keywords=keyword_pool(cluster)
    )


def build_artifact(result: ClusterResult) -> ClusterArtifact:
    """Make the artifact of what the clustering stage found."""
    return ClusterArtifact(
        clusters=result.clusters,
        categories=[_category(cluster) for cluster in result.clusters],
        duplicates=result.duplicates,
        skipped=result.skipped,
        map=result.map,
        vacancies=result.vacancies,
        quality=result.quality,
        provenance=result.provenance,
        changes=result.changes,
        keyword_counts=result.keyword_counts,
        labels=result.labels,
        tree=result.tree,
    )


def slugify(name: str, taken: Iterable[str] = ()) -> str:
    """Return a URL-safe key for a name, unlike any that is taken.

    It holds lower-case ASCII letters and digits, joined by hyphens.

    >>> slugify("C++ / C# Developer"), slugify("Data Engineer", {"data-engineer"}), slugify("Сварщик")
    ('c-plus-plus-c-sharp-developer', 'data-engineer-2', 'svarshchik')
    """
    spelled = name.replace("+", " plus ").replace("#", " sharp ").replace("&", " and ").replace("ß", "ss")
    ascii_name = unicodedata.normalize("NFKD", spelled).encode("ascii", "ignore").decode().lower()
    base = _hyphenated(ascii_name) or _hyphenated(_romanised(name)) or "role"
    used = {GENERAL, *taken}
    slug, number = base, 2
    while slug in used:
        slug, number = f"{base}-{number}", number + 1
    return slug


def _hyphenated(text: str) -> str:
    return "-".join(re.findall(r"[a-z0-9]+", text.lower()))[:60].strip("-")


def _romanised(name: str) -> str:
    """Return a name of another script in Latin letters."""
    from anyascii import anyascii

    return anyascii(name)
