"""Job titles without what says nothing about the kind of role: seniority, place, pay, requisition numbers."""

import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

from pipeline.core import DATA, read_sections

TITLE_WORDS = DATA / "title_words.txt"
LEVELS = ("intern", "junior", "senior", "lead")
TYPICAL_SHARE = 1 / 3
_SHOWN_LEVELS = {
    "intern": "intern or trainee",
    "junior": "junior",
    "senior": "senior",
    "lead": "lead or principal",
}

_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|\{[^{}]*\}")
_GENDER = re.compile(
    r"\b[mfwdxhvkn](?:\s*[/|]\s*[mfwdxhvknig*]){1,3}(?!\w)|"
    r"(?<=\w{3})[/:*_·]-?(?:in(?:nen)?|frau|mann|ère|ière|euse|rice|trice|ne|se|e|r|a|as|ora|oras|ka)(?!\w)|"
    r"(?<=(?:er|or|nt|st|ge))(?-i:In(?:nen)?)(?!\w)|(?<=[^\W\d_]{3}er)in(?:nen)?(?!\w)",
    re.I,
)
_REQUISITION = re.compile(
    r"(?:\b(?:req(?:uisition)?|ref(?:erence)?|job)\b\s*(?:id|no|nr|number)?\.?\s*[:#]?\s*)?#?\b[A-Z]{0,4}-?\d{3,}[\w-]*",
    re.I,
)
_GRADE = re.compile(
    r"\b(?:level|grade|band|gs)[- ]?(?:\d+|[ivx]+)\b|\b(?:i{1,3}|iv|v|[1-5])(?=\s*(?:$|[-–—,:|/(]))\.?", re.I
)
_PAY = re.compile(r"[$€£]\s?\d[\d,.]*\s?k?(?:\s?[-–]\s?[$€£]?\s?\d[\d,.]*\s?k?)?|\b\d+ ?%")
_SEPARATORS = re.compile(r"\s+[-–—:|•·@/]\s+|\s*[|•·@]\s*|\s*[,;]\s*|(?<=\w)\s*[–—]\s*|:\s+| at (?=[A-Z])")
_ADDRESS = re.compile(r"https?://\S+|www\.\S+|\S+@\S+")
MIN_LETTERS = 3
_EDGE = " \t-–—:|•·,;/&*.\"'!()[]"
_LEADING = re.compile(rf"^(?:[{re.escape(_EDGE.replace('.', ''))}+#]|\.(?![^\W\d_]))+")  # ".NET" keeps its point


def clean_title(title: str) -> str:
    """Return the role that a title names, in its own spelling; the title itself where nothing would be left.

    >>> clean_title("Sr. Data Engineer II (m/f/d) - Remote, Berlin")
    'Data Engineer'
    """
    segments = title_segments(title)
    return segments[0] if segments else " ".join(title.split())


def bare_title(title: str) -> str:
    """Return a title without brackets, figures, pay, seniority and terms, but with all of its parts.

    >>> bare_title("Senior Nurse (f/m/d), Intensive Care - REQ 4711")
    'Nurse , Intensive Care'
    """
    bare = re.sub(r"\s+", " ", _without_rank(_without_noise(title))).strip(_EDGE)
    return bare if sum(character.isalpha() for character in bare) >= MIN_LETTERS else " ".join(title.split())


def title_segments(title: str) -> list[str]:
    """Return the parts of a title between its separators, cleaned, without those that were only seniority or terms."""
    segments = []
    for part in _SEPARATORS.split(_without_noise(title)):
        cleaned = re.sub(r"\s+", " ", _without_rank(part)).rstrip(_EDGE)
        cleaned = _LEADING.sub("", cleaned)
        if any(character.isalpha() for character in cleaned):
            segments.append(cleaned)
    return segments


def title_levels(title: str) -> set[str]:
    """Return the levels of seniority that a title names, of those in `LEVELS`.

    >>> sorted(title_levels("Lead Nurse")), title_levels("Dental Assistant"), title_levels("Starszy Analityk")
    (['lead'], set(), {'senior'})
    """
    return {level for level in LEVELS if _level_pattern(level).search(title)}


def typical_seniority(titles: Sequence[str]) -> str | None:
    """Return the seniority that at least a third of the titles name, or None."""
    counts = Counter(level for title in titles for level in title_levels(title))
    level = max(LEVELS, key=lambda name: counts[name])
    return _SHOWN_LEVELS[level] if titles and counts[level] >= TYPICAL_SHARE * len(titles) else None


def _without_noise(title: str) -> str:
    return _PAY.sub(" ", _REQUISITION.sub(" ", _GENDER.sub(" ", _BRACKETS.sub(" ", _ADDRESS.sub(" ", title)))))


def _without_rank(part: str) -> str:
    for level in LEVELS:
        part = _level_pattern(level).sub(" ", part)
    return _GRADE.sub(" ", _word_pattern("terms").sub(" ", part))


@lru_cache(maxsize=8)
def _level_pattern(level: str) -> re.Pattern[str]:
    before = _alternatives(f"{level} before")
    follows = rf"|\b(?!staff nurse\b)(?:{before})\b\.?(?=\s+[^\W\d_])(?!\s+(?:of|and|or)\b)" if before else ""
    return re.compile(_word_pattern(level).pattern + follows, re.I)


@lru_cache(maxsize=8)
def _word_pattern(heading: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{_alternatives(heading)})\b(?:\.|:)?", re.I)


def _alternatives(heading: str) -> str:
    """Return the words under a heading as alternatives of a pattern, the longest first."""
    words = sorted(_title_words().get(heading, ()), key=lambda word: (-len(word), word))
    return "|".join(re.escape(word).replace(r"\*", r"\w*").replace(r"\ ", r"\s+") for word in words)


@lru_cache(maxsize=1)
def _title_words() -> dict[str, list[str]]:
    return {
        heading: [word.strip() for line in lines for word in line.split(";")]
        for heading, lines in read_sections(TITLE_WORDS).items()
    }
