"""The day that a posting's date field names, in the forms that exports and pages use."""

import re
from datetime import UTC, date, datetime, timedelta
from email.utils import parsedate_to_datetime

FIRST_YEAR = 1990  # of a number of seconds that is taken for a date
_FORMS = (
    *("%Y/%m/%d", "%Y.%m.%d", "%d.%m.%Y", "%Y-%m", "%Y/%m"),
    *("%d %B %Y", "%d %b %Y", "%B %d %Y", "%b %d %Y", "%B %Y", "%b %Y"),
)
_SECONDS = re.compile(r"(\d{9,10}|\d{12,13})(?:\.\d+)?", re.ASCII)
_SLASHED = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})", re.ASCII)


def read_date(text: str | None) -> date | None:
    """Return the day that a text names; the first of a month that is named alone; None for anything else.

    Read are ISO, RFC 2822, English months, day.month.year, seconds and milliseconds since 1970. Of 3/4/2014 nobody
    knows which part is the month, so it is no date; 13/4/2014 is one.

    >>> read_date("March 5th, 2014"), read_date("Mar 2014")
    (datetime.date(2014, 3, 5), datetime.date(2014, 3, 1))
    """
    text = " ".join((text or "").split())[:80]
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        pass
    if number := _SECONDS.fullmatch(text):
        seconds = int(number[1]) / (1000 if len(number[1]) > 10 else 1)
        day = (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds)).date()
        return day if day.year >= FIRST_YEAR else None
    if parts := _SLASHED.fullmatch(text):
        return _slashed(*map(int, parts.groups()))
    plain = re.sub(r"(?<=\d)(?:st|nd|rd|th)\b", "", text.replace(",", " "))
    plain = " ".join(plain.split())
    for form in _FORMS:
        try:
            return datetime.strptime(plain, form).date()
        except ValueError:
            continue
    try:
        return parsedate_to_datetime(text).date() if ":" in text else None
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _slashed(first: int, second: int, year: int) -> date | None:
    if first <= 12 and second <= 12 and first != second:
        return None
    day, month = (first, second) if second <= 12 else (second, first)
    try:
        return date(year, month, day)
    except ValueError:
        return None
