"""Train the resume reader: write resumes, learn lines and words from them, measure on layouts left out.

Run it as `python -m pipeline.resumes.training.train`; the same seeds give the same weights.
"""

import argparse
import random
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from multiprocessing import Pool
from pathlib import Path

import pycrfsuite

from pipeline.resumes.reading import line_features, token_features
from pipeline.resumes.reading.breaks import FEWEST, break_features, words_of
from pipeline.resumes.reading.headings import heading_features
from pipeline.resumes.reading.labels import merged, runs, word_role
from pipeline.resumes.reading.models import pack, tagger
from pipeline.resumes.reading.slots import slot_features
from pipeline.resumes.reading.tokens import sequence
from pipeline.resumes.training.content import common, listed, unusual
from pipeline.resumes.training.marked import Known
from pipeline.resumes.training.writing import write_resume

Sequence = tuple[list[list[str]], list[str]]


def line_example(resume: list[Known]) -> Sequence:
    """Return the features and labels of a resume's lines."""
    return line_features.features_of([one.line for one in resume]), [merged(one.label) for one in resume]


def word_examples(resume: list[Known], thoughtful: bool = False) -> Iterator[Sequence]:
    """Yield the features and tags of the words of each section, with the first model's thoughts or not."""
    labels = [merged(one.label) for one in resume]
    for section, numbers in runs(labels):
        tokens = sequence([(number, resume[number].line, word_role(labels[number]) or "") for number in numbers])
        tags = []
        for token in tokens:
            tags.append(_tag(resume[token.line], token.cell, token.begin) if token.text else "-")
        features = token_features.features_of(tokens, section)
        if thoughtful:
            model = tagger("words")
            model.set(features)
            thoughts = slot_features(tokens, model.marginal)
            features = [one + more for one, more in zip(features, thoughts, strict=True)]
        yield features, tags


def _tag(one: Known, cell: int, begin: int) -> str:
    from pipeline.resumes.reading.lines import cell_text

    texts = [cell_text(other) for other in one.line.cells]
    before = "".join(texts[:cell]) + texts[cell][:begin]
    at = sum(not character.isspace() for character in before)
    return one.tags[at].lstrip("+") if at < len(one.tags) else "-"


def _lines(seed: int) -> list[Sequence]:
    return [line_example(write_resume(seed))]


def _words(seed: int) -> list[Sequence]:
    return list(word_examples(write_resume(seed)))


def _slots(seed: int) -> list[Sequence]:
    return list(word_examples(write_resume(seed), thoughtful=True))


def _breaks(seed: int) -> list[Sequence]:
    """Return stretches of a resume's lines run together, and paragraphs of its that are whole."""
    resume = write_resume(seed)
    rng = random.Random(seed)
    found: list[Sequence] = []
    index = 0
    while index < len(resume):
        size = rng.choice([1, 1, 1, 5, 9, 16, 40])
        words: list[str] = []
        labels: list[str] = []
        for one in resume[index : index + size]:
            own = words_of(one.line.text)
            goes_on = one.label.endswith("+")
            labels += ["I" if goes_on and labels else "B", *["I"] * (len(own) - 1)] if own else []
            words += own
        index += size
        if len(words) >= FEWEST:
            found.append((break_features(words), labels))
    return found


@dataclass(frozen=True)
class Plan:
    """How one model is trained: on which resumes, for how long, how sparse."""

    examples: Callable[[int], list[Sequence]]
    first: int
    share: float
    rounds: int
    c1: float


PLANS = {
    "lines": Plan(_lines, 1, 1.0, 60, 0.3),
    "words": Plan(_words, 100_000, 0.45, 50, 0.6),
    "breaks": Plan(_breaks, 300_000, 0.5, 70, 0.4),
    "slots": Plan(_slots, 200_000, 0.95, 60, 0.4),
}


def train(name: str, count: int) -> int:
    """Train one of the models on its own resumes."""
    plan = PLANS[name]
    trainer = pycrfsuite.Trainer(algorithm="lbfgs", verbose=False)
    trainer.set_params({"c1": plan.c1, "c2": 0.01, "max_iterations": plan.rounds, "feature.minfreq": 4})
    seeds = range(plan.first, plan.first + round(plan.share * count))
    with Pool(1) as pool:
        for examples in pool.imap(plan.examples, seeds, chunksize=50):
            for features, labels in examples:
                if features:
                    trainer.append(features, labels)
    return _trained(trainer, name)


def _trained(trainer: pycrfsuite.Trainer, name: str) -> int:
    """Train a model, pack its weights and return their size in bytes."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        trainer.train(str(path))
        return pack(name, path.read_bytes())


def heading_examples(rng: random.Random) -> Iterator[tuple[str, str]]:
    """Yield headings with their sections, and other short lines of resumes."""
    cases: list[Callable[[str], str]] = [
        str.upper,
        str.title,
        str.capitalize,
        str.lower,
        lambda text: f"{text}:",
        lambda text: f"{text.upper()}:",
    ]
    for section, wordings in common()["headings"].items():
        known = [
            *listed(wordings),
            *unusual("unusual", section),
            *(unusual("personal") if section == "contact" else []),
        ]
        for text in known:
            yield from ((rng.choice(cases)(text), section) for _ in range(3) if text)
        for text in known[:40]:
            for _ in range(2):
                other = rng.choice(
                    listed(common()["headings"][rng.choice(["skills", "education", "awards", "other"])])[:20]
                )
                yield (
                    rng.choice(cases)(f"{text} {rng.choice(['&', 'and', '/'])} {other}"),
                    section,
                )
    for seed in range(500_000, 500_400):
        for one in write_resume(seed):
            if len(one.line.text) <= 60 and not one.label.endswith((".heading", ".headed")):
                yield one.line.text, "-"


def train_headings() -> int:
    """Train the model of headings' words, whose sequences are one line long."""
    trainer = pycrfsuite.Trainer(algorithm="lbfgs", verbose=False)
    trainer.set_params({"c1": 0.1, "c2": 0.01, "max_iterations": 80, "feature.minfreq": 1})
    for text, section in heading_examples(random.Random(1)):
        if text.strip():
            trainer.append([heading_features(text)], [section])
    return _trained(trainer, "headings")


def main() -> None:
    """Train all models."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=2000)
    parser.add_argument("--only", choices=["headings", *PLANS])
    options = parser.parse_args()
    start = time.time()
    for name in ["headings", *PLANS]:
        if options.only in (None, name):
            size = train_headings() if name == "headings" else train(name, options.count)
            print(f"{name}: {size:,} bytes after {time.time() - start:.0f} s", flush=True)


if __name__ == "__main__":
    main()
