"""Dates as resumes spell them: `Sept. 2018 – present`, `03/2019-04/2021`, `seit Mai 2020`, `2020年4月`."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from pipeline.resumes.reading.words import keys, wordings

MONTH_OF = {word: int(number) for number in keys("dates", "months") for word in wordings("dates", "months", number)}
_SEASONS = frozenset(word for season in keys("dates", "seasons") for word in wordings("dates", "seasons", season))
_PRESENT = wordings("dates", "present")

_month_words = "|".join(sorted(map(re.escape, MONTH_OF), key=len, reverse=True))
_season_words = "|".join(sorted(map(re.escape, _SEASONS), key=len, reverse=True))
_present_words = "|".join(sorted((re.escape(word).replace("\\ ", r"\s+") for word in _PRESENT), key=len, reverse=True))
_YEAR = r"(?:19[4-9]\d|20[0-4]\d)"
_POINT = rf"""(?:
    (?P<iso_year>{_YEAR})[-/.](?P<iso_month>1[0-2]|0?[1-9])(?!\d)(?:[-/.](?:[12]\d|3[01]|0?[1-9])(?!\d))?
  | (?:(?:[12]\d|3[01]|0?[1-9])[./])?(?P<num_month>1[0-2]|0?[1-9])\s?[-/.]\s?(?P<num_year>{_YEAR})
  | (?:(?:[12]\d|3[01]|0?[1-9])(?:st|nd|rd|th|\.)?\s+)?(?P<word>{_month_words}|{_season_words})(?!\w)[.׳॰]?,?
    \s*[/.-]?\s*(?:(?:[12]\d|3[01]|0?[1-9])(?:st|nd|rd|th)?,\s*)?(?:of\s+|de\s+|del\s+|’|')?(?P<word_year>{_YEAR}|(?<=[’'])\d\d)
    (?:\s[гр]\.)?
  | (?P<year_first>{_YEAR})\s+(?P<year_word>{_month_words}|{_season_words})\b\.?
  | (?P<cjk_year>{_YEAR})\s*[年년]\s*(?:(?P<cjk_month>1[0-2]|0?[1-9])\s*[月월])?
  | (?P<word_only>{_month_words})\.?(?=\s*(?:-|–|—|to|bis)\s*(?:{_month_words})\b\.?,?\s*{_YEAR})
  | (?P<year>(?<![\d.,$€£/]){_YEAR}(?![\d%+]|[.,]\d))
)"""
_POINT_NAMES = re.compile(r"\?P<\w+>")
_NAMELESS = _POINT_NAMES.sub("?:", _POINT)
_DASH = (
    r"\s*(?:[-–—‒―−~～至]+|\b(?:to|until|till|through|thru|bis(?:\s+(?:zum|heute))?|au|à|a|al|hasta|ad|tot|t/m|til|"
    r"until|do|по)\b|から|إلى)\s*"
)
_START = r"(?:\b(?:since|from|seit|ab|depuis|von|de|du|desde|dal|da|sedan|с)\s+)?"
_POINT_RE = re.compile(_POINT, re.I | re.X)
_RANGE_RE = re.compile(
    rf"""(?<![\w/])[(\[]?\s*(?:
        {_START}(?P<from>{_NAMELESS}){_DASH}(?P<to>{_NAMELESS}|(?P<open>(?:till\s+|until\s+)?(?:{_present_words}))(?!\w)|(?P<short>\d\d(?!\d|[/.-]\d|\s?%)))
      | (?P<since>\b(?:since|seit|depuis|desde|sedan)\s+)(?P<from_since>{_NAMELESS})
      | (?P<from_dangling>{_NAMELESS})\s*[-–—]\s*(?=$|[)\]])
      | (?P<single>{_NAMELESS})
    )\s*[)\]]?""",
    re.I | re.X,
)
DURATION = re.compile(
    r"[(\[·•,]?\s*\(?\b\d{1,2}(?:\.\d)?\+?\s*(?:years?|yrs?\.?|jahre?|ans?|años?|months?|mos?\.?|monate?|mois|meses)"
    r"(?:\s*(?:,|and|und|et|y)?\s*\d{1,2}\s*(?:months?|mos?\.?|monate?|mois|meses))?\s*[)\]]?$",
    re.I,
)


@dataclass(frozen=True, slots=True)
class DateRange:
    """A date or a span of time found in a text: ISO dates, whether it goes on, where it stands, how it was written."""

    start: str | None
    end: str | None
    is_open: bool
    is_range: bool
    begin: int
    finish: int
    text: str
    is_exact: bool = True

    @property
    def last(self) -> str | None:
        """The end; a date that stands alone is its own end."""
        return self.end if self.is_range else self.start

    @property
    def is_dangling(self) -> bool:
        """Whether the end is missing after a dash: it may stand in the next line."""
        return self.is_range and not self.end and not self.is_open


@lru_cache(maxsize=16384)
def find_dates(text: str) -> tuple[DateRange, ...]:
    """Return the dates and spans of time in a text, from left to right."""
    if not re.search(r"\d", text):
        return ()
    return tuple(_range_of(match) for match in _RANGE_RE.finditer(text))


def _range_of(match: re.Match[str]) -> DateRange:
    first = match["from"] or match["from_since"] or match["from_dangling"] or match["single"]
    start, start_exact = to_iso(first)
    end, end_exact = None, True
    if match["to"] and not match["open"]:
        end, end_exact = (start[:2] + match["short"], True) if match["short"] and start else to_iso(match["to"])
        if start and len(start) == 2 and end:  # "June – August 2020": the year stands once
            start = f"{end[:4]}-{start}"
    is_range = bool(match["to"] or match["from_since"] or match["from_dangling"])
    is_open = bool(match["open"] or match["from_since"])
    return DateRange(
        start, end, is_open, is_range, match.start(), match.end(), match[0].strip(" ()[]"), start_exact and end_exact
    )


def to_iso(text: str) -> tuple[str | None, bool]:
    """Return a date as YYYY-MM or YYYY (a month alone as MM), and whether nothing of it was lost."""
    text = unicodedata.normalize("NFC", text)
    month_alone = MONTH_OF.get(text.strip(" .,").lower())
    if month_alone:
        return f"{month_alone:02d}", True
    match = _POINT_RE.search(text)
    if not match:
        return None, False
    year = next(match[k] for k in ("iso_year", "num_year", "word_year", "year_first", "cjk_year", "year") if match[k])
    if len(year) == 2:
        year = ("19" if int(year) > 50 else "20") + year
    month = match["iso_month"] or match["num_month"] or match["cjk_month"]
    word = (match["word"] or match["year_word"] or "").lower()
    if word in MONTH_OF:
        month = str(MONTH_OF[word])
    day = re.search(r"\d[./-]\d{1,2}[./-]\d|\b\d{1,2}(?:st|nd|rd|th|\.)\s|\b\d{1,2},\s", text)
    return (f"{year}-{int(month):02d}" if month else year), word not in _SEASONS and not day


def is_date_text(text: str) -> bool:
    """Tell whether a text is a date or a span of time and nothing else."""
    rest = text
    for found in reversed(find_dates(text)):
        rest = rest[: found.begin] + rest[found.finish :]
    return rest != text and not re.search(r"\w{2,}", DURATION.sub("", rest.strip()))


def is_duration(text: str) -> bool:
    """Tell whether a text is a length of time such as `2 years 10 months` and nothing else."""
    return bool(DURATION.fullmatch(text.strip()))
