"""Train the resume reader: write resumes, learn from them what lines and words are, and which words head sections.

Run it as `python -m pipeline.resumes.training.train`; the same seeds give the same weights on the same machine.
"""

import argparse
import lzma
import random
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pycrfsuite

from pipeline.resumes.reading.learned.breaks import FEWEST, break_features, words_of
from pipeline.resumes.reading.learned.headings import MAX_HEADING, heading_features
from pipeline.resumes.reading.learned.models import WEIGHTS
from pipeline.resumes.reading.learned.network import FILE
from pipeline.resumes.training.examples import examples, handwritten_examples
from pipeline.resumes.training.handwritten import texts_of, written
from pipeline.resumes.training.labelling import marked
from pipeline.resumes.training.learn import learn
from pipeline.resumes.training.lists import common, listed, unusual
from pipeline.resumes.training.writing import write_resume
from pipeline.resumes.writing.wording import load_wordings

BREAKS = range(300_000, 301_500)  # seeds of the resumes whose lines are run together
MODELS = ("headings", "breaks", "network")
Example = tuple[list[list[str]], list[str]]


def _breaks(seed: int) -> list[Example]:
    """Return stretches of a resume's lines run together, and paragraphs of its that are whole."""
    resume = write_resume(seed)
    rng = random.Random(seed)
    found: list[Example] = []
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


def train_breaks() -> int:
    """Train the model of where lines began in text that ran together; return the size of its file in bytes."""
    trainer = pycrfsuite.Trainer(algorithm="lbfgs", verbose=False)
    trainer.set_params({"c1": 0.5, "c2": 0.01, "max_iterations": 70, "feature.minfreq": 5})
    for seed in BREAKS:
        for features, labels in _breaks(seed):
            trainer.append(features, labels)
    return _trained(trainer, "breaks")


def train_network(count: int, renderings: int, epochs: int) -> int:
    """Train the network that reads lines and words; return the size of its file in bytes."""
    return FILE.write_bytes(learn(examples(range(1, 1 + count)) + handwritten_examples(renderings), epochs))


def _trained(trainer: pycrfsuite.Trainer, name: str) -> int:
    """Train a model, pack its weights and return their size in bytes."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        trainer.train(str(path))
        return (WEIGHTS / f"{name}.crfsuite.xz").write_bytes(lzma.compress(path.read_bytes(), preset=9))


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
    for wording in load_wordings().values():
        yield from ((rng.choice(cases)(title), name) for name, title in wording.titles.items() for _ in range(3))
    composed = ((one.line.text, one.label) for seed in range(500_000, 500_400) for one in write_resume(seed))
    by_hand = ((one.text, one.label) for text in texts_of("train") for one in marked(written(text)))
    for text, label in (*composed, *by_hand):
        section, role = label.split(".")
        if role == "heading" and not text.isdigit():
            yield text, section
        elif role != "headed" and len(text) <= MAX_HEADING:
            yield text, "-"


def train_headings() -> int:
    """Train the model of headings' words, whose sequences are one line long."""
    trainer = pycrfsuite.Trainer(algorithm="lbfgs", verbose=False)
    trainer.set_params({"c1": 0.1, "c2": 0.01, "max_iterations": 80, "feature.minfreq": 1})
    for text, section in heading_examples(random.Random(1)):
        if text.strip():
            trainer.append([heading_features(text)], [section])
    return _trained(trainer, "headings")


def main() -> None:
    """Train all models, or one; the network uses what the model of headings says."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=6000, help="how many composed resumes the network learns from")
    parser.add_argument("--renderings", type=int, default=15, help="of each resume written by hand")
    parser.add_argument("--epochs", type=int, default=5)
    parser.add_argument("--only", choices=MODELS)
    options = parser.parse_args()
    trainers: dict[str, Callable[[], int]] = {
        "headings": train_headings,
        "breaks": train_breaks,
        "network": lambda: train_network(options.count, options.renderings, options.epochs),
    }
    start = time.time()
    for name in MODELS:
        if options.only in (None, name):
            print(f"{name}: {trainers[name]():,} bytes after {time.time() - start:.0f} s", flush=True)


if __name__ == "__main__":
    main()
