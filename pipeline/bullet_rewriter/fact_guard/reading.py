"""A text as the guard reads it: words with what they say, clauses, numbers, technologies."""

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import pairwise

from pipeline.bullet_rewriter.fact_guard.number_patterns import PERIOD_ADVERBS
from pipeline.bullet_rewriter.fact_guard.quantities import Period, Quantity, find_periods, find_quantities
from pipeline.bullet_rewriter.fact_guard.thesaurus import is_verb, synonyms
from pipeline.bullet_rewriter.fact_guard.word_lists import read_words
from pipeline.bullet_rewriter.fact_guard.words import agent_stems, forms, plain, split_words, stems
from pipeline.keyword_engine import Kind, TermMatcher, lexicon_matcher

# Finding out which lexicon is in use reads settings and files, which costs more than reading a sentence.
_in_use: ContextVar[TermMatcher | None] = ContextVar("_in_use", default=None)


@dataclass(frozen=True, slots=True)
class Word:
    """One word: as written, its forms, what it says and what it licenses, and the clause and segment it stands in."""

    text: str
    start: int
    end: int
    forms: frozenset[str]
    says: frozenset[str]
    licenses: frozenset[str]
    clause: int
    segment: int
    is_content: bool
    opens_clause: bool

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
    def licenses(self) -> frozenset[str]:
        """All that the words of the text license."""
        return frozenset(key for word in self.words for key in word.licenses)

    @cached_property
    def technologies(self) -> frozenset[str]:
        """The technologies that the text names."""
        return frozenset(term.keyword for term in self.terms if term.kind == "technology")

    @cached_property
    def number_spans(self) -> list[tuple[int, int]]:
        """Where numbers and periods stand."""
        return _spans(self.periods, self.quantities)

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
    found = [forms(word) for word in texts]
    says, licenses = _meanings(texts, found)
    gaps = _gaps(text, spans, taken)
    clauses, opens = _clauses(gaps, texts)
    segments = _segments(gaps, texts)
    for i, (start, end) in enumerate(spans):
        is_number = any(begin < end and start < stop for begin, stop in taken)
        yield Word(
            texts[i], start, end, found[i], says[i], licenses[i], clauses[i], segments[i],
            is_content=not is_number and not _is_function_word(texts[i]),
            opens_clause=opens[i],
        )  # fmt: skip


@lru_cache(maxsize=1)
def _function_words() -> frozenset[str]:
    return read_words("plain.txt", "function") | (read_words("grammar.txt", "preposition") - {"without"})


def _is_function_word(word: str) -> bool:
    """Tell whether a word only builds the sentence. "IT" and "US" are names, "A" and "I" are not."""
    return word.lower() in _function_words() and (len(word) == 1 or not word.isupper())


def _meanings(texts: list[str], found: list[frozenset[str]]) -> tuple[list[frozenset[str]], list[frozenset[str]]]:
    """Return for each word the keys of what it says and of what it licenses."""
    says = [set(forms_) | stems(text) for text, forms_ in zip(texts, found, strict=True)]
    licenses = [set(own) | agent_stems(text) for own, text in zip(says, texts, strict=True)]
    for first, end, sense in synonyms().find(found):
        for i in range(first, end):
            if sense.says:
                says[i].add(sense.group)
            if sense.licenses:
                licenses[i].add(sense.group)
    for i in range(len(texts) - 1):  # "web site" and "website"
        joined = (texts[i] + texts[i + 1]).lower()
        for at in (i, i + 1):
            says[at].add(joined)
            licenses[at].add(joined)
    return [frozenset(keys) for keys in says], [frozenset(keys) for keys in licenses]


def _gaps(text: str, spans: list[tuple[int, int]], taken: list[tuple[int, int]]) -> list[str]:
    """Return what stands before each word, nothing where a number runs on: the comma of 1,200 parts no words."""
    gaps = [""]
    for (_, end), (start, _) in pairwise(spans):
        inside = any(begin <= end and start < stop for begin, stop in taken)
        end = max([end, *(stop for begin, stop in taken if begin < end <= stop <= start)])
        gaps.append("" if inside else text[end:start])
    return gaps


def _clauses(gaps: list[str], texts: list[str]) -> tuple[list[int], list[bool]]:
    """Number the clauses: a new one starts at a stop, a subordinating conjunction, or a further verb of the person's.

    What stands before the first verb of a clause belongs to it: "Under supervision, taught".
    """
    clauses, opens, current, has_verb = [], [], 0, False
    tense, subordinate = _first_tense(texts), read_words("grammar.txt", "subordinate")
    connective = read_words("grammar.txt", "connective")
    for i, word in enumerate(texts):
        lower, before = word.lower(), texts[i - 1].lower() if i else ""
        is_cut = bool(i) and (bool(re.search(r"[.;:!?()]", gaps[i])) or lower in subordinate)
        may_open = "," in gaps[i] or before in connective or (before.endswith("ly") and before not in PERIOD_ADVERBS)
        is_further = bool(i) and may_open and _is_own_verb(texts, i, tense, "," in gaps[i])
        if is_cut or (is_further and has_verb):
            current, has_verb = current + 1, False
        has_verb = has_verb or (is_verb(word) and not _is_noun_here(texts, i))
        clauses.append(current)
        opens.append(i == 0 or is_cut or is_further)
    return clauses, opens


def _is_own_verb(texts: list[str], i: int, tense: str, after_comma: bool) -> bool:
    own = _tense(texts[i])
    return is_verb(texts[i]) and not _is_noun_here(texts, i) and (own == tense or (after_comma and own == "ing"))


def _first_tense(texts: list[str]) -> str:
    """Return the tense of the first verb of a text: what a further verb of the same person agrees with."""
    verbs = (word for i, word in enumerate(texts) if is_verb(word) and not _is_noun_here(texts, i))
    return _tense(next(verbs, ""))


def _is_noun_here(texts: list[str], i: int) -> bool:
    return i > 0 and texts[i - 1].lower() in read_words("grammar.txt", "determiner")


def _tense(word: str) -> str:
    """Return the look of a verb: past, ing, s or base."""
    lower = word.lower()
    if lower.endswith("ing"):
        return "ing"
    if lower.endswith("ed") or (
        lower not in (base := forms(word)) - {lower} and len(base) > 1 and not lower.endswith("s")
    ):
        return "past"
    return "s" if lower.endswith("s") and not lower.endswith("ss") else "base"


def _segments(gaps: list[str], texts: list[str]) -> list[int]:
    """Number the stretches between punctuation and conjunctions, which tie a number to its neighbours."""
    segments, current = [], 0
    for i, word in enumerate(texts):
        current += bool(i) and (
            bool(re.search(r"[,.;:!?()]", gaps[i])) or word.lower() in ("and", "but", "while", "which", "who", "so")
        )
        segments.append(current)
    return segments


def is_past(word: str) -> bool:
    """Tell whether a word looks like a past form."""
    return _tense(word) == "past"


def is_preposition(word: Word) -> bool:
    """Tell whether a word ties what follows to what stands before."""
    return word.lower in read_words("grammar.txt", "preposition")


def is_relative(word: Word) -> bool:
    """Tell whether a word opens a clause about what stands before it."""
    return word.lower in read_words("grammar.txt", "relative")


def is_determiner(word: Word) -> bool:
    """Tell whether a word announces a noun."""
    return word.lower in read_words("grammar.txt", "determiner")
