"""Names of technologies and skills in a text, looked up in the lexicon in use; no artifact has a say in it."""

import re
from collections.abc import Iterable, Sequence
from itertools import groupby
from pathlib import Path

from pipeline.core import WatchedFiles, get_settings
from pipeline.keyword_engine.employers import without_employers
from pipeline.keyword_engine.lexicon import fold, load_lexicon
from pipeline.keyword_engine.term_matcher import TermMatch, TermMatcher
from pipeline.postings import company_spans, is_small_print, sentence_span, sentence_starts

_ADDRESS = re.compile(r"(?:https?://|\bwww\.)[^\s<>()\"]+", re.I)

_matchers: WatchedFiles[TermMatcher] = WatchedFiles(most=4)
_spellings: WatchedFiles[dict[str, str]] = WatchedFiles(most=4)


def lexicon_files() -> list[Path]:
    """Return the user's own terms that count beside the built-in lexicon.

    Imported vocabularies, then ROLEMAP_LEXICON.
    """
    settings = get_settings()
    return [*sorted(settings.vocabularies_path.glob("*.csv")), *([settings.lexicon] if settings.lexicon else [])]


def lexicon_matcher() -> TermMatcher:
    """Return the matcher of the lexicon in use; built once, and again when the user's own file changes."""
    files = lexicon_files()
    return _matchers.get(tuple(files), files, lambda: TermMatcher(load_lexicon(files)))


def lexicon_spellings() -> dict[str, str]:
    """Return the keyword that each spelling of the lexicon in use stands for, by the spelling as it is folded."""
    files = lexicon_files()
    return _spellings.get(tuple(files), files, lambda: _read_spellings(files))


def _read_spellings(files: Sequence[Path]) -> dict[str, str]:
    spellings: dict[str, str] = {}
    for entry in load_lexicon(files):
        for spelling in entry.spellings:
            spellings.setdefault(fold(spelling.text), entry.keyword)
    return spellings


def canonical_keyword(name: str) -> str:
    """Return the keyword that a name stands for in the lexicon: "Apache Kafka" and "kafka" are one."""
    return lexicon_spellings().get(fold(name), " ".join(name.split()).lower())


def known_otherwise(names: Iterable[str]) -> set[str]:
    """Return those of some names, in lower case, that the lexicon has under another, as "ml" under machine learning."""
    spellings = lexicon_spellings()
    return {name for name in names if spellings.get(fold(name), name) != name}


def find_terms_in_context(text: str, employer: str | None = None) -> list[tuple[TermMatch, str]]:
    """Return the lexicon's names in a text, each with its sentence; `employer` is who hires, where that is known."""
    return in_context(text, lexicon_matcher().find(text), employer)


def in_context(text: str, matches: Sequence[TermMatch], employer: str | None = None) -> list[tuple[TermMatch, str]]:
    """Pair names with their sentences.

    Left out are parts of the employer's name, words of a web address, and skills that stand in small print (benefits,
    equal opportunity) or where the employer is described.
    """
    if "://" in text or "www." in text:
        addresses = [address.span() for address in _ADDRESS.finditer(text)]
        matches = [match for match in matches if not any(a <= match.start < b for a, b in addresses)]
    matches = without_employers(text, matches, hiring=employer)
    described = company_spans(text) if matches else []
    starts = sentence_starts(text) if matches else ()
    paired: list[tuple[TermMatch, str]] = []
    for span, found in groupby(matches, lambda match: sentence_span(text, starts, match.start)):
        named = list(found)
        sentence = text[span[0] : span[1]]
        skills = {match.entry.keyword for match in named if match.entry.kind == "skill"}
        is_print = bool(skills) and (
            is_small_print(sentence, len(skills)) or any(start <= span[0] < end for start, end in described)
        )
        paired += [(match, sentence) for match in named if not (is_print and match.entry.kind == "skill")]
    return paired
