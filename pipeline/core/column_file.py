"""A Parquet file that is read by columns, each once and only when somebody asks for it."""

import hashlib
import threading
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cached_property
from itertools import accumulate
from pathlib import Path
from typing import Any

from pipeline.core.errors import BrokenArtifact


def file_hash(path: Path) -> str:
    """Return the SHA-256 of a file's bytes. Raises OSError."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


ROWS_KEPT = 200_000  # of the groups of rows that single rows were read of last


class ColumnFile:
    """A Parquet file whose hash is known, read by columns; one with another hash is refused when it is first read.

    A column that is asked for stays in memory; single rows and batches are read by groups of rows, and go again.
    """

    def __init__(self, path: Path, sha256: str, rows: Sequence[int] | None = None) -> None:
        """With `rows`, in ascending order, the file is as if it held these rows alone."""
        self.path, self.sha256, self._rows = path, sha256, rows
        self._columns: dict[str, Any] = {}
        self._groups: dict[int, Any] = {}  # those of single rows, the one read last at the end
        self._layout: Any = None  # the file's own account of itself, read once
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

    @contextmanager
    def _opened(self) -> Iterator[Any]:
        """Open the file, without reading again how it is laid out. Raises BrokenArtifact."""
        import pyarrow.parquet as pq
        from pyarrow import ArrowException

        try:
            # `read_table` would load pyarrow's datasets and with them pandas, 0.4 s, for one column.
            with pq.ParquetFile(self._checked_path, metadata=self._layout) as file:
                self._layout = file.metadata
                yield file
        except (OSError, ArrowException) as error:
            raise BrokenArtifact(f"The postings of the clusters, {self.path}, cannot be read: {error}") from error

    @cached_property
    def names(self) -> frozenset[str]:
        """The names of its columns: a file of an earlier version may lack some. Raises BrokenArtifact."""
        with self._opened() as file:
            return frozenset(file.schema_arrow.names)

    @cached_property
    def _ends(self) -> list[int]:
        """The number of rows up to the end of each group of rows."""
        with self._opened() as file:
            sizes = [file.metadata.row_group(number).num_rows for number in range(file.num_row_groups)]
        return list(accumulate(sizes))

    def column(self, name: str) -> Any:
        """Return one column as an Arrow array. Raises BrokenArtifact."""
        import pyarrow as pa

        with self._reading:
            if name not in self._columns:
                self._columns[name] = pa.concat_tables(self.batches([name])).column(name).combine_chunks()
            return self._columns[name]

    def values(self, name: str) -> list[Any]:
        """Return one column as a list."""
        return list(self.column(name).to_pylist())

    def batches(self, names: Sequence[str]) -> Iterator[Any]:
        """Yield some columns of all rows as Arrow tables, one for each group of rows. Raises BrokenArtifact."""
        import pyarrow as pa

        start = 0
        with self._opened() as file:
            for number, end in enumerate(self._ends):
                table = file.read_row_group(number, columns=list(names))
                if self._rows is not None:
                    first, last = (bisect_left(self._rows, edge) for edge in (start, end))
                    table = table.take(pa.array([row - start for row in self._rows[first:last]], pa.int64()))
                yield table
                start = end

    def row(self, index: int, names: Sequence[str]) -> dict[str, Any]:
        """Return some columns of one row, which are the same whenever single rows are read. Raises BrokenArtifact."""
        if self._rows is not None:  # few, and spread over the whole file
            return {name: self.column(name)[index].as_py() for name in names}
        number = bisect_right(self._ends, index)
        with self._reading:
            group = self._groups.pop(number, None)
            if group is None:
                with self._opened() as file:
                    group = file.read_row_group(number, columns=list(names)).combine_chunks()
                while self._groups and sum(map(len, self._groups.values())) + len(group) > ROWS_KEPT:
                    del self._groups[next(iter(self._groups))]
            self._groups[number] = group
        place = index - (self._ends[number - 1] if number else 0)
        return {name: group.column(name)[place].as_py() for name in names}


def write_columns(path: Path, columns: Mapping[str, Any], schema: Any) -> None:
    """Write a Parquet file whose bytes depend on nothing but what is in it."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    path.parent.mkdir(parents=True, exist_ok=True)
    pq.write_table(pa.table(dict(columns), schema=schema), path, compression="zstd", row_group_size=50_000)
