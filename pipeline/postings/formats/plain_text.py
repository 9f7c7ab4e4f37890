"""Plain text and Markdown: one posting a file, with front matter or labelled lines at its head."""

import re

import yaml

from pipeline.postings.encodings import decode
from pipeline.postings.formats.content import Content, Document, Format
from pipeline.postings.labels import labelled_lines
from pipeline.postings.web_text import markdown_to_text

_FRONT_MATTER = re.compile(r"\A---[ \t]*\n(.*?)\n---[ \t]*(?:\n|\Z)", re.S)


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


def _read(data: bytes, is_markdown: bool) -> Content:
    body, fields = split_front_matter(decode(data))
    if not is_markdown:
        return Content(document=Document(text=body.strip(), fields=fields))
    # Rendering joins lines, so what they are labelled with is read before.
    return Content(document=Document(text=markdown_to_text(body), fields=labelled_lines(body) | fields))


def _read_plain(data: bytes) -> Content:
    return _read(data, is_markdown=False)


def _read_markdown(data: bytes) -> Content:
    return _read(data, is_markdown=True)


FORMATS = (Format((".txt",), _read_plain), Format((".md", ".markdown"), _read_markdown))
