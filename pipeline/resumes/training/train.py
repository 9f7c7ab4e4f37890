"""Train the resume reader: write resumes, learn lines and words from them, measure on layouts left out.

Run it as `python -m pipeline.resumes.training.train`; the same seeds give the same weights.
"""

import argparse
import random
import time
from collections.abc import Callable, Iterator
from multiprocessing import Pool

import pycrfsuite

from pipeline.resumes.reading import line_features, token_features
from pipeline.resumes.reading.headings import heading_features
from pipeline.resumes.reading.labels import runs, word_role
from pipeline.resumes.reading.models import WEIGHTS
from pipeline.resumes.reading.tokens import sequence
from pipeline.resumes.training.content import common, listed
from pipeline.resumes.training.marked import Known
from pipeline.resumes.training.writing import write_resume

OUT = WEIGHTS
Sequence = tuple[list[list[str]], list[str]]


def line_example(resume: list[Known]) -> Sequence:
    """Return the features and labels of a resume's lines."""
    return line_features.features_of([one.line for one in resume]), [one.label for one in resume]


def word_examples(resume: list[Known]) -> Iterator[Sequence]:
    """Yield the features and tags of the words of each of a resume's sections."""
    labels = [one.label for one in resume]
    for section, numbers in runs(labels):
        tokens = sequence([(number, resume[number].line, word_role(labels[number]) or "") for number in numbers])
        tags = []
        for token in tokens:
            tags.append(_tag(resume[token.line], token.cell, token.begin) if token.text else "-")
        yield token_features.features_of(tokens, section), tags


def _tag(one: Known, cell: int, begin: int) -> str:
    from pipeline.resumes.reading.lines import cell_text

    texts = [cell_text(other) for other in one.line.cells]
    before = "".join(texts[:cell]) + texts[cell][:begin]
    at = sum(not character.isspace() for character in before)
    return one.tags[at].lstrip("+") if at < len(one.tags) else "-"


def _both(seed: int) -> tuple[Sequence, list[Sequence]]:
    resume = write_resume(seed)
    return line_example(resume), list(word_examples(resume))


def train(count: int, rounds: int, name: str, minfreq: int, c1: float, c2: float, kind: int) -> None:
    """Train one of the two models."""
    trainer = pycrfsuite.Trainer(algorithm="lbfgs", verbose=False)
    trainer.set_params({"c1": c1, "c2": c2, "max_iterations": rounds, "feature.minfreq": minfreq})
    with Pool(2) as pool:
        for example in pool.imap(_both, range(1, count + 1), chunksize=50):
            for features, labels in [example[0]] if not kind else example[1]:
                if features:
                    trainer.append(features, labels)
    OUT.mkdir(parents=True, exist_ok=True)
    trainer.train(str(OUT / name))


def heading_examples(rng: random.Random) -> Iterator[tuple[str, str]]:
    """Yield headings with their sections, and other short lines of resumes."""
    from pipeline.resumes.training.layouts import UNUSUAL

    cases: list[Callable[[str], str]] = [str.upper, str.title, str.capitalize, str.lower, lambda text: f"{text}:", lambda text: f"{text.upper()}:"]
    for section, wordings in common()["headings"].items():
        known = [*listed(wordings), *UNUSUAL.get(section, [])]
        for text in known:
            yield from ((rng.choice(cases)(text), section) for _ in range(3) if text)
        for text in known[:40]:
            for _ in range(2):
                other = rng.choice(listed(common()["headings"][rng.choice(["skills", "education", "awards", "other"])])[:20])
                yield rng.choice(cases)(f"{text} {rng.choice(['&', 'and', '/'])} {other}"), section
    for seed in range(500_000, 500_400):
        for one in write_resume(seed):
            if len(one.line.text) <= 60 and not one.label.endswith((".heading", ".headed")):
                yield one.line.text, "-"


def train_headings() -> None:
    """Train the model of headings' words, whose sequences are one line long."""
    trainer = pycrfsuite.Trainer(algorithm="lbfgs", verbose=False)
    trainer.set_params({"c1": 0.1, "c2": 0.01, "max_iterations": 80, "feature.minfreq": 1})
    for text, section in heading_examples(random.Random(1)):
        if text.strip():
            trainer.append([heading_features(text)], [section])
    OUT.mkdir(parents=True, exist_ok=True)
    trainer.train(str(OUT / "headings.crfsuite"))


def main() -> None:
    """Train all models."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=3000)
    parser.add_argument("--rounds", type=int, default=60)
    parser.add_argument("--only", choices=["lines", "words", "headings"])
    options = parser.parse_args()
    start = time.time()
    if options.only in (None, "headings"):
        train_headings()
        print("headings", round(time.time() - start), (OUT / "headings.crfsuite").stat().st_size)
    if options.only in (None, "lines"):
        train(options.count, options.rounds, "lines.crfsuite", 4, 0.3, 0.01, 0)
        print("lines", round(time.time() - start), (OUT / "lines.crfsuite").stat().st_size)
    if options.only in (None, "words"):
        train(options.count, options.rounds, "words.crfsuite", 4, 0.3, 0.01, 1)
        print("words", round(time.time() - start), (OUT / "words.crfsuite").stat().st_size)


if __name__ == "__main__":
    main()
