"""Who did it: what the source leaves to somebody else, and what it does not call leading, the rewrite may not claim."""

import re
from collections.abc import Iterator

from pipeline.bullet_rewriter.fact_guard.reading import Reading, Word
from pipeline.bullet_rewriter.fact_guard.violation import Violation
from pipeline.bullet_rewriter.fact_guard.word_lists import read_words
from pipeline.bullet_rewriter.fact_guard.words import base_words

OPENING = 2  # words of a sentence among which it says that the person helped
_OTHERS = re.compile(
    r"\b(?:is|are|was|were|been|being|gets?|got)\s+(?:\w+ly\s+|first\s+|then\s+|later\s+)?(?P<deed>\w+)\b(?:(?!\bby\b)[^,;.])*?"
    r"\bby\s+(?P<doer>(?:the|a|an|another|our|my|outside|two|three|\w+'s)\s[^,;.]*)",
    re.I,
)

_ALONE = re.compile(
    r"\b(?:(?:on|by|of) (?:my|their|his|her) own|myself|alone|single-?handed(?:ly)?|unaided|unassisted"
    r"|solo|solely|unsupervised|independently|autonomously|without (?:help|supervision|assistance|support))\b",
    re.I,
)


_RESULT = "cut|reduced|shortened|raised|lifted|increased|lowered|improved|halved|doubled|saved|boosted|prevented|eased"
_RESULTING = (
    "cutting|reducing|shortening|raising|lifting|increasing|lowering|improving|halving|doubling|boosting|easing"
)
_CAUSE = rf"\b(?:thereby|thus|leading to|resulting in|as a result|(?:which|this) (?:{_RESULT})|(?:{_RESULTING}))\b"
_CAUSED = rf"{_CAUSE}|\b(?:so|because|since|by \w+ing|through|led|after|following|thanks|due|{_RESULT})\b"


def check_doers(source: Reading, rewrite: Reading) -> Iterator[Violation]:
    """Yield what others did in the source and the person in the rewrite, leading that is new, and causes that are."""
    yield from _taken_over(source, rewrite)
    yield from _unhelped(source, rewrite)
    yield from _alone(source, rewrite)
    if not re.search(_CAUSED, source.text, re.I):
        for match in re.finditer(_CAUSE, rewrite.text, re.I):
            yield Violation("cause", match[0], *match.span(), "the resume does not say that this came of it")
    leading = base_words("leading")
    if any(word.forms & (leading | base_words("in charge")) for word in source.words):
        return
    for n, word in enumerate(rewrite.words):
        gap = rewrite.text[rewrite.words[n - 1].end : word.start] if n else ""
        follows = n == 0 or "," in gap or rewrite.words[n - 1].lower in ("and", "also")
        is_leading = word.forms & leading and word.lower != "found"
        if follows and is_leading and not word.keys & source.keys and _has_object(rewrite, n):
            yield Violation("deed", word.text, word.start, word.end, "the resume does not say that the person led this")


def _unhelped(source: Reading, rewrite: Reading) -> Iterator[Violation]:
    """Yield the deed of a rewrite where the source only helps with it, and the rewrite names nobody else's part."""
    helping, sharing = read_words("words.txt", "helping"), read_words("words.txt", "sharing")
    helps = [word for word in source.words[:OPENING] if word.forms & helping]
    shared = [word for word in rewrite.words if word.forms & (helping | (sharing - source.forms))]
    if helps and not shared:
        word = rewrite.words[0]
        reason = f'the resume says "{helps[0].text}", which is less'
        yield Violation("limit", word.text, word.start, word.end, reason)


def _alone(source: Reading, rewrite: Reading) -> Iterator[Violation]:
    """Yield what says that nobody else had a part in it, where the source says nothing of the kind."""
    if _ALONE.search(source.text) or re.search(r"\b(?:only|own|my|me|I)\b", source.text, re.I):
        return
    for match in _ALONE.finditer(rewrite.text):
        yield Violation("deed", match[0], *match.span(), "the resume does not say that the person did this alone")


def _has_object(rewrite: Reading, at: int) -> bool:
    """Tell "supervised trainees" from "supervised by an engineer", and "led a team" from "leading to"."""
    return at + 1 < len(rewrite.words) and rewrite.words[at + 1].lower not in ("by", "to")


def _taken_over(source: Reading, rewrite: Reading) -> Iterator[Violation]:
    for match in _OTHERS.finditer(source.text):
        if re.search(r"\b(?:me|myself|us)\b", match["doer"], re.I):
            continue
        doers = [word for word in source.words_between(*match.span("doer")) if word.is_content]
        deed = source.words_between(*match.span("deed"))
        if not doers or not deed:
            continue
        is_told = any(word.keys & doer.keys for word in rewrite.words for doer in doers)
        done = next((word for n, word in enumerate(rewrite.words) if _is_active(rewrite, n, deed[0])), None)
        if is_told and (done is not rewrite.words[0] or re.search(r"\bby\b", rewrite.text, re.I)):
            continue
        if done:
            reason = f'the resume says "by {match["doer"].strip()}"'
            yield Violation("deed", done.text, done.start, done.end, reason)


def _is_active(rewrite: Reading, at: int, deed: Word) -> bool:
    """Tell whether a word is the same deed, done by the person: not "was moved"."""
    before = rewrite.words[at - 1].lower if at else ""
    return bool(rewrite.words[at].forms & deed.forms) and before not in ("is", "are", "was", "were", "been", "being")
