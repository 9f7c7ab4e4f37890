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
from pipeline.bullet_rewriter.fact_guard.one_form import OneForm, written_as
from pipeline.bullet_rewriter.fact_guard.reading import Reading, Word, read_text
from pipeline.bullet_rewriter.fact_guard.violation import Violation
from pipeline.bullet_rewriter.fact_guard.word_lists import WORD_LISTS
from pipeline.embedding import PairReader, Piece

JUDGE = WORD_LISTS / "judge.npz"
NAMED_SHARE = 0.5  # a word is named as a fault where its part of the doubt is this much of the greatest
ALIKE = 5  # letters by which two words of a skill and a rewrite count as one


@dataclass(frozen=True)
class Judge:
    """The trained reader, and from which doubt on a rewrite is held back: sooner one with new words."""

    reader: PairReader
    threshold: float
    threshold_without_new_words: float


@lru_cache(maxsize=1)
def load_judge() -> Judge:
    """Read the trained judge."""
    with np.load(JUDGE) as stored:
        return Judge(PairReader(stored), float(stored["threshold"]), float(stored["threshold_without_new_words"]))


def check_meaning(source: Reading, rewrite: Reading, grounds: Grounds) -> Iterator[Violation]:
    """Yield the words that the judge holds against a rewrite, where it doubts it too much."""
    if not source.words or not rewrite.words:
        return
    judge = load_judge()
    second = written_as(source, rewrite, without=grounds.technologies - source.technologies)
    doubt = judge.reader.read(with_allowed(source, rewrite, grounds), second.text)
    is_new = any(word.is_content and not word.keys & source.keys for word in read_text(second.text).words)
    if doubt.total <= (judge.threshold if is_new else judge.threshold_without_new_words):
        return
    said, given = _by_word(rewrite, doubt.said, second), _by_word(source, doubt.given)
    greatest = max(*said, *given)
    yield from _runs(rewrite, [n for n, one in enumerate(said) if one >= greatest * NAMED_SHARE])
    lost = [source.words[n].text for n, one in enumerate(given) if one >= greatest * NAMED_SHARE]
    if lost:
        reason = f'the resume says "{" ... ".join(lost)}", which the rewrite leaves out'
        yield Violation("limit", "", 0, len(rewrite.text), reason)


def with_allowed(source: Reading, rewrite: Reading, grounds: Grounds) -> str:
    """Return the source with what exact rules allow a rewrite besides it.

    Those are skills of the resume that the rewrite names, and figures that follow from the source's.
    """
    own, said = _starts(source.text), _starts(rewrite.text)
    skills = [*grounds.skills, *grounds.tools]
    allowed = [skill for skill in skills if _starts(skill) <= said and not _starts(skill) <= own]
    new = [q for q in rewrite.quantities if not any(same_value(known, q) for known in source.quantities)]
    allowed += [rewrite.text[q.start : q.end] for q in new]
    return f"{source.text}. Also: {', '.join(dict.fromkeys(allowed))}" if allowed else source.text


def _starts(text: str) -> set[str]:
    return {word.lower()[:ALIKE] for word in re.findall(r"\w+", text)}


def _by_word(reading: Reading, pieces: Sequence[Piece], form: OneForm | None = None) -> list[float]:
    """Return how much each word makes doubt the pair, by its place in the form that was read."""
    doubts = [0.0] * len(reading.words)
    for piece in pieces:
        place = form.places[piece.start] if form else piece.start
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
