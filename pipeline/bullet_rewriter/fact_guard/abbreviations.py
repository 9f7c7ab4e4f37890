"""Abbreviations that everybody in a trade knows: AP and accounts payable are the same words."""

from collections.abc import Sequence
from functools import lru_cache

from pipeline.bullet_rewriter.fact_guard.word_lists import read_lines
from pipeline.bullet_rewriter.fact_guard.words import forms, spelling, split_words

ABBREVIATED = "="  # opens the mark of an abbreviation
_LINKS = frozenset({"and", "of", "for", "the", "to", "in"})


@lru_cache(maxsize=1)
def _known() -> dict[str, list[tuple[str, tuple[str, ...]]]]:
    """Return the words in full, each run under its first word, with the abbreviation they stand for."""
    found: dict[str, list[tuple[str, tuple[str, ...]]]] = {}
    for line in read_lines("abbreviations.txt"):
        short, _, meanings = line.partition(":")
        for full in meanings.split(","):
            words = tuple(spelling(full[start:end]) for start, end in split_words(full))
            found.setdefault(words[0], []).append((short, words))
    return found


@lru_cache(maxsize=1)
def _shorts() -> frozenset[str]:
    return frozenset(short for runs in _known().values() for short, _ in runs)


def abbreviation_keys(words: Sequence[str]) -> list[set[str]]:
    """Return for each word a mark of the abbreviation that it is, or is a part of in full."""
    keys: list[set[str]] = [set() for _ in words]
    for n, word in enumerate(words):
        short = word.lower().removesuffix("s") if word[:2].isupper() else word.lower()
        if short in _shorts() and (word[0].isupper() or any(character.isdigit() for character in word)):
            keys[n].add(f"{ABBREVIATED}{short}")
        for form in forms(word):
            for short, full in _known().get(form, ()):
                run = words[n : n + len(full)]
                if len(run) == len(full) and all(part in forms(own) for part, own in zip(full, run, strict=True)):
                    for own in keys[n : n + len(full)]:
                        own.add(f"{ABBREVIATED}{short}")
    return keys


def is_made_of_initials(short: str, words: Sequence[str]) -> bool:
    """Tell whether a word in capitals is made of the initials of words in a row of another text."""
    if not (2 <= len(short) <= 5 and short.isalpha() and short.isupper()):
        return False
    named = [word for word in words if word.lower() not in _LINKS]
    for own in (words, named):
        for n in range(len(own) - len(short) + 1):
            run = own[n : n + len(short)]
            if "".join(word[0] for word in run).upper() == short and (len(short) > 2 or run[0][0].isupper()):
                return True
    return False
