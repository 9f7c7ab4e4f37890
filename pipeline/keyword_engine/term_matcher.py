"""Finds lexicon names in a text: all spellings at once, whole names only, ambiguous ones only in a telling context."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

import ahocorasick_rs

from pipeline.keyword_engine.lexicon import Case, Entry, Kind, fold
from pipeline.keyword_engine.own_words import is_doubtful_name, is_doubtful_short_form, is_joined, other_language
from pipeline.keyword_engine.telling_context import (
    ACROSS_ITEMS,
    COMPOUND_AFTER,
    COMPOUND_BEFORE,
    CUE_AFTER,
    CUE_BEFORE,
    DOMAIN_TAIL,
    GLUED_AFTER,
    LIST_AFTER,
    LIST_BEFORE,
    LIST_GAP,
    NEXT_CAPITALISED,
    VERSION,
)
from pipeline.postings import sentence_span, sentence_starts

_AS_SPACE = "\n\r\t\x0b\x0c\xa0\u2007\u202f\u200b-‐‑‒–—―"
_RUN = re.compile(r" {2,}")
_GLUE = re.compile(r"[A-Z](?<=[a-z][A-Z])")

SHORT = 2  # letters; names so short are found by a pattern of their own
_GAP = 18  # characters between two members of a list


@dataclass(frozen=True)
class TermMatch:
    """One name found: the entry it belongs to and where it stands in the text."""

    entry: Entry
    start: int
    end: int


class _Pattern(NamedTuple):
    entry: int
    spelling: str
    case: Case

    @property
    def text(self) -> str:
        """The spelling on one line."""
        return " ".join(self.spelling.split())

    @property
    def wanted(self) -> str:
        """The spelling without its hyphens, as a surface is compared."""
        return " ".join(self.spelling.replace("-", " ").split())


@dataclass(frozen=True, slots=True)
class _Candidate:
    start: int
    end: int
    pattern: _Pattern


class _View:
    """A text as spellings are folded, with runs of blanks closed up, and the way back to where things stand in it."""

    __slots__ = ("_glue", "_shifts", "_source", "_starts", "text")

    def __init__(self, source: str) -> None:
        self._source = source
        self._glue = {match.start() for match in _GLUE.finditer(source)}
        view = source.lower()
        if len(view) != len(source):  # a few capitals grow when lowered: İ
            view = "".join(low if len(low := c.lower()) == 1 else c for c in source)
        for character in _AS_SPACE:  # faster than one translation: a text holds few of them
            view = view.replace(character, " ")
        self._starts, self._shifts = [0], [0]
        pieces: list[str] = []
        last = dropped = 0
        for run in _RUN.finditer(view):
            pieces.append(view[last : run.start() + 1])
            last = run.end()
            dropped += last - run.start() - 1
            self._starts.append(last - dropped)
            self._shifts.append(dropped)
        self.text = "".join([*pieces, view[last:]]) if pieces else view

    def origin(self, position: int) -> int:
        """Return where a character of the view stands in the source."""
        return position + self._shifts[bisect_right(self._starts, position) - 1]

    def word_span(self, start: int, end: int) -> tuple[int, int] | None:
        """Return where in the source a piece of the view stands that begins a word and may end one; None elsewhere."""
        folded, source = self.text, self._source
        # Most of what the automaton reports is part of a longer word: the two cheap checks come first.
        if start and is_joined(folded[start - 1]) and self.origin(start) not in self._glue:
            return None
        stop = self.origin(end - 1) + 1
        if end < len(folded) and _goes_on(folded[end]) and not source[stop].isupper():
            return None
        begin = self.origin(start)
        if begin and not source[begin - 1].isspace() and not _starts_freely(source, begin):
            return None
        return begin, stop


class TermMatcher:
    """An automaton over every spelling; reading a text takes time linear in its length. Safe under threads."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        self.entries = tuple(entries)
        patterns: dict[str, list[_Pattern]] = {}
        for number, entry in enumerate(self.entries):
            for spelling in entry.spellings:
                for text in _inflections(spelling.text, entry.kind) if spelling.case is Case.ANY else [spelling.text]:
                    patterns.setdefault(fold(text), []).append(_Pattern(number, text, spelling.case))
        # One or two letters stand inside most words: a pattern with boundaries passes over those, an automaton cannot.
        short = [key for key in patterns if len(key) <= SHORT]
        keys = [key for key in patterns if len(key) > SHORT]
        self._numbered = [patterns[key] for key in (*keys, *short)]
        self._short_number = {key: number for number, key in enumerate(short, start=len(keys))}
        self._automaton = ahocorasick_rs.AhoCorasick(
            keys,
            matchkind=ahocorasick_rs.MatchKind.Standard,
            implementation=ahocorasick_rs.Implementation.ContiguousNFA,
        )
        self._short = _starting_words(short)

    def find(self, text: str) -> list[TermMatch]:
        """Return every name in the text, longest first where two overlap, in the order of the text."""
        view = _View(text)
        candidates = [
            candidate
            for number, start, end in self._reported(view.text)
            if (span := view.word_span(start, end)) and (candidate := self._candidate(text, number, *span))
        ]
        language = other_language(view.text, text) if candidates else None
        return self._judge(text, self._without_doubtful(text, _longest(candidates), language), language)

    def _reported(self, folded: str) -> list[tuple[int, int, int]]:
        """Return every place where a spelling stands, inside of longer words too: its number, start and end."""
        spans = self._automaton.find_matches_as_indexes(folded, overlapping=True)
        short = ((self._short_number[match[0]], *match.span()) for match in self._short.finditer(folded))
        return [*spans, *short]

    def _candidate(self, text: str, number: int, begin: int, end: int) -> _Candidate | None:
        """Return the name that stands there, its plural or version included; None where it is not written like one."""
        surface = text[begin:end]
        if "\n" in surface and ACROSS_ITEMS.search(surface):
            return None
        pattern = _met(self._numbered[number], surface)
        if pattern is None and surface.islower() and _is_listed(text, begin, end):
            names = [p for p in self._numbered[number] if self.entries[p.entry].kind == "technology"]
            pattern = _lowered(names, surface)
        if pattern is None:
            return None
        whole = _whole_name(text, begin, end, self.entries[pattern.entry].kind)
        return None if whole is None else _Candidate(begin, whole, pattern)

    def _without_doubtful(self, text: str, candidates: list[_Candidate], language: str | None) -> list[_Candidate]:
        """Leave out abbreviations that another language uses otherwise, unless what they are short for is named too."""
        if language is None:
            return candidates
        doubtful = [
            is_doubtful_short_form(text[c.start : c.end], self.entries[c.pattern.entry], c.pattern.case, language)
            for c in candidates
        ]
        named = {c.pattern.entry for c, is_doubtful in zip(candidates, doubtful, strict=True) if not is_doubtful}
        return [
            c
            for c, is_doubtful in zip(candidates, doubtful, strict=True)
            if not is_doubtful or c.pattern.entry in named or self._is_near_its_kind(text, c)
        ]

    def _is_near_its_kind(self, text: str, candidate: _Candidate) -> bool:
        """Tell whether the sentence has one of the words that the lexicon gives an ambiguous spelling."""
        first, last = sentence_span(text, sentence_starts(text), candidate.start)
        sentence = text[first:last].lower()
        return any(_has_words(sentence, word) for word in self.entries[candidate.pattern.entry].near)

    def _judge(self, text: str, candidates: list[_Candidate], language: str | None) -> list[TermMatch]:
        """Keep the sure names, and of the ambiguous ones those that their surroundings bear out."""
        sure = [self._is_sure(text, candidate, language) for candidate in candidates]
        if not all(sure):
            starts = sentence_starts(text)
            doubtful = [i for i, is_sure in enumerate(sure) if not is_sure]
            # A list is borne out from its sure members outwards: forwards, then backwards.
            for order in (doubtful, doubtful[::-1]):
                for i in order:
                    sure[i] = sure[i] or self._is_borne_out(text, starts, candidates, sure, i)
        return [
            TermMatch(self.entries[candidate.pattern.entry], candidate.start, candidate.end)
            for candidate, is_sure in zip(candidates, sure, strict=True)
            if is_sure
        ]

    def _is_sure(self, text: str, candidate: _Candidate, language: str | None) -> bool:
        surface, entry = text[candidate.start : candidate.end], self.entries[candidate.pattern.entry]
        if candidate.pattern.case is Case.AMBIGUOUS or _is_lowered(surface, candidate.pattern):
            return False
        return language is None or not is_doubtful_name(surface, entry, language)

    def _is_borne_out(
        self, text: str, starts: Sequence[int], candidates: list[_Candidate], sure: list[bool], i: int
    ) -> bool:
        found = candidates[i]
        entry = self.entries[found.pattern.entry]
        first, last = sentence_span(text, starts, found.start)
        before, after = text[first : found.start], text[found.end : last]
        sentence = text[first:last].lower()
        if COMPOUND_AFTER.match(after) or COMPOUND_BEFORE.search(before):
            return False
        if any(_has_words(sentence, phrase) for phrase in entry.not_near):
            return False
        if self._stands_in_list(text, candidates, sure, i):
            return True
        surface = text[found.start : found.end]
        if _is_lowered(surface, found.pattern) or _is_shouted(surface, found.pattern):
            return False
        if before.endswith("-") or after.startswith("-"):
            return False
        if any(_has_words(sentence, word) for word in entry.near) or CUE_AFTER.match(after):
            return True
        return _has_cue_before(before) and not NEXT_CAPITALISED.match(after)

    def _stands_in_list(self, text: str, candidates: list[_Candidate], sure: list[bool], i: int) -> bool:
        own = self.entries[candidates[i].pattern.entry].kind
        for j in (i - 1, i + 1):
            if not (0 <= j < len(candidates) and sure[j]):
                continue
            left, right = candidates[min(i, j)], candidates[max(i, j)]
            gap = text[left.end : right.start]
            # Lists of skills are prose as often as lists: they bear out skills, and what they name in brackets.
            is_alike = self.entries[candidates[j].pattern.entry].kind in ("technology", own)
            is_named = j < i and gap.strip() == "(" and not _is_lowered(text[right.start : right.end], right.pattern)
            if (is_alike or is_named) and len(gap) <= _GAP and LIST_GAP.match(gap):
                return True
        return False


def reads_as_known(before: str, after: str) -> bool:
    """Tell whether a sentence speaks of a name as of what one knows or works with, given what stands round the name.

    >>> reads_as_known("Two years of experience with ", " are needed"), reads_as_known("Join ", " in Ghent")
    (True, False)
    """
    return _has_cue_before(before) or CUE_AFTER.match(after) is not None


def _has_cue_before(before: str) -> bool:
    return CUE_BEFORE.search(before[-80:]) is not None


def _met(patterns: list[_Pattern], surface: str) -> _Pattern | None:
    """Return the pattern whose case the surface meets: one written just so, then one of any case, then a looser one."""
    if len(patterns) == 1 and patterns[0].case is Case.ANY:
        return patterns[0]
    written = surface if surface.isalpha() else " ".join(surface.replace("-", " ").split())
    best: tuple[int, _Pattern] | None = None
    for pattern in patterns:
        wanted = pattern.wanted
        if pattern.case is Case.ANY:
            rank = 2
        elif written == wanted:
            rank = 0 if pattern.case is Case.EXACT else 1
        elif wanted.islower() and written.lower() == wanted:
            rank = 1  # an ambiguous skill in a heading or at the start of a line
        elif len(wanted) > 3 and written == wanted.upper():
            rank = 3  # "EXCEL" and "JAVA": headings and careless ads shout
        else:
            continue
        if best is None or rank < best[0]:
            best = rank, pattern
    return best[1] if best else None


def _lowered(patterns: Sequence[_Pattern], surface: str) -> _Pattern | None:
    """Return the pattern of a name that careless ads write small: "bash, python, ruby"; of one word, to be sure."""
    alike = (pattern for pattern in patterns if len(surface) > 1 and pattern.wanted.lower() == surface)
    return next(alike, None)


def _is_lowered(surface: str, pattern: _Pattern) -> bool:
    return pattern.case is not Case.ANY and surface.islower() and surface != pattern.wanted


def _is_shouted(surface: str, pattern: _Pattern) -> bool:
    """Tell whether a name is written in capitals that are not its own: a shouted word tells nothing."""
    return surface.isupper() and len(surface) > 3 and surface != pattern.text


def _is_listed(text: str, begin: int, end: int) -> bool:
    """Tell whether a word is a member of a list by itself: marks of a list, or its ends, on both sides."""
    return bool(LIST_BEFORE.search(text[max(0, begin - 6) : begin]) and LIST_AFTER.match(text, end))


def _starting_words(keys: Iterable[str]) -> re.Pattern[str]:
    """Return a pattern of keys of one or two characters at the start of a word, the longer first."""
    seconds: dict[str, set[str]] = {}
    for key in keys:
        seconds.setdefault(key[0], set()).add(key[1:])
    branches = []
    for first, after in sorted(seconds.items()):
        more = "".join(re.escape(second) for second in sorted(after - {""}))
        branches.append(re.escape(first) + (f"[{more}]" if more else "") + ("?" if more and "" in after else ""))
    return re.compile(rf"(?<!\w)(?:{'|'.join(branches)})" if branches else r"(?!)")


def _inflections(text: str, kind: Kind) -> Iterable[str]:
    """Yield a spelling and, of its last word, the plural or singular that adding or cutting an s does not give."""
    yield text
    if kind == "skill" and len(text) > 4:
        if text.endswith("y") and text[-2] not in "aeiou":
            yield text[:-1] + "ies"
        elif text.endswith("ies"):
            yield text[:-3] + "y"
        elif " " in text and text.endswith("s") and not text.endswith(("ss", "is", "us", "ics")):
            yield text[:-1]


def _whole_name(text: str, begin: int, end: int, kind: Kind) -> int | None:
    """Return where a name ends, its plural or version included; None where it is part of a longer word."""
    rest = text[end : end + 16]
    if not rest or not (is_joined(rest[0]) or rest[0] in "_+#"):
        return None if rest[:1] == "." and DOMAIN_TAIL.match(rest) else end
    last = text[end - 1]
    if rest[0] == "+" and not rest[1:2].isalnum() and last.isdigit():
        return end
    if plural := _plural_ending(last, rest, kind):
        return end + len(plural)
    if last.isalpha() and end - begin > 2 and (version := VERSION.match(rest)):
        return end + version.end()
    return end if GLUED_AFTER.match(text[end : end + 24]) else None


def _goes_on(after: str) -> bool:
    """Tell whether a letter after a name makes it part of a longer word; an s or e may be its plural."""
    return after.isalpha() and after not in "se" and is_joined(after)


def _plural_ending(last: str, rest: str, kind: Kind) -> str:
    """Return the ending of a plural that follows a name's last letter, or nothing.

    Skills have plurals; of technologies only acronyms do ("VPNs").
    """
    if rest[0] == "s" and not _continues(rest, 1) and (kind == "skill" or last.isupper()):
        return "s"
    return "es" if kind == "skill" and rest[:2] == "es" and last in "sxzh" and not _continues(rest, 2) else ""


def _continues(rest: str, at: int) -> bool:
    return len(rest) > at and (rest[at].isalnum() or rest[at] == "_")


def _starts_freely(text: str, begin: int) -> bool:
    before, first = text[begin - 1], text[begin]
    if before in "_+#@\\":
        return before == "+" and begin > 1 and text[begin - 2] == "+"  # "C++/Java" keeps its slash, "C++Java" does not
    if before == "." and begin > 1 and text[begin - 2].isalnum() and first.islower():
        return False
    if not is_joined(before):
        return True
    # "skillsSQL": a capital after a small letter starts a new word where the words before it are glued to it.
    return (
        before.islower()
        and first.isupper()
        and bool(
            re.search(
                r"(?:^|[^A-Za-z])[A-Za-z]?[a-z]{3,}(?:s|ed|ing|in|of|and|or|with|using)$",
                text[max(0, begin - 16) : begin],
            )
        )
    )


def _longest(candidates: list[_Candidate]) -> list[_Candidate]:
    """Keep, from left to right, the longest of the names that overlap; of two as long, the one spelled out."""
    kept: list[_Candidate] = []
    reach = 0
    for candidate in sorted(candidates, key=lambda c: (c.start, -c.end, -len(c.pattern.text), c.pattern.entry)):
        if candidate.start >= reach:
            kept.append(candidate)
            reach = candidate.end
    return kept


def _has_words(sentence: str, phrase: str) -> bool:
    return phrase in sentence and _whole_words(phrase).search(sentence) is not None


@lru_cache(maxsize=4096)
def _whole_words(phrase: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){re.escape(phrase)}(?!\w)")
