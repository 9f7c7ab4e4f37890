"""A text as the guard reads it: words with their forms, stretches of a sentence, numbers, technologies."""

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import pairwise

from pipeline.bullet_rewriter.fact_guard.abbreviations import abbreviation_keys
from pipeline.bullet_rewriter.fact_guard.quantities import Period, Quantity, find_periods, find_quantities
from pipeline.bullet_rewriter.fact_guard.word_lists import read_words
from pipeline.bullet_rewriter.fact_guard.words import forms, plain, split_words, stems
from pipeline.keyword_engine import Kind, TermMatcher, lexicon_matcher

# Finding out which lexicon is in use reads settings and files, which costs more than reading a sentence.
_in_use: ContextVar[TermMatcher | None] = ContextVar("_in_use", default=None)
_STOP = re.compile(r"[,.;:!?()]")
_OPENERS = frozenset({"and", "but", "while", "which", "who", "so", "when", "where", "because", "until", "although"})


@dataclass(frozen=True, slots=True)
class Word:
    """One word: as written, its forms, marks of what it may be matched by, and the stretch it stands in."""

    text: str
    start: int
    end: int
    forms: frozenset[str]
    keys: frozenset[str]
    segment: int
    is_content: bool
    is_number: bool

    @property
    def lower(self) -> str:
        """The word in small letters."""
        return self.text.lower()


@dataclass(frozen=True, slots=True)
class Term:
    """A name of the lexicon in a text."""

    keyword: str
    kind: Kind
    start: int
    end: int


@dataclass(frozen=True)
class Reading:
    """A text taken apart."""

    text: str
    words: tuple[Word, ...]
    quantities: tuple[Quantity, ...]
    periods: tuple[Period, ...]
    terms: tuple[Term, ...]

    @property
    def content(self) -> list[Word]:
        """The words that carry a meaning of their own, numbers and periods left out."""
        return [word for word in self.words if word.is_content]

    @cached_property
    def forms(self) -> frozenset[str]:
        """The forms of all words."""
        return frozenset(form for word in self.words for form in word.forms)

    @cached_property
    def keys(self) -> frozenset[str]:
        """The marks of all words."""
        return frozenset(key for word in self.words for key in word.keys)

    @cached_property
    def technologies(self) -> frozenset[str]:
        """The technologies that the text names."""
        return frozenset(term.keyword for term in self.terms if term.kind == "technology")

    def words_between(self, start: int, end: int) -> list[Word]:
        """Return the words that touch a span."""
        return [word for word in self.words if word.start < end and start < word.end]

    def segment_at(self, position: int) -> int:
        """Return the segment that a position stands in."""
        before = [word.segment for word in self.words if word.start <= position]
        return before[-1] if before else 0


def _spans(periods: Iterable[Period], quantities: Iterable[Quantity]) -> list[tuple[int, int]]:
    return [(p.start, p.end) for p in periods] + [(q.start, q.end) for q in quantities]


@contextmanager
def one_lexicon() -> Iterator[None]:
    """Read with the lexicon in use at the start, without asking again for every text."""
    token = _in_use.set(lexicon_matcher())
    try:
        yield
    finally:
        _in_use.reset(token)


def _is_in_name(quantity: Quantity, terms: Iterable[Term]) -> bool:
    """Tell whether a number is part of a technology's own name: the 3 of "Civil 3D", not that of "Python 3"."""
    return any(
        term.start <= quantity.start
        and quantity.end <= term.end
        and term.kind == "technology"
        and any(character.isdigit() for character in term.keyword)
        for term in terms
    )


@lru_cache(maxsize=4096)
def read_text(text: str) -> Reading:
    """Take a text apart; pure, so that what was read before is kept."""
    view = plain(text)
    periods = find_periods(view)
    found = (_in_use.get() or lexicon_matcher()).find(view)
    terms = tuple(Term(match.entry.keyword, match.entry.kind, match.start, match.end) for match in found)
    counted = find_quantities(view, [(period.start, period.end) for period in periods])
    quantities = [quantity for quantity in counted if not _is_in_name(quantity, terms)]
    taken = _spans(periods, quantities)
    return Reading(view, tuple(_words(view, taken)), tuple(quantities), tuple(periods), terms)


def _words(text: str, taken: list[tuple[int, int]]) -> Iterator[Word]:
    spans = list(split_words(text))
    texts = [text[start:end] for start, end in spans]
    segments = _segments(_gaps(text, spans, taken), texts)
    marks = abbreviation_keys(texts)
    for n, (word, (start, end)) in enumerate(zip(texts, spans, strict=True)):
        is_number = any(begin < end and start < stop for begin, stop in taken)
        keys = forms(word) | stems(word) | marks[n]
        joined = {(first + second).lower() for first, second in pairwise(texts[max(0, n - 1) : n + 2])}  # web site
        is_content = not is_number and not is_function_word(word)
        yield Word(word, start, end, forms(word), keys | joined, segments[n], is_content, is_number)


def is_function_word(word: str) -> bool:
    """Tell whether a word only builds the sentence. "IT" and "US" are names, "A" and "I" are not."""
    return word.lower() in read_words("words.txt", "function") and (len(word) == 1 or not word.isupper())


def is_preposition(word: Word) -> bool:
    """Tell whether a word ties what follows to what stands before."""
    return word.lower in read_words("words.txt", "preposition")


def _gaps(text: str, spans: list[tuple[int, int]], taken: list[tuple[int, int]]) -> list[str]:
    """Return what stands before each word, nothing where a number runs on: the comma of 1,200 parts no words."""
    gaps = [""]
    for (_, end), (start, _) in pairwise(spans):
        inside = any(begin <= end and start < stop for begin, stop in taken)
        end = max([end, *(stop for begin, stop in taken if begin < end <= stop <= start)])
        gaps.append("" if inside else text[end:start])
    return gaps


def _segments(gaps: list[str], texts: list[str]) -> list[int]:
    """Number the stretches between punctuation and conjunctions."""
    segments, current = [], 0
    for n, word in enumerate(texts):
        current += bool(n) and (bool(_STOP.search(gaps[n])) or word.lower() in _OPENERS)
        segments.append(current)
    return segments
