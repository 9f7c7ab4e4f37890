"""Which texts have the shape of a person's name."""

import re

from pipeline.resumes.reading.headings import section_of
from pipeline.resumes.reading.places import is_place
from pipeline.resumes.reading.words import wordings

_SMALL_WORDS = frozenset(wordings("names", "small"))
_WORD = r"[^\W\d_][\w.'’´`\-\u00b7]*"
_TITLE_AFTER = (
    r"(?:ph\.?\s?d|m\.?d|d\.?d\.?s|j\.?d|mba|m\.?b\.?a|m\.?sc|b\.?sc|m\.?eng|b\.?eng|m\.?a|b\.?a|m\.?s|b\.?s|"
    r"m\.?ed|ed\.?d|mph|mpa|bsn|msn|cpa|cfa|cissp|acca|fcca|aca|pe|p\.?eng|ceng|pmp|prince2|rn|np|lpn|lcsw|phr|sphr|"
    r"shrm-cp|esq|jr|sr|ii|iii|iv)\.?"
)
_NAME = re.compile(
    rf"(?:(?:dr|prof|mr|mrs|ms|ing|dipl\.?-ing|m\.?sc|b\.?sc)\.?\s+)*{_WORD}"
    rf"(?:[ \u00a0]+(?:{_WORD}|\([^\W\d_]+\)|[“\"]\w+[”\"])){{0,5}}"
    rf"(?:,\s*{_TITLE_AFTER})*",
    re.I,
)
_AFTER_NAME = re.compile(_TITLE_AFTER, re.I)


def is_title_after_name(text: str) -> bool:
    """Tell whether a text is what stands after a name and a comma: a degree, a licence, `Jr.`."""
    pieces = [piece.strip() for piece in text.split(",") if piece.strip()]
    return bool(pieces) and all(_AFTER_NAME.fullmatch(piece) for piece in pieces)


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
