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
_LINKS = frozenset("and or but with by for to of in on at while which that so as a an the".split())
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
    """Yield the text with all faults replaced by the source's own words, with all dropped, and with each by itself."""
    runs = [(one.start, one.end) for one in violations]
    yield _edited(rewrite.text, [(start, end, _own_words(source, rewrite, start, end)) for start, end in runs])
    yield _edited(rewrite.text, [(*_filler(rewrite, start, end), "") for start, end in runs])
    if len(runs) > 1:
        for start, end in runs:
            yield _edited(rewrite.text, [(start, end, _own_words(source, rewrite, start, end))])
            yield _edited(rewrite.text, [(*_filler(rewrite, start, end), "")])


def _own_words(source: Reading, rewrite: Reading, start: int, end: int) -> str:
    """Return the words of the source that the rewrite lacks and that mean most nearly what stands in a span."""
    at = [n for n, word in enumerate(rewrite.words) if start <= word.start < end]
    free = [n for n, word in enumerate(source.words) if word.is_content and not word.keys & rewrite.keys]
    if not at or not free:
        return ""
    alike = source.vectors.in_context @ rewrite.vectors.in_context[at].mean(axis=0)
    best = max(free, key=lambda n: float(alike[n]))
    first, last = best, best
    while first - 1 in free:
        first -= 1
    while last + 1 in free:
        last += 1
    found = source.text[source.words[first].start : source.words[last].end]
    return _in_case_of(rewrite.text[start:end], found, source.words[first])


def _in_case_of(replaced: str, text: str, first: Word) -> str:
    if replaced[:1].isupper():
        return text[:1].upper() + text[1:]
    return text[:1].lower() + text[1:] if first.start == 0 and not text[:2].isupper() else text


def _filler(rewrite: Reading, start: int, end: int) -> tuple[int, int]:
    """Return the span to drop: the words themselves, or all that only they were said for, with what links them."""
    words = rewrite.words
    first = next((n for n, word in enumerate(words) if word.end > start), 0)
    last = next((n for n, word in reversed(list(enumerate(words))) if word.start < end), 0)
    tail = words[last + 1 :]
    if not any(word.is_content and word.segment == words[last].segment for word in tail):
        while first > 0 and words[first - 1].lower in _LINKS:
            first -= 1
    return words[first].start, words[last].end


def _edited(text: str, edits: Sequence[tuple[int, int, str]]) -> str:
    """Return the text with spans replaced, its spaces and commas put right, and a capital where it had one."""
    is_capital = text[:1].isupper()
    for start, end, words in sorted(edits, reverse=True):
        text = f"{text[:start]}{words}{text[end:]}"
    text = _SPACES.sub(" ", text)
    text = _LOOSE.sub(lambda match: match[1] or "", text)
    return text[:1].upper() + text[1:] if is_capital else text
