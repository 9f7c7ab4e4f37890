"""A rewrite with what exact rules have allowed written as in its source, so that a reader finds it alike in both."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile

from pipeline.bullet_rewriter.fact_guard.abbreviations import ABBREVIATED
from pipeline.bullet_rewriter.fact_guard.counted import same_value
from pipeline.bullet_rewriter.fact_guard.reading import Reading

_TIE = re.compile(r",?\s+(?:(?:and|with|from|in|using|via|through|on)\s+)*$", re.I)
_PERSON = re.compile(r"\bI (?=\w)|\b(?:[Mm]y|[Oo]ur)\b")


@dataclass(frozen=True)
class OneForm:
    """The text, and for each of its characters the place in the text as written."""

    text: str
    places: tuple[int, ...]


def written_as(source: Reading, rewrite: Reading, without: frozenset[str] = frozenset()) -> OneForm:
    """Return the rewrite with numbers, periods and names as the source writes them: 30k for 30,000.

    Technologies that are allowed although the source has none of them are left out, with the words that tie them in.
    """
    return _edited(rewrite.text, [*_edits(source, rewrite), *_left_out(rewrite, without), *_persons(rewrite.text)])


def without_person(text: str, allowed: Sequence[str]) -> OneForm:
    """Return a source with neither "I" nor "my", which a rewrite may leave out, and with what it may say besides."""
    form = _edited(text, list(_persons(text)))
    also = f". Also: {', '.join(allowed)}" if allowed else ""
    return OneForm(form.text + also, (*form.places, *[len(text)] * len(also)))


def _edited(text: str, edits: Sequence[tuple[int, int, str]]) -> OneForm:
    parts, places, at = [], [], 0
    for start, end, form in sorted(edits):
        if start < at:
            continue
        parts += [text[at:start], form]
        places += [*range(at, start), *[start] * len(form)]
        at = end
    return OneForm("".join([*parts, text[at:]]), (*places, *range(at, len(text))))


def _persons(text: str) -> Iterator[tuple[int, int, str]]:
    for match in _PERSON.finditer(text):
        yield *match.span(), "" if match[0] == "I " else "the"


def _edits(source: Reading, rewrite: Reading) -> Iterator[tuple[int, int, str]]:
    yield from _numbers(source, rewrite)
    for period in rewrite.periods:
        same = next((own for own in source.periods if (own.unit, own.times) == (period.unit, period.times)), None)
        if same:
            yield period.start, period.end, source.text[same.start : same.end]
    for term in rewrite.terms:
        known = next((own for own in source.terms if own.keyword == term.keyword), None)
        if known:
            yield term.start, term.end, source.text[known.start : known.end]
    for mark in sorted(key for key in source.keys & rewrite.keys if key.startswith(ABBREVIATED)):
        (start, end), (begin, stop) = (_abbreviated(mark, reading) for reading in (rewrite, source))
        yield start, end, source.text[begin:stop]


def _numbers(source: Reading, rewrite: Reading) -> Iterator[tuple[int, int, str]]:
    for q in rewrite.quantities:
        own = next((own for own in source.quantities if same_value(own, q)), None)
        if own and own.approximation == q.approximation and q.unit != "ordinal":
            yield q.start, q.end, source.text[own.start : own.end]


def _abbreviated(mark: str, reading: Reading) -> tuple[int, int]:
    """Return where an abbreviation stands, short or in full: its first word and those that follow with its mark."""
    first = next(n for n, word in enumerate(reading.words) if mark in word.keys)
    run = list(takewhile(lambda word: mark in word.keys, reading.words[first:]))
    return run[0].start, run[-1].end


def _left_out(rewrite: Reading, technologies: frozenset[str]) -> Iterator[tuple[int, int, str]]:
    for term in rewrite.terms:
        if term.keyword in technologies:
            tie = _TIE.search(rewrite.text[: term.start])
            yield (tie.start() if tie else term.start), term.end, ""
