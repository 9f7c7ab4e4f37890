"""The language that a posting is written in, by n-grams of letters, offline."""

from functools import lru_cache
from itertools import islice
from typing import Any

MIN_LETTERS = 12  # fewer tell nothing for certain
MAX_CHARACTERS = 2_000  # more tell nothing new


def find_language(title: str | None, text: str) -> str | None:
    """Return the language as ISO 639 writes it in two letters; None where there is too little to tell."""
    sample = f"{title or ''}\n{text}"[:MAX_CHARACTERS]
    if len(list(islice(filter(str.isalpha, sample), MIN_LETTERS))) < MIN_LETTERS:
        return None
    found = _detector().detect(sample)
    return str(found.language) if found.language else None


@lru_cache(maxsize=1)
def _detector() -> Any:
    from eld import LanguageDetector

    return LanguageDetector()
