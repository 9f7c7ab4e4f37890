"""Postings that are the same ad: equal texts, and near-duplicates found by MinHash."""

import re
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from pipeline.postings.content_order import content_key_of
from pipeline.postings.titles import clean_title
from pipeline.postings.vacancy import Vacancy

SHINGLE_WORDS = 5
SIMILARITY = 0.7  # Jaccard similarity of shingles from which two texts are the same ad
PERMUTATIONS = 64
CANDIDATE_THRESHOLD = 0.5  # below SIMILARITY, since MinHash only estimates it


def find_duplicates(vacancies: Sequence[Vacancy]) -> dict[str, str]:
    """Return the id of each repeated posting with the id of the one kept for it.

    The first posted is kept, and among equals the first by what it says, so the answer does not depend on the order
    given, and an id decides only between postings that are equal in everything else.
    Texts that are only nearly equal count as one ad when their titles agree: two roles that share pages of
    boilerplate stay two.
    """
    from datasketch import MinHash, MinHashLSH

    index = MinHashLSH(threshold=CANDIDATE_THRESHOLD, num_perm=PERMUTATIONS)
    kept: list[_Kept] = []  # the index knows each by its place here
    exact: dict[tuple[str, str], str] = {}
    duplicates: dict[str, str] = {}
    for vacancy in sorted(vacancies, key=lambda v: (v.posted_on or date.max, content_key_of(v))):
        title = clean_title(vacancy.title or "").casefold()
        normal = (title, " ".join(re.findall(r"\w+", vacancy.text.casefold())))
        if normal in exact:
            duplicates[vacancy.id] = exact[normal]
            continue
        exact[normal] = vacancy.id
        shingles = _shingles(normal[1].split())
        sketch = MinHash(num_perm=PERMUTATIONS, hashfunc=_identity)
        sketch.update_batch(sorted(shingles))
        rivals = [kept[place] for place in sorted(index.query(sketch))]
        same = [k.id for k in rivals if k.title == title and _jaccard(shingles, k.shingles) >= SIMILARITY]
        if same:
            duplicates[vacancy.id] = same[0]
        else:
            index.insert(len(kept), sketch, check_duplication=False)
            kept.append(_Kept(vacancy.id, title, shingles))
    return dict(sorted(duplicates.items()))


@dataclass(frozen=True)
class _Kept:
    id: str
    title: str
    shingles: set[int]


def _shingles(words: list[str]) -> set[int]:
    count = max(1, len(words) - SHINGLE_WORDS + 1)
    return {zlib.crc32(" ".join(words[i : i + SHINGLE_WORDS]).encode()) for i in range(count)}


def _jaccard(left: set[int], right: set[int]) -> float:
    return len(left & right) / max(len(left | right), 1)


def _identity(value: int) -> int:
    return value
