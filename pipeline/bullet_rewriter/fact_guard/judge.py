"""The learned judge: how likely it is that a word of a rewrite is new, or that the loss of one changes the claim.

Each word has a chance of its own, from a small network over its features; the rewrite is true where none is at fault
(noisy-or: Pearl, 1988). The networks were trained on labelled pairs (`make guard`) and are stored as plain numbers.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np

from pipeline.bullet_rewriter.fact_guard.features import PairFeatures, Rows, pair_features
from pipeline.bullet_rewriter.fact_guard.names import Grounds
from pipeline.bullet_rewriter.fact_guard.reading import Reading, Word, read_text
from pipeline.bullet_rewriter.fact_guard.violation import Violation
from pipeline.bullet_rewriter.fact_guard.word_lists import WORD_LISTS

MODEL = WORD_LISTS / "judge.json"
NAMED_SHARE = 0.5  # a word is named as a fault where its part of the doubt is this much of the greatest


@dataclass(frozen=True)
class Doubt:
    """How much a judge doubts a rewrite: in all, by each word of the rewrite, and by each word of the source.

    A doubt is the negative logarithm of the chance that nothing is at fault.
    """

    total: float
    said: Rows
    given: Rows


class Judge:
    """Networks that vote: one hidden layer each for words said, for words given, and a line for the pair."""

    def __init__(self, stored: Mapping[str, Any]) -> None:
        self.axes = np.array(stored["axes"], dtype=np.float32)
        self.threshold = float(stored["threshold"])
        self._centre, self._scale, self._whole_centre, self._whole_scale = (
            np.array(stored[name], dtype=np.float32) for name in ("centre", "scale", "whole_centre", "whole_scale")
        )
        self._voters = [{name: np.array(rows, dtype=np.float32) for name, rows in v.items()} for v in stored["voters"]]

    def doubt(self, features: PairFeatures) -> Doubt:
        """Return the mean doubt of all voters."""
        said, given = ((rows - self._centre) / self._scale for rows in (features.said, features.given))
        whole = (features.whole - self._whole_centre) / self._whole_scale
        by_said = np.mean([_chances(said, voter, "said") for voter in self._voters], axis=0)
        by_given = np.mean([_chances(given, voter, "given") for voter in self._voters], axis=0)
        of_pair = np.mean([_softplus(whole @ v["whole"][:-1] + v["whole"][-1]) for v in self._voters])
        return Doubt(float(by_said.sum() + by_given.sum() + of_pair), by_said, by_given)


def _chances(rows: Rows, voter: Mapping[str, Rows], side: str) -> Rows:
    hidden = np.tanh(rows @ voter[f"{side}_hidden"][:-1] + voter[f"{side}_hidden"][-1])
    return _softplus(hidden @ voter[f"{side}_out"][:-1] + voter[f"{side}_out"][-1])


def _softplus(values: Rows) -> Rows:
    """Return -log(1 - p) for a chance p given by its logit."""
    return np.logaddexp(np.float32(0), values)


@lru_cache(maxsize=1)
def load_judge() -> Judge:
    """Read the trained judge."""
    return Judge(json.loads(MODEL.read_text(encoding="utf-8")))


def features_of(source: Reading, rewrite: Reading, grounds: Grounds, axes: Rows) -> PairFeatures:
    """Return what the judge sees of a rewrite and what else the resume says."""
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
    doubt = judge.doubt(features_of(source, rewrite, grounds, judge.axes))
    if doubt.total <= judge.threshold:
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
