"""Stored job postings: read from files, told apart by id, duplicates folded, nothing lost in silence."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from pipeline.core import (
    ContentCache,
    ProgressCallback,
    ProgressEvent,
    RolemapError,
    UnreadableDocument,
    content_key,
    ignore_progress,
)
from pipeline.postings.column_memory import read_remembered, recall
from pipeline.postings.documents import ROW_SUFFIXES, SUFFIXES
from pipeline.postings.formats import find_format
from pipeline.postings.intake import Intake
from pipeline.postings.posting_files import posting_files
from pipeline.postings.reader_key import reader_key
from pipeline.postings.set_aside import read_set_aside, without_set_aside
from pipeline.postings.tables import NamedColumns
from pipeline.postings.vacancy import Corpus


def load_vacancies(
    path: Path,
    *,
    columns: NamedColumns | None = None,
    cache: ContentCache | None = None,
    on_progress: ProgressCallback = ignore_progress,
) -> Corpus:
    """Read a folder of postings, searched recursively, or one file.

    `columns` says which columns of tables hold what, by role; else what was remembered for files of a shape holds, else
    it is guessed. Files are read in the order of their names, so the same files give the same corpus; postings that
    were set aside are left out. Raises RolemapError where the path does not exist or holds no posting that can be read.
    """
    if not path.exists():
        raise RolemapError(
            f"There is no folder or file {path}. Put postings there, or name another place with --vacancies."
        )
    files = sorted(posting_files(path)) if path.is_dir() else [path]
    root = path if path.is_dir() else path.parent
    stems = Counter(file.stem.casefold() for file in files)
    intake = Intake(
        named=_named(columns, root),
        kept_by=None if columns else _rules(root),
        shared_stems=frozenset(stem for stem, count in stems.items() if count > 1),
        on_progress=on_progress,
    )
    for number, file in enumerate(files):
        on_progress(ProgressEvent("Reading postings", number, len(files)))
        name = _readable_name(file.relative_to(root).as_posix())
        try:
            _check_size(file)
            intake.add_file(name, file.read_bytes(), cache=cache)
        except UnreadableDocument as error:
            intake.skip(name, error)
        except OSError as error:
            intake.skip(name, f"it cannot be opened ({error.strerror or error})")
    on_progress(ProgressEvent("Reading postings", len(files), len(files)))
    corpus = intake.corpus()
    aside = read_set_aside(root) if corpus.vacancies else []
    if columns and not any(receipt.is_corrected for receipt in corpus.receipts):
        raise RolemapError(_no_such_columns(path, columns, corpus))
    if not corpus.vacancies:
        raise RolemapError(_nothing_read(path, corpus))
    counted = without_set_aside(corpus, aside)
    if not counted.vacancies:
        raise RolemapError(f"Every posting in {path} was set aside. Bring some back, or add others.")
    return counted


def _named(columns: NamedColumns | None, folder: Path | None) -> Callable[[Sequence[str]], NamedColumns | None]:
    """Return what the user says of a table's columns: now, where it has them all, or earlier for tables like it."""
    remembered = read_remembered(folder) if folder else []

    def named(own: Sequence[str]) -> NamedColumns | None:
        known = {column.casefold(): column for column in own}
        wanted = {path.casefold() for paths in (columns or {}).values() for path in paths}
        if columns and wanted and wanted <= known.keys():
            return {role: [known[path.casefold()] for path in paths] for role, paths in columns.items()}
        return recall(remembered, own)

    return named


def _rules(folder: Path) -> str:
    """Return a hash of what decides how rows are read: the code, and what is remembered of columns."""
    return content_key(reader_key(), *(entry.model_dump_json() for entry in read_remembered(folder)))


def _no_such_columns(path: Path, columns: NamedColumns, corpus: Corpus) -> str:
    wanted = ", ".join(path for paths in columns.values() for path in paths)
    known = "; ".join(f"{r.file}: {', '.join(r.columns)}" for r in corpus.receipts if r.columns)
    reasons = "; ".join(skip.reason for skip in corpus.skipped[:1])
    return f"No table in {path} has the columns {wanted}. {f'Those there are: {known}' if known else reasons}."


def _readable_name(name: str) -> str:
    """Return a file's name in letters that JSON can hold, whatever encoding it was written in."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def read_uploads(
    uploads: Iterable[tuple[str, bytes]],
    *,
    columns: NamedColumns | None = None,
    remembered_in: Path | None = None,
    cache: ContentCache | None = None,
    on_progress: ProgressCallback = ignore_progress,
) -> Corpus:
    """Read named files that are in memory, such as a browser's uploads; an unreadable one is skipped by name."""
    intake = Intake(named=_named(columns, remembered_in), on_progress=on_progress)
    for name, data in uploads:
        try:
            intake.add_file(Path(name).name, data, cache=cache)
        except UnreadableDocument as error:
            intake.skip(Path(name).name, error)
    return intake.corpus()


def _check_size(file: Path) -> None:
    limit = find_format(file.suffix).max_bytes
    if file.stat().st_size > limit:
        raise UnreadableDocument(f"it is larger than {limit // 1_000_000} MB")


def _nothing_read(path: Path, corpus: Corpus) -> str:
    kinds = ", ".join((*SUFFIXES, *ROW_SUFFIXES))
    if not corpus.skipped:
        return f"{path} holds no postings. Add files ({kinds}), or name another place with --vacancies."
    first = corpus.skipped[0]
    count = sum(skip.count for skip in corpus.skipped)
    if count == 1 and path.is_file():
        return f"No posting in {path} could be read: {first.reason}."
    return f"No posting in {path} could be read; {count:,} skipped, the first: {first.id}: {first.reason}."
