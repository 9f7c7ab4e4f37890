"""Which texts have the shape of a person's name."""

import re

from pipeline.resume_parser.headings import section_of
from pipeline.resume_parser.places import is_place
from pipeline.resume_parser.words import wordings

_SMALL_WORDS = frozenset(wordings("names", "small"))
_WORD = r"[^\W\d_][\w.'’´`\-\u00b7]*"
_NAME = re.compile(
    rf"(?:(?:dr|prof|mr|mrs|ms|ing|dipl\.?-ing|m\.?sc|b\.?sc)\.?\s+)*{_WORD}"
    rf"(?:[ \u00a0]+(?:{_WORD}|\([^\W\d_]+\)|[“\"]\w+[”\"])){{0,5}}"
    r"(?:,\s*(?:ph\.?d|m\.?d|mba|m\.?sc|cpa|pe|pmp|rn|esq|jr|sr|ii|iii)\.?)*",
    re.I,
)


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
