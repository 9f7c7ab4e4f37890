"""Two texts read as one: the packaged model, trained on to tell whether the second says more than the first."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pipeline.embedding.layers import Layers, Rows, packaged_tokenizer, packaged_weights

MAX_PIECES = 256
STEP = ".step"  # what one stands for in a row of stored whole numbers


@dataclass(frozen=True)
class Piece:
    """A piece of a word, where it stands in its text, and how much it makes doubt the pair."""

    start: int
    end: int
    doubt: float


@dataclass(frozen=True)
class PairDoubt:
    """How much a pair is doubted: in all, by the pieces that the second text says, and by those that the first gives.

    A doubt is the negative logarithm of the chance that nothing is at fault; those of the parts add up to the whole's
    (noisy-or: Pearl, 1988).
    """

    total: float
    said: tuple[Piece, ...]
    given: tuple[Piece, ...]


class PairReader:
    """Doubts that a text says no more than another."""

    def __init__(self, trained: Mapping[str, NDArray[Any]]) -> None:
        self._tokenizer = packaged_tokenizer()
        self._layers = Layers(changed_weights(packaged_weights(), trained))
        self._heads = {
            name: (trained[f"{name}.weight"].astype(np.float32).T, trained[f"{name}.bias"].astype(np.float32))
            for name in ("pair", "words")
        }

    def read(self, first: str, second: str) -> PairDoubt:
        """Return the doubts of a pair; what is past the longest text that is read counts as certainly at fault."""
        encoding = self._tokenizer.encode(first, second)
        if len(encoding.ids) > MAX_PIECES:
            return PairDoubt(float("inf"), (), ())
        rows = self._layers.run(encoding.ids, encoding.type_ids)
        of_pair = self._doubts(np.concatenate([rows[0], rows.mean(axis=0)]), "pair")[0]
        by_words = self._doubts(rows, "words")
        pieces: tuple[list[Piece], list[Piece]] = ([], [])
        for n, ((start, end), kind) in enumerate(zip(encoding.offsets, encoding.type_ids, strict=True)):
            if end > start:
                pieces[kind].append(Piece(start, end, float(by_words[n, 1 - kind])))
        given, said = pieces
        total = float(of_pair) + sum(piece.doubt for piece in (*given, *said))
        return PairDoubt(total, tuple(said), tuple(given))

    def _doubts(self, rows: Rows, head: str) -> Rows:
        """Return -log(1 - p) for chances p given by their logits."""
        weight, bias = self._heads[head]
        return np.logaddexp(np.float32(0), rows @ weight + bias)


def changed_weights(weights: Mapping[str, Rows], trained: Mapping[str, NDArray[Any]]) -> dict[str, Rows]:
    """Return the weights with the trained changes added: whole numbers of a step that each row of a matrix has."""
    changed = dict(weights)
    for name, values in trained.items():
        if name in weights:
            steps = trained.get(name + STEP, np.float32(1))
            changed[name] = weights[name] + values.astype(np.float32) * steps.astype(np.float32)
    return changed
