"""Numbers in a text, in every form, as values with a unit: 1,200 and 1.2k, forty and 40, half and 50%, 18 months."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import pairwise

from pipeline.bullet_rewriter.fact_guard import number_patterns as patterns
from pipeline.bullet_rewriter.fact_guard.number_patterns import Approximation

_COMPARED = re.compile(
    r"\b(?:compared (?:with|to)|against|versus|vs\.?|instead of|rather than|(?:up|down) on)\s+(?:the\s+|an?\s+)?$", re.I
)
_OF_ITS_OWN = re.compile(r"\s+(?!(?:in|over|during|by|after|within|since|while|and|for)\b)\w")  # 5 minutes to 3 people
_DOWN_FROM = re.compile(r",?\s*(?:down|up|instead|as)\s*(?:from|of|against)")
_A_NEXT = re.compile(  # "a third machine", not "a third after"
    r"\s+(?!(?:of|more|less|fewer|\w+er|in|by|over|within|to|from|on|and|since|than|an?|after|following|during|at|for|as"
    r"|through|with|when|while|before|because|via|if|up|down|off|were|was|is|are)\b)\w"
)
LATE_HOUR = 6  # "at night": from six on before midnight, else after it


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit and how exact it is.

    The unit is count, percent, points, ordinal, clock (minutes), times, hours, months, or money: and a currency.
    """

    unit: str
    value: Fraction
    approximation: Approximation
    start: int
    end: int
    role: str = ""  # from, to, by: what the number is to its verb
    size: Fraction = Fraction(1)  # what one of the unit as written is worth


@dataclass(frozen=True, slots=True)
class Period:
    """How often: every `times` units."""

    unit: str
    times: int
    start: int
    end: int


def find_periods(text: str) -> list[Period]:
    """Return every statement of how often, in the order of the text."""
    others = (patterns.LENGTH, patterns.CLOCK, patterns.NO_PERIOD)
    taken = [match.span() for pattern in others for match in pattern.finditer(text)]
    return [
        _period(match)
        for match in patterns.PERIOD.finditer(text)
        if not any(start < match.end() and match.start() < end for start, end in taken)
    ]


def _period(match: re.Match[str]) -> Period:
    if adverb := match["adverb"]:
        apart = int(_word_value((match["rarely"] or "1").rstrip("-").lower()))
        return Period(patterns.PERIOD_ADVERBS[adverb.lower()], apart, *match.span())
    for group in ("quarter", "month"):
        if match[group]:
            return Period(group, 1, *match.span())
    unit = next(match[name] for name in ("unit", "own", "each", "again", "part", "weekday") if match[name]).lower()
    unit = unit.removesuffix("s") if match["part"] else unit
    times = (match["times"] or "1").lower()
    number = 2 if times == "other" else int(_ordinal_value(times) or _word_value(times.rstrip("-")))
    unit, number = {("annum", 1): ("year", 1), ("week", 2): ("fortnight", 1)}.get((unit, number), (unit, number))
    return Period(unit, number, *match.span())


def find_quantities(text: str, taken: list[tuple[int, int]]) -> list[Quantity]:
    """Return every number outside the spans that are taken, in the order of the text."""
    spans = list(taken)
    found: list[Quantity] = []
    for read in _READERS:
        for unit, value, start, end in read(text):
            if any(start < stop and begin < end for begin, stop in spans):
                continue
            approximation, start, end = _approximation(text, start, end, unit)
            spans.append((start, end))
            size = _unit_size(text[start:end]) if unit in ("hours", "months") else Fraction(1)
            found.append(Quantity(unit, value, approximation, start, end, _role(text, start), size))
    return _with_shared_units(text, sorted(found, key=lambda quantity: quantity.start))


def _in_unit_of(first: Quantity, second: Quantity) -> Fraction:
    if second.unit == "clock":  # from two to six in the morning
        return first.value % 12 * 60 + (720 if second.value >= 720 else 0)
    return first.value * second.size


def _with_shared_units(text: str, found: list[Quantity]) -> list[Quantity]:
    """Give the first of "from 50 to 35 minutes" the unit of the second."""
    shared = list(found)
    for i, (first, second) in enumerate(pairwise(found)):
        between = text[first.end : second.start].strip().lower()
        is_down = first.unit != "ordinal" and _DOWN_FROM.fullmatch(between)
        is_end = first.role != "by" and between == "to" and not _OF_ITS_OWN.match(text[second.end :])
        if second.unit == "count" and first.unit != "count" and (is_down or is_end):
            shared[i + 1] = replace(second, unit=first.unit, value=second.value * first.size, size=first.size)
        is_plain = first.unit == "count" and not 1900 <= first.value < 2100
        if is_plain and second.unit != "count" and between in ("to", "-", "and", "or"):
            shared[i] = replace(first, unit=second.unit, value=_in_unit_of(first, second), size=second.size)
    return shared


Found = Iterator[tuple[str, Fraction, int, int]]


def _clocks(text: str) -> Found:
    for match in patterns.CLOCK.finditer(text):
        spoken = match["half_past"] or match["spoken"] or match["late"] or match["hour"]
        hour = int(match["h24"]) if match["h24"] else int(_word_value(spoken)) % 12
        minutes = {"half": 30, "quarter": 15}.get((match["past"] or "").lower()) or match["minute"] or match["m24"]
        yield "clock", Fraction(hour * 60 + int(minutes or 0) + (720 if _is_late(match, hour) else 0)), *match.span()


def _is_late(match: re.Match[str], hour: int) -> bool:
    part = (match["part"] or match["half"] or "").lower()
    return hour >= LATE_HOUR if match["late"] else part in ("p", "afternoon", "evening")


def _times(text: str) -> Found:
    for match in patterns.TIMES.finditer(text):
        word = (match["word"] or "").lower()
        yield "times", Fraction(patterns.TIMES_WORDS.get(word) or _word_value(match["number"])), *match.span()


def _lengths(text: str) -> Found:
    for match in patterns.LENGTH.finditer(text):
        if match["quarters"]:
            yield "hours", Fraction(3 if match["quarters"].lower().startswith("three") else 1, 4), *match.span()
        if match["part_of_year"]:
            yield "months", Fraction(12, patterns.PARTS[match["part_of_year"].split()[-1].lower()]), *match.span()
        factors = {"half": Fraction(1, 2), "one_and_a_half": Fraction(3, 2), "one": Fraction(1), "the": Fraction(1)}
        for group, factor in factors.items():
            if match[group]:
                scale, size = _scale(patterns.TIME, match[group])
                yield scale, size * factor, *match.span()


def _numbers(text: str) -> Found:
    for match in patterns.NUMBER.finditer(text):
        start, end = match.span()
        while text[end - 1] in " -":
            end -= 1
        value = _word_value(match["digits"]) * patterns.POWERS.get((match["power"] or "").strip().lower(), 1)
        value += Fraction(1, 2) if match["and_half"] else 0
        unit, factor = _number_unit(match, text[end : end + 5].lower())
        if unit != "count" or text[end : end + 2].lower() not in ("st", "nd", "rd", "th"):
            yield unit, value * factor, start, end


def _number_unit(match: re.Match[str], following: str) -> tuple[str, Fraction]:
    """Return the unit of a number as written, and what one of it is worth in the unit that it is compared in."""
    percent = (match["percent"] or "").lower()
    currency = (match["currency"] or match["currency_after"] or "").strip().lower()
    if match["points"] or "point" in percent or percent == "pp":
        return "points", Fraction(1)
    if percent:
        return "percent", Fraction(1)
    if currency:
        return f"money:{patterns.CURRENCIES[currency]}", Fraction(1)
    if match["time"] and not following.startswith((" old", "-old")):
        return _scale(patterns.TIME, match["time"])
    if match["size"]:
        return _scale(patterns.SIZES, match["size"])
    return "count", Fraction(1)


def _shares(text: str) -> Found:
    for match in patterns.SHARE.finditer(text):
        if match["nth"]:
            share = Fraction(100, _ordinal_value(match["nth"].lower()) or 1)
        else:
            share = Fraction(100) * _word_value(match["part"]) / (_word_value(match["whole"]) or 1)
        if share <= 100:
            yield "percent", share, *match.span()


def _fractions(text: str) -> Found:
    for match in patterns.FRACTION.finditer(text):
        if match["part"] is None:
            yield "percent", 100 * patterns.SIGNS[match[0]], *match.span()
            continue
        part, count = match["part"].lower(), match["count"]
        plain_half = part == "half" and count is None
        if (not plain_half and count is None) or _is_a_next_one(match, text):
            continue
        number = 1 if count is None or count.lower() in ("a", "an") else _word_value(count)
        end = match.end() - len(match["of"] or "")
        yield "percent", Fraction(100) * number / patterns.PARTS[part], match.start(), end


def _is_a_next_one(match: re.Match[str], text: str) -> bool:
    """Tell "a third machine" from "a third after"."""
    is_ordinal = match["part"].lower() in patterns.ORDINALS and (match["count"] or "").lower() in ("a", "an")
    return is_ordinal and not match["of"] and _A_NEXT.match(text, match.end()) is not None


def _ordinals(text: str) -> Found:
    for match in patterns.ORDINAL.finditer(text):
        yield "ordinal", Fraction(_ordinal_value(match["ordinal"].lower()) or 0), *match.span()


def _unit_size(text: str) -> Fraction:
    words = re.findall(r"[a-z]+", text.lower())
    sizes = [_scale(patterns.TIME, one)[1] for one in words if {one, one.removesuffix("s")} & patterns.TIME.keys()]
    return sizes[-1] if sizes else Fraction(1)


def _scale(scales: dict[str, tuple[str, Fraction]], unit: str) -> tuple[str, Fraction]:
    spellings = (unit, unit.lower(), unit.lower().removesuffix("s"))
    return next(scales[spelling] for spelling in spellings if spelling in scales)


def _ordinal_value(text: str) -> int | None:
    if text[:1].isdigit() and text[-2:] in ("st", "nd", "rd", "th"):
        return int(re.sub(r"\D", "", text))
    return patterns.ORDINALS.index(text) + 1 if text in patterns.ORDINALS else patterns.TENTHS.get(text)


def _word_value(text: str) -> Fraction:
    """Return the value of digits or of number words.

    >>> int(_word_value("two hundred and fifty")), float(_word_value("1,5"))
    (250, 1.5)
    """
    total = current = Fraction(0)
    for word in re.split(r"[\s-]+", re.sub(r"(?<=\d)[\s'](?=\d{3})", "", text.lower().strip(" -"))):
        if word[:1].isdigit():
            thousands = re.fullmatch(r"\d{1,3}(?:[,']\d{3})+(?:\.\d+)?", word)
            current += Fraction(word.replace(",", "").replace("'", "") if thousands else word.replace(",", "."))
        elif word in patterns.POWERS:
            current = (current or Fraction(1)) * patterns.POWERS[word]
            if patterns.POWERS[word] > 100:
                total, current = total + current, Fraction(0)
        elif word == "half":
            current = Fraction(1, 2)
        elif word in patterns.VALUES:
            current = current + patterns.VALUES[word] if word != "dozen" else (current or 1) * Fraction(12)
    return total + current


def _approximation(text: str, start: int, end: int, unit: str) -> tuple[Approximation, int, int]:
    """Return how exact a number is and the span with the words that say so."""
    for name, pattern in patterns.BEFORE:
        match = pattern.search(text[:start])
        if match and (unit not in ("hours", "months") or not match[0].lower().startswith("over")):
            return name, match.start(), end
        if match and re.search(r"(?:for|in|of|to|by|after|took|from) over $", text[:start], re.I):
            return name, match.start(), end
    for name, pattern in patterns.AFTER.items():
        if match := pattern.match(text, end):
            return name, start, match.end()
    return "", start, end


def _role(text: str, start: int) -> str:
    match = re.search(r"\b(from|to|by|between)\s+(?:the\s+|an?\s+)?$", text[:start], re.I)
    if not match and _COMPARED.search(text[:start]):
        return "from"
    is_sum = re.search(r"\b(?:c[oa]mes?|coming|amount(?:ed|s|ing)?|up) to\s+(?:the\s+|an?\s+)?$", text[:start], re.I)
    return match[1].lower() if match and not is_sum else ""


# In this order: what a reader has taken is left alone by those after it.
_READERS = (_clocks, _times, _lengths, _shares, _fractions, _numbers, _ordinals)
