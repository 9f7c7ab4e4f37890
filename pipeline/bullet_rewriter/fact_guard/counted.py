"""What a number counts: the words it belongs to, its period, and when two numbers are one."""

from fractions import Fraction
from itertools import pairwise

from pipeline.bullet_rewriter.fact_guard.quantities import Period, Quantity
from pipeline.bullet_rewriter.fact_guard.reading import Reading, Word, is_preposition
from pipeline.bullet_rewriter.fact_guard.word_lists import read_words

THING_WORDS = 3


def same_value(own: Quantity, quantity: Quantity) -> bool:
    """Tell whether a number of the rewrite is one of the source, whatever its form."""
    if own.unit == quantity.unit:
        if own.unit == "percent" and own.value != quantity.value:
            return (
                own.value.denominator > 1
                and abs(own.value - quantity.value) <= Fraction(2, 5)
                and quantity.value.denominator == 1
            )
        return own.value == quantity.value
    if quantity.unit == "count" and own.unit in ("hours", "months") and own.size and quantity.role in ("from", "to"):
        return own.value / own.size == quantity.value
    units = {own.unit, quantity.unit}
    if units == {"count", "ordinal"}:
        return False
    if units == {"count", "times"}:
        return own.value == quantity.value and own.unit == "count"
    return False


def same_period(one: Period, other: Period) -> bool:
    """Tell whether a period of the rewrite is one of the source; every Friday is weekly as well."""
    is_weekly = (one.unit, one.times) == ("week", 1) and other.unit.split()[0] in read_words("numbers.txt", "weekdays")
    return is_weekly or (one.unit, one.times) == (other.unit, other.times)


def period_of(quantity: Quantity, reading: Reading) -> Period | None:
    """Return the period that a number is given for: the next in its segment, or the only one."""
    segment = reading.segment_at(quantity.start)
    near = [p for p in reading.periods if p.start >= quantity.end and reading.segment_at(p.start) == segment]
    if near:
        return near[0]
    return reading.periods[0] if len(reading.periods) == 1 and len(reading.quantities) == 1 else None


def value_pairs(source: Reading) -> list[tuple[Quantity, Quantity]]:
    """Return the numbers of one unit that follow each other, years left out."""
    values = [q for q in source.quantities if q.role or not is_year(q)]
    return [(one, other) for one, other in pairwise(values) if one.unit == other.unit]


def is_year(quantity: Quantity) -> bool:
    """Tell whether a number reads as a year."""
    return quantity.unit == "count" and 1900 <= quantity.value < 2100 and quantity.value.denominator == 1


def is_measure(quantity: Quantity) -> bool:
    """Tell whether a number measures something: a share, money, or a change."""
    return (
        quantity.unit in ("percent", "points")
        or quantity.unit.startswith("money")
        or quantity.role in ("from", "to", "by")
    )


def counted_thing(quantity: Quantity, reading: Reading) -> list[Word]:
    """Return the words that say what is counted: those right after a number, else the crew of "a crew of four"."""
    adjoining = next((q for q in reading.quantities if 0 <= q.start - quantity.end <= 1), None)
    following = _following(adjoining or quantity, reading)
    if following or quantity.unit != "count" or not reading.text[: quantity.start].endswith(" of "):
        return following
    return [word for word in reading.words if word.end <= quantity.start - 4][-1:]


def _following(quantity: Quantity, reading: Reading) -> list[Word]:
    """Return the words right after a number that say what is counted."""
    thing: list[Word] = []
    last = quantity.end
    for word in reading.words:
        if word.start < quantity.end:
            continue
        gap = reading.text[last : word.start]
        if not thing and word.lower in ("and", "or", "to") and (following := _next_number(reading, word)):
            return counted_thing(following, reading)  # first and second line
        if gap.strip(" -") or word.lower in ("and", "or", "but") or (is_preposition(word) and word.lower != "of"):
            break
        if any(start < word.end and word.start < end for start, end in reading.number_spans):
            break
        last = word.end
        if word.is_content:
            thing.append(word)
        if len(thing) == THING_WORDS:
            break
    return thing


def _next_number(reading: Reading, link: Word) -> Quantity | None:
    """Return the number right after a conjunction."""
    return next((q for q in reading.quantities if 0 < q.start - link.end <= 1), None)


def words_near(quantity: Quantity, reading: Reading) -> list[Word]:
    """Return the words of the same stretch of the sentence."""
    segment = reading.segment_at(quantity.start)
    return [word for word in reading.content if word.segment == segment]


def words_before(quantity: Quantity, reading: Reading, count: int) -> list[Word]:
    """Return the last words before a number."""
    return [word for word in reading.content if word.end <= quantity.start][-count:]


def meets(said: list[Word], licensed: list[Word]) -> bool:
    """Tell whether any word says what another licenses."""
    return any(one.says & other.licenses for one in said for other in licensed)


def is_named_alike(said: list[Word], named: list[Word]) -> bool:
    """Tell whether two things share a word as written."""
    return any(one.forms & other.forms for one in said for other in named)


def overlap_of(said: list[Word], licensed: list[Word]) -> int:
    """Count the words that say what others license."""
    return sum(any(one.says & other.licenses for other in licensed) for one in said)
