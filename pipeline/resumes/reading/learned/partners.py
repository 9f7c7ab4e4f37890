"""Entries that make sense: where two runs of words of one entry would be the same main field, one is its partner."""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from pipeline.resumes.reading.learned.network import Array
from pipeline.resumes.reading.learned.token_features import Run, runs_of
from pipeline.resumes.reading.learned.tokens import Token

PARTNERS = {"work": ("employer", "position")}
LEAST = -9.0  # logarithm of the odds at which a run may yet be the partner


def with_partners(
    tokens: Sequence[Token], sections: Sequence[str], probabilities: Array, best: Sequence[int], names: Sequence[str]
) -> list[int]:
    """Return the tags of words, of an entry with one main field twice and no partner the less likely run exchanged."""
    result = list(best)
    starts = [index for index, token in enumerate(tokens) if token.kind in ("entry", "body")]
    runs = runs_of(tokens)
    for begin, finish in pairwise([*starts, len(tokens)]):
        pair = PARTNERS.get(sections[begin])
        own = [run for run in runs if begin <= run.begin < finish]
        for one, other in (pair, pair[::-1]) if pair else ():
            _exchange(own, result, probabilities, names.index(one), names.index(other))
    return result


def _exchange(runs: Sequence[Run], tags: list[int], probabilities: Array, one: int, other: int) -> None:
    """Give the run that is likeliest to be `other` that tag, where two are `one` and none is `other`."""
    if any(tags[run.begin] == other for run in runs):
        return
    alike = [run for run in runs if all(tags[index] == one for index in range(run.begin, run.finish))]
    if len(alike) < 2:
        return
    odds = [
        float(np.log(probabilities[run.begin : run.finish, other] / probabilities[run.begin : run.finish, one]).mean())
        for run in alike
    ]
    best = int(np.argmax(odds))
    if odds[best] > LEAST:
        for index in range(alike[best].begin, alike[best].finish):
            tags[index] = other
