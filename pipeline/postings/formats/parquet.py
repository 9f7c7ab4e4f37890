"""Parquet, as data sets are published."""

import io
from typing import Any

from pipeline.core import UnreadableDocument
from pipeline.postings.formats.content import Content, Format

BATCH_ROWS = 1000


def _read(data: bytes) -> Content:
    import pyarrow as arrow
    import pyarrow.parquet as parquet

    try:
        table = parquet.read_table(io.BytesIO(data))
        rows: list[Any] = [row for batch in table.to_batches(max_chunksize=BATCH_ROWS) for row in batch.to_pylist()]
    except (arrow.ArrowException, OSError, ValueError, OverflowError) as error:
        raise UnreadableDocument("it is not a readable Parquet file") from error
    return Content(tree=rows, what="Parquet")


FORMATS = (Format((".parquet",), _read, holds_rows=True, max_bytes=500_000_000),)
