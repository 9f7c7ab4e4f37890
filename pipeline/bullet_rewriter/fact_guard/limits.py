"""Limits that a rewrite must keep: helped, once, under supervision, with a colleague, when she travels."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from pipeline.bullet_rewriter.fact_guard.phrases import is_somebody, noun_phrase
from pipeline.bullet_rewriter.fact_guard.reading import Reading, Word
from pipeline.bullet_rewriter.fact_guard.thesaurus import PhraseIndex, build_index
from pipeline.bullet_rewriter.fact_guard.violation import Violation
from pipeline.bullet_rewriter.fact_guard.word_lists import read_sections
from pipeline.bullet_rewriter.fact_guard.words import base_words

_NEXT_WORDS = 2
_OPEN = re.compile(
    r"\b(?:including|includes?|such as|for example|for instance|e\.g\.|among them|and more|and others?|etc)\b", re.I
)
_MAY_OPEN = re.compile(
    r"[:(]|\b(?:like|mainly|mostly|mainly|among|usually|often|some|most|with|plus|also|of them)\b", re.I
)


@dataclass(frozen=True)
class Limit:
    """Words that keep a claim small: what triggers the limit, what may stand for it, and how far it reaches."""

    kind: str
    scope: str
    triggers: PhraseIndex
    survivors: PhraseIndex


@lru_cache(maxsize=1)
def _limits() -> tuple[Limit, ...]:
    limits = []
    for scope, lines in read_sections("limits.txt").items():
        for line in lines:
            kind, _, rest = line.partition(":")
            triggers, _, others = rest.partition("|")
            own = [item.strip() for item in triggers.split(",") if item.strip()]
            more = [item.strip() for item in others.split(",") if item.strip()]
            limits.append(Limit(kind, scope, build_index([(kind, own, [])]), build_index([(kind, own + more, [])])))
    return tuple(limits)


def check_limits(source: Reading, rewrite: Reading) -> Iterator[Violation]:
    """Yield each limit of the source that the rewrite drops while it keeps what was limited."""
    found, said = [word.forms for word in source.words], [word.forms for word in rewrite.words]
    for limit in _limits():
        for first, end, _ in limit.triggers.find(found):
            if _is_number(source, source.words[first]) or _is_denied(limit, source, first) or _is_means(source, end):
                continue
            kept = _kept(_scope(limit.scope, source, first, end), rewrite)
            if kept is None or any(True for _ in limit.survivors.find(said)):
                continue
            words = source.text[source.words[first].start : source.words[end - 1].end]
            reason = f'the resume says "{words}" ({limit.kind}), which the rewrite leaves out'
            yield Violation("limit", kept.text, kept.start, kept.end, reason)
            break


def _is_denied(limit: Limit, source: Reading, at: int) -> bool:
    """Tell "without help", which is no help."""
    return limit.kind.startswith("only") and at > 0 and source.words[at - 1].lower in ("without", "no")


def _is_means(source: Reading, end: int) -> bool:
    """Tell "checked by restoring a file", which names no one."""
    follows = source.words[end].lower if end < len(source.words) else ""
    return source.words[end - 1].lower == "by" and follows.endswith("ing")


def _is_number(source: Reading, word: Word) -> bool:
    """Tell whether a word is part of a number: "some 30", "not more than 5"."""
    return any(start < word.end and word.start < end for start, end in source.number_spans)


def _scope(scope: str, source: Reading, first: int, end: int) -> list[Word]:
    """Return the words of the source that a limit reaches."""
    rest = [word for i, word in enumerate(source.words) if word.is_content and not first <= i < end]
    if scope == "sentence":
        return rest
    if scope == "next":
        following = [word for word in rest if word.start > source.words[end - 1].end]
        return following[:_NEXT_WORDS]
    clause = source.words[first].clause
    inside = [word for word in rest if word.clause == clause] or [word for word in rest if word.clause == clause - 1]
    outside = frozenset(form for word in rest if word.clause != clause for form in word.forms)
    return [word for word in inside if not word.forms & outside] or inside


def _kept(scope: list[Word], rewrite: Reading) -> Word | None:
    return next((word for word in rewrite.content if any(word.says & own.licenses for own in scope)), None)


def check_shared_work(source: Reading, rewrite: Reading) -> Iterator[Violation]:
    """Yield what was done with colleagues where the rewrite leaves them out."""
    for i, word in enumerate(source.words):
        if word.lower not in ("with", "alongside", "under") or source.text[word.end : word.end + 1] == "-":
            continue
        company = noun_phrase(source, i + 1)
        others = [person for person in company if is_somebody(person) or company[0].lower == "another"]
        if any(own.lower in ("other", "second", "fellow") for own in company):
            others = [own for own in company if own.is_content] or company
        met = [n for n, own in enumerate(rewrite.words) if any(own.says & person.licenses for person in others)]
        if word.lower == "with" and met and all(_is_done_for(rewrite, n) for n in met):
            own = rewrite.words[met[0]]
            words = source.text[word.start : company[-1].end]
            yield Violation("limit", own.text, own.start, own.end, f'the resume says "{words}", not for them')
        if not others or met:
            continue
        work = [own for own in source.content if own.clause == word.clause and own not in company]
        kept = _kept(work, rewrite)
        if kept and not any(own.forms & base_words("people.txt", "together") for own in rewrite.words):
            words = source.text[word.start : company[-1].end]
            yield Violation(
                "limit", kept.text, kept.start, kept.end, f'the resume says "{words}", which the rewrite leaves out'
            )


def _is_done_for(reading: Reading, at: int) -> bool:
    """Tell whether somebody stands after "for" in a text."""
    return any(
        own.lower == "for" and reading.words[at] in noun_phrase(reading, at - back + 1)
        for back, own in ((n, reading.words[at - n]) for n in range(1, min(at, 4) + 1))
    )


def check_conditions(source: Reading, rewrite: Reading) -> Iterator[Violation]:
    """Yield a condition of the source that the rewrite drops: stands in "when she travels" became stands in."""
    for i, word in enumerate(source.words):
        if not i or word.lower not in ("when", "if", "unless", "whenever", "while"):
            continue
        if word.lower == "while" and not any(is_somebody(own) for own in source.words[i + 1 : i + 4]):
            continue
        condition = [own for own in source.content if own.clause == word.clause and own.start > word.start]
        numbers = any(q.start > word.start for q in source.quantities) and rewrite.quantities
        if not condition or numbers or any(w.says & own.licenses for w in rewrite.words for own in condition):
            continue
        kept = _kept([own for own in source.content if own.clause != word.clause], rewrite)
        if kept:
            words = source.text[word.start : condition[-1].end]
            yield Violation(
                "limit", kept.text, kept.start, kept.end, f'the resume says "{words}", which the rewrite leaves out'
            )


def check_only(source: Reading, rewrite: Reading) -> Iterator[Violation]:
    """Yield what the rewrite says without what the source confines it to: "only single-phase units"."""
    for word in source.words:
        if word.lower not in ("only", "solely", "exclusively", "just") or _is_number(source, word):
            continue
        after = [own for own in source.content if own.start > word.start and own.segment == word.segment]
        confined = after[:_NEXT_WORDS] or [own for own in source.content if own.end <= word.start][-_NEXT_WORDS:]
        if any(own.says & other.licenses for own in rewrite.words for other in confined) or not confined:
            continue
        kept = _kept([own for own in source.content if own not in confined], rewrite)
        if kept and not any(own.lower in ("only", "solely", "exclusively", "just") for own in rewrite.words):
            words = source.text[min(word.start, confined[0].start) : max(word.end, confined[-1].end)]
            reason = f'the resume says "{words}", which the rewrite leaves out'
            yield Violation("limit", kept.text, kept.start, kept.end, reason)


def check_openness(source: Reading, rewrite: Reading) -> Iterator[Violation]:
    """Yield "including" and the like where the source names all that there is: the rewrite hints at more."""
    match = _OPEN.search(rewrite.text)
    if match and not _OPEN.search(source.text) and not _MAY_OPEN.search(source.text):
        reason = "the resume does not say that there is more than it names"
        yield Violation("limit", match[0], match.start(), match.end(), reason)


_NEGATORS = ("no", "never", "zero", "none", "without")


def check_negated(source: Reading, rewrite: Reading) -> Iterator[Violation]:
    """Yield what is denied more widely than in the source: no reportable accidents, no accidents."""
    for i, word in enumerate(source.words):
        if word.lower not in _NEGATORS:
            continue
        denied = [own for own in source.content if own.start > word.start and own.segment == word.segment]
        head = [own for own in noun_phrase(source, i + 1) if own.is_content][-1:]
        if not head or not any(own.lower in _NEGATORS for own in rewrite.words):
            continue
        kept = next((own for own in rewrite.words if own.says & head[0].licenses), None)
        lost = next((own for own in denied if not any(other.says & own.licenses for other in rewrite.words)), None)
        if kept and lost:
            reason = f'the resume denies it of "{lost.text}" only'
            yield Violation("limit", kept.text, kept.start, kept.end, reason)
