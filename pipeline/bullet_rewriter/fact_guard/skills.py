"""Skills and tools of the resume that a rewrite may name for what the source describes."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from pipeline.bullet_rewriter.fact_guard.reading import Reading, Word, read_text
from pipeline.bullet_rewriter.fact_guard.thesaurus import is_verb
from pipeline.bullet_rewriter.fact_guard.word_lists import read_sections, read_words
from pipeline.bullet_rewriter.fact_guard.words import base_words
from pipeline.keyword_engine import TermMatcher, fold, lexicon_matcher

# A skill that no cue is known for counts as a practice, not as a product, where it is spelt like one.
_PRACTICE = re.compile(r"^\S+(?: [a-z-]+)+$|(?:ing|ment|tion|sion|sis|ance|ence|ship|care|work|logy|ics|graphy|try)$")


@dataclass(frozen=True)
class Grounds:
    """What a rewrite may draw on besides its source.

    Technologies and names are those of the job, `context` all its text, `elsewhere` that of the other jobs.
    """

    technologies: frozenset[str] = frozenset()
    names: tuple[str, ...] = ()
    skills: tuple[str, ...] = ()
    tools: frozenset[str] = frozenset()
    context: str = ""
    elsewhere: str = ""


def named_tools(source: Reading, rewrite: Reading, grounds: Grounds) -> Iterator[Word]:
    """Yield the words of a tool of the skills where the source has it by its kind only: "the till system".

    Why so narrow: the skills do not say where a tool was used. So no job may claim it, and the sentence must speak of
    a product of that kind that it does not name.
    """
    kinds = {word.lower.removesuffix("s") for word in source.words} & read_words("plain.txt", "products")
    if not kinds or source.technologies:
        return
    for tool in grounds.tools:
        known = next((line.split() for line in read_sections("plain.txt")["tools"] if fold(tool) in _names(line)), None)
        told = list(occurrences(read_text(tool), read_text(f"{grounds.context} {grounds.elsewhere}")))
        if told or (kinds <= {"spreadsheet", "dashboard"} and not (known and kinds & set(known))):
            continue
        for first, end in occurrences(read_text(tool), rewrite):
            yield from rewrite.words[first:end]


def _names(line: str) -> list[str]:
    return [fold(name.strip()) for name in line.partition(":")[2].split(",")]


def skill_words(source: Reading, rewrite: Reading, grounds: Grounds) -> list[Word]:
    """Return the words of a skill of the resume that names what the source describes."""
    found: list[Word] = []
    for skill in grounds.skills:
        reading = read_text(skill)
        for first, end in occurrences(reading, rewrite):
            words = list(rewrite.words[first:end])
            fresh = [word for word in words if word.is_content and not word.says & source.licenses]
            if fresh and _may_name(skill, reading, source, rewrite, (first, end), grounds):
                found.extend(words)
    return found


def _may_name(
    skill: str, reading: Reading, source: Reading, rewrite: Reading, at: tuple[int, int], grounds: Grounds
) -> bool:
    if _is_technology(skill) or skill in grounds.tools:
        return False
    refused = base_words("people.txt", "refused in skills") | base_words("people.txt", "credentials")
    if any(word.forms & refused and not word.says & source.licenses for word in reading.content):
        return False
    if _is_related(reading, source):
        return True
    if (
        _cues(skill) is not None
        or not _PRACTICE.search(skill)
        or list(occurrences(reading, read_text(grounds.elsewhere)))
    ):
        return False
    before = rewrite.words[at[0] - 1] if at[0] else None
    after = rewrite.words[at[1]] if at[1] < len(rewrite.words) else None
    listed = before is not None and (
        before.lower in ("and", "or") or "," in rewrite.text[before.end : rewrite.words[at[0]].start]
    )
    return not listed and not (after is not None and after.lower in ("and", "or") and not is_verb(after.text))


@lru_cache(maxsize=1024)
def _is_technology(skill: str) -> bool:
    """Tell whether a skill is a technology of the lexicon, in whatever case or context."""
    reading = read_text(skill)
    return any(term.kind == "technology" for term in reading.terms) or fold(reading.text) in _technologies(
        lexicon_matcher()
    )


@lru_cache(maxsize=2)
def _technologies(matcher: TermMatcher) -> frozenset[str]:
    entries = (entry for entry in matcher.entries if entry.kind == "technology")
    return frozenset(fold(spelling.text) for entry in entries for spelling in entry.spellings)


def _is_related(reading: Reading, source: Reading) -> bool:
    """Tell whether the source speaks of a skill: by a word of it, by the lexicon, or by a cue."""
    generic = _plain_skill_words()
    if any(word.says & source.licenses for word in reading.content if not word.forms & generic):
        return True
    if {term.keyword for term in reading.terms} & {term.keyword for term in source.terms}:
        return True
    cues = _cues(reading.text)
    return bool(cues) and any(cues and word.forms & cues for word in source.words)


@lru_cache(maxsize=1)
def _plain_skill_words() -> frozenset[str]:
    return base_words("skill_cues.txt", "generic")


@lru_cache(maxsize=1)
def _cue_lines() -> tuple[tuple[frozenset[str], frozenset[str]], ...]:
    lines = [line.partition(":") for line in read_sections("skill_cues.txt")["cues"]]
    return tuple(
        (frozenset(_keys(name)), frozenset(_keys(cues))) for names, _, cues in lines for name in names.split(" / ")
    )


def _keys(text: str) -> set[str]:
    return {form for word in read_text(text).words for form in word.forms} - {"of", "the", "and"}


@lru_cache(maxsize=1024)
def _cues(skill: str) -> frozenset[str] | None:
    """Return the words that tell of a skill, None where none are known."""
    wanted = frozenset(_keys(skill))
    found = [cues for name, cues in _cue_lines() if name <= wanted]
    return frozenset().union(*found) if found else None


def occurrences(phrase: Reading, reading: Reading) -> Iterator[tuple[int, int]]:
    """Yield where the words of one text stand in a row in another."""
    size = len(phrase.words)
    for first in range(len(reading.words) - size + 1 if size else 0):
        if all(
            own.forms & wanted.forms
            for own, wanted in zip(reading.words[first : first + size], phrase.words, strict=True)
        ):
            yield first, first + size
