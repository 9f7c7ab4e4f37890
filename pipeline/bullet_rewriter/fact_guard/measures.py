"""What numbers are for: a rewrite keeps the whole of a share, the thing measured, and the place it was measured in."""

import re
from collections.abc import Iterator
from itertools import pairwise

from pipeline.bullet_rewriter.fact_guard.arithmetic import is_share
from pipeline.bullet_rewriter.fact_guard.counted import counted_thing, is_measure, meets, same_value
from pipeline.bullet_rewriter.fact_guard.reading import Reading, Word, is_past, is_preposition
from pipeline.bullet_rewriter.fact_guard.thesaurus import is_verb
from pipeline.bullet_rewriter.fact_guard.violation import Violation

_FEW = 10


def check_measures(source: Reading, rewrite: Reading) -> Iterator[Violation]:
    """Yield every number of the rewrite that has lost what the source ties it to."""
    checks = (
        _dropped_halves,
        _widened_measures,
        _lost_heads,
        _widened_shares,
        _new_rates,
        _lost_hosts,
        _dropped_counts,
    )
    for check in checks:
        yield from check(source, rewrite)


def _dropped_halves(source: Reading, rewrite: Reading) -> Iterator[Violation]:
    """Yield the whole of "one of four" and the end of "24 to 30" where the rewrite has it without the other number."""
    values = {(q.unit, q.value) for q in rewrite.quantities}
    if any(is_share(quantity, source) for quantity in rewrite.quantities):
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
    if not any(is_measure(q) for q in rewrite.quantities) or not any(is_measure(q) for q in source.quantities):
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
        yield from _dropped(first, second, source, rewrite)


def _lost_heads(source: Reading, rewrite: Reading) -> Iterator[Violation]:
    """Yield a thing measured that the rewrite drops for its surroundings: queries against a store, the store."""
    if not any(is_measure(q) for q in rewrite.quantities):
        return
    measured = {source.segment_at(q.start) for q in source.quantities if is_measure(q)}
    for n in range(1, len(source.words) - 1):
        head, link, rest = source.words[n - 1 : n + 2]
        if link.lower not in ("against", "of", "for", "in", "on") or head.segment not in measured or is_verb(rest.text):
            continue
        if not (head.is_content and rest.is_content) or (head.opens_clause and n > 1) or is_past(head.text):
            continue
        yield from _dropped(head, rest, source, rewrite)


def _dropped(first: Word, second: Word, source: Reading, rewrite: Reading) -> Iterator[Violation]:
    """Yield the second of two words of the source where the rewrite keeps it without the first."""
    kept = next((word for word in rewrite.words if word.forms & second.forms), None)
    if kept and not any(word.says & first.licenses for word in rewrite.words):
        words = source.text[first.start : second.end]
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
            or meets(list(rewrite.words), [host])
        ):
            continue
        kept = next((q for q in rewrite.quantities if same_value(own, q)), None)
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
        place = counted_thing(own, source)
        kept = next((q for q in rewrite.quantities if q.unit in ("percent", "points")), None)
        if kept and place and not meets(list(rewrite.words), place):
            words = source.text[before.start() : place[-1].end]
            reason = f'the resume says "{words}" of this number'
            yield Violation("number", rewrite.text[kept.start : kept.end], kept.start, kept.end, reason)


def _dropped_counts(source: Reading, rewrite: Reading) -> Iterator[Violation]:
    """Yield "once" and "twice" that the rewrite leaves out while it keeps what was done."""
    said = {(q.unit, q.value) for q in rewrite.quantities}
    for own in source.quantities:
        is_rare = own.unit == "times" and own.value <= 2 and not source.periods
        is_share = own.unit == "percent" and source.text[own.end : own.end + 4] == " of " and own.value < 100
        is_cap = own.approximation == "at most" and own.unit.startswith("money")
        is_first = own.value == 1 and any(word.lower in ("initial", "original") for word in rewrite.words)
        is_rank = own.unit == "ordinal" and not is_first and meets(counted_thing(own, source)[:1], list(rewrite.words))
        if (
            not (is_rare or is_share or is_rank or is_cap)
            or (own.unit, own.value) in said
            or any(same_value(own, q) for q in rewrite.quantities)
        ):
            continue
        scope = counted_thing(own, source) if is_share or is_rank else source.content
        kept = next((word for word in rewrite.content if any(word.says & other.licenses for other in scope)), None)
        if kept:
            words = source.text[own.start : own.end]
            yield Violation(
                "limit", kept.text, kept.start, kept.end, f'the resume says "{words}", which the rewrite leaves out'
            )
