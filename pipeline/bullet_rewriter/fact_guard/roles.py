"""Roles: what the rewrite says the person was, against what the resume says."""

from collections.abc import Iterator
from itertools import pairwise

from pipeline.bullet_rewriter.fact_guard.reading import Reading, Word, is_preposition
from pipeline.bullet_rewriter.fact_guard.violation import Violation
from pipeline.bullet_rewriter.fact_guard.word_lists import read_words

_LEADS = frozenset("as was became become being appointed named promoted acting serving served worked".split())
_DETERMINERS = frozenset("a an the my our your his her their this that".split())
PHRASE_WORDS = 5


def check_roles(
    source: Reading, rewrite: Reading, titles: tuple[Reading, ...], skills: tuple[Reading, ...]
) -> Iterator[Violation]:
    """Yield each role that the rewrite claims and neither the source nor the job's title states."""
    held = [claim for reading in (source, *titles) for claim in _claims(reading)]
    held += [list(reading.words) for reading in (source, *titles, *skills)]
    for claim in _claims(rewrite):
        if not any(_covers(own, claim) for own in held):
            start, end = claim[0].start, claim[-1].end
            reason = "the resume does not give this role or title for that job"
            yield Violation("role", rewrite.text[start:end], start, end, reason)
    yield from _new_titles(rewrite, (source, *titles, *skills))
    for rank, title in pairwise(source.words):
        if rank.lower in read_words("words.txt", "ranks") and title.lower in read_words("words.txt", "titles"):
            yield from _without_rank(rank, title, rewrite)


def _new_titles(rewrite: Reading, grounds: tuple[Reading, ...]) -> Iterator[Violation]:
    """Yield each title that nobody bears in the source: whoever it is said of, the resume does not know them."""
    held = frozenset(key for reading in grounds for key in reading.keys)
    for word in rewrite.words:
        if word.is_content and word.lower in read_words("words.txt", "titles") and not word.keys & held:
            yield Violation("role", word.text, word.start, word.end, "the resume does not give this title for that job")


def _claims(reading: Reading) -> Iterator[list[Word]]:
    """Yield each phrase that says what the person was: "as team lead", or a sentence that opens with a title."""
    for n, word in enumerate(reading.words):
        if word.lower not in _LEADS and n:
            continue
        start = n + 1 if n or word.lower in _LEADS else 0
        while start < len(reading.words) and reading.words[start].lower in ("as", "to", *_DETERMINERS):
            start += 1
        phrase = _phrase(reading, start)
        ends = [at for at, own in enumerate(phrase) if own.lower in read_words("words.txt", "titles")]
        if ends and (n or ends[-1] or phrase[0].lower[-2:] in ("er", "or", "an")):
            yield phrase[: ends[-1] + 1]


def _phrase(reading: Reading, start: int) -> list[Word]:
    phrase: list[Word] = []
    for word in reading.words[start : start + PHRASE_WORDS]:
        gap = reading.text[phrase[-1].end : word.start] if phrase else ""
        if gap.strip(" -") or is_preposition(word) or word.lower in ("and", "but", *_DETERMINERS):
            break
        phrase.append(word)
    return phrase


def _covers(held: list[Word], claim: list[Word]) -> bool:
    ranks = {word.lower for word in held} & read_words("words.txt", "ranks")
    said = [word for word in claim if word.is_content]
    is_said = all(any(word.keys & own.keys for own in held) for word in said)
    return is_said and ranks <= {word.lower for word in claim}


def _without_rank(rank: Word, title: Word, rewrite: Reading) -> Iterator[Violation]:
    for n, word in enumerate(rewrite.words):
        before = rewrite.words[max(0, n - 2) : n]
        if word.lower == title.lower and not any(own.forms & rank.forms for own in before):
            yield Violation("role", word.text, word.start, word.end, f'the resume says "{rank.text} {title.text}"')
