"""What the first lines of a posting say: its title, or company, role and place between bars."""

import re

from pipeline.postings.role_phrases import names_occupation

_HEADING_WORDS = re.compile(
    r"^(?:about|overview|summary|introduction|who (?:we|you)|what (?:we|you)|why |our |your |the (?:role|job|"
    r"company|opportunity)|"
    r"job (?:description|summary|title|purpose|details|overview)|position (?:summary|description|overview)|"
    r"role (?:summary|overview)|"
    r"description|responsibilities|requirements|qualifications|duties|company|location|department|salary|posted|dear|hello|hi\b|welcome|"
    r"we\b|you\b|are you|do you|join|apply|note\b|please)",
    re.I,
)
MAX_TITLE = 100  # characters
MAX_TITLE_WORDS = 12


def reads_like_title(line: str) -> bool:
    """Tell whether a first line is a job's title rather than a heading, a greeting or a sentence.

    >>> [reads_like_title(line) for line in ("Senior Data Engineer (m/f/d) - Remote", "About us", "We are hiring.")]
    [True, False, False]
    """
    words = line.split()
    if not words or len(line) > MAX_TITLE or len(words) > MAX_TITLE_WORDS or not any(c.isalpha() for c in line):
        return False
    if line[-1] in ".:!?;" or "@" in line or "://" in line or _HEADING_WORDS.match(line):
        return False
    return line[0].isalnum() and not line[0].islower()


_POSTED = re.compile(r"\b(?:re)?posted(?: on)?:?\s+(\d{4}-\d\d-\d\d)\b", re.I)
_BETWEEN = re.compile(r"\s*[|·•]\s*|\s+[-–—](?:\s+|$)")
HEAD_LINES = 5


def head_fields(text: str) -> dict[str, str]:
    """Return company, place and day of a line near the top; what stands between bars, dots or dashes is in that order.

    >>> head_fields("Varnelle - Toronto, ON - Posted 2026-09-08")
    {'company': 'Varnelle', 'location': 'Toronto, ON', 'posted_on': '2026-09-08'}
    """
    for line in text.split("\n")[:HEAD_LINES]:
        found = _POSTED.search(line)
        if not found:
            continue
        parts = [part.strip() for part in _BETWEEN.split(_POSTED.sub("", line)) if part.strip()]
        if len(parts) < 2 and line.count(",") > 1:  # "Company, City, Country, posted 2025-09-02"
            parts = [part.strip() for part in _POSTED.sub("", line).split(",", 1)]
        fields = dict(zip(("company", "location"), (part.strip(" ,") for part in parts), strict=False))
        return {key: value for key, value in fields.items() if len(value) <= MAX_TITLE} | {"posted_on": found[1]}
    return {}


_TERMS = re.compile(
    r"https?://|www\.|\b(?:full|part)[ -]?time\b|\bcontract(?:or)?\b|\bintern(?:s|ship)?\b|\bvisa\b|"
    r"[$€£]\s?\d|\b\d+k\b|\bequity\b",
    re.I,
)
_MODE = re.compile(r"\s*[(\[]?\b(?:on-?site|in-?office|hybrid)\b[^,|)]*[)\]]?\s*", re.I)
MAX_HEAD = 300  # characters of a line between bars
MIN_PARTS = 3


def read_head_line(text: str) -> dict[str, str]:
    """Return company, title and place of a posting whose first line has them between bars, in any order.

    >>> read_head_line("Odal | Graz, Austria (ONSITE) | Data Engineer | https://odal.invalid")
    {'company': 'Odal', 'title': 'Data Engineer', 'location': 'Graz, Austria'}
    """
    line = text.split("\n", 1)[0][:MAX_HEAD]
    parts = [part.strip() for part in re.split(r"\s*\|\s*", line) if part.strip()]
    if len(parts) < MIN_PARTS or len(parts[0]) > MAX_TITLE:
        return {}
    fields = {"company": re.sub(r"\s*\(?https?://\S+\)?", "", parts[0]).strip()}
    roles = [part for part in parts[1:] if names_role(part)]
    if roles:
        fields["title"] = roles[0]
    if where := next(filter(None, (_place_of(part) for part in parts[1:] if part not in roles)), None):
        fields["location"] = where
    return {key: value for key, value in fields.items() if value}


def _place_of(part: str) -> str:
    """Return a part of a head line as a place, empty where it says something else."""
    return "" if _TERMS.search(part) or len(part) > MAX_TITLE else _MODE.sub(" ", part).strip(" ,")


def names_role(part: str) -> bool:
    """Tell whether a short text names an occupation."""
    return len(part) <= MAX_TITLE and any(map(names_occupation, re.findall(r"[^\W\d_][\w-]*", part)))


def split_company(title: str) -> tuple[str, str] | None:
    """Return role and company of a heading that joins them with a dash, or None.

    >>> split_company("Pipe Welder — Brunnmark"), split_company("Nurse - Night Nurse")
    (('Pipe Welder', 'Brunnmark'), None)
    """
    parts = re.split(r"\s+[—–|@-]\s+|\s+at\s+(?=[A-Z])", title)
    if len(parts) == 2 and names_role(parts[0]) and not names_role(parts[1]):
        return parts[0].strip(), parts[1].strip()
    return None
