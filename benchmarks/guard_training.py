"""Trains both parts of the fact guard's judge: python -m benchmarks.guard_training [--pairs FILE ...].

They learn from the pairs of the fixtures, the lessons, those of the files named, and pairs generated from all of these.
Pairs of resumes that neither of them has seen set the threshold.
"""

import argparse
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from benchmarks.guard_generator import generated_pairs
from benchmarks.guard_pairs import Pair, fixture_pairs, lesson_pairs, stored_pairs
from benchmarks.guard_reader_training import EPOCHS as EPOCHS_OF_READER
from benchmarks.guard_reader_training import Example as ReaderPair
from benchmarks.guard_reader_training import stored_changes, train_reader
from pipeline.bullet_rewriter.fact_guard import guard
from pipeline.bullet_rewriter.fact_guard.features import PairFeatures
from pipeline.bullet_rewriter.fact_guard.form import check_form
from pipeline.bullet_rewriter.fact_guard.judge import PAIRS, WORDS, WordJudge, features_of, pair_texts
from pipeline.bullet_rewriter.fact_guard.names import Grounds
from pipeline.bullet_rewriter.fact_guard.reading import one_lexicon, read_text
from pipeline.embedding import PairReader, load_word_encoder

AXES = 24
HIDDEN = 48
VOTERS = 5
EPOCHS = 36
BATCH = 128
BLOCKED = 0.985  # share of the inventions that the threshold must block
WEIGHT = 2.5  # of the words beside the pair
APART = 8  # one resume in so many sets the threshold
SHARE_OF_MADE = 4  # one generated pair in so many is shown to the reader, which takes longest
Floats = NDArray[np.float32]


@dataclass(frozen=True)
class Example:
    """A pair as the judge sees it, with the kinds of hard facts that decide before it is asked."""

    pair: Pair
    features: PairFeatures
    hard: frozenset[str]


def vocabulary_axes(count: int = AXES) -> Floats:
    """Return the directions in which the words of the vocabulary differ most, scaled to unit deviation."""
    words = load_word_encoder().by_themselves(slice(1996, 16000))  # whole words, the rarest left out
    unit = words / np.linalg.norm(words, axis=1, keepdims=True)
    centred = unit - unit.mean(axis=0)
    _, _, axes = np.linalg.svd(centred, full_matrices=False)
    return np.round(axes[:count] / (centred @ axes[:count].T).std(axis=0)[:, None], 3).astype(np.float32)


def job_grounds(pair: Pair) -> Grounds:
    """Return what the resume says of the pair's job."""
    return guard.job_grounds(pair.resume, pair.work_index)


def read_examples(pairs: Sequence[Pair], axes: Floats) -> list[Example]:
    """Return the pairs with their features."""
    examples = []
    with one_lexicon():
        for pair in pairs:
            grounds = job_grounds(pair)
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


def train(examples: Sequence[Example], axes: Floats, voters: int = VOTERS) -> dict[str, NDArray[Any]]:
    """Return a judge of words trained on the examples, as it is stored."""
    rows = np.vstack([side for one in examples for side in (one.features.said, one.features.given)])
    wholes = np.stack([one.features.whole for one in examples])
    centre, scale = rows.mean(axis=0), rows.std(axis=0) + 1e-3
    whole_centre, whole_scale = wholes.mean(axis=0), wholes.std(axis=0) + 1e-3
    said, said_mask = _padded([(one.features.said - centre) / scale for one in examples])
    given, given_mask = _padded([(one.features.given - centre) / scale for one in examples])
    whole = torch.from_numpy((wholes - whole_centre) / whole_scale)
    labels = torch.tensor([float(one.pair.is_fabricated) for one in examples])
    stored: dict[str, NDArray[Any]] = {}
    for seed in range(voters):
        torch.manual_seed(seed)
        net = Net(said.shape[2], whole.shape[1])
        _fit(net, (said, given, said_mask, given_mask, whole), labels, seed)
        stored |= {f"{seed}.{name}": values.astype(np.float16) for name, values in net.stored().items()}
    centres = {"centre": centre, "scale": scale, "whole_centre": whole_centre, "whole_scale": whole_scale}
    return {"axes": axes.astype(np.float16), **centres, **stored, "voters": np.array(voters)}


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


def trainable(examples: Sequence[Example]) -> list[Example]:
    """Leave out the inventions of figures alone: their words may be those of the source."""
    figures = {"number", "period", "form"}
    return [one for one in examples if not (one.pair.is_fabricated and one.hard and one.hard <= figures)]


def is_kept_apart(pair: Pair) -> bool:
    """Tell whether a pair, with all of its resume, sets the threshold and is not trained on."""
    return zlib.crc32(pair.group.encode()) % APART == 0


def reader_texts(pairs: Sequence[Pair]) -> list[ReaderPair]:
    """Return the pairs as the reader gets them."""
    with one_lexicon():
        return [
            (*pair_texts(read_text(pair.source), read_text(pair.rewritten), job_grounds(pair)), not pair.is_fabricated)
            for pair in pairs
        ]


def set_threshold(examples: Sequence[Example], words: dict[str, NDArray[Any]], pairs: dict[str, NDArray[Any]]) -> float:
    """Return from which doubt on a rewrite is held back, so that the share `BLOCKED` of inventions is."""
    word_judge, reader = WordJudge(words), PairReader(pairs)
    texts = reader_texts([one.pair for one in examples])
    doubts = np.array(
        [
            np.inf if one.hard else WEIGHT * word_judge.doubt(one.features).total - reader.answer(first, second)
            for one, (first, second, _) in zip(examples, texts, strict=True)
        ]
    )
    fabricated = np.array([one.pair.is_fabricated for one in examples])
    for share in sorted({0.95, 0.97, 0.98, 0.99, BLOCKED}):
        threshold = float(np.quantile(doubts[fabricated], 1 - share, method="lower"))
        print(
            f"{share} blocked: {np.mean(doubts[~fabricated] < threshold):.3f} let through (threshold {threshold:.2f})"
        )
    return float(np.quantile(doubts[fabricated], 1 - BLOCKED, method="lower"))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pairs", type=Path, nargs="*", default=[])
    parser.add_argument("--threshold-from", type=Path, help="pairs that set the threshold, instead of a part of all")
    parser.add_argument("--epochs", type=int, default=EPOCHS_OF_READER)
    options = parser.parse_args()
    torch.set_num_threads(1)
    axes = vocabulary_axes()
    pairs = [*fixture_pairs(), *lesson_pairs(), *(pair for path in options.pairs for pair in stored_pairs(path))]
    if options.threshold_from:
        shown, apart = pairs, list(stored_pairs(options.threshold_from))
    else:
        shown, apart = ([pair for pair in pairs if is_kept_apart(pair) == kept] for kept in (False, True))
    made = list(generated_pairs(shown))
    print(f"{len(shown)} pairs and {len(made)} made of them; {len(apart)} set the threshold", flush=True)
    examples = read_examples([*shown, *made], axes)
    words = train(trainable(examples), axes)
    some = [*shown, *made[::SHARE_OF_MADE]]
    pair_changes = stored_changes(train_reader(reader_texts(some), epochs=options.epochs))
    threshold = set_threshold(read_examples(apart, axes), words, pair_changes)
    np.savez_compressed(WORDS, **words, weight=np.array(WEIGHT), threshold=np.array(round(threshold, 3)))
    np.savez_compressed(PAIRS, **pair_changes)
    print(f"written to {WORDS} and {PAIRS}")


if __name__ == "__main__":
    main()
