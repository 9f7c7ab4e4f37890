"""Sentences that recur over postings: company descriptions, benefits, equal-opportunity text."""

import re
from collections import defaultdict
from collections.abc import Sequence

from pipeline.sentences import sentence_starts
from pipeline.title_cleaning import clean_title
from pipeline.vacancies import Vacancy

MIN_VACANCIES = 3  # in how many postings a sentence must stand to be boilerplate
MIN_ROLES = 2  # and under how many different titles, or it may be what one role's ads have in common
MIN_WORDS = 4  # a shorter sentence is a heading or a list item, and may well recur


def split_sentences(text: str) -> list[str]:
    """Return the sentences of a text, without empty ones."""
    starts = sentence_starts(text)
    pieces = (text[a:b].strip() for a, b in zip(starts, [*starts[1:], len(text)], strict=True))
    return [piece for piece in pieces if piece]


def fingerprint(sentence: str) -> str:
    """Return what two copies of a sentence have in common: its words in lower case, without figures."""
    return " ".join(re.findall(r"[^\W\d_]+", sentence.lower()))


def find_boilerplate(vacancies: Sequence[Vacancy]) -> frozenset[str]:
    """Return the fingerprints of sentences that stand in several postings of different roles."""
    roles: dict[str, set[str]] = defaultdict(set)
    counts: dict[str, int] = defaultdict(int)
    for vacancy in vacancies:
        role = clean_title(vacancy.title or vacancy.id).casefold()
        for mark in {fingerprint(sentence) for sentence in split_sentences(vacancy.text)}:
            if mark.count(" ") >= MIN_WORDS - 1:
                roles[mark].add(role)
                counts[mark] += 1
    return frozenset(m for m, count in counts.items() if count >= MIN_VACANCIES and len(roles[m]) >= MIN_ROLES)


def own_text(text: str, boilerplate: frozenset[str]) -> str:
    """Return a posting without the sentences that recur; the whole of it where nothing else would be left."""
    own = [sentence for sentence in split_sentences(text) if fingerprint(sentence) not in boilerplate]
    return "\n".join(own) if own else text
