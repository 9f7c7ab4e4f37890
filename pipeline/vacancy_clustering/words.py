"""What postings call their job, and the words that mark them out: the raw material of a cluster's name."""

import math
import re
from collections import Counter
from collections.abc import Sequence

from pipeline.postings import RoleText, Vacancy, names_occupation, occupation_of

TELLING_WORDS = 5
OPENING = 12  # words into a text


def body_jobs(postings: Sequence[RoleText]) -> list[list[str]]:
    """Return what each posting's body calls the job: its role phrases, else the first occupation that it names."""
    return [list(posting.phrases) or _first_occupation(posting.text) for posting in postings]


def _first_occupation(text: str) -> list[str]:
    """Return the first occupation of a text: of one in English near its top only, where it is hardly a colleague."""
    words = enumerate(re.findall(r"[^\W\d_][\w-]+", text))
    named = (w for i, w in words if names_occupation(w) and (i < OPENING or not occupation_of(w)))
    return [word for word in [next(named, "")] if word]


def telling_words(texts: Sequence[str], groups: Sequence[Sequence[int]]) -> list[list[str]]:
    """Return the words that mark each group out, most telling first: a name where no title or keyword gives one."""
    used = [set(re.findall(r"[^\W\d_]{4,}", text)) for text in texts]
    overall = Counter(word for words in used for word in words)
    told = []
    for group in groups:
        own = Counter(word for i in group for word in used[i])
        scores = {}
        for word, count in own.items():
            inside, outside = count / len(group), (overall[word] - count) / max(len(texts) - len(group), 1)
            if inside > outside:
                scores[word] = round(inside * math.log((inside + 0.05) / (outside + 0.05)), 9)
        told.append(sorted(scores, key=lambda word: (-scores[word], word))[:TELLING_WORDS])
    return told


def places_named(vacancies: Sequence[Vacancy]) -> set[str]:
    """Return the employers and places that the vacancies name, as they may stand in a title."""
    whole = {text for vacancy in vacancies for text in (vacancy.company, vacancy.location) if text}
    return whole | {part.strip() for text in whole for part in re.split(r"[,;/()|]", text)}
