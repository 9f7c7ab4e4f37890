"""Filler: a tail of a rewrite that states no fact ("to help keep the kitchen tidy"), which may stand."""

import re

from pipeline.bullet_rewriter.fact_guard.reading import Reading, Word, read_text
from pipeline.bullet_rewriter.fact_guard.words import base_words

_TAIL = re.compile(
    r",?\s+(?:supporting|ensuring|helping(?: to)?|contributing to|giving|providing|keeping|promoting|fostering"
    r"|to (?:help|give|keep|support|ensure|maintain|provide|make sure|promote|aid)|so that|in support of|making sure)"
    r"\b.+$",
    re.I,
)
_OPENINGS = frozenset(
    "support ensure help contribute give provide keep promote make sure foster maintain aid".split()
)  # what a tail opens with says nothing of its own


def without_filler(source: str, rewritten: str, context: str) -> str:
    """Return a rewrite without a tail of bland words; a number, a name or a word of weight in it and it stays.

    `context` is all that the resume says of the job: its words are at home there, and claim nothing by themselves.
    """
    match = _TAIL.search(rewritten)
    if not match or match.start() < len(rewritten) // 4:
        return rewritten
    tail = read_text(rewritten[match.start() :].strip(" ,."))
    if tail.quantities or tail.periods or tail.technologies:
        return rewritten
    known = read_text(source).licenses | read_text(context).licenses
    if all(_is_bland(word, tail, known) for word in tail.content):
        return rewritten[: match.start()]
    return rewritten


def _is_bland(word: Word, tail: Reading, known: frozenset[str]) -> bool:
    if word.forms & base_words("people.txt", "leading") | (word.forms & base_words("people.txt", "credentials")):
        return False
    if word.forms & (
        base_words("plain.txt", "bland") | base_words("plain.txt", "manner") | base_words("plain.txt", "pale")
    ):
        return True
    if word.forms & _OPENINGS and word.start < 24:
        return True
    is_name = word.text[0].isupper() and word.start > 0
    strong = base_words("claims.txt", "strong") | base_words("claims.txt", "outcomes")
    return not is_name and not word.forms & strong and bool(word.says & known)
