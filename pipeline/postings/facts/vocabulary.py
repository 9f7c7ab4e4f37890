"""The words that postings state their facts with, read from a file that anyone can add a language to."""

import re
from functools import lru_cache

from pipeline.core import DATA

WORDS = DATA / "fact_words.txt"


def either(heading: str) -> str:
    """Return the words under a heading as alternatives of a regular expression. KeyError where there is no such one."""
    return "|".join(_headings()[heading])


def pattern(heading: str, *, multiline: bool = False) -> re.Pattern[str]:
    """Return a pattern that finds the words under a heading, whole, in any case."""
    return re.compile(rf"(?<![^\W_])(?:{either(heading)})(?![^\W_])", re.I | (re.M if multiline else 0))


@lru_cache(maxsize=1)
def _headings() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    heading = ""
    for line in WORDS.read_text(encoding="utf-8").splitlines():
        if line.startswith("[") and line.endswith("]"):
            heading = line.strip("[]")
            found[heading] = []
        elif line and not line.startswith("#"):
            found[heading] += [word for word in re.split(r";(?:\s+|$)", line) if word]
    return found
