"""What the files of the boards share: finding lists in an answer, text in HTML, days, pay, workplaces."""

import html
import re
from collections.abc import Callable, Iterable
from typing import Any

from pipeline.postings.collect.board import Item, NotCollected, Row
from pipeline.postings.dates import read_date
from pipeline.postings.web_text import html_to_text

_PERIODS = {"year": r"year|annual|annum|^pa$", "month": r"month|^pm$", "week": r"week", "day": r"da(?:y|ily)|^pd$"}
_PERIODS |= {"hour": r"hour|^ph$"}


def under(*path: str) -> Callable[[Any], list[Any]]:
    """Return what finds the list of postings under a path of an answer, or the answer itself where there is none."""

    def find(answer: Any) -> list[Any]:
        for name in path:
            answer = answer.get(name) if isinstance(answer, dict) else None
        if not isinstance(answer, list):
            place = f" under {'.'.join(path)}" if path else ""
            raise NotCollected(f"its answer holds no list of postings{place}; perhaps the board has changed")
        return answer

    return find


def pick(item: Any, *path: str) -> Any:
    """Return what stands under a path of names, or None."""
    for name in path:
        item = item.get(name) if isinstance(item, dict) else None
    return item


def every(value: Any) -> list[Any]:
    """Return what may be there once, several times or not at all as a list."""
    return value if isinstance(value, list) else [] if value is None else [value]


def first(value: Any) -> Any:
    """Return the first of what may be there several times, or None."""
    return next(iter(every(value)), None)


def words(value: Any) -> str | None:
    """Return a value as one line of text, or None where it says nothing."""
    if value is None or isinstance(value, dict | list | bool):
        return None
    return " ".join(html.unescape(str(value)).split()) or None


def listed_words(values: Iterable[Any]) -> str | None:
    """Return the values that say something, each once, parted by commas."""
    return ", ".join(dict.fromkeys(said for value in values if (said := words(value)))) or None


def plain(*pieces: Any) -> str | None:
    """Return pieces of HTML as plain text, one after the other."""
    texts = [html_to_text(piece) for piece in pieces if isinstance(piece, str) and piece.strip()]
    return "\n".join(text for text in texts if text) or None


def headed(name: Any, content: Any) -> str:
    """Return a part of a posting under its heading, as HTML."""
    heading = words(name)
    body = content if isinstance(content, str) else ""
    return f"<h3>{html.escape(heading)}</h3>{body}" if heading and body else body


def day(value: Any) -> str | None:
    """Return the day that a field names, as ISO writes it."""
    found = read_date(words(value))
    return found.isoformat() if found else None


def pay(low: Any, high: Any, currency: Any = None, interval: Any = None) -> Row:
    """Return what a board states of pay; nothing where it names no amount."""
    amounts = [_amount(low), _amount(high)]
    if not any(amounts):
        return {}
    said = (words(interval) or "").lower()
    period = next((name for name, pattern in _PERIODS.items() if re.search(pattern, said)), None)
    return {"pay_low": amounts[0], "pay_high": amounts[1], "pay_currency": words(currency), "pay_period": period}


def _amount(value: Any) -> float | int | None:
    try:
        number = float(str(value).replace(",", ""))
    except ValueError:
        return None
    if not 0 < number < 1e12:
        return None
    return int(number) if number == int(number) else number


def workplace(item: Item, **flags: str) -> str | None:
    """Return remote, hybrid or on-site where just one of the flags named `workplace=field` is set."""
    said = [name.replace("_", "-") for name, field in flags.items() if item.get(field) is True]
    return said[0] if len(said) == 1 else None
