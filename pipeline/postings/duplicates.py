"""Postings that are the same ad: equal texts, and near-duplicates found by MinHash."""

import re
import zlib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from pipeline.core import content_key
from pipeline.postings.content_order import content_digest
from pipeline.postings.titles import clean_title
from pipeline.postings.vacancy import Vacancy

OPENING = 200  # characters of a text, by which postings of one day are ordered
SHINGLE_WORDS = 5
SIMILARITY = 0.7  # Jaccard similarity of shingles from which two texts are the same ad
PERMUTATIONS = 64
CANDIDATE_THRESHOLD = 0.5  # below SIMILARITY, since MinHash only estimates it


@dataclass(frozen=True, slots=True)
class Sketch:
    """What is compared of a posting.

    `order` says which of several is kept: the first posted, then by what it says: title, opening, a hash of it all, id.
    """

    id: str
    order: tuple[int, str, str, str, str]
    title: str
    text: str  # a hash of its words
    packed: bytes  # the hashes of its shingles, each once, in order: a set of numbers would take twenty times as much

    @property
    def shingles(self) -> NDArray[np.uint32]:
        """The hashes of its shingles, each once, in ascending order."""
        return np.frombuffer(self.packed, dtype="<u4")


def find_duplicates(vacancies: Sequence[Vacancy]) -> dict[str, str]:
    """Return the id of each repeated posting with the id of the one kept for it.

    The first posted is kept, and among equals the first by what it says, so the answer does not depend on the order
    given, and an id decides only between postings that are equal in everything else.
    Texts that are only nearly equal count as one ad when their titles agree: two roles that share pages of
    boilerplate stay two.
    """
    shared = Counter(map(_title, vacancies))  # only postings of one title can repeat each other
    return fold_repeats(sketch(vacancy) for vacancy in vacancies if shared[_title(vacancy)] > 1)


def sketch(vacancy: Vacancy) -> Sketch:
    """Return what is compared of a posting."""
    words = re.findall(r"\w+", vacancy.text.casefold())
    return Sketch(
        id=vacancy.id,
        order=(
            (vacancy.posted_on or date.max).toordinal(),
            vacancy.title or "",
            vacancy.text[:OPENING],
            content_digest(vacancy),
            vacancy.id,
        ),
        title=_title(vacancy),
        text=content_key(" ".join(words)),
        packed=np.unique(np.array(_shingles(words), dtype="<u4")).tobytes(),
    )


def _title(vacancy: Vacancy) -> str:
    return _folded_title(vacancy.title or "")


@lru_cache(maxsize=50_000)
def _folded_title(title: str) -> str:
    return clean_title(title).casefold()


def fold_repeats(sketches: Iterable[Sketch]) -> dict[str, str]:
    """Return the id of each repeat with the id of the posting kept for it, as `find_duplicates` does."""
    from datasketch import MinHash, MinHashLSH

    index = MinHashLSH(threshold=CANDIDATE_THRESHOLD, num_perm=PERMUTATIONS)
    blank = MinHash(num_perm=PERMUTATIONS, hashfunc=_identity)
    kept: list[Sketch] = []  # the index knows each by its place here
    exact: dict[tuple[str, str], str] = {}
    duplicates: dict[str, str] = {}
    for each in sorted(sketches, key=lambda found: found.order):
        if (each.title, each.text) in exact:
            duplicates[each.id] = exact[each.title, each.text]
            continue
        hashed = blank.copy()
        hashed.update_batch(each.shingles.tolist())
        rivals = [kept[place] for place in sorted(index.query(hashed))]
        same = [k.id for k in rivals if k.title == each.title and _jaccard(each.shingles, k.shingles) >= SIMILARITY]
        exact[each.title, each.text] = same[0] if same else each.id
        if same:
            duplicates[each.id] = same[0]
        else:
            index.insert(len(kept), hashed, check_duplication=False)
            kept.append(each)
    return dict(sorted(duplicates.items()))


def _shingles(words: list[str]) -> list[int]:
    count = max(1, len(words) - SHINGLE_WORDS + 1)
    return [zlib.crc32(" ".join(words[i : i + SHINGLE_WORDS]).encode()) for i in range(count)]


def _jaccard(left: NDArray[np.uint32], right: NDArray[np.uint32]) -> float:
    common = len(np.intersect1d(left, right, assume_unique=True))
    return common / max(len(left) + len(right) - common, 1)


def _identity(value: int) -> int:
    return value
