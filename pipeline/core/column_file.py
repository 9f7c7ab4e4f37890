"""A Parquet file that is read by columns, each once and only when somebody asks for it."""

import hashlib
import threading
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

from pipeline.core.errors import BrokenArtifact


def file_hash(path: Path) -> str:
    """Return the SHA-256 of a file's bytes. Raises OSError."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


class ColumnFile:
    """The columns of a Parquet file whose hash is known; one with another hash is refused when it is first read."""

    def __init__(self, path: Path, sha256: str, rows: Sequence[int] | None = None) -> None:
        """With `rows`, in ascending order, the file is as if it held these rows alone."""
        self.path, self.sha256, self._rows = path, sha256, rows
        self._columns: dict[str, Any] = {}
        self._reading = threading.Lock()

    @cached_property
    def _checked_path(self) -> Path:
        try:
            found = file_hash(self.path)
        except OSError as error:
            raise BrokenArtifact(
                f"The postings of the clusters, {self.path}, cannot be opened: {error.strerror or error}. "
                "Make them anew with: python main.py cluster-vacancies --fresh"
            ) from error
        if found != self.sha256:
            raise BrokenArtifact(
                f"The postings of the clusters, {self.path}, are not those that the artifact was written with. "
                "Make them anew with: python main.py cluster-vacancies --fresh"
            )
        return self.path

    @cached_property
    def names(self) -> frozenset[str]:
        """The names of its columns: a file of an earlier version may lack some. Raises BrokenArtifact."""
        import pyarrow.parquet as pq
        from pyarrow import ArrowException

        try:
            return frozenset(pq.read_schema(self._checked_path).names)
        except (OSError, ArrowException) as error:
            raise self._unreadable(error) from error

    def _unreadable(self, error: Exception) -> BrokenArtifact:
        return BrokenArtifact(f"The postings of the clusters, {self.path}, cannot be read: {error}")

    def column(self, name: str) -> Any:
        """Return one column as an Arrow array. Raises BrokenArtifact."""
        from pyarrow import ArrowException

        with self._reading:
            if name not in self._columns:
                try:
                    self._columns[name] = self._read(name)
                except (OSError, ArrowException) as error:
                    raise self._unreadable(error) from error
            return self._columns[name]

    def _read(self, name: str) -> Any:
        """Read a column, of chosen rows without holding the others."""
        import pyarrow as pa
        import pyarrow.parquet as pq

        pieces, start = [], 0
        # `read_table` would load pyarrow's datasets and with them pandas, 0.4 s, for one column.
        with pq.ParquetFile(self._checked_path) as file:
            if self._rows is None:
                return file.read(columns=[name]).column(name).combine_chunks()
            for batch in file.iter_batches(columns=[name]):
                first, last = (bisect_left(self._rows, edge) for edge in (start, start + len(batch)))
                wanted = [row - start for row in self._rows[first:last]]
                pieces.append(batch.column(0).take(pa.array(wanted, pa.int64())))
                start += len(batch)
        return pa.chunked_array(pieces).combine_chunks()

    def values(self, name: str) -> list[Any]:
        """Return one column as a list."""
        return list(self.column(name).to_pylist())

    def row(self, index: int, names: Iterable[str]) -> dict[str, Any]:
        """Return some columns of one row."""
        return {name: self.column(name)[index].as_py() for name in names}


def write_columns(path: Path, columns: Mapping[str, Any], schema: Any) -> None:
    """Write a Parquet file whose bytes depend on nothing but what is in it."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    path.parent.mkdir(parents=True, exist_ok=True)
    pq.write_table(pa.table(dict(columns), schema=schema), path, compression="zstd", row_group_size=50_000)
