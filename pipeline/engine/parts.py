"""Parts of a corpus: files of rows in a folder or at an address, or slices of what is in memory already."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from pipeline.core import RolemapError, content_key
from pipeline.engine.part_copies import read_once
from pipeline.postings import ROW_SUFFIXES, Corpus, Skip, Vacancy, read_set_aside, read_uploads

IN_MEMORY = 2000  # postings of a part that is a slice of what is in memory


class Part(Protocol):
    """Some postings of a corpus, read whenever they are asked for."""

    @property
    def number(self) -> int:
        """Its place among the parts."""
        ...

    def read(self) -> Corpus:
        """Return its postings, and what of it could not be read."""
        ...


@dataclass(frozen=True)
class MemoryPart:
    """Postings that are in memory already."""

    number: int
    vacancies: tuple[Vacancy, ...]

    def read(self) -> Corpus:
        """Return the postings."""
        return Corpus(self.vacancies)


@dataclass(frozen=True)
class FilePart:
    """A file of rows, by its address as fsspec knows it.

    `clashes` are keys of ids that another part has too, `left_out` ids that the user has set aside.
    """

    number: int
    address: str
    name: str
    clashes: frozenset[int] = frozenset()
    left_out: frozenset[str] = frozenset()

    def read(self) -> Corpus:
        """Return the file's postings; one that cannot be read is named with the reason."""
        corpus = _read_file(self.address, self.name)
        if not (self.clashes or self.left_out):
            return corpus
        own = tuple(
            v.model_copy(update={"id": f"{v.id}-{self.number}"}) if id_key(v.id) in self.clashes else v
            for v in corpus.vacancies
            if v.id not in self.left_out
        )
        return Corpus(own, corpus.skipped)


def _read_file(address: str, name: str) -> Corpus:
    try:
        return read_once(address, name, lambda: _parsed(address, name))
    except OSError as error:
        return Corpus(skipped=(Skip(id=name, reason=f"it cannot be opened ({error.strerror or error})"),))


def _parsed(address: str, name: str) -> Corpus:
    import fsspec

    with fsspec.open(address, "rb") as file:
        data = file.read()
    corpus = read_uploads([(name, data)])
    return Corpus(tuple(v.model_copy(update={"source": name}) for v in corpus.vacancies), corpus.skipped)


def id_key(vacancy_id: str) -> int:
    """Return an id as a number of 64 bits."""
    return int(content_key(vacancy_id)[:16], 16)


def parts_of(vacancies: Sequence[Vacancy], size: int = IN_MEMORY) -> list[MemoryPart]:
    """Cut postings that are in memory into parts."""
    starts = range(0, len(vacancies), size)
    return [MemoryPart(number, tuple(vacancies[start : start + size])) for number, start in enumerate(starts)]


def find_parts(place: str) -> tuple[list[FilePart], list[Skip]]:
    """Return the files of rows at a folder, file or address, in the order of their names, and which files are none.

    Raises RolemapError where there are none, or where what the address needs is not installed.
    """
    address = as_address(place)
    files = _files_at(address)
    rows = {shown: full for shown, full in files.items() if shown.lower().endswith(tuple(ROW_SUFFIXES))}
    if not rows:
        raise RolemapError(f"{address} holds no files of rows ({', '.join(ROW_SUFFIXES)}). Name another place.")
    others = [
        Skip(id=shown, reason="it is no file of rows, which an engine that works by parts reads alone")
        for shown in files
        if shown not in rows and not shown.lower().endswith(".md")
    ]
    left_out = frozenset(read_set_aside(Path(place))) if Path(place).is_dir() else frozenset[str]()
    parts = [FilePart(number, full, shown, left_out=left_out) for number, (shown, full) in enumerate(rows.items())]
    return parts, others


def _files_at(address: str) -> dict[str, str]:
    """Return the addresses of the files in a folder by their names in it, hidden ones left out. Raises RolemapError."""
    import fsspec

    try:
        system, root = fsspec.core.url_to_fs(address)
        names = [root] if system.isfile(root) else sorted(system.find(root))
    except ImportError as error:
        raise RolemapError(f"Reading {address} needs a package that is not installed: {error}.") from error
    except (OSError, ValueError) as error:
        raise RolemapError(f"{address} cannot be read: {error}.") from error
    shown = [name.removeprefix(root).lstrip("/") or name.rsplit("/", 1)[-1] for name in names]
    addresses = {own: system.unstrip_protocol(name) for own, name in zip(shown, names, strict=True)}
    return {own: full for own, full in addresses.items() if not any(part.startswith(".") for part in own.split("/"))}


def as_address(place: str) -> str:
    """Return a place as an address, with the slashes back that a path drops.

    >>> as_address("s3:/jobs/2026"), as_address("ads")
    ('s3://jobs/2026', 'ads')
    """
    return re.sub(r"^([a-z][a-z0-9+.-]+):/(?!/)", r"\1://", place)
