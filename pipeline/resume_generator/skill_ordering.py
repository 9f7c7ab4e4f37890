"""What a kind of role asks for first: skills and bullets ranked by the keywords of its pool that they show.

Every function here returns a permutation of what it is given, or places in it: nothing is added, lost or changed.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from typing import NotRequired, TypedDict, TypeVar

from pipeline.keyword_engine import Case, Entry, Spelling, TermMatcher, fold, lexicon_matcher, without_employers
from pipeline.resumes import Skill

_PARTS = re.compile(r"[()\[\],;:/|·•]")
_BEFORE_END = re.compile(r" (?=\S{3})")  # an end of two letters may be part of a name: "Objective-C", "React JS"

Item = TypeVar("Item")


class ThemeConfig(TypedDict):
    """What variants are made for: a cluster, or one job description."""

    slug: str
    name: str
    keywords: Sequence[str]  # the pool, most telling first
    skills_priority: NotRequired[Sequence[str]]  # comes before the pool
    aliases: NotRequired[Mapping[str, str]]  # other spellings of the analyst's own, each with its keyword
    labels: NotRequired[Mapping[str, str]]  # of the artifact: how keywords that no lexicon knows are written


class PoolMatcher:
    """Finds the keywords of a pool in the texts of a resume, by every name that the lexicon knows for them.

    The names of `employers` show none.
    """

    def __init__(
        self, pool: Iterable[str], aliases: Mapping[str, str] | None = None, employers: Sequence[str] = ()
    ) -> None:
        self._employers = employers
        self._lexicon = lexicon_matcher()
        self._canonical = _canonical_names(self._lexicon)
        self._given: dict[str, str] = {}
        for keyword in pool:
            if keyword.strip():
                self._given.setdefault(self._name(keyword), keyword)
        self._own = self._own_terms(aliases or {})

    def _name(self, text: str) -> str:
        return self._canonical.get(fold(text), fold(text))

    def _own_terms(self, aliases: Mapping[str, str]) -> TermMatcher | None:
        """Return a matcher of the names that the lexicon lacks: it would not see them in running text."""
        names = {keyword: [] if keyword in self._canonical else [keyword] for keyword in self._given}
        for alias, keyword in aliases.items():
            if alias.strip() and self._name(keyword) in names:
                names[self._name(keyword)].append(alias)
        entries = [
            Entry(keyword, "skill", tuple(Spelling(text, Case.ANY) for text in spellings))
            for keyword, spellings in names.items()
            if spellings
        ]
        return TermMatcher(entries) if entries else None

    @property
    def keywords(self) -> list[str]:
        """The pool, each keyword once however many of its names stand in it."""
        return list(self._given.values())

    def in_text(self, text: str) -> set[str]:
        """Return the pool's keywords that running text names."""
        matches = self._lexicon.find(text) + (self._own.find(text) if self._own else [])
        matches = without_employers(text, matches, self._employers)
        return {self._given[name] for match in matches if (name := fold(match.entry.keyword)) in self._given}

    def in_skill(self, skill: str) -> set[str]:
        """Return the pool's keywords that an item of a skills section names.

        There even "R" or "Go" is sure, and an item is an instance of what it ends in: "REST APIs" are APIs.
        """
        parts = [fold(part) for part in (skill, *_PARTS.split(skill))]
        ends = {part[match.end() :] for part in parts for match in _BEFORE_END.finditer(part)}
        names = ends.union(self._name(part) for part in parts)
        return {self._given[name] for name in names if name in self._given} | self.in_text(skill)


@lru_cache(maxsize=2)
def _canonical_names(lexicon: TermMatcher) -> dict[str, str]:
    names = {fold(entry.keyword): fold(entry.keyword) for entry in lexicon.entries}
    for entry in lexicon.entries:
        for spelling in entry.spellings:
            names.setdefault(fold(spelling.text), fold(entry.keyword))
    return names


class Relevance:
    """How much of what a theme asks for a text shows."""

    def __init__(self, theme: ThemeConfig) -> None:
        self._priority = _weights(theme.get("skills_priority", ()))
        self._pool = _weights(theme["keywords"])
        self._places = {keyword: place for place, keyword in enumerate(dict.fromkeys((*self._priority, *self._pool)))}
        self._matcher = PoolMatcher(self._places, theme.get("aliases"))

    def of_skills(self, skills: Iterable[str]) -> tuple[float, float]:
        """Return how much of the priority list, then of the pool, a category of skills shows; each keyword once."""
        return self._score(set().union(*map(self._matcher.in_skill, skills)))

    def of_text(self, text: str) -> tuple[float, float]:
        """Return how much of the priority list, then of the pool, running text shows; each keyword once."""
        return self._score(self._matcher.in_text(text))

    def place_of_skill(self, skill: str) -> int:
        """Return the place of the first keyword that a skill shows; a place after the last where it shows none."""
        return min((self._places[keyword] for keyword in self._matcher.in_skill(skill)), default=len(self._places))

    def _score(self, found: set[str]) -> tuple[float, float]:
        # Rounded, so that the order of a sum does not part what is equal.
        return (
            round(sum(self._priority.get(keyword, 0.0) for keyword in found), 9),
            round(sum(self._pool.get(keyword, 0.0) for keyword in found), 9),
        )


def _weights(pool: Sequence[str]) -> dict[str, float]:
    """Return how much each keyword counts: the first of a pool 1, the last a little more than half.

    So two keywords outweigh any one, and of two categories with as many the more telling ones decide.
    """
    keywords = list(dict.fromkeys(pool))
    return {keyword: 1 - place / (2 * len(keywords)) for place, keyword in enumerate(keywords)}


def skill_texts(skill: Skill) -> list[str]:
    """Return what a category lists; its name, where it lists nothing and so is a skill itself."""
    return [*skill.keywords, *skill.notes] or ([skill.name] if skill.name else [])


def most_relevant_first(items: Sequence[Item], score: Callable[[Item], tuple[float, float]]) -> list[Item]:
    """Return the items by falling score, those of the same score as they were."""
    scores = [score(item) for item in items]
    places = sorted(range(len(items)), key=lambda place: (-scores[place][0], -scores[place][1], place))
    return [items[place] for place in places]


def order_skills(skills: Sequence[str], relevance: Relevance) -> list[str]:
    """Return skills with those of the theme first, in its order, and the rest as they were."""
    return sorted(skills, key=relevance.place_of_skill)
