"""What a posting calls the job in its own text: "we are looking for a *night shift nurse* who …".

Many postings carry no title, or one that says little. Phrases that end in an occupation are found in the body and
scored by how they are introduced, how early they come, and how few other postings use them.
"""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from pipeline.core import DATA, read_words
from pipeline.postings.titles import title_segments

OCCUPATIONS = DATA / "occupations.txt"
OCCUPATIONS_ELSEWHERE = DATA / "occupations_elsewhere.txt"
LONGEST = 3  # words before the occupation
PHRASES = 3  # that describe one posting
HALF_WAY = 200  # tokens into a text, where a phrase counts half

_TOKEN = re.compile(r"[^\W\d_][\w+#/&'’-]*(?:\.[\w]+)*|[.,;:!?()\n•|]")
_STRONG = re.compile(
    r"(?:as|seeking|looking for|hiring|hire|role of|position of|position|title|role|opportunity for|are|become|need|"
    r"join us as|search of|searching for)(?: an?| our| the| for| :)?(?: \S+)?$"
)
_ARTICLE = re.compile(r"(?:the|an?|this)(?: \S+)?$")
_COLLEAGUE = re.compile(r"(?:with|between|to|and|from|of|for|by)(?: other| our| the| a)?$")
_BREAKS = frozenset(
    "a about across all also an and another any are as at awesome be been being best between both but by can "
    "dynamic each "
    "every experienced expert first for from full-time great had has have he help highly hiring ideal if immediate in "
    "including individual into is it its join like looking many may more most motivated must new no not of on one "
    "or other "
    "our part-time passionate qualified seeking several she should skilled so some strong successful such talented "
    "that "
    "the their these they this through to top two us was we were when while who will with within work working "
    "works you "
    "your largest leading biggest best fastest world's world-class premier major next".split()
)

# Prepositions, articles and the like, of a dozen languages.
SMALL_WORDS = frozenset(
    "and or of for in the to with at on a an by from de du des d la le les l en et pour au aux chez à und für im in "
    "der die das dem den von vom zur zum mit bei als y e o del los las el con para por di da do dei della van voor het "
    "een met te op bij i w z na do dla ds. och för til til av med &".split()
)


@dataclass(frozen=True)
class RolePhrase:
    """A phrase that names a job, where it stands (in tokens) and how much its introduction counts."""

    text: str
    position: int
    weight: float


def describe_roles(bodies: Sequence[str]) -> list[dict[str, float]]:
    """Return, for each body, its best role phrases with their scores; none where it names no job."""
    found = [find_role_phrases(body) for body in bodies]
    spread = phrase_spread(found)
    return [best_phrases(body, spread, len(bodies) + 1) for body in found]


def phrase_spread(found: Iterable[Sequence[RolePhrase]]) -> Counter[str]:
    """Return how many bodies hold each role phrase."""
    return Counter(phrase for body in found for phrase in {p.text for p in body})


def best_phrases(phrases: Sequence[RolePhrase], spread: Mapping[str, int], total: int) -> dict[str, float]:
    """Score phrases as TF-IDF does, an early one more than a late one."""
    scores: dict[str, float] = defaultdict(float)
    for phrase in phrases:
        rarity = math.log(total / max(spread.get(phrase.text, 0), 1)) / math.log(total)
        scores[phrase.text] += phrase.weight * rarity * HALF_WAY / (HALF_WAY + phrase.position)
    ranked = sorted(scores.items(), key=lambda item: (-item[1], item[0]))
    return dict(ranked[:PHRASES])


def find_role_phrases(text: str) -> list[RolePhrase]:
    """Return the phrases of a text that end in an occupation.

    >>> [phrase.text for phrase in find_role_phrases("We are looking for an ICU Nurse.")]
    ['icu nurse']
    """
    tokens = _TOKEN.findall(text)
    found = []
    for end, token in enumerate(tokens):
        noun = occupation_of(token)
        if noun is None or (end + 1 < len(tokens) and occupation_of(tokens[end + 1])):
            continue
        start = end
        while start > 0 and end - start < LONGEST and _is_part(tokens[start - 1]):
            start -= 1
        if start < end:
            weight = _introduction(tokens, start) * (0.4 if token.lower() != noun else 1.0)
            found.append(RolePhrase(" ".join([*tokens[start:end], noun]).lower(), end, weight))
    return found


def _introduction(tokens: Sequence[str], start: int) -> float:
    """Return how much the words before a phrase make it the job that is advertised, and not a colleague's."""
    before = " ".join(tokens[max(0, start - 4) : start]).lower()
    opens = start == 0 or tokens[start - 1] in "\n.:!|•"
    weight = 3.0 if opens or _STRONG.search(before) else 2.0 if _ARTICLE.search(before) else 1.0
    return weight * (0.5 if _COLLEAGUE.search(before) else 1.0)


def _is_part(token: str) -> bool:
    return token[0].isalpha() and token.lower() not in _BREAKS


@lru_cache(maxsize=50_000)  # of some hundred words of a posting, most stand in many
def occupation_of(token: str) -> str | None:
    """Return the occupation that a word names, in the singular, or None."""
    word = token.lower()
    if word in _occupations():
        return word
    return word[:-1] if word.endswith("s") and word[:-1] in _occupations() else None


def names_occupation(word: str) -> bool:
    """Tell whether a word names an occupation in English or another language, as itself or as the end of a compound.

    >>> [names_occupation(word) for word in ("Nurses", "Softwareentwickler", "Enfermera", "Berlin")]
    [True, True, True, False]
    """
    lower = word.lower()
    whole, endings = _occupations_elsewhere()
    return occupation_of(lower) is not None or lower in whole or lower.endswith(endings)


def role_segments(title: str, places: Collection[str] = ()) -> list[str]:
    """Return the parts of a title that may name a role: those with an occupation, where there is one.

    >>> role_segments("TTS Talent - Account Manager - Leeds")
    ['Account Manager']
    """
    segments = [segment for segment in title_segments(title) if segment.casefold() not in places]
    return [segment for segment in segments if any(map(names_occupation, head_words(segment)))] or segments


def head_words(segment: str) -> list[str]:
    """Return the words before the first preposition or article: "Director of Outreach" speaks of a director."""
    words = segment.split()
    cut = next((i for i, word in enumerate(words) if i and word.lower() in SMALL_WORDS), len(words))
    return words[:cut]


@lru_cache(maxsize=1)
def _occupations() -> frozenset[str]:
    return frozenset(read_words(OCCUPATIONS))


@lru_cache(maxsize=1)
def _occupations_elsewhere() -> tuple[frozenset[str], tuple[str, ...]]:
    words = read_words(OCCUPATIONS_ELSEWHERE)
    endings = tuple(word.removeprefix("-") for word in words if word.startswith("-"))
    return frozenset(words), endings
