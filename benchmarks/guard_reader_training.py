"""Trains the reader of pairs: the packaged model learns whether a rewrite says no more than its sentence, and where.

It learns to compare from generated pairs, whose faults are known word by word, and then what people mean from pairs
that were written. All layers but the table of words are trained; what changed is stored in one byte a weight.
"""

import copy
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from pipeline.embedding import packaged_model_folder
from pipeline.embedding.pair_reader import STEP

BATCH = 24
RATE, HEAD_RATE = 1.5e-4, 1e-3
SMOOTHING = 0.02  # a label is never quite certain
BUCKETS = 16  # batches that are sorted by length together, so that little is padded
PIECES = 128
WORDS_WEIGHT = 5.0  # of the words' own labels beside the pair's
RANKING_WEIGHT = 0.5  # of the order of a sentence's rewrites beside the pair's label
MARGIN = 1.0  # by which the logarithm of an untrue rewrite's doubt must exceed that of a true one

Spans = Sequence[tuple[int, int]]


@dataclass(frozen=True)
class Example:
    """A sentence, a rewrite, whether it is true, and where it is at fault if that is known."""

    source: str
    rewritten: str
    is_true: bool
    said: Spans | None = None
    given: Spans | None = None
    group: str = ""  # what rewrites of one sentence share, so that they are compared with one another


class Reader(torch.nn.Module):
    """The packaged model and three lines on top: doubt of the pair, of each piece said, and of each piece given."""

    def __init__(self) -> None:
        from transformers import AutoModel, AutoTokenizer

        super().__init__()
        folder = str(packaged_model_folder())
        self.tokenizer: Any = AutoTokenizer.from_pretrained(folder)
        self.model: Any = AutoModel.from_pretrained(folder)
        for name, values in self.model.named_parameters():
            values.requires_grad = not any(part in name for part in ("word_embeddings", "position", "pooler"))
        size = self.model.config.hidden_size
        self.dropout = torch.nn.Dropout(0.1)
        self.pair, self.words = torch.nn.Linear(2 * size, 1), torch.nn.Linear(size, 2)
        torch.nn.init.constant_(self.pair.bias, -1.0)
        torch.nn.init.constant_(self.words.bias, -5.0)

    def forward(self, examples: Sequence[Example]) -> tuple[Any, Any, Any]:
        """Return a doubt a pair, logits of the pieces, and their labels: 1 at fault, 0 not, -1 not known."""
        given = self.tokenizer(
            [one.source for one in examples], [one.rewritten for one in examples],
            padding=True, truncation=True, max_length=PIECES, return_tensors="pt", return_offsets_mapping=True,
        )  # fmt: skip
        offsets = given.pop("offset_mapping")
        rows = self.model(**given).last_hidden_state.float()
        mask = given["attention_mask"].unsqueeze(-1).float()
        pooled = torch.cat([rows[:, 0], (rows * mask).sum(1) / mask.sum(1)], dim=1)
        kinds = given["token_type_ids"]
        logits = self.words(self.dropout(rows)).gather(2, (1 - kinds).unsqueeze(-1))[..., 0]
        is_piece = (offsets[..., 1] > offsets[..., 0]).float()
        softplus = torch.nn.functional.softplus
        doubt = softplus(self.pair(self.dropout(pooled)))[:, 0] + (softplus(logits) * is_piece).sum(dim=1)
        return doubt, logits, _labels(examples, offsets, kinds)


def _labels(examples: Sequence[Example], offsets: Any, kinds: Any) -> Any:
    labels = torch.full(offsets.shape[:2], -1.0)
    for n, one in enumerate(examples):
        for kind, spans in ((0, one.given), (1, one.said)):
            if spans is None:
                continue
            for piece in torch.nonzero((kinds[n] == kind) & (offsets[n, :, 1] > offsets[n, :, 0]))[:, 0].tolist():
                start, end = offsets[n, piece].tolist()
                labels[n, piece] = float(any(begin < end and start < stop for begin, stop in spans))
    return labels


def train_reader(
    examples: Sequence[Example], *, epochs: int, start: Reader | None = None, rate: float = RATE, seed: int = 0
) -> Reader:
    """Return a reader trained on the examples, from the packaged model or from one trained before."""
    torch.manual_seed(seed)
    chance = random.Random(seed)
    reader = copy.deepcopy(start) if start else Reader()
    trained = [values for values in reader.model.parameters() if values.requires_grad]
    heads = [*reader.pair.parameters(), *reader.words.parameters()]
    groups: list[dict[str, Any]] = [{"params": trained, "lr": rate}, {"params": heads, "lr": HEAD_RATE}]
    optimiser = torch.optim.AdamW(groups, weight_decay=0.01, fused=True)
    steps = epochs * (len(examples) // BATCH + len(examples) // BATCH // BUCKETS + BUCKETS)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, [rate, HEAD_RATE], total_steps=steps, pct_start=0.1)
    reader.train()
    for epoch in range(epochs):
        losses = []
        for batch in _batches(examples, chance):
            losses.append(_step(reader, batch, optimiser, schedule))
            if len(losses) % 100 == 0:
                print(f"  {len(losses) * BATCH} pairs: loss {np.mean(losses[-100:]):.3f}", flush=True)
        print(f"reader, epoch {epoch + 1} of {epochs}: loss {np.mean(losses):.3f}", flush=True)
    return reader.eval()


def _batches(examples: Sequence[Example], chance: random.Random) -> Iterator[list[Example]]:
    """Yield batches of like length in any order; rewrites of one sentence stand together."""
    groups: dict[str, list[Example]] = {}
    for n, one in enumerate(examples):
        groups.setdefault(one.group or str(n), []).append(one)
    batches: list[list[Example]] = []
    room: list[list[Example]] = []
    for group in chance.sample(list(groups.values()), len(groups)):
        room.append(group)
        if sum(map(len, room)) >= BATCH * BUCKETS:
            batches += _cut(room)
            room = []
    batches += _cut(room)
    chance.shuffle(batches)
    yield from batches


def _cut(groups: list[list[Example]]) -> list[list[Example]]:
    ordered = sorted(groups, key=lambda group: max(len(one.source) + len(one.rewritten) for one in group))
    flat = [one for group in ordered for one in group]
    return [flat[at : at + BATCH] for at in range(0, len(flat), BATCH)]


def _step(reader: Reader, batch: Sequence[Example], optimiser: Any, schedule: Any) -> float:
    with torch.autocast("cpu", torch.bfloat16):
        doubt, logits, labels = reader(batch)
    doubt = doubt.float().clamp(min=1e-4)
    is_true = torch.tensor([float(one.is_true) for one in batch]) * (1 - 2 * SMOOTHING) + SMOOTHING
    of_pairs = is_true * doubt - (1 - is_true) * torch.log1p(-torch.exp(-doubt) + 1e-6)
    known = labels >= 0
    of_words = torch.nn.functional.binary_cross_entropy_with_logits(logits.float()[known], labels[known])
    loss: Any = of_pairs.mean() + WORDS_WEIGHT * of_words + RANKING_WEIGHT * _misordered(doubt, batch)
    optimiser.zero_grad()
    loss.backward()
    torch.nn.utils.clip_grad_norm_(reader.parameters(), 1.0)
    optimiser.step()
    schedule.step()
    return float(of_pairs.mean().detach())


def _misordered(doubt: Any, batch: Sequence[Example]) -> Any:
    """Return the loss by the order within a sentence: each true rewrite is to be doubted less than each untrue one."""
    pairs = [
        (n, m)
        for n, true in enumerate(batch)
        for m, untrue in enumerate(batch)
        if true.group and true.group == untrue.group and true.is_true and not untrue.is_true
    ]
    if not pairs:
        return doubt.sum() * 0
    true, untrue = (torch.tensor(places) for places in zip(*pairs, strict=True))
    return torch.nn.functional.softplus(MARGIN + doubt[true].log() - doubt[untrue].log()).mean()


def stored_changes(reader: Reader) -> dict[str, NDArray[Any]]:
    """Return what training changed: matrices as one byte a number with a step for each row, all else as it is."""
    from transformers import AutoModel

    before = AutoModel.from_pretrained(str(packaged_model_folder())).state_dict()
    heads = {"pair": reader.pair, "words": reader.words}
    stored: dict[str, NDArray[Any]] = {}
    for name, head in heads.items():
        stored |= {f"{name}.weight": head.weight.detach().numpy(), f"{name}.bias": head.bias.detach().numpy()}
    for name, values in reader.model.named_parameters():
        if not values.requires_grad:
            continue
        change = (values.detach() - before[name]).numpy()
        if change.ndim < 2:
            stored[name] = change
            continue
        step = np.abs(change).max(axis=1, keepdims=True) / 127 + 1e-12
        stored[name], stored[name + STEP] = np.rint(change / step).astype(np.int8), step.astype(np.float32)
    return stored
