"""Words and their forms: what makes "writing" and "wrote", or "prepare" and "preparation", one word."""

import re
from collections.abc import Iterator
from functools import lru_cache

from pipeline.bullet_rewriter.fact_guard.word_lists import read_lines, read_ordered, read_words

_TYPOGRAPHY = str.maketrans(
    {"’": "'", "‘": "'", "ʼ": "'", "“": '"', "”": '"', "‐": "-", "‑": "-", "‒": "-", "–": "-", "—": "-", "−": "-"}
    | dict.fromkeys("\xa0\u2007\u2009\u202f\t", " ")
)
_WORD = re.compile(r"[^\W_](?:[\w#]|[.&](?=[^\W_]))*(?:\+\+?|#)?(?:'[a-z]+)?", re.UNICODE)
_VOWEL = re.compile(r"[aeiouy]")
_ENDINGS = tuple(read_ordered("words.txt", "endings"))


def plain(text: str) -> str:
    """Return the text with plain quotes, dashes and spaces, each at its old place."""
    return text.translate(_TYPOGRAPHY)


def split_words(text: str) -> Iterator[tuple[int, int]]:
    """Yield where each word stands; parts joined by a hyphen or slash are words of their own."""
    for match in _WORD.finditer(text):
        yield match.span()


@lru_cache(maxsize=1)
def _irregular() -> dict[str, tuple[str, ...]]:
    bases: dict[str, list[str]] = {}
    for line in read_lines("irregular.txt"):
        base, *others = line.split()
        for other in others:
            bases.setdefault(other, []).append(base)
    return {form: tuple(found) for form, found in bases.items()}


def spelling(word: str) -> str:
    """Return a word in one spelling: small letters, American endings, no possessive.

    >>> spelling("Organisers'"), spelling("centre"), spelling("colour")
    ('organizers', 'center', 'color')
    """
    word = word.lower().rstrip("'")
    word = re.sub(r"'s$", "", word)
    word = re.sub(r"(?<=\w{3})is(e[drs]?|ers?|ing|ation|ations)$", r"iz\1", word)
    word = re.sub(r"ys(e[drs]?|ing)$", r"yz\1", word) if len(word) > 5 else word
    word = re.sub(r"our(s|ed|ing|ful|ite)?$", r"or\1", word) if len(word) > 4 else word
    word = re.sub(r"tre(s?)$", r"ter\1", word) if len(word) > 4 else word
    word = re.sub(r"^licenc", "licens", word)
    return re.sub(r"gramme(s?)$", r"gram\1", word)


@lru_cache(maxsize=16384)
def forms(word: str) -> frozenset[str]:
    """Return the base forms that a word may be an inflection of, itself included.

    >>> sorted(forms("planned"))
    ['plan', 'plann', 'planne', 'planned']
    """
    lower = word.lower().rstrip("'").removesuffix("'s")
    if lower.endswith("n't"):
        return frozenset({"n't", lower})
    found = {spelling(word)}
    found.update(spelling(base) for base in _irregular().get(lower, ()))
    for written in tuple(found):
        bases = (form for form in _uninflected(written) if len(form) >= 3 and _VOWEL.search(form))
        found.update(form for form in bases if form not in ("not", "non"))
    return frozenset(found)


def _uninflected(word: str) -> Iterator[str]:
    if word.endswith(("ies", "ied")) and len(word) > 4:
        yield word[:-3] + "y"
    if word.endswith(("ses", "xes", "zes", "ches", "shes", "oes")):
        yield word[:-2]
    if word.endswith("s") and not word.endswith(("ss", "us", "is")):
        yield word[:-1]
    for ending in ("ed", "ing"):
        stem = word.removesuffix(ending)
        if stem == word or len(stem) < 2:
            continue
        yield from (stem, stem + "e")
        if len(stem) > 3 and stem[-1] == stem[-2]:
            yield stem[:-1]


@lru_cache(maxsize=16384)
def stems(word: str) -> frozenset[str]:
    """Return marks of the family a word belongs to, so that a verb meets its noun. Agent nouns ("manager") have none.

    >>> bool(stems("preparation") & stems("prepare")), bool(stems("manager") & stems("manage"))
    (True, False)
    """
    found = set()
    for form in forms(word):
        if form.endswith(("er", "or")) and not form.endswith(("eer", "oor")):
            continue
        for ending in _ENDINGS:
            stem = form.removesuffix(ending)
            if stem != form and len(stem) >= 4:
                found.add(f"~{stem}")
        if len(form) >= 4:
            found.add(f"~{form}")
    return frozenset(found)


@lru_cache(maxsize=64)
def base_words(section: str) -> frozenset[str]:
    """Return the words of a section of the list in the spelling that forms have."""
    return frozenset(spelling(word) for word in read_words("words.txt", section))
