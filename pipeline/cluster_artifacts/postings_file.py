"""The Parquet file beside a light artifact: what is said of single postings, read by columns when it is asked for."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.cluster_artifacts.model import Cluster, ClusterArtifact, PostingsFile, VacancyRecord
from pipeline.cluster_artifacts.posting_rows import RECORD_COLUMNS, PostingRecords, PostingRows
from pipeline.core import ColumnFile, LazyDict, RolemapError, file_hash, write_columns

LIGHT_FROM = 10_000  # postings from which what is said of single ones lies in a file of its own
LIGHT_EVIDENCE = 3  # postings that a light artifact names itself for a keyword


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
    cells = {name: getattr(record, name) for name in RECORD_COLUMNS}
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
    rows = whole = PostingRows(ColumnFile(_beside(path, beside.name), beside.sha256))
    count, quality = beside.postings, artifact.quality
    is_sample = most is not None and count > most
    if most is not None and is_sample:
        rows, count = _drawn(whole, most), most
        note = f"Shown and counted here are {most:,} of the {beside.postings:,} postings, drawn evenly."
        quality = quality.model_copy(update={"notes": [*quality.notes, note]})
    lazy = {
        "clusters": [rows.filled(cluster, is_sample=is_sample) for cluster in artifact.clusters],
        "duplicates": LazyDict(beside.duplicates, lambda: whole.repeats, str),
        "map": rows.positions() if is_sample else LazyDict(count, lambda: rows.by_id, rows.position),
        "vacancies": PostingRecords(rows, count),
        "quality": quality,
    }
    return artifact.model_copy(update=lazy)


def _drawn(rows: PostingRows, most: int) -> PostingRows:
    """Return so many postings of a file, drawn evenly."""
    import numpy as np

    chosen = rows.own[np.arange(most) * len(rows.own) // most].tolist()
    return PostingRows(ColumnFile(rows.file.path, rows.file.sha256, chosen))


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
