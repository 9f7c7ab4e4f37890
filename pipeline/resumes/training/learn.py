"""Learn the network's weights from written resumes."""

import io
import json
import lzma
import random
import time
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn.utils.rnn import pad_sequence

from pipeline.resumes.reading.learned.network import HEADS, Network
from pipeline.resumes.training.examples import LINE_ROWS, WORD_ROWS, Example
from pipeline.resumes.training.marked import UNKNOWN

VECTOR, WIDTH = 40, 96
NEAR = 7  # neighbours that a convolution sees, the item itself among them
DROPPED = 0.15  # of an item's features, so that no single one is relied on
IGNORED = -100
AVERAGED = 2  # last rounds whose weights are averaged
LIMIT = 4.0  # of what one label says of the next


class Near(nn.Module):
    """Adds what the neighbours of each item say."""

    def __init__(self) -> None:
        super().__init__()
        self.norm = nn.LayerNorm(WIDTH)
        self.beside = nn.Conv1d(WIDTH, WIDTH, NEAR, padding=NEAR // 2, groups=WIDTH)
        self.inner, self.outer = nn.Linear(WIDTH, WIDTH), nn.Linear(WIDTH, WIDTH)
        self.dropout = nn.Dropout(0.1)

    def forward(self, rows: Tensor, present: Tensor) -> Tensor:
        """Return the rows; absent ones say nothing."""
        near = self.beside((self.norm(rows) * present).transpose(1, 2)).transpose(1, 2)
        return rows + self.dropout(self.outer(torch.relu(self.inner(near))))


class Reader(nn.Module):
    """Reads sets of features in order: vectors added up, neighbours, all others, neighbours again."""

    def __init__(self, rows: int, labels: int, above: int = 0) -> None:
        super().__init__()
        self.table = nn.EmbeddingBag(rows, VECTOR, mode="sum")
        nn.init.normal_(self.table.weight, std=0.15)
        self.first = nn.Linear(VECTOR, WIDTH)
        self.line = nn.Linear(above, WIDTH, bias=False) if above else None
        self.near1, self.near2, self.near3, self.near4 = Near(), Near(), Near(), Near()
        self.norm = nn.LayerNorm(WIDTH)
        self.attention = nn.MultiheadAttention(WIDTH, HEADS, batch_first=True)
        self.out = nn.Linear(WIDTH, labels)
        self.dropout = nn.Dropout(0.2)

    def forward(
        self, batch: Sequence[Sequence[np.ndarray[Any, Any]]], above: Sequence[Tensor] = ()
    ) -> tuple[Tensor, Tensor]:
        """Return logits and what is known of each item, padded: (resumes, items, ...)."""
        flat = [ids for one in batch for ids in one]
        sizes = np.array([len(ids) for ids in flat])
        numbers = np.concatenate(flat)
        if self.training:
            kept = np.random.random(len(numbers)) > DROPPED
            owners = np.repeat(np.arange(len(flat)), sizes)[kept]
            numbers, sizes = numbers[kept], np.bincount(owners, minlength=len(flat))
        offsets = torch.from_numpy(np.concatenate([[0], np.cumsum(sizes)[:-1]]))
        vectors = self.table(torch.from_numpy(numbers), offsets)
        vectors = vectors / torch.from_numpy(np.sqrt(np.maximum(sizes, 1)).astype(np.float32))[:, None]
        added = self.first(vectors)
        if self.line is not None:
            added = added + self.line(torch.cat(list(above)))
        lengths = [len(one) for one in batch]
        rows = pad_sequence(list(torch.split(self.dropout(torch.relu(added)), lengths)), batch_first=True)
        absent = torch.arange(rows.shape[1])[None, :] >= torch.tensor(lengths)[:, None]
        present = (~absent)[:, :, None].float()
        rows = self.near2(self.near1(rows, present), present)
        normed = self.norm(rows)
        rows = rows + self.attention(normed, normed, normed, key_padding_mask=absent, need_weights=False)[0]
        rows = self.near4(self.near3(rows, present), present)
        return self.out(self.dropout(rows)), rows


class Both(nn.Module):
    """The reader of lines and that of words, which knows what the first one knows of a word's line."""

    def __init__(self, lines: int, words: int) -> None:
        super().__init__()
        self.line = Reader(LINE_ROWS, lines)
        self.word = Reader(WORD_ROWS, words, above=WIDTH)

    def forward(self, batch: Sequence[Example]) -> tuple[Tensor, Tensor | None]:
        """Return the logits of lines and of words."""
        lines, known = self.line([one.lines for one in batch])
        having = [index for index, one in enumerate(batch) if one.words]
        if not having:
            return lines, None
        above = [known[index][torch.tensor(batch[index].places)] for index in having]
        words, _ = self.word([batch[index].words for index in having], above)
        return lines, words


def _targets(labels: Sequence[Sequence[str]], names: dict[str, int]) -> Tensor:
    rows = [torch.tensor([names.get(label, IGNORED) for label in one]) for one in labels]
    return pad_sequence(rows, batch_first=True, padding_value=IGNORED)


def _batches(found: list[Example], size: int, rng: random.Random) -> list[list[Example]]:
    """Return batches by chance, each of resumes about as long as one another, so that little is padded."""
    rng.shuffle(found)
    pools = [
        sorted(found[at : at + 20 * size], key=lambda one: len(one.words)) for at in range(0, len(found), 20 * size)
    ]
    batches = [pool[at : at + size] for pool in pools for at in range(0, len(pool), size)]
    rng.shuffle(batches)
    return batches


def learn(
    found: list[Example], epochs: int, start: Network | None = None, seed: int = 1, batch_size: int = 12
) -> bytes:
    """Return the packed weights learned from examples, from weights learned before where there are any.

    They are the means over the last rounds (Izmailov et al., 2018), which read layouts not seen before better.
    """
    torch.manual_seed(seed)
    np.random.seed(seed)
    torch.set_num_threads(1)
    rng = random.Random(seed)
    lines = start.lines if start else sorted({label for one in found for label in one.line_labels})
    words = start.words if start else sorted({label for one in found for label in one.word_labels} - {UNKNOWN})
    line_ids, word_ids = ({name: index for index, name in enumerate(names)} for names in (lines, words))
    model = Both(len(lines), len(words))
    if start:
        known = {name: torch.from_numpy(values) for name, values in start.weights.items() if ".follow" not in name}
        model.load_state_dict(known)
    steps = epochs * len(_batches(found, batch_size, rng))
    optimizer = torch.optim.AdamW(model.parameters(), lr=3e-3, weight_decay=1e-4)
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimizer, 2e-3 if start else 4e-3, total_steps=steps + 1, pct_start=0.15
    )
    loss_of = nn.CrossEntropyLoss(ignore_index=IGNORED, label_smoothing=0.02)
    ends: list[dict[str, Any]] = []
    began = time.time()
    for epoch in range(epochs):
        model.train()
        total = count = 0.0
        for batch in _batches(found, batch_size, rng):
            line_logits, word_logits = model(batch)
            loss = loss_of(line_logits.flatten(0, 1), _targets([one.line_labels for one in batch], line_ids).flatten())
            if word_logits is not None:
                targets = _targets([one.word_labels for one in batch if one.words], word_ids)
                loss = loss + loss_of(word_logits.flatten(0, 1), targets.flatten())
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            total, count = total + loss.item(), count + 1
        if epoch >= epochs - AVERAGED:
            ends.append({name: values.numpy().copy() for name, values in model.state_dict().items()})
        print(f"epoch {epoch + 1}: loss {total / count:.3f} after {time.time() - began:.0f} s", flush=True)
    weights: dict[str, Any] = {name: np.mean([end[name] for end in ends], axis=0) for name in ends[0]}
    weights["line.follow"] = _follow([one.line_labels for one in found], line_ids)
    weights["word.follow"] = _follow([run for one in found for run in _runs(one)], word_ids)
    return packed(weights, lines, words)


def _runs(one: Example) -> list[list[str]]:
    """Return the tags of words that nothing parts."""
    runs: list[list[str]] = []
    for tag, is_linked in zip(one.word_labels, one.linked, strict=True):
        if is_linked:
            runs[-1].append(tag)
        else:
            runs.append([tag])
    return runs


def _follow(sequences: Sequence[Sequence[str]], names: dict[str, int]) -> np.ndarray[Any, Any]:
    """Return how much likelier than by chance each label follows each, as logarithms: (before, after)."""
    counts = np.full((len(names), len(names)), 0.1)
    for one in sequences:
        for before, after in pairwise(label for label in one if label in names):
            counts[names[before], names[after]] += 1
    chance = counts.sum(axis=0) / counts.sum()
    return np.clip(np.log(counts / counts.sum(axis=1, keepdims=True) / chance), -LIMIT, LIMIT)


def packed(weights: Mapping[str, Any], lines: Sequence[str], words: Sequence[str]) -> bytes:
    """Pack weights: tables in whole numbers of eight bits, each row with its scale, all else in half precision."""
    arrays: dict[str, NDArray[Any]] = {}
    for name, values in weights.items():
        if ".table." in name:
            scale = np.abs(values).max(axis=1, keepdims=True) / 127 + 1e-12
            arrays[name] = np.round(values / scale).astype(np.int8)
            arrays[f"{name}.scale"] = scale.astype(np.float16)
        else:
            arrays[name] = values.astype(np.float16)
    labels = json.dumps({"lines": list(lines), "words": list(words)}).encode()
    out = io.BytesIO()
    np.savez(out, labels=np.frombuffer(labels, dtype=np.uint8), **arrays)  # type: ignore[arg-type]
    return lzma.compress(out.getvalue(), preset=9)
