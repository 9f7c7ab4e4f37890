"""Roles: titles and ranks of a rewrite against those that the resume gives."""

from collections.abc import Iterator
from itertools import pairwise

from pipeline.bullet_rewriter.fact_guard.reading import Reading, Word
from pipeline.bullet_rewriter.fact_guard.violation import Violation
from pipeline.bullet_rewriter.fact_guard.word_lists import read_words


def check_roles(source: Reading, rewrite: Reading, grounds: tuple[Reading, ...]) -> Iterator[Violation]:
    """Yield each title that neither the source nor the job's titles and skills have, and each that lost its rank.

    Whoever a title is said of in the rewrite, the resume does not know them.
    """
    held = frozenset(key for reading in (source, *grounds) for key in reading.keys)
    for word in rewrite.words:
        if word.is_content and word.lower in read_words("words.txt", "titles") and not word.keys & held:
            yield Violation("role", word.text, word.start, word.end, "the resume does not give this title for that job")
    for rank, title in pairwise(source.words):
        if rank.lower in read_words("words.txt", "ranks") and title.lower in read_words("words.txt", "titles"):
            yield from _without_rank(rank, title, rewrite)


def _without_rank(rank: Word, title: Word, rewrite: Reading) -> Iterator[Violation]:
    for n, word in enumerate(rewrite.words):
        before = rewrite.words[max(0, n - 2) : n]
        if word.lower == title.lower and not any(own.forms & rank.forms for own in before):
            yield Violation("role", word.text, word.start, word.end, f'the resume says "{rank.text} {title.text}"')
