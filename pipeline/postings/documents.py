"""Bytes to text: plain text, Markdown, HTML, PDF and DOCX, each checked before it is trusted."""

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel, ConfigDict

from pipeline.core import UnreadableDocument

MAX_BYTES = 10_000_000
MAX_MARKUP = 1_000_000  # characters of Markdown; its parser is slow on hostile input beyond that
WORKER_SECONDS = 30
SUFFIXES = (".txt", ".md", ".html", ".htm", ".pdf", ".docx")

_FRONT_MATTER = re.compile(r"\A---[ \t]*\n(.*?)\n---[ \t]*(?:\n|\Z)", re.S)
_SIGNATURES = {
    b"%PDF": "a PDF",
    b"PK\x03\x04": "a ZIP archive or Office file",
    b"\xd0\xcf\x11\xe0": "an old or encrypted Office file",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
    b"\x7fELF": "a program",
    b"MZ\x90": "a program",
    b"\x1f\x8b": "a compressed file",
    b"PAR1": "a Parquet file",
}


class Document(BaseModel):
    """What one file says: its text and the fields its front matter or markup names."""

    model_config = ConfigDict(frozen=True)

    text: str
    fields: dict[str, str] = {}


def read_document(data: bytes, suffix: str) -> Document:
    """Read one document by its ending, once its content bears the ending out.

    Raises UnreadableDocument with the reason: oversize, empty, encrypted, image-only, damaged, or not what its
    ending says.
    """
    suffix = suffix.lower()
    if len(data) > MAX_BYTES:
        raise UnreadableDocument(f"it is larger than {MAX_BYTES // 1_000_000} MB")
    if not data.strip():
        raise UnreadableDocument("it is empty")
    if suffix == ".pdf":
        document = Document(text=_read_pdf(data))
    elif suffix == ".docx":
        document = _read_docx(data)
    elif suffix in (".html", ".htm"):
        document = read_html(decode(data))
    elif suffix == ".md":
        document = _read_markdown(decode(data))
    elif suffix == ".txt":
        document = _read_plain(decode(data))
    else:
        raise UnreadableDocument(f"files ending in {suffix or 'nothing'} are not read; use {', '.join(SUFFIXES)}")
    if not any(character.isalnum() for character in document.text):
        raise UnreadableDocument("it holds no text")
    return document


def decode(data: bytes) -> str:
    """Return the text of a file whose encoding is not known: UTF-8 or UTF-16 by their marks, else the likeliest.

    Raises UnreadableDocument for binary data.
    """
    for signature, what in _SIGNATURES.items():
        if data.startswith(signature):
            raise UnreadableDocument(f"it is {what}, not text; give it its right ending")
    if not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            return _without_controls(data.decode("utf-8-sig"))
        except UnicodeDecodeError:
            pass
    from charset_normalizer import from_bytes

    best = from_bytes(data).best()
    if best is None:
        raise UnreadableDocument("it is not text in any encoding that is known")
    # Western European text is often taken for Central European: the two differ in letters only.
    encoding = "cp1252" if best.encoding == "cp1250" and _decodes(data, "cp1252") else best.encoding
    return _without_controls(data.decode(encoding, errors="replace"))


def _decodes(data: bytes, encoding: str) -> bool:
    try:
        data.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _without_controls(text: str) -> str:
    if text.count("\x00") > len(text) // 100:
        raise UnreadableDocument("it is binary data, not text")
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufeff]", " ", text)


def run_worker(kind: str, data: bytes, script: str = "document_worker.py") -> dict[str, Any]:
    """Have a worker script of this package read a hostile format, within bounded time and memory.

    Raises UnreadableDocument with the worker's reason, or when it ran out of its bounds.
    """
    command = [sys.executable, "-I", str(Path(__file__).parent.parent / "workers" / script), kind]
    try:
        done = subprocess.run(command, input=data, capture_output=True, timeout=WORKER_SECONDS, check=False)
        answer: dict[str, Any] = json.loads(done.stdout)
    except subprocess.TimeoutExpired as error:
        raise UnreadableDocument(f"reading it took more than {WORKER_SECONDS} seconds") from error
    except ValueError as error:
        raise UnreadableDocument("reading it took more time or memory than a document should") from error
    if "error" in answer:
        raise UnreadableDocument(answer["error"])
    return answer


def _read_pdf(data: bytes) -> str:
    if b"%PDF" not in data[:1024]:
        raise UnreadableDocument("it is not a PDF, whatever its ending says")
    return _without_controls(run_worker("pdf", data)["text"])


def _read_docx(data: bytes) -> Document:
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise UnreadableDocument("it is encrypted, or an old .doc; save it as .docx without a password")
    if not data.startswith(b"PK"):
        raise UnreadableDocument("it is not a Word document, whatever its ending says")
    return Document(text=html_to_text(run_worker("docx", data)["html"]))


def _read_plain(text: str) -> Document:
    body, fields = split_front_matter(text)
    return Document(text=body.strip(), fields=fields)


def _read_markdown(text: str) -> Document:
    body, fields = split_front_matter(text)
    return Document(text=markdown_to_text(body), fields=fields)


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


def markdown_to_text(text: str) -> str:
    """Return what a reader of the rendered Markdown sees, lists as lines that start with a hyphen."""
    if len(text) > MAX_MARKUP:
        return text
    from markdown_it import MarkdownIt

    return html_to_text(MarkdownIt("commonmark", {"html": False}).enable("table").render(text))


_BLOCKS = {
    *(
        [
            "address",
            "article",
            "aside",
            "blockquote",
            "body",
            "br",
            "caption",
            "dd",
            "details",
            "div",
            "dl",
            "dt",
            "fieldset",
            "figure",
            "figcaption",
            "footer",
            "form",
        ]
    ),
    *(
        [
            "h1",
            "h2",
            "h3",
            "h4",
            "h5",
            "h6",
            "header",
            "hr",
            "li",
            "main",
            "nav",
            "ol",
            "option",
            "p",
            "pre",
            "section",
            "summary",
            "table",
            "tbody",
            "td",
            "th",
            "thead",
            "tr",
            "ul",
        ]
    ),
}
_NOT_TEXT = "script, style, noscript, template, svg, iframe, object, button, select, head"
_AROUND_TEXT = (
    "nav, footer, form, dialog, [role=navigation], [role=banner], [role=contentinfo], [role=dialog], "
    "[aria-hidden=true], "
    "[class*=cookie], [id*=cookie], [class*=consent], [id*=consent]"
)
_MAIN_TEXT = "main, article, [role=main], [itemprop=description], #job-description, .job-description, #content"
MIN_MAIN_TEXT = 200  # characters; a shorter main element is a frame, not the posting


def html_to_text(html: str) -> str:
    """Return the visible text of a piece of HTML, one line a block, list items led by a hyphen."""
    from selectolax.lexbor import LexborHTMLParser

    root = LexborHTMLParser(html).root
    return _visible_text(root)


def read_html(html: str) -> Document:
    """Read a saved job page: its JSON-LD `JobPosting` where there is one, else its main text without the frame."""
    from selectolax.lexbor import LexborHTMLParser

    page = LexborHTMLParser(html)
    posting = _job_posting([node.text() for node in page.css('script[type="application/ld+json"]')])
    heading = page.css_first("h1") or page.css_first("title")
    posted = page.css_first("time[datetime]")
    fields = {
        "title": _one_line(heading.text()) if heading else "",
        "posted_on": (posted.attributes.get("datetime") or "") if posted else "",
    }
    for node in page.css(_AROUND_TEXT):
        node.decompose()
    parts = [_visible_text(node) for node in page.css(_MAIN_TEXT)]
    text = max(parts, key=len, default="")
    if len(text) < MIN_MAIN_TEXT:
        text = _visible_text(page.root)
    if posting:
        described = html_to_text(str(posting.get("description") or ""))
        text = described if len(described) >= MIN_MAIN_TEXT else text
        fields |= _posting_fields(posting)
    return Document(text=text, fields={key: value for key, value in fields.items() if value})


def _visible_text(root: Any) -> str:
    for node in root.css(_NOT_TEXT) if root is not None else []:
        node.decompose()
    pieces: list[str] = []
    for node in root.traverse(include_text=True) if root is not None else []:
        if node.tag == "-text":
            # A block's closing tag is no node: whatever follows a block starts a line of its own.
            if node.prev is not None and node.prev.tag in _BLOCKS:
                pieces.append("\n")
            pieces.append(re.sub(r"\s+", " ", node.text(deep=False)))
        elif node.tag == "li":
            pieces.append("\n- ")
        elif node.tag in _BLOCKS or (node.prev is not None and node.prev.tag in _BLOCKS):
            pieces.append("\n")
    lines = [re.sub(r"[ \t\xa0]+", " ", line).strip() for line in "".join(pieces).split("\n")]
    text = "\n".join(line for line in lines if line and line != "-")
    return re.sub(r"^- *\n", "- ", text, flags=re.M)


def _one_line(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


def _job_posting(scripts: list[str]) -> dict[str, Any] | None:
    """Return the first schema.org JobPosting among the JSON-LD blocks of a page."""
    for script in scripts:
        try:
            waiting = [json.loads(script)]
        except (ValueError, RecursionError):
            continue
        while waiting:
            item = waiting.pop()
            if isinstance(item, list):
                waiting.extend(reversed(item))
            elif isinstance(item, dict):
                if item.get("@type") in ("JobPosting", ["JobPosting"]):
                    return item
                graph = item.get("@graph")
                waiting.extend(reversed(graph) if isinstance(graph, list) else [graph])
    return None


def _posting_fields(posting: dict[str, Any]) -> dict[str, str]:
    def pick(value: Any, *path: str) -> str:
        for key in path:
            value = value[0] if isinstance(value, list) and value else value
            value = value.get(key) if isinstance(value, dict) else None
        return _one_line(value) if isinstance(value, str) else ""

    locality = [pick(posting, "jobLocation", "address", key) for key in ("addressLocality", "addressCountry")]
    return {
        "title": pick(posting, "title"),
        "company": pick(posting, "hiringOrganization", "name"),
        "location": ", ".join(part for part in locality if part),
        "posted_on": pick(posting, "datePosted"),
        "url": pick(posting, "url"),
    }
