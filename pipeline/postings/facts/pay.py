"""What a posting pays: an amount of money counts only where its own clause says that it is pay.

Three things make an amount pay: a word for pay in front of it or behind it, a period of time tied to it, or its
standing alone between separators as a range of thousands. A word for other money in the same clause (funding, a bonus,
an allowance, the cap of a pay scale) makes it none, and so does a size that nobody is paid.
"""

import re
from dataclasses import dataclass
from itertools import islice

from pipeline.core import Pay, Where
from pipeline.postings.facts.money import Money, currency_of, find_money
from pipeline.postings.facts.passages import quote_at
from pipeline.postings.facts.pay_periods import is_plausible, period_ahead, period_behind, period_by_size, to_pay
from pipeline.postings.facts.vocabulary import either, pattern

BEFORE, BEHIND = 160, 120  # characters that are looked at
NEAR_BEFORE, NEAR_BEHIND = 70, 45  # and where a word for other money counts
HEADING = 60  # characters of a heading at most
MOST_AMOUNTS = 200  # of a posting that are looked at
HEADED = 30  # and of what may stand between it and the amount
EXAMPLE = 250  # characters that the words "for example" reach

_PAY = re.compile(rf"\b(?:{either('pay')})\b|{either('pay in one word')}", re.I)
_PAY_BEHIND = re.compile(rf"\W{{0,3}}(?:a |an |per |/)?(?:\w+ ){{0,2}}?(?:{either('pay behind')})", re.I)
_LABEL = re.compile(
    r"\b(?:salary|compensation|pay range|base pay|gehalt|salaire|salario|wynagrodzenie)\b[^:]{0,20}:\s*$", re.I
)
_STIPEND_LABEL = re.compile(r"\W*(?:\w+ ){0,2}stipend\s*[:–-]", re.I)
_OTHER_MONEY = pattern("other money")
_CAP = re.compile(r"\bmax(?:imum)?\s+(?:advertised\s+)?(?:salary|pay)\b[^:]*$|\b(?:not|never)\s+(?:to\s+)?exceed", re.I)
_EXAMPLE = re.compile(r"\b(?:for example|e\.g\.|zum beispiel|z\.b\.|par exemple|por ejemplo)", re.I)
_UP_TO = re.compile(rf"\b(?:{either('up to')})\s*(?:\w{{3}}\s)?$", re.I)
_FROM = re.compile(rf"\b(?:{either('from')})\s*(?:\w{{3}}\s)?$", re.I)
_AND_UP = re.compile(r"\s*(?:\+(?=\s*(?:$|[|,;)\n]))|and (?:up|above|more)|or more|upwards|und mehr|et plus)", re.I)
_CLAUSE_END = re.compile(
    r"[;|•·★()\[\]\n]|[.!?](?=\s)|,(?=\s)|\s[+–—/-]\s|\+\s?(?=[a-z\d])|\s(?:and|plus|und|et|y|with)\s|\sw/|&(?=\s)|"
    r"\s[A-Z]\w+:(?=\s)",
    re.I,
)
_LINE_END = re.compile(r"[;|•·★\[\]\n]|[.!?](?=\s)")
_SENTENCE_END = re.compile(r"[.!?]\s|\n\s*\n")
_ONLY_PAY_AND_EQUITY = re.compile(
    r"(?:[\s\d.,%$€£+–—/()-]|\b(?:k|equity|salary|base|ote|doe|dependent|bonus|options|stock|benefits|plus|and|or|full|"
    r"negotiable|competitive|usd|eur|gbp|to|up|approx|around|circa|ca)\b)*",
    re.I,
)


@dataclass(frozen=True)
class _Around:
    """What stands beside an amount: its clause and its line before it, what follows in each, and the heading above."""

    clause_before: str
    line_before: str
    clause_behind: str
    line_behind: str
    heading: str


def pay_in_text(
    text: str, *, where: Where = "text", country: str | None = None, language: str | None = None
) -> Pay | None:
    """Return the pay that a text states first, or None; `country` and `language` settle what a bare $ or kr means."""
    for money in islice(find_money(text), MOST_AMOUNTS):
        currency = currency_of(money.sign, country, language)
        if currency and (found := _as_pay(text, money, currency, where)):
            return found
    return None


def _as_pay(text: str, money: Money, currency: str, where: Where) -> Pay | None:
    around = _look_around(text, money)
    if _is_other_money(text, money, around):
        return None
    tied = period_behind(text, money.end)
    period = tied or period_ahead(f"{around.heading} {around.line_before}") or ("year" if money.is_lakh else None)
    period = period or period_by_size(money.low, currency)
    if period is None or not is_plausible(money.low, money.high or money.low, currency, period):
        return None
    # An hour's or a year's wages are pay by themselves, a month's only as a range: $75 a month may be a benefit.
    is_tied = tied is not None and (tied in ("hour", "year") or money.high is not None)
    if not (is_tied or _speaks_of_pay(around) or _stands_alone(money, around)):
        return None
    low, high = _ends(text, money)
    return to_pay(low, high, currency, period, quote=quote_at(text, money.start, money.end), where=where)


def _look_around(text: str, money: Money) -> _Around:
    before = text[max(0, money.start - BEFORE) : money.start]
    behind = text[money.end : money.end + BEHIND]
    line_before = _LINE_END.split(before)[-1]
    above = text[max(0, money.start - BEHIND) : money.start - len(line_before)].split("\n")
    heading = next((line.strip(" \t*#=_-") for line in reversed(above) if re.search(r"\w", line)), "")
    return _Around(
        clause_before=_CLAUSE_END.split(before)[-1],
        line_before=line_before,
        clause_behind=_CLAUSE_END.split(behind)[0],
        line_behind=_LINE_END.split(behind)[0],
        heading=heading if len(heading) <= HEADING else "",
    )


def _is_other_money(text: str, money: Money, around: _Around) -> bool:
    """Tell whether an amount is an example, the cap of a scale, or what its clause calls by another name than pay."""
    before = text[max(0, money.start - EXAMPLE) : money.start]
    if _EXAMPLE.search(before) or _CAP.search(_SENTENCE_END.split(before)[-1]):
        return True
    if _LABEL.search(around.line_before):
        return False
    beside = f"{around.clause_before[-NEAR_BEFORE:]} § {around.clause_behind[:NEAR_BEHIND]}"
    found = [match[0].lower() for match in _OTHER_MONEY.finditer(beside)]
    is_stipend = all(word.startswith("stipend") for word in found) and _STIPEND_LABEL.match(around.line_before)
    return bool(found) and not is_stipend


def _speaks_of_pay(around: _Around) -> bool:
    is_headed = len(around.line_before) <= HEADED and _PAY.search(around.heading)
    return bool(_PAY.search(around.line_before) or _PAY_BEHIND.match(around.line_behind) or is_headed)


def _stands_alone(money: Money, around: _Around) -> bool:
    """Tell whether thousands stand between separators with nothing but shares of equity beside them."""
    if not money.is_short or not (money.high or money.sign):
        return False
    is_parted = not re.search(r"\w", re.split(r"[:>]", around.clause_before)[-1])
    behind = re.split(r": |,", around.line_behind)[0][:HEADING]
    return is_parted and _ONLY_PAY_AND_EQUITY.fullmatch(behind) is not None


def _ends(text: str, money: Money) -> tuple[float | None, float | None]:
    """Return the lower and the upper end; None for the one that "up to" or "from" leaves open."""
    if money.high is not None:
        return money.low, money.high
    before = text[max(0, money.start - 30) : money.start]
    if _UP_TO.search(before):
        return None, money.low
    if money.is_open or _FROM.search(before) or _AND_UP.match(text, money.end):
        return money.low, None
    return money.low, money.low
