"""Full-text search over the stored postings: SQLite's FTS5, in memory, ranked by BM25, titles first."""

import re
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from threading import Lock

from pipeline.postings import Vacancy

TITLE_WEIGHT, COMPANY_WEIGHT, PLACE_WEIGHT, TEXT_WEIGHT = 8.0, 4.0, 2.0, 1.0
_PART = re.compile(r'(-?)"([^"]+)"|(-?)(\S+)')
_WORD = re.compile(r"[\w+#]+")


@dataclass(frozen=True)
class SearchTerms:
    """What a search asks for: each of `wanted` must stand in a posting, none of `unwanted` may; phrases are kept."""

    wanted: tuple[str, ...] = ()
    unwanted: tuple[str, ...] = ()


def parse_search(text: str) -> SearchTerms:
    """Return the words and quoted phrases of a search; a minus before one excludes it.

    >>> parse_search('"data engineer" kafka -senior')
    SearchTerms(wanted=('data engineer', 'kafka'), unwanted=('senior',))
    """
    terms: dict[bool, list[str]] = {True: [], False: []}
    for minus, phrase, minus_word, word in _PART.findall(text):
        words = " ".join(_WORD.findall(phrase or word))
        if words:
            terms[not (minus or minus_word)].append(words)
    return SearchTerms(tuple(terms[True]), tuple(terms[False]))


class PostingIndex:
    """Finds postings by their words; safe to be asked from several threads."""

    def __init__(self, vacancies: Sequence[Vacancy]) -> None:
        self._ids = [vacancy.id for vacancy in vacancies]
        self._lock = Lock()
        self._db = sqlite3.connect(":memory:", check_same_thread=False)
        self._db.execute(
            "create virtual table posting using fts5(title, company, place, body,"
            " tokenize = \"porter unicode61 remove_diacritics 2 tokenchars '+#'\")"
        )
        rows = ((n, v.title or "", v.company or "", v.location or "", v.text) for n, v in enumerate(vacancies))
        self._db.executemany("insert into posting(rowid, title, company, place, body) values (?, ?, ?, ?, ?)", rows)

    def search(self, text: str) -> list[str]:
        """Return the ids of the postings that a search finds, the best first; none where it asks for nothing.

        Words that are found nowhere are taken for beginnings of words, and then for letters that stand anywhere, as in
        languages that write without blanks.
        """
        terms = parse_search(text)
        if not terms.wanted:
            return []
        for suffix in ("", "*"):
            found = self._ranked(terms, suffix)
            if found:
                return found
        return self._holding(terms)

    def _ranked(self, terms: SearchTerms, suffix: str) -> list[str]:
        query = " AND ".join(_quoted(term) + suffix for term in terms.wanted)
        if terms.unwanted:
            query = f"({query}) NOT ({' OR '.join(map(_quoted, terms.unwanted))})"
        rank = f"bm25(posting, {TITLE_WEIGHT}, {COMPANY_WEIGHT}, {PLACE_WEIGHT}, {TEXT_WEIGHT})"
        return self._rows(f"select rowid from posting where posting match ? order by {rank}, rowid", [query])

    def _holding(self, terms: SearchTerms) -> list[str]:
        text = "title || ' ' || company || ' ' || place || ' ' || body"
        parts = [f"instr(lower({text}), ?) > 0"] * len(terms.wanted) + [f"instr(lower({text}), ?) = 0"] * len(
            terms.unwanted
        )
        letters = [term.lower() for term in (*terms.wanted, *terms.unwanted)]
        return self._rows(f"select rowid from posting where {' and '.join(parts)} order by rowid", letters)

    def _rows(self, query: str, values: Sequence[str]) -> list[str]:
        with self._lock:
            return [self._ids[row] for (row,) in self._db.execute(query, list(values))]


def _quoted(term: str) -> str:
    return f'"{term}"'
