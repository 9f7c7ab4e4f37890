"""Numbers of a rewrite against those of the source: the same value, as exact, as often, of the same thing."""

import re
from collections.abc import Iterator
from itertools import pairwise

from pipeline.bullet_rewriter.fact_guard.arithmetic import follows
from pipeline.bullet_rewriter.fact_guard.counted import (
    counted_thing,
    is_year,
    period_length,
    period_of,
    same_period,
    same_value,
)
from pipeline.bullet_rewriter.fact_guard.quantities import Period, Quantity
from pipeline.bullet_rewriter.fact_guard.reading import Reading
from pipeline.bullet_rewriter.fact_guard.violation import Violation
from pipeline.bullet_rewriter.fact_guard.word_lists import read_words

# A rewrite may say less exactly what the source says more exactly, never the reverse.
_WEAKER = {("", "about"), ("over", "at least"), ("nearly", "about"), ("over", ""), ("at least", "")}
_ENDS = ("from", "to", "by")
_ROUGH = re.compile(r"\b(?:on average|average|roughly|approximately|about|around)\b", re.I)
MAX_NUMBERS = 30


def check_numbers(source: Reading, rewrite: Reading) -> Iterator[Violation]:
    """Yield every number and period of the rewrite that the source does not bear out."""
    if max(len(source.quantities), len(rewrite.quantities)) > MAX_NUMBERS:
        reason = f"more than {MAX_NUMBERS} numbers are not checked in one sentence"
        yield Violation("number", "", 0, len(rewrite.text), reason)
        return
    for quantity in rewrite.quantities:
        if reason := _objection(quantity, rewrite, source):
            yield Violation("number", rewrite.text[quantity.start : quantity.end], quantity.start, quantity.end, reason)
    for period in rewrite.periods:
        if not _is_told(period, source):
            words = rewrite.text[period.start : period.end]
            yield Violation("period", words, period.start, period.end, "the resume does not say how often in this way")


def _is_told(period: Period, source: Reading) -> bool:
    """Tell whether the source says how often in any form: a period, "one week in five", "two-week sprints"."""
    length = period_length(period)
    word = period.unit.split()[0]
    is_day = word in read_words("numbers.txt", "days")  # in winter, on Mondays, but not the first Monday or in May 2020
    said = rf"\b(?:on|in|at|the) {word}s?\b(?! \d)" if is_day else rf"\bthe {period.unit}(?!\w)"
    if period.times == 1 and re.search(said, source.text, re.I):
        return True
    if word in ("morning", "afternoon", "evening", "weekend") and word in source.forms:
        return True
    return any(same_period(period, own) for own in source.periods) or any(
        (own.unit == "percent" and own.value * period.times == 100) or (own.unit, own.value) == length
        for own in source.quantities
    )


def _objection(quantity: Quantity, rewrite: Reading, source: Reading) -> str:
    """Return why a number is not borne out, nothing where it is."""
    written = rewrite.text[quantity.start : quantity.end].lower()
    if quantity.value == 1 and written.split()[-1] in ("one", "1", "once", "first"):
        return ""  # an article in other words: what "one" adds to "a" is for the judge
    same = [own for own in source.quantities if same_value(own, quantity)]
    if not same:
        if _is_period(quantity, source) or follows(quantity, rewrite, source):
            return ""
        return "the resume's sentence does not have this number"
    reasons = [_mismatch(quantity, own, rewrite, source) for own in same]
    return reasons[0] if all(reasons) else ""


def _is_period(quantity: Quantity, source: Reading) -> bool:
    """Tell whether a length or share is a period of the source: in three weeks, one in four, every fourth."""
    is_share = quantity.unit == "percent" and quantity.value < 100
    return any(
        period_length(period) == (quantity.unit, quantity.value) or (is_share and period.times * quantity.value == 100)
        for period in source.periods
    )


def _mismatch(quantity: Quantity, own: Quantity, rewrite: Reading, source: Reading) -> str:
    """Return how a number of the rewrite differs from its equal in the source."""
    if quantity.approximation != own.approximation and (own.approximation, quantity.approximation) not in _WEAKER:
        return _approximated(own, rewrite)
    if _is_end_of_range(quantity, own, rewrite, source):
        return "in the resume this number is one end of a range"
    if own.role in _ENDS and quantity.role in _ENDS and own.role != quantity.role:
        return f'in the resume this number stands after "{own.role}", not "{quantity.role}"'
    if quantity.unit == "percent" and quantity.role == "from" and not own.role and len(source.quantities) == 1:
        return "the resume does not give this number as a start"
    if not _same_rhythm(quantity, own, rewrite, source):
        return "in the resume this number is not per that period"
    if _is_swapped(quantity, own, rewrite, source):
        return "in the resume this number belongs to something else"
    return ""


def _is_end_of_range(quantity: Quantity, own: Quantity, rewrite: Reading, source: Reading) -> bool:
    """Tell whether a number stands alone that is one end of the source's "50 to 80" or "between 50 and 80"."""
    for low, high in pairwise(source.quantities):
        links = {"": ("to", "-"), "between": ("and", "to", "-")}.get(low.role, ())
        is_range = source.text[low.end : high.start].strip().lower() in links and low.value < high.value
        if own in (low, high) and is_range and low.unit == high.unit and not is_year(low):
            return not any(same_value(high if own == low else low, q) for q in rewrite.quantities)
    return False


def _approximated(own: Quantity, rewrite: Reading) -> str:
    if own.approximation == "about" and _ROUGH.search(rewrite.text):
        return ""
    if own.approximation:
        return f'the resume says "{own.approximation}" of this number'
    return "the resume gives this number without such a word"


def _same_rhythm(quantity: Quantity, own: Quantity, rewrite: Reading, source: Reading) -> bool:
    theirs, ours = period_of(quantity, rewrite), period_of(own, source)
    return not (theirs and ours) or same_period(theirs, ours) or any(same_period(p, ours) for p in rewrite.periods)


def _is_swapped(quantity: Quantity, own: Quantity, rewrite: Reading, source: Reading) -> bool:
    """Tell whether a number counts what another number of the source counts, or stands beside what another does."""
    rivals = [q for q in source.quantities if q.value != own.value and q.unit == own.unit]
    if is_year(own) or not rivals:
        return False
    said, ours = counted_thing(quantity, rewrite), counted_thing(own, source)
    if said and ours and not said & ours and any(said & counted_thing(rival, source) for rival in rivals):
        return True
    return _is_beside_anothers(quantity, own, rivals, rewrite, source)


def _is_beside_anothers(
    quantity: Quantity, own: Quantity, rivals: list[Quantity], rewrite: Reading, source: Reading
) -> bool:
    crowd = [q for q in rewrite.quantities if rewrite.segment_at(q.start) == rewrite.segment_at(quantity.start)]
    near, at_home = _neighbours(quantity, rewrite), _neighbours(own, source)
    strange = [_neighbours(rival, source) for rival in rivals]
    return len(crowd) == 1 and any(near & (one - at_home) and not near & (at_home - one) for one in strange)


def _neighbours(quantity: Quantity, reading: Reading) -> frozenset[str]:
    """Return the forms of the words, and the years, in the same stretch of the sentence."""
    segment = reading.segment_at(quantity.start)
    words = {word.lower for word in reading.content if word.segment == segment}
    years = {str(q.value) for q in reading.quantities if is_year(q) and reading.segment_at(q.start) == segment}
    return frozenset(words | years)
