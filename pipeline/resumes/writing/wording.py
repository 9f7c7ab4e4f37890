"""The words that an export adds to a resume, such as "Present" and missing headings, in the language of the resume."""

import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from functools import cache
from typing import Any

from pydantic import BaseModel, ConfigDict

from pipeline.core import DATA
from pipeline.resumes.model import Resume, SectionName

WORDING_FILE = DATA / "resume_wording.json"
_DATE = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-\d{2})?")
_PATTERNS = {
    "Mar 2019": "yMMM",
    "March 2019": "yMMMM",
    "03/2019": "{month:02d}/{year}",
    "2019-03": "{year}-{month:02d}",
    "2019": "{year}",
}
_SCRIPTS = (  # the first that makes up a fifth of the letters; Japanese and Korean texts hold Han characters too
    (("ja",), re.compile("[\u3040-\u30ff]")),
    (("ko",), re.compile("[\uac00-\ud7af]")),
    (("zh",), re.compile("[\u4e00-\u9fff]")),
    (("ar",), re.compile("[\u0600-\u06ff]")),
    (("he",), re.compile("[\u0590-\u05ff]")),
    (("hi",), re.compile("[\u0900-\u097f]")),
    (("ru", "uk"), re.compile("[\u0400-\u04ff]")),
)


class Wording(BaseModel):
    """What is printed around the words of the resume itself, in one language."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    language: str
    function_words: frozenset[str]
    date_pattern: str  # with {year} and {month}, or a skeleton of the CLDR where the month has a name
    is_right_to_left: bool
    present: str
    degree_separator: str
    grade: str
    courses: str
    keywords: str
    interests: str
    references: str
    document_title: str
    titles: dict[SectionName, str]
    heading_words: dict[SectionName, tuple[str, ...]] = {}  # a heading that most programs know holds one of these
    keeps_headings: bool = True  # those of the source, in place of the usual ones

    def date(self, iso_date: str | None) -> str:
        """Return an ISO date to the month, which is all that resumes print; any other text as it stands.

        >>> load_wordings()["en"].date("2019-03-12"), load_wordings()["de"].date("2019-03")
        ('Mar 2019', '03/2019')
        """
        match = _DATE.fullmatch(iso_date or "")
        if not match or not match[2]:
            return match[1] if match else iso_date or ""
        year, month = int(match[1]), int(match[2])
        if "{" in self.date_pattern:
            return self.date_pattern.format(year=match[1], month=month)
        return _with_name(self.date_pattern, self.language, year, month)

    def with_dates(self, date_format: str) -> "Wording":
        """Return the wording with dates as in an example, which names March 2019; "usual" changes nothing.

        >>> load_wordings()["en"].with_dates("2019-03").date("2020-11")
        '2020-11'
        >>> load_wordings()["fr"].with_dates("March 2019").date("2020-11")
        'novembre 2020'
        """
        return self.model_copy(update={"date_pattern": _PATTERNS.get(date_format, self.date_pattern)})

    def title_of(self, name: SectionName, printed: Sequence[str]) -> str:
        """Return the heading of a section: as its source prints it where those are kept, else the usual one."""
        own = [title.strip() for title in printed if title.strip()] if self.keeps_headings else []
        return own[0] if own else self.titles[name]


@cache
def _with_name(skeleton: str, language: str, year: int, month: int) -> str:
    """Return a month with its name as people of a language write it (Unicode CLDR)."""
    from babel.dates import format_skeleton

    # A thin blank is in few fonts, and few readers know it.
    return str(format_skeleton(skeleton, date(year, month, 1), locale=language)).replace("\u202f", " ")


@cache
def load_wordings() -> dict[str, Wording]:
    """Return the wordings by language code."""
    document = json.loads(WORDING_FILE.read_text(encoding="utf-8"))
    return {code: Wording(language=code, **entry) for code, entry in document.items()}


def wording_of(resume: Resume) -> Wording:
    """Return the wording for the language that a resume is written in; English where that cannot be told."""
    text = " ".join(_texts(resume.model_dump(exclude={"section_order", "meta"})))
    wordings = load_wordings()
    letters = sum(character.isalpha() for character in text)
    written = next((codes for codes, script in _SCRIPTS if len(script.findall(text)) > 0.2 * letters), tuple(wordings))
    words = Counter(re.findall(r"[^\W\d_]+", text.lower()))
    # The first of the best: English, where it is in letters of the Latin alphabet.
    best = max(written, key=lambda code: sum(words[word] for word in wordings[code].function_words))
    return wordings[best]


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for item in value.values() if isinstance(value, dict) else value:
            yield from _texts(item)
