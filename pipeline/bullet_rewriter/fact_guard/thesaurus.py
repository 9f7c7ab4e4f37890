"""The word groups: which words and set phrases say the same, or one of them something broader."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from pipeline.bullet_rewriter.fact_guard.word_lists import read_lines
from pipeline.bullet_rewriter.fact_guard.words import forms, plain, spelling, split_words

Phrase = tuple[str, ...]
_VERB_LISTS = ("verbs.txt", "fields.txt")
# First words of set phrases in the lists of verbs that are no verbs of work.
_NO_VERBS = frozenset(
    (
        "be have newly with without together in not did automatic automatically faster quicker cheaper based of except"
    ).split()
)


@dataclass(frozen=True, slots=True)
class Sense:
    """One place of a phrase in a group: it may say what the group means, license it, or both."""

    group: str
    says: bool
    licenses: bool


@dataclass(frozen=True)
class PhraseIndex:
    """Phrases by their first word."""

    by_first: dict[str, list[tuple[Phrase, Sense]]]

    def find(self, found: list[frozenset[str]]) -> Iterator[tuple[int, int, Sense]]:
        """Yield the first and last word (exclusive) of every phrase in a text, given the forms of its words."""
        for first, first_forms in enumerate(found):
            for form in first_forms:
                for phrase, sense in self.by_first.get(form, ()):
                    end = _match(phrase, found, first)
                    if end:
                        yield first, end, sense


def _match(phrase: Phrase, found: list[frozenset[str]], at: int) -> int:
    """Return where a phrase that starts at a word ends, 0 where it does not; "..." in it skips up to three words."""
    for number, wanted in enumerate(phrase):
        if wanted == "...":
            return next((end for skip in range(4) if (end := _match(phrase[number + 1 :], found, at + skip))), 0)
        if at >= len(found) or wanted not in found[at]:
            return 0
        at += 1
    return at


def to_phrase(text: str) -> Phrase:
    """Return a phrase as the words that are looked up, each in its one spelling."""
    text = plain(text)
    parts = []
    for piece in re.split(r"(\.\.\.)", text):
        parts.extend(["..."] if piece == "..." else [spelling(piece[start:end]) for start, end in split_words(piece)])
    return tuple(parts)


def build_index(groups: list[tuple[str, list[str], list[str]]]) -> PhraseIndex:
    """Build an index of groups, each a name, the phrases that say it, and those that only license it."""
    by_first: dict[str, list[tuple[Phrase, Sense]]] = {}
    for group, equals, narrower in groups:
        for texts, says, licenses in ((equals, True, not narrower), (narrower, False, True)):
            for text in texts:
                phrase = to_phrase(text)
                if phrase:
                    by_first.setdefault(phrase[0], []).append((phrase, Sense(group, says, licenses)))
    return PhraseIndex(by_first)


@lru_cache(maxsize=1)
def synonyms() -> PhraseIndex:
    """Return the groups of the thesaurus: verbs.txt, nouns.txt, and the broad ones of fields.txt and things.txt."""
    groups = []
    for name in (*_VERB_LISTS, "nouns.txt", "things.txt"):
        for number, line in enumerate(read_lines(name)):
            broad, _, narrow = line.partition("<")
            groups.append((f"{name}:{number}", _items(broad), _items(narrow)))
    return build_index(groups)


@lru_cache(maxsize=1)
def verbs() -> frozenset[str]:
    """Return every verb of the lists of verbs, set phrases by their first word."""
    lines = [line for name in _VERB_LISTS for line in read_lines(name)]
    items = [item for line in lines for item in _items(line.replace("<", ","))]
    return frozenset(to_phrase(item)[0] for item in items if to_phrase(item)) - _NO_VERBS


def is_verb(word: str) -> bool:
    """Tell whether a word may be a form of a verb of work."""
    return not word.lower().endswith("'s") and bool(forms(word) & verbs())


def _items(text: str) -> list[str]:
    return [item.strip() for item in text.split(",") if item.strip()]
