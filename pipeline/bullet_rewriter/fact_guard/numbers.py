"""Numbers of a rewrite against those of the source: the same value, of the same thing, as exact, as often."""

from collections.abc import Iterator
from itertools import pairwise

from pipeline.bullet_rewriter.fact_guard.arithmetic import follows, yearly
from pipeline.bullet_rewriter.fact_guard.counted import (
    counted_thing,
    is_named_alike,
    is_year,
    meets,
    overlap_of,
    period_of,
    same_period,
    same_value,
    words_before,
    words_near,
)
from pipeline.bullet_rewriter.fact_guard.quantities import Period, Quantity
from pipeline.bullet_rewriter.fact_guard.reading import Reading, Word
from pipeline.bullet_rewriter.fact_guard.violation import Violation
from pipeline.bullet_rewriter.fact_guard.word_lists import read_words
from pipeline.bullet_rewriter.fact_guard.words import base_words

# A rewrite may say less exactly what the source says more exactly, never the reverse.
_WEAKER = {
    ("", "about"), ("over", "at least"), ("nearly", "about"), ("over", ""), ("at least", ""),
}  # fmt: skip
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
        if not any(same_period(period, own) for own in source.periods) and not (
            _is_length(period, rewrite, source) or any(yearly(q, rewrite, source) for q in rewrite.quantities)
        ):
            words = rewrite.text[period.start : period.end]
            yield Violation("period", words, period.start, period.end, "the resume does not say how often in this way")


def _is_length(period: Period, rewrite: Reading, source: Reading) -> bool:
    """Tell whether "fortnightly sprints" are the "two-week sprints" of the source."""
    weeks = {"week": 1, "fortnight": 2}.get(period.unit, 0) * period.times
    following = [word for word in rewrite.words if word.start >= period.end][:1]
    return any(
        own.unit == "hours" and own.value == weeks * 168 > 0 and meets(following, counted_thing(own, source))
        for own in source.quantities
    )


def _is_article_like(quantity: Quantity, rewrite: Reading, source: Reading) -> bool:
    """Tell whether "one" stands for the source's "a": one year, a year."""
    if rewrite.text[quantity.start : quantity.end].lower() not in ("one", "1"):
        return False
    thing = counted_thing(quantity, rewrite)
    return bool(thing) and any(
        own.lower in ("a", "an") and following.licenses & thing[0].says for own, following in pairwise(source.words)
    )


def _objection(quantity: Quantity, rewrite: Reading, source: Reading) -> str:
    """Return why a number is not borne out, nothing where it is."""
    same = [own for own in source.quantities if same_value(own, quantity)]
    if not same:
        return "" if follows(quantity, rewrite, source) else "the resume's sentence does not have this number"
    reason = ""
    for own in same:
        reason = _mismatch(quantity, own, rewrite, source)
        if not reason:
            break
    return reason


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


def _same_rhythm(quantity: Quantity, own: Quantity, rewrite: Reading, source: Reading) -> bool:
    theirs, ours = period_of(quantity, rewrite), period_of(own, source)
    if ours and not rewrite.periods:
        return False
    return not (theirs and ours) or same_period(theirs, ours) or any(same_period(p, ours) for p in rewrite.periods)


def _same_thing(quantity: Quantity, own: Quantity, rewrite: Reading, source: Reading) -> bool:
    if is_year(own) or own.unit in ("clock", "quarter"):
        return True
    ours, theirs = counted_thing(own, source), counted_thing(quantity, rewrite)
    if (
        ours
        and not is_named_alike(theirs, ours)
        and any(q.value != own.value and is_named_alike(theirs, counted_thing(q, source)) for q in source.quantities)
    ):
        return False
    if own.unit in ("count", "ordinal", "percent") and ours and theirs and own.unit != "percent":
        nearby = [] if source.text[: own.start].endswith(" of ") else words_before(own, source, 2)
        return meets(theirs, ours + nearby) and _is_one_thing(theirs, own, source)
    if ours and not theirs and own.unit == "count" and meets(rewrite.content, ours):
        return True
    near_ours, near_theirs = words_near(own, source), words_near(quantity, rewrite)
    if theirs and not ours and own.unit == "count":
        return meets(theirs, source.content)
    if meets(near_theirs, near_ours) or not near_ours or not near_theirs:
        told = {
            q.value for q in rewrite.quantities if rewrite.segment_at(q.start) == rewrite.segment_at(quantity.start)
        }
        rivals = [q for q in source.quantities if source.segment_at(q.start) != source.segment_at(own.start)]
        rivals = [q for q in rivals if q.value not in told]
        score = overlap_of(near_theirs, near_ours)
        return all(overlap_of(near_theirs, words_near(rival, source)) <= max(score, 1) for rival in rivals)
    return len({source.segment_at(q.start) for q in source.quantities if q.unit == own.unit}) < 2


def _is_one_thing(thing: list[Word], own: Quantity, source: Reading) -> bool:
    """Tell whether what is counted takes no quality from elsewhere: 14 files, 3 false, are not 14 false files."""
    near, segment = words_near(own, source) + counted_thing(own, source), source.segment_at(own.start)
    far = [word for word in source.content if word.segment != segment]
    return not any(meets([word], far) and not meets([word], near) for word in thing[:2])
