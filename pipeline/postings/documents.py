"""One document: its text and what it says of itself, from the bytes of a file."""

from pathlib import Path

from pipeline.core import ContentCache, UnreadableDocument, content_key
from pipeline.postings.dates import read_date
from pipeline.postings.formats import Content, Document, find_format, known_formats, read_content
from pipeline.postings.head_lines import head_fields, reads_like_title, split_company
from pipeline.postings.labels import labelled_lines, labelled_pairs
from pipeline.postings.vacancy import FIELD_NAMES, Vacancy

DOCUMENT_KIND = "document-v2"  # raise the number when reading changes, so that cached texts are read anew
SUFFIXES = tuple(suffix for suffix, form in known_formats().items() if not form.holds_rows)
ROW_SUFFIXES = tuple(suffix for suffix, form in known_formats().items() if form.holds_rows)

# What documents call their fields, beside the names of a posting's own.
_ALIASES = {
    "title": ("title", "job_title", "position"),
    "company": ("company", "company_name", "employer"),
    "location": ("location", "place", "city"),
    "url": ("url", "link"),
    "posted_on": ("posted_on", "date_posted", "posted", "date"),
}


def read_document(data: bytes, suffix: str) -> Document:
    """Read a file that holds one document, by its ending. Raises UnreadableDocument with the reason."""
    content = read_content(data, suffix)
    if content.document is None:
        raise UnreadableDocument("it holds a list, not one document")
    return content.document


def read_cached(data: bytes, suffix: str, cache: ContentCache | None) -> Content:
    """Read a file; the costly formats come from the cache when the same bytes were read before."""
    if cache is None or not find_format(suffix).is_costly:
        return read_content(data, suffix)
    key = content_key(suffix, data)
    stored = cache.get_many(DOCUMENT_KIND, [key]).get(key)
    if stored is not None:
        return Content(document=Document.model_validate_json(stored))
    content = read_content(data, suffix)
    if content.document is not None:
        cache.put_many(DOCUMENT_KIND, {key: content.document.model_dump_json().encode()})
    return content


def vacancy_from_document(name: str, document: Document, *, is_stem_shared: bool = False) -> Vacancy:
    """Make a posting of a file that holds just one; `name` is its path relative to the folder.

    A stem that many files share names none of them.
    """
    fields = (
        labelled_lines(document.text)
        | head_fields(document.text)
        | labelled_pairs(document.fields.items())
        | {key: value for key, value in document.fields.items() if value}
    )
    stated = {role: next((fields[key] for key in keys if fields.get(key)), None) for role, keys in _ALIASES.items()}
    first = document.text.split("\n", 1)[0].lstrip("# ").strip()
    stem = None if is_stem_shared else Path(name).stem
    title = stated["title"] or (first if reads_like_title(first) else stem)
    if title and not stated["company"] and (parts := split_company(title)) and _is_labelled(document):
        title, stated["company"] = parts
    return Vacancy(
        id=name,
        text=document.text,
        title=title,
        company=stated["company"],
        location=stated["location"],
        url=stated["url"],
        posted_on=read_date(stated["posted_on"]),
        source=name,
        fields={key: fields[key] for key in FIELD_NAMES if fields.get(key)},
    )


def _is_labelled(document: Document) -> bool:
    """Tell whether a document states fields of its own, so that its heading is one too."""
    return bool(document.fields.keys() & {"location", "url", "posted_on"})
