"""Stored job postings: read from files, told apart by id, duplicates folded, nothing lost in silence."""

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict

from pipeline.core import (
    ContentCache,
    ProgressCallback,
    ProgressEvent,
    RolemapError,
    UnreadableDocument,
    content_key,
    ignore_progress,
)
from pipeline.postings.dates import read_date
from pipeline.postings.documents import MAX_BYTES, SUFFIXES, Document, decode, read_document

ROW_SUFFIXES = (".jsonl", ".json", ".csv", ".parquet")
MAX_ROW_FILE_BYTES = 500_000_000
LEAVE_OUT = ".leave-out"  # in a folder of postings: names of files, one a line, that are not read
IGNORED_NAMES = {"readme.md", "readme.txt", "license", "license.txt"}
DOCUMENT_KIND = "document-v1"  # raise the number when reading changes, so that cached texts are read anew

_ID_KEYS = ("id", "vacancy_id", "job_id")
_TEXT_KEYS = ("text", "description", "job_description", "body")
_TITLE_KEYS = ("title", "job_title", "position")
_COMPANY_KEYS = ("company", "company_name", "employer")
_DATE_KEYS = ("posted_on", "date_posted", "posted", "date")


class Vacancy(BaseModel):
    """One stored posting. `source` is the file it came from, relative to the folder read.

    `fields` are strings that the export itself stated of pay, contract, place of work and the like, as `find_facts`
    takes them.
    """

    model_config = ConfigDict(frozen=True)

    id: str
    text: str
    title: str | None = None
    company: str | None = None
    location: str | None = None
    url: str | None = None
    posted_on: date | None = None
    source: str | None = None
    fields: dict[str, str] = {}


class Skip(BaseModel):
    """An input that is in no cluster, and why."""

    model_config = ConfigDict(frozen=True)

    id: str
    reason: str


@dataclass(frozen=True)
class Corpus:
    """What was read: postings in the order of their ids, and what could not be used."""

    vacancies: tuple[Vacancy, ...] = ()
    skipped: tuple[Skip, ...] = ()

    @property
    def digest(self) -> str:
        """A hash of all that is read from the postings, whatever the order of files."""
        return content_key(*(v.model_dump_json() for v in self.vacancies), *(s.model_dump_json() for s in self.skipped))


@dataclass
class _Intake:
    """Collects postings, refusing an id that came before with another text."""

    vacancies: dict[str, Vacancy] = field(default_factory=dict)
    skipped: list[Skip] = field(default_factory=list)

    def add(self, vacancy: Vacancy) -> None:
        earlier = self.vacancies.get(vacancy.id)
        if earlier is None:
            self.vacancies[vacancy.id] = vacancy
        elif earlier.text != vacancy.text:
            place = vacancy.source or "the input"
            where = earlier.source or "the input"
            reason = f"the id was seen before with another text (in {where}); give it an id of its own"
            self.skipped.append(Skip(id=f"{vacancy.id} ({place})", reason=reason))

    def skip(self, name: str, reason: str) -> None:
        self.skipped.append(Skip(id=name, reason=reason))

    def corpus(self) -> Corpus:
        ordered = sorted(self.vacancies.values(), key=lambda v: v.id)
        return Corpus(tuple(ordered), tuple(sorted(self.skipped, key=lambda s: (s.id, s.reason))))


def load_vacancies(
    path: Path, *, cache: ContentCache | None = None, on_progress: ProgressCallback = ignore_progress
) -> Corpus:
    """Read a folder of postings, searched recursively, or one file.

    Files are read in the order of their names, so the same files give the same corpus. Raises RolemapError where the
    path does not exist or holds no posting that can be read.
    """
    if not path.exists():
        raise RolemapError(
            f"There is no folder or file {path}. Put postings there, or name another place with --vacancies."
        )
    files = sorted(posting_files(path)) if path.is_dir() else [path]
    root = path if path.is_dir() else path.parent
    intake = _Intake()
    for number, file in enumerate(files):
        on_progress(ProgressEvent("Reading postings", number, len(files)))
        name = _readable_name(file.relative_to(root).as_posix())
        try:
            _check_size(file)
            add_file(intake, name, file.read_bytes(), cache=cache)
        except UnreadableDocument as error:
            intake.skip(name, str(error))
        except OSError as error:
            intake.skip(name, f"it cannot be opened ({error.strerror or error})")
    on_progress(ProgressEvent("Reading postings", len(files), len(files)))
    corpus = intake.corpus()
    if not corpus.vacancies:
        raise RolemapError(_nothing_read(path, corpus))
    return corpus


def _readable_name(name: str) -> str:
    """Return a file's name in letters that JSON can hold, whatever encoding it was written in."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def read_uploads(uploads: Iterable[tuple[str, bytes]], *, cache: ContentCache | None = None) -> Corpus:
    """Read named files that are in memory, such as a browser's uploads; an unreadable one is skipped by name."""
    intake = _Intake()
    for name, data in uploads:
        try:
            add_file(intake, Path(name).name, data, cache=cache)
        except UnreadableDocument as error:
            intake.skip(Path(name).name, str(error))
    return intake.corpus()


def add_file(intake: _Intake, name: str, data: bytes, *, cache: ContentCache | None = None) -> None:
    """Add what one file holds: one posting, or one a row."""
    suffix = Path(name).suffix.lower()
    if suffix not in ROW_SUFFIXES:
        intake.add(vacancy_from_document(name, _read_cached(data, suffix, cache)))
        return
    for number, row in enumerate(_read_rows(data, suffix), start=1):
        row_name = f"{name}#{number}"
        if isinstance(row, str):
            intake.skip(row_name, row)
            continue
        vacancy = _vacancy_from_row(row_name, row, source=name)
        if vacancy is None:
            intake.skip(row_name, "the row has no text; give it a column text or description")
        else:
            intake.add(vacancy)


def vacancy_from_document(name: str, document: Document) -> Vacancy:
    """Make a posting of a file that holds just one; `name` is its path relative to the folder."""
    fields = _head_fields(document.text) | {key: value for key, value in document.fields.items() if value}
    first = document.text.split("\n", 1)[0].lstrip("# ").strip()
    title = _pick(fields, _TITLE_KEYS) or (first if reads_like_title(first) else Path(name).stem)
    return Vacancy(
        id=name,
        text=document.text,
        title=title,
        company=_pick(fields, _COMPANY_KEYS),
        location=_pick(fields, ("location", "place", "city")),
        url=_pick(fields, ("url", "link")),
        posted_on=read_date(_pick(fields, _DATE_KEYS)),
        source=name,
    )


def _vacancy_from_row(name: str, row: dict[str, Any], *, source: str) -> Vacancy | None:
    fields = {str(key).strip().lower(): _to_text(value) for key, value in row.items()}
    text = _pick(fields, _TEXT_KEYS)
    if text is None:
        return None
    if re.search(r"<(?:p|br|li|div|ul|h\d)\b", text[:2000], re.I):
        from pipeline.postings.documents import html_to_text

        text = html_to_text(text)
    if not any(character.isalnum() for character in text):
        return None
    first = text.split("\n", 1)[0].strip()
    return Vacancy(
        id=_pick(fields, _ID_KEYS) or name,
        text=text,
        title=_pick(fields, _TITLE_KEYS) or (first if reads_like_title(first) else None),
        company=_pick(fields, _COMPANY_KEYS),
        location=_pick(fields, ("location", "place", "city")),
        url=_pick(fields, ("url", "link")),
        posted_on=read_date(_pick(fields, _DATE_KEYS)),
        source=source,
    )


_HEADING_WORDS = re.compile(
    r"^(?:about|overview|summary|introduction|who (?:we|you)|what (?:we|you)|why |our |your |the (?:role|job|"
    r"company|opportunity)|"
    r"job (?:description|summary|title|purpose|details|overview)|position (?:summary|description|overview)|"
    r"role (?:summary|overview)|"
    r"description|responsibilities|requirements|qualifications|duties|company|location|department|salary|posted|dear|hello|hi\b|welcome|"
    r"we\b|you\b|are you|do you|join|apply|note\b|please)",
    re.I,
)
MAX_TITLE = 100  # characters
MAX_TITLE_WORDS = 12


def reads_like_title(line: str) -> bool:
    """Tell whether a first line is a job's title rather than a heading, a greeting or a sentence.

    >>> [reads_like_title(line) for line in ("Senior Data Engineer (m/f/d) - Remote", "About us", "We are hiring.")]
    [True, False, False]
    """
    words = line.split()
    if not words or len(line) > MAX_TITLE or len(words) > MAX_TITLE_WORDS or not any(c.isalpha() for c in line):
        return False
    if line[-1] in ".:!?;" or "@" in line or "://" in line or _HEADING_WORDS.match(line):
        return False
    return line[0].isalnum() and not line[0].islower()


def posting_files(folder: Path) -> Iterator[Path]:
    """Yield the files of a folder and its sub-folders that may hold postings: not hidden, no README, not left out."""
    left_out = set(read_leave_out(folder))
    for file in folder.rglob("*"):
        is_file = file.is_file() or (
            file.is_symlink() and not file.exists()
        )  # a link that leads nowhere is named later
        name = file.relative_to(folder)
        if is_file and name.as_posix() not in left_out and not any(is_passed_over(part) for part in name.parts):
            yield file


def read_leave_out(folder: Path) -> list[str]:
    """Return the names of the files that a folder's `.leave-out` keeps from being read; lines with a # are notes."""
    try:
        lines = (folder / LEAVE_OUT).read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return []
    return [line.strip() for line in lines if line.strip() and not line.startswith("#")]


def is_passed_over(name: str) -> bool:
    """Tell whether a file of this name is no posting: it is hidden, or a README or licence."""
    return name.startswith(".") or name.lower() in IGNORED_NAMES


def _check_size(file: Path) -> None:
    limit = MAX_ROW_FILE_BYTES if file.suffix.lower() in ROW_SUFFIXES else MAX_BYTES
    if file.stat().st_size > limit:
        raise UnreadableDocument(f"it is larger than {limit // 1_000_000} MB")


def _read_cached(data: bytes, suffix: str, cache: ContentCache | None) -> Document:
    """Read a document; the costly formats come from the cache when the same bytes were read before."""
    if cache is None or suffix not in (".pdf", ".docx"):
        return read_document(data, suffix)
    key = content_key(suffix, data)
    stored = cache.get_many(DOCUMENT_KIND, [key]).get(key)
    if stored is not None:
        return Document.model_validate_json(stored)
    document = read_document(data, suffix)
    cache.put_many(DOCUMENT_KIND, {key: document.model_dump_json().encode()})
    return document


def _read_rows(data: bytes, suffix: str) -> Iterator[dict[str, Any] | str]:
    """Yield the rows of a file; a row that cannot be read comes as the reason."""
    if not data.strip():
        raise UnreadableDocument("it is empty")
    if suffix == ".parquet":
        yield from _parquet_rows(data)
    elif suffix == ".csv":
        csv.field_size_limit(MAX_BYTES)
        try:
            yield from csv.DictReader(io.StringIO(decode(data)))
        except csv.Error as error:
            raise UnreadableDocument(f"it is not a readable CSV file ({error})") from error
    elif suffix == ".jsonl":
        yield from _json_lines(decode(data))
    else:
        yield from _json_rows(decode(data))


def _json_lines(text: str) -> Iterator[dict[str, Any] | str]:
    # Only line feeds end a JSON line: a posting may hold other line separators.
    for line in text.split("\n"):
        if line.strip():
            try:
                row = json.loads(line)
            except (ValueError, RecursionError):
                yield "the line is not JSON"
                continue
            yield row if isinstance(row, dict) else "the line is not a JSON object"


def _json_rows(text: str) -> Iterator[dict[str, Any] | str]:
    try:
        loaded = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise UnreadableDocument("it is not JSON") from error
    if isinstance(loaded, dict):
        lists = [value for value in loaded.values() if isinstance(value, list)]
        loaded = lists[0] if len(lists) == 1 and not any(key in loaded for key in _TEXT_KEYS) else [loaded]
    if not isinstance(loaded, list):
        raise UnreadableDocument("it holds no list of postings")
    for row in loaded:
        yield row if isinstance(row, dict) else "the entry is not a JSON object"


def _parquet_rows(data: bytes) -> Iterator[dict[str, Any]]:
    import pyarrow as arrow
    import pyarrow.parquet as parquet

    try:
        table = parquet.read_table(io.BytesIO(data))
    except (arrow.ArrowException, OSError) as error:
        raise UnreadableDocument("it is not a readable Parquet file") from error
    for batch in table.to_batches(max_chunksize=1000):
        yield from batch.to_pylist()


def _to_text(value: Any) -> str:
    if value is None or (isinstance(value, float) and value != value):
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, dict):
        return _to_text(value.get("name"))
    # JSON may carry half of a surrogate pair, which no file or hash can hold.
    text = str(value).encode("utf-8", "replace").decode("utf-8")
    return re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]", " ", text.replace("\r\n", "\n").replace("\r", "\n")).strip()


def _pick(fields: dict[str, str], keys: Iterable[str]) -> str | None:
    return next((fields[key] for key in keys if fields.get(key)), None)


_POSTED = re.compile(r"\b(?:re)?posted(?: on)?:?\s+(\d{4}-\d\d-\d\d)\b", re.I)
HEAD_LINES = 5


def _head_fields(text: str) -> dict[str, str]:
    """Read a line near the top such as "Company | City | Posted 2025-09-02"; what stands between bars or dots is "
    "read in that order."""
    for line in text.split("\n")[:HEAD_LINES]:
        found = _POSTED.search(line)
        if not found:
            continue
        parts = [part.strip() for part in re.split(r"\s*[|·•]\s*", _POSTED.sub("", line)) if part.strip()]
        if len(parts) < 2 and line.count(",") > 1:  # "Company, City, Country, posted 2025-09-02"
            parts = [part.strip() for part in _POSTED.sub("", line).split(",", 1)]
        fields = dict(zip(("company", "location"), (part.strip(" ,") for part in parts), strict=False))
        return {key: value for key, value in fields.items() if len(value) <= MAX_TITLE} | {"posted_on": found[1]}
    return {}


def _nothing_read(path: Path, corpus: Corpus) -> str:
    kinds = ", ".join((*SUFFIXES, *ROW_SUFFIXES))
    if not corpus.skipped:
        return f"{path} holds no postings. Add files ({kinds}), or name another place with --vacancies."
    first = corpus.skipped[0]
    return f"No posting in {path} could be read; {len(corpus.skipped)} skipped, the first: {first.id}: {first.reason}."
