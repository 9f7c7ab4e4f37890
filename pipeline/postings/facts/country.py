"""The country a posting is for, where it names one and only one."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import chain

from pipeline.core import DATA, CountryFact, Where, read_sections
from pipeline.postings.facts.vocabulary import either

PLACES = DATA / "countries.txt"
SHORTEST_NAME = 4  # letters of a company, so that it is no part of other words
HEAD_LINES = 3  # of a posting, where its place may stand
HEAD_LENGTH = 80  # characters of such a line behind the first
_LOCATION_LINE = re.compile(
    rf"^[\W_]{{0,6}}(?:(?:job|work|primary|possible|office|position) )?(?:{either('place label')})\b"
    r"[\W_]{0,6}[:：]\W{0,6}(?P<place>[^\n]{2,90})",
    re.I | re.M,
)
_CITIZENS = re.compile(
    r"\b(?P<us>[Uu]nited [Ss]tates|US|U\.S\.|USA|UNITED STATES) "
    r"(?i:citizens?\b|citizenship|nationals|persons?\b|work authori[sz]ation)|"
    r"\b(?i:authori[sz]ed|eligible|right|legally able|authori[sz]ation) to (?:legally )?work (?:full[- ]time )?"
    r"(?:with)?in (?:the )?(?P<place>[A-Z][\w.]*(?: [A-Z][\w.]+)?)",
)
_SITUATED = re.compile(
    r"\b(?:based|located|offices?|teams?|here|position is|role is|job is|work|live|relocate|onsite|on-site)"
    r"(?: \w+)? (?:in|to|at|out of) (?:the |our |downtown |beautiful |sunny |central )*(?P<place>[A-Z][^\n.;:()]{2,50})"
)
_CITY_CODE = re.compile(
    r"(?:^|(?<=[\W_]))(?P<city>[A-Z][\w.'’-]{1,30}(?: [A-Z][\w.'’-]{1,30}){0,3})(?:,\s?|\s)\(?"
    r"(?P<code>[A-Z]{2,3})\b(?!-)(?!\s[A-Z][a-z])"
)
_WORDS_TOO = frozenset("ON IN OR ME HI OK CO LA MA PA AB ID VIC ACT DE MS MD NE AL AR PE NB BC".split())


def find_country(
    fields: Mapping[str, str], location: str | None, title: str | None, text: str, *, company: str | None = None
) -> CountryFact | None:
    """Return the one country that the first place to name any names; None where that place names several.

    Looked at are, in this order, the export's field, the posting's place, its title and first line, what it says of
    its place and of who may apply, and the cities and regions that its text names with their state.
    """
    lines = (match["place"] for match in _LOCATION_LINE.finditer(text[:20_000]))
    phrases = (match["us"] or match["place"] for match in _CITIZENS.finditer(text))
    sources: list[tuple[Where, Iterable[str]]] = [  # those of the text are looked for only where they are asked
        ("field", [fields.get("country", "")]),
        ("field", [location or ""]),
        ("title", _headlines(title, text)),
        ("text", lines),
        ("text", phrases),
        ("text", chain((match["place"] for match in _SITUATED.finditer(text)), _coded(text))),
    ]
    for where, passages in sources:
        found = {
            code: passage
            for passage in passages
            for code in countries_in(_without(company, passage), is_field=where == "field")
        }
        if len(found) == 1:
            code, passage = next(iter(found.items()))
            return CountryFact(value=code, quote=" ".join(passage.split())[:120], where=where)
        if found:
            return None
    return None


def _without(company: str | None, passage: str) -> str:
    """Return a passage without the name of the company: it may be called after a place that it does not hire in."""
    name = (company or "").strip()
    return passage.replace(name, " ") if len(name) >= SHORTEST_NAME else passage


def _headlines(title: str | None, text: str) -> list[str]:
    """Return the title, the first line, and the short ones behind it, where an ad often has its place."""
    first, *second = [line[:200] for line in text.split("\n") if line.strip()][:HEAD_LINES] or [""]
    return [title or "", first, *(line for line in second if len(line) <= HEAD_LENGTH)]


def countries_in(passage: str, *, is_field: bool = False) -> set[str]:
    """Return the countries that a short passage names by name, region, city or code.

    >>> countries_in("Toronto, ON"), sorted(countries_in("Berlin or Paris")), countries_in("DE", is_field=True)
    ({'CA'}, ['DE', 'FR'], {'DE'})
    """
    plain = passage.strip()
    if is_field and (whole := _whole_code(plain)):
        return {whole}
    parts = [part.strip() for part in re.split(r"[,|]", plain)]
    if is_field and len(parts) > 2 and (last := _whole_code(parts[-1])):
        return {last}  # "Austin, TX, US"
    by_city = _named(plain, ("cities",))
    if is_field and len(parts) == 2 and (last := _whole_code(parts[1])) in by_city:
        return {last}  # "Berlin, DE" is no place in Delaware
    by_code = {_codes()[match["code"]] for match in _CITY_CODE.finditer(plain) if _is_code(match)}
    return by_code | _named(plain, ("names", "regions")) | by_city


def _coded(text: str) -> Iterator[str]:
    """Yield the places of a text that carry the code of their state: "Folsom, CA"."""
    return (match[0] for match in _CITY_CODE.finditer(text) if _is_code(match) and "," in match[0])


def _is_code(match: re.Match[str]) -> bool:
    """Tell whether capitals behind a name are a state's code; some are words as well, and need a comma."""
    code = match["code"]
    return code in _codes() and (code not in _WORDS_TOO or "," in match[0])


def _whole_code(name: str) -> str | None:
    """Return the code that a name such as "Germany", "DE" or "DEU" stands for as a whole."""
    plain = name.strip(" .").casefold()
    if len(plain) == 2 and plain.upper() in _places():
        return plain.upper()
    by_three = {"usa": "US", "gbr": "GB", "deu": "DE", "fra": "FR", "can": "CA", "ind": "IN", "pol": "PL", "nld": "NL"}
    return by_three.get(plain) or next((code for code, kinds in _places().items() if plain in kinds["names"]), None)


def _named(passage: str, kinds: tuple[str, ...]) -> set[str]:
    return {_by_word(kind)[match[0].casefold()] for kind in kinds for match in _pattern(kind).finditer(passage)}


@lru_cache(maxsize=4)
def _pattern(kind: str) -> re.Pattern[str]:
    words = sorted(_by_word(kind), key=len, reverse=True)
    # The shortest names are words as well: "us" counts in capitals only.
    long = "|".join(re.escape(word) for word in words if len(word) > 3)
    short = "|".join(re.escape(word.upper()) for word in words if len(word) <= 3)
    names = rf"(?i:{long}){f'|{short}' if short else ''}"
    behind = r"(?![^\W_]|-(?!based)\w| (?:Central|Eastern|Pacific|time|[Dd]ollars?)\b)"  # no "US Eastern time"
    return re.compile(rf"(?<![\w.-])(?:{names}){behind}")


@lru_cache(maxsize=4)
def _by_word(kind: str) -> dict[str, str]:
    return {word: code for code, kinds in _places().items() for word in kinds[kind]}


@lru_cache(maxsize=1)
def _codes() -> dict[str, str]:
    return {word.upper(): code for code, kinds in _places().items() for word in kinds["codes"]}


@lru_cache(maxsize=1)
def _places() -> dict[str, dict[str, list[str]]]:
    places: dict[str, dict[str, list[str]]] = {}
    for code, lines in read_sections(PLACES).items():
        places[code] = defaultdict(list)
        for line in lines:
            kind, words = line.split(":", 1)
            places[code][kind] = [word.strip().casefold() for word in words.split(";")]
    return places
