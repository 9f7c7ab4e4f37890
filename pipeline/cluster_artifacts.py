"""The cluster artifact: the one file that every category used downstream comes from."""

import json
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, partial
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from pipeline.core import (
    BrokenArtifact,
    ColumnFile,
    Facts,
    LazyDict,
    LazyList,
    MissingArtifact,
    RolemapError,
    WatchedFiles,
    file_hash,
    write_atomically,
    write_columns,
)

SCHEMA_VERSION = 2
DEFAULT_CLUSTER_ARTIFACT = Path("output/vacancy_clusters.json")
OVERRIDES_NAME = "overrides.json"
GENERAL = "general"
LIGHT_FROM = 10_000  # postings from which what is said of single ones lies in a file of its own
LIGHT_EVIDENCE = 3  # postings that a light artifact names itself for a keyword
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


class VacancyRecord(_Record):
    """What the artifact keeps of one vacancy, so that pages can show it without reading the corpus."""

    title: str | None = None
    company: str | None = None
    location: str | None = None
    posted_on: date | None = None
    second_best: str | None = None
    margin: float | None = None
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


def dump_artifact(artifact: ClusterArtifact) -> bytes:
    """Return the bytes of the file: the same artifact gives the same bytes."""
    content = artifact.model_dump(mode="json", exclude=None if artifact.postings_file else _ONLY_LIGHT)
    return (json.dumps(content, indent=1, ensure_ascii=False, sort_keys=True) + "\n").encode()


def save_artifact(artifact: ClusterArtifact, path: Path) -> None:
    """Write the artifact in one step: a reader sees the old file or the new one.

    Of many postings what is said of single ones goes into a Parquet file beside it, written first under a name of its
    own. Raises RolemapError where it cannot.
    """
    if artifact.postings_file or len(artifact.vacancies) > LIGHT_FROM:
        artifact = _without_postings(artifact, path)
    write_atomically(path, dump_artifact(artifact))
    _drop_unnamed(path)


_ONLY_LIGHT: Any = {"postings_file": True, "clusters": {"__all__": {"size": True, "evidence": {"__all__": {"count"}}}}}
_RECORD_COLUMNS = ("title", "company", "location", "posted_on", "second_best", "margin", "facts")


def posting_schema() -> Any:
    """Return the columns of the file beside a light artifact: a row a posting, and one a repeat of another."""
    import pyarrow as pa

    text = pa.string()
    fields = {"id": text, "repeats": text, "cluster": text, "x": pa.float32(), "y": pa.float32(), "title": text}
    fields |= {"company": text, "location": text, "posted_on": pa.date32(), "second_best": text}
    fields |= {"margin": pa.float64(), "facts": text, "keywords": pa.list_(text)}
    return pa.schema(list(fields.items()))


def _without_postings(artifact: ClusterArtifact, path: Path) -> ClusterArtifact:
    """Return what stays in the JSON, after writing the rest beside it under a name made of its hash."""
    known = artifact.postings_file
    if known is None or not _beside(path, known.name).exists():
        known = keep_postings(path, _posting_columns(artifact), len(artifact.vacancies), len(artifact.duplicates))
    clusters = [_without_members(cluster) for cluster in artifact.clusters]
    moved = {"clusters": clusters, "duplicates": {}, "map": {}, "vacancies": {}, "postings_file": known}
    return artifact.model_copy(update=moved)


def _without_members(cluster: Cluster) -> Cluster:
    evidence = {
        keyword: found.model_copy(
            update={"count": len(found.vacancy_ids), "vacancy_ids": found.vacancy_ids[:LIGHT_EVIDENCE]}
        )
        for keyword, found in cluster.evidence.items()
    }
    return cluster.model_copy(update={"size": len(cluster.vacancy_ids), "vacancy_ids": [], "evidence": evidence})


def keep_postings(path: Path, columns: Mapping[str, Any], postings: int, duplicates: int) -> PostingsFile:
    """Write the columns of `posting_schema` beside the artifact at `path`. Raises RolemapError where it cannot."""
    temporary = path.with_name(f".{path.stem}.parquet")
    try:
        write_columns(temporary, columns, posting_schema())
        return adopt_postings(path, temporary, postings, duplicates)
    except OSError as error:
        raise RolemapError(f"Cannot write to {path.parent}: {error.strerror or error}.") from error


def adopt_postings(path: Path, written: Path, postings: int, duplicates: int) -> PostingsFile:
    """Give a file of postings beside the artifact at `path` the name that its hash makes. Raises OSError."""
    digest = file_hash(written)
    name = f"{path.stem}-{digest[:12]}.parquet"
    written.replace(path.with_name(name))
    return PostingsFile(name=name, sha256=digest, postings=postings, duplicates=duplicates)


def _posting_columns(artifact: ClusterArtifact) -> dict[str, list[Any]]:
    named: dict[str, list[str]] = {}
    for cluster in artifact.clusters:
        for keyword, found in cluster.evidence.items():
            for vacancy_id in found.vacancy_ids:
                named.setdefault(vacancy_id, []).append(keyword)
    rows: list[dict[str, Any]] = []
    for cluster in artifact.clusters:
        for vacancy_id in cluster.vacancy_ids:
            x, y = artifact.map.get(vacancy_id, (None, None))
            record = artifact.vacancies.get(vacancy_id, VacancyRecord())
            rows.append(
                posting_row(record)
                | {"id": vacancy_id, "cluster": cluster.slug, "x": x, "y": y}
                | {"keywords": named.get(vacancy_id, [])}
            )
    rows += [{"id": dropped, "repeats": kept} for dropped, kept in artifact.duplicates.items()]
    return {name: [row.get(name) for row in rows] for name in posting_schema().names}


def posting_row(record: VacancyRecord) -> dict[str, Any]:
    """Return the cells of a record in the file of postings."""
    cells = {name: getattr(record, name) for name in _RECORD_COLUMNS}
    return cells | {"facts": record.facts.model_dump_json(exclude_defaults=True) if record.facts else None}


def _beside(path: Path, name: str) -> Path:
    """Return where the file of postings of an artifact lies: beside it, or above where it is an earlier version."""
    own = path.with_name(name)
    return own if own.exists() else path.parent.parent / name


def _drop_unnamed(path: Path) -> None:
    """Remove files of postings that neither the artifact nor an earlier version of it names any more."""
    files = list(path.parent.glob(f"{path.stem}-{'[0-9a-f]' * 12}.parquet"))
    if files:
        named = path.read_text("utf-8") + "".join(f.read_text("utf-8") for f in path.parent.glob("history/*.json"))
        for file in files:
            if file.name not in named:
                file.unlink(missing_ok=True)


def _with_postings(artifact: ClusterArtifact, path: Path) -> ClusterArtifact:
    """Return a light artifact as one whole: what lies in the file of postings is read when somebody asks for it."""
    beside = artifact.postings_file
    if beside is None:
        return artifact
    held = _Postings(ColumnFile(_beside(path, beside.name), beside.sha256))
    clusters = [held.filled(cluster) for cluster in artifact.clusters]
    lazy = {
        "clusters": clusters,
        "duplicates": LazyDict(beside.duplicates, lambda: held.repeats, str),
        "map": LazyDict(beside.postings, lambda: held.rows, held.position),
        "vacancies": LazyDict(beside.postings, lambda: held.rows, held.record),
    }
    return artifact.model_copy(update=lazy)


class _Postings:
    """What the file of postings says, by id and by cluster."""

    def __init__(self, file: ColumnFile) -> None:
        self._file = file

    @cached_property
    def rows(self) -> dict[str, int]:
        """The row of each posting that is no repeat."""
        ids, repeats = self._file.values("id"), self._file.column("repeats").is_null().to_pylist()
        return {vacancy_id: row for row, (vacancy_id, own) in enumerate(zip(ids, repeats, strict=True)) if own}

    @cached_property
    def repeats(self) -> dict[str, str]:
        """The posting that each repeat is one of."""
        pairs = zip(self._file.values("id"), self._file.values("repeats"), strict=True)
        return {vacancy_id: kept for vacancy_id, kept in pairs if kept is not None}

    @cached_property
    def _members(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for vacancy_id, slug in zip(self._file.values("id"), self._file.values("cluster"), strict=True):
            found.setdefault(slug, []).append(vacancy_id)
        return found

    @cached_property
    def _naming(self) -> dict[tuple[str, str], list[str]]:
        found: dict[tuple[str, str], list[str]] = {}
        columns = (self._file.values(name) for name in ("id", "cluster", "keywords"))
        for vacancy_id, slug, keywords in zip(*columns, strict=True):
            for keyword in keywords or ():
                found.setdefault((slug, keyword), []).append(vacancy_id)
        return found

    def filled(self, cluster: Cluster) -> Cluster:
        """Return a cluster with its postings, and those of its evidence, to be read when they are asked for."""
        evidence = {
            keyword: found.model_copy(
                update={
                    "vacancy_ids": LazyList(
                        found.count or 0, partial(self.naming, cluster.slug, keyword), found.vacancy_ids
                    )
                }
            )
            for keyword, found in cluster.evidence.items()
        }
        members = LazyList(cluster.size or 0, partial(self.members, cluster.slug))
        return cluster.model_copy(update={"vacancy_ids": members, "evidence": evidence})

    def members(self, slug: str) -> list[str]:
        """Return a cluster's postings."""
        return self._members.get(slug, [])

    def naming(self, slug: str, keyword: str) -> list[str]:
        """Return a cluster's postings that name a keyword."""
        return self._naming.get((slug, keyword), [])

    def position(self, row: int) -> tuple[float, float]:
        """Return where a posting lies on the map."""
        return tuple(round(self._file.column(axis)[row].as_py(), 3) for axis in "xy")

    def record(self, row: int) -> VacancyRecord:
        """Return what is kept of a posting."""
        cells = self._file.row(row, _RECORD_COLUMNS)
        facts = Facts.model_validate_json(cells["facts"]) if cells["facts"] else None
        return VacancyRecord.model_validate(cells | {"facts": facts})


_loaded: WatchedFiles[ClusterArtifact] = WatchedFiles()


def load_artifact(path: Path, *, refresh: bool = False) -> ClusterArtifact:
    """Load an artifact with the analyst's overrides applied; cached until either file changes.

    Raises MissingArtifact, or BrokenArtifact with the file and the reason.
    """
    path = Path(path)
    return _loaded.get(
        path.resolve(),
        (path, path.with_name(OVERRIDES_NAME)),
        lambda: apply_overrides(read_artifact(path), read_overrides(path)),
        refresh=refresh,
    )


def read_artifact(path: Path) -> ClusterArtifact:
    """Read an artifact as it was written, without overrides. Raises MissingArtifact or BrokenArtifact."""
    try:
        loaded = json.loads(path.read_bytes())
    except FileNotFoundError as error:
        raise MissingArtifact(
            f"There is no cluster artifact {path}. Make one with: python main.py cluster-vacancies"
        ) from error
    except OSError as error:
        raise BrokenArtifact(f"The cluster artifact {path} cannot be opened: {error.strerror or error}.") from error
    except (ValueError, RecursionError) as error:
        raise _broken(path, "it is not JSON") from error
    version = loaded.get("schema_version", 1) if isinstance(loaded, dict) else None
    if not isinstance(version, int):
        raise _broken(path, "it is not a cluster artifact")
    if version > SCHEMA_VERSION:
        raise BrokenArtifact(
            f"The cluster artifact {path} has schema {version}, made by a newer Rolemap; this one reads up to "
            f"{SCHEMA_VERSION}. Update Rolemap, or cluster again."
        )
    try:
        return _with_postings(ClusterArtifact.model_validate(loaded), path)
    except ValidationError as error:
        raise _broken(path, _first_problem(error)) from error


def _broken(path: Path, reason: str) -> BrokenArtifact:
    return BrokenArtifact(
        f"The cluster artifact {path} is broken: {reason}. Make it anew with: python main.py cluster-vacancies --fresh"
    )


def _first_problem(error: ValidationError) -> str:
    first = error.errors()[0]
    place = ".".join(str(part) for part in first["loc"])
    message = first["msg"].removeprefix("Value error, ")
    return f"{place}: {message}" if place else message


def read_overrides(artifact_path: Path) -> Overrides:
    """Read the overrides beside an artifact; none where there is no file.

    Raises RolemapError where it cannot be used.
    """
    path = artifact_path.with_name(OVERRIDES_NAME)
    try:
        return Overrides.model_validate_json(path.read_bytes())
    except FileNotFoundError:
        return Overrides()
    except OSError as error:
        raise RolemapError(f"The overrides {path} cannot be opened: {error.strerror or error}.") from error
    except ValidationError as error:
        raise RolemapError(
            f"The overrides {path} cannot be used: {_first_problem(error)}. Mend or remove the file."
        ) from error


def save_overrides(overrides: Overrides, artifact_path: Path) -> None:
    """Write the overrides beside an artifact, in one step."""
    text = json.dumps(overrides.model_dump(), indent=1, ensure_ascii=False, sort_keys=True)
    write_atomically(artifact_path.with_name(OVERRIDES_NAME), (text + "\n").encode())


def apply_overrides(artifact: ClusterArtifact, overrides: Overrides) -> ClusterArtifact:
    """Return the artifact as the analyst wants it: categories renamed, keywords hidden or moved."""
    if overrides == Overrides():
        return artifact
    known = {cluster.slug for cluster in artifact.clusters}
    moved = {keyword: slug for keyword, slug in overrides.moved.items() if slug in known or slug == GENERAL}
    clusters = [
        cluster.model_copy(update={"name": overrides.names.get(cluster.slug, cluster.name)})
        for cluster in artifact.clusters
    ]
    categories = [
        category.model_copy(
            update={
                "name": overrides.names.get(category.slug, category.name),
                "keywords": _edited_pool(category, overrides.hidden, moved),
            }
        )
        for category in get_cluster_categories(artifact)
    ]
    return artifact.model_copy(update={"clusters": clusters, "categories": categories})


def _edited_pool(category: ClusterCategory, hidden: Mapping[str, list[str]], moved: Mapping[str, str]) -> list[str]:
    out = set(hidden.get(category.slug, ())) | {keyword for keyword, slug in moved.items() if slug != category.slug}
    pool = [keyword for keyword in category.keywords if keyword not in out]
    return pool + [keyword for keyword, slug in moved.items() if slug == category.slug and keyword not in pool]
