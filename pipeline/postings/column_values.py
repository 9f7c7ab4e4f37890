"""What the values of a column look like: how long, how varied, how much like addresses, days, titles or prose."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from statistics import median

from pipeline.core import DATA
from pipeline.postings.dates import looks_like_date
from pipeline.postings.facts.workplace import names_workplace
from pipeline.postings.role_phrases import names_occupation

POSTING_WORDS = DATA / "posting_words.txt"
PROSE_WORDS = 12  # from which a value without spaces of its own kind is a sentence or more
PROSE_LETTERS_UNSPACED = 20  # the same for scripts that set no spaces
_URL = re.compile(r"(?:https?://|www\.)\S+", re.I)
_NUMBER = re.compile(r"[-+]?[\d.,\s]+(?:e[+-]?\d+)?", re.I)
_LEGAL = re.compile(
    r"\b(?:gmbh|ag|kg|se|inc|llc|ltd|plc|corp|s\.?a\.?s?|s\.?l\.?u?|b\.?v|n\.?v|s\.?p\.?a|s\.?r\.?l|sp\. ?z ?o\. ?o|"
    r"a/s|aps|ab|as|oy|oyj|s\.?r\.?o|kft|zrt|d\.?o\.?o|a\.?ş|e\.?v|mbh|group|klinik\w*|hospital|university|bank|holding)\b\.?",
    re.I,
)
_UNSPACED = re.compile(r"[\u3040-\u9fff]")
_TAGS = re.compile(r"<[^<>]{1,200}>")


@dataclass(frozen=True)
class ValueTraits:
    """Shares are of the filled values, from 0 to 1; lengths are medians."""

    filled: float
    length: float
    words: float
    distinct: float
    urls: float
    dates: float
    numbers: float
    flags: float
    emails: float
    prose: float
    occupations: float
    legal: float
    commas: float
    posting_words: float
    spaceless: float
    workplaces: float


def find_traits(values: Sequence[str]) -> ValueTraits | None:
    """Return the traits of a column's values, or None where all are empty."""
    filled = [value for value in values if value]
    if not filled:
        return None
    plain = [_TAGS.sub(" ", value) if "<" in value else value for value in filled]

    def share(test: Callable[[str], object]) -> float:
        return sum(map(bool, map(test, filled))) / len(filled)

    return ValueTraits(
        filled=len(filled) / len(values),
        length=median(map(len, plain)),
        words=median(len(value.split()) for value in plain),
        distinct=len(set(filled)) / len(filled),
        urls=share(_URL.match),
        dates=share(looks_like_date),
        numbers=share(_NUMBER.fullmatch),
        flags=share(lambda value: value.casefold() in {"true", "false", "yes", "no", "0", "1", "y", "n", "ja", "nein"}),
        emails=share(lambda value: re.fullmatch(r"[^@\s]+@[^@\s]+\.\w+", value)),
        prose=sum(map(is_prose, plain)) / len(plain),
        occupations=share(_names_a_job),
        legal=share(lambda value: len(value) < 80 and _LEGAL.search(value)),
        commas=share(lambda value: len(value) < 80 and "," in value),
        posting_words=sum(map(_posting_words, plain)) / len(plain),
        spaceless=share(lambda value: " " not in value.strip()),
        workplaces=share(names_workplace),
    )


def is_prose(value: str) -> bool:
    """Tell whether a value is a sentence or more, in any script."""
    return len(value.split()) >= PROSE_WORDS or len(_UNSPACED.findall(value)) >= PROSE_LETTERS_UNSPACED


def _names_a_job(value: str) -> bool:
    if len(value) > 120:
        return False
    return any(names_occupation(word) for word in re.findall(r"[^\W\d_][\w-]*", value)[:12])


def _posting_words(value: str) -> float:
    """Return from 0 to 1 how much a text uses the words of ads: three different ones are plenty."""
    words = set(re.findall(r"[^\W\d_]{3,}", value[:3000].casefold()))
    found = {stem for word in words for stem in (_stem(word),) if stem}
    return min(1.0, (len(found) + sum(term in value for term in _unspaced_terms())) / 3)


@lru_cache(maxsize=50_000)
def _stem(word: str) -> str | None:
    return next((stem for stem in _stems().get(word[:3], ()) if word.startswith(stem)), None)


@lru_cache(maxsize=1)
def _stems() -> dict[str, list[str]]:
    stems: dict[str, list[str]] = {}
    for word in _words():
        stems.setdefault(word[:3], []).append(word)
    return stems


@lru_cache(maxsize=1)
def _unspaced_terms() -> list[str]:
    return [word for word in _words() if _UNSPACED.search(word) or re.search("[\uac00-\ud7a3]", word)]


@lru_cache(maxsize=1)
def _words() -> list[str]:
    lines = POSTING_WORDS.read_text(encoding="utf-8").splitlines()
    return [word for line in lines if not line.startswith("#") for word in line.split()]
