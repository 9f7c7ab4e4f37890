"""The form of a rewrite: one plain sentence of the resume, without markup, links, labels or words to the reader."""

import re
import unicodedata
from collections.abc import Iterator

from pipeline.bullet_rewriter.fact_guard.violation import Violation
from pipeline.bullet_rewriter.fact_guard.words import plain

MAX_GROWTH = 3  # a rewrite longer than this many times its source is no rewrite
MAX_LENGTH = 2000  # characters: what is longer is no sentence, and is not let through unread
SHORT = 200  # characters that any rewrite may have

_LABEL_QUALITY = "improved|revised|rewritten|updated|final|new|original|suggested|polished|enhanced|better|alternative"
_LABEL = (
    "bullet(?: point)?|version|option|rewrite|rewritten|revised|revision|output|answer|response|result|sentence"
    "|suggestion|draft|note|summary|improved|explanation|example|json|text|variant|alternative|candidate"
)
_SPEAKER = "assistant|system|user|human|ai"
_OPENING = "here(?:'s| is| are)|sure|certainly|of course|okay|absolutely|happy to help"
_NOTE = (
    "please|confirm|verify|check|insert|add|note(?=:| that)|revised|rewritten|optional|edit|see|tbc|estimated?"
    "|placeholder|adjust"
)
# What a pattern finds counts only where the source does not hold the same words.
_LEAKS = {
    "markup does not belong in a resume": (
        r"</?[a-z!][^>]*>|<<|>>|&(?:#\w+|[a-z]+);|\*\*|__|~~|`|\]\(|(?<!\w)\*\S|^\s*#{1,6}\s|^\s*[-*•>]\s|\{\{|\}\}|\$\$"
        r"|\\[a-z]+\b|\|"
    ),
    "a link or address that the resume's sentence does not have": (
        r"\b(?:https?|ftp|javascript|data|mailto):|www\.|\S+@\S+\.\w+|\b[\w-]+\.(?:com|org|net|io|co|de|dev|ai)\b"
    ),
    "a placeholder is not a fact": r"\[[^\]]*\]|\{[^}]*\}|\bX{1,3}%|\bXX+\b|\bTBD\b|\bTODO\b|\blorem ipsum\b|<[^>]*>",
    "a label or a word to the reader, not part of the sentence": (
        rf"^\W*(?:(?:{_OPENING})\b|(?:(?:the |your )?(?:{_LABEL_QUALITY})\s*)?"
        rf"(?:(?:{_SPEAKER})|(?:{_LABEL})\s*(?:\(?\w{{0,12}}\)?)?)\s*(?:[:=]|- ))"
    ),
    "a note to the reader, not part of the sentence": rf"\((?:[^)]*\b(?:{_NOTE})\b[^)]*)\)",
    "an instruction, not part of a resume": (
        r"\b(?:ignore|disregard|forget)\s+(?:all|any|the|these|those|your|previous|prior|above|my)\b|\bplease\b"
        rf"|(?:^|[.!?;]\s*|\b(?:new|your|following)\s)(?:{_SPEAKER}|instructions?)\s*:|\bas an ai\b"
        r"|\blanguage model\b|\bprompt\b"
        r"|\bthe (?:applicant|candidate|resume|cv)\b|\bhire (?:this|me|them)\b|\byou (?:are|must|should|can)\b"
    ),
}
# Where the source speaks of nobody, a rewrite may say "my" on its way, but not open as a letter does.
_FIRST_PERSON = re.compile(r"(?<![\w'.])(?:I(?:'m|'ve|'d)?|me|my|mine|myself|we|our|ours|us)(?![\w'.])", re.I)
_UPPER_US = re.compile(r"\bUS\b|\bU\.S\.")


def check_form(source: str, rewritten: str) -> Iterator[Violation]:
    """Yield what makes a rewrite something else than one plain sentence."""
    if not rewritten.strip():
        yield Violation("form", "", 0, len(rewritten), "the rewrite is empty")
        return
    if max(len(rewritten), len(source)) > MAX_LENGTH:
        reason = f"more than {MAX_LENGTH:,} characters are not checked as one sentence"
        yield Violation("form", "", 0, len(rewritten), reason)
        return
    if len(rewritten) > max(SHORT, MAX_GROWTH * len(source)):
        yield Violation("form", "", 0, len(rewritten), "the rewrite is far longer than the sentence it stands for")
        return
    yield from _odd_characters(source, rewritten)
    view, known = plain(rewritten), plain(source).lower()
    for reason, pattern in _LEAKS.items():
        match = next((m for m in re.finditer(pattern, view, re.I) if not _is_known(m, view, known)), None)
        if match:
            yield Violation("form", rewritten[match.start() : match.end()].strip(), match.start(), match.end(), reason)
    own = next((m for m in _FIRST_PERSON.finditer(view) if not _UPPER_US.match(view, m.start())), None)
    if own and not own.start() and own[0] != "My" and not _FIRST_PERSON.search(plain(source)):
        yield Violation("form", own[0], own.start(), own.end(), "a sentence of a resume is not in the first person")


def _is_known(match: re.Match[str], view: str, known: str) -> bool:
    found = match[0].strip().lower()
    if found == "us" and _UPPER_US.match(view, match.start()):
        return True
    if not found or not found[0].isalnum():
        return found in known and bool(found)
    return re.search(rf"(?<!\w){re.escape(found)}(?!\w)", known) is not None


def _odd_characters(source: str, rewritten: str) -> Iterator[Violation]:
    """Yield control and invisible characters, line breaks, and letters of a script that the source does not use."""
    for position, character in enumerate(rewritten):
        if character in source or character == "\u00a0":
            continue
        category = unicodedata.category(character)
        if character in "\n\r" or category in ("Cc", "Cf", "Co", "Cs", "Cn"):
            reason = "a line break or an invisible character is in the rewrite"
            yield Violation("form", "", position, position + 1, reason)
            return
        if category == "So" or (category[0] == "L" and not unicodedata.name(character, "").startswith("LATIN")):
            reason = "a character that the resume's sentence does not use"
            yield Violation("form", character, position, position + 1, reason)
            return
