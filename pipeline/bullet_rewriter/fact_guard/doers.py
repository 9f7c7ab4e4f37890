"""Who did it: what the source leaves to somebody else, and what it does not call leading, the rewrite may not claim."""

import re
from collections.abc import Iterator

from pipeline.bullet_rewriter.fact_guard.reading import Reading, Word
from pipeline.bullet_rewriter.fact_guard.violation import Violation
from pipeline.bullet_rewriter.fact_guard.words import base_words

_OTHERS = re.compile(
    r"\b(?:is|are|was|were|been|being|gets?|got)\s+(?:\w+ly\s+|first\s+|then\s+|later\s+)?(?P<deed>\w+)\b(?P<between>[^,;.]*?)"
    r"\bby\s+(?P<doer>(?:the|a|an|another|our|my|outside|two|three|\w+'s)\s[^,;.]*)",
    re.I,
)


def check_doers(source: Reading, rewrite: Reading) -> Iterator[Violation]:
    """Yield what the rewrite has the person do where the source names another doer, and leading that is new."""
    yield from _taken_over(source, rewrite)
    leading = base_words("leading")
    if any(word.forms & (leading | base_words("in charge")) for word in source.words):
        return
    for n, word in enumerate(rewrite.words):
        follows = n == 0 or rewrite.words[n - 1].lower in ("and", "also") or _is_after_comma(rewrite, n)
        if follows and word.forms & leading and not word.keys & source.keys and _has_object(rewrite, n):
            yield Violation("deed", word.text, word.start, word.end, "the resume does not say that the person led this")


def _has_object(rewrite: Reading, at: int) -> bool:
    """Tell "supervised trainees" from "supervised by an engineer", and "led a team" from "leading to"."""
    return at + 1 < len(rewrite.words) and rewrite.words[at + 1].lower not in ("by", "to")


def _is_after_comma(rewrite: Reading, at: int) -> bool:
    return "," in rewrite.text[rewrite.words[at - 1].end : rewrite.words[at].start]


def _taken_over(source: Reading, rewrite: Reading) -> Iterator[Violation]:
    for match in _OTHERS.finditer(source.text):
        if re.search(r"\b(?:me|myself|us)\b", match["doer"], re.I):
            continue
        doers = [word for word in source.words_between(*match.span("doer")) if word.is_content]
        deed = source.words_between(*match.span("deed"))
        if not doers or not deed or any(word.keys & doer.keys for word in rewrite.words for doer in doers):
            continue
        done = next((word for n, word in enumerate(rewrite.words) if _is_active(rewrite, n, deed[0])), None)
        if done:
            reason = f'the resume says "by {match["doer"].strip()}"'
            yield Violation("deed", done.text, done.start, done.end, reason)


def _is_active(rewrite: Reading, at: int, deed: Word) -> bool:
    """Tell whether a word is the same deed, done by the person: not "was moved"."""
    before = rewrite.words[at - 1].lower if at else ""
    return bool(rewrite.words[at].forms & deed.forms) and before not in ("is", "are", "was", "were", "been", "being")
