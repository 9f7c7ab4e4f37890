"""Trains the fact guard's judge: python -m benchmarks.guard_training [--pairs FILE ...] [--folds 5 | --write].

The pairs of the fixtures are trained on, but for those that tests keep for themselves, with generated ones and those of
the files named. Without `--write`, the figures of a cross-validation by resume are printed.
"""

import argparse
import json
import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from benchmarks.guard_generator import generated_pairs
from benchmarks.guard_pairs import Pair, fixture_pairs, stored_pairs
from pipeline.bullet_rewriter.fact_guard import guard
from pipeline.bullet_rewriter.fact_guard.features import PairFeatures
from pipeline.bullet_rewriter.fact_guard.form import check_form
from pipeline.bullet_rewriter.fact_guard.judge import MODEL, Judge, features_of
from pipeline.bullet_rewriter.fact_guard.reading import one_lexicon, read_text
from pipeline.embedding import load_word_encoder

AXES = 24
HIDDEN = 48
VOTERS = 5
EPOCHS = 36
BATCH = 128
BLOCKED = 0.985  # share of the inventions that the threshold must block
KEPT_FOR_TESTS = frozenset({9, 14})  # batches of the fixtures that no judge is trained on
Floats = NDArray[np.float32]


@dataclass(frozen=True)
class Example:
    """A pair as the judge sees it, with the kinds of hard facts that decide before it is asked."""

    pair: Pair
    features: PairFeatures
    hard: frozenset[str]

    @property
    def is_blocked(self) -> bool:
        """Tell whether a hard fact decides."""
        return bool(self.hard)


def vocabulary_axes(count: int = AXES) -> Floats:
    """Return the directions in which the words of the vocabulary differ most, scaled to unit deviation."""
    words = load_word_encoder().by_themselves(slice(1996, 16000))  # whole words, the rarest left out
    unit = words / np.linalg.norm(words, axis=1, keepdims=True)
    centred = unit - unit.mean(axis=0)
    _, _, axes = np.linalg.svd(centred, full_matrices=False)
    return np.round(axes[:count] / (centred @ axes[:count].T).std(axis=0)[:, None], 3).astype(np.float32)


def read_examples(pairs: Sequence[Pair], axes: Floats) -> list[Example]:
    """Return the pairs with their features."""
    examples = []
    with one_lexicon():
        for pair in pairs:
            grounds = guard._job_grounds(pair.resume, pair.work_index)
            source, rewrite = read_text(pair.source), read_text(pair.rewritten)
            if not source.words or not rewrite.words:
                continue
            found = [*check_form(pair.source, pair.rewritten), *guard.hard_facts(source, rewrite, grounds)]
            hard = frozenset(one.kind for one in found)
            examples.append(Example(pair, features_of(source, rewrite, grounds, axes), hard))
    return examples


class Net(torch.nn.Module):
    """One voter: the same arithmetic as the judge's, to be trained."""

    def __init__(self, width: int, whole: int) -> None:
        super().__init__()
        self.parts = torch.nn.ModuleDict(
            {
                f"{side}_{name}": torch.nn.Linear(*size)
                for side in ("said", "given")
                for name, size in (("hidden", (width, HIDDEN)), ("out", (HIDDEN, 1)))
            }
        )
        self.whole = torch.nn.Linear(whole, 1)
        self.dropout = torch.nn.Dropout(0.2)
        for side in ("said", "given"):
            out: Any = self.parts[f"{side}_out"]
            torch.nn.init.constant_(out.bias, -3.0)

    def forward(self, said: Any, given: Any, said_mask: Any, given_mask: Any, whole: Any) -> Any:
        """Return the doubt of each pair."""
        doubt = torch.nn.functional.softplus(self.whole(whole)[..., 0])
        for side, rows, mask in (("said", said, said_mask), ("given", given, given_mask)):
            hidden = self.dropout(torch.tanh(self.parts[f"{side}_hidden"](self.dropout(rows))))
            logits = self.parts[f"{side}_out"](hidden)[..., 0]
            doubt = doubt + (torch.nn.functional.softplus(logits) * mask).sum(dim=1)
        return doubt

    def stored(self) -> dict[str, Any]:
        """Return the weights as the judge reads them: the bias is the last row."""
        layers: dict[str, Any] = {**dict(self.parts.items()), "whole": self.whole}
        return {
            name: np.vstack([layer.weight.detach().numpy().T, layer.bias.detach().numpy()[None]]).squeeze()
            for name, layer in layers.items()
        }


def _padded(rows: Sequence[Floats]) -> tuple[Any, Any]:
    longest = max(len(own) for own in rows)
    stacked = np.zeros((len(rows), longest, rows[0].shape[1]), dtype=np.float32)
    mask = np.zeros((len(rows), longest), dtype=np.float32)
    for n, own in enumerate(rows):
        stacked[n, : len(own)], mask[n, : len(own)] = own, 1
    return torch.from_numpy(stacked), torch.from_numpy(mask)


def train(examples: Sequence[Example], axes: Floats, voters: int = VOTERS) -> dict[str, Any]:
    """Return a judge trained on the examples, as it is stored, with a threshold of nothing."""
    rows = np.vstack([side for one in examples for side in (one.features.said, one.features.given)])
    wholes = np.stack([one.features.whole for one in examples])
    centre, scale = rows.mean(axis=0), rows.std(axis=0) + 1e-3
    whole_centre, whole_scale = wholes.mean(axis=0), wholes.std(axis=0) + 1e-3
    said, said_mask = _padded([(one.features.said - centre) / scale for one in examples])
    given, given_mask = _padded([(one.features.given - centre) / scale for one in examples])
    whole = torch.from_numpy((wholes - whole_centre) / whole_scale)
    labels = torch.tensor([float(one.pair.is_fabricated) for one in examples])
    nets = []
    for seed in range(voters):
        torch.manual_seed(seed)
        net = Net(said.shape[2], whole.shape[1])
        _fit(net, (said, given, said_mask, given_mask, whole), labels, seed)
        nets.append({name: _short(values) for name, values in net.stored().items()})
    centres = {"centre": centre, "scale": scale, "whole_centre": whole_centre, "whole_scale": whole_scale}
    return {"axes": _short(axes), **{n: _short(v) for n, v in centres.items()}, "voters": nets, "threshold": 0.0}


def _short(values: Floats) -> Any:
    return np.round(np.asarray(values, dtype=np.float64), 4).tolist()


def _fit(net: Net, inputs: tuple[Any, ...], labels: Any, seed: int) -> None:
    optimiser = torch.optim.AdamW(net.parameters(), lr=4e-3, weight_decay=1e-2)
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimiser, EPOCHS)
    order = torch.Generator().manual_seed(seed)
    net.train()
    for _ in range(EPOCHS):
        for some in torch.randperm(len(labels), generator=order).split(BATCH):
            doubt = net(*(part[some] for part in inputs)).clamp(min=1e-5)
            losses = torch.where(labels[some] > 0, -torch.log1p(-torch.exp(-doubt)), doubt)
            optimiser.zero_grad()
            losses.mean().backward()
            optimiser.step()
        schedule.step()
    net.eval()


def cross_validated(examples: Sequence[Example], made: Sequence[Example], axes: Floats, folds: int) -> Floats:
    """Return the doubt of each example by a judge that saw no pair of the same resume, nor any made of one."""
    groups = sorted({one.pair.group for one in examples})
    random.Random(1).shuffle(groups)
    fold_of = {group: n % folds for n, group in enumerate(groups)}
    doubts = np.zeros(len(examples), dtype=np.float32)
    for fold in range(folds):
        seen = [one for one in [*examples, *made] if fold_of[one.pair.group] != fold]
        judge = Judge(train(trainable(seen), axes, voters=2))
        for n, one in enumerate(examples):
            if fold_of[one.pair.group] == fold:
                doubts[n] = judge.doubt(one.features).total
    return doubts


def trainable(examples: Sequence[Example]) -> list[Example]:
    """Leave out the inventions of figures alone: their words may be those of the source."""
    figures = {"number", "period", "form"}
    return [one for one in examples if not (one.pair.is_fabricated and one.hard and one.hard <= figures)]


def passed_at(examples: Sequence[Example], doubts: Floats, blocked: float) -> tuple[float, float]:
    """Return the threshold at which a share of the inventions is blocked, and the share of true ones let through."""
    doubted = np.where([one.is_blocked for one in examples], np.inf, doubts)
    fabricated = np.array([one.pair.is_fabricated for one in examples])
    threshold = float(np.quantile(doubted[fabricated], 1 - blocked, method="lower"))
    return threshold, float((doubted[~fabricated] < threshold).mean())


def report(name: str, examples: Sequence[Example], doubts: Floats) -> None:
    """Print what hard facts decide, and what the judge lets through at several shares of inventions blocked."""
    blocked = {label: [e.is_blocked for e in examples if e.pair.is_fabricated == label] for label in (True, False)}
    line = [
        f"{name}: {len(examples)} pairs, hard facts block {np.mean(blocked[True]):.3f} / {np.mean(blocked[False]):.3f}"
    ]
    for share in (0.97, 0.98, 0.985, 0.99):
        threshold, passed = passed_at(examples, doubts, share)
        line.append(f"{share}: {passed:.3f} (at {threshold:.2f})")
    print("; ".join(line))


def train_and_report(
    known: dict[str, list[Example]], made: Sequence[Example], axes: Floats, folds: int
) -> dict[str, Any]:
    """Return a judge trained on everything, with the threshold that a cross-validation gives; print its figures."""
    examples = [one for own in known.values() for one in own]
    doubts = cross_validated(examples, made, axes, folds)
    start = 0
    for name, own in known.items():
        report(name, own, doubts[start : start + len(own)])
        start += len(own)
    # The fixtures are lighter rewrites than a model's: where there are others, those set the threshold.
    first = len(known["fixtures"]) if len(known) > 1 else 0
    stored = train(trainable([*examples, *made]), axes)
    stored["threshold"] = round(passed_at(examples[first:], doubts[first:], BLOCKED)[0], 3)
    return stored


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pairs", type=Path, nargs="*", default=[])
    parser.add_argument("--folds", type=int, default=3)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    torch.set_num_threads(1)
    axes = vocabulary_axes()
    pairs = {"fixtures": [one for one in fixture_pairs() if one.batch not in KEPT_FOR_TESTS]}
    pairs |= {path.stem: list(stored_pairs(path)) for path in options.pairs}
    made = list(generated_pairs([one for own in pairs.values() for one in own]))
    known = {name: read_examples(own, axes) for name, own in pairs.items()}
    stored = train_and_report(known, read_examples(made, axes), axes, options.folds)
    if options.write:
        MODEL.write_text(json.dumps(stored, separators=(",", ":")) + "\n", encoding="utf-8")
        print(f"written to {MODEL}, {MODEL.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
