"""Reads one PDF or DOCX in a process of its own, so that a hostile file can only hurt this process.

Run by `pipeline.postings` as `python -I document_worker.py pdf|docx`, with the file on standard input. Prints one JSON
object: `{"text": ...}` (PDF), `{"html": ...}` (DOCX) or `{"error": reason}`. Imports nothing of the project.
"""

import io
import json
import re
import sys
import zipfile
from collections.abc import Callable, Mapping
from typing import Any

MEMORY_LIMIT = 1 << 30  # bytes
CPU_SECONDS = 20
MAX_PAGES = 60
MAX_TEXT = 2_000_000  # characters
MAX_ZIP_ENTRIES = 2_000
MAX_UNPACKED = 50_000_000  # bytes

PDFIUM_PASSWORD_ERROR = 4  # FPDF_ERR_PASSWORD


class Unreadable(Exception):
    """The reason, in a few words."""


def limit_resources() -> None:
    """Cap memory and processor time where the platform can (POSIX)."""
    try:
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_LIMIT, MEMORY_LIMIT))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))


def read_pdf(data: bytes) -> dict[str, str]:
    """Return the text of a PDF, columns one after the other."""
    import pypdfium2 as pdfium

    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        if getattr(error, "err_code", None) == PDFIUM_PASSWORD_ERROR or "password" in str(error).lower():
            raise Unreadable("it is encrypted; save it without a password") from error
        raise Unreadable("it is not a readable PDF, or is damaged") from error
    if len(document) > MAX_PAGES:
        raise Unreadable(f"it has {len(document):,} pages; at most {MAX_PAGES} are read")
    pages = [page_text(document[number]) for number in range(len(document))]
    text = "\n".join(pages).strip()
    if not text:
        raise Unreadable("it holds no text, only images; save it with selectable text")
    return {"text": text[:MAX_TEXT]}


def page_text(page) -> str:  # type: ignore[no-untyped-def]
    """Return a page's text; where an empty vertical band splits the page, the left column first."""
    text_page = page.get_textpage()
    gutter = find_gutter([text_page.get_rect(i) for i in range(text_page.count_rects())], *page.get_size())
    if gutter is None:
        text = text_page.get_text_range()
    else:
        text = text_page.get_text_bounded(right=gutter) + "\n" + text_page.get_text_bounded(left=gutter)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    # PDFium marks a soft hyphen at a line's end with U+FFFE or U+0002.
    return re.sub("[\ufffe\x02]\n?", "", text)


def find_gutter(boxes: list[tuple[float, float, float, float]], width: float, height: float) -> float | None:
    """Return the middle of the widest empty vertical band, or None for a page of one column.

    Boxes are (left, bottom, right, top) in points. Wide boxes and the page's head, which may span
    both columns, do not count. A column needs at least a fifth of the boxes on either side.
    """
    spans = sorted((left, right) for left, _, right, top in boxes if right - left < 0.6 * width and top < 0.9 * height)
    if len(spans) < 20:
        return None
    best: tuple[float, float] | None = None
    reach = spans[0][1]
    for left, right in spans[1:]:
        middle = (reach + left) / 2
        if left - reach > 0.025 * width and 0.2 * width < middle < 0.8 * width:
            best = max(best or (0.0, 0.0), (left - reach, middle))
        reach = max(reach, right)
    if best is None:
        return None
    on_left = sum(right < best[1] for _, right in spans)
    return best[1] if 0.2 < on_left / len(spans) < 0.8 else None


def check_zip(data: bytes) -> None:
    """Refuse archives that are encrypted, unpack to too much, or declare XML entities."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        entries = archive.infolist()
        if any(entry.flag_bits & 1 for entry in entries):
            raise Unreadable("it is encrypted; save it without a password")
        if len(entries) > MAX_ZIP_ENTRIES or sum(entry.file_size for entry in entries) > MAX_UNPACKED:
            raise Unreadable("it unpacks to more than a document should")
        if "word/document.xml" not in archive.namelist() and not any(
            n.endswith("document.xml") for n in archive.namelist()
        ):
            raise Unreadable("it is not a Word document")
        for entry in entries:
            if entry.filename.endswith((".xml", ".rels")) and b"<!DOCTYPE" in archive.read(entry):
                raise Unreadable("it declares XML entities, which a Word document never does")
    except (zipfile.BadZipFile, NotImplementedError, OSError, EOFError) as error:
        raise Unreadable("it is not a readable Word document, or is damaged") from error


def read_docx(data: bytes) -> dict[str, str]:
    """Return a Word document as HTML, with its headings, lists and tables."""
    check_zip(data)
    import mammoth

    result = mammoth.convert_to_html(
        io.BytesIO(data), convert_image=mammoth.images.img_element(lambda image: {"src": ""})
    )
    if not result.value.strip():
        raise Unreadable("it holds no text")
    return {"html": result.value[:MAX_TEXT]}


def answer_with(readers: Mapping[str, Callable[[bytes], Mapping[str, Any]]]) -> None:
    """Read standard input as the format named by the first argument; print the answer, or why there is none."""
    limit_resources()
    data = sys.stdin.buffer.read()
    try:
        answer = readers[sys.argv[1]](data)
    except Unreadable as error:
        answer = {"error": str(error)}
    except (MemoryError, RecursionError):
        answer = {"error": "it needs more memory than a document should"}
    except Exception as error:  # whatever a hostile file sets off in a parser is a reason not to read it
        answer = {"error": f"it is damaged ({type(error).__name__})"}
    json.dump(answer, sys.stdout)


if __name__ == "__main__":
    answer_with({"pdf": read_pdf, "docx": read_docx})
