"""Words that say the same, from lists that only training reads, put into the form of the word that they replace."""

from collections import defaultdict
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from pipeline.bullet_rewriter.fact_guard.word_lists import read_lines
from pipeline.bullet_rewriter.fact_guard.words import forms

LISTS = Path(__file__).resolve().parent / "lessons" / "synonyms"
_VOWELS = "aeiou"
_PARTICIPLE_AT = 1  # in a line of irregular forms: the past form stands behind the base


class Synonyms:
    """Groups of words: `alike` may replace each other, a `narrower` one says more, `related` ones are of one field."""

    def __init__(self) -> None:
        self._alike: dict[str, set[str]] = defaultdict(set)
        self._narrower: dict[str, set[str]] = defaultdict(set)
        self._fields: dict[str, set[int]] = defaultdict(set)
        self._verbs: set[str] = set()
        for number, (name, line) in enumerate(_lines()):
            broad, _, narrow = line.partition("<")
            wide, close = ([word.strip() for word in part.split(",") if word.strip()] for part in (broad, narrow))
            for word in (*wide, *close):
                self._fields[word].add(number)
            if name not in ("verbs", "nouns"):
                continue
            if name == "verbs":
                self._verbs.update(wide + close)
            for word in close or wide:
                self._alike[word].update(other for other in wide if other != word)
            for word in wide:
                self._narrower[word].update(close)

    def alike(self, word: str) -> list[str]:
        """Return what may stand for a word, in its form."""
        return self._inflected(word, self._alike)

    def narrower(self, word: str) -> list[str]:
        """Return words that say more than a word does, in its form."""
        return self._inflected(word, self._narrower)

    def are_related(self, first: str, second: str) -> bool:
        """Tell whether two words are, or may be, of one field."""
        fields = [{n for form in forms(word) for n in self._fields.get(form, ())} for word in (first, second)]
        return bool(fields[0] & fields[1]) or bool(forms(first) & forms(second))

    def _inflected(self, word: str, groups: dict[str, set[str]]) -> list[str]:
        found = set()
        for base in forms(word):
            for other in groups.get(base, ()):
                if "..." not in other:
                    found.add(inflected(other, base, word, is_verb=base in self._verbs))
        return sorted(one for one in found if one.lower() != word.lower())


def _lines() -> Iterator[tuple[str, str]]:
    for path in sorted(LISTS.glob("*.txt")):
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.strip() and not line.startswith("#"):
                yield path.stem, line


@lru_cache(maxsize=1)
def _pasts() -> dict[str, str]:
    return {line.split()[0]: line.split()[_PARTICIPLE_AT] for line in read_lines("irregular.txt")}


def inflected(text: str, base: str, like: str, *, is_verb: bool) -> str:
    """Return a word, or the first of several, in the form in which `like` stands to its base.

    >>> inflected("look after", "care", "cared", is_verb=True), inflected("reply", "answer", "answers", is_verb=False)
    ('looked after', 'replies')
    """
    lower = like.lower()
    first, _, rest = text.partition(" ")
    if is_verb and lower != base and lower.endswith("ing"):
        first = f"{_without_e(_doubled(first))}ing"
    elif is_verb and lower != base and not lower.endswith("s"):
        first = _past(first)
    elif lower != base and lower.endswith("s"):
        if is_verb or not rest:
            first = _with_s(first)
        else:
            rest = _with_s(rest)
    found = f"{first} {rest}".strip()
    return found[0].upper() + found[1:] if like[0].isupper() else found


def _past(verb: str) -> str:
    if verb in _pasts():
        return _pasts()[verb]
    if verb.endswith("y") and verb[-2:-1] not in _VOWELS:
        return f"{verb[:-1]}ied"
    return f"{_without_e(_doubled(verb))}ed"


def _with_s(word: str) -> str:
    if word.endswith("y") and word[-2:-1] not in _VOWELS:
        return f"{word[:-1]}ies"
    return f"{word}es" if word.endswith(("s", "x", "z", "ch", "sh")) else f"{word}s"


def _without_e(verb: str) -> str:
    return verb[:-1] if verb.endswith("e") and not verb.endswith("ee") else verb


def _doubled(verb: str) -> str:
    is_short = len(verb) <= 4 and verb[-1:] not in "aeiouwxy" and verb[-2:-1] in _VOWELS
    return verb + verb[-1] if is_short and verb[-3:-2] not in _VOWELS else verb
