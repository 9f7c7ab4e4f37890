"""Amounts of money as postings write them: one figure or a range, with its currency, in the usual spellings."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from pipeline.postings.facts.vocabulary import either

_SIGNS = {
    "US$": "USD", "CA$": "CAD", "C$": "CAD", "A$": "AUD", "AU$": "AUD", "NZ$": "NZD", "S$": "SGD", "HK$": "HKD",
    "R$": "BRL", "€": "EUR", "£": "GBP", "₹": "INR", "₽": "RUB", "₴": "UAH", "₺": "TRY", "₩": "KRW", "₪": "ILS",
}  # fmt: skip
_WORDS = {
    "eur": "EUR", "euro": "EUR", "euros": "EUR", "usd": "USD", "us dollars": "USD", "gbp": "GBP", "pounds": "GBP",
    "cad": "CAD", "aud": "AUD", "nzd": "NZD", "sgd": "SGD", "hkd": "HKD", "chf": "CHF", "sfr": "CHF", "pln": "PLN",
    "zł": "PLN", "zl": "PLN", "złotych": "PLN", "czk": "CZK", "kč": "CZK", "sek": "SEK", "nok": "NOK", "dkk": "DKK",
    "huf": "HUF", "ft": "HUF", "ron": "RON", "lei": "RON", "inr": "INR", "rs": "INR", "rs.": "INR", "rupees": "INR",
    "jpy": "JPY", "yen": "JPY", "cny": "CNY", "rmb": "CNY", "krw": "KRW", "try": "TRY", "tl": "TRY", "uah": "UAH",
    "грн": "UAH", "rub": "RUB", "руб": "RUB", "руб.": "RUB", "рублей": "RUB", "brl": "BRL", "mxn": "MXN",
    "zar": "ZAR", "aed": "AED", "ils": "ILS", "bgn": "BGN", "лв": "BGN", "kr": "kr", "kr.": "kr", "dollars": "$",
}  # fmt: skip
_WORDS |= {"円": "JPY", "元": "CNY", "원": "KRW"}
DOLLARS = {
    "US": "USD", "CA": "CAD", "AU": "AUD", "NZ": "NZD", "SG": "SGD", "HK": "HKD", "MX": "MXN", "TW": "TWD",
}  # fmt: skip
PESOS = frozenset("AR CL CO UY DO CU".split())
CROWNS = {"SE": "SEK", "NO": "NOK", "DK": "DKK", "IS": "ISK"}
EURO_COUNTRIES = frozenset("AT BE CY DE EE ES FI FR GR HR IE IT LT LU LV MT NL PT SI SK".split())
OWN_MONEY = DOLLARS | CROWNS | {"GB": "GBP", "CH": "CHF", "IN": "INR"} | dict.fromkeys(EURO_COUNTRIES, "EUR")

_MANY = {"k": 1e3, "тыс": 1e3, "тыс.": 1e3, "tys": 1e3, "tys.": 1e3, "tis.": 1e3, "tsd": 1e3, "tsd.": 1e3,
         "lakh": 1e5, "lakhs": 1e5, "lac": 1e5, "lacs": 1e5, "lpa": 1e5, "万": 1e4, "만": 1e4}  # fmt: skip
_LAKH = {"lakh", "lakhs", "lac", "lacs", "lpa"}


def _either(words: dict[str, str] | dict[str, float]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


_AFTER_WORD = r"(?:(?<=[万만円元원])|(?![^\W\d_]))"
_MILLIONS = re.compile(
    r"\s?\+?(?:mm?|mn|mio|mrd|bn?|t|millions?|billions?|trillions?|millionen|milliarden|milli(?:on|ard)s?)\b", re.I
)
_THOUSANDS = r"\d{1,3}(?:[.,'’  \u202f]\d{2,3})*[.,'’  \u202f]\d{3}(?!\d)(?:[.,]\d{1,2}(?!\d))?"
_FIGURE = rf"{_THOUSANDS}|\d{{1,12}}+(?:[.,]\d{{1,2}})?(?![\d.,]*\d)"
_BEFORE = rf"(?:(?<![^\W\d_])(?:{_either(_WORDS)}){_AFTER_WORD}\s?\$?|{_either(_SIGNS)}|[$¥￥])"
_BEHIND = rf"(?:(?:{_either(_WORDS)}){_AFTER_WORD}|[$€£₹₽₴₺₩])(?!\s?\d)"
_LOT = rf"(?:{_either(_MANY)}){_AFTER_WORD}"


def _amount(name: str, before: str = _BEFORE) -> str:
    return (
        rf"(?P<{name}_before>{before})?\s?(?P<{name}>{_FIGURE})\+?(?:\s?(?P<{name}_lot>{_LOT}))?\+?"
        rf"(?:,[-–])?(?:\s?(?P<{name}_behind>{_BEHIND}))?"
    )


_ONLY_IF_FIRST = rf"(?(low_before){_BEFORE}|(?!))"  # "1 - $50,000" is no range of money
# The end of a range may have a short label of its own: "Step 1 $50,000 to Step 10 $60,000".
_UNIT = (  # "$60,000/yr - $70,000/yr"
    r"(?:\s?/\s?[^\W\d_]{1,6}\b\.?|\s(?:per|an?)\s[^\W\d_]{3,6}\b|\s(?:hourly|annually|yearly|monthly))?"
)
_LINK = rf"\s*(?:\([^()\n]{{1,12}}\)\s*)?(?:[-–—‒~～〜]|\bmax(?:imum)?\b:?|\b(?:{either('link')})\b)\s*"
_END_LABEL = r"(?:(?:up to|zu|max\.?)\s)?(?:[^\W\d_][\w-]*,?\s(?:[\w-]+,?\s){0,3}(?:[-–]\s)?(?=[$€£]))?"
_RANGE = rf"{_amount('low')}{_UNIT}{_LINK}{_END_LABEL}{_amount('high', _ONLY_IF_FIRST)}"
_MONEY = re.compile(
    rf"(?<![^\W぀-鿿가-힣])(?<![.,$€£/])(?<!\d-)(?=[^\d\n]{{0,13}}\d)(?:{_RANGE}|{_amount('one')})", re.I
)


_LABEL = re.compile(r"\b(?:salary|compensation|pay|gehalt|salaire|salario|wynagrodzenie)(?: range)?\s?:\s*$", re.I)


@dataclass(frozen=True)
class Money:
    """An amount or a range at its place in a text; `sign` is a code of ISO 4217, or $, kr or ¥, which several share.

    `sign` is empty where the text names no currency. `is_short` says that a unit stood for thousands or more.
    """

    start: int
    end: int
    low: float
    high: float | None
    sign: str
    is_short: bool
    is_lakh: bool
    is_open: bool


def find_money(text: str) -> Iterator[Money]:
    """Yield the amounts of a text that have a currency or a unit such as k, in the order in which they stand."""
    for match in _MONEY.finditer(text):
        found = None if _MILLIONS.match(text, match.end()) else _read(match)
        if found is not None:
            yield found


def read_number(figure: str) -> float:
    """Return a figure's value, whichever mark parts its thousands.

    >>> read_number("60.000"), read_number("1,234.50"), read_number("12,5"), read_number("6,00,000")
    (60000.0, 1234.5, 12.5, 600000.0)
    """
    plain = re.sub(r"['’\s]", "", figure)
    tail = re.search(r"[.,](\d{1,2})$", plain)
    whole, part = (plain[: tail.start()], tail[1]) if tail else (plain, "0")
    return float(f"{re.sub(r'[.,]', '', whole)}.{part}")


def _read(match: re.Match[str]) -> Money | None:
    names = ("one",) if match["one"] else ("low", "high")
    lots = [(match[f"{name}_lot"] or "").lower() for name in names]
    signs = [_sign(match[f"{name}_{end}"]) for name in names for end in ("before", "behind")]
    sign = next(filter(None, signs), "")
    if not _is_money(match, sign, lots):
        return None
    ends = _values([match[name] for name in names], lots)
    if ends[0] > ends[-1]:
        return None
    is_lakh = any(lot in _LAKH for lot in lots)
    return Money(
        start=match.start(),
        end=match.end(),
        low=ends[0],
        high=ends[1] if len(ends) > 1 else None,
        sign=sign or ("INR" if is_lakh else ""),
        is_short=any(lots),
        is_lakh=is_lakh,
        is_open=bool(match["one"]) and "+" in match[0],
    )


def _is_money(match: re.Match[str], sign: str, lots: list[str]) -> bool:
    """Tell whether a figure has a currency or a unit, or a label that makes up for both."""
    if any(lots) and re.search(r"\d\s\d{3}\s?\+?[a-z]", match[0], re.I):
        return False  # "$1 401k" are two
    if sign:
        return True
    if any(lots):
        return match["one"] not in ("401", "403")  # the American pension plans
    return match["low"] is not None and _is_labelled(match)


def _values(figures: list[str], lots: list[str]) -> list[float]:
    """Return what the figures come to, the first with the unit of the second where it is meant for both."""
    values = [read_number(figure) for figure in figures]
    scales = [_MANY.get(lot, 1.0) for lot in lots]
    if len(values) > 1 and not lots[0]:
        low, high = values
        if lots[1] and low <= min(1000, high):
            scales[0] = scales[1]  # "$120-150k"
        elif not lots[1] and low < 1000 <= high / 10 and low * 1000 <= high:
            scales[0] = 1e3  # "£60-100,000"
    return [value * scale for value, scale in zip(values, scales, strict=True)]


def _is_labelled(match: re.Match[str]) -> bool:
    """Tell whether two full figures of thousands follow a label such as "Salary:", so that they need no sign."""
    thousands = all(re.fullmatch(r"\d{2,3}[.,' ]\d{3}", match[name] or "") for name in ("low", "high"))
    return thousands and _LABEL.search(match.string, max(0, match.start() - 40), match.start()) is not None


@lru_cache(maxsize=256)
def _sign(written: str | None) -> str:
    """Return the currency that a sign or word stands for; empty where it is none."""
    plain = (written or "").strip()
    if plain in ("¥", "￥"):
        return "¥"
    if plain.upper() in _SIGNS:
        return _SIGNS[plain.upper()]
    word = plain.rstrip("$ ").lower()
    return _WORDS.get(word, "$" if plain == "$" else "")


def currency_of(sign: str, country: str | None, language: str | None) -> str | None:
    """Return the currency that a sign means in a posting of this country; None where nobody can tell.

    A bare $ stays one where the country is not known or calls its pesos so; kr and ¥ need a country or a language.
    """
    if sign == "$":
        return "$" if country is None or country in PESOS else DOLLARS.get(country, "USD")
    if sign == "kr":
        by_language: dict[str | None, Literal["SEK", "NOK", "DKK"]] = {"sv": "SEK", "no": "NOK", "da": "DKK"}
        return CROWNS.get(country or "") or by_language.get(language)
    if sign == "¥":
        return {"JP": "JPY", "CN": "CNY"}.get(country or "") or {"ja": "JPY", "zh": "CNY"}.get(language or "")
    return sign or OWN_MONEY.get(country or "")
