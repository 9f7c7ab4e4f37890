"""The years of experience that a posting asks for at least, in figures or words."""

import re
from collections.abc import Mapping

from pipeline.core import YearsFact
from pipeline.postings.facts.passages import quote_at
from pipeline.postings.facts.vocabulary import either

MOST = 25  # years; nobody asks for more
_NUMBERS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "twelve": 12, "fifteen": 15, "zwei": 2, "drei": 3, "fünf": 5, "deux": 2, "trois": 3, "cinq": 5, "dos": 2, "tres": 3,
    "cinco": 5, "due": 2, "tre": 3, "cinque": 5, "twee": 2, "drie": 3, "vijf": 5,
}  # fmt: skip
_YEAR = either("years")
_COUNT = rf"\d{{1,2}}|{'|'.join(_NUMBERS)}"
_RANGE = rf"(?:\s?(?:-|–|—|to|bis|à|a|do|or)\s?(?:{_COUNT})\s?(?:\(\d{{1,2}}\)\s?)?\+?)?"
_ASKED = re.compile(
    rf"(?<![\w.,$€£%/-])(?P<low>{_COUNT})(?:\s?\(\d{{1,2}}\))?\s?\+?{_RANGE}"
    rf"\s?(?:or more |or above |plus |full |\+ ?)?-?\s?(?:{_YEAR})(?P<after>[^\n.;]{{0,70}})",
    re.I,
)
_EXPERIENCE = re.compile(either("experience"), re.I)
_LABEL = re.compile(
    r"\b(?:experience|required experience|years of experience|years experience|erfahrung|experiencia)\b[^\n]{0,20}:\s*"
    r"(?:at least |minimum |min\.? )?$",
    re.I,
)
_SKILL_LINE = re.compile(r"^[^\S\n]*[\w .+#/&()-]{2,50}:\s*$")
_DOING = re.compile(rf"\W{{0,3}}(?:{either('experience doing')})", re.I)
_REQUIRED = re.compile(r"\(required\)", re.I)
_NOT_ASKED = re.compile(
    rf"\b(?:(?:{either('not asked before')})\b[^\n.;]{{0,25}}|(?:{either('not asked just before')})\s*)$", re.I
)
_NOT_AFTER = re.compile(rf"\W{{0,3}}(?:{either('not asked after')})", re.I)


def find_years(fields: Mapping[str, str], title: str | None, text: str) -> YearsFact | None:
    """Return the years that are asked for first, the lower end of a range."""
    stated = fields.get("experience", "").strip()
    if found := re.match(r"\D{0,12}(\d{1,2})(?!\d)", stated):
        years = int(found[1])
        if years <= MOST and not re.search(r"\bmonths?\b", stated, re.I):
            return YearsFact(value=years, quote=stated[:120], where="field")
    for where, passage in (("title", title or ""), ("text", text)):
        for match in _ASKED.finditer(passage):
            years = _value(match["low"])
            if years <= MOST and _is_asked(passage, match):
                end = match.start("after") + min(len(match["after"]), 45)
                return YearsFact(value=years, quote=quote_at(passage, match.start(), end), where=where)
    return None


def _value(figure: str) -> int:
    return int(figure) if figure.isdigit() else _NUMBERS[figure.lower()]


def _is_asked(text: str, match: re.Match[str]) -> bool:
    """Tell whether years are of experience that is wanted: a word for it is near, and no history of a company."""
    line_start = text.rfind("\n", 0, match.start()) + 1
    before = text[max(line_start, match.start() - 60) : match.start()]
    after = match["after"]
    if _NOT_ASKED.search(before) or _NOT_AFTER.match(after):
        return False
    if _EXPERIENCE.search(after) or _LABEL.search(before) or _DOING.match(after):
        return True
    if _SKILL_LINE.match(text[line_start : match.start()]) and _REQUIRED.search(after):
        return True
    return _EXPERIENCE.search(before) is not None
