"""Mends a rewrite whose only faults are words: a filler is dropped, and the source's own word is put back.

Why: a model's sentence is often true but for one adjective or one synonym too many; to throw it away loses the rest.
Facts are never mended: a wrong number, name, title or limit sends the whole rewrite back.
"""

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from functools import partial

from pipeline.bullet_rewriter.fact_guard import Violation, check_rewrite
from pipeline.bullet_rewriter.fact_guard.reading import Reading, Word, read_text
from pipeline.resumes import Resume

STRICTNESS = 2.0  # what was held back once has to be half as doubtful to be let through
MAX_RUNS = 4  # a rewrite with more faults than this is another sentence
SHORTEST_ADVERB = 7  # letters: "apply" and "supply" are none
_OF_WORDS = ("unsupported", "cause")
_ARTICLES = frozenset("a an the my our his her their its".split())
_SPACES = re.compile(r"\s+")
_LOOSE = re.compile(r"\s+([,.;:])|([,;:])(?=[,.;:])|^[\s,;:.]+|[\s,;:]+$")


def mend_rewrite(source: str, rewritten: str, *, resume: Resume, work_index: int | None = None) -> str | None:
    """Return the rewrite without the words that nothing bears out, or None where that leaves no true rewrite.

    What is returned has passed `check_rewrite`, keeps some of the rewording, and is never the source itself.
    """
    text = re.sub(r"^I (\w)", lambda match: match[1].upper(), rewritten)  # a resume leaves the person out
    check = partial(check_rewrite, source, resume=resume, work_index=work_index)
    violations = check(text)
    if text != rewritten and not violations:
        return text
    if not violations or len(violations) > MAX_RUNS or any(one.kind not in _OF_WORDS for one in violations):
        return None
    for proposal in dict.fromkeys(_proposals(read_text(source), read_text(text), violations)):
        if _is_rewording(source, proposal) and not check(proposal, strictness=STRICTNESS):
            return proposal
    return None


def _is_rewording(source: str, text: str) -> bool:
    """Tell whether a text is a sentence of its own: not the source, nor its words in their order with some left out."""
    own, given = (iter(word.lower for word in read_text(one).words) for one in (text, source))
    return any(word not in given for word in own)


def _proposals(source: Reading, rewrite: Reading, violations: Sequence[Violation]) -> Iterator[str]:
    """Yield the text with the source's words put back and, where none fits, fillers dropped; then with one edit."""
    own = _own_words(source, rewrite)
    edits = []
    for one in violations:
        dropped = _droppable(rewrite, one.start, one.end)
        if (one.start, one.end) in own:
            edits.append((one.start, one.end, own[one.start, one.end]))
        elif dropped:
            edits.append((*dropped, ""))
    if edits:
        yield _edited(rewrite.text, edits)
    yield from (_edited(rewrite.text, [edit]) for edit in edits)


def _own_words(source: Reading, rewrite: Reading) -> dict[tuple[int, int], str]:
    """Return the source's one word for one word of the rewrite, where both stand in the same place in the same form."""
    given, said = ([word.lower for word in reading.words] for reading in (source, rewrite))
    blocks = SequenceMatcher(None, given, said, autojunk=False).get_opcodes()
    swapped = [
        (source.words[start], rewrite.words[begin])
        for tag, start, end, begin, stop in blocks
        if tag == "replace" and end - start == stop - begin == 1
    ]
    return {
        (new.start, new.end): own.text if own.start or not new.start else own.lower
        for own, new in swapped
        if _ending(own) == _ending(new)
    }


def _ending(word: Word) -> str:
    """Return the look of a word, by which one may stand for the other: a past form, a plural, a form in -ing."""
    return next((ending for ending in ("ing", "ed", "ly", "s") if word.lower.endswith(ending)), "")


def _droppable(rewrite: Reading, start: int, end: int) -> tuple[int, int] | None:
    """Return the span to drop where the sentence stands without it, else None.

    That is an adverb, a word between an article and a noun, or all that follows a comma up to the end.
    """
    words = rewrite.words
    first = next(n for n, word in enumerate(words) if word.end > start)
    last = max(n for n, word in enumerate(words) if word.start < end)
    is_one = " " not in rewrite.text[words[first].start : words[last].end]  # excellent, or award-winning
    is_adverb = words[first].lower.endswith("ly") and len(words[first].text) >= SHORTEST_ADVERB
    if is_one and (is_adverb or _is_quality(words, first, last)):
        return words[first].start, words[last].end
    opening = next(n for n, word in enumerate(words) if word.segment == words[first].segment)
    cut = words[opening - 1].end if opening else 0
    if opening and words[last].segment == words[-1].segment and "," in rewrite.text[cut : words[opening].start]:
        return cut, words[-1].end
    return None


def _is_quality(words: Sequence[Word], first: int, last: int) -> bool:
    """Tell whether words stand between an article, which fits without them as well, and a word of their stretch."""
    follows = [word for word in words[last + 1 : last + 2] if word.is_content and word.segment == words[last].segment]
    if first == 0 or not follows or words[first - 1].lower not in _ARTICLES:
        return False
    is_vowel, will_be = (word.lower[0] in "aeiou" for word in (words[first], follows[0]))
    return words[first - 1].lower not in ("a", "an") or is_vowel == will_be


def _edited(text: str, edits: Sequence[tuple[int, int, str]]) -> str:
    """Return the text with spans replaced, its spaces and commas put right, and a capital where it had one."""
    is_capital = text[:1].isupper()
    for start, end, words in sorted(set(edits), reverse=True):
        text = f"{text[:start]}{words}{text[end:]}"
    text = _SPACES.sub(" ", text)
    text = _LOOSE.sub(lambda match: match[1] or "", text)
    return text[:1].upper() + text[1:] if is_capital else text
