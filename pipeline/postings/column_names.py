"""What a column's name says it holds, in the languages of exports."""

import re
import unicodedata
from functools import lru_cache

from rapidfuzz import fuzz

from pipeline.core import DATA, read_sections

COLUMN_NAMES = DATA / "column_names.txt"
MIN_LIKE = 86  # of 100, from which two longer words are one with another ending or a slip
MIN_TAIL = 5  # letters of a word that may end a compound: "Stellentitel"
CREATED = 0.9
MIN_GLUED, MIN_PIECE = 6, 3  # letters of a name that may be several words, and of each of them
SUPPLEMENTS = frozenset(
    {"name", "label", "value", "text", "title", "display", "displayname", "libelle", "formatted", "key"}
)
Words = tuple[str, ...]

_CAMEL = re.compile(r"(?<=[a-zß-ÿ0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")


def name_words(name: str) -> Words:
    """Return the words of a column's name, without case and accents.

    >>> name_words("jobTitle"), name_words("Intitulé du poste"), name_words("DATE_POSTED")
    (('job', 'title'), ('intitule', 'du', 'poste'), ('date', 'posted'))
    """
    return tuple(part for word in _plain_words(name) for part in _parted(word))


def _plain_words(name: str) -> list[str]:
    spaced = _CAMEL.sub(" ", name)
    plain = "".join(c for c in unicodedata.normalize("NFKD", spaced.casefold()) if not unicodedata.combining(c))
    return [word for word in re.findall(r"[^\W_]+", plain) if not word.isdecimal()]


@lru_cache(maxsize=4096)
def _parted(word: str) -> Words:
    """Return the known words that a name is glued together of, the fewest: "joblocation"; the word itself else."""
    if len(word) < MIN_GLUED or word in _known_words():
        return (word,)
    best: list[Words | None] = [(), *([None] * len(word))]
    for end in range(1, len(word) + 1):
        for start in range(max(0, end - 20), end):
            head, piece = best[start], word[start:end]
            if (
                head is not None
                and piece in _known_words()
                and (best[end] is None or len(head) + 1 < len(best[end] or ()))
            ):
                best[end] = (*head, piece)
    return best[-1] or (word,)


@lru_cache(maxsize=1)
def _known_words() -> frozenset[str]:
    words = {word for phrases in _read().values() for phrase in phrases for word in _plain_words(phrase)}
    return frozenset(word for word in words if len(word) >= MIN_PIECE) | {"id", "of", "is", "on", "at"}


def name_scores(path: str) -> dict[str, float]:
    """Return how well a column's name, with what it stands in, fits each heading of the lexicon: up to 1.

    >>> scores = name_scores("Job Title")
    >>> max(scores, key=scores.get)
    'title'
    """
    steps = [step.removesuffix("[]") for step in re.split(r"\.(?=\S)", path)]
    own = name_words(steps[-1])
    scores = _best_scores(own)
    if len(steps) > 1:
        parent = name_words(steps[-2])
        together = _best_scores(parent + own)
        if set(own) <= SUPPLEMENTS:  # "company.name" says what "company" says
            scores = {key: 0.5 * value for key, value in scores.items()}
            lifted = _best_scores(parent)
            together = {key: max(together.get(key, 0.0), 0.98 * lifted.get(key, 0.0)) for key in {*together, *lifted}}
        # What stands in a company's or a contact's object is of them, not of the job.
        if together.get("company", 0) < 0.9 and max(_best_scores(parent).get("company", 0), 0) > 0.95:
            scores = {key: 0.4 * value for key, value in scores.items()}
        scores = {key: max(scores.get(key, 0.0), together.get(key, 0.0)) for key in {*scores, *together}}
    # A record's own day of creation is a posting's day where no column says better.
    if created := scores.get("created on", 0.0):
        scores = scores | {"posted on": max(scores.get("posted on", 0.0), CREATED * created), "created on": 0.0}
    return scores


def known_heading(name: str) -> str | None:
    """Return the heading of the lexicon that has this very name, or None; far quicker than `name_scores`.

    >>> known_heading("Arbeitsort"), known_heading("What we are")
    ('location', None)
    """
    words = name_words(name)
    return _headings().get(words) or _headings().get(_without_filler(words)) if words else None


@lru_cache(maxsize=1)
def _headings() -> dict[Words, str]:
    return {phrase: heading for heading, phrases in reversed(_lexicon().items()) for phrase in phrases}


@lru_cache(maxsize=4096)
def _best_scores(words: Words) -> dict[str, float]:
    bare = _without_filler(words)
    scores: dict[str, float] = {}
    for heading, phrases in _lexicon().items():
        exact = 1.0 if words in phrases else 0.96 if bare in phrases else 0.0
        best = exact or max((_likeness(bare, phrase) for phrase in phrases), default=0.0)
        if best >= 0.4:
            scores[heading] = best
    return scores


def _without_filler(words: Words) -> Words:
    return tuple(word for word in words if word not in _filler()) or words


def _likeness(name: Words, phrase: Words) -> float:
    """Return the share of letters that a name and a phrase have in common, word by word."""
    common = 0.0
    for word in phrase:
        common += max((_word_likeness(own, word) * (len(own) + len(word)) for own in name), default=0.0)
    return 0.9 * common / (sum(map(len, name)) + sum(map(len, phrase)) or 1)


@lru_cache(maxsize=200_000)
def _word_likeness(own: str, word: str) -> float:
    if own == word:
        return 1.0
    if min(len(own), len(word)) < MIN_TAIL:
        return 0.0
    if own.endswith(word):
        return 0.9
    ratio = fuzz.ratio(own, word)
    return 0.9 * ratio / 100 if ratio >= MIN_LIKE else 0.0


@lru_cache(maxsize=1)
def _lexicon() -> dict[str, frozenset[Words]]:
    return {
        heading: frozenset(words for phrase in phrases if (words := name_words(phrase)))
        | frozenset(_without_filler(words) for phrase in phrases if (words := name_words(phrase)))
        for heading, phrases in _read().items()
        if heading != "filler"
    }


@lru_cache(maxsize=1)
def _filler() -> frozenset[str]:
    return frozenset(word for phrase in _read()["filler"] for word in name_words(phrase))


@lru_cache(maxsize=1)
def _read() -> dict[str, list[str]]:
    return {
        heading: [phrase.strip() for line in lines for phrase in line.split(";") if phrase.strip()]
        for heading, lines in read_sections(COLUMN_NAMES).items()
    }
