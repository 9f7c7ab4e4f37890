"""Lines such as "Location: Kassel" at the head of a posting."""

import re
from collections.abc import Iterable

from pipeline.postings.column_names import name_scores

MAX_LABEL, MAX_VALUE = 40, 200  # characters
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
SURE = 0.95  # of a label's name, from which it is one
_LABEL = re.compile(
    r"^[ \t]*[-*•]?[ \t]*(?:\*\*|__)?([^\W\d_][\w /().'’-]{1,30}?)(?:\*\*|__)?[ \t]*[:：](?:\*\*|__)?[ \t]*(\S.*)$"
)
_EMPHASIS = re.compile(r"\*\*|__|^[*_]|[*_]$|<(https?://[^>]+)>")


def labelled_lines(text: str) -> dict[str, str]:
    """Return what lines such as "Location: Kassel" near the top of a posting say, by what a posting has.

    >>> labelled_lines("# Welder\\n\\n**Standort:** Kassel")
    {'location': 'Kassel'}
    """
    labels = (_LABEL.match(line) for line in text.split("\n")[:LABEL_LINES])
    return labelled_pairs([(label[1], label[2]) for label in labels if label])


def labelled_pairs(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return what pairs of a label and a value say, by what a posting has; the first of each counts."""
    found: dict[str, str] = {}
    for label, value in pairs:
        if not 0 < len(label) <= MAX_LABEL or not 0 < len(value) <= MAX_VALUE:
            continue
        scores = name_scores(label.strip(" :*_"))
        heading = max(scores, key=lambda key: scores[key], default="")
        role = LABELS.get(heading) or (heading.replace(" ", "_") if heading in FIELDS else "")
        if role and scores[heading] >= SURE:
            found.setdefault(role, _EMPHASIS.sub(lambda mark: mark[1] or "", value).strip())
    return found
