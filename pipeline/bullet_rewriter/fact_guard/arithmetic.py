"""Numbers that follow exactly from those of the source: differences, shares, sums a year, one more for the person."""

import re
from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise

from pipeline.bullet_rewriter.fact_guard.counted import is_year
from pipeline.bullet_rewriter.fact_guard.quantities import Quantity
from pipeline.bullet_rewriter.fact_guard.reading import Reading

_WHOLE_FOLLOWS = re.compile(r"\s*(?:out )?of (?:the |every |our |my )?", re.I)
_PART_FOLLOWS = re.compile(r"\bof (?:which|whom|these|them) $", re.I)
_OF_THEM = re.compile(r"\s+of (?:which|whom|these|them|those)\b", re.I)
_OF_ALL = re.compile(r"(?:^|[,;] )of (?:the |my |our )?$", re.I)
_OTHERS = re.compile(r"\s+(?:others?|fellow|colleagues|more|further)\b", re.I)
_AMONG = re.compile(r"\b(?:team|crew|group|trio|one|pair) of (?:the |our )?$", re.I)
# Percentage points by which a share may lie off one that is not said to be exact.
_NEAR = {"over": (0, 10), "nearly": (-10, 0), "about": (-3, 3), "at least": (0, 10)}


def follows(quantity: Quantity, rewrite: Reading, source: Reading) -> bool:
    """Tell whether a number that the source does not have follows from those that it has."""
    return _is_difference(quantity, source) or is_share(quantity, source) or _is_with_oneself(quantity, rewrite, source)


def _value_pairs(source: Reading) -> list[tuple[Quantity, Quantity]]:
    """Return the numbers of one unit that follow each other, years left out."""
    values = [q for q in source.quantities if q.role or not is_year(q)]
    return [(one, other) for one, other in pairwise(values) if one.unit == other.unit]


def _is_difference(quantity: Quantity, source: Reading) -> bool:
    """Tell whether a number is the exact difference, or its share in percent, of the source's "from a to b"."""
    if quantity.approximation not in ("", "about") or quantity.role in ("from", "to"):
        return False
    return any(_is_change(quantity, first, second) for first, second in _value_pairs(source)) or any(
        quantity.unit == "points" and first.unit == "percent" and quantity.value == abs(first.value - second.value)
        for first, second in _value_pairs(source)
    )


def _is_change(quantity: Quantity, first: Quantity, second: Quantity) -> bool:
    if second.role != "to" and not (second.role == "from" and first.role in ("", "to")):
        return False
    if {first.approximation, second.approximation} != {""} and quantity.approximation != "about":
        return False
    change = abs(second.value - first.value)
    if quantity.unit == ("points" if first.unit == "percent" else first.unit) and quantity.value == change:
        return True
    is_part = quantity.unit == "percent" and first.unit != "percent" and quantity.role == "by"
    return is_part and _is_part_of(quantity, change, second.value if second.role == "from" else first.value)


def _is_part_of(quantity: Quantity, change: Fraction, start: Fraction) -> bool:
    """Tell whether a percentage is a change over what it started from: exactly, or within one per cent of "about"."""
    if not start:
        return False
    exact = 100 * change / start
    return exact == quantity.value or (quantity.approximation == "about" and abs(exact - quantity.value) <= 1)


def is_share(quantity: Quantity, source: Reading) -> bool:
    """Tell whether a percentage is the share of "9 of 10", "nine, three of them", "nine, of which three"."""
    counts = [q for q in source.quantities if q.unit in ("count", "months", "hours") and q.value > 0]
    low, high = _NEAR.get(quantity.approximation, (0, 0))
    return quantity.unit == "percent" and any(
        quantity.value + low <= share <= quantity.value + high and (share != quantity.value or not low + high)
        for first, second in pairwise(counts)
        for share in _shares(first, second, source.text)
    )


def _is_with_oneself(quantity: Quantity, rewrite: Reading, source: Reading) -> bool:
    """Tell whether a count is three for "with two colleagues", or two others for "of a crew of three"."""
    counts = [q for q in source.quantities if q.unit == "count"]
    if quantity.unit != "count":
        return False
    if _OTHERS.match(rewrite.text, quantity.end):
        return any(q.value == quantity.value + 1 and _AMONG.search(source.text[: q.start]) for q in counts)
    return any(q.value == quantity.value - 1 and source.text[: q.start].endswith("with ") for q in counts)


def _shares(first: Quantity, second: Quantity, text: str) -> Iterator[Fraction]:
    between, after = text[first.end : second.start], text[second.end :]
    if _WHOLE_FOLLOWS.fullmatch(between):
        yield 100 * first.value / first.size / (second.value / second.size)
    if _PART_FOLLOWS.search(between) or _OF_THEM.match(after) or _OF_ALL.search(text[: first.start]):
        yield 100 * second.value / second.size / (first.value / first.size)
