"""Two texts read as one: the packaged model with what training for one question has changed in it."""

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pipeline.embedding.layers import Layers, Rows, packaged_tokenizer, packaged_weights

MAX_PIECES = 256
LEFT, RIGHT = ".left", ".right"


class PairReader:
    """Answers one question about two texts with a number."""

    def __init__(self, trained: Mapping[str, NDArray[Any]]) -> None:
        self._tokenizer = packaged_tokenizer()
        self._layers = Layers(changed_weights(packaged_weights(), trained))
        self._out = trained["out.weight"].astype(np.float32).ravel()
        self._bias = float(trained["out.bias"].ravel()[0])

    def answer(self, first: str, second: str) -> float:
        """Return the answer as a logit."""
        encoding = self._tokenizer.encode(first, second)
        rows = self._layers.run(encoding.ids[:MAX_PIECES], encoding.type_ids[:MAX_PIECES])
        return float(np.concatenate([rows[0], rows.mean(axis=0)]) @ self._out) + self._bias


def changed_weights(weights: Mapping[str, Rows], trained: Mapping[str, NDArray[Any]]) -> dict[str, Rows]:
    """Return the weights with the trained changes added: vectors as they are, matrices as a product of two thin ones.

    (Low-rank adaptation: Hu et al., 2021.)
    """
    changed = dict(weights)
    for name, values in trained.items():
        base = name.removesuffix(LEFT)
        if name.endswith(LEFT):
            changed[base] = weights[base] + values.astype(np.float32) @ trained[base + RIGHT].astype(np.float32)
        elif name in weights:
            changed[name] = weights[name] + values.astype(np.float32)
    return changed
