"""Names that a language model gives, held to what holds for names made of titles: quoted, and of the job alone."""

import re
from collections import Counter
from collections.abc import Collection, Sequence

from pipeline.keyword_engine import find_terms_in_context
from pipeline.postings import Vacancy, find_role_phrases, names_occupation, role_segments, title_segments
from pipeline.vacancy_clustering.job_names import phrase_key, speech_of, spellings
from pipeline.vacancy_clustering.naming import ATTESTED, FEW, MOSTLY_TITLED, as_written
from pipeline.vacancy_clustering.words import places_named

_PARTS = re.compile(r", | and ")
_WORD = re.compile(r"[^\W_]+")
OTHERS = "others"  # ends a name that does not cover its cluster


class GivenNames:
    """The postings of one cluster as grounds for its name."""

    def __init__(self, group: Sequence[Vacancy], places: Collection[str]) -> None:
        """`places` are the places and employers of the whole corpus, in lower case."""
        self._titles = [vacancy.title or "" for vacancy in group]
        self._texts = [vacancy.text for vacancy in group]
        self._places = places
        self._speech = speech_of(self._titles)
        jobs = sum(any(map(_names_job, role_segments(title))) for title in self._titles)
        self._is_titled = jobs >= MOSTLY_TITLED * len(group)

    def quoted(self, name: str) -> str:
        """Return a name with its phrases as titles write them. Raises ValueError with what speaks against it."""
        head, colon, telling = name.partition(": ")
        separators = _PARTS.findall(head)
        phrases = [part if part.lower() == OTHERS else self._phrase(part) for part in _PARTS.split(head)]
        joined = "".join(part + separator for part, separator in zip(phrases, [*separators, ""], strict=True))
        return joined + colon + telling

    def _phrase(self, phrase: str) -> str:
        if self._is_titled and not _names_job(phrase):
            raise ValueError(f"{phrase} names no job")
        if [part.casefold() for part in title_segments(phrase)] != [phrase.casefold()]:
            raise ValueError(f"{phrase} holds a level, a contract or a figure")
        written = self._written(phrase)
        words = _WORD.findall(phrase.lower())
        held = [place for place in self._places if _stands_in(_WORD.findall(place), words)]
        # An employer may bear the name of a technology: an "Oracle Developer" works with one.
        if not all(find_terms_in_context(place) for place in held):
            raise ValueError(f"{phrase} holds a place or an employer")
        return written

    def _written(self, phrase: str) -> str:
        """Return a phrase as the titles write it, or as it is where these name no jobs but several bodies do."""
        key = phrase_key(phrase, self._speech)
        needed = ATTESTED if sum(map(bool, self._titles)) > FEW else 1
        written = as_written(spellings(key, self._titles, self._speech), needed)
        if written:
            return written
        if not self._is_titled:
            said = Counter(text for body in self._texts for text in {p.text for p in find_role_phrases(body)})
            if said[key] >= needed:
                return phrase
        raise ValueError(f"{phrase} stands in none of its titles, or in one alone")


def read_given_names(groups: Sequence[Sequence[Vacancy]]) -> list[GivenNames]:
    """Return what the names of each group of postings are held to."""
    places = {place.casefold() for place in places_named([vacancy for group in groups for vacancy in group])}
    return [GivenNames(group, places) for group in groups]


def _names_job(phrase: str) -> bool:
    return any(map(names_occupation, phrase.split()))


def _stands_in(wanted: Sequence[str], words: Sequence[str]) -> bool:
    size = len(wanted)
    return size > 0 and any(words[i : i + size] == wanted for i in range(len(words) - size + 1))
