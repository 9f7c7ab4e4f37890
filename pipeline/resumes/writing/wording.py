"""The words that an export adds to a resume, such as "Present" and missing headings, in the language of the resume."""

import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

from pydantic import BaseModel, ConfigDict

from pipeline.core import DATA
from pipeline.resumes.model import Resume, SectionName

WORDING_FILE = DATA / "resume_wording.json"
_DATE = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-\d{2})?")
_MONTHS = "January February March April May June July August September October November December".split()  # English
_NAMED = {"Mar 2019": "{month_name:.3} {year}", "March 2019": "{month_name} {year}"}
_NUMBERED = {"03/2019": "{month:02d}/{year}", "2019-03": "{year}-{month:02d}", "2019": "{year}"}
_SCRIPTS = (  # the first that makes up a fifth of the letters; Japanese and Korean texts hold Han characters too
    ("ja", re.compile("[\u3040-\u30ff]")),
    ("ko", re.compile("[\uac00-\ud7af]")),
    ("zh", re.compile("[\u4e00-\u9fff]")),
    ("ar", re.compile("[\u0600-\u06ff]")),
    ("he", re.compile("[\u0590-\u05ff]")),
    ("ru", re.compile("[\u0400-\u04ff]")),
)


class Wording(BaseModel):
    """What is printed around the words of the resume itself, in one language."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    language: str
    function_words: frozenset[str]
    date_pattern: str
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

    def date(self, iso_date: str | None) -> str:
        """Return an ISO date to the month, which is all that resumes print; any other text as it stands.

        >>> load_wordings()["en"].date("2019-03-12"), load_wordings()["de"].date("2019-03")
        ('Mar 2019', '03/2019')
        """
        match = _DATE.fullmatch(iso_date or "")
        if not match or not match[2]:
            return match[1] if match else iso_date or ""
        month = int(match[2])
        return self.date_pattern.format(year=match[1], month=month, month_name=_MONTHS[month - 1])

    def with_dates(self, date_format: str) -> "Wording":
        """Return the wording with dates as in an example, which names March 2019; "usual" changes nothing.

        >>> load_wordings()["en"].with_dates("2019-03").date("2020-11")
        '2020-11'
        """
        named = _NAMED.get(date_format, "") if "{month_name" in self.date_pattern else ""
        pattern = named or _NUMBERED.get(date_format, self.date_pattern)
        return self.model_copy(update={"date_pattern": pattern})

    def title_of(self, name: SectionName, printed: Sequence[str]) -> str:
        """Return the heading of a section: as its source prints it, else the usual one."""
        return next((title.strip() for title in printed if title.strip()), self.titles[name])


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
    for code, script in _SCRIPTS:
        if len(script.findall(text)) > 0.2 * letters:
            return wordings[code]
    words = Counter(re.findall(r"[^\W\d_]+", text.lower()))
    # The first of the best: English.
    return max(wordings.values(), key=lambda wording: sum(words[word] for word in wording.function_words))


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for item in value.values() if isinstance(value, dict) else value:
            yield from _texts(item)
