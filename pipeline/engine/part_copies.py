"""What a file of rows held, as it was read once: the next step, or the next run, does not parse it again.

Copies lie in the workspace's cache, by the file's place and state and by what reads it. A file that says nothing of
when it was changed is read anew each time.
"""

import io
import json
from collections.abc import Callable
from contextlib import closing
from typing import Any

from pipeline.core import content_key, get_settings, open_workspace_cache
from pipeline.postings import Corpus, Skip, Vacancy, reader_key

KIND = "part-v1"
_STATE = ("mtime", "ETag", "etag", "LastModified", "last_modified", "updated", "generation")  # as systems call it
_TEXTS = ("id", "text", "title", "company", "location", "url", "source")


def read_once(address: str, name: str, read: Callable[[], Corpus]) -> Corpus:
    """Return what `read` gives, or its copy where the file at an address is as it was. Raises OSError."""
    key = _key(address, name)
    if key is None:
        return read()
    with closing(open_workspace_cache(get_settings())) as cache:
        stored = cache.get_many(KIND, [key]).get(key)
        if stored is not None:
            return unpacked(stored)
        corpus = read()
        cache.put_many(KIND, {key: packed(corpus)})
    return corpus


def _key(address: str, name: str) -> str | None:
    import fsspec

    system, path = fsspec.core.url_to_fs(address)
    info = system.info(path)
    state = [f"{key}={info[key]}" for key in _STATE if info.get(key)]
    return content_key(reader_key(), address, name, str(info.get("size")), *state) if state else None


def packed(corpus: Corpus) -> bytes:
    """Return postings and what was skipped as the bytes of a Parquet file."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    columns: dict[str, Any] = {name: [getattr(v, name) for v in corpus.vacancies] for name in _TEXTS}
    columns["posted_on"] = [vacancy.posted_on for vacancy in corpus.vacancies]
    columns["fields"] = [json.dumps(vacancy.fields) if vacancy.fields else None for vacancy in corpus.vacancies]
    schema = pa.schema([(name, pa.date32() if name == "posted_on" else pa.string()) for name in columns])
    skipped = json.dumps([skip.model_dump() for skip in corpus.skipped])
    file = io.BytesIO()
    table = pa.table(columns, schema=schema).replace_schema_metadata({"skipped": skipped})
    pq.write_table(table, file, compression="zstd")
    return file.getvalue()


def unpacked(data: bytes) -> Corpus:
    """Return what was packed."""
    import pyarrow.parquet as pq

    table = pq.read_table(io.BytesIO(data))
    fields = [json.loads(stated) if stated else {} for stated in table.column("fields").to_pylist()]
    rows = table.drop_columns(["fields"]).to_pylist()
    # It was checked when it was read first; checking it again would take as long as all the rest.
    vacancies = tuple(Vacancy.model_construct(**row, fields=own) for row, own in zip(rows, fields, strict=True))
    return Corpus(vacancies, tuple(Skip(**skip) for skip in json.loads(table.schema.metadata[b"skipped"])))
