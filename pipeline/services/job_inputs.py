"""Job descriptions as they come: a file, a folder, rows, uploads, standard input."""

from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from pipeline.cluster_matcher import JobDescription, clean_job_description, job_of_vacancy
from pipeline.core import RolemapError, UnreadableDocument
from pipeline.postings import ROW_SUFFIXES, Skip, Vacancy, decode, load_vacancies, read_document, read_uploads
from pipeline.services.workspace import open_cache


@dataclass(frozen=True)
class JobInputs:
    """Job descriptions ready to match, and the inputs that could not be used."""

    jobs: tuple[JobDescription, ...]
    skipped: tuple[Skip, ...] = ()


def read_jobs(path: Path) -> JobInputs:
    """Read job descriptions: one file, a file of rows, or a folder of either. Raises RolemapError."""
    if not path.exists():
        raise RolemapError(f"There is no file or folder {path}. Name one with --job, or - for standard input.")
    if path.is_dir() or path.suffix.lower() in ROW_SUFFIXES:
        with closing(open_cache()) as cache:
            try:
                corpus = load_vacancies(path, cache=cache)
            except RolemapError as error:
                raise RolemapError(str(error).replace("--vacancies", "--job")) from error
        return _inputs(corpus.vacancies, corpus.skipped)
    try:
        return JobInputs((read_job(path.name, path.read_bytes()),))
    except OSError as error:
        raise RolemapError(f"{path} cannot be opened: {error.strerror or error}.") from error


def read_job(name: str, data: bytes) -> JobDescription:
    """Read one job description from the bytes of a file; whatever is no known format is taken for text.

    Raises RolemapError.
    """
    suffix = Path(name).suffix.lower()
    try:
        if suffix in (".pdf", ".docx", ".md"):
            document = read_document(data, suffix)
            return clean_job_description(document.text, title=document.fields.get("title"), name=name)
        return clean_job_description(decode(data), name=name)
    except UnreadableDocument as error:
        raise RolemapError(f"{name} cannot be read: {error}.") from error


def read_stdin_job(data: bytes) -> JobInputs:
    """Read one job description from standard input. Raises RolemapError."""
    if not data.strip():
        raise RolemapError("Standard input is empty. Pipe a job description into it, or name a file with --job.")
    return JobInputs((read_job("standard input", data),))


def read_uploaded_jobs(uploads: Sequence[tuple[str, bytes]]) -> JobInputs:
    """Read a browser's uploads as job descriptions; they are not stored."""
    jobs: list[JobDescription] = []
    skipped: list[Skip] = []
    for name, data in uploads:
        if Path(name).suffix.lower() in ROW_SUFFIXES:
            corpus = read_uploads([(name, data)])
            inputs = _inputs(corpus.vacancies, corpus.skipped)
            jobs.extend(inputs.jobs)
            skipped.extend(inputs.skipped)
            continue
        try:
            jobs.append(read_job(Path(name).name, data))
        except RolemapError as error:
            skipped.append(Skip(id=Path(name).name, reason=str(error)))
    return JobInputs(tuple(jobs), tuple(skipped))


def _inputs(vacancies: Sequence[Vacancy], skipped: Sequence[Skip]) -> JobInputs:
    jobs, unusable = [], list(skipped)
    for vacancy in vacancies:
        try:
            jobs.append(job_of_vacancy(vacancy))
        except RolemapError as error:
            unusable.append(Skip(id=vacancy.id, reason=str(error)))
    return JobInputs(tuple(jobs), tuple(unusable))
