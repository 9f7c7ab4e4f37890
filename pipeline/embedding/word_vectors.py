"""Words in their context as vectors: the first layers of the packaged model, in plain matrix arithmetic.

Loading takes a tenth of a second and no deep-learning library; a vector depends on nothing but the text.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import ThreadpoolController

from pipeline.embedding.encoder import check_packaged_model, packaged_model_folder

if TYPE_CHECKING:
    from tokenizers import Tokenizer

DEPTH = 3  # layers of the model that are run: deeper ones tell texts apart, not words
HEADS = 12
MAX_PIECES = 256
_EPSILON = 1e-12  # of the model's layer normalisation

Vectors = NDArray[np.float32]


@dataclass(frozen=True)
class WordVectors:
    """One row a word: what it means by itself, and in its sentence; `ranks` tells how rare its rarest piece is."""

    alone: Vectors
    in_context: Vectors
    ranks: NDArray[np.int64]
    pieces: NDArray[np.int64]


class WordEncoder:
    """Runs the embeddings and the first `DEPTH` layers of a BERT model."""

    def __init__(self, tokenizer: "Tokenizer", weights: dict[str, Vectors]) -> None:
        self._tokenizer = tokenizer
        self._weights = weights

    def encode(self, text: str, spans: Sequence[tuple[int, int]]) -> WordVectors:
        """Return a unit vector for each span of the text; a span past the longest text that is read has zeros."""
        with _one_thread().limit(limits=1):  # a sentence is too small to be shared out
            return self._encode(text, spans)

    def _encode(self, text: str, spans: Sequence[tuple[int, int]]) -> WordVectors:
        encoding = self._tokenizer.encode(text)
        ids, offsets = encoding.ids[:MAX_PIECES], encoding.offsets[:MAX_PIECES]
        in_context = self._embed(ids)
        for layer in range(DEPTH):
            in_context = self._layer(in_context, f"encoder.layer.{layer}.")
        members = [
            [n for n, (begin, stop) in enumerate(offsets) if begin < end and start < stop] for start, end in spans
        ]
        return WordVectors(
            _means(self.by_themselves(ids), members),
            _means(in_context, members),
            np.array([max((ids[n] for n in own), default=0) for own in members], dtype=np.int64),
            np.array([len(own) for own in members], dtype=np.int64),
        )

    def by_themselves(self, ids: Sequence[int] | slice) -> Vectors:
        """Return the vectors of pieces of words as the model starts from them, wherever they stand in a text."""
        weights = self._weights
        words = weights["embeddings.word_embeddings.weight"][ids]
        return self._normalise(words + weights["embeddings.token_type_embeddings.weight"][0], "embeddings.LayerNorm")

    def _embed(self, ids: list[int]) -> Vectors:
        weights = self._weights
        words = weights["embeddings.word_embeddings.weight"][ids]
        places = weights["embeddings.position_embeddings.weight"][: len(ids)]
        summed = words + places + weights["embeddings.token_type_embeddings.weight"][0]
        return self._normalise(summed, "embeddings.LayerNorm")

    def _layer(self, rows: Vectors, name: str) -> Vectors:
        """Return the rows after one layer: attention of each word to all, then the feed-forward part."""
        queries, keys, values = (
            self._linear(rows, f"{name}attention.self.{part}").reshape(len(rows), HEADS, -1).transpose(1, 0, 2)
            for part in ("query", "key", "value")
        )
        scores = queries @ keys.transpose(0, 2, 1) / np.float32(np.sqrt(queries.shape[-1]))
        scores = np.exp(scores - scores.max(axis=-1, keepdims=True))
        scores /= scores.sum(axis=-1, keepdims=True)
        attended = (scores @ values).transpose(1, 0, 2).reshape(rows.shape)
        rows = self._normalise(
            rows + self._linear(attended, f"{name}attention.output.dense"), f"{name}attention.output.LayerNorm"
        )
        hidden = _gelu(self._linear(rows, f"{name}intermediate.dense"))
        return self._normalise(rows + self._linear(hidden, f"{name}output.dense"), f"{name}output.LayerNorm")

    def _linear(self, rows: Vectors, name: str) -> Vectors:
        return rows @ self._weights[f"{name}.weight"].T + self._weights[f"{name}.bias"]

    def _normalise(self, rows: Vectors, name: str) -> Vectors:
        centred = rows - rows.mean(axis=-1, keepdims=True)
        deviation = np.sqrt((centred**2).mean(axis=-1, keepdims=True) + np.float32(_EPSILON))
        return centred / deviation * self._weights[f"{name}.weight"] + self._weights[f"{name}.bias"]


@lru_cache(maxsize=1)
def _one_thread() -> ThreadpoolController:
    return ThreadpoolController()


def _gelu(values: Vectors) -> Vectors:
    """Return the Gaussian error linear unit in its tanh form (Hendrycks and Gimpel, 2016)."""
    inner = np.float32(np.sqrt(2 / np.pi)) * (values + np.float32(0.044715) * values * values * values)
    return np.float32(0.5) * values * (1 + np.tanh(inner))


def _means(rows: Vectors, members: Sequence[Sequence[int]]) -> Vectors:
    means = np.zeros((len(members), rows.shape[1]), dtype=np.float32)
    for n, own in enumerate(members):
        if own:
            means[n] = rows[list(own)].mean(axis=0)
    return means / np.maximum(np.linalg.norm(means, axis=1, keepdims=True), np.float32(_EPSILON))


@lru_cache(maxsize=1)
def load_word_encoder() -> WordEncoder:
    """Load the packaged model's first layers. Raises RolemapError where it is missing or not the published one."""
    from safetensors import safe_open
    from tokenizers import Tokenizer

    folder = packaged_model_folder()
    check_packaged_model(folder)
    with safe_open(folder / "model.safetensors", "numpy") as stored:
        weights = {name: stored.get_tensor(name) for name in stored.keys() if _is_needed(name)}  # noqa: SIM118
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return WordEncoder(tokenizer, weights)


def _is_needed(name: str) -> bool:
    parts = name.split(".")
    return parts[0] == "embeddings" or (parts[:2] == ["encoder", "layer"] and int(parts[2]) < DEPTH)
