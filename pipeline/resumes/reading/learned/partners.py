"""Entries that make sense: a main field that is lacking is the likeliest of the words that would be something else."""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from pipeline.resumes.reading.learned.network import Array
from pipeline.resumes.reading.learned.token_features import Run, runs_of
from pipeline.resumes.reading.learned.tokens import Token

MAIN = ("employer", "position")
SPARE = ("note", "place")
LEAST = {"main": -9.0, "note": -5.0, "place": -1.0}  # logarithms of odds at which a run may yet be what is lacking


def with_partners(
    tokens: Sequence[Token], sections: Sequence[str], probabilities: Array, best: Sequence[int], names: Sequence[str]
) -> list[int]:
    """Return the tags of words, where a job with one main field lacks its partner those of one run exchanged.

    That is one of two runs which would both be the same main field, a note that has its line to itself, or a place that
    might as well be one.
    """
    result = list(best)
    starts = [index for index, token in enumerate(tokens) if token.kind in ("entry", "body")]
    runs = runs_of(tokens)
    for begin, finish in pairwise([*starts, len(tokens)]):
        if sections[begin] == "work":
            own = [run for run in runs if begin <= run.begin < finish]
            for one, other in (MAIN, MAIN[::-1]):
                _exchange(own, result, probabilities, [names.index(name) for name in (one, other, *SPARE)])
    return result


def _exchange(runs: Sequence[Run], tags: list[int], probabilities: Array, names: Sequence[int]) -> None:
    """Give the likeliest run the tag of the second name, where runs have that of the first and none has it."""
    one, other, note, place = names
    if any(tags[run.begin] == other for run in runs):
        return
    alike, notes, places = (
        [run for run in runs if set(tags[run.begin : run.finish]) == {tag}] for tag in (one, note, place)
    )
    candidates = [("main", one, alike if len(alike) > 1 else [])]
    if alike:
        candidates += [("note", note, [run for run in notes if run.of == 1]), ("place", place, places)]
    found = [
        (_odds(run, probabilities, other, instead) - LEAST[kind], run.begin, run)
        for kind, instead, own in candidates
        for run in own
    ]
    margin, _, best = max(found, default=(0.0, 0, None))
    if best is not None and margin > 0:
        tags[best.begin : best.finish] = [other] * (best.finish - best.begin)


def _odds(run: Run, probabilities: Array, name: int, instead: int) -> float:
    """Return the mean logarithm of how much likelier the words of a run are one thing than another."""
    own = probabilities[run.begin : run.finish]
    return float(np.log(own[:, name] / own[:, instead]).mean())
