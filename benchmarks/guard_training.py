"""Trains the fact guard's judge: python -m benchmarks.guard_training; about an hour and a half on one core.

It first learns to compare sentences from pairs that are generated, then what people mean from those of the fixtures and
the lessons, then to tell a true rewrite from an untrue one that is nearly the same, from contrasts with the words at
fault. A writer of contrasts whom it has not seen sets the threshold.
"""

import argparse
import random
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch

from benchmarks.guard_generator import Generator, Made, faults
from benchmarks.guard_pairs import CONTRASTS, KEPT_BATCH, KEPT_WRITER, Pair, contrast_pairs, fixture_pairs, lesson_pairs
from benchmarks.guard_reader_training import Example, Spans, stored_changes, train_reader
from pipeline.bullet_rewriter.fact_guard import guard
from pipeline.bullet_rewriter.fact_guard.form import check_form
from pipeline.bullet_rewriter.fact_guard.judge import JUDGE, with_allowed
from pipeline.bullet_rewriter.fact_guard.names import Grounds
from pipeline.bullet_rewriter.fact_guard.one_form import OneForm, without_person, written_as
from pipeline.bullet_rewriter.fact_guard.reading import one_lexicon, read_text
from pipeline.embedding import PairReader

POSTINGS = Path(__file__).resolve().parent.parent / "vacancies"
MADE = 20_000  # generated pairs to learn comparing from
MADE_AGAIN, MADE_LAST = 3_000, 500  # of these shown again among written ones, so that comparing is not unlearnt
MISNAMED = 400  # rewrites under the name of a skill of somebody else's
EPOCHS, EPOCHS_LABELLED = 3, 5
WRITTEN_AGAIN = 1_500
RATE = 8e-5
BLOCKED = 0.915  # share of the inventions among near misses, of which models write few, that the threshold must block
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
    given = without_person(source.text, ()).text
    retold, rewritten = (written_as(source, read_text(text)).text for text in (made.retold, made.rewritten))
    said, lost = faults(given, retold, rewritten)
    return Example(given, rewritten, not made.is_fabricated, said, lost)


def hard_kinds(pair: Pair) -> frozenset[str]:
    """Return the kinds of hard facts that decide about a pair before the judge is asked."""
    source, rewrite = read_text(pair.source), read_text(pair.rewritten)
    found = check_form(pair.source, pair.rewritten), guard.hard_facts(source, rewrite, _grounds(pair))
    return frozenset(violation.kind for violations in found for violation in violations)


def written_example(pair: Pair) -> Example:
    """Return a written pair as the reader gets it, with the words at fault where they are known."""
    source, rewrite = read_text(pair.source), read_text(pair.rewritten)
    first, form = with_allowed(source, rewrite, _grounds(pair)), written_as(source, rewrite)
    said: Spans | None = None if pair.is_fabricated else ()
    given = said
    if pair.is_fabricated and pair.faults is not None:
        said = [span for part in pair.faults if (span := _in_form(part, pair.rewritten, form))]
        span = _in_form(pair.lost, pair.source, first) if pair.lost else None
        given = [span] if span else ()
    return Example(first.text, form.text, not pair.is_fabricated, said, given, pair.source)


def _in_form(part: str, rewritten: str, form: OneForm) -> tuple[int, int] | None:
    """Return where words of a rewrite stand in the form that is read; None where nothing is left of them there."""
    start = rewritten.find(part)
    inside = [n for n, place in enumerate(form.places) if start <= place < start + len(part)]
    return (inside[0], inside[-1] + 1) if inside else None


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


def set_threshold(pairs: Sequence[Pair], reader: PairReader) -> float:
    """Return from which doubt on a rewrite is held back, so that the share `BLOCKED` of inventions is."""
    found = np.array(list(_doubts(pairs, reader)))
    fabricated = np.array([pair.is_fabricated for pair in pairs])
    for share in sorted({0.9, 0.95, 0.98, BLOCKED}):
        threshold = float(np.quantile(found[fabricated], 1 - share, method="lower"))
        through = np.mean(found[~fabricated] < threshold)
        print(f"{share} blocked: {through:.3f} let through (threshold {threshold:.2f})")
    return float(np.quantile(found[fabricated], 1 - BLOCKED, method="lower"))


def _doubts(pairs: Sequence[Pair], reader: PairReader) -> Iterator[float]:
    """Yield how much each pair is doubted, without end where a hard fact decides."""
    for pair in pairs:
        example = written_example(pair)
        yield float("inf") if hard_kinds(pair) else reader.read(example.source, example.rewritten).total


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--made", type=int, default=MADE, help="how many pairs to generate")
    options = parser.parse_args()
    torch.set_num_threads(1)
    chance = random.Random(0)
    plain = [pair for pair in (*fixture_pairs(), *lesson_pairs()) if pair.batch != KEPT_BATCH]
    contrasts = {path.stem: list(contrast_pairs(path)) for path in sorted(CONTRASTS.glob("*.jsonl"))}
    apart = contrasts.pop(KEPT_WRITER)
    with one_lexicon():
        made = [made_example(one) for one in Generator(corpus(plain)).pairs(options.made)]
        written = [written_example(pair) for pair in plain if teaches(pair)]
        labelled = [written_example(pair) for pairs in contrasts.values() for pair in pairs if teaches(pair)]
        print(f"{len(made)} generated pairs, {len(written)} written, {len(labelled)} labelled by word", flush=True)
        reader = train_reader(made, epochs=1)
        both = [*written, *misnamed(plain, MISNAMED), *made[:MADE_AGAIN]]
        reader = train_reader(both, epochs=EPOCHS, start=reader, rate=RATE)
        again = [*chance.sample(written, WRITTEN_AGAIN), *chance.sample(made, MADE_LAST)]
        reader = train_reader([*labelled, *again], epochs=EPOCHS_LABELLED, start=reader, rate=RATE)
        stored = stored_changes(reader)
        threshold = set_threshold(apart, PairReader(stored))
    weights: dict[str, Any] = {**stored, "threshold": np.array(round(threshold, 3))}
    np.savez_compressed(JUDGE, **weights)
    print(f"written to {JUDGE}")


if __name__ == "__main__":
    main()
