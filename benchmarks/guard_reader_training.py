"""Trains the judge's pair reader: the packaged model learns whether a rewrite says no more than its sentence.

All layers but the table of words are trained; what changed is stored as products of two thin matrices.
"""

import random
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from pipeline.embedding import packaged_model_folder
from pipeline.embedding.pair_reader import LEFT, RIGHT

EPOCHS = 5
BATCH = 16
RATE, HEAD_RATE = 1e-4, 1e-3
SMOOTHING = 0.02  # a label is never quite certain
BUCKETS = 16  # batches that are sorted by length together, so that little is padded
RANK = 24  # of the stored changes
PIECES = 128

Example = tuple[str, str, bool]  # sentence, rewrite, whether it is true


class Reader(torch.nn.Module):
    """The packaged model and one line on top of its first token and its mean."""

    def __init__(self) -> None:
        from transformers import AutoModel, AutoTokenizer

        super().__init__()
        folder = str(packaged_model_folder())
        self.tokenizer: Any = AutoTokenizer.from_pretrained(folder)
        self.model: Any = AutoModel.from_pretrained(folder)
        for name, values in self.model.named_parameters():
            values.requires_grad = not any(part in name for part in ("word_embeddings", "position", "pooler"))
        self.dropout = torch.nn.Dropout(0.1)
        self.out = torch.nn.Linear(2 * self.model.config.hidden_size, 1)

    def forward(self, pairs: Sequence[Example]) -> Any:
        """Return a logit a pair."""
        firsts, seconds = [pair[0] for pair in pairs], [pair[1] for pair in pairs]
        given = self.tokenizer(firsts, seconds, padding=True, truncation=True, max_length=PIECES, return_tensors="pt")
        rows = self.model(**given).last_hidden_state
        mask = given["attention_mask"].unsqueeze(-1).float()
        pooled = torch.cat([rows[:, 0], (rows * mask).sum(1) / mask.sum(1)], dim=1)
        return self.out(self.dropout(pooled.float()))[:, 0]


def train_reader(pairs: Sequence[Example], *, epochs: int = EPOCHS, seed: int = 0) -> Reader:
    """Return a reader trained on the pairs."""
    torch.manual_seed(seed)
    chance = random.Random(seed)
    reader = Reader()
    trained = [values for values in reader.model.parameters() if values.requires_grad]
    groups: list[dict[str, Any]] = [
        {"params": trained, "lr": RATE},
        {"params": list(reader.out.parameters()), "lr": HEAD_RATE},
    ]
    optimiser = torch.optim.AdamW(groups, weight_decay=0.01, fused=True)
    steps = epochs * (len(pairs) // BATCH + BUCKETS)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, [RATE, HEAD_RATE], total_steps=steps, pct_start=0.1)
    reader.train()
    for epoch in range(epochs):
        losses = [_step(reader, batch, optimiser, schedule) for batch in _batches(pairs, chance)]
        print(f"reader, epoch {epoch + 1} of {epochs}: loss {np.mean(losses):.3f}", flush=True)
    return reader.eval()


def _batches(pairs: Sequence[Example], chance: random.Random) -> Iterator[list[Example]]:
    order = chance.sample(list(pairs), len(pairs))
    size = BATCH * BUCKETS
    batches = []
    for start in range(0, len(order), size):
        bucket = sorted(order[start : start + size], key=lambda pair: len(pair[0]) + len(pair[1]))
        batches += [bucket[at : at + BATCH] for at in range(0, len(bucket), BATCH)]
    chance.shuffle(batches)
    yield from batches


def _step(reader: Reader, batch: Sequence[Example], optimiser: Any, schedule: Any) -> float:
    labels = torch.tensor([float(pair[2]) for pair in batch]) * (1 - 2 * SMOOTHING) + SMOOTHING
    with torch.autocast("cpu", torch.bfloat16):
        logits = reader(batch)
    loss: Any = torch.nn.functional.binary_cross_entropy_with_logits(logits.float(), labels)
    optimiser.zero_grad()
    loss.backward()
    torch.nn.utils.clip_grad_norm_(reader.parameters(), 1.0)
    optimiser.step()
    schedule.step()
    return float(loss)


def stored_changes(reader: Reader, rank: int = RANK) -> dict[str, NDArray[np.float16]]:
    """Return what training changed: for each matrix two thin ones, the best of that rank; for all else the change."""
    from transformers import AutoModel

    before = AutoModel.from_pretrained(str(packaged_model_folder())).state_dict()
    stored = {"out.weight": reader.out.weight.detach().numpy(), "out.bias": reader.out.bias.detach().numpy()}
    for name, values in reader.model.named_parameters():
        if not values.requires_grad:
            continue
        change = (values.detach() - before[name]).numpy()
        if change.ndim < 2 or min(change.shape) <= rank:
            stored[name] = change
            continue
        left, sizes, right = np.linalg.svd(change, full_matrices=False)
        stored[name + LEFT] = left[:, :rank] * np.sqrt(sizes[:rank])
        stored[name + RIGHT] = np.sqrt(sizes[:rank])[:, None] * right[:rank]
    return {name: values.astype(np.float16) for name, values in stored.items()}
