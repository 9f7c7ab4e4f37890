"""Lines such as "Location: Kassel" at the head of a posting."""

import re
from collections.abc import Iterable

from pipeline.postings.column_names import known_heading

MAX_LABEL, MAX_VALUE, MAX_PLACE = 40, 200, 80  # characters
LABEL_LINES = 25  # from the top, among which labelled lines are looked for
LABELS = {
    "title": "title",
    "company": "company",
    "location": "location",
    "url": "url",
    "posted on": "posted_on",
    "id": "id",
}
FIELDS = ("pay", "employment", "workplace", "seniority", "experience", "language", "country")
_LABEL = re.compile(
    r"^[ \t]*[-*•]?[ \t]*(?:\*\*|__)?([^\W\d_][\w /().'’-]{1,30}?)(?:\*\*|__)?[ \t]*[:：](?:\*\*|__)?[ \t]*(\S.*)$"
)
_PARTS = re.compile(r"\s+[|·•]\s+|\s*&nbsp;\s*|(?<![:\s])(?:\t+|\s{3,})")
_ADDRESS = re.compile(r"^\W*(?:https?://|www\.)\S+\W*$|\]\(https?://", re.I)
_EMPHASIS = re.compile(r"\*\*|__|^[*_]|[*_]$|<(https?://[^>]+)>")


def labelled_lines(text: str) -> dict[str, str]:
    """Return what lines such as "Location: Kassel" near the top of a posting say, by what a posting has.

    >>> labelled_lines("# Welder\\n\\n**Standort:** Kassel")
    {'location': 'Kassel'}
    """
    parts = (part for line in text.split("\n")[:LABEL_LINES] for part in _PARTS.split(line))
    labels = (_LABEL.match(part) for part in parts)
    return labelled_pairs([(label[1], label[2]) for label in labels if label])


def labelled_pairs(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return what pairs of a label and a value say, by what a posting has; the first of each counts."""
    found: dict[str, str] = {}
    for label, value in pairs:
        if not 0 < len(label) <= MAX_LABEL or not 0 < len(value) <= MAX_VALUE:
            continue
        heading = known_heading(label) or ""
        role = LABELS.get(heading) or (heading.replace(" ", "_") if heading in FIELDS else "")
        if role:
            if (role == "location" and len(value) > MAX_PLACE) or (role == "url" and not _ADDRESS.search(value)):
                continue
            found.setdefault(role, _EMPHASIS.sub(lambda mark: mark[1] or "", value).strip())
    return found
