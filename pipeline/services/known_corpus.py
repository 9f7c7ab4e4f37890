"""Files that were read before are known again by their bytes, so that nothing is parsed twice."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cached_property
from pathlib import Path

from pipeline.core import ContentCache, ProgressCallback, content_key
from pipeline.postings import (
    MEMORY_NAME,
    SET_ASIDE,
    Corpus,
    load_vacancies,
    pack_corpus,
    posting_files,
    reader_key,
    receipt_notes,
    unpack_corpus,
)
from pipeline.services.receipts import keep_columns

KIND = "corpus-v1"
ROWS_KIND = "corpus-rows-v1"


@dataclass(frozen=True)
class CorpusSummary:
    """What a rerun has to know of a corpus: a hash of all that was read, how many postings, what is to be noted."""

    digest: str
    size: int
    notes: tuple[str, ...] = ()


class StoredCorpus:
    """The postings of a folder or file; they are read when `corpus` is asked for, `summary` mostly without.

    What was read once is kept in the cache, so that the same files are not parsed again.
    """

    def __init__(
        self,
        place: Path,
        columns: Mapping[str, Sequence[str]] | None,
        cache: ContentCache,
        on_progress: ProgressCallback,
    ) -> None:
        self._place, self._columns = place, columns
        self._cache, self._on_progress = cache, on_progress

    @cached_property
    def _key(self) -> str | None:
        """A hash of all that decides what is read; none where columns are named anew, which has to be remembered."""
        return None if self._columns else _bytes_key(self._place)

    @cached_property
    def corpus(self) -> Corpus:
        """The postings; what is said of columns is kept, so that whatever reads them later reads them alike."""
        known = self._cache.get_many(ROWS_KIND, [self._key]).get(self._key) if self._key else None
        if known is not None:
            return unpack_corpus(known)
        corpus = load_vacancies(self._place, columns=self._columns, cache=self._cache, on_progress=self._on_progress)
        if self._key:
            self._cache.put_many(ROWS_KIND, {self._key: pack_corpus(corpus)})
        for receipt in corpus.receipts:
            if self._columns and receipt.is_corrected:
                folder = self._place if self._place.is_dir() else self._place.parent
                keep_columns(receipt.columns, self._columns, folder)
        return corpus

    @cached_property
    def summary(self) -> CorpusSummary:
        """What the cache knows of these very bytes, else what reading them gives. Raises RolemapError."""
        key = self._key
        known = self._cache.get_many(KIND, [key]).get(key) if key else None
        if known is not None:
            found = json.loads(known)
            return CorpusSummary(found["digest"], found["size"], tuple(found["notes"]))
        corpus = self.corpus
        notes = tuple(f"{receipt.file}: {note}" for receipt in corpus.receipts for note in receipt_notes(receipt))
        summary = CorpusSummary(corpus.digest, len(corpus.vacancies), notes)
        if key:
            self._cache.put_many(KIND, {key: json.dumps(asdict(summary)).encode()})
        return summary


def _bytes_key(place: Path) -> str | None:
    """Return a hash over all files of a place and over what reads them; None where one cannot be read."""
    root = place if place.is_dir() else place.parent
    files = sorted(posting_files(place)) if place.is_dir() else [place]
    files += [root / name for name in (MEMORY_NAME, SET_ASIDE) if (root / name).exists()]
    parts: list[str | bytes] = [reader_key()]
    try:
        for file in files:
            with file.open("rb") as opened:
                hashed = hashlib.file_digest(opened, "sha256").hexdigest()
            parts += [file.relative_to(root).as_posix().encode("utf-8", "surrogateescape"), hashed]
    except OSError:
        return None
    return content_key(*parts)
