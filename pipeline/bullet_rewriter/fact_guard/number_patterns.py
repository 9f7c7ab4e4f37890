"""How numbers, lengths of time and periods are written: tables of words, and the patterns made of them."""

import re
from collections.abc import Iterable
from fractions import Fraction
from typing import Literal

from pipeline.bullet_rewriter.fact_guard.word_lists import read_ordered, read_table

Approximation = Literal["", "about", "nearly", "at most", "at least", "over"]

_UNITS = read_ordered("numbers.txt", "units")
_TENS = read_ordered("numbers.txt", "tens")
ORDINALS = read_ordered("numbers.txt", "ordinals")
TENTHS = {"thirtieth": 30, "fortieth": 40, "fiftieth": 50, "hundredth": 100}
VALUES = {word: value for value, word in enumerate(_UNITS)} | {word: 20 + 10 * i for i, word in enumerate(_TENS)}
VALUES["dozen"] = 12
POWERS = {
    "hundred": 100, "thousand": 1000, "k": 1000, "m": 10**6, "mn": 10**6, "mio": 10**6, "million": 10**6,
    "bn": 10**9, "b": 10**9, "billion": 10**9,
}  # fmt: skip
PARTS = {"half": 2, "halves": 2} | {
    word: value
    for part, value in {"quarter": 4, **dict(zip(ORDINALS[2:], range(3, 100), strict=False)), **TENTHS}.items()
    for word in (part, f"{part}s")
}
SIGNS = {"½": Fraction(1, 2), "⅓": Fraction(1, 3), "¼": Fraction(1, 4), "¾": Fraction(3, 4), "⅔": Fraction(2, 3)}
TIMES_WORDS = {"once": 1, "twice": 2, "thrice": 3}
CURRENCIES = {word.replace("_", " "): code for code, words in read_table("numbers.txt", "currencies") for word in words}
# What a unit of time or size is worth in the unit that it is compared in. No exact number joins hours and months.
TIME, SIZES = (
    {
        word: (head.split()[0], Fraction(head.split()[1]))
        for head, words in read_table("numbers.txt", section)
        for word in words
    }
    for section in ("times", "sizes")
)
PERIOD_ADVERBS = {
    "hourly": "hour", "daily": "day", "nightly": "night", "weekly": "week", "monthly": "month", "quarterly": "quarter",
    "yearly": "year", "annually": "year", "annual": "year", "fortnightly": "fortnight",
}  # fmt: skip


def _any_of(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


_POWER_WORD = "hundred|thousand|million|billion"
_WORD_NUMBER = rf"(?:{_any_of(_TENS)})(?:[- ](?:{_any_of(_UNITS[1:10])}))?|{_any_of(_UNITS)}|(?:half )?(?:a )?dozen"
_AFTER_POWER = "(?:(?<=hundred )|(?<=thousand )|(?<=million ))"
_SPELT = (
    rf"(?:{_WORD_NUMBER}|(?:half )?an? (?={_POWER_WORD}))\b"
    rf"(?:[ -]?(?:{_AFTER_POWER}and )?(?:{_POWER_WORD}|(?:{_WORD_NUMBER}))\b)*"
)  # fmt: skip
_DIGITS = r"\d{1,3}(?:[,'\s]\d{3})+(?:\.\d+)?(?!\d)|\d+(?:[.,]\d+)?"
_CURRENCY = _any_of(CURRENCIES)
_TIME_UNIT = rf"(?:{_any_of(TIME)})s?"
_SIZE_UNIT = "|".join(
    f"{unit}s?" if len(unit) > 2 else f"(?-i:{unit})" for unit in sorted(SIZES, key=len, reverse=True)
)
_PERIOD_UNIT = rf"(?:{_any_of(read_ordered('numbers.txt', 'periods'))})"
_ORDINAL = rf"\d+(?:st|nd|rd|th)|{_any_of([*ORDINALS, *TENTHS])}"

# "took over 40 files" is no "more than 40".
_OVER = "".join(f"(?<!{verb} )" for verb in "take took taking taken takes handed watching watched".split()) + "over"
_APPROXIMATIONS: dict[Approximation, str] = {
    "at most": (
        r"up to(?: an? (?:value|total|maximum) of)?|at most|as (?:many|much) as|fewer than|less than|under|below"
        r"|(?:a )?max(?:imum|\.)?(?: \w+){0,2}?(?: of)?"
        r"|(?:no|not|never) (?:above|over|exceeding|(?:more|bigger|larger|higher|longer|taller|greater) than)"
    ),
    "nearly": "nearly|almost|close to|just under",
    "about": (
        r"about|around|some|approximately|approx\.?|roughly|circa|ca\.|~|an estimated|in the region of"
        r"|(?:an )?average of|on average|averaging"
    ),
    "at least": r"at least|no fewer than|no less than|(?:a )?min(?:imum|\.)?(?: of)?",
    "over": (
        rf"(?:well |just )?{_OVER}|(?:more|older|longer|larger|bigger|higher|greater) than|above"
        "|exceeding|in excess of|upwards? of|>"
    ),
}
BEFORE = [(name, re.compile(rf"(?<![\w-])(?:{words})\s?(?:an? )?$", re.I)) for name, words in _APPROXIMATIONS.items()]
AFTER: dict[Approximation, re.Pattern[str]] = {
    "over": re.compile(r"\s?\+|\s+plus\b"),
    "about": re.compile(r"\s+or so\b|\s+on average\b"),
    "at least": re.compile(r"\s+or more\b|\s+at least\b"),
    "at most": re.compile(r"\s+at most\b|\s+or (?:fewer|less)\b"),
}

# "a Saturday rota" and "an evening class" say what they are, not how often.
_DAY_WORD = rf"(?:{_any_of(read_ordered('numbers.txt', 'weekdays'))})s? [a-z]{{3}}"
PERIOD = re.compile(
    r"(?:(?<=twice-)|(?<![\w-]))(?:(?:(?P<quarter>(?:four|4) times (?:a|per|each) year|every (?:three|3) months)"
    r"|(?P<month>(?:twelve|12) times (?:a|per|each) year)"
    rf"|(?:an? (?!{_DAY_WORD}|(?:{_ORDINAL}) )|per |each |every |/)\s?"
    rf"(?:(?P<times>\d+|two|three|four|five|six|other|{_ORDINAL})\s)?(?P<unit>{_PERIOD_UNIT})s?"
    rf"|(?<!the )(?P<own>hour|day|week|month|year)'s(?= \w)"
    r"|(?:by the|(?<=day )of the|(?<=day )of each) (?P<each>hour|day|week|month|quarter|term|year)"
    r"(?=\s*(?:$|[,.;)]|by|for|in|and|to|with))"
    r"|(?P<again>hour|day|week|month|year) (?:by|after) (?P=again)"
    rf"|in the (?P<part>(?:morning|evening|afternoon)s?)"
    rf"|on (?:an? |each )?(?P<weekday>{_any_of(read_ordered('numbers.txt', 'weekdays'))})s)(?![\w-])"
    rf"|(?P<rarely>(?:two|three|four|five|six|\d+)-)?(?P<adverb>{_any_of(PERIOD_ADVERBS)})(?!\w))",
    re.I,
)
# "a quarter" that is no stretch of time, and "a second" that is none either.
NO_PERIOD = re.compile(
    r"\ba second(?= \w)(?! (?:against|at|in|on|for|with|and|from|to)\b)|\ba quarter of\b"
    r"|(?:by|almost|nearly|about|around|over|than) a quarter\b"
    r"|(?:\bin|,) a (?:year|month|week|day) (?:in which|when|that|of)\b",
    re.I,
)
CLOCK = re.compile(
    r"(?<![\w.])(?P<hour>\d{1,2})(?:[:.](?P<minute>\d\d))?\s?(?P<half>[ap])\.?\s?m\b\.?"
    rf"|(?:(?<=\bat )|(?<=\bby )|(?<=\bto )|(?<=from )|(?<=until )|(?<=before ))"
    rf"(?P<spoken>\d{{1,2}}|{_any_of(_UNITS[1:13])})(?: o'clock)? in the "
    r"(?P<part>morning|afternoon|evening)\b"
    rf"|(?:(?<=\bat )|(?<=\bby )|(?<=\bto )|(?<=\band )|(?<=from )|(?<=until )|(?<=before ))"
    rf"(?P<late>\d{{1,2}}|{_any_of(_UNITS[1:13])})(?: o'clock)? at night\b"
    rf"|(?P<past>half|quarter) past (?P<half_past>{_any_of(_UNITS[1:13])}|\d{{1,2}})\b"
    r"|(?<![\w.:])(?P<h24>\d{1,2}):(?P<m24>\d\d)(?![\w:])",
    re.I,
)
TIMES = re.compile(
    r"(?<![\w,.-])(?:(?P<word>once|twice|thrice)|(?P<number>\d+|one|two|three|four|five|six)(?:x| times| occasions?))"
    r"(?![\w-])",
    re.I,
)
FRACTION = re.compile(
    rf"(?<![\w-])(?:(?P<count>an?|one|two|three|four|five|\d)[ -])?(?P<part>{_any_of(PARTS)})(?![\w-])"
    rf"(?!\s+(?:{_TIME_UNIT})\b)(?!\s+(?:an? )?(?:percentage )?points?\b)"
    rf"(?! a dozen| an? (?:thousand|million|billion)| past | time| attempt| try| party)"
    rf"(?P<of>\s+of\b)?|[½⅓¼¾⅔]",
    re.I,
)
SHARE = re.compile(
    rf"(?<![\w.,-])(?:(?P<part>{_any_of(_UNITS[1:10])}|\d) (?:(?!in|out)\w+ )?(?:in|out of) (?:every )?"
    rf"(?P<whole>{_WORD_NUMBER}|(?!(?:19|20)\d\d\b)\d+)"
    rf"(?!\s+(?:and a half )?(?:{_TIME_UNIT})\b)|(?:every|each) (?P<nth>{_ORDINAL}))(?![\w-])",
    re.I,
)
_ONE_LENGTH = "|".join(
    rf"(?<={word} )an?" for word in ("in", "within", "inside", "under", "over", "for", "after", "during")
)
LENGTH = re.compile(
    rf"(?<![\w-])(?:(?<!and a )half[ -](?:an? |of an? )?(?P<half>{_TIME_UNIT})"
    rf"|(?:an?|one) (?P<one_and_a_half>{_TIME_UNIT}) and a half"
    r"|(?P<quarters>(?:an?|one|three) quarters?) of an hour|(?P<part_of_year>an? (?:third|quarter|half)) of a year"
    rf"|(?:{_ONE_LENGTH}|an?(?= \w+ (?:ahead|before|later|ago|early|earlier|in advance)\b))"
    rf" (?P<one>{_TIME_UNIT})|(?:(?<=within )|(?<=inside ))the (?P<the>{_TIME_UNIT}))(?![\w-])",
    re.I,
)
NUMBER = re.compile(
    rf"(?<![\w.,])(?P<currency>(?:{_CURRENCY})\s?)?(?P<digits>{_DIGITS}|(?<![\w-])(?:{_SPELT}))"
    rf"(?!-way\b)(?P<power>(?:(?<=\d)[kmb]|\s?(?:mn|mio|bn|{_POWER_WORD}))(?![\w²³]))?"
    rf"(?P<and_half> and a half)?(?:\s?(?P<currency_after>{_CURRENCY})(?!\w))?"
    r"(?:\s?(?P<percent>%|percent\b|per cent\b|percentage points?\b|pp\b))?"
    r"(?:\s?(?P<points>-?(?:percentage )?points?\b))?"
    rf"(?:[\s-](?:(?:consecutive|successive|full|whole) )?"
    rf"(?P<time>(?!(?<=(?:19|20)\d\d[\s-])year){_TIME_UNIT})(?![\w]))?"
    rf"(?:[\s-]?(?P<size>{_SIZE_UNIT})(?![\w²³/]))?",
    re.I,
)
ORDINAL = re.compile(rf"(?<![\w-])(?P<ordinal>{_ORDINAL})(?![\w])", re.I)
