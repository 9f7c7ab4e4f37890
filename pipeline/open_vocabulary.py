"""Terms that no lexicon knows, taken from the corpus itself: phrases that one kind of role uses and others do not.

Candidates are runs of content words inside a sentence, broken at stop words, punctuation, the names the lexicon knows
and the words of job ads in general. They are ranked later like every other keyword, by how common they are in a cluster
and how much less so elsewhere (class-based TF-IDF, with shares of vacancies for frequencies).
"""

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from pipeline.boilerplate import is_small_print
from pipeline.lexicon import fold
from pipeline.sentences import sentence_starts
from pipeline.term_matcher import TermMatch
from pipeline.title_cleaning import title_segments
from pipeline.vacancies import Vacancy

AD_WORDS = Path(__file__).parent / "data" / "ad_words.txt"
MAX_WORDS = 3
MIN_VACANCIES = 3
MIN_EMPLOYERS = 2
SWALLOWED = 0.75  # a phrase that a longer one holds this often says nothing of its own
NAME_SHARE = 0.5  # a phrase written with capitals this often is the name of a place, a firm or a programme

_TOKEN = re.compile(r"[^\W_][\w+#]*(?:[.\-][\w+#]+)*|[^\w\s]|\n")
_NOT_LAST = re.compile(r"(?:ed|ly)$")
_NOT_FIRST = re.compile(r"ly$")


@dataclass
class _Uses:
    """Where a phrase was found: vacancy id to the sentence, and how often its words were all capitalised."""

    sentences: dict[str, str] = field(default_factory=dict)
    capitalised: int = 0


def open_terms(
    vacancies: Sequence[Vacancy], texts: Mapping[str, str], known: Mapping[str, Collection[TermMatch]]
) -> dict[str, dict[str, str]]:
    """Return, for each term, the vacancies that use it, each with a sentence.

    `texts` gives the text of each vacancy without boilerplate, and `known` the lexicon's names in that text. A term
    stands in at least three vacancies of two employers, and is no name of an employer, a place or a job.
    """
    excluded = _names(vacancies)
    uses: dict[str, _Uses] = defaultdict(_Uses)
    for vacancy in vacancies:
        for phrase, is_name, sentence in _phrases(texts[vacancy.id], known[vacancy.id], excluded):
            found = uses[phrase]
            if vacancy.id not in found.sentences:
                found.sentences[vacancy.id] = sentence
                found.capitalised += is_name
    employers = {vacancy.id: vacancy.company or vacancy.id for vacancy in vacancies}
    titles = _titles(vacancies)
    counts = {
        phrase: len(found.sentences)
        for phrase, found in uses.items()
        if len(found.sentences) >= MIN_VACANCIES
        and len({employers[vacancy_id] for vacancy_id in found.sentences}) >= MIN_EMPLOYERS
        and (" " not in phrase or found.capitalised < NAME_SHARE * len(found.sentences))
        and _singular(phrase) not in titles
    }
    swallowed = _swallowed(counts)
    return {phrase: uses[phrase].sentences for phrase in sorted(counts) if phrase not in swallowed}


def _swallowed(counts: Mapping[str, int]) -> set[str]:
    """Return the phrases that nearly always stand inside one longer phrase."""
    inner = Counter[str]()
    for longer, count in counts.items():
        words = longer.split()
        for length in range(1, len(words)):
            for start in range(len(words) - length + 1):
                shorter = " ".join(words[start : start + length])
                inner[shorter] = max(inner[shorter], count)
    return {phrase for phrase, count in counts.items() if inner[phrase] >= SWALLOWED * count}


def _phrases(text: str, known: Collection[TermMatch], excluded: frozenset[str]) -> Iterator[tuple[str, bool, str]]:
    """Yield phrases of two or three words and single names, each with whether it is capitalised and its sentence."""
    taken = [False] * (len(text) + 1)
    for name in known:
        taken[name.start : name.end] = [True] * (name.end - name.start)
    starts = sentence_starts(text)
    for begin, end in zip(starts, [*starts[1:], len(text)], strict=True):
        sentence = text[begin:end]
        if is_small_print(sentence):
            continue
        run: list[str] = []
        for match in _TOKEN.finditer(sentence):
            if not taken[begin + match.start()] and _is_content(match[0], excluded):
                run.append(match[0])
                continue
            yield from ((phrase, is_name, sentence) for phrase, is_name in _grams(run))
            run = []
        yield from ((phrase, is_name, sentence) for phrase, is_name in _grams(run))


def _grams(run: Sequence[str]) -> Iterator[tuple[str, bool]]:
    for length in range(1, min(MAX_WORDS, len(run)) + 1):
        for start in range(len(run) - length + 1):
            words = run[start : start + length]
            if length == 1 and not _looks_like_name(words[0]):
                continue
            if length > 1 and (_NOT_FIRST.search(words[0].lower()) or _NOT_LAST.search(words[-1].lower())):
                continue
            yield " ".join(words).lower(), all(word[0].isupper() for word in words)


def _is_content(token: str, excluded: frozenset[str]) -> bool:
    word = token.lower()
    is_word = len(word) > 2 and word[0].isalpha() and word not in _common_words()
    return is_word and word not in excluded and word.removesuffix("s") not in excluded


def _looks_like_name(token: str) -> bool:
    """Tell an acronym or a name with a capital inside, such as "HACCP" or "GraphPad"; an initial capital is not "
    "enough."""
    return sum(c.isupper() for c in token) >= 2 and len(token) <= 14


def _names(vacancies: Sequence[Vacancy]) -> frozenset[str]:
    """Return the words of the corpus's employers and places, which are no skills."""
    words = set()
    for vacancy in vacancies:
        for text in (vacancy.company, vacancy.location):
            words.update(re.findall(r"[^\W\d_]{3,}", (text or "").lower()))
    return frozenset(words)


def _titles(vacancies: Sequence[Vacancy]) -> set[str]:
    """Return every run of words that ends a part of a title: the names of jobs."""
    titles: set[str] = set()
    for vacancy in vacancies:
        for segment in title_segments(vacancy.title or ""):
            words = _singular(segment.lower()).split()
            titles.update(" ".join(words[start:]) for start in range(len(words)))
    return titles


def _singular(phrase: str) -> str:
    return phrase[:-1] if phrase.endswith("s") and not phrase.endswith("ss") else phrase


@lru_cache(maxsize=1)
def _common_words() -> frozenset[str]:
    """Return stop words of English and the words of job ads."""
    from sklearn.feature_extraction.text import ENGLISH_STOP_WORDS

    lines = AD_WORDS.read_text(encoding="utf-8").splitlines()
    return frozenset(ENGLISH_STOP_WORDS) | {fold(w) for line in lines if not line.startswith("#") for w in line.split()}
