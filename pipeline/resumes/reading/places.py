"""Words for places: enough countries, states and cities to tell a place from an employer."""

import re

from pipeline.resumes.reading.job_words import is_organisation
from pipeline.resumes.reading.lines import COMMA
from pipeline.resumes.reading.words import wordings

_STATE_NAMES = frozenset(wordings("places", "states"))
_NAMES = _STATE_NAMES | frozenset(wordings("places", "countries"))
_TOWNS = frozenset(wordings("places", "cities"))
_STATE_CODES = frozenset(wordings("places", "state_codes"))
_CODES = _STATE_CODES | frozenset(wordings("places", "country_codes"))
_LEGAL_SUFFIX = re.compile(
    r"\b(?:gmbh|ag|inc|llc|ltd|limited|corp|plc|s\.?a\.?|sarl|s\.?r\.?l|b\.?v|a/s|aps|ab|oy|kg|se)\.?$", re.I
)
_SMALL_WORDS = "de|del|la|le|les|am|an|der|den|of|sur|upon|do|da|dos|d'|el|al|zu"
_TOWN_SHAPE = re.compile(rf"(?:[A-ZÀ-ÞĀ-Ž][\w.'’\-]*|{_SMALL_WORDS})(?: (?:[A-ZÀ-ÞĀ-Ž(][\w.'’\-)]*|{_SMALL_WORDS}))*")
_REMOTE = re.compile(
    r"(?:fully |100% )?(?:remote|hybrid|on-?site|home ?office|télétravail|teletrabajo|remoto)(?: work)?", re.I
)
_STATE_TOWN_SHAPE = re.compile(
    r"(?:[A-ZÀ-ÞĀ-Ž][\w.'’\-]*|de|del|la|le|les|am|an|der|den|of|sur|upon|do|da|dos|d'|el|al|zu)(?: "
    r"(?:[A-ZÀ-ÞĀ-Ž(][\w.'’\-)]*|de|del|la|le|les|am|an|der|den|of|sur|upon|do|da|dos|d'|el|al|zu))*"
)


def is_region(text: str) -> bool:
    """Tell whether a text is a country, a state or their code."""
    text = text.strip(" .()")
    return text.lower() in _NAMES or text in _CODES or (text + ".") in _CODES


def is_state(text: str) -> bool:
    """Tell whether a text is a state of the USA, or a state's or province's code."""
    text = text.strip(" .()")
    return text.lower() in _STATE_NAMES or text in _STATE_CODES


def is_town(text: str) -> bool:
    """Tell whether a text is a city that is known."""
    return text.strip(" .()").lower() in _TOWNS


def is_place(text: str) -> bool:
    """Tell whether a text names a place and nothing else: a region or city, a city and its region, or remote."""
    text = COMMA.sub(",", text)
    text = re.sub(r"^(?:in|from|based in|located in|location:|ort:|lieu ?:)\s+", "", text.strip(), flags=re.I).strip(
        " ()"
    )
    text = re.sub(r"\s*[(/,;–-]?\s*\(?(?:remote|hybrid|on-?site)\)?$", "", text, flags=re.I) or text
    if _REMOTE.fullmatch(text) or is_region(text) or is_town(text):
        return True
    pieces = [piece.strip() for piece in re.split(r"[,/;]| [–-] ", text) if piece.strip()]
    if not 2 <= len(pieces) <= 4 or len(text) > 60:
        return False
    if any(is_organisation(piece) for piece in pieces[:-1]):
        return False
    last = re.sub(r"\s+\d{4,6}(?:-\d{4})?$|^\d{4,6}\s+", "", pieces[-1])
    if len(pieces) > 2 and is_state(last) and not is_town(pieces[0]):
        return False  # "USGS, Golden, CO" too
    if is_town(last) and not is_region(last) and not is_town(pieces[0]):
        return False  # "Acme, Berlin" is an employer with its place
    if is_region(last) or is_town(last) or _REMOTE.fullmatch(last):
        return all(looks_like_town(piece) or is_place(piece) for piece in pieces[:-1])
    return is_town(pieces[0]) and all(looks_like_town(piece) for piece in pieces[1:])


def is_surely_place(text: str) -> bool:
    """Tell whether a place could not be an employer and its country: its town is known, or a state's code ends it."""
    pieces = [piece.strip() for piece in text.split(",")]
    return len(pieces) == 1 or any(map(is_town, pieces)) or is_state(pieces[-1])


def looks_like_town(text: str) -> bool:
    """Tell whether a text has the shape of a town's name: a few capitalised words, no figures but a post code."""
    text = re.sub(r"^(?:[A-Z]{1,2}-)?\d{4,6}\s+", "", text.strip(" ()"))
    return bool(text) and len(text.split()) <= 4 and (bool(_TOWN_SHAPE.fullmatch(text)) or not text[0].isascii())


def split_place(text: str) -> tuple[str, str | None]:
    """Part a place off the end of a text: `Acme GmbH, Kiel, Germany` is Acme GmbH and Kiel, Germany."""
    bracket = re.fullmatch(r"(.+?)\s*\(([^()]+)\)", text)
    if bracket and is_place(bracket[2]):
        return bracket[1], bracket[2]
    pieces = text.split(",")
    for count in (3, 2, 1):
        if len(pieces) > count:
            tail = ",".join(pieces[-count:]).strip()
            head = ",".join(pieces[:-count]).strip()
            by_suffix = (
                count == 1 and _LEGAL_SUFFIX.search(head) and looks_like_town(tail) and not _LEGAL_SUFFIX.search(tail)
            )
            if head and (is_place(tail) or by_suffix):
                return head, tail
    return text, None
