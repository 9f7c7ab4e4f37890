"""Names and summaries of clusters without a language model, from the corpus's own titles and keywords."""

import math
import re
from collections import Counter
from collections.abc import Sequence

from pipeline.role_phrases import occupation_of
from pipeline.title_cleaning import title_segments

MAX_NAME_WORDS = 5
OCCUPATION_BONUS = (
    2.0  # for a phrase that ends in an occupation: "Nurse" names a role, "Intensive Care" a place of work
)
_SMALL_WORDS = {
    "and",
    "or",
    "of",
    "for",
    "in",
    "the",
    "to",
    "with",
    "at",
    "on",
    "a",
    "an",
    "de",
    "du",
    "des",
    "la",
    "le",
    "und",
    "für",
    "y",
    "e",
    "&",
}
_SENIORITY = {
    "intern or trainee": re.compile(
        r"\b(?:intern|internship|trainee|apprentice|working student|werkstudent\w*|graduate)\b", re.I
    ),
    "junior": re.compile(r"\b(?:junior|jr|entry[- ]level|associate|assistant)\b", re.I),
    "senior": re.compile(r"\b(?:senior|sr|experienced|expert)\b", re.I),
    "lead or principal": re.compile(r"\b(?:lead|principal|staff(?! nurse)|head|chief|director|vp|manager)\b", re.I),
}


def name_clusters(titles: Sequence[Sequence[str]], keywords: Sequence[Sequence[str]]) -> list[str]:
    """Return a unique name for each cluster, given its members' titles and its keywords, most telling first.

    A name is the part of a title, as a whole or as the end of one, that covers the cluster best and the others
    least. Where two clusters come to the same name, each adds the first keyword that the other lacks.
    """
    phrases = [[_phrases(title) for title in group] for group in titles]
    counts = [Counter(phrase for found in group for phrase in found) for group in phrases]
    overall = sum(counts, Counter[str]())
    total = sum(len(group) for group in titles)
    names = []
    for group, own, pool in zip(titles, counts, keywords, strict=True):
        best = _best_phrase(own, overall, len(group), total)
        names.append(_written(best, group) if best else _from_keywords(pool))
    return _tell_apart(names, keywords)


def _phrases(title: str) -> set[str]:
    """Return, in lower case, every run of words that ends a part of a title, and every part as a whole."""
    found = set()
    for segment in title_segments(title):
        words = segment.lower().split()
        for length in range(1, min(len(words), MAX_NAME_WORDS) + 1):
            run = words[-length:]
            if run[0] not in _SMALL_WORDS and any(c.isalpha() for c in run[0]):
                found.add(" ".join(run))
    return found


def _best_phrase(own: Counter[str], overall: Counter[str], size: int, total: int) -> str | None:
    """Return the phrase with the best product of coverage, distinctness and length."""

    def score(phrase: str) -> tuple[float, int, str]:
        inside = own[phrase] / size
        outside = (overall[phrase] - own[phrase]) / max(total - size, 1)
        distinct = math.log((inside + 0.05) / (outside + 0.05)) if total > size else 1.0
        names_job = OCCUPATION_BONUS if occupation_of(phrase.rsplit(" ", 1)[-1]) else 1.0
        return inside * max(distinct, 0.05) * names_job * (phrase.count(" ") + 1) ** 0.5, len(phrase), phrase

    return max(own, key=score, default=None)


def _written(phrase: str, titles: Sequence[str]) -> str:
    """Return a phrase in the spelling that most titles give it, words that are all small given a capital."""
    pattern = re.compile(r"(?<!\w)" + r"\s+".join(map(re.escape, phrase.split())) + r"(?!\w)", re.I)
    spellings = Counter(" ".join(match[0].split()) for title in titles if (match := pattern.search(title)))
    best = max(spellings, key=lambda s: (spellings[s], not s.isupper(), not s.islower(), s), default=phrase)
    if best.isupper() and len(best) > 5:
        best = best.lower()
    return " ".join(w if w in _SMALL_WORDS or not w.islower() else w[:1].upper() + w[1:] for w in best.split())


def _from_keywords(pool: Sequence[str]) -> str:
    return " and ".join(keyword.capitalize() for keyword in pool[:2]) or "Other roles"


def _tell_apart(names: list[str], keywords: Sequence[Sequence[str]]) -> list[str]:
    """Return unique names; those that several clusters share are told apart by what differs."""
    shared = Counter(name.casefold() for name in names)
    told: list[str] = []
    for index, name in enumerate(names):
        rivals = [
            set(keywords[j]) for j, other in enumerate(names) if j != index and other.casefold() == name.casefold()
        ]
        chosen = name
        if shared[name.casefold()] > 1:
            words = set(name.lower().split())
            differing = [k for k in keywords[index] if not any(k in rival for rival in rivals) and k not in words]
            chosen = f"{name}: {differing[0]}" if differing else name
        number = 2
        base = chosen
        while chosen.casefold() in {t.casefold() for t in told}:
            chosen, number = f"{base} ({number})", number + 1
        told.append(chosen)
    return told


def typical_seniority(titles: Sequence[str]) -> str | None:
    """Return the seniority that at least a third of the titles name, or None."""
    counts = Counter(level for title in titles for level, pattern in _SENIORITY.items() if pattern.search(title))
    level, count = max(counts.items(), key=lambda item: item[1], default=("", 0))
    return level if titles and count >= len(titles) / 3 else None


def summarise(
    name: str, titles: Sequence[str], share: float, technologies: Sequence[str], skills: Sequence[str]
) -> str:
    """Return two sentences: how much of the market this is, at which level, and what it asks for."""
    level = typical_seniority(titles)
    count = len(titles)
    first = f"{count} {'posting' if count == 1 else 'postings'}, {share:.0%} of the market" + (
        f", most often {level}." if level else "."
    )
    asked = [*technologies[:5], *skills[:3]]
    if not asked:
        return first
    listed = asked[0] if len(asked) == 1 else ", ".join(asked[:-1]) + " and " + asked[-1]
    return f"{first} What marks it out: {listed}."
