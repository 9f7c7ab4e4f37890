"""The keywords of texts, kept on disk by what decides them, so that they are found once."""

import json
from collections.abc import Iterable, Sequence
from functools import cache, cached_property
from pathlib import Path
from typing import NamedTuple

from pipeline.core import ContentCache, ProgressCallback, ProgressEvent, RolemapError, content_key, ignore_progress
from pipeline.keyword_engine.categories import KeywordHit, categories_in_use, keyword_matches
from pipeline.keyword_engine.lexicon import LEXICON_FOLDER, Kind
from pipeline.keyword_engine.names import lexicon_files, lexicon_matcher
from pipeline.keyword_engine.term_matcher import TermMatcher
from pipeline.postings import Vacancy, reader_key, sentence_span, sentence_starts

PLACES_KIND = "keyword-places-v1"
_PUT_EVERY = 500  # texts, so that work that is stopped is not lost


class Place(NamedTuple):
    """Where a text names a keyword, and where the sentence stands that does."""

    keyword: str
    kind: Kind
    start: int
    end: int
    sentence_start: int
    sentence_end: int

    def sentence(self, text: str) -> str:
        """Return the sentence, of the text that was searched."""
        return text[self.sentence_start : self.sentence_end]


class KeywordFinder:
    """Finds the lexicon's names in texts and, apart from these, the terms of `extra`.

    About two milliseconds a text; what was found is `kept` by all that decides it, so that it is found once.
    """

    def __init__(self, extra: TermMatcher | None = None, kept: ContentCache | None = None) -> None:
        self._extra, self._kept = extra, kept

    def find(
        self, texts: Sequence[tuple[str, str | None]], on_progress: ProgressCallback = ignore_progress
    ) -> list[tuple[Place, ...]]:
        """Return what each text names, in its order; beside each stands who hires, where that is known.

        Raises RolemapError where the lexicon cannot be read.
        """
        if self._kept is None:
            return [self._found(number, len(texts), *each, on_progress) for number, each in enumerate(texts)]
        rules = self._rules()
        keys = [content_key(rules, employer or "", text) for text, employer in texts]
        known = self._kept.get_many(PLACES_KIND, keys)
        fresh: dict[str, bytes] = {}
        found = []
        for number, (each, key) in enumerate(zip(texts, keys, strict=True)):
            if key in known:
                found.append(tuple(Place(*place) for place in json.loads(known[key])))
                continue
            found.append(self._found(number, len(texts), *each, on_progress))
            fresh[key] = json.dumps(found[-1]).encode()
            if len(fresh) >= _PUT_EVERY:
                self._kept.put_many(PLACES_KIND, fresh)
                fresh = {}
        self._kept.put_many(PLACES_KIND, fresh)
        return found

    def _found(
        self, number: int, total: int, text: str, employer: str | None, on_progress: ProgressCallback
    ) -> tuple[Place, ...]:
        on_progress(ProgressEvent("Finding keywords", number, total))
        starts = sentence_starts(text)
        return tuple(
            Place(
                match.entry.keyword,
                match.entry.kind,
                match.start,
                match.end,
                *sentence_span(text, starts, match.start),
            )
            for match, _ in keyword_matches(text, self._extra, employer, self._lexicon)
        )

    @cached_property
    def _lexicon(self) -> TermMatcher:
        return lexicon_matcher()

    def _rules(self) -> str:
        """Return a hash of what decides which names are found: the lexicon, the other terms, and the code."""
        others = repr(self._extra.entries) if self._extra else ""
        return content_key(lexicon_hash(), others, _code_hash(), reader_key())


def find_hits(
    vacancies: Sequence[Vacancy],
    artifact_path: str | Path | None = None,
    kept: ContentCache | None = None,
    on_progress: ProgressCallback = ignore_progress,
) -> dict[str, tuple[KeywordHit, ...]]:
    """Return every keyword that each posting names, by its id.

    Raises RolemapError where the lexicon cannot be read.
    """
    categories = categories_in_use(artifact_path)
    finder = KeywordFinder(categories.extra, kept)
    found = finder.find([(vacancy.text, vacancy.company) for vacancy in vacancies], on_progress)
    return {
        vacancy.id: tuple(categories.hit(vacancy.text, *place[:4]) for place in places)
        for vacancy, places in zip(vacancies, found, strict=True)
    }


def lexicon_hash() -> str:
    """Return a hash of all that the lexicon in use is made of. Raises RolemapError where a file cannot be read."""
    try:
        return _hash_of([*sorted(LEXICON_FOLDER.glob("*.csv")), *lexicon_files()])
    except OSError as error:
        raise RolemapError(f"The lexicon {error.filename} cannot be read: {error.strerror}.") from error


@cache
def _code_hash() -> str:
    return _hash_of(sorted(Path(__file__).parent.glob("*.py")))


def _hash_of(files: Iterable[Path]) -> str:
    return content_key(*(file.read_bytes() for file in files))
