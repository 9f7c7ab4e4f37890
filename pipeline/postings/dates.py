"""The day that a posting's date field names, in the forms that exports and pages use."""

import re
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, timedelta
from email.utils import parsedate_to_datetime
from enum import Enum
from functools import lru_cache

FIRST_YEAR = 1990  # of a number that is taken for a date
LAST_YEAR = 2100
MAX_LENGTH = 80  # characters of what is read as a date
EXCEL_DAY_ONE = date(1899, 12, 30)
LANGUAGES = (
    *("en", "de", "fr", "es", "it", "pt", "nl", "pl", "sv", "da", "nb", "fi", "cs", "sk", "hu", "ro", "hr", "sl", "tr"),
    *("el", "ru", "uk", "bg", "lt", "lv", "et", "zh", "ja", "ko"),
)


class DayOrder(Enum):
    """Which part of 3/4/2026 is the day; unknown where no value of a column tells."""

    day_first = "day first"
    month_first = "month first"
    unknown = "unknown"


_NUMBER = re.compile(r"\d{5,19}(?:\.\d+)?(?:e\+?\d+)?|\d(?:\.\d+)?e\+?\d{1,2}", re.ASCII | re.I)
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?!\d)", re.ASCII)
_YEAR_FIRST = re.compile(
    r"(\d{4})\s?[-/.年년]\s?(\d{1,2})(?:\s?[-/.月월]\s?(\d{1,2})\s?[日일]?)?\.?(?:[T\s].*)?", re.ASCII
)
_PARTS = re.compile(r"(\d{1,2})([/.\-])\s?(\d{1,2})\2\s?(\d{4}|\d{2})\.?(?:,?[T\s]+\d{1,2}[:.h].*)?", re.ASCII)
_AGO = re.compile(
    r"\b(?:ago|yesterday|today|just (?:now|posted)|hours?|days?|weeks?|months?|vor|gestern|heute|il y a|hier|"
    r"aujourd'hui|hace|ayer|hoy|fa|ieri|oggi|geleden|gisteren|vandaag|temu|wczoraj|dzisiaj|dziś|há|ontem|hoje|sedan|"
    r"igår|idag|siden|i går|i dag|назад|вчера|сегодня|před|včera|dnes|tegnap|ma)\b|前$|전$|昨天|今天",
    re.I,
)
_MORE_THAN = re.compile(r"\d\s?\+|\bover\b|\bmore than\b|\bmehr als\b|\büber\b|\bplus de\b|\bmás de\b", re.I)
_POSTED = re.compile(
    r"^(?:re)?(?:posted|published|publi\w+|veröffentlicht|date|online|listed|added|active)\b[\s:]*(?:on|am|le|el|seit)?\s+",
    re.I,
)


def read_date(text: str | None) -> date | None:
    """Return the day that a text names by itself; the first of a month that is named alone; None for anything else.

    Of 3/4/2014 nobody knows which part is the month, so it is no date; 13/4/2014 is one.

    >>> read_date("March 5th, 2014"), read_date("Mar 2014")
    (datetime.date(2014, 3, 5), datetime.date(2014, 3, 1))
    """
    return read_dates([text or ""])[0]


def read_dates(values: Sequence[str], seen_on: Sequence[date | None] | date | None = None) -> list[date | None]:
    """Return the days that the values of one column name, None for each that names none.

    One column has one order of day and month, which those of its values settle that have a part above 12. `seen_on`
    is the day of the export, of all or of each: "2 weeks ago" is counted back from it, and has no day without.

    >>> read_dates(["3/4/2026", "3/17/2026"])
    [datetime.date(2026, 3, 4), datetime.date(2026, 3, 17)]
    """
    days = [seen_on] * len(values) if seen_on is None or isinstance(seen_on, date) else seen_on
    order = find_day_order(values)
    return [_read(" ".join(value.split())[:MAX_LENGTH], order, day) for value, day in zip(values, days, strict=True)]


def find_day_order(values: Iterable[str]) -> DayOrder:
    """Return the order that the values of a column settle; values that contradict each other settle none."""
    votes = set()
    for value in values:
        if parts := _PARTS.fullmatch(value.strip()):
            first, second = int(parts[1]), int(parts[3])
            if parts[2] == "." or first > 12 >= second:
                votes.add(DayOrder.day_first)
            elif second > 12 >= first:
                votes.add(DayOrder.month_first)
    return votes.pop() if len(votes) == 1 else DayOrder.unknown


def looks_like_date(text: str) -> bool:
    """Tell whether a text is made like a date, whether or not its day can be told."""
    text = text.strip()
    if not text or len(text) > MAX_LENGTH:
        return False
    if _PARTS.fullmatch(text) or _read(text, DayOrder.day_first, None):
        return True
    return _is_relative(text)


def _is_relative(text: str) -> bool:
    return len(text.split()) <= 6 and bool(_AGO.search(text))


@lru_cache(maxsize=20_000)
def _read(text: str, order: DayOrder, seen_on: date | None) -> date | None:
    if not text:
        return None
    if iso := _ISO.match(text):
        return _day(*map(int, iso.groups()))
    if _NUMBER.fullmatch(text):
        return _from_number(float(text), text)
    if parts := _YEAR_FIRST.fullmatch(text):
        return _day(int(parts[1]), int(parts[2]), int(parts[3] or 1))
    if parts := _PARTS.fullmatch(text):
        return _in_order(parts, order)
    plain = _POSTED.sub("", text)
    if _is_relative(plain):
        return _counted_back(plain, seen_on) if seen_on and not _MORE_THAN.search(plain) else None
    return _from_words(plain)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _from_number(number: float, text: str) -> date | None:
    """Return the day of a number: 20260302, days as spreadsheets count them, or seconds and their parts since 1970."""
    if re.fullmatch(r"(?:19|20)\d{6}(?:\d{6})?", text, re.ASCII):
        return _day(int(text[:4]), int(text[4:6]), int(text[6:8]))
    if 32_874 <= number < 73_415:
        return EXCEL_DAY_ONE + timedelta(days=int(number))
    for unit in (1, 1e3, 1e6, 1e9):
        seconds = number / unit
        if seconds < 4.2e9:
            break
    day = (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=min(seconds, 4.2e9))).date()
    return day if FIRST_YEAR <= day.year <= LAST_YEAR and seconds > 6e8 else None


def _in_order(parts: re.Match[str], order: DayOrder) -> date | None:
    first, second, year = int(parts[1]), int(parts[3]), int(parts[4])
    year += 2000 if year < 100 else 0
    if parts[2] == "." or first > 12 or first == second:
        order = DayOrder.day_first
    elif second > 12:
        order = DayOrder.month_first
    if order is DayOrder.unknown:
        return None
    day, month = (first, second) if order is DayOrder.day_first else (second, first)
    return _day(year, month, day)


def _from_words(text: str) -> date | None:
    """Return a day that is named in words, in any of the languages read; a year must be named, and a month."""
    if not re.search(r"(?<!\d)(?:19|20)\d\d(?!\d)", text) or not re.search(r"[^\W\d_]{3}", text):
        return _two_digit_year(text)
    try:
        return parsedate_to_datetime(text).date()
    except (ValueError, TypeError, IndexError, OverflowError):
        pass
    import dateparser  # type: ignore[import-untyped]

    found = dateparser.parse(
        text,
        languages=list(LANGUAGES),
        settings={"REQUIRE_PARTS": ["year", "month"], "PREFER_DAY_OF_MONTH": "first", "PARSERS": ["absolute-time"]},
    )
    return found.date() if found else None


def _two_digit_year(text: str) -> date | None:
    """Return the day of 15-Apr-26 and the like."""
    for form in ("%d-%b-%y", "%d %b %y", "%d/%b/%y", "%d-%B-%y"):
        try:
            return datetime.strptime(text, form).date()
        except ValueError:
            continue
    return None


def _counted_back(text: str, seen_on: date) -> date | None:
    """Return the day that lies as far before the export's as a text says."""
    import dateparser

    if re.search(r"\bjust\b|\bhours?\b|\bminutes?\b|\btoday\b|\bheute\b", text, re.I):
        text = "today" if not re.search(r"\d", text) else text
    noon = datetime(seen_on.year, seen_on.month, seen_on.day, 23, 59)
    found = dateparser.parse(
        text, languages=list(LANGUAGES), settings={"RELATIVE_BASE": noon, "PARSERS": ["relative-time"]}
    )
    return found.date() if found and found <= noon else None
