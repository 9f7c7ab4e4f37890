"""Numbers of a rewrite against those of the source: the same value, of the same thing, as exact, as often."""

import re
from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise

from pipeline.fact_guard.quantities import Period, Quantity
from pipeline.fact_guard.reading import Reading, Word, is_past, is_preposition
from pipeline.fact_guard.thesaurus import is_verb
from pipeline.fact_guard.violation import Violation
from pipeline.fact_guard.word_lists import read_words
from pipeline.fact_guard.words import base_words

# A rewrite may say less exactly what the source says more exactly, never the reverse.
_WEAKER = {
    ("", "about"), ("over", "at least"), ("nearly", "about"), ("over", ""), ("at least", ""),
}  # fmt: skip
THING_WORDS = 3
_FEW = 10
_IN_A_YEAR = {"month": 12, "quarter": 4}
_DIMENSIONS = {"speed": "speeding", "cost": "costing", "fewer": "falling", "more": "rising"}
MAX_NUMBERS = 30


def check_numbers(source: Reading, rewrite: Reading) -> Iterator[Violation]:
    """Yield every number and period of the rewrite that the source does not bear out."""
    if max(len(source.quantities), len(rewrite.quantities)) > MAX_NUMBERS:
        reason = f"more than {MAX_NUMBERS} numbers are not checked in one sentence"
        yield Violation("number", "", 0, len(rewrite.text), reason)
        return
    for quantity in rewrite.quantities:
        if _is_article_like(quantity, rewrite, source) or (
            quantity.unit == "times" and quantity.value == 1 and rewrite.periods
        ):
            continue
        if reason := _objection(quantity, rewrite, source):
            yield Violation("number", rewrite.text[quantity.start : quantity.end], quantity.start, quantity.end, reason)
    for period in rewrite.periods:
        if not any(_same_period(period, own) for own in source.periods) and not (
            _is_length(period, rewrite, source) or any(_yearly(q, rewrite, source) for q in rewrite.quantities)
        ):
            words = rewrite.text[period.start : period.end]
            yield Violation("period", words, period.start, period.end, "the resume does not say how often in this way")
    yield from _dropped_halves(source, rewrite)
    yield from _widened_measures(source, rewrite)
    yield from _lost_heads(source, rewrite)
    yield from _widened_shares(source, rewrite)
    yield from _new_rates(source, rewrite)
    yield from _lost_hosts(source, rewrite)
    yield from _dropped_counts(source, rewrite)


def _same_period(one: Period, other: Period) -> bool:
    """Tell whether a period of the rewrite is one of the source; every Friday is weekly as well."""
    is_weekly = (one.unit, one.times) == ("week", 1) and other.unit.split()[0] in read_words("numbers.txt", "weekdays")
    return is_weekly or (one.unit, one.times) == (other.unit, other.times)


def _yearly(quantity: Quantity, rewrite: Reading, source: Reading) -> bool:
    """Tell whether a number a year is exactly the source's number a month or quarter."""
    period = _period_of(quantity, rewrite)
    if period is None or (period.unit, period.times) != ("year", 1):
        return False
    return any(
        own.unit == quantity.unit
        and own.approximation == quantity.approximation
        and (every := _period_of(own, source)) is not None
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


def _is_length(period: Period, rewrite: Reading, source: Reading) -> bool:
    """Tell whether "fortnightly sprints" are the "two-week sprints" of the source."""
    weeks = {"week": 1, "fortnight": 2}.get(period.unit, 0) * period.times
    following = [word for word in rewrite.words if word.start >= period.end][:1]
    return any(
        own.unit == "hours" and own.value == weeks * 168 > 0 and _meets(following, _thing(own, source))
        for own in source.quantities
    )


def _is_article_like(quantity: Quantity, rewrite: Reading, source: Reading) -> bool:
    """Tell whether "one" stands for the source's "a": one year, a year."""
    if rewrite.text[quantity.start : quantity.end].lower() not in ("one", "1"):
        return False
    thing = _thing(quantity, rewrite)
    return bool(thing) and any(
        own.lower in ("a", "an") and following.licenses & thing[0].says for own, following in pairwise(source.words)
    )


def _objection(quantity: Quantity, rewrite: Reading, source: Reading) -> str:
    """Return why a number is not borne out, nothing where it is."""
    same = [own for own in source.quantities if _same_value(own, quantity)]
    if not same:
        return (
            ""
            if any(bears_out(quantity, source) for bears_out in (_is_difference, _is_share, _is_halved))
            or _yearly(quantity, rewrite, source)
            or _is_with_oneself(quantity, rewrite, source)
            else "the resume's sentence does not have this number"
        )
    reason = ""
    for own in same:
        reason = _mismatch(quantity, own, rewrite, source)
        if not reason:
            break
    return reason


def _same_value(own: Quantity, quantity: Quantity) -> bool:
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


def _is_share(quantity: Quantity, source: Reading) -> bool:
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


def value_pairs(source: Reading) -> list[tuple[Quantity, Quantity]]:
    """Return the numbers of one unit that follow each other, years left out."""
    values = [q for q in source.quantities if q.role or not _is_year(q)]
    return [(one, other) for one, other in pairwise(values) if one.unit == other.unit]


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


def _mismatch(quantity: Quantity, own: Quantity, rewrite: Reading, source: Reading) -> str:
    """Return how a number of the rewrite differs from its equal in the source."""
    if quantity.approximation != own.approximation and (own.approximation, quantity.approximation) not in _WEAKER:
        said = own.approximation or "exactly"
        return (
            f'the resume says "{said}" of this number'
            if own.approximation
            else "the resume gives this number without such a word"
        )
    if own.role in ("from", "to", "by") and quantity.role in ("from", "to", "by") and own.role != quantity.role:
        return f'in the resume this number stands after "{own.role}", not "{quantity.role}"'
    if quantity.unit == "percent" and quantity.role == "from" and not own.role and len(source.quantities) == 1:
        return "the resume does not give this number as a start"
    if not _same_comparison(quantity, own, rewrite, source):
        return "the resume says this number of something else"
    if not _same_rhythm(quantity, own, rewrite, source):
        return "in the resume this number is not per that period"
    if not _same_thing(quantity, own, rewrite, source):
        return "in the resume this number belongs to something else"
    return ""


def _same_comparison(quantity: Quantity, own: Quantity, rewrite: Reading, source: Reading) -> bool:
    """Tell whether two numbers compare in the same way: 40% faster, sped up by 40%."""
    theirs, ours = _comparison(quantity, rewrite), _comparison(own, source)
    if theirs == ours:
        return True
    if theirs and ours:
        return False
    other = source if theirs else rewrite
    section = next((name for name in _DIMENSIONS if (theirs or ours) & read_words("grammar.txt", name)), None)
    return section is not None and any(
        word.forms & base_words("grammar.txt", _DIMENSIONS[section]) for word in other.words
    )


def _comparison(quantity: Quantity, reading: Reading) -> frozenset[str]:
    following = [word.lower for word in reading.words if word.start >= quantity.end][:1]
    gap = next((reading.text[quantity.end : w.start] for w in reading.words if w.start >= quantity.end), "")
    if gap.strip():
        return frozenset()
    if quantity.unit in ("hours", "months"):
        return frozenset(word for word in following if word in ("less", "more", "fewer", "longer", "shorter"))
    return frozenset(word for word in following if word in read_words("grammar.txt", "comparative"))


def _period_of(quantity: Quantity, reading: Reading) -> Period | None:
    """Return the period that a number is given for: the next in its segment, or the only one."""
    segment = reading.segment_at(quantity.start)
    near = [p for p in reading.periods if p.start >= quantity.end and reading.segment_at(p.start) == segment]
    if near:
        return near[0]
    return reading.periods[0] if len(reading.periods) == 1 and len(reading.quantities) == 1 else None


def _same_rhythm(quantity: Quantity, own: Quantity, rewrite: Reading, source: Reading) -> bool:
    theirs, ours = _period_of(quantity, rewrite), _period_of(own, source)
    if ours and not rewrite.periods:
        return False
    return not (theirs and ours) or _same_period(theirs, ours) or any(_same_period(p, ours) for p in rewrite.periods)


def _thing(quantity: Quantity, reading: Reading) -> list[Word]:
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
            return _thing(following, reading)  # first and second line
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


def _neighbours(quantity: Quantity, reading: Reading) -> list[Word]:
    segment = reading.segment_at(quantity.start)
    return [word for word in reading.content if word.segment == segment]


def _meets(said: list[Word], licensed: list[Word]) -> bool:
    return any(one.says & other.licenses for one in said for other in licensed)


def _same_thing(quantity: Quantity, own: Quantity, rewrite: Reading, source: Reading) -> bool:
    if _is_year(own) or own.unit in ("clock", "quarter"):
        return True
    ours, theirs = _thing(own, source), _thing(quantity, rewrite)
    if (
        ours
        and not _is_named_alike(theirs, ours)
        and any(q.value != own.value and _is_named_alike(theirs, _thing(q, source)) for q in source.quantities)
    ):
        return False
    if own.unit in ("count", "ordinal", "percent") and ours and theirs and own.unit != "percent":
        nearby = [] if source.text[: own.start].endswith(" of ") else _before(own, source, 2)
        return _meets(theirs, ours + nearby) and _is_one_thing(theirs, own, source)
    if ours and not theirs and own.unit == "count" and _meets(rewrite.content, ours):
        return True
    near_ours, near_theirs = _neighbours(own, source), _neighbours(quantity, rewrite)
    if theirs and not ours and own.unit == "count":
        return _meets(theirs, source.content)
    if _meets(near_theirs, near_ours) or not near_ours or not near_theirs:
        told = {
            q.value for q in rewrite.quantities if rewrite.segment_at(q.start) == rewrite.segment_at(quantity.start)
        }
        rivals = [q for q in source.quantities if source.segment_at(q.start) != source.segment_at(own.start)]
        rivals = [q for q in rivals if q.value not in told]
        score = _overlap(near_theirs, near_ours)
        return all(_overlap(near_theirs, _neighbours(rival, source)) <= max(score, 1) for rival in rivals)
    return len({source.segment_at(q.start) for q in source.quantities if q.unit == own.unit}) < 2


def _is_named_alike(said: list[Word], named: list[Word]) -> bool:
    return any(one.forms & other.forms for one in said for other in named)


def _is_one_thing(thing: list[Word], own: Quantity, source: Reading) -> bool:
    """Tell whether what is counted takes no quality from elsewhere: 14 files, 3 false, are not 14 false files."""
    near, segment = _neighbours(own, source) + _thing(own, source), source.segment_at(own.start)
    far = [word for word in source.content if word.segment != segment]
    return not any(_meets([word], far) and not _meets([word], near) for word in thing[:2])


def _overlap(said: list[Word], licensed: list[Word]) -> int:
    return sum(any(one.says & other.licenses for other in licensed) for one in said)


def _before(quantity: Quantity, reading: Reading, count: int) -> list[Word]:
    return [word for word in reading.content if word.end <= quantity.start][-count:]


def _is_year(quantity: Quantity) -> bool:
    return quantity.unit == "count" and 1900 <= quantity.value < 2100 and quantity.value.denominator == 1


def _dropped_halves(source: Reading, rewrite: Reading) -> Iterator[Violation]:
    """Yield the whole of "one of four" and the end of "24 to 30" where the rewrite has it without the other number."""
    values = {(q.unit, q.value) for q in rewrite.quantities}
    if any(_is_share(quantity, source) for quantity in rewrite.quantities):
        return
    for first, second in pairwise(source.quantities):
        between = source.text[first.end : second.start].lower().strip()
        is_part = between in ("of", "of the", "out of", "in", "in every") and first.unit in ("count", "ordinal")
        is_range = between in ("to", "-", "and") and first.role != "from" and first.unit == second.unit
        is_range = is_range and (between != "and" or first.role == "between")
        if not (is_part or is_range):
            continue
        for kept, lost in ((second, first), (first, second)) if is_range else ((second, first),):
            if (kept.unit, kept.value) in values and (lost.unit, lost.value) not in values:
                found = next(q for q in rewrite.quantities if (q.unit, q.value) == (kept.unit, kept.value))
                words = source.text[first.start : second.end]
                yield Violation(
                    "number",
                    rewrite.text[found.start : found.end],
                    found.start,
                    found.end,
                    f'the resume says "{words}"',
                )


def _widened_measures(source: Reading, rewrite: Reading) -> Iterator[Violation]:
    """Yield a thing measured whose first word the rewrite drops: sales of audio books became sales of books."""
    if not any(_is_measure(q) for q in rewrite.quantities) or not any(_is_measure(q) for q in source.quantities):
        return
    for first, second in pairwise(source.words):
        gap = source.text[first.end : second.start]
        if (
            not (first.is_content and second.is_content)
            or gap.strip()
            or first.opens_clause
            or is_verb(first.text)
            or is_past(second.text)
        ):
            continue
        kept = next((word for word in rewrite.words if word.forms & second.forms), None)
        if kept and not any(word.says & first.licenses for word in rewrite.words):
            words = source.text[first.start : second.end]
            yield Violation("limit", kept.text, kept.start, kept.end, f'the resume gives the number for "{words}"')


def _lost_heads(source: Reading, rewrite: Reading) -> Iterator[Violation]:
    """Yield a thing measured that the rewrite drops for its surroundings: queries against a store, the store."""
    if not any(_is_measure(q) for q in rewrite.quantities):
        return
    measured = {source.segment_at(q.start) for q in source.quantities if _is_measure(q)}
    for n in range(1, len(source.words) - 1):
        head, link, rest = source.words[n - 1 : n + 2]
        if link.lower not in ("against", "of", "for", "in", "on") or head.segment not in measured or is_verb(rest.text):
            continue
        if not (head.is_content and rest.is_content) or (head.opens_clause and n > 1) or is_past(head.text):
            continue
        kept = next((word for word in rewrite.words if word.forms & rest.forms), None)
        if kept and not any(word.says & head.licenses for word in rewrite.words):
            words = source.text[head.start : rest.end]
            yield Violation("limit", kept.text, kept.start, kept.end, f'the resume gives the number for "{words}"')


def _lost_hosts(source: Reading, rewrite: Reading) -> Iterator[Violation]:
    """Yield a number of what belongs to a thing that the rewrite drops: at concerts with 3,000 visitors, to 3,000."""
    for own in source.quantities:
        before = [word for word in source.words if word.end <= own.start][-3:]
        if own.unit != "count" or len(before) < 3 or before[2].lower != "with":
            continue
        host = before[1]
        if (
            not host.is_content
            or not host.text.islower()
            or not is_preposition(before[0])
            or _meets(list(rewrite.words), [host])
        ):
            continue
        kept = next((q for q in rewrite.quantities if _same_value(own, q)), None)
        if kept:
            reason = f'in the resume this number belongs to "{host.text}"'
            yield Violation("number", rewrite.text[kept.start : kept.end], kept.start, kept.end, reason)


def _new_rates(source: Reading, rewrite: Reading) -> Iterator[Violation]:
    """Yield "per classroom" where the source gives nothing per classroom."""
    for i, word in enumerate(rewrite.words[:-1]):
        thing = rewrite.words[i + 1]
        if word.lower != "per" or not rewrite.quantities or not thing.is_content:
            continue
        told = (n for n, own in enumerate(source.words) if own.lower in ("per", "each", "every", "a", "an", "one"))
        if not any(thing.says & own.licenses for n in told for own in source.words[n + 1 : n + 3]):
            reason = "the resume gives no number in this way"
            yield Violation("number", f"{word.text} {thing.text}", word.start, thing.end, reason)


def _widened_shares(source: Reading, rewrite: Reading) -> Iterator[Violation]:
    """Yield a percentage "in one shop" that the rewrite gives without the few places it is for."""
    if not any(q.unit in ("percent", "points") for q in rewrite.quantities):
        return
    for own in source.quantities:
        before = re.search(r"\b(?:in|on|at|across|for) (?:the )?$", source.text[: own.start], re.I)
        if (
            own.unit != "count"
            or own.value > _FEW
            or not before
            or any(q.value == own.value for q in rewrite.quantities)
        ):
            continue
        place = _thing(own, source)
        kept = next((q for q in rewrite.quantities if q.unit in ("percent", "points")), None)
        if kept and place and not _meets(list(rewrite.words), place):
            words = source.text[before.start() : place[-1].end]
            reason = f'the resume says "{words}" of this number'
            yield Violation("number", rewrite.text[kept.start : kept.end], kept.start, kept.end, reason)


def _is_measure(quantity: Quantity) -> bool:
    return (
        quantity.unit in ("percent", "points")
        or quantity.unit.startswith("money")
        or quantity.role in ("from", "to", "by")
    )


def _dropped_counts(source: Reading, rewrite: Reading) -> Iterator[Violation]:
    """Yield "once" and "twice" that the rewrite leaves out while it keeps what was done."""
    said = {(q.unit, q.value) for q in rewrite.quantities}
    for own in source.quantities:
        is_rare = own.unit == "times" and own.value <= 2 and not source.periods
        is_share = own.unit == "percent" and source.text[own.end : own.end + 4] == " of " and own.value < 100
        is_cap = own.approximation == "at most" and own.unit.startswith("money")
        is_first = own.value == 1 and any(word.lower in ("initial", "original") for word in rewrite.words)
        is_rank = own.unit == "ordinal" and not is_first and _meets(_thing(own, source)[:1], list(rewrite.words))
        if (
            not (is_rare or is_share or is_rank or is_cap)
            or (own.unit, own.value) in said
            or any(_same_value(own, q) for q in rewrite.quantities)
        ):
            continue
        scope = _thing(own, source) if is_share or is_rank else source.content
        kept = next((word for word in rewrite.content if any(word.says & other.licenses for other in scope)), None)
        if kept:
            words = source.text[own.start : own.end]
            yield Violation(
                "limit", kept.text, kept.start, kept.end, f'the resume says "{words}", which the rewrite leaves out'
            )
