"""Entries that make sense: a main field that is lacking is the likeliest of the words that would be something else."""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from pipeline.resumes.reading.learned.network import Array
from pipeline.resumes.reading.learned.token_features import Run, runs_of
from pipeline.resumes.reading.learned.tokens import Token

MAIN = ("employer", "position")
SPARE = "note"
LEAST = {"main": -9.0, SPARE: -5.0}  # logarithms of the odds at which a run may yet be the field that is lacking


def with_partners(
    tokens: Sequence[Token], sections: Sequence[str], probabilities: Array, best: Sequence[int], names: Sequence[str]
) -> list[int]:
    """Return the tags of words, where a job with one main field lacks its partner those of one run exchanged.

    That is one of two runs which would both be the same main field, or a note that has its line to itself.
    """
    result = list(best)
    starts = [index for index, token in enumerate(tokens) if token.kind in ("entry", "body")]
    runs = runs_of(tokens)
    for begin, finish in pairwise([*starts, len(tokens)]):
        if sections[begin] == "work":
            own = [run for run in runs if begin <= run.begin < finish]
            for one, other in (MAIN, MAIN[::-1]):
                _exchange(own, result, probabilities, [names.index(name) for name in (one, other, SPARE)])
    return result


def _exchange(runs: Sequence[Run], tags: list[int], probabilities: Array, names: Sequence[int]) -> None:
    """Give the likeliest run the tag of the second name, where runs have that of the first and none has it."""
    one, other, spare = names
    if any(tags[run.begin] == other for run in runs):
        return
    alike = [run for run in runs if set(tags[run.begin : run.finish]) == {one}]
    notes = [run for run in runs if alike and run.of == 1 and set(tags[run.begin : run.finish]) == {spare}]
    found = [
        (_odds(run, probabilities, other, one) - LEAST["main"], run.begin, run)
        for run in alike[: len(alike) * (len(alike) > 1)]
    ]
    found += [(_odds(run, probabilities, other, spare) - LEAST[SPARE], run.begin, run) for run in notes]
    margin, _, best = max(found, default=(0.0, 0, None))
    if best is not None and margin > 0:
        tags[best.begin : best.finish] = [other] * (best.finish - best.begin)


def _odds(run: Run, probabilities: Array, name: int, instead: int) -> float:
    """Return the mean logarithm of how much likelier the words of a run are one thing than another."""
    own = probabilities[run.begin : run.finish]
    return float(np.log(own[:, name] / own[:, instead]).mean())
