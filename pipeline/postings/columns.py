"""Which column of an unknown table holds what: scored by name and values, and settled for all columns together."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from pipeline.postings.cleaning import clean_text, plain_value
from pipeline.postings.column_names import name_scores
from pipeline.postings.column_values import ValueTraits, find_traits

SAMPLE_ROWS = 120
MIN_NAME = 0.62  # of a name that counts for anything
MIN_TOTAL = 1.5  # of name and values together, from which a column is taken for something
NAME_WEIGHT = 3.0
EMPTY_WEIGHT = 0.6  # of a column that is all but empty
OTHER_NAME = -0.5
PART_NAME, SURE_PART = 0.8, 0.95
SAME_KIND = 0.6  # share of the values that are of one kind, from which a name that may mean two things means that
SAME_WORDS = 0.8  # share of a part's words that stand in the text already, from which it is the text once more

# What a posting has, and the headings of the lexicon that they go by.
ROLES = {
    "title": "title",
    "text": "text",
    "company": "company",
    "location": "location",
    "city": "city",
    "region": "region",
    "country": "country",
    "url": "url",
    "id": "id",
    "posted_on": "posted on",
    "seen_on": "seen on",
    "pay": "pay",
    "pay_low": "pay low",
    "pay_high": "pay high",
    "pay_currency": "pay currency",
    "pay_period": "pay period",
    "employment": "employment",
    "workplace": "workplace",
    "seniority": "seniority",
    "experience": "experience",
    "language": "language",
}


@dataclass
class ColumnChoice:
    """Which columns are taken for what; `title` and the like hold one path or several, the text all of its parts."""

    roles: dict[str, tuple[str, ...]] = field(default_factory=dict)
    score: float = 0.0  # how well names and values bear the choice out
    postings_likeness: float = 0.0  # above zero where the table holds postings rather than something else

    @property
    def used(self) -> set[str]:
        """The paths that something is taken from."""
        return {path for paths in self.roles.values() for path in paths}


@dataclass(frozen=True)
class Column:
    """A column with a sample of its values as text."""

    path: str
    values: tuple[str, ...]
    names: Mapping[str, float]
    traits: ValueTraits | None


def describe_columns(rows: Sequence[Mapping[str, Any]]) -> list[Column]:
    """Return the columns of some flattened rows, in the order in which they first appear."""
    paths = list(dict.fromkeys(path for row in rows for path in row))
    columns = []
    for path in paths:
        values = tuple(plain_value(row.get(path)) for row in rows)
        columns.append(Column(path, values, name_scores(path), find_traits(values)))
    return columns


def guess_columns(columns: Sequence[Column]) -> ColumnChoice:
    """Return the best choice of columns for all roles at once, of columns that hold anything."""
    from scipy.optimize import linear_sum_assignment

    filled = [column for column in columns if column.traits]
    if not filled:
        return ColumnChoice()
    roles = list(ROLES)
    scores = np.array([[_score(column, role) for role in roles] for column in filled])
    # Of equals the earlier column is taken, so that the answer depends on nothing else.
    gains = np.maximum(scores - MIN_TOTAL - 1e-6 * np.arange(len(filled))[:, None], 0)
    chosen: dict[str, tuple[str, ...]] = {}
    total = 0.0
    for row, column in zip(*linear_sum_assignment(-gains), strict=True):
        if scores[row, column] > MIN_TOTAL:
            chosen[roles[column]] = (filled[row].path,)
            total += float(scores[row, column])
    choice = ColumnChoice(chosen, total)
    _add_text_parts(choice, filled)
    choice.postings_likeness = _postings_likeness(choice, columns)
    return choice


def _score(column: Column, role: str) -> float:
    """Return the evidence that a column holds a role, from its name and its values; the two add up."""
    assert column.traits is not None
    names = _names_as_filled(column)
    name = names.get(ROLES[role], 0.0)
    rival = max((value for key, value in names.items() if key != ROLES[role]), default=0.0)
    name = name - 0.5 * max(0.0, rival - name) if name >= MIN_NAME else 0.0
    if rival == 1.0 and name < SURE_PART:  # the very name of something else, and at most like this
        name = 0.5 * name if name else OTHER_NAME
    return (
        NAME_WEIGHT * name + _VALUE_SCORES.get(role, _short)(column.traits) - EMPTY_WEIGHT * (1 - column.traits.filled)
    )


def _names_as_filled(column: Column) -> Mapping[str, float]:
    """Return what a column's name says; where it may be of a place or of how work is done, its values decide."""
    assert column.traits is not None
    place, manner = column.names.get("location", 0.0), column.names.get("workplace", 0.0)
    if column.traits.workplaces >= SAME_KIND and max(place, manner) >= MIN_NAME:
        kept = {key: value for key, value in column.names.items() if key not in ("location", "city", "region")}
        return kept | {"workplace": max(place, manner)}
    if column.traits.commas >= SAME_KIND and min(place, manner) >= MIN_NAME:
        return {key: value for key, value in column.names.items() if key != "workplace"}
    return column.names


def _title(t: ValueTraits) -> float:
    score = 2.2 * t.occupations + (0.4 if 1 <= t.words <= 12 else -1.0)
    return (
        score
        - 4 * (t.urls + t.dates * (1 - t.occupations) + t.numbers + t.emails + t.flags)
        - 3 * t.prose
        - 0.6 * t.legal
    )


def _text(t: ValueTraits) -> float:
    length = min(1.5, max(-1.5, float(np.log2(max(t.length, 1) / 120)) / 2))
    return 1.8 * t.prose + length + 0.8 * t.posting_words - 4 * (t.urls + t.numbers + t.flags + t.emails) - 2 * t.dates


def _company(t: ValueTraits) -> float:
    return 1.2 * t.legal - 4 * (t.urls + t.dates + t.numbers + t.emails + t.flags) - 3 * t.prose - 1.2 * t.occupations


def _place(t: ValueTraits) -> float:
    return (
        0.6 * t.commas
        - 4 * (t.urls + t.dates + t.numbers + t.emails + t.flags)
        - 3 * t.prose
        - 1.5 * t.occupations
        - 0.6 * t.legal
    )


def _url(t: ValueTraits) -> float:
    return 2.2 * t.urls - 4 * (1 - t.urls)


def _id(t: ValueTraits) -> float:
    return (
        0.6 * t.distinct
        - 3 * (1 - t.distinct)
        - 2 * t.prose
        + 0.3 * t.spaceless
        - 1.0 * t.urls
        - (2 if t.words > 4 else 0)
    )


def _date(t: ValueTraits) -> float:
    return 1.4 * t.dates - 3.5 * (1 - t.dates) - 2 * t.prose


def _amount(t: ValueTraits) -> float:
    return 0.5 * t.numbers - 2.5 * (1 - t.numbers)


def _short(t: ValueTraits) -> float:
    return -3 * t.prose - 3 * (t.urls + t.emails) - 2 * t.dates * (1 - t.numbers)


_VALUE_SCORES = {
    "title": _title,
    "text": _text,
    "company": _company,
    "url": _url,
    "id": _id,
    "location": _place,
    "city": _place,
    "region": _place,
    "country": _place,
    "posted_on": _date,
    "seen_on": _date,
    "pay_low": _amount,
    "pay_high": _amount,
}


def _add_text_parts(choice: ColumnChoice, columns: Sequence[Column]) -> None:
    """Add what else belongs to the text: requirements, duties, offers; never what stands in it already."""
    taken = choice.used - set(choice.roles.get("text", ()))
    candidates = [c for c in columns if c.path not in taken and (c.path in choice.used or _is_part(c))]
    words = {
        c.path: [set(re.findall(r"\w+", clean_text(value).casefold())) for value in c.values[:30]] for c in candidates
    }
    longest_first = sorted(candidates, key=lambda c: -sum(map(len, words[c.path])))
    kept: list[Column] = []
    for column in longest_first:
        others = [set().union(*(words[k.path][i] for k in kept)) for i in range(len(words[column.path]))]
        new = sum(len(own - other) for own, other in zip(words[column.path], others, strict=True))
        if new > (1 - SAME_WORDS) * sum(map(len, words[column.path])):
            kept.append(column)
    if kept:
        choice.roles["text"] = tuple(c.path for c in columns if c in kept)


def _is_part(column: Column) -> bool:
    assert column.traits is not None
    part = max(column.names.get("text part", 0.0), column.names.get("text", 0.0))
    rival = max((v for key, v in column.names.items() if key not in ("text part", "text")), default=0.0)
    t = column.traits
    is_texty = part > SURE_PART or t.words >= 3 or t.length >= 20
    return part >= PART_NAME and part >= rival and is_texty and not max(t.urls, t.numbers, t.dates, t.flags) > 0.5


_OF_POSTINGS = ("company", "pay", "pay_low", "employment", "workplace", "seniority", "experience", "location")


def _postings_likeness(choice: ColumnChoice, columns: Sequence[Column]) -> float:
    """Return whether a table is of postings: what its columns, titles and texts say for it and against it."""
    by_path = {column.path: column for column in columns}
    title = by_path.get(choice.roles.get("title", ("",))[0])
    texts = [by_path[path] for path in choice.roles.get("text", ())]
    speaking = sum(bool(re.search(r"job|vacanc|stelle|emploi|vacatur|salary|employ", c.path, re.I)) for c in columns)
    return (
        0.5
        + 0.6 * sum(role in choice.roles for role in _OF_POSTINGS)
        + 0.6 * min(speaking, 3)
        + (2.0 * title.traits.occupations if title and title.traits else 0.0)
        + max((2.0 * text.traits.posting_words for text in texts if text.traits), default=0.0)
        - sum(map(_speaks_elsewhere, columns))
        - 3.0 * any(map(_speaks_elsewhere, [*texts, *([title] if title else [])]))
    )


def _speaks_elsewhere(column: Column) -> float:
    """Return how much a column's name speaks for another kind of export; less where it stands in an object within."""
    score = column.names.get("elsewhere", 0.0)
    if score < 0.93 or score < max(column.names.values()):
        return 0.0
    return 0.4 if "." in column.path or "[]" in column.path else 1.3
