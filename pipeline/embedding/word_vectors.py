"""Words in their context as vectors, which depend on nothing but the text: the packaged model's first layers."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from pipeline.embedding.layers import Layers, Rows, packaged_tokenizer, packaged_weights

DEPTH = 3  # layers of the model that are run: deeper ones tell texts apart, not words
MAX_PIECES = 256


@dataclass(frozen=True)
class WordVectors:
    """One row a word: what it means by itself, and in its sentence; `ranks` tells how rare its rarest piece is."""

    alone: Rows
    in_context: Rows
    ranks: NDArray[np.int64]
    pieces: NDArray[np.int64]


class WordEncoder:
    """Runs the embeddings and the first `DEPTH` layers of the packaged model."""

    def __init__(self, tokenizer: Tokenizer, layers: Layers) -> None:
        self._tokenizer = tokenizer
        self._layers = layers

    def encode(self, text: str, spans: Sequence[tuple[int, int]]) -> WordVectors:
        """Return a unit vector for each span of the text; a span past the longest text that is read has zeros."""
        encoding = self._tokenizer.encode(text)
        ids, offsets = encoding.ids[:MAX_PIECES], encoding.offsets[:MAX_PIECES]
        in_context = self._layers.run(ids, [0] * len(ids), DEPTH)
        members = [
            [n for n, (begin, stop) in enumerate(offsets) if begin < end and start < stop] for start, end in spans
        ]
        return WordVectors(
            _means(self._layers.by_themselves(ids), members),
            _means(in_context, members),
            np.array([max((ids[n] for n in own), default=0) for own in members], dtype=np.int64),
            np.array([len(own) for own in members], dtype=np.int64),
        )

    def by_themselves(self, ids: Sequence[int] | slice) -> Rows:
        """Return the vectors of pieces of words as the model starts from them, wherever they stand in a text."""
        return self._layers.by_themselves(ids)


def _means(rows: Rows, members: Sequence[Sequence[int]]) -> Rows:
    means = np.zeros((len(members), rows.shape[1]), dtype=np.float32)
    for n, own in enumerate(members):
        if own:
            means[n] = rows[list(own)].mean(axis=0)
    return means / np.maximum(np.linalg.norm(means, axis=1, keepdims=True), np.float32(1e-12))


@lru_cache(maxsize=1)
def load_word_encoder() -> WordEncoder:
    """Load the packaged model's first layers. Raises RolemapError where it is missing or not the published one."""
    return WordEncoder(packaged_tokenizer(), Layers(packaged_weights()))
