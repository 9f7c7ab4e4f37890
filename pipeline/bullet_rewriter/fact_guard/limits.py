"""Limits that a rewrite must keep: what the source denies or confines may not be claimed without it."""

import re
from collections.abc import Iterator

from pipeline.bullet_rewriter.fact_guard.reading import Reading, Word
from pipeline.bullet_rewriter.fact_guard.violation import Violation
from pipeline.bullet_rewriter.fact_guard.word_lists import read_words

REACH = 3  # content words after a denial that it bears on
_COMPARED = re.compile(r"\s+(?:more|fewer|less|later|longer|earlier) than\b", re.I)
_NO_OPPOSITE = ("under", "unit", "union", "until", "universit", "uniform")


def check_limits(source: Reading, rewrite: Reading) -> Iterator[Violation]:
    """Yield what the rewrite claims of a thing that the source denies or confines, where it does neither.

    And the other way round: a denial where the source has none.
    """
    if not any(_may_deny(word) for word in source.words):
        for word in (word for n, word in enumerate(rewrite.words) if _denies(word) and not _compares(rewrite, n)):
            yield Violation("limit", word.text, word.start, word.end, "the resume does not deny this")
    if any(_may_deny(word) for word in rewrite.words):
        return
    for n, word in enumerate(source.words):
        if (_denies(word) and not _compares(source, n)) or word.lower in read_words("words.txt", "confining"):
            yield from _unlimited(source, n, rewrite)


def _unlimited(source: Reading, at: int, rewrite: Reading) -> Iterator[Violation]:
    """Yield what the rewrite keeps of the words that a denial of the source bears on."""
    limit = source.words[at]
    reach = [own for own in source.words[at + 1 :] if own.segment == limit.segment and own.is_content][:REACH]
    kept = [own for own in rewrite.content if any(own.forms & other.forms for other in reach)]
    if reach and len(kept) * 2 > len(reach):
        reason = f'the resume says "{source.text[limit.start : reach[-1].end]}"'
        yield Violation("limit", kept[0].text, kept[0].start, kept[0].end, reason)


def _denies(word: Word) -> bool:
    return word.lower in read_words("words.txt", "denying") or word.lower.endswith("n't")


def _compares(reading: Reading, at: int) -> bool:
    """Tell "no more than 200" from a denial."""
    return _COMPARED.match(reading.text, reading.words[at].end) is not None


def _may_deny(word: Word) -> bool:
    otherwise = read_words("words.txt", "denied otherwise")
    if word.lower in otherwise or word.forms & otherwise or word.lower.endswith(("n't", "less")):
        return True
    return word.lower.startswith(("un", "non")) and not word.lower.startswith(_NO_OPPOSITE)
