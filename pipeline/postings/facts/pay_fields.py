"""Pay as an export's own fields state it: two ends with currency and period, or one field with a sentence."""

import re
from collections.abc import Mapping

from pipeline.core import Pay
from pipeline.postings.facts.money import currency_of, find_money, read_number
from pipeline.postings.facts.passages import QUOTE
from pipeline.postings.facts.pay import pay_in_text
from pipeline.postings.facts.pay_periods import is_plausible, period_by_size, period_named, to_pay

_ENDS = ("pay_low", "pay_high", "pay_currency", "pay_period")


def pay_in_fields(fields: Mapping[str, str], *, country: str | None = None, language: str | None = None) -> Pay | None:
    """Return the pay that the fields state; None for a placeholder, or where currency or period are not to be told."""
    stated = {key: fields.get(key, "").strip() for key in ("pay", *_ENDS)}
    return _of_ends(stated, country, language) or _of_sentence(stated, country, language)


def _of_ends(stated: Mapping[str, str], country: str | None, language: str | None) -> Pay | None:
    low, high = _number(stated["pay_low"]), _number(stated["pay_high"])
    least, most = low or high, high or low
    currency = _code(stated["pay_currency"], country, language)
    if not least or not most or not currency:
        return None
    period = period_named(stated["pay_period"]) or period_by_size(least, currency)
    if period is None or not is_plausible(least, most, currency, period):
        return None
    quote = " ".join(stated[key] for key in _ENDS if stated[key])
    return to_pay(low or None, high or None, currency, period, quote=quote[:QUOTE], where="field")


def _of_sentence(stated: Mapping[str, str], country: str | None, language: str | None) -> Pay | None:
    words, sign = stated["pay"], stated["pay_currency"]
    if sign and not any(money.sign for money in find_money(words)):
        words = re.sub(r"\d", lambda digit: f"{sign} {digit[0]}", words, count=1)
    sentence = " ".join(f"Salary: {words} {stated['pay_period']}".split())
    found = pay_in_text(sentence, where="field", country=country, language=language) if words else None
    return found.model_copy(update={"quote": stated["pay"][:QUOTE]}) if found else None


def _number(figure: str) -> float | None:
    found = re.fullmatch(r"\D{0,3}(\d[\d.,'’\s]*)\D{0,3}", figure)
    return read_number(found[1].strip()) if found else None


def _code(sign: str, country: str | None, language: str | None) -> str | None:
    if re.fullmatch(r"[A-Za-z]{3}", sign):
        return sign.upper()
    money = next(find_money(f"{sign}1"), None) if sign else None
    return currency_of(money.sign if money else "", country, language)
