"""A corpus of any size clustered by parts: repeats, a sample, its clusters, and every posting placed among them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from pipeline.cluster_artifacts import (
    BY_PARTS,
    ClusterArtifact,
    ClusterResult,
    Provenance,
    SkippedInput,
    adopt_postings,
    attach_postings,
    build_artifact,
    posting_schema,
)
from pipeline.core import ProgressCallback, RolemapError, content_key, ignore_progress
from pipeline.engine.parts import Part
from pipeline.engine.runners import Runner
from pipeline.engine.tasks import EncodeWith, Repeats, Survey, embedder_of, pick, place, survey_parts, workspace_cache
from pipeline.postings import Corpus, Skip
from pipeline.vacancy_clustering import Tally, check_count, known_clusters, learn_clusters, widened

PILOT = 5000  # postings of the sample that a larger corpus is clustered by


@dataclass(frozen=True)
class PartsRun:
    """The artifact, and the sample that names come from; the earlier artifact where nothing has changed."""

    artifact: ClusterArtifact
    sample: Corpus


@dataclass(frozen=True)
class _Surveyed:
    heads: list[Survey]
    repeats: Repeats

    @property
    def total(self) -> int:
        return sum(len(head.keys) for head in self.heads)

    @property
    def digest(self) -> str:
        """A hash of all postings and of all that was skipped, whatever the parts and their order."""
        skips = sorted(f"{skip.id}: {skip.reason}" for head in self.heads for skip in head.skipped)
        left_out = f"-{content_key(*skips)[:8]}" if skips else ""
        return f"{BY_PARTS}{sum(head.digest for head in self.heads) % 2**256:064x}{left_out}"


def cluster_by_parts(
    parts: Sequence[Part],
    runner: Runner,
    *,
    output: Path,
    count: int | None,
    provenance_of: Callable[[str, int], tuple[Provenance, EncodeWith]],
    is_done: Callable[[Provenance], bool] = lambda provenance: False,
    earlier: ClusterArtifact | None = None,
    skipped: Sequence[Skip] = (),
    pilot: int = PILOT,
    on_progress: ProgressCallback = ignore_progress,
) -> PartsRun:
    """Cluster the postings of all parts; their rows are written beside `output`, the artifact is not.

    `provenance_of` is told the hash of what was read and the number of postings; where that `is_done`, the earlier
    artifact is the answer. Raises RolemapError.
    """
    parts, heads, found = survey_parts(parts, runner)
    surveyed = _Surveyed(heads, found)
    skips = [*skipped, *(skip for head in surveyed.heads for skip in head.skipped)]
    if not surveyed.total:
        raise RolemapError(f"No posting could be read; the first reason: {skips[0].id}: {skips[0].reason}.")
    provenance, encode = provenance_of(surveyed.digest, surveyed.total)
    if earlier is not None and is_done(provenance):
        return PartsRun(earlier, Corpus())
    check_count(count, surveyed.total - len(surveyed.repeats.kept_for))
    repeats = runner.share(surveyed.repeats)
    below = _threshold(surveyed, pilot)
    picked = [vacancy for found in runner.run("Drawing a sample", pick, parts, below, repeats) for vacancy in found]
    sample = Corpus(tuple(sorted(picked, key=lambda vacancy: vacancy.id)))
    embedder = embedder_of(encode.model)
    result, learned = learn_clusters(
        sample,
        count=count,
        provenance=provenance,
        embed=embedder.precise,
        embed_bodies=embedder.fast if encode.is_fast else None,
        earlier=earlier,
        with_facts=False,
        kept=workspace_cache(),
        on_progress=on_progress,
    )
    shared = (runner.share(learned), runner.share(known_clusters(result)), repeats, encode)
    tally = Tally()
    with _RowFile(output) as rows:
        for placed in runner.run("Placing postings", place, parts, *shared):
            rows.write(placed.columns)
            tally.add(placed.tally)
        rows.write(_repeat_columns(surveyed.repeats))
    named = [SkippedInput(id=skip.id, reason=skip.reason) for skip in sorted(skips, key=lambda s: (s.id, s.reason))]
    wide = replace(widened(result, tally), skipped=named)
    return PartsRun(_artifact(wide, rows, surveyed, output), sample)


def _threshold(surveyed: _Surveyed, pilot: int) -> int:
    """Return the greatest key of the sample: as many postings as are wanted have none above it."""
    keys = np.sort(np.concatenate([head.keys for head in surveyed.heads]))
    return int(keys[min(pilot, len(keys)) - 1])


def _repeat_columns(repeats: Repeats) -> dict[str, list[Any]]:
    pairs = sorted(repeats.kept_for.items())
    return {"id": [dropped for dropped, _ in pairs], "repeats": [kept for _, kept in pairs]} if pairs else {}


class _RowFile:
    """The file of postings while it is written, part by part, under a name that nobody reads."""

    def __init__(self, output: Path) -> None:
        self.path = output.with_name(f".{output.stem}.parquet")

    def __enter__(self) -> "_RowFile":
        import pyarrow.parquet as pq

        self._schema = posting_schema()
        self.path.parent.mkdir(parents=True, exist_ok=True)
        try:
            self._writer = pq.ParquetWriter(self.path, self._schema, compression="zstd")
        except OSError as error:
            raise RolemapError(f"Cannot write to {self.path.parent}: {error.strerror or error}.") from error
        return self

    def write(self, columns: dict[str, list[Any]]) -> None:
        """Write some rows; columns that are not given are empty."""
        import pyarrow as pa

        if columns:
            length = len(columns["id"])
            full = {name: columns.get(name, [None] * length) for name in self._schema.names}
            self._writer.write_table(pa.table(full, schema=self._schema))

    def __exit__(self, kind: object, *_: object) -> None:
        self._writer.close()
        if kind is not None:
            self.path.unlink(missing_ok=True)


def _artifact(result: ClusterResult, rows: _RowFile, surveyed: _Surveyed, output: Path) -> ClusterArtifact:
    dropped = len(surveyed.repeats.kept_for)
    share = round(dropped / surveyed.total, 4)
    result = replace(result, quality=result.quality.model_copy(update={"duplicate_share": share}))
    try:
        file = adopt_postings(output, rows.path, surveyed.total - dropped, dropped)
    except OSError as error:
        raise RolemapError(f"Cannot write to {output.parent}: {error.strerror or error}.") from error
    return attach_postings(build_artifact(result).model_copy(update={"postings_file": file}), output)
