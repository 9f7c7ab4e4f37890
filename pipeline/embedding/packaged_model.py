"""The packaged model's own arithmetic: a small BERT, written out.

The libraries that know every model take five seconds of processor time to load. What it computes is
the encoder of Devlin et al. (2019), with the mean of the tokens' last vectors as the text's.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from torch import Tensor

Precision = Literal["float32", "bfloat16"]

FEWEST_ROWS = 8  # tokens at once: products of fewer rows are summed in another order
LAYERS, HEADS, EPSILON = 6, 12, 1e-12  # as its config.json has them


class PackagedModel:
    """The model, which reads texts of one length in tokens at once.

    With "bfloat16" the factors of matrix products keep eight bits of their fractions, while what is summed over layers
    and tokens keeps all of its own.
    """

    def __init__(self, folder: Path, precision: Precision, max_tokens: int) -> None:
        """Raises OSError."""
        import torch
        from safetensors.torch import load_file
        from tokenizers import Tokenizer

        self._torch = torch
        self._kind = torch.bfloat16 if precision == "bfloat16" else torch.float32
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.enable_truncation(max_tokens)
        self._tokenizer.no_padding()
        weights = load_file(folder / "model.safetensors")
        words = weights["embeddings.word_embeddings.weight"]
        self._words = words + weights["embeddings.token_type_embeddings.weight"][0]
        self._places = weights["embeddings.position_embeddings.weight"]
        self._first_norm = _named(weights, "embeddings.LayerNorm")
        self._layers = [self._layer(weights, f"encoder.layer.{number}") for number in range(LAYERS)]

    def _layer(self, weights: dict[str, "Tensor"], name: str) -> tuple[Any, ...]:
        own = [_named(weights, f"{name}.attention.self.{part}") for part in ("query", "key", "value")]
        asking = tuple(self._torch.cat(parts) for parts in zip(*own, strict=True))
        answer, widen, narrow = (
            _named(weights, f"{name}.{part}.dense") for part in ("attention.output", "intermediate", "output")
        )
        products = [tuple(part.to(self._kind) for part in pair) for pair in (asking, answer, widen, narrow)]
        return (
            *products,
            _named(weights, f"{name}.attention.output.LayerNorm"),
            _named(weights, f"{name}.output.LayerNorm"),
        )

    def prepared(self, texts: Sequence[str]) -> list[tuple[int, list[int]]]:
        """Return how many tokens each text has, and which."""
        return [(len(encoding.ids), encoding.ids) for encoding in self._tokenizer.encode_batch(list(texts))]

    def vectors(self, texts: Sequence[list[int]]) -> NDArray[Any]:
        """Return one row for each of some texts that have equally many tokens."""
        function = self._torch.nn.functional
        copies = -(-FEWEST_ROWS // (len(texts) * len(texts[0])))
        with self._torch.inference_mode():
            ids = self._torch.tensor([*texts] * copies)
            rows = self._normed(self._words[ids] + self._places[: ids.shape[1]], self._first_norm)
            for asking, answer, widen, narrow, inner_norm, outer_norm in self._layers:
                parts = function.linear(rows.to(self._kind), *asking).view(*ids.shape, 3, HEADS, -1)
                query, key, value = parts.permute(2, 0, 3, 1, 4)
                seen = function.scaled_dot_product_attention(query, key, value).transpose(1, 2).flatten(2)
                rows = self._normed(rows + function.linear(seen, *answer), inner_norm)
                wide = function.gelu(function.linear(rows.to(self._kind), *widen))
                rows = self._normed(rows + function.linear(wide, *narrow), outer_norm)
            return np.asarray(rows.mean(dim=1))[: len(texts)]

    def _normed(self, rows: "Tensor", norm: tuple["Tensor", "Tensor"]) -> "Tensor":
        return self._torch.nn.functional.layer_norm(rows, rows.shape[-1:], *norm, EPSILON)


def _named(weights: dict[str, "Tensor"], name: str) -> tuple["Tensor", "Tensor"]:
    return weights[f"{name}.weight"], weights[f"{name}.bias"]
