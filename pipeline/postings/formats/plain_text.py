"""Plain text and Markdown: one posting a file, with front matter or labelled lines at its head."""

import re

import yaml

from pipeline.postings.column_names import name_scores
from pipeline.postings.encodings import decode
from pipeline.postings.formats.content import Content, Document, Format
from pipeline.postings.web_text import markdown_to_text

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

_FRONT_MATTER = re.compile(r"\A---[ \t]*\n(.*?)\n---[ \t]*(?:\n|\Z)", re.S)
_LABEL = re.compile(
    r"^[ \t]*[-*•]?[ \t]*(?:\*\*|__)?([^\W\d_][\w /().'’-]{1,30}?)(?:\*\*|__)?[ \t]*[:：](?:\*\*|__)?[ \t]*(\S.*)$"
)
_EMPHASIS = re.compile(r"\*\*|__|^[*_]|[*_]$|<(https?://[^>]+)>")


def split_front_matter(text: str) -> tuple[str, dict[str, str]]:
    """Return the body and the plain fields of a YAML front matter; text without one comes back whole."""
    match = _FRONT_MATTER.match(text.lstrip("\ufeff"))
    if not match:
        return text, {}
    try:
        loaded = yaml.load(match[1], Loader=yaml.BaseLoader)  # every scalar stays the text that was written
    except (yaml.YAMLError, RecursionError):
        loaded = dict(line.split(":", 1) for line in match[1].splitlines() if ":" in line)
    if not isinstance(loaded, dict):
        return text, {}
    fields = {_clean(key).lower(): _clean(value) for key, value in loaded.items() if isinstance(value, str)}
    return text[match.end() :], fields


def _clean(value: object) -> str:
    """Return a field as text; half of a surrogate pair, which YAML can spell, is no letter."""
    return str(value).encode("utf-8", "replace").decode("utf-8").strip()


def labelled_lines(text: str) -> dict[str, str]:
    """Return what lines such as "Location: Kassel" near the top of a posting say, by what a posting has.

    >>> labelled_lines("# Welder\\n\\n**Standort:** Kassel")
    {'location': 'Kassel'}
    """
    found: dict[str, str] = {}
    for line in text.split("\n")[:LABEL_LINES]:
        label = _LABEL.match(line)
        if not label or len(label[2]) > 200:
            continue
        scores = name_scores(label[1].strip())
        heading = max(scores, key=lambda key: scores[key], default="")
        role = LABELS.get(heading) or (heading.replace(" ", "_") if heading in FIELDS else "")
        if role and scores[heading] >= SURE:
            found.setdefault(role, _EMPHASIS.sub(lambda mark: mark[1] or "", label[2]).strip())
    return found


def _read(data: bytes, is_markdown: bool) -> Content:
    body, fields = split_front_matter(decode(data))
    fields = labelled_lines(body) | fields
    text = markdown_to_text(body) if is_markdown else body.strip()
    return Content(document=Document(text=text, fields=fields))


def _read_plain(data: bytes) -> Content:
    return _read(data, is_markdown=False)


def _read_markdown(data: bytes) -> Content:
    return _read(data, is_markdown=True)


FORMATS = (Format((".txt",), _read_plain), Format((".md", ".markdown"), _read_markdown))
