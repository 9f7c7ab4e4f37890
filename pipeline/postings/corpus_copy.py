"""Postings that were read, as the bytes of a Parquet file, so that they are not parsed twice."""

import io
import json
from typing import Any

from pipeline.postings.receipts import FileReceipt, Skip
from pipeline.postings.vacancy import Corpus, Vacancy

_TEXTS = ("id", "text", "title", "company", "location", "url", "source")
_NOTES = (("skipped", Skip), ("receipts", FileReceipt))


def pack_corpus(corpus: Corpus) -> bytes:
    """Return what was read as bytes."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    columns: dict[str, Any] = {name: [getattr(v, name) for v in corpus.vacancies] for name in _TEXTS}
    columns["posted_on"] = [vacancy.posted_on for vacancy in corpus.vacancies]
    columns["fields"] = [json.dumps(vacancy.fields) if vacancy.fields else None for vacancy in corpus.vacancies]
    schema = pa.schema([(name, pa.date32() if name == "posted_on" else pa.string()) for name in columns])
    notes = {name: json.dumps([note.model_dump(mode="json") for note in getattr(corpus, name)]) for name, _ in _NOTES}
    file = io.BytesIO()
    pq.write_table(pa.table(columns, schema=schema).replace_schema_metadata(notes), file, compression="zstd")
    return file.getvalue()


def unpack_corpus(data: bytes) -> Corpus:
    """Return what was packed."""
    import pyarrow.parquet as pq

    with pq.ParquetFile(io.BytesIO(data)) as file:
        table = file.read()
    fields = [json.loads(stated) if stated else {} for stated in table.column("fields").to_pylist()]
    rows = table.drop_columns(["fields"]).to_pylist()
    # It was checked when it was read first; checking it again would take as long as all the rest.
    vacancies = tuple(Vacancy.model_construct(**row, fields=own) for row, own in zip(rows, fields, strict=True))
    skipped, receipts = (
        tuple(kind.model_validate(note) for note in json.loads(table.schema.metadata[name.encode()]))
        for name, kind in _NOTES
    )
    return Corpus(vacancies, skipped, receipts)  # type: ignore[arg-type]
