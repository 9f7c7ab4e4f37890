"""Which language a text is in, and how common a word is in that language."""

import math
from collections.abc import Mapping
from functools import lru_cache

from pipeline.postings.facts.language import find_language

RARE = 3.0  # the frequency of words that no list holds: once in a million words or less
_NAMES = {
    "ar": "Arabic", "bg": "Bulgarian", "ca": "Catalan", "cs": "Czech", "da": "Danish", "de": "German", "el": "Greek",
    "en": "English", "es": "Spanish", "et": "Estonian", "fa": "Persian", "fi": "Finnish", "fr": "French",
    "he": "Hebrew", "hi": "Hindi", "hr": "Croatian", "hu": "Hungarian", "it": "Italian", "ja": "Japanese",
    "ko": "Korean", "lt": "Lithuanian", "lv": "Latvian", "nl": "Dutch", "no": "Norwegian", "pl": "Polish",
    "pt": "Portuguese", "ro": "Romanian", "ru": "Russian", "sk": "Slovak", "sl": "Slovenian", "sr": "Serbian",
    "sv": "Swedish", "th": "Thai", "tr": "Turkish", "uk": "Ukrainian", "vi": "Vietnamese", "zh": "Chinese",
}  # fmt: skip


@lru_cache(maxsize=4096)
def language_of(text: str) -> str | None:
    """Return a text's language as ISO 639 writes it in two letters; None where there is too little to tell."""
    return find_language(None, text)


def language_name(code: str) -> str:
    """Return what a language is called in English; its code where that is not known here."""
    return _NAMES.get(code, code)


def word_frequency(word: str, language: str) -> float:
    """Return how common a word is: the logarithm of its uses in a thousand million words (the Zipf scale of wordfreq).

    A function word has 5 to 8, a word that everybody uses 4 or more. Nothing is below `RARE`.

    >>> word_frequency("vous", "fr") > 6, word_frequency("kommissionieren", "de")
    (True, 3.0)
    """
    share = _shares(language).get(word.lower())
    return max(RARE, math.log10(share) + 9) if share else RARE


def has_word_list(language: str) -> bool:
    """Tell whether the common words of a language are known."""
    return bool(_shares(language))


@lru_cache(maxsize=64)
def _shares(language: str) -> Mapping[str, float]:
    from wordfreq import available_languages, get_frequency_dict

    known = "nb" if language == "no" else language
    return get_frequency_dict(known, "small") if known in available_languages("small") else {}
