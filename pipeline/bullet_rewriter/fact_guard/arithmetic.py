"""Numbers that follow exactly from those of the source: differences, shares, sums a year, one more for the person."""

import re
from fractions import Fraction
from itertools import pairwise

from pipeline.bullet_rewriter.fact_guard.counted import period_of, value_pairs
from pipeline.bullet_rewriter.fact_guard.quantities import Quantity
from pipeline.bullet_rewriter.fact_guard.reading import Reading

_IN_A_YEAR = {"month": 12, "quarter": 4}


def follows(quantity: Quantity, rewrite: Reading, source: Reading) -> bool:
    """Tell whether a number that the source does not have follows from those that it has."""
    from_source = (_is_difference, is_share, _is_halved)
    return (
        any(bears_out(quantity, source) for bears_out in from_source)
        or yearly(quantity, rewrite, source)
        or _is_with_oneself(quantity, rewrite, source)
    )


def _is_difference(quantity: Quantity, source: Reading) -> bool:
    """Tell whether a number is the exact difference, or its share in percent, of the source's "from a to b"."""
    for first, second in value_pairs(source):
        is_pair = second.role == "to" or (second.role == "from" and first.role in ("", "to"))
        rough = first.approximation or second.approximation
        if not is_pair or (rough and (rough != "about" or quantity.approximation != "about")):
            continue
        change = abs(second.value - first.value)
        wanted = "points" if first.unit == "percent" else first.unit
        if quantity.approximation not in ("", "about") or quantity.role == "to" or quantity.role == "from":
            continue
        if quantity.unit == wanted and quantity.value == change:
            return True
        start = second.value if second.role == "from" else first.value
        if quantity.unit == "percent" and first.unit != "percent" and start and quantity.role == "by":
            exact = 100 * change / start
            return exact == quantity.value or (quantity.approximation == "about" and abs(exact - quantity.value) <= 1)
    return False


def is_share(quantity: Quantity, source: Reading) -> bool:
    """Tell whether a percentage is the exact share of the source's "9 of 10", or "twelve, of which three"."""
    if quantity.unit == "percent" and any(
        first.unit == second.unit == "count"
        and first.value > 0
        and re.search(r"\bof (?:which|whom|these|them) $", source.text[first.end : second.start])
        and 100 * second.value / first.value == quantity.value
        for first, second in pairwise(source.quantities)
    ):
        return True
    return quantity.unit == "percent" and any(
        first.unit == second.unit == "count"
        and source.text[first.end : second.start].strip().lower() in ("of", "out of", "of the", "of every")
        and second.value > 0
        and 100 * first.value / second.value == quantity.value
        for first, second in pairwise(source.quantities)
    )


def _is_halved(quantity: Quantity, source: Reading) -> bool:
    """Tell whether a percentage says by how much something halved or doubled."""
    word = {Fraction(50): "halve", Fraction(100): "double"}.get(quantity.value)
    return quantity.unit == "percent" and quantity.role == "by" and any(word in own.forms for own in source.words)


def yearly(quantity: Quantity, rewrite: Reading, source: Reading) -> bool:
    """Tell whether a number a year is exactly the source's number a month or quarter."""
    period = period_of(quantity, rewrite)
    if period is None or (period.unit, period.times) != ("year", 1):
        return False
    return any(
        own.unit == quantity.unit
        and own.approximation == quantity.approximation
        and (every := period_of(own, source)) is not None
        and every.times == 1
        and own.value * _IN_A_YEAR.get(every.unit, 0) == quantity.value
        for own in source.quantities
    )


def _is_with_oneself(quantity: Quantity, rewrite: Reading, source: Reading) -> bool:
    """Tell whether "a team of three" is the person and the source's "two others"."""
    return re.search(r"\b(?:team|group|crew) of $", rewrite.text[: quantity.start], re.I) is not None and any(
        own.value + 1 == quantity.value and re.search(r"\bwith $", source.text[: own.start], re.I)
        for own in source.quantities
    )
