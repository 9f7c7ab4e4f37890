"""Roles: what the rewrite says the person was, against what the resume says."""

from collections.abc import Iterator
from itertools import pairwise

from pipeline.bullet_rewriter.fact_guard.phrases import is_verb_form, noun_phrase
from pipeline.bullet_rewriter.fact_guard.reading import Reading, Word, is_determiner, is_preposition
from pipeline.bullet_rewriter.fact_guard.violation import Violation
from pipeline.bullet_rewriter.fact_guard.word_lists import read_words
from pipeline.bullet_rewriter.fact_guard.words import base_words


def _role_claims(reading: Reading) -> Iterator[list[Word]]:
    """Yield each phrase that says what the person was: "as team lead", or a sentence that opens with a title."""
    titles = base_words("people.txt", "titles")
    for i, word in enumerate(reading.words):
        if word.lower in read_words("people.txt", "role leads"):
            start = i + 1
            while start < len(reading.words) and reading.words[start].lower in ("as", "to", "a", "an", "the"):
                start += 1
        elif word.opens_clause and not is_verb_form(word) and not is_preposition(word) and not is_determiner(word):
            start = i
        else:
            continue
        phrase = noun_phrase(reading, start)[:4]
        ends = [n for n, own in enumerate(phrase) if own.lower in titles]
        if ends and not any(is_determiner(own) for own in phrase[: ends[-1]]):
            yield phrase[: ends[-1] + 1]


def check_roles(source: Reading, rewrite: Reading, positions: tuple[Reading, ...]) -> Iterator[Violation]:
    """Yield each role that the rewrite claims and neither the source nor the job's title states."""
    held = [claim for reading in (source, *positions) for claim in _role_claims(reading)]
    held += [list(reading.words) for reading in positions]
    for claim in _role_claims(rewrite):
        if not any(_covers(own, claim) for own in held):
            start, end = claim[0].start, claim[-1].end
            yield Violation(
                "role", rewrite.text[start:end], start, end, "the resume does not give this role or title for that job"
            )
    yield from _dropped_ranks(source, rewrite)


def _covers(held: list[Word], claim: list[Word]) -> bool:
    said = [word for word in claim if word.is_content]
    ranks = {word.lower for word in held} & read_words("people.txt", "ranks")
    return all(any(word.says & own.licenses for own in held) for word in said) and ranks <= {
        word.lower for word in claim
    }


def _dropped_ranks(source: Reading, rewrite: Reading) -> Iterator[Violation]:
    titles = base_words("people.txt", "titles")
    for rank, title in pairwise(source.words):
        if rank.lower not in read_words("people.txt", "ranks") or title.lower not in titles:
            continue
        for i, word in enumerate(rewrite.words):
            if word.lower == title.lower and not any(
                own.forms & rank.forms for own in rewrite.words[max(0, i - 2) : i]
            ):
                words = f"{rank.text} {title.text}"
                yield Violation("role", word.text, word.start, word.end, f'the resume says "{words}"')
