"""The period of time that pay is for, what it comes to in a year, and which sizes nobody is paid."""

import re
from typing import get_args

from pipeline.core import Pay, Period, Where
from pipeline.postings.facts.vocabulary import either

PERIODS: tuple[Period, ...] = get_args(Period)
PER_YEAR: dict[Period, int] = {"hour": 2080, "day": 260, "week": 52, "month": 12, "year": 1}

# From here on an amount without a period is a year's; in other currencies it may be a month's.
YEARLY_BY_SIZE = dict.fromkeys(("USD", "$", "EUR", "GBP", "CAD", "AUD", "NZD", "SGD", "CHF"), 12_000) | dict.fromkeys(
    ("SEK", "NOK", "DKK"), 200_000
)

# What a US dollar is worth, roughly: only to tell amounts that nobody is paid, never to convert.
_PER_DOLLAR = {
    "INR": 85, "JPY": 150, "KRW": 1350, "CNY": 7, "CZK": 23, "HUF": 360, "PLN": 4, "SEK": 10, "NOK": 10, "DKK": 7,
    "RUB": 85, "UAH": 40, "TRY": 35, "BRL": 5, "MXN": 19, "ZAR": 18, "RON": 4.6, "AED": 3.7, "ILS": 3.6, "HKD": 7.8,
    "TWD": 32, "ISK": 138,
}  # fmt: skip
_PLAUSIBLE: dict[Period, tuple[float, float]] = {  # in dollars
    "hour": (2, 900), "day": (15, 6_000), "week": (60, 25_000), "month": (150, 90_000), "year": (2_000, 1_500_000),
}  # fmt: skip
CHEAPER = 0.3  # of these where the currency is not worth a dollar

_LETTER = r"[^\W\d_぀-鿿가-힣]"  # of scripts that part their words
_NAMED = [(period, re.compile(rf"(?:{either('period ' + period)})\.?", re.I)) for period in PERIODS]
_ANY = "|".join(either("period " + period) for period in PERIODS)
_BEHIND = re.compile(
    rf"[^\S\n]*\n?,?(?:[.,]-+)?[^\S\n]*\(?(?:(?:{either('gross or net')})\s*)*"
    rf"(?P<link>{either('per')})?\s*(?P<word>{_ANY})(?!{_LETTER})",
    re.I,
)
_NEEDS_LINK = re.compile(either("needs per"), re.I)
_AHEAD = re.compile(
    rf"(?<!{_LETTER})(?:{'|'.join(f'(?P<{period}>' + either(period + ' ahead') + ')' for period in PERIODS)})", re.I
)


def period_named(words: str) -> Period | None:
    """Return the period that a word such as "yearly", "HOUR" or "pro Monat" names."""
    plain = re.sub(r"^(?:per|pro|par|por|an?|/)[ -_]?\b", "", words.strip().lower())
    return next((period for period, named in _NAMED if named.fullmatch(plain)), None)


def period_behind(text: str, end: int) -> Period | None:
    """Return the period that is tied to an amount which ends here: "/h", "brutto im Monat", "per annum"."""
    match = _BEHIND.match(text, end)
    if not match or (not match["link"] and _NEEDS_LINK.fullmatch(match["word"])):
        return None
    return period_named(match["word"])


def period_ahead(words: str) -> Period | None:
    """Return the period that the words before an amount name last: "Hourly rate:", "Monatsgehalt"."""
    last = None
    for match in _AHEAD.finditer(words):
        last = next(period for period in PERIODS if match[period])
    return last


def period_by_size(low: float, currency: str | None) -> Period | None:
    """Return the year for an amount that is nothing else by its size and currency."""
    return "year" if low >= YEARLY_BY_SIZE.get(currency or "", float("inf")) else None


def is_plausible(low: float, high: float, currency: str, period: Period) -> bool:
    """Tell whether somebody may be paid between these two ends."""
    worth = _PER_DOLLAR.get(currency, 1)
    least, most = _PLAUSIBLE[period]
    return least * worth * (CHEAPER if worth > 1 else 1) <= low <= high <= most * worth


def to_pay(low: float | None, high: float | None, currency: str, period: Period, *, quote: str, where: Where) -> Pay:
    """Return pay with its yearly ends."""
    yearly = [None if end is None else round(end * PER_YEAR[period], 2) for end in (low, high)]
    return Pay(
        low=low, high=high, currency=currency, period=period, yearly_low=yearly[0], yearly_high=yearly[1],
        quote=quote, where=where,
    )  # fmt: skip
