"""Questions to the market as people carry them about: in an address, in words, and kept under a name."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from pipeline.core import RolemapError, get_settings, write_atomically
from pipeline.keyword_engine import keyword_label
from pipeline.market_trends import MarketQuestion

# In an address, each value of a set is a parameter of its own.
PARAMETERS = {
    "role": "roles",
    "level": "seniorities",
    "place": "places",
    "keyword": "keywords",
    "from": "since",
    "until": "until",
    "company": "companies",
    "work": "workplaces",
    "contract": "employments",
    "country": "countries",
    "language": "languages",
    "currency": "pays",
    "pay_from": "pay_from",
}
VIEWS_NAME = "views.json"
LONGEST_VALUE = 200  # characters in an address; what is longer was made by nobody who asks
MOST_VALUES = 100
LONGEST_NAME = 80
Query = dict[str, list[str]]


def question_of(query: Mapping[str, Sequence[str]]) -> MarketQuestion:
    """Return the question of an address's parameters; what is not understood asks nothing.

    >>> query_of(question_of({"place": ["Bonn", "Aachen"], "from": ["2026-03-01"], "pay_from": ["much"]}))
    {'place': ['Aachen', 'Bonn'], 'from': ['2026-03-01']}
    """
    question = MarketQuestion()
    for parameter, name in PARAMETERS.items():
        values = [value for value in query.get(parameter, ()) if 0 < len(value) <= LONGEST_VALUE][:MOST_VALUES]
        if not values:
            continue
        is_set = isinstance(getattr(question, name), frozenset)
        given: Any = values if is_set else values[0]
        try:
            question = MarketQuestion.model_validate(dict(question) | {name: given})
        except ValidationError:
            continue
    return question


def query_of(question: MarketQuestion) -> Query:
    """Return a question as the parameters of an address, in an order of their own; what asks nothing is left out."""
    query: Query = {}
    for parameter, name in PARAMETERS.items():
        value = getattr(question, name)
        if values := sorted(value) if isinstance(value, frozenset) else [str(value)] * (value is not None):
            query[parameter] = values
    return query


def question_in_words(question: MarketQuestion, roles: Mapping[str, str] | None = None) -> str:
    """Say which postings answer a question; nothing where all do. `roles` has the names of the kinds of role.

    >>> question_in_words(MarketQuestion(places=frozenset({"Bonn", "Aachen"}), keywords=frozenset({"sql"})))
    'in Aachen or Bonn; naming SQL'
    """
    names = roles or {}
    sets = (
        ("kind of role", frozenset(names.get(slug, slug) for slug in question.roles)),
        ("seniority", question.seniorities),
        ("in", question.places),
        ("of", question.companies),
        ("place of work", question.workplaces),
        ("contract", question.employments),
        ("country", question.countries),
        ("language", question.languages),
        ("pay stated in", question.pays),
    )
    parts = [f"{what} {' or '.join(sorted(values))}" for what, values in sets if values]
    if question.keywords:
        parts.append(f"naming {' and '.join(map(keyword_label, sorted(question.keywords)))}")
    if question.pay_from is not None:
        parts.append(f"paying {question.pay_from:,} or more a year")
    if question.since:
        parts.append(f"posted from {question.since}")
    if question.until:
        parts.append(f"posted until {question.until}")
    return "; ".join(parts)


_views = TypeAdapter(dict[str, Query])


def _views_path() -> Path:
    return get_settings().output_path / VIEWS_NAME


def saved_views() -> dict[str, MarketQuestion]:
    """Return the questions that were kept, by name. Raises RolemapError where their file cannot be read."""
    path = _views_path()
    try:
        kept = _views.validate_json(path.read_bytes())
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise RolemapError(f"The saved views {path} cannot be opened: {error.strerror or error}.") from error
    except ValidationError as error:
        raise RolemapError(f"The saved views {path} cannot be used. Mend or remove the file.") from error
    return {name: question_of(query) for name, query in sorted(kept.items(), key=lambda item: item[0].casefold())}


def save_view(name: str, question: MarketQuestion) -> None:
    """Keep a question under a name; another of that name gives way. Raises RolemapError."""
    named = " ".join(name.split())[:LONGEST_NAME]
    if not named:
        raise RolemapError("Give the view a name first.")
    _write(saved_views() | {named: question})


def forget_view(name: str) -> None:
    """Drop a kept question. Raises RolemapError."""
    _write({other: question for other, question in saved_views().items() if other != name})


def _write(views: Mapping[str, MarketQuestion]) -> None:
    queries = {name: query_of(question) for name, question in views.items()}
    write_atomically(_views_path(), (json.dumps(queries, indent=1, ensure_ascii=False, sort_keys=True) + "\n").encode())
