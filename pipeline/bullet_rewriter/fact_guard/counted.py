"""What a number belongs to: its period, the words near it, and when two numbers are one."""

from fractions import Fraction

from pipeline.bullet_rewriter.fact_guard.number_patterns import TIME
from pipeline.bullet_rewriter.fact_guard.quantities import Period, Quantity
from pipeline.bullet_rewriter.fact_guard.reading import Reading, is_preposition
from pipeline.bullet_rewriter.fact_guard.word_lists import read_words

THING_WORDS = 3
_ROUNDING = Fraction(2, 5)  # percentage points by which a whole per cent may stand for a share with a fraction


def same_value(own: Quantity, quantity: Quantity) -> bool:
    """Tell whether a number of the rewrite is one of the source, whatever its form."""
    if own.unit == quantity.unit:
        if own.unit == "percent" and own.value.denominator > 1 and quantity.value.denominator == 1:
            return abs(own.value - quantity.value) <= _ROUNDING
        return own.value == quantity.value
    if (own.unit, quantity.unit) == ("hours", "times") and own.size == 24:  # two days a week, twice a week
        return own.value / own.size == quantity.value
    if {own.unit, quantity.unit} <= {"hours", "months"} or {own.unit, quantity.unit} == {"count", "times"}:
        return own.value == quantity.value and "count" in (own.unit, quantity.unit)
    is_end = quantity.role in ("from", "to") or own.role in ("from", "to")
    if quantity.unit == "count" and is_end and own.size:
        return own.value / own.size == quantity.value
    return False


def same_period(one: Period, other: Period) -> bool:
    """Tell whether a period of the rewrite is one of the source; every Friday is weekly as well."""
    first, said = other.unit.split()[0].removesuffix("s"), (one.unit, one.times)
    if (said == ("week", 1) and first in read_words("numbers.txt", "weekdays")) or (
        said == ("day", 1) and other.times == 1 and first in ("morning", "afternoon", "evening", "night")
    ):
        return True
    if said == ("year", 1) and first in read_words("numbers.txt", "days"):  # each September, every Christmas
        return first not in read_words("numbers.txt", "weekdays")
    return (one.unit, one.times) == (other.unit, other.times)


def period_length(period: Period) -> tuple[str, Fraction] | None:
    """Return how long a period is, as a unit and value of a length of time."""
    if period.unit not in TIME:
        return None
    scale, size = TIME[period.unit]
    return scale, size * period.times


def period_of(quantity: Quantity, reading: Reading) -> Period | None:
    """Return the period that a number is given for: the next in its segment, or the only one."""
    segment = reading.segment_at(quantity.start)
    near = [p for p in reading.periods if p.start >= quantity.end and reading.segment_at(p.start) == segment]
    if near:
        return near[0]
    return reading.periods[0] if len(reading.periods) == 1 and len(reading.quantities) == 1 else None


def is_year(quantity: Quantity) -> bool:
    """Tell whether a number reads as a year."""
    return quantity.unit == "count" and 1900 <= quantity.value < 2100 and quantity.value.denominator == 1


def counted_thing(quantity: Quantity, reading: Reading) -> frozenset[str]:
    """Return the marks of the words right after a number, which say what is counted."""
    found: set[str] = set()
    last, count = quantity.end, 0
    for word in reading.words:
        if word.start < quantity.end:
            continue
        ends = word.is_number or word.lower in ("and", "or", "but") or (is_preposition(word) and word.lower != "of")
        if ends or reading.text[last : word.start].strip(" -") or count == THING_WORDS:
            break
        last = word.end
        if word.is_content:
            found |= word.keys
            count += 1
    return frozenset(found)
