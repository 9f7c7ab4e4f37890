"""Saved pages: the `JobPosting` that they carry for search engines, else their main text without the frame."""

import html
import json
import re
from collections.abc import Iterator
from typing import Any

from pipeline.postings.cleaning import clean_line, clean_text
from pipeline.postings.encodings import decode
from pipeline.postings.formats.content import Content, Document, Format
from pipeline.postings.labels import labelled_pairs
from pipeline.postings.records import as_rows
from pipeline.postings.sources import SOURCES, look_up
from pipeline.postings.web_text import html_to_text, label_pairs, visible_text

MAX_DEPTH = 20
MIN_MAIN_TEXT = 200  # characters; a shorter main element is a frame, not the posting
_AROUND_TEXT = (
    "nav, footer, form, dialog, [role=navigation], [role=banner], [role=contentinfo], [role=dialog], "
    "[aria-hidden=true], [class*=cookie], [id*=cookie], [class*=consent], [id*=consent], [id*=onetrust], "
    "[class*=gdpr], [id*=gdpr], [id*=usercentrics], [id*=didomi], [class*=breadcrumb]"
)
_MAIN_TEXT = "main, article, [role=main], [itemprop=description], #job-description, .job-description, #content"
MAX_NOTICE = 3_000  # characters of a notice about cookies
_CONSENT = re.compile(
    r"\bcookies?\b[^\0]{0,600}\b(?:consent|accept|agree|partners|preferences|zustimm\w*|akzeptier\w*|einwillig\w*|accept\w+|"
    r"consent\w*|acept\w*|accett\w*|akceptuj\w*|accepteer\w*|godk\w+)",
    re.I,
)
_JOB_POSTING = next(source for source in SOURCES if source.name == "schema.org JobPosting")
_PLACE_ROLES = {"location": ", ", "text": "\n\n"}


def _read(data: bytes) -> Content:
    return read_page(decode(data))


def read_page(text: str) -> Content:
    """Return a page's posting, or a tree of them where it carries several."""
    from selectolax.lexbor import LexborHTMLParser

    page = LexborHTMLParser(text)
    postings = find_job_postings([node.text() for node in page.css('script[type*="ld+json"]')])
    postings = postings or _microdata(page)
    if len(postings) > 1:
        return Content(tree=postings, what="a page with job postings as structured data")
    if not postings and (tables := _tables(page)):
        return Content(tree=tables, what="a page with a table")
    data = [] if postings else [_load(node.text()) for node in page.css('script[type="application/json"]')]
    document = _document(page, postings[0] if postings else None)
    if len(document.text) < MIN_MAIN_TEXT and any(data):  # the page is drawn by a script from what it carries as data
        return Content(tree={"data": data}, what="a page with its data inside")
    return Content(document=document)


def read_html(text: str) -> Document:
    """Read a saved page as one posting: the first that it carries as structured data, else its main text."""
    from selectolax.lexbor import LexborHTMLParser

    page = LexborHTMLParser(text)
    postings = find_job_postings([node.text() for node in page.css('script[type*="ld+json"]')]) or _microdata(page)
    return _document(page, postings[0] if postings else None)


def _document(page: Any, posting: dict[str, Any] | None) -> Document:
    from selectolax.lexbor import LexborHTMLParser

    fields = _stated_by_page(page)
    whole = visible_text(LexborHTMLParser(page.html or "").root)
    remove_frame(page)
    parts = [visible_text(node) for node in page.css(_MAIN_TEXT)]
    text = max(parts, key=len, default="")
    if len(text) < MIN_MAIN_TEXT:
        text = visible_text(page.root) or whole
    if posting:
        stated = posting_fields(posting)
        described = stated.pop("text", "")
        text = described if len(described) >= min(MIN_MAIN_TEXT, len(text)) else text
        fields |= stated
    return Document(text=text, fields={key: value for key, value in fields.items() if value})


def _stated_by_page(page: Any) -> dict[str, str]:
    """Return what a page says of its posting in its heading, its head and its tables of two columns."""
    heading = page.css_first("h1") or page.css_first("title")
    posted = page.css_first("time[datetime]")
    canonical = page.css_first('link[rel="canonical"]') or page.css_first('meta[property="og:url"]')
    fields = {
        "title": clean_line(heading.text()) if heading else "",
        "posted_on": (posted.attributes.get("datetime") or "") if posted else "",
        "url": (canonical.attributes.get("href") or canonical.attributes.get("content") or "") if canonical else "",
    }
    fields |= {
        role: value for role, value in labelled_pairs(label_pairs(page.html or "")).items() if not fields.get(role)
    }
    return fields


def remove_frame(page: Any) -> None:
    """Take out of a page what stands around its text: menus, footers, dialogs, and whatever asks for consent."""
    for node in page.css(_AROUND_TEXT):
        node.decompose()
    whole = len(page.text())
    for node in page.css("div, section, aside, p, form"):
        text = node.text()
        if len(text) < min(MAX_NOTICE, whole) and _CONSENT.search(text) and not node.css_first("h1"):
            node.decompose()


def posting_fields(posting: dict[str, Any]) -> dict[str, str]:
    """Return what a schema.org JobPosting states, by what a posting has."""
    from pipeline.postings.cleaning import plain_value

    fields: dict[str, str] = {}
    for role, paths in _JOB_POSTING.roles().items():
        clean = clean_text if role == "text" else clean_line
        parts = [clean(plain_value(look_up(posting, (), path), "\n" if role == "text" else "; ")) for path in paths]
        fields[role] = _PLACE_ROLES.get(role, " ").join(dict.fromkeys(part for part in parts if part))
    return {role: value for role, value in fields.items() if value}


def find_job_postings(scripts: list[str]) -> list[dict[str, Any]]:
    """Return the schema.org JobPosting objects among the JSON-LD blocks of a page, in their order."""
    blocks = [_load(script) for script in scripts]
    named = {node["@id"]: node for block in blocks for node in _nodes(block) if "@id" in node and len(node) > 1}
    return [_resolved(posting, named) for block in blocks for posting in _nodes(block) if _is_posting(posting)]


def _load(script: str) -> Any:
    """Return a block of JSON-LD as data, whatever the page wrapped it in; None where it cannot be read."""
    bare = re.sub(
        r"\A\s*(?:<!--|//\s*<!\[CDATA\[|/\*\s*<!\[CDATA\[\s*\*/|<!\[CDATA\[)|(?:-->|//\s*\]\]>|/\*\s*\]\]>\s*\*/|\]\]>)\s*\Z",
        "",
        script,
    )
    bare = bare.strip().rstrip(";")
    for text in (bare, html.unescape(bare), re.sub(r",(\s*[}\]])", r"\1", bare)):
        try:
            return json.loads(text, strict=False)
        except (ValueError, RecursionError):
            continue
    return None


def _nodes(node: Any, depth: int = 0) -> Iterator[dict[str, Any]]:
    """Yield the objects of a block of JSON-LD, outer ones first; what stands in a posting belongs to it."""
    if depth > MAX_DEPTH:
        return
    if isinstance(node, dict):
        yield node
    for member in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
        yield from _nodes(member, depth + 1)


def _is_posting(node: dict[str, Any]) -> bool:
    kinds = node.get("@type")
    return any(str(kind).rsplit("/", 1)[-1] == "JobPosting" for kind in (kinds if isinstance(kinds, list) else [kinds]))


def _resolved(posting: dict[str, Any], named: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """Return a posting with the objects that it names only by their `@id` in their places."""

    def whole(value: Any) -> Any:
        if isinstance(value, dict) and set(value) <= {"@id", "@type"}:
            return named.get(str(value.get("@id")), value)
        return [whole(member) for member in value] if isinstance(value, list) else value

    return {key: whole(value) for key, value in posting.items()}


def _microdata(page: Any) -> list[dict[str, Any]]:
    """Return the JobPosting objects that a page marks up with `itemprop`."""
    return [{"@type": "JobPosting", **_properties(node)} for node in page.css('[itemtype*="schema.org/JobPosting"]')]


def _properties(scope: Any) -> dict[str, Any]:
    found: dict[str, Any] = {}
    waiting = list(scope.iter(include_text=False))[::-1]
    while waiting:
        node = waiting.pop()
        name = node.attributes.get("itemprop")
        is_scope = "itemscope" in node.attributes
        if name:
            found.setdefault(name, _properties(node) if is_scope else _property_value(node))
        if not is_scope:
            waiting.extend(list(node.iter(include_text=False))[::-1])
    return found


def _property_value(node: Any) -> str:
    for attribute in ("content", "datetime", "href", "src"):
        if value := node.attributes.get(attribute):
            return str(value)
    return html_to_text(node.html or "")


def _tables(page: Any) -> list[Any]:
    """Return the rows of a page's tables that have a header of their own, as spreadsheets saved as pages do."""
    from pipeline.postings.formats.header import rows_under_header

    found: list[Any] = []
    for table in page.css("table"):
        rows = [[html_to_text(cell.html or "") for cell in row.css("td, th")] for row in table.css("tr")]
        rows = [row for row in rows if len(row) > 2]
        if len(rows) > 2 and as_rows(rows):
            found.extend(rows_under_header(rows)[0])
    return found


FORMATS = (Format((".html", ".htm", ".xhtml"), _read),)
