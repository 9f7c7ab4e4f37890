"""The packaged model's layers in plain matrix arithmetic, which loads in a tenth of a second."""

from collections.abc import Mapping, Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import ThreadpoolController
from tokenizers import Tokenizer

from pipeline.embedding.encoder import check_packaged_model, packaged_model_folder

DEPTH = 6
HEADS = 12
_EPSILON = 1e-12  # of the model's layer normalisation

Rows = NDArray[np.float32]


class Layers:
    """The embeddings and layers of a BERT model; what they return depends on nothing but the tokens."""

    def __init__(self, weights: Mapping[str, Rows]) -> None:
        self._weights = weights

    def run(self, ids: Sequence[int], types: Sequence[int]) -> Rows:
        """Return one row a token after all layers; `types` tells the first text (0) from the second (1)."""
        with _one_thread().limit(limits=1):  # a sentence is too small to be shared out
            weights = self._weights
            places = weights["embeddings.position_embeddings.weight"][: len(ids)]
            kinds = weights["embeddings.token_type_embeddings.weight"][list(types)]
            words = weights["embeddings.word_embeddings.weight"][list(ids)]
            rows = self._normalise(words + places + kinds, "embeddings.LayerNorm")
            for layer in range(DEPTH):
                rows = self._layer(rows, f"encoder.layer.{layer}.")
            return rows

    def by_themselves(self, ids: Sequence[int] | slice) -> Rows:
        """Return the vectors of tokens as the model starts from them, wherever they stand in a text."""
        weights = self._weights
        words = weights["embeddings.word_embeddings.weight"][ids]
        return self._normalise(words + weights["embeddings.token_type_embeddings.weight"][0], "embeddings.LayerNorm")

    def _layer(self, rows: Rows, name: str) -> Rows:
        """Return the rows after one layer: attention of each token to all, then the feed-forward part."""
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

    def _linear(self, rows: Rows, name: str) -> Rows:
        return rows @ self._weights[f"{name}.weight"].T + self._weights[f"{name}.bias"]

    def _normalise(self, rows: Rows, name: str) -> Rows:
        centred = rows - rows.mean(axis=-1, keepdims=True)
        deviation = np.sqrt((centred**2).mean(axis=-1, keepdims=True) + np.float32(_EPSILON))
        return centred / deviation * self._weights[f"{name}.weight"] + self._weights[f"{name}.bias"]


@lru_cache(maxsize=1)
def _one_thread() -> ThreadpoolController:
    return ThreadpoolController()


def _gelu(values: Rows) -> Rows:
    """Return the Gaussian error linear unit in its tanh form (Hendrycks and Gimpel, 2016)."""
    inner = np.float32(np.sqrt(2 / np.pi)) * (values + np.float32(0.044715) * values * values * values)
    return np.float32(0.5) * values * (1 + np.tanh(inner))


@lru_cache(maxsize=1)
def packaged_weights() -> Mapping[str, Rows]:
    """Return the packaged model's weights by name. Raises RolemapError where it is missing or not the published one."""
    from safetensors.numpy import load_file

    folder = packaged_model_folder()
    check_packaged_model(folder)
    return load_file(folder / "model.safetensors")


def packaged_word_vectors(words: Sequence[str]) -> Rows:
    """Return one unit row a word: what the packaged model knows of it outside any sentence."""
    layers, tokenizer = Layers(packaged_weights()), packaged_tokenizer()
    pieces = [tokenizer.encode(word, add_special_tokens=False).ids for word in words]
    rows = np.stack([layers.by_themselves(ids or [0]).mean(axis=0) for ids in pieces])
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)


@lru_cache(maxsize=1)
def packaged_tokenizer() -> Tokenizer:
    """Return the packaged model's tokenizer, which neither cuts nor pads."""
    tokenizer = Tokenizer.from_file(str(packaged_model_folder() / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer
