"""Phrases that may be terms in postings of other languages than English, without a list of words for each.

How common a word is in its language tells function words from terms; what most postings of a language share, and words
that mostly open a sentence ("Oferujemy", "Wymagamy"), are learned from the postings themselves.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise

from pipeline.postings import sentence_starts, word_frequency

MAX_WORDS = 3
FUNCTION = 4.7  # on the Zipf scale: as common as "work" or "new"; no part of a term
RARE, RARE_ALONE = 4.5, 4.0  # a term has a word that is rarer than this; it is rarer still where it stands alone
SHARED = 0.3  # of a language's postings that use a word: then it belongs to ads, not to a trade
FEWEST_SHARING = 4  # postings
OPENING = 0.6  # of a word's uses that open a sentence: then it is a verb or a heading
MIN_OPENINGS = 3
SHORTEST_NOUN = 6  # letters of a noun that is a term by itself
SHORTEST = 3
CAPITAL_NOUNS = frozenset(("de", "lb"))  # languages that write nouns with a capital
# What joins two nouns into one name: "control de alérgenos", "revue de code".
JOINING = {
    "fr": frozenset(("de", "d")),
    "es": frozenset(("de", "del")),
    "ca": frozenset(("de", "del")),
    "pt": frozenset(("de", "do", "da", "dos", "das")),
    "it": frozenset(("di", "del", "della", "dei", "delle")),
}

_TOKEN = re.compile(r"[^\W\d_][\w+#]*(?:-[\w+#]+)*|[^\w\s]|\d+|\n")
_APART = re.compile(r"[ ’]")


def advertising_words(texts: Sequence[str]) -> frozenset[str]:
    """Return the words that postings of one language share as postings, or that mostly open their sentences."""
    used, uses, openings = Counter[str](), Counter[str](), Counter[str]()
    for text in texts:
        found: set[str] = set()
        for sentence in _sentences(text):
            words = [token.lower() for token in _TOKEN.findall(sentence) if token[0].isalpha()]
            uses.update(words)
            openings.update(words[:1])
            found.update(words)
        used.update(found)
    least = max(FEWEST_SHARING, SHARED * len(texts))
    opens = {w for w, n in openings.items() if n >= MIN_OPENINGS and n >= OPENING * uses[w]}
    return frozenset({word for word, count in used.items() if count >= least} | opens)


def phrases_elsewhere(sentence: str, taken: Sequence[bool], language: str) -> Iterator[str]:
    """Yield candidates of a sentence in a language other than English; no name that is `taken` is part of one."""
    run: list[str] = []
    for match in _TOKEN.finditer(sentence):
        token = match[0]
        joins = run and token.lower() in JOINING.get(language, ()) and run[-1].lower() not in JOINING[language]
        is_apostrophe = run and token in "'’" and run[-1].lower() == "d"
        if is_apostrophe:
            continue
        if not taken[match.start()] and (joins or _is_content(token, language)):
            run.append(token)
        else:
            yield from _grams(run, language)
            run = []
    yield from _grams(run, language)


def has_advertising(phrase: str, words: Collection[str], language: str) -> bool:
    """Tell whether one of those words is part of a phrase, otherwise than to join others."""
    joining = JOINING.get(language, frozenset())
    return any(word in words and word not in joining for word in _APART.split(phrase))


def _sentences(text: str) -> list[str]:
    starts = sentence_starts(text)
    return [text[begin:end] for begin, end in pairwise([*starts, len(text)])]


def _is_content(token: str, language: str) -> bool:
    word = token.lower()
    return len(word) >= SHORTEST and word[0].isalpha() and word_frequency(word, language) < FUNCTION


def _grams(run: Sequence[str], language: str) -> Iterator[str]:
    """Yield the phrases in a run of content words and what joins them."""
    joining = JOINING.get(language, frozenset())
    for length in range(1, min(MAX_WORDS, len(run)) + 1):
        for start in range(len(run) - length + 1):
            words = run[start : start + length]
            if {words[0].lower(), words[-1].lower()} & joining:
                continue
            rare = RARE if length > 1 else RARE_ALONE
            if all(word_frequency(word, language) >= rare for word in words if word.lower() not in joining):
                continue
            if language in CAPITAL_NOUNS and not _is_noun_phrase(words):
                continue
            if length > 1 or _stands_alone(words[0], language):
                yield _joined(words)


def _is_noun_phrase(words: Sequence[str]) -> bool:
    """Tell whether words end in a noun, written with a capital, and what stands before is no verb by its ending."""
    return words[-1][0].isupper() and not any(w[0].islower() and w.endswith(("n", "t")) for w in words)


def _stands_alone(word: str, language: str) -> bool:
    """Tell whether one word may be a term: an acronym, a name with a capital inside, or a noun where those show."""
    if sum(character.isupper() for character in word) >= 2:
        return len(word) <= 14
    return language in CAPITAL_NOUNS and word[0].isupper() and len(word) >= SHORTEST_NOUN


def _joined(words: Sequence[str]) -> str:
    return re.sub(r"\bd ", "d’", " ".join(words).lower())
