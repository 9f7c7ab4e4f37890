"""Mends a rewrite whose only faults are words: a filler is dropped, and the source's own word is put back.

Why: a model's sentence is often true but for one adjective or one synonym too many; to throw it away loses the rest.
Facts are never mended: a wrong number, name, title or limit sends the whole rewrite back.
"""

import re
from collections.abc import Iterator, Sequence

from pipeline.bullet_rewriter.fact_guard import Violation, check_rewrite
from pipeline.bullet_rewriter.fact_guard.reading import Reading, Word, read_text
from pipeline.resumes import Resume

MAX_ROUNDS = 3
MAX_RUNS = 4  # a rewrite with more faults than this is another sentence
SHORTEST_ADVERB = 7  # letters: "apply" and "supply" are none
_ARTICLES = frozenset("a an the my our his her their its".split())
_PARTICLES = frozenset("in up out off down on over away back through for of".split())
_SPACES = re.compile(r"\s+")
_LOOSE = re.compile(r"\s+([,.;:])|([,;:])(?=[,.;:])|^[\s,;:.]+|[\s,;:]+$")


def mend_rewrite(source: str, rewritten: str, *, resume: Resume, work_index: int | None = None) -> str | None:
    """Return the rewrite without the words that nothing bears out, or None where that leaves no true rewrite.

    What is returned has passed `check_rewrite`, keeps some of the rewording, and is never the source itself.
    """
    current = rewritten
    for _ in range(MAX_ROUNDS):
        violations = check_rewrite(source, current, resume=resume, work_index=work_index)
        if not violations or len(violations) > MAX_RUNS or any(one.kind != "unsupported" for one in violations):
            return None
        proposals = list(dict.fromkeys(_proposals(read_text(source), read_text(current), violations)))
        for proposal in proposals:
            if _is_rewording(source, proposal) and not check_rewrite(
                source, proposal, resume=resume, work_index=work_index
            ):
                return proposal
        if not proposals:
            return None
        current = proposals[0]
    return None


def _is_rewording(source: str, text: str) -> bool:
    """Tell whether a text is a sentence of its own: not the source, nor its words in their order with some left out."""
    own, given = (iter(word.lower for word in read_text(one).words) for one in (text, source))
    return any(word not in given for word in own)


def _proposals(source: Reading, rewrite: Reading, violations: Sequence[Violation]) -> Iterator[str]:
    """Yield the text with the source's words put back and, where none fits, fillers dropped; then with either alone."""
    back = {(one.start, one.end): _put_back(source, rewrite, one.start, one.end) for one in violations}
    drop = {(one.start, one.end): _droppable(rewrite, one.start, one.end) for one in violations}
    edits = [(*at, word) for at, word in back.items() if word]
    edits += [(*span, "") for at, span in drop.items() if span and not back[at]]
    if edits:
        yield _edited(rewrite.text, edits)
    for at, span in drop.items():
        if span:
            yield _edited(rewrite.text, [(*span, "")])
        if word := back[at]:
            yield _edited(rewrite.text, [(*at, word)])


def _put_back(source: Reading, rewrite: Reading, start: int, end: int) -> str | None:
    """Return the source's one word for one word of the rewrite, where it fits into its place, else None.

    It fits where both open their sentence, or stand before the same word, and are the same form by their ending.
    """
    at = next((n for n, word in enumerate(rewrite.words) if (word.start, word.end) == (start, end)), None)
    if at is None or _next_is_particle(rewrite, at):
        return None
    for n, own in enumerate(source.words):
        is_free = own.is_content and not own.keys & rewrite.keys and not _next_is_particle(source, n)
        if is_free and _ending(own.lower) == _ending(rewrite.words[at].lower) and _same_place(source, n, rewrite, at):
            return _in_case_of(rewrite.text[start:end], own.text, own)
    return None


def _same_place(source: Reading, own_at: int, rewrite: Reading, at: int) -> bool:
    """Tell whether two words stand between the same words, or open their sentences before the same content word."""
    if own_at == 0 and at == 0:
        firsts = [next((word for word in one.words[1:] if word.is_content), None) for one in (source, rewrite)]
        return firsts[0] is not None and firsts[1] is not None and bool(firsts[0].keys & firsts[1].keys)
    before, after = (
        [one.words[n + step : n + step + 1] for one, n in ((source, own_at), (rewrite, at))] for step in (-1, 1)
    )
    return 0 not in (own_at, at) and all(
        bool(one) == bool(other) and (not one or bool(one[0].forms & other[0].forms)) for one, other in (before, after)
    )


def _next_is_particle(reading: Reading, at: int) -> bool:
    return any(word.lower in _PARTICLES for word in reading.words[at + 1 : at + 2])


def _ending(word: str) -> str:
    """Return the look of a word, by which one may stand for the other: a past form, a plural, a form in -ing."""
    return next((ending for ending in ("ing", "ed", "ly", "s") if word.endswith(ending)), "")


def _in_case_of(replaced: str, text: str, first: Word) -> str:
    if replaced[:1].isupper():
        return text[:1].upper() + text[1:]
    return text[:1].lower() + text[1:] if first.start == 0 and not text[:2].isupper() else text


def _droppable(rewrite: Reading, start: int, end: int) -> tuple[int, int] | None:
    """Return the span to drop where the sentence stands without it, else None.

    That is an adverb, a word between an article and a noun, or all that follows a comma up to the end.
    """
    words = rewrite.words
    first = next(n for n, word in enumerate(words) if word.end > start)
    last = max(n for n, word in enumerate(words) if word.start < end)
    if first == last and (_is_adverb(words[first]) or _is_quality(words, first)):
        return words[first].start, words[last].end
    opening = next(n for n, word in enumerate(words) if word.segment == words[first].segment)
    cut = words[opening - 1].end if opening else 0
    if opening and words[last].segment == words[-1].segment and "," in rewrite.text[cut : words[opening].start]:
        return cut, words[-1].end
    return None


def _is_adverb(word: Word) -> bool:
    return word.lower.endswith("ly") and len(word.text) >= SHORTEST_ADVERB


def _is_quality(words: Sequence[Word], at: int) -> bool:
    """Tell whether a word stands between an article and a word of meaning in the same stretch."""
    follows = words[at + 1 : at + 2]
    is_before_noun = bool(follows) and follows[0].is_content and follows[0].segment == words[at].segment
    return at > 0 and words[at - 1].lower in _ARTICLES and is_before_noun


def _edited(text: str, edits: Sequence[tuple[int, int, str]]) -> str:
    """Return the text with spans replaced, its spaces and commas put right, and a capital where it had one."""
    is_capital = text[:1].isupper()
    for start, end, words in sorted(edits, reverse=True):
        text = f"{text[:start]}{words}{text[end:]}"
    text = _SPACES.sub(" ", text)
    text = _LOOSE.sub(lambda match: match[1] or "", text)
    return text[:1].upper() + text[1:] if is_capital else text
