"""The learned judge: how likely it is that a rewrite says more than its source, and which words are to blame.

Two judges doubt together. A small network looks at each word of the rewrite and of the source: a rewrite is true where
none is at fault (noisy-or: Pearl, 1988). The packaged model, trained on for this one question, reads both sentences as
one. Both learnt from labelled pairs (`make guard`); a doubt is the negative logarithm of the chance that all is well.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pipeline.bullet_rewriter.fact_guard.features import PairFeatures, Rows, pair_features
from pipeline.bullet_rewriter.fact_guard.names import Grounds
from pipeline.bullet_rewriter.fact_guard.quantities import Quantity
from pipeline.bullet_rewriter.fact_guard.reading import Reading, Word, read_text
from pipeline.bullet_rewriter.fact_guard.violation import Violation
from pipeline.bullet_rewriter.fact_guard.word_lists import WORD_LISTS
from pipeline.embedding import PairReader

WORDS, PAIRS = WORD_LISTS / "judge_words.npz", WORD_LISTS / "judge_pairs.npz"
NAMED_SHARE = 0.5  # a word is named as a fault where its part of the doubt is this much of the greatest
ALIKE = 5  # letters by which two words of a skill and a rewrite count as one


@dataclass(frozen=True)
class Doubt:
    """How much the words make doubt a rewrite: in all, by each word of the rewrite, and by each word of the source."""

    total: float
    said: Rows
    given: Rows


class WordJudge:
    """Networks that vote: one hidden layer each for words said, for words given, and a line for the pair."""

    def __init__(self, stored: Mapping[str, NDArray[Any]]) -> None:
        rows = {name: values.astype(np.float32) for name, values in stored.items()}
        self.axes = rows["axes"]
        self._centre, self._scale = rows["centre"], rows["scale"]
        self._whole_centre, self._whole_scale = rows["whole_centre"], rows["whole_scale"]
        self._voters = [
            {name.partition(".")[2]: rows[name] for name in rows if name.startswith(f"{number}.")}
            for number in range(int(rows["voters"]))
        ]

    def doubt(self, features: PairFeatures) -> Doubt:
        """Return the mean doubt of all voters."""
        said, given = ((rows - self._centre) / self._scale for rows in (features.said, features.given))
        whole = (features.whole - self._whole_centre) / self._whole_scale
        by_said = np.mean([_chances(said, voter, "said") for voter in self._voters], axis=0)
        by_given = np.mean([_chances(given, voter, "given") for voter in self._voters], axis=0)
        of_pair = np.mean([_softplus(whole @ v["whole"][:-1] + v["whole"][-1]) for v in self._voters])
        return Doubt(float(by_said.sum() + by_given.sum() + of_pair), by_said, by_given)


@dataclass(frozen=True)
class Judge:
    """Both judges, how much the words count beside the pair, and from which doubt on a rewrite is held back."""

    words: WordJudge
    pairs: PairReader
    weight: float
    threshold: float

    def total(self, doubt: Doubt, source: Reading, rewrite: Reading, grounds: Grounds) -> float:
        """Return the doubt of both."""
        return self.weight * doubt.total - self.pairs.answer(*pair_texts(source, rewrite, grounds))


def _chances(rows: Rows, voter: Mapping[str, Rows], side: str) -> Rows:
    hidden = np.tanh(rows @ voter[f"{side}_hidden"][:-1] + voter[f"{side}_hidden"][-1])
    return _softplus(hidden @ voter[f"{side}_out"][:-1] + voter[f"{side}_out"][-1])


def _softplus(values: Rows) -> Rows:
    """Return -log(1 - p) for a chance p given by its logit."""
    return np.logaddexp(np.float32(0), values)


@lru_cache(maxsize=1)
def load_judge() -> Judge:
    """Read the trained judges."""
    with np.load(WORDS) as words, np.load(PAIRS) as pairs:
        return Judge(WordJudge(words), PairReader(pairs), float(words["weight"]), float(words["threshold"]))


def pair_texts(source: Reading, rewrite: Reading, grounds: Grounds) -> tuple[str, str]:
    """Return both texts as the reader of pairs gets them: numbers in one form, and with the source the skills meant.

    Those are the skills that the rewrite names and the source does not, which the resume has elsewhere.
    """
    own, said = _starts(source.text), _starts(rewrite.text)
    skills = [*grounds.skills, *grounds.tools]
    named = [skill for skill in skills if _starts(skill) <= said and not _starts(skill) <= own]
    first = _with_plain_numbers(source)
    return f"{first}. Skills: {', '.join(named)}" if named else first, _with_plain_numbers(rewrite)


def _with_plain_numbers(reading: Reading) -> str:
    """Return a text with its numbers and periods in one form, checked by exact rules: half an hour, 0.5 hours."""
    plain = [(q.start, q.end, _figure(q)) for q in reading.quantities]
    plain += [(p.start, p.end, f"per {p.times} {p.unit}".replace("per 1 ", "per ")) for p in reading.periods]
    text = reading.text
    for start, end, figure in sorted(plain, reverse=True):
        text = f"{text[:start]}{figure}{text[end:]}"
    return text


def _figure(quantity: Quantity) -> str:
    unit = {"count": "", "percent": "%", "ordinal": "th"}.get(quantity.unit, f" {quantity.unit.removeprefix('money:')}")
    return f"{quantity.approximation} {float(quantity.value):g}{unit}".strip()


def _starts(text: str) -> set[str]:
    return {word.lower()[:ALIKE] for word in re.findall(r"\w+", text)}


def features_of(source: Reading, rewrite: Reading, grounds: Grounds, axes: Rows) -> PairFeatures:
    """Return what the judge of words sees of a rewrite and what else the resume says."""
    job = frozenset(form for reading in grounds.readings if reading.text != source.text for form in reading.forms)
    named = (place for skill in grounds.skills for place in _places(read_text(skill), rewrite))
    return pair_features(source, rewrite, job=job, skills=frozenset(named), axes=axes)


def _places(skill: Reading, rewrite: Reading) -> list[int]:
    """Return where the words of a skill stand, if all of them do."""
    found = [n for n, word in enumerate(rewrite.words) if any(word.keys & own.keys for own in skill.content)]
    is_whole = all(any(word.keys & own.keys for word in rewrite.words) for own in skill.content)
    return found if is_whole else []


def check_meaning(source: Reading, rewrite: Reading, grounds: Grounds) -> Iterator[Violation]:
    """Yield the words that the judge holds against a rewrite, where it doubts it too much."""
    if not source.words or not rewrite.words:
        return
    judge = load_judge()
    doubt = judge.words.doubt(features_of(source, rewrite, grounds, judge.words.axes))
    if judge.total(doubt, source, rewrite, grounds) <= judge.threshold:
        return
    greatest = max(float(doubt.said.max()), float(doubt.given.max()))
    faults = [word for word, one in zip(rewrite.words, doubt.said, strict=True) if one >= greatest * NAMED_SHARE]
    yield from _runs(rewrite, faults)
    lost = [word for word, one in zip(source.words, doubt.given, strict=True) if one >= greatest * NAMED_SHARE]
    if lost:
        words = " ... ".join(word.text for word in lost)
        yield Violation("limit", "", 0, len(rewrite.text), f'the resume says "{words}", which the rewrite leaves out')


def _runs(rewrite: Reading, faults: list[Word]) -> Iterator[Violation]:
    """Yield words that stand together as one violation."""
    run: list[Word] = []
    for word in [*faults, None]:
        if run and (word is None or rewrite.words.index(word) != rewrite.words.index(run[-1]) + 1):
            text = rewrite.text[run[0].start : run[-1].end]
            yield Violation("unsupported", text, run[0].start, run[-1].end, "the resume does not say this of that job")
            run = []
        if word is not None:
            run.append(word)
