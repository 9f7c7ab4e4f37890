"""The words that postings state their facts with, read from a file that anyone can add a language to."""

import re
from functools import lru_cache

from pipeline.core import DATA, read_sections

WORDS = DATA / "fact_words.txt"


def either(heading: str) -> str:
    """Return the words under a heading as alternatives of a regular expression. KeyError where there is no such one."""
    return "|".join(_headings()[heading])


def pattern(heading: str, *, multiline: bool = False) -> re.Pattern[str]:
    """Return a pattern that finds the words under a heading, whole, in any case."""
    return re.compile(rf"(?<![^\W_])(?:{either(heading)})(?![^\W_])", re.I | (re.M if multiline else 0))


@lru_cache(maxsize=1)
def _headings() -> dict[str, list[str]]:
    return {
        heading: [word for line in lines for word in re.split(r";(?:\s+|$)", line) if word]
        for heading, lines in read_sections(WORDS).items()
    }
