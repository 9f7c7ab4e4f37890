"""Terms that no lexicon knows, taken from the corpus itself: phrases that one kind of role uses and others do not.

Candidates are what each posting's text holds; which of them are terms, the corpus tells. They are ranked later like
every other keyword, by how common they are in a cluster and how much less so elsewhere (class-based TF-IDF, with shares
of vacancies for frequencies).
"""

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from pipeline.core import ContentCache
from pipeline.keyword_engine import Place, known_otherwise
from pipeline.postings import Vacancy, has_word_list, language_of, title_segments
from pipeline.vacancy_clustering.candidate_phrases import candidate_phrases
from pipeline.vacancy_clustering.phrases_elsewhere import advertising_words, has_advertising
from pipeline.vacancy_clustering.term_forms import plural_of, singular_of

ENGLISH = "en"  # and whatever language has no list of its common words
MIN_VACANCIES = 3
MIN_EMPLOYERS = 2
SWALLOWED = 0.75  # a phrase that a longer one holds this often says nothing of its own
NAME_SHARE = 0.5  # a phrase written with capitals this often is the name of a place, a firm or a programme


@dataclass
class _Uses:
    """Where a phrase was found: vacancy id to the sentence, and how often its words were all capitalised."""

    sentences: dict[str, str] = field(default_factory=dict)
    capitalised: int = 0


def open_terms(
    vacancies: Sequence[Vacancy],
    texts: Mapping[str, str],
    known: Mapping[str, Collection[Place]],
    kept: ContentCache | None = None,
) -> dict[str, dict[str, str]]:
    """Return, for each term, the vacancies that use it, each with a sentence.

    `texts` gives the text of each vacancy without boilerplate, and `known` the lexicon's names in that text. A term
    stands in at least three vacancies of two employers, and is no name of an employer, a place or a job. The candidates
    of a text come from the cache where they were `kept`.
    """
    uses = _uses(vacancies, texts, known, kept)
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


def _uses(
    vacancies: Sequence[Vacancy],
    texts: Mapping[str, str],
    known: Mapping[str, Collection[Place]],
    kept: ContentCache | None,
) -> dict[str, _Uses]:
    """Return where each candidate that may be a term is used; no word of it names an employer or a place."""
    languages = [_language(vacancy) for vacancy in vacancies]
    read = [(texts[v.id], known[v.id], language) for v, language in zip(vacancies, languages, strict=True)]
    candidates = candidate_phrases(read, kept)
    likely = _often_met(each.phrases for each in candidates)
    is_excluded = {language: _Excluding(language, read, _names(vacancies)) for language in set(languages)}
    uses: dict[str, _Uses] = defaultdict(_Uses)
    for vacancy, language, each in zip(vacancies, languages, candidates, strict=True):
        for place in [place for place, phrase in enumerate(each.phrases) if phrase in likely]:
            phrase = each.phrases[place]
            if not is_excluded[language][phrase]:
                begin, end = each.spans[each.sentences[place]]
                uses[phrase].sentences[vacancy.id] = texts[vacancy.id][begin:end]
                uses[phrase].capitalised += each.are_names[place]
    return uses


def _often_met(found: Iterable[Sequence[str]]) -> set[str]:
    """Return the phrases that as many vacancies use as a term needs, in the singular and the plural together.

    Most phrases of a corpus are of one posting: they are left out before anything is made of them.
    """
    counts = Counter[str]()
    for phrases in found:
        counts.update(phrases)
    together = Counter[str]()
    for phrase, count in counts.items():
        together[singular_of(phrase)] += count
    return {phrase for phrase in counts if together[singular_of(phrase)] >= MIN_VACANCIES}


class _Excluding(dict[str, bool]):
    """Tells of the phrases of one language which have a word that is no part of a term, each looked at once."""

    def __init__(self, language: str, read: Sequence[tuple[str, object, str]], names: frozenset[str]) -> None:
        super().__init__()
        self._language, self._words = language, names
        if language != ENGLISH:
            self._words |= advertising_words([text for text, _, own in read if own == language])

    def __missing__(self, phrase: str) -> bool:
        if self._language == ENGLISH:
            words = phrase.split()
            told = any(word in self._words or word.removesuffix("s") in self._words for word in words)
        else:
            told = has_advertising(phrase, self._words, self._language)
        self[phrase] = told
        return told


def _language(vacancy: Vacancy) -> str:
    """Return the language whose way of making phrases is that of a vacancy."""
    code = language_of(vacancy.text)
    return code if code and code != ENGLISH and has_word_list(code) else ENGLISH


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
