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

from pipeline.core import DATA, read_words
from pipeline.keyword_engine import Place, fold, known_otherwise
from pipeline.postings import (
    Vacancy,
    has_word_list,
    is_small_print,
    language_of,
    sentence_starts,
    title_segments,
)
from pipeline.vacancy_clustering.phrases_elsewhere import advertising_words, phrases_elsewhere
from pipeline.vacancy_clustering.term_forms import is_mark, plural_of

AD_WORDS = DATA / "ad_words.txt"
DUTY_VERBS = DATA / "duty_verbs.txt"
MAX_WORDS = 4
MIN_VACANCIES = 3
MIN_EMPLOYERS = 2
SWALLOWED = 0.75  # a phrase that a longer one holds this often says nothing of its own
NAME_SHARE = 0.5  # a phrase written with capitals this often is the name of a place, a firm or a programme

_TOKEN = re.compile(r"[^\W_][\w+#]*(?:[.\-][\w+#]+)*|[^\w\s]|\n")
_BULLETS = frozenset("\n-–—*•·▪●◦‣>")
_NOT_LAST = re.compile(r"(?:ed|ly)$")
_NOT_FIRST = re.compile(r"ly$")
# Where a duty may start, and where a sentence that names one may go on: "Book freight and confirm cut-offs".
_OPENS_DUTY = frozenset({"", "to", "will", "can", "then", ":"})
_GOES_ON = frozenset({"and", "or", ",", ";", "&"})
_BEFORE_GERUND = frozenset(("without", "by", "while", "when", "before", "after"))  # "without losing traffic"
# What stands right after a verb and hardly ever after a noun: "test them", "spends its budget".
_AFTER_VERB = frozenset("a an the its our their your his her my them it us you this these those every each".split())
# Heads of phrases that end where a name does, so that what stands before is whole: "welding experience".
_TAILS = frozenset(
    "experience skills skill knowledge ability abilities certificate certification qualification qualifications "
    "training background expertise exposure environment environments required preferred desirable essential "
    "techniques technique principles practices procedures processes systems tools equipment software standards "
    "methods".split()
)


@dataclass
class _Uses:
    """Where a phrase was found: vacancy id to the sentence, and how often its words were all capitalised."""

    sentences: dict[str, str] = field(default_factory=dict)
    capitalised: int = 0


def open_terms(
    vacancies: Sequence[Vacancy], texts: Mapping[str, str], known: Mapping[str, Collection[Place]]
) -> dict[str, dict[str, str]]:
    """Return, for each term, the vacancies that use it, each with a sentence.

    `texts` gives the text of each vacancy without boilerplate, and `known` the lexicon's names in that text. A term
    stands in at least three vacancies of two employers, and is no name of an employer, a place or a job.
    """
    excluded = _names(vacancies)
    elsewhere = _elsewhere(vacancies, texts)
    uses: dict[str, _Uses] = defaultdict(_Uses)
    for vacancy in vacancies:
        phrases = _candidates(texts[vacancy.id], known[vacancy.id], excluded, elsewhere.get(vacancy.id))
        for phrase, is_name, sentence in phrases:
            found = uses[phrase]
            if vacancy.id not in found.sentences:
                found.sentences[vacancy.id] = sentence
                found.capitalised += is_name
    uses = _in_one_form(uses)
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


@dataclass(frozen=True)
class _Language:
    """A language other than English, and what the corpus's postings in it share as postings."""

    code: str
    common: frozenset[str]


def _candidates(
    text: str, known: Collection[Place], excluded: frozenset[str], language: _Language | None
) -> Iterator[tuple[str, bool, str]]:
    """Return the phrases of a text in the way of its language, English where none is given."""
    if language is None:
        return _phrases(text, known, excluded)
    return phrases_elsewhere(text, known, excluded | language.common, language.code)


def _elsewhere(vacancies: Sequence[Vacancy], texts: Mapping[str, str]) -> dict[str, _Language]:
    """Return the language of each vacancy that is in another than English and whose words are known."""
    members: dict[str, list[str]] = defaultdict(list)
    for vacancy in vacancies:
        code = language_of(vacancy.text)
        if code and code != "en" and has_word_list(code):
            members[code].append(vacancy.id)
    found: dict[str, _Language] = {}
    for code, ids in members.items():
        found |= dict.fromkeys(ids, _Language(code, advertising_words([texts[i] for i in ids])))
    return found


def _in_one_form(uses: Mapping[str, _Uses]) -> dict[str, _Uses]:
    """Return the phrases without those that the lexicon has by another name, each in the singular or the plural."""
    others = known_otherwise(uses)
    kept = {phrase: found for phrase, found in uses.items() if phrase not in others}
    for rare, usual in plural_of({phrase: len(found.sentences) for phrase, found in kept.items()}).items():
        dropped, found = kept.pop(rare), kept[usual]
        found.sentences = dropped.sentences | found.sentences
        found.capitalised = min(found.capitalised + dropped.capitalised, len(found.sentences))
    return kept


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


def _phrases(text: str, known: Collection[Place], excluded: frozenset[str]) -> Iterator[tuple[str, bool, str]]:
    """Yield phrases of two or three words and single names, each with whether it is capitalised and its sentence."""
    taken = [False] * (len(text) + 1)
    for name in known:
        taken[name.start : name.end] = [True] * (name.end - name.start)
    starts = sentence_starts(text)
    for begin, end in zip(starts, [*starts[1:], len(text)], strict=True):
        sentence = text[begin:end]
        if not is_small_print(sentence):
            for run, is_whole in _runs(sentence, taken[begin:end], excluded):
                yield from ((phrase, is_name, sentence) for phrase, is_name in _grams(run, is_whole))


def _runs(sentence: str, taken: Sequence[bool], excluded: frozenset[str]) -> Iterator[tuple[list[str], bool]]:
    """Yield the runs of content words in a sentence, each with whether it ends as a phrase would."""
    run: list[str] = []
    before, in_duty = "", False
    for match in _TOKEN.finditer(sentence):
        token, is_known = match[0], taken[match.start()]
        is_verb = (before in _OPENS_DUTY or (in_duty and before in _GOES_ON)) and token.lower() in _duty_verbs()
        in_duty |= is_verb
        is_verb |= before in _BEFORE_GERUND and token.endswith("ing")
        if not is_known and _is_content(token, excluded) and not is_verb and before != "#":
            run.append(token)
        else:
            yield run, not is_known and _is_whole(token)
            run = []
        before = before if token in _BULLETS else token.lower()
    yield run, True


def _is_whole(after: str) -> bool:
    """Tell whether a run of words ends before this one as a phrase would, not as a verb or before its own last noun."""
    word = after.lower()
    if word in _AFTER_VERB:
        return False
    if not word[:1].isalpha() or word in _TAILS or word in _stop_words():
        return True
    return word not in _common_words() or _NOT_LAST.search(word) is not None


def _grams(run: Sequence[str], is_whole: bool) -> Iterator[tuple[str, bool]]:
    """Yield the phrases in a run; those that reach its end only where it `is_whole`."""
    for length in range(1, min(MAX_WORDS, len(run)) + 1):
        for start in range(len(run) - length + 1):
            words = run[start : start + length]
            if not is_whole and length > 1 and start + length == len(run):
                continue
            if length == 1 and not _looks_like_name(words[0]):
                continue
            if length > 1 and (_NOT_FIRST.search(words[0].lower()) or _NOT_LAST.search(words[-1].lower())):
                continue
            yield " ".join(words).lower(), all(word[0].isupper() for word in words)


def _is_content(token: str, excluded: frozenset[str]) -> bool:
    word = token.lower()
    is_word = len(word) > 2 and word[0].isalpha() and word not in _common_words()
    return is_word and word not in excluded and word.removesuffix("s") not in excluded and not is_mark(token)


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
    return _stop_words() | {fold(word) for word in read_words(AD_WORDS)}


@lru_cache(maxsize=1)
def _stop_words() -> frozenset[str]:
    from sklearn.feature_extraction.text import ENGLISH_STOP_WORDS

    return frozenset(ENGLISH_STOP_WORDS)


@lru_cache(maxsize=1)
def _duty_verbs() -> frozenset[str]:
    return frozenset(read_words(DUTY_VERBS))
