"""What postings call their job, title or not: the raw material of a cluster's name."""

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence

from pipeline.postings import RoleText, Vacancy, names_occupation, occupation_of, role_segments

TELLING_WORDS = 5
OPENING = 12  # words into a text


def spoken_titles(postings: Sequence[RoleText]) -> list[str]:
    """Return each posting's title, with the job that its body names where the title names no occupation."""
    titles = []
    for posting in postings:
        title = posting.title
        if not any(names_occupation(word) for part in role_segments(title) for word in part.split()):
            job = _job_named(posting.text, posting.phrases)
            title = f"{title} | {job}" if job else title
        titles.append(title)
    return titles


def _job_named(text: str, phrases: Mapping[str, float]) -> str:
    """Return the best of the role phrases as the text spells it, else the first occupation that it names."""
    if not phrases:
        words = enumerate(re.findall(r"[^\W\d_][\w-]+", text))
        # In English a lone "manager" further down is more often a colleague.
        named = (w for i, w in words if names_occupation(w) and (i < OPENING or not occupation_of(w)))
        return next(named, "")
    phrase = max(phrases, key=lambda found: (phrases[found], found))
    written = re.search(r"\s+".join(map(re.escape, phrase.split())), text, re.I)
    return written[0] if written else phrase


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
