"""A fast encoder distilled from a precise one: one vector a token, a text being their weighted mean.

Each token of the vocabulary is encoded by itself once; the vectors are turned onto their principal axes and weighed
down for common tokens (smooth inverse frequency: Arora, Liang and Ma, 2017, with frequencies by Zipf's law from the
token's rank, as the model2vec project does). Reading a text then takes no matrix product at all.
"""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from pipeline.core import ContentCache, content_key

DIMENSIONS = 256
SMOOTH = 1e-4  # the weight's constant in smooth inverse frequency
MAX_TOKENS = 512
TABLE_KIND = "static-table-v2"
CHUNK = 256  # texts between two reports


class StaticEncoder:
    """Looks token vectors up and averages them; what it returns depends on the text alone."""

    def __init__(self, tokenizer: Tokenizer, table: NDArray[np.float32]) -> None:
        self._tokenizer = tokenizer
        self._table = table

    def encode(self, texts: Sequence[str], on_done: Callable[[int], None] = lambda count: None) -> NDArray[Any]:
        """Return one row a text."""
        rows = np.zeros((len(texts), self._table.shape[1]), dtype=np.float64)
        for start in range(0, len(texts), CHUNK):
            part = texts[start : start + CHUNK]
            for row, encoding in zip(
                rows[start:], self._tokenizer.encode_batch_fast(list(part), add_special_tokens=False), strict=False
            ):
                tokens = encoding.ids[:MAX_TOKENS]
                if tokens:
                    row[:] = self._table[tokens].mean(axis=0, dtype=np.float64)
            on_done(len(part))
        return rows


def load_static_encoder(
    tokenizer_file: str, name: str, cache: ContentCache | None, encode: Callable[[list[str]], NDArray[Any]]
) -> StaticEncoder:
    """Return the encoder distilled from `encode`; the table comes from the cache when it was made before."""
    tokenizer = Tokenizer.from_file(tokenizer_file)
    tokenizer.no_truncation()
    tokenizer.no_padding()
    key = content_key(name, str(DIMENSIONS))
    stored = cache.get_many(TABLE_KIND, [key]).get(key) if cache else None
    if stored is not None:
        table = np.frombuffer(stored, dtype="<f4").reshape(-1, DIMENSIONS)
        return StaticEncoder(tokenizer, table)
    tokens = [tokenizer.id_to_token(index) or "" for index in range(tokenizer.get_vocab_size())]
    table = distil(encode([token.removeprefix("##") for token in tokens]))
    if cache:
        cache.put_many(TABLE_KIND, {key: table.tobytes()})
    return StaticEncoder(tokenizer, table)


def distil(vectors: NDArray[Any]) -> NDArray[np.float32]:
    """Return the table of token vectors, given each token's own vector in the order of the vocabulary.

    Shape: (tokens, `DIMENSIONS`).
    """
    from sklearn.decomposition import PCA

    turned = PCA(DIMENSIONS, svd_solver="full").fit_transform(np.asarray(vectors, dtype=np.float64))
    frequency = 1 / (np.arange(len(turned)) + 2)
    frequency /= frequency.sum()
    weight = SMOOTH / (SMOOTH + frequency)
    return np.asarray(np.round(turned * weight[:, None], 6), dtype="<f4")
