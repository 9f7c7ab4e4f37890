"""Trains the fact guard's judge: python -m benchmarks.guard_training [--pairs FILE ...]; more than an hour on one core.

It first learns to compare sentences from pairs that are generated, then what people mean from those of the fixtures,
the lessons, and the files named. Pairs of resumes that it has not seen set the threshold.
"""

import argparse
import random
import re
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch

from benchmarks.guard_generator import Generator, Made, faults
from benchmarks.guard_pairs import KEPT_BATCH, Pair, fixture_pairs, lesson_pairs, stored_pairs
from benchmarks.guard_reader_training import Example, average, stored_changes, train_reader
from pipeline.bullet_rewriter.fact_guard import guard
from pipeline.bullet_rewriter.fact_guard.form import check_form
from pipeline.bullet_rewriter.fact_guard.judge import JUDGE, with_allowed
from pipeline.bullet_rewriter.fact_guard.names import Grounds
from pipeline.bullet_rewriter.fact_guard.one_form import written_as
from pipeline.bullet_rewriter.fact_guard.reading import one_lexicon, read_text
from pipeline.embedding import PairReader

POSTINGS = Path(__file__).resolve().parent.parent / "vacancies"
MADE = 30_000  # generated pairs to learn comparing from
MADE_AGAIN = 3_000  # of these shown again among the written ones, so that comparing is not unlearnt
MISNAMED = 400  # rewrites under the name of a skill of somebody else's
EPOCHS = 4
RATE = 6e-5
VOTERS = 2  # trainings with the written pairs whose mean is kept
BLOCKED = 0.985  # share of the inventions that the threshold must block
APART = 8  # one resume in so many sets the threshold
FIGURES = frozenset({"number", "period", "form"})
_NAMED = ("{}:", "did {}:", "carry out {},", "used {} and", "did {} of", "{} with")  # how a skill is named
_DUTY = re.compile(r"\s*[-*•]\s+([^:;.(]{30,170})\.?$")


def corpus(pairs: Sequence[Pair]) -> list[str]:
    """Return sentences to make pairs of: those of the pairs' resumes, their true rewrites, and duties of postings."""
    sentences = [text for pair in pairs for job in pair.resume.work for text in job.highlights]
    sentences += [text for pair in pairs if not pair.is_fabricated for text in (pair.source, pair.rewritten)]
    for path in sorted(POSTINGS.rglob("*")):
        if path.suffix in (".md", ".txt"):
            lines = path.read_text(encoding="utf-8").splitlines()
            sentences += [match[1].strip() for line in lines if (match := _DUTY.fullmatch(line))]
    return list(dict.fromkeys(sentences))


def made_example(made: Made) -> Example:
    """Return a generated pair as the reader gets it, with the words at fault."""
    source = read_text(made.source)
    retold, rewritten = (written_as(source, read_text(text)).text for text in (made.retold, made.rewritten))
    said, given = faults(source.text, retold, rewritten)
    return Example(source.text, rewritten, not made.is_fabricated, said, given)


def hard_kinds(pair: Pair) -> frozenset[str]:
    """Return the kinds of hard facts that decide about a pair before the judge is asked."""
    source, rewrite = read_text(pair.source), read_text(pair.rewritten)
    found = check_form(pair.source, pair.rewritten), guard.hard_facts(source, rewrite, _grounds(pair))
    return frozenset(violation.kind for violations in found for violation in violations)


def written_example(pair: Pair) -> Example:
    """Return a written pair as the reader gets it; where it is at fault is not known, where it is true, nowhere."""
    source, rewrite = read_text(pair.source), read_text(pair.rewritten)
    first = with_allowed(source, rewrite, _grounds(pair))
    nowhere = None if pair.is_fabricated else ()
    return Example(first, written_as(source, rewrite).text, not pair.is_fabricated, nowhere, nowhere)


def misnamed(pairs: Sequence[Pair], count: int, seed: int = 3) -> Iterator[Example]:
    """Yield true rewrites under the name of a skill that they do not show: one of somebody else's resume."""
    chance = random.Random(seed)
    true = [pair for pair in pairs if not pair.is_fabricated]
    skills = sorted({(pair.group, word) for pair in pairs for one in pair.resume.skills for word in one.keywords})
    while count:
        pair, (group, skill) = chance.choice(true), chance.choice(skills)
        if group == pair.group or skill.lower() in pair.rewritten.lower():
            continue
        opening = chance.choice(_NAMED).format(skill[0].lower() + skill[1:])
        rewritten = f"{opening[0].upper()}{opening[1:]} {pair.rewritten[0].lower()}{pair.rewritten[1:]}"
        yield Example(f"{pair.source}. Also: {skill}", rewritten, False, [(0, len(opening))], ())
        count -= 1


def _grounds(pair: Pair) -> Grounds:
    return guard.job_grounds(pair.resume, pair.work_index)


def teaches(pair: Pair) -> bool:
    """Leave out the inventions of figures alone: their words may be those of the source."""
    kinds = hard_kinds(pair) if pair.is_fabricated else frozenset()
    return not (kinds and kinds <= FIGURES)


def is_kept_apart(pair: Pair) -> bool:
    """Tell whether a pair, with all of its resume, sets the threshold and is not trained on."""
    return zlib.crc32(pair.group.encode()) % APART == 0


def doubts(pairs: Sequence[Pair], reader: PairReader) -> Iterator[float]:
    """Yield how much each pair is doubted, without end where a hard fact decides."""
    for pair in pairs:
        example = written_example(pair)
        yield float("inf") if hard_kinds(pair) else reader.read(example.source, example.rewritten).total


def set_threshold(pairs: Sequence[Pair], reader: PairReader) -> float:
    """Return from which doubt on a rewrite is held back, so that the share `BLOCKED` of inventions is."""
    found = np.array(list(doubts(pairs, reader)))
    fabricated = np.array([pair.is_fabricated for pair in pairs])
    for share in sorted({0.95, 0.97, 0.98, 0.99, BLOCKED}):
        threshold = float(np.quantile(found[fabricated], 1 - share, method="lower"))
        through = np.mean(found[~fabricated] < threshold)
        print(f"{share} blocked: {through:.3f} let through (threshold {threshold:.2f})")
    return float(np.quantile(found[fabricated], 1 - BLOCKED, method="lower"))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pairs", type=Path, nargs="*", default=[])
    parser.add_argument("--threshold-from", type=Path, help="pairs that set the threshold, instead of a part of all")
    parser.add_argument("--made", type=int, default=MADE)
    options = parser.parse_args()
    torch.set_num_threads(1)
    pairs = [pair for pair in (*fixture_pairs(), *lesson_pairs()) if pair.batch != KEPT_BATCH]
    pairs += [pair for path in options.pairs for pair in stored_pairs(path)]
    if options.threshold_from:
        shown, apart = pairs, list(stored_pairs(options.threshold_from))
    else:
        shown, apart = ([pair for pair in pairs if is_kept_apart(pair) == kept] for kept in (False, True))
    with one_lexicon():
        made = [made_example(one) for one in Generator(corpus(shown)).pairs(options.made)]
        written = [written_example(pair) for pair in shown if teaches(pair)]
        print(f"{len(made)} generated pairs, {len(written)} written ones; {len(apart)} set the threshold", flush=True)
        start = train_reader(made, epochs=1)
        both = [*written, *misnamed(shown, MISNAMED), *made[:MADE_AGAIN]]
        readers = [train_reader(both, epochs=EPOCHS, start=start, rate=RATE, seed=seed) for seed in range(VOTERS)]
        stored = stored_changes(average(readers))
        threshold = set_threshold(apart, PairReader(stored))
    weights: dict[str, Any] = {**stored, "threshold": np.array(round(threshold, 3))}
    np.savez_compressed(JUDGE, **weights)
    print(f"written to {JUDGE}")


if __name__ == "__main__":
    main()
