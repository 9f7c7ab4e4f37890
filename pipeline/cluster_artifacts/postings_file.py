"""The Parquet file beside a light artifact: what is said of single postings, read by columns when it is asked for."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path
from typing import Any

from pipeline.cluster_artifacts.model import Cluster, ClusterArtifact, PostingsFile, VacancyRecord
from pipeline.core import ColumnFile, Facts, LazyDict, LazyList, RolemapError, file_hash, write_columns

LIGHT_FROM = 10_000  # postings from which what is said of single ones lies in a file of its own
LIGHT_EVIDENCE = 3  # postings that a light artifact names itself for a keyword
_RECORD_COLUMNS = ("title", "company", "location", "posted_on", "second_best", "margin", "is_unlike", "facts")


@dataclass(frozen=True)
class MapDensity:
    """How many postings lie in each cell of the map: `counts[row][column]`, and the middles of columns and rows."""

    x: list[float]
    y: list[float]
    counts: list[list[int]]


def posting_schema() -> Any:
    """Return the columns of the file beside a light artifact: a row a posting, and one a repeat of another."""
    import pyarrow as pa

    text = pa.string()
    fields = {"id": text, "repeats": text, "cluster": text, "x": pa.float32(), "y": pa.float32(), "title": text}
    fields |= {"company": text, "location": text, "posted_on": pa.date32(), "second_best": text}
    fields |= {"margin": pa.float64(), "is_unlike": pa.bool_(), "facts": text, "keywords": pa.list_(text)}
    return pa.schema(list(fields.items()))


def without_postings(artifact: ClusterArtifact, path: Path) -> ClusterArtifact:
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


def drop_unnamed(path: Path) -> None:
    """Remove files of postings that neither the artifact nor an earlier version of it names any more."""
    files = list(path.parent.glob(f"{path.stem}-{'[0-9a-f]' * 12}.parquet"))
    if files:
        named = path.read_text("utf-8") + "".join(f.read_text("utf-8") for f in path.parent.glob("history/*.json"))
        for file in files:
            if file.name not in named:
                file.unlink(missing_ok=True)


def attach_postings(artifact: ClusterArtifact, path: Path, most: int | None = None) -> ClusterArtifact:
    """Return a light artifact as one whole: what lies in the file of postings is read when somebody asks for it.

    Of more than `most` postings so many, drawn evenly, stand for all; a note says so.
    """
    beside = artifact.postings_file
    if beside is None:
        return artifact
    file = ColumnFile(_beside(path, beside.name), beside.sha256)
    if most is not None and beside.postings > most:
        return _sampled(artifact, file, most, beside.duplicates)
    held = _Postings(file)
    clusters = [held.filled(cluster) for cluster in artifact.clusters]
    lazy = {
        "clusters": clusters,
        "duplicates": LazyDict(beside.duplicates, lambda: held.repeats, str),
        "map": LazyDict(beside.postings, lambda: held.rows, held.position),
        "vacancies": LazyDict(beside.postings, lambda: held.rows, held.record),
    }
    return artifact.model_copy(update=lazy)


def _sampled(artifact: ClusterArtifact, file: ColumnFile, most: int, duplicates: int) -> ClusterArtifact:
    import numpy as np

    own = np.flatnonzero(file.column("repeats").is_null().to_numpy(zero_copy_only=False))
    held = _Postings(ColumnFile(file.path, file.sha256, own[np.arange(most) * len(own) // most].tolist()))
    note = f"Shown and counted here are {most:,} of the {len(own):,} postings, drawn evenly."
    lazy = {
        "clusters": [held.filled(cluster, is_sampled=True) for cluster in artifact.clusters],
        "duplicates": LazyDict(duplicates, lambda: _Postings(file).repeats, str),
        "map": held.positions(),
        "vacancies": LazyDict(most, held.cells, _record),
        "quality": artifact.quality.model_copy(update={"notes": [*artifact.quality.notes, note]}),
    }
    return artifact.model_copy(update=lazy)


def map_density(artifact: ClusterArtifact, path: Path, cells: int) -> MapDensity | None:
    """Return how many postings lie where on the map of a light artifact; None where they are not in a file.

    `cells` is how many there are along each axis.
    """
    import numpy as np

    if artifact.postings_file is None:
        return None
    file = ColumnFile(_beside(path, artifact.postings_file.name), artifact.postings_file.sha256)
    x, y = (file.column(axis).drop_null().to_numpy(zero_copy_only=False) for axis in "xy")
    counts, across, up = np.histogram2d(x, y, bins=cells)
    columns, rows = (((edges[1:] + edges[:-1]) / 2).tolist() for edges in (across, up))
    return MapDensity(columns, rows, counts.T.astype(int).tolist())


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

    def filled(self, cluster: Cluster, *, is_sampled: bool = False) -> Cluster:
        """Return a cluster with its postings, and those of its evidence, to be read when they are asked for.

        How many there are is known without reading them, unless these are a sample.
        """
        evidence = {
            keyword: found.model_copy(
                update={
                    "vacancy_ids": self.naming(cluster.slug, keyword)
                    if is_sampled
                    else LazyList(found.count or 0, partial(self.naming, cluster.slug, keyword), found.vacancy_ids)
                }
            )
            for keyword, found in cluster.evidence.items()
        }
        members: Sequence[str] = (
            self.members(cluster.slug)
            if is_sampled
            else LazyList(cluster.size or 0, partial(self.members, cluster.slug))
        )
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

    def positions(self) -> dict[str, tuple[float, float]]:
        """Return where all postings lie, for those who draw them."""
        columns = (self._file.values(name) for name in ("id", "x", "y"))
        rows = zip(*columns, strict=True)
        return {vacancy_id: (round(x, 3), round(y, 3)) for vacancy_id, x, y in rows if x is not None}

    def cells(self) -> dict[str, dict[str, Any]]:
        """Return what is kept of all postings, for those who look at each."""
        names = [name for name in _RECORD_COLUMNS if name in self._file.names]
        rows = zip(*(self._file.values(name) for name in names), strict=True)
        return dict(zip(self._file.values("id"), (dict(zip(names, row, strict=True)) for row in rows), strict=True))

    def record(self, row: int) -> VacancyRecord:
        """Return what is kept of a posting."""
        return _record(self._file.row(row, [name for name in _RECORD_COLUMNS if name in self._file.names]))


def _record(cells: Mapping[str, Any]) -> VacancyRecord:
    facts = Facts.model_validate_json(cells["facts"]) if cells["facts"] else None
    return VacancyRecord.model_validate({**cells, "facts": facts})
