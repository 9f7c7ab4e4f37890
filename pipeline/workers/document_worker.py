"""Reads one document or spreadsheet in a process of its own, so that a hostile file can only hurt this process.

Run by `pipeline.postings` as `python -I document_worker.py pdf|docx|odt|rtf|sheets`, with the file on standard input.
Prints one JSON object: `{"text": ...}`, `{"html": ...}` (DOCX), `{"sheets": {name: rows}}` or `{"error": reason}`.
Imports nothing of the project.
"""

import datetime
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
MAX_UNPACKED_SHEETS = 600_000_000  # bytes; a spreadsheet's XML is many times its rows
MAX_ROWS = 200_000  # of all sheets together

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


def check_zip(
    data: bytes,
    what: str = "a Word document",
    needs: str | tuple[str, ...] = "document.xml",
    max_unpacked: int = MAX_UNPACKED,
) -> None:
    """Refuse archives that are encrypted, unpack to too much, lack what they need, or declare XML entities."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        entries = archive.infolist()
        if any(entry.flag_bits & 1 for entry in entries):
            raise Unreadable("it is encrypted; save it without a password")
        if len(entries) > MAX_ZIP_ENTRIES or sum(entry.file_size for entry in entries) > max_unpacked:
            raise Unreadable("it unpacks to more than a document should")
        if not any(name.endswith(needs) for name in archive.namelist()):
            raise Unreadable(f"it is not {what}")
        is_sheets = max_unpacked > MAX_UNPACKED  # their reader expands no entities, and the XML is large
        for entry in entries:
            if not is_sheets and entry.filename.endswith((".xml", ".rels")) and b"<!DOCTYPE" in archive.read(entry):
                raise Unreadable(f"it declares XML entities, which {what} never does")
    except (zipfile.BadZipFile, NotImplementedError, OSError, EOFError) as error:
        raise Unreadable(f"it is not readable as {what}, or is damaged") from error


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


def read_odt(data: bytes) -> dict[str, str]:
    """Return the text of an OpenDocument text, a line a paragraph, list items led by a hyphen."""
    check_zip(data, "an OpenDocument text", "content.xml")
    from lxml import etree  # type: ignore[import-untyped]

    content = zipfile.ZipFile(io.BytesIO(data)).read("content.xml")
    root = etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False))
    spaces = {"s": " ", "tab": "\t", "line-break": "\n"}
    lines = []
    for element in root.iter("{*}p", "{*}h"):
        parts = [element.text or ""]
        for inner in element.iter():
            if inner is not element:
                name = etree.QName(inner).localname
                parts += [spaces.get(name, "") * int(inner.get(_attribute("text", "c"), 1)), inner.text or ""]
                parts.append(inner.tail or "")
        is_item = any(etree.QName(outer).localname == "list-item" for outer in element.iterancestors())
        lines.append(("- " if is_item else "") + "".join(parts).strip())
    return {"text": "\n".join(line for line in lines if line not in ("", "- "))[:MAX_TEXT]}


def _attribute(space: str, name: str) -> str:
    return f"{{urn:oasis:names:tc:opendocument:xmlns:{space}:1.0}}{name}"


def read_rtf(data: bytes) -> dict[str, str]:
    """Return the text of rich text."""
    from striprtf.striprtf import rtf_to_text

    return {"text": rtf_to_text(data.decode("latin-1"), encoding="cp1252", errors="replace").strip()[:MAX_TEXT]}


def read_sheets(data: bytes) -> dict[str, dict[str, list[list[object]]]]:
    """Return the rows of a workbook's sheets, days as ISO text."""
    if data.startswith(b"PK"):
        check_zip(data, "a spreadsheet", (".xml", ".bin"), MAX_UNPACKED_SHEETS)
    import python_calamine as calamine

    try:
        workbook = calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
    except calamine.PasswordError as error:
        raise Unreadable("it is encrypted; save it without a password") from error
    except calamine.CalamineError as error:
        raise Unreadable("it is not a readable spreadsheet; save it as .xlsx or .csv") from error
    sheets = {}
    rows_left = MAX_ROWS
    for name in workbook.sheet_names:
        try:
            sheet = workbook.get_sheet_by_name(name)
        except calamine.CalamineError:  # a chart is no sheet of cells
            continue
        rows = [[_cell(value) for value in row] for row in sheet.to_python(skip_empty_area=False)]
        for row, addresses in find_links(data, name).items():
            if row < len(rows):
                rows[row] += addresses
        rows_left -= len(rows)
        if rows_left < 0:
            raise Unreadable(f"it has more than {MAX_ROWS:,} rows; save it as .csv")
        sheets[name] = [row for row in rows if any(cell != "" for cell in row)]
    return {"sheets": sheets}


def find_links(data: bytes, sheet_name: str) -> dict[int, list[str]]:
    """Return the web addresses that the cells of a sheet link to, by row counted from 0; of .xlsx alone."""
    from lxml import etree

    archive = zipfile.ZipFile(io.BytesIO(data)) if data.startswith(b"PK") else None
    if archive is None or "xl/workbook.xml" not in archive.namelist():
        return {}

    def tree(path: str) -> Any:
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True)
        return etree.fromstring(archive.read(path), parser) if path in archive.namelist() else etree.Element("none")

    def targets(path: str) -> dict[str, str]:
        folder, _, name = path.rpartition("/")
        return {link.get("Id", ""): link.get("Target", "") for link in tree(f"{folder}/_rels/{name}.rels")}

    parts = targets("xl/workbook.xml")
    reference = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
    sheets = {
        sheet.get("name"): parts.get(sheet.get(reference), "") for sheet in tree("xl/workbook.xml").iter("{*}sheet")
    }
    path = "xl/" + sheets.get(sheet_name, "").removeprefix("/xl/")
    addresses = targets(path)
    found: dict[int, list[str]] = {}
    for link in tree(path).iter("{*}hyperlink"):
        row = re.search(r"\d+", link.get("ref", ""))
        address = addresses.get(link.get(reference, ""), "")
        if row and address.startswith("http"):
            found.setdefault(int(row[0]) - 1, []).append(address)
    return found


def _cell(value: object) -> object:
    if isinstance(value, (datetime.date, datetime.time)):
        return value.isoformat()
    return value if isinstance(value, (str, int, float, bool)) else str(value)


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
    answer_with({"pdf": read_pdf, "docx": read_docx, "odt": read_odt, "rtf": read_rtf, "sheets": read_sheets})
