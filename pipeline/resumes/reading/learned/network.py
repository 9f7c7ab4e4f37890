"""The trained network: what each line of a resume is, and what each word of its headings says.

Lines and words come as sets of features (`line_features`, `token_features`), whose vectors are added up. Convolutions
(as in ConvNeXt: Liu et al., 2022) tell each of its neighbours; attention (Vaswani et al., 2017) lets each look at all
others, so that what repeats down the page is read alike; convolutions again sum up. Words are read with what is known
of their lines. `pipeline/resumes/training` trains it; here are the sums alone.
"""

import io
import json
import lzma
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

WEIGHTS = Path(__file__).parent.parent.parent.parent / "data" / "resume_reader"
FILE = WEIGHTS / "network.npz.xz"
HEADS = 4
MOST = 2_000  # lines or words that are compared with one another, whose cost grows with the square
Array = NDArray[np.float32]
Ids = Sequence[NDArray[np.int64]]


def ids_of(features: Sequence[str], buckets: int) -> NDArray[np.int64]:
    """Return the row of each feature in a table of vectors; features may share one."""
    return np.array([crc32(feature.encode()) % buckets for feature in features], dtype=np.int64)


@dataclass(frozen=True)
class Network:
    """The weights by name, and the labels of lines and words in the order of the last layers."""

    weights: Mapping[str, Array]
    lines: tuple[str, ...]
    words: tuple[str, ...]

    def in_order(self, kind: str, probabilities: Array, linked: Sequence[bool]) -> tuple[list[int], list[float]]:
        """Return the likeliest labels of lines or words one after the other, with their probabilities."""
        return in_sequence(probabilities, self.weights[f"{kind}.follow"], linked)

    def read_lines(self, features: Sequence[Sequence[str]]) -> tuple[Array, Array]:
        """Return the probability of each label for each line, and what is known of each line, for its words."""
        known = self._encoded("line", self._embedded("line", features))
        return _softmax(self._dense("line.out", known)), known

    def read_words(self, features: Sequence[Sequence[str]], places: Sequence[int], known: Array) -> Array:
        """Return the probability of each tag for each word; `places` are the words' lines, as rows of `known`."""
        above = known[np.asarray(places, dtype=np.int64)] @ self.weights["word.line.weight"].T
        read = self._encoded("word", self._embedded("word", features, above))
        return _softmax(self._dense("word.out", read))

    def _embedded(self, name: str, features: Sequence[Sequence[str]], more: Array | float = 0.0) -> Array:
        table = self.weights[f"{name}.table.weight"]
        rows = [table[ids_of(one, len(table))].sum(axis=0) / np.sqrt(max(len(one), 1)) for one in features]
        added = np.maximum(self._dense(f"{name}.first", np.stack(rows)) + more, 0.0)
        return np.asarray(added, dtype=np.float32)

    def _dense(self, name: str, rows: Array) -> Array:
        return rows @ self.weights[f"{name}.weight"].T + self.weights[f"{name}.bias"]

    def _encoded(self, name: str, rows: Array) -> Array:
        """Read rows in their order; of more than any resume has, stretches are read each by itself."""
        parts = [self._read(name, rows[start : start + MOST]) for start in range(0, len(rows), MOST)]
        return np.concatenate(parts)

    def _read(self, name: str, rows: Array) -> Array:
        for block in ("near1", "near2"):
            rows = self._with_neighbours(f"{name}.{block}", rows)
        rows = rows + self._attended(f"{name}.attention", self._normed(f"{name}.norm", rows))
        for block in ("near3", "near4"):
            rows = self._with_neighbours(f"{name}.{block}", rows)
        return rows

    def _with_neighbours(self, name: str, rows: Array) -> Array:
        """Add what the neighbours of each row say: a convolution of each column, then two layers over all columns."""
        weights = self.weights[f"{name}.beside.weight"][:, 0].T  # a row for each of the places
        reach = len(weights) // 2
        wide = np.pad(self._normed(f"{name}.norm", rows), ((reach, reach), (0, 0)))
        near = sum(wide[place : place + len(rows)] * weights[place] for place in range(len(weights)))
        inner = np.maximum(self._dense(f"{name}.inner", near + self.weights[f"{name}.beside.bias"]), 0.0)
        return rows + self._dense(f"{name}.outer", inner)

    def _normed(self, name: str, rows: Array) -> Array:
        centred = rows - rows.mean(axis=1, keepdims=True)
        scaled = centred / np.sqrt((centred**2).mean(axis=1, keepdims=True) + 1e-5)
        return scaled * self.weights[f"{name}.weight"] + self.weights[f"{name}.bias"]

    def _attended(self, name: str, rows: Array) -> Array:
        asked, keys, values = np.split(
            rows @ self.weights[f"{name}.in_proj_weight"].T + self.weights[f"{name}.in_proj_bias"], 3, axis=1
        )
        width = rows.shape[1] // HEADS
        parts = []
        for head in range(HEADS):
            own = slice(head * width, (head + 1) * width)
            parts.append(_softmax(asked[:, own] @ keys[:, own].T / np.sqrt(width)) @ values[:, own])
        return self._dense(f"{name}.out_proj", np.concatenate(parts, axis=1).astype(np.float32))


def in_sequence(probabilities: Array, follow: Array, linked: Sequence[bool]) -> tuple[list[int], list[float]]:
    """Return the likeliest labels of a sequence, and how probable each is in view of its neighbours.

    `follow` holds how much likelier than by chance one label follows another, as logarithms, shape (before, after);
    `linked` says which items go on from the one before. The sums are those of hidden Markov models (Rabiner, 1989).
    """
    own = np.log(np.maximum(probabilities, 1e-6))
    count, size = own.shape
    ties = np.zeros((size, size), dtype=np.float32)
    best, ahead, behind = own.copy(), own.copy(), np.zeros_like(own)
    back = np.zeros((count, size), dtype=np.int64)
    for index in range(1, count):
        tie = follow if linked[index] else ties
        steps = best[index - 1][:, None] + tie
        back[index] = steps.argmax(axis=0)
        best[index] += steps.max(axis=0)
        ahead[index] += np.logaddexp.reduce(ahead[index - 1][:, None] + tie, axis=0)
    for index in range(count - 2, -1, -1):
        tie = follow if linked[index + 1] else ties
        behind[index] = np.logaddexp.reduce(tie + (own[index + 1] + behind[index + 1])[None, :], axis=1)
    labels = [int(best[-1].argmax())]
    for index in range(count - 1, 0, -1):
        labels.append(int(back[index][labels[-1]]))
    labels.reverse()
    whole = _softmax(ahead + behind)
    return labels, [float(whole[index, label]) for index, label in enumerate(labels)]


def _softmax(rows: Array) -> Array:
    raised = np.exp(rows - rows.max(axis=1, keepdims=True))
    return raised / raised.sum(axis=1, keepdims=True)


@cache
def network() -> Network:
    """Return the packed network."""
    return unpacked(FILE.read_bytes())


def unpacked(data: bytes) -> Network:
    """Return the network that was packed."""
    with np.load(io.BytesIO(lzma.decompress(data))) as arrays:
        labels = json.loads(bytes(arrays["labels"]))
        weights = {}
        for name in arrays.files:
            if name == "labels" or name.endswith(".scale"):
                continue
            values = arrays[name].astype(np.float32)
            weights[name] = values * arrays[f"{name}.scale"].astype(np.float32) if ".table." in name else values
    return Network(weights, tuple(labels["lines"]), tuple(labels["words"]))
