"""Which texts have the shape of a person's name."""

import re

from pipeline.resume_parser.headings import section_of
from pipeline.resume_parser.places import is_place
from pipeline.resume_parser.words import wordings

_SMALL_WORDS = frozenset(wordings("names", "small"))
_WORD = r"[^\W\d_][\w.'’´`\-\u00b7]*"
_POST_NOMINAL = (
    r"(?:ph\.?d|d\.?phil|m\.?d|mba|m\.?sc|b\.?sc|m\.?a|b\.?a|m\.?ed|ll\.?[bm]|j\.?d|edd|dnp|dds|dvm|pharmd|cpa|acca|fca|cfa|cma|"
    r"phr|sphr|shrm-s?cp|pe|ceng|pmp|cissp|rn|bsn|msn|ccrn|np|lpn|pa-c|lcsw|lmft|bcba|ra|aia|esq|jr|sr|ii|iii)"
)
_NAME = re.compile(
    rf"(?:(?:dr|prof|mr|mrs|ms|ing|dipl\.?-ing|m\.?sc|b\.?sc)\.?\s+)*{_WORD}"
    rf"(?:[ \u00a0]+(?:{_WORD}|\([^\W\d_]+\)|[“\"]\w+[”\"])){{0,5}}"
    rf"(?:,\s*{_POST_NOMINAL}\.?)*",
    re.I,
)
_POST_NOMINALS = re.compile(rf"{_POST_NOMINAL}\.?(?:,?\s+{_POST_NOMINAL}\.?)*", re.I)


def is_post_nominal(text: str) -> bool:
    """Tell whether a text is what follows a name: a degree, a licence, a generation."""
    return _POST_NOMINALS.fullmatch(text.strip(" ,")) is not None


def looks_like_name(text: str) -> bool:
    """Tell whether a text has the shape of a person's name."""
    text = text.strip(" ,.")
    if (
        not text
        or len(text) > 60
        or re.search(r"[\d@/:]|https?", text)
        or section_of(text)
        or not _NAME.fullmatch(text)
    ):
        return False
    words = [word for word in re.split(r"\s+", text) if word]
    capital = all(
        word[0].isupper() or not word[0].isascii() or word.lower() in _SMALL_WORDS or word[0] in '(“"' for word in words
    )
    return capital and not is_place(text)
