"""What is made of files before anything is made of the postings: the same account for commands, pages and the API."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from contextlib import closing
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from pipeline.core import ProgressCallback, RolemapError, get_settings, ignore_progress
from pipeline.postings import (
    Corpus,
    FileReceipt,
    Skip,
    forget_columns,
    language_of,
    load_vacancies,
    read_uploads,
    remember_columns,
    sum_documents,
)
from pipeline.services.workspace import open_cache

NamedColumns = Mapping[str, Sequence[str]]


class Receipt(BaseModel):
    """What was read: rows and postings, a receipt for each table and one for all documents, and what was left out."""

    model_config = ConfigDict(frozen=True)

    rows: int
    postings: int
    files: list[FileReceipt]
    skipped: list[Skip]


def make_receipt(corpus: Corpus) -> Receipt:
    """Return the receipt of what was read; files that hold one posting each are told of together."""
    spoken: dict[str | None, Counter[str]] = defaultdict(Counter)
    for vacancy in corpus.vacancies:
        spoken[vacancy.source][language_of(vacancy.text) or "unknown"] += 1
    documents = [receipt for receipt in corpus.receipts if receipt.format == "document"]
    tables = [
        receipt.model_copy(update={"languages": dict(spoken[receipt.file].most_common())})
        for receipt in corpus.receipts
        if receipt.format != "document" and receipt.columns
    ]
    files = [_all_documents(documents, spoken), *tables] if documents else tables
    return Receipt(
        rows=sum(receipt.rows for receipt in corpus.receipts),
        postings=len(corpus.vacancies),
        files=files,
        skipped=list(corpus.skipped),
    )


def _all_documents(documents: Sequence[FileReceipt], spoken: Mapping[str | None, Counter[str]]) -> FileReceipt:
    """Return one receipt for all files that hold one posting each."""
    languages = sum((spoken[receipt.file] for receipt in documents), Counter[str]())
    one = sum_documents(documents) if len(documents) > 1 else documents[0]
    return one.model_copy(update={"languages": dict(languages.most_common())})


def read_receipt(
    path: Path | None = None,
    columns: NamedColumns | None = None,
    on_progress: ProgressCallback = ignore_progress,
) -> Receipt:
    """Read postings, by default those of the workspace, and return what is made of them. Raises RolemapError."""
    with closing(open_cache()) as cache:
        place = path or get_settings().vacancies_path
        return make_receipt(load_vacancies(place, columns=columns, cache=cache, on_progress=on_progress))


def read_upload(
    name: str, data: bytes, columns: NamedColumns | None = None, on_progress: ProgressCallback = ignore_progress
) -> Corpus:
    """Read one uploaded file, its columns as named. Raises RolemapError where it has no such columns."""
    folder = get_settings().vacancies_path
    with closing(open_cache()) as cache:
        corpus = read_uploads(
            [(name, data)], columns=columns, remembered_in=folder, cache=cache, on_progress=on_progress
        )
    if columns and not any(receipt.is_corrected for receipt in corpus.receipts):
        own = next((", ".join(receipt.columns) for receipt in corpus.receipts if receipt.columns), "")
        reason = f"Its columns are {own}." if own else "; ".join(skip.reason for skip in corpus.skipped[:1])
        wanted = ", ".join(path for paths in columns.values() for path in paths)
        raise RolemapError(f"{name} has no table with the columns {wanted}. {reason}")
    return corpus


def keep_columns(columns: Sequence[str], roles: NamedColumns, folder: Path | None = None) -> None:
    """Remember for every file with these columns what they hold. Raises RolemapError."""
    remember_columns(folder or get_settings().vacancies_path, columns, roles)


def drop_columns(columns: Sequence[str]) -> None:
    """Forget what was remembered for files with these columns. Raises RolemapError."""
    forget_columns(get_settings().vacancies_path, columns)
