"""A rewrite with what exact rules have allowed written as in its source, so that a reader finds it alike in both."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import takewhile

from pipeline.bullet_rewriter.fact_guard.abbreviations import ABBREVIATED
from pipeline.bullet_rewriter.fact_guard.counted import same_value
from pipeline.bullet_rewriter.fact_guard.reading import Reading

_TIE = re.compile(r",?\s+(?:(?:and|with|from|in|using|via|through|on)\s+)*$", re.I)


@dataclass(frozen=True)
class OneForm:
    """The text, and for each of its characters the place in the text as written."""

    text: str
    places: tuple[int, ...]


def written_as(source: Reading, rewrite: Reading, without: frozenset[str] = frozenset()) -> OneForm:
    """Return the rewrite with numbers, periods and names as the source writes them: 30k for 30,000.

    Technologies that are allowed although the source has none of them are left out, with the words that tie them in.
    """
    parts, places, at = [], [], 0
    for start, end, form in sorted([*_edits(source, rewrite), *_left_out(rewrite, without)]):
        if start < at:
            continue
        if form and start and source.text.startswith(form) and not form[:2].isupper():
            form = form[0].lower() + form[1:]
        parts += [rewrite.text[at:start], form]
        places += [*range(at, start), *[start] * len(form)]
        at = end
    return OneForm("".join([*parts, rewrite.text[at:]]), (*places, *range(at, len(rewrite.text))))


def _edits(source: Reading, rewrite: Reading) -> Iterator[tuple[int, int, str]]:
    for q in rewrite.quantities:
        own = next((own for own in source.quantities if same_value(own, q)), None)
        if own and own.approximation == q.approximation and q.unit != "ordinal":
            yield q.start, q.end, source.text[own.start : own.end]
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
