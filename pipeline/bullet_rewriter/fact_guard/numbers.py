"""Numbers of a rewrite against those of the source: the same value, as exact, as often, of the same thing."""

import re
from collections.abc import Iterator
from itertools import pairwise

from pipeline.bullet_rewriter.fact_guard.arithmetic import follows, is_share, yearly
from pipeline.bullet_rewriter.fact_guard.counted import (
    counted_thing,
    is_year,
    period_length,
    period_of,
    same_period,
    same_value,
)
from pipeline.bullet_rewriter.fact_guard.quantities import Period, Quantity, plain_numbers
from pipeline.bullet_rewriter.fact_guard.reading import Reading
from pipeline.bullet_rewriter.fact_guard.violation import Violation
from pipeline.bullet_rewriter.fact_guard.word_lists import read_words

# A rewrite may say less exactly what the source says more exactly, never the reverse.
_WEAKER = {("", "about"), ("over", "at least"), ("nearly", "about"), ("over", ""), ("at least", "")}
# "as one of eight members", "a second one of six": no part of eight or six.
_NO_PART = re.compile(r"\b(?:as|second|third|other|another|new) $", re.I)
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
    yield from _cut_ranges(source, rewrite)
    for period in rewrite.periods:
        if not _is_told(period, source) and not any(yearly(q, rewrite, source) for q in rewrite.quantities):
            words = rewrite.text[period.start : period.end]
            yield Violation("period", words, period.start, period.end, "the resume does not say how often in this way")


def _cut_ranges(source: Reading, rewrite: Reading) -> Iterator[Violation]:
    """Yield an end of a range, or the whole of a part, that the rewrite keeps alone: between 31 and 36%, 36%."""
    said = {(q.unit, q.value) for q in rewrite.quantities}
    for first, second in pairwise(source.quantities):
        joint = _joint(first, second, source, rewrite)
        if not joint or first.unit != second.unit or first.role == "from":
            continue
        ends = [(q.unit, q.value) in said for q in (first, second)]
        if ends == [False, True] or (joint == "range" and ends == [True, False]):
            value = (first if ends[0] else second).value
            kept = next(q for q in rewrite.quantities if q.value == value)
            reason = f'the resume says "{source.text[first.start : second.end]}"'
            yield Violation("number", rewrite.text[kept.start : kept.end], kept.start, kept.end, reason)


def _joint(first: Quantity, second: Quantity, source: Reading, rewrite: Reading) -> str:
    """Return what two numbers are together: a range, a part of a whole that is not said as a share, or nothing."""
    between = source.text[first.end : second.start].strip().lower()
    if between in ("to", "-") or (between == "and" and first.role == "between"):
        return "range"
    is_part = between in ("of", "of the", "out of") and not _NO_PART.search(source.text[: first.start])
    return "part" if is_part and not any(is_share(q, source) for q in rewrite.quantities) else ""


def _is_told(period: Period, source: Reading) -> bool:
    """Tell whether the source says how often in any form: a period, "one week in five", "two-week sprints"."""
    length = period_length(period)
    word = period.unit.split()[0]
    is_day = word in read_words("numbers.txt", "days")  # in winter, on Mondays, but not the first Monday or in May 2020
    said = rf"\b(?:on|in|at|the) {word}s?\b(?! \d)" if is_day else rf"\bthe {period.unit}(?!\w)"
    if period.times == 1 and re.search(said, source.text, re.I):
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
        is_told = any(tells(quantity, rewrite, source) for tells in (_is_period, _is_hour, follows, _is_written))
        return "" if is_told else "the resume's sentence does not have this number"
    reasons = [_mismatch(quantity, own, rewrite, source) for own in same]
    return reasons[0] if all(reasons) else ""


def _is_period(quantity: Quantity, rewrite: Reading, source: Reading) -> bool:
    """Tell whether a length or share is a period of the source: in three weeks, one in four, every fourth."""
    del rewrite
    is_share = quantity.unit == "percent" and quantity.value < 100
    return any(
        period_length(period) == (quantity.unit, quantity.value) or (is_share and period.times * quantity.value == 100)
        for period in source.periods
    )


def _is_hour(quantity: Quantity, rewrite: Reading, source: Reading) -> bool:
    """Tell whether "at six" is the source's "at 6 a.m."."""
    clocks = {own.value / 60 % 12 for own in source.quantities if own.unit == "clock"}
    hours = {own.value % 12 for own in source.quantities if _is_said_as_hour(own, source)}
    if quantity.unit == "clock":
        return quantity.value / 60 % 12 in hours
    return _is_said_as_hour(quantity, rewrite) and quantity.value % 12 in clocks


def _is_said_as_hour(quantity: Quantity, reading: Reading) -> bool:
    before = re.search(
        r"\b(?:at|by|before|until|till|past|from|to|between|and) $", reading.text[: quantity.start], re.I
    )
    return before is not None and quantity.unit == "count" and quantity.value <= 24


def _is_written(quantity: Quantity, rewrite: Reading, source: Reading) -> bool:
    """Tell whether the source has a plain number inside another one, with the same words: two cakes out of 400."""
    values = {value for unit, value in plain_numbers(source.text) if unit in ("count", "hours", "months")}
    is_said_of = bool(counted_thing(quantity, rewrite) & source.keys)
    is_part = re.match(r"\s+of\s", rewrite.text[quantity.end :]) is not None
    return quantity.unit == "count" and quantity.value in values and (is_said_of or is_part)


def _mismatch(quantity: Quantity, own: Quantity, rewrite: Reading, source: Reading) -> str:
    """Return how a number of the rewrite differs from its equal in the source."""
    if quantity.approximation != own.approximation and (own.approximation, quantity.approximation) not in _WEAKER:
        return _approximated(own, rewrite)
    if own.role in _ENDS and quantity.role in _ENDS and own.role != quantity.role:
        return f'in the resume this number stands after "{own.role}", not "{quantity.role}"'
    if quantity.unit == "percent" and quantity.role == "from" and not own.role and len(source.quantities) == 1:
        return "the resume does not give this number as a start"
    if _comparison(quantity, rewrite) - _comparison(own, source) and not _comparison(own, source) <= {""}:
        return "the resume says this number of something else"
    if not _same_rhythm(quantity, own, rewrite, source):
        return "in the resume this number is not per that period"
    if _is_swapped(quantity, own, rewrite, source):
        return "in the resume this number belongs to something else"
    return ""


def _approximated(own: Quantity, rewrite: Reading) -> str:
    if own.approximation == "about" and _ROUGH.search(rewrite.text):
        return ""
    if own.approximation:
        return f'the resume says "{own.approximation}" of this number'
    return "the resume gives this number without such a word"


def _comparison(quantity: Quantity, reading: Reading) -> frozenset[str]:
    following = re.match(r"\s(\w+)", reading.text[quantity.end :])
    word = following[1].lower() if following else ""
    return frozenset({word} & read_words("words.txt", "comparative"))


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
