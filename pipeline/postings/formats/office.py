"""Documents of PDF readers and word processors: one posting a file."""

from pipeline.core import UnreadableDocument
from pipeline.postings.encodings import without_controls
from pipeline.postings.formats.content import Content, Document, Format
from pipeline.postings.formats.hostile import run_worker
from pipeline.postings.labels import labelled_pairs
from pipeline.postings.web_text import html_to_text, label_pairs

OLD_OFFICE = b"\xd0\xcf\x11\xe0"


def _read_pdf(data: bytes) -> Content:
    if b"%PDF" not in data[:1024]:
        raise UnreadableDocument("it is not a PDF, whatever its ending says")
    return Content(document=Document(text=without_controls(run_worker("pdf", data)["text"])))


def _read_docx(data: bytes) -> Content:
    if data.startswith(OLD_OFFICE):
        raise UnreadableDocument("it is encrypted, or an old .doc; save it as .docx without a password")
    if not data.startswith(b"PK"):
        raise UnreadableDocument("it is not a Word document, whatever its ending says")
    html = run_worker("docx", data)["html"]
    return Content(document=Document(text=html_to_text(html), fields=labelled_pairs(label_pairs(html))))


def _read_odt(data: bytes) -> Content:
    if not data.startswith(b"PK"):
        raise UnreadableDocument("it is not an OpenDocument text, whatever its ending says")
    return Content(document=Document(text=without_controls(run_worker("odt", data)["text"])))


def _read_rtf(data: bytes) -> Content:
    if not data.lstrip()[:5] == b"{\\rtf":
        raise UnreadableDocument("it is not rich text (RTF), whatever its ending says")
    return Content(document=Document(text=without_controls(run_worker("rtf", data)["text"])))


FORMATS = (
    Format((".pdf",), _read_pdf, is_costly=True),
    Format((".docx",), _read_docx, is_costly=True),
    Format((".odt",), _read_odt, is_costly=True),
    Format((".rtf",), _read_rtf, is_costly=True),
)
