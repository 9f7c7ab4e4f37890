"""The stored postings, and what a browser brings."""

import logging
from collections.abc import Sequence
from contextlib import closing
from datetime import date
from pathlib import Path

from pipeline.cluster_artifacts import slugify
from pipeline.core import ProgressCallback, RolemapError, file_state, get_settings, ignore_progress
from pipeline.engine import FilePart, find_parts
from pipeline.postings import (
    MEMORY_NAME,
    SET_ASIDE,
    Corpus,
    find_duplicates,
    is_passed_over,
    posting_files,
    read_uploads,
)
from pipeline.services.known_corpus import StoredCorpus
from pipeline.services.workspace import open_cache

logger = logging.getLogger(__name__)


def read_corpus(path: Path | None = None, on_progress: ProgressCallback = ignore_progress) -> Corpus:
    """Read the stored postings, by default those of the workspace. Raises RolemapError."""
    with closing(open_cache()) as cache:
        return StoredCorpus(path or get_settings().vacancies_path, None, cache, on_progress).corpus


def named_parts(place: Path | None) -> list[FilePart]:
    """Return the files of rows at a place, by default of the workspace, after naming what is none of them."""
    parts, others = find_parts(str(place or get_settings().vacancies_path))
    for skip in others:
        logger.warning("skipped: %s: %s", skip.id, skip.reason)
    return parts


def read_skipped() -> Corpus:
    """Return what was skipped where none of the stored files holds a posting."""
    root = get_settings().vacancies_path
    names = [(file.relative_to(root).as_posix(), file.read_bytes()) for file in sorted(posting_files(root))]
    return read_uploads(names)


def read_uploaded(uploads: Sequence[tuple[str, bytes]]) -> Corpus:
    """Read a browser's uploads; they belong to its session until `add_to_corpus`."""
    with closing(open_cache()) as cache:
        return read_uploads(uploads, remembered_in=get_settings().vacancies_path, cache=cache)


def add_to_corpus(uploads: Sequence[tuple[str, bytes]], folder: Path | None = None) -> list[Path]:
    """Store uploads among the postings, under names that overwrite nothing. Returns where each lies."""
    target = (folder or get_settings().vacancies_path) / "added"
    stored = []
    for name, data in uploads:
        stored.append(_store_new(target, _stored_name(name), data))
    return stored


def _store_new(folder: Path, name: str, data: bytes) -> Path:
    stem, suffix = Path(name).stem, Path(name).suffix
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for number in range(1, 10_000):
            path = folder / (name if number == 1 else f"{stem}-{number}{suffix}")
            try:
                with path.open("xb") as file:
                    file.write(data)
                return path
            except FileExistsError:
                if path.read_bytes() == data:
                    return path
    except OSError as error:
        raise RolemapError(f"Cannot store {name} in {folder}: {error.strerror or error}.") from error
    except ValueError as error:
        raise RolemapError(f"Cannot store {name!r} in {folder}: that is no name for a file.") from error
    raise RolemapError(f"Cannot store {name} in {folder}: there are too many files of that name.")


def _stored_name(name: str) -> str:
    """Return a file name under which an upload is found again among the postings."""
    own = Path(name).name or "posting.txt"
    return f"posting-{own.lstrip('.')}" if is_passed_over(own) else own


def corpus_state(path: Path | None = None) -> tuple[tuple[str, int, int], ...]:
    """Return name, time of change and size of every stored file, of what is remembered of columns, and of what was set
    aside: what changes when the postings do."""
    root = path or get_settings().vacancies_path
    files = [*sorted(posting_files(root)), root / MEMORY_NAME, root / SET_ASIDE] if root.is_dir() else []
    return tuple((str(file), *state) for file in files if (state := file_state(file)))


def vacancies_folder() -> Path:
    """Return where the stored postings are."""
    return get_settings().vacancies_path


def pasted_posting(title: str, text: str) -> tuple[str, bytes]:
    """Return a pasted posting as a file of its own, named by its title."""
    name = slugify(title or text.strip().split("\n", 1)[0][:60])
    return f"{name}.txt", f"{title.strip()}\n\n{text.strip()}\n".lstrip().encode()


def find_repeats(uploaded: Corpus, stored: Corpus) -> dict[str, str]:
    """Return which uploads repeat a stored posting or another upload, and which one."""
    fresh = {vacancy.id: f"upload/{vacancy.id}" for vacancy in uploaded.vacancies}
    renamed = [vacancy.model_copy(update={"id": fresh[vacancy.id]}) for vacancy in uploaded.vacancies]
    # A stored posting without a date must still come before its copy.
    dated = [v if v.posted_on else v.model_copy(update={"posted_on": date.min}) for v in stored.vacancies]
    repeats = find_duplicates([*dated, *renamed])
    return {original: repeats[name].removeprefix("upload/") for original, name in fresh.items() if name in repeats}
