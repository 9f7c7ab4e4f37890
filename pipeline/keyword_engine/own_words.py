"""What reads like a name and is a word of the posting's own language: "tableau" in French, "IA" in Spanish.

The lexicon's names and abbreviations are those of English postings. In a posting of another language a spelling that
is much more common there than in English has a meaning of its own there, and is no evidence by itself.
"""

import re

from pipeline.keyword_engine.lexicon import Case, Entry
from pipeline.postings import has_word_list, language_of, word_frequency

ENGLISH = "en"
COMMON = 3.5  # on the Zipf scale: some three uses in a million words
NAME_MARGIN = 0.7  # how much more common than in English, as powers of ten, for a name to be a word
ABBREVIATION_MARGIN = 0.3  # and for a short form of a name, which other words share by chance
LONGEST_ABBREVIATION = 5
SMALL_ENGLISH = (" the ", " and ", " of ", " to ", " in ", " with ")
SURELY_ENGLISH = 0.008  # uses of those by character; other languages have next to none

_UNSPACED = re.compile(r"[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3\uff66-\uff9d]")


def other_language(folded: str, text: str) -> str | None:
    """Return the language of a text where it is another than English and its words are known, else None."""
    if sum(map(folded.count, SMALL_ENGLISH)) >= max(3.0, SURELY_ENGLISH * len(folded)):
        return None
    language = language_of(text)
    return language if language and language != ENGLISH and has_word_list(language) else None


def is_short_form(surface: str, entry: Entry) -> bool:
    """Tell whether a spelling is an abbreviation of an entry that goes by another name."""
    name = entry.name.casefold()
    is_abbreviation = surface.isalpha() and surface.isupper() and len(surface) <= LONGEST_ABBREVIATION
    return is_abbreviation and surface.casefold() not in (name, name.removesuffix("s"))


def is_own_word(surface: str, language: str, margin: float) -> bool:
    """Tell whether a word is common in a language, and more so than in English by a margin."""
    own = word_frequency(surface, language)
    return own >= COMMON and own - word_frequency(surface, ENGLISH) > margin


def is_doubtful_short_form(surface: str, entry: Entry, case: Case, language: str) -> bool:
    """Tell whether an abbreviation may well stand for something else in another language than English."""
    if not is_short_form(surface, entry):
        return False
    return case is Case.AMBIGUOUS or is_own_word(surface, language, ABBREVIATION_MARGIN)


def is_doubtful_name(surface: str, entry: Entry, language: str) -> bool:
    """Tell whether a name may well be a word of another language; capitals throughout mean the name."""
    is_shouted_name = surface.isupper() and surface.casefold() == entry.name.casefold()
    return surface.isalpha() and not is_shouted_name and is_own_word(surface, language, NAME_MARGIN)


def is_joined(neighbour: str) -> bool:
    """Tell whether a letter or figure makes one word with a name beside it; scripts without spaces do not."""
    return neighbour.isalnum() and not _UNSPACED.match(neighbour)
