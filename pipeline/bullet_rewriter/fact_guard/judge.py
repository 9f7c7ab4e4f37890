"""The learned judge: how likely it is that a rewrite says more than its source, and which words are to blame.

The packaged model, trained on for this one question, reads both sentences as one (`make guard`). It is asked only where
exact rules hold nothing against a rewrite.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from pipeline.bullet_rewriter.fact_guard.counted import same_value
from pipeline.bullet_rewriter.fact_guard.names import Grounds
from pipeline.bullet_rewriter.fact_guard.one_form import OneForm, without_person, written_as
from pipeline.bullet_rewriter.fact_guard.reading import Reading, Word, read_text
from pipeline.bullet_rewriter.fact_guard.violation import Violation
from pipeline.bullet_rewriter.fact_guard.word_lists import WORD_LISTS
from pipeline.embedding import PairReader, Piece

JUDGE = WORD_LISTS / "judge.npz"
NAMED_SHARE = 0.5  # a word is named as a fault where its part of the doubt is this much of the greatest
ALIKE = 5  # letters by which two words of a skill and a rewrite count as one


@dataclass(frozen=True)
class Judge:
    """The trained reader, and from which doubt on a rewrite is held back."""

    reader: PairReader
    threshold: float


@lru_cache(maxsize=1)
def load_judge() -> Judge:
    """Read the trained judge."""
    with np.load(JUDGE) as stored:
        return Judge(PairReader(stored), float(stored["threshold"]))


def check_meaning(source: Reading, rewrite: Reading, grounds: Grounds, strictness: float) -> Iterator[Violation]:
    """Yield the words that the judge holds against a rewrite, where it doubts it too much."""
    if not source.words or not rewrite.words:
        return
    judge = load_judge()
    second = written_as(source, rewrite, without=grounds.technologies - source.technologies)
    first = with_allowed(source, rewrite, grounds)
    doubt = judge.reader.read(first.text, second.text)
    if doubt.total <= judge.threshold / strictness:
        return
    said, given = _by_word(rewrite, doubt.said, second), _by_word(source, doubt.given, first)
    greatest = max(*said, *given)
    yield from _runs(rewrite, [n for n, one in enumerate(said) if one >= greatest * NAMED_SHARE])
    lost = [source.words[n].text for n, one in enumerate(given) if one >= greatest * NAMED_SHARE]
    if lost:
        reason = f'the resume says "{" ... ".join(lost)}", which the rewrite leaves out'
        yield Violation("limit", "", 0, len(rewrite.text), reason)


def with_allowed(source: Reading, rewrite: Reading, grounds: Grounds) -> OneForm:
    """Return the source with what exact rules allow a rewrite besides it.

    Those are skills of the resume that the rewrite names, and figures that follow from the source's.
    """
    said = _starts(rewrite.text)
    skills = [skill for skill in (*grounds.skills, *grounds.tools) if _starts(skill) <= said]
    allowed = [skill for skill in skills if not all(word.keys & source.keys for word in read_text(skill).words)]
    new = [q for q in rewrite.quantities if not any(same_value(known, q) for known in source.quantities)]
    allowed += [rewrite.text[q.start : q.end] for q in new]
    return without_person(source.text, list(dict.fromkeys(allowed)))


def _starts(text: str) -> set[str]:
    return {word.lower()[:ALIKE] for word in re.findall(r"\w+", text)}


def _by_word(reading: Reading, pieces: Sequence[Piece], form: OneForm) -> list[float]:
    """Return how much each word makes doubt the pair, by its place in the form that was read."""
    doubts = [0.0] * len(reading.words)
    for piece in pieces:
        place = form.places[piece.start]
        at = next((n for n, word in enumerate(reading.words) if word.end > place), None)
        if at is not None:
            doubts[at] += piece.doubt
    return doubts


def _runs(rewrite: Reading, faults: Sequence[int]) -> Iterator[Violation]:
    """Yield words that stand together as one violation."""
    runs: list[list[Word]] = []
    for previous, at in zip([-2, *faults], faults, strict=False):
        if at != previous + 1:
            runs.append([])
        runs[-1].append(rewrite.words[at])
    for run in runs:
        text = rewrite.text[run[0].start : run[-1].end]
        yield Violation("unsupported", text, run[0].start, run[-1].end, "the resume does not say this of that job")
