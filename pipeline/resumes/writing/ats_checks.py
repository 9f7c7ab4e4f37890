"""What an applicant tracking system would stumble over in an exported resume, each with the reason."""

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.resumes.model import Resume, Work
from pipeline.resumes.writing.look import DEFAULT_LOOK, Look
from pipeline.resumes.writing.outline import Outline, Section, printed_texts
from pipeline.resumes.writing.pages import page_texts
from pipeline.resumes.writing.sections import build_outline
from pipeline.resumes.writing.wording import Wording


@dataclass(frozen=True)
class Finding:
    """The outcome of one check, with the reason in a sentence."""

    check: str
    is_passed: bool
    reason: str


def check_ats(resume: Resume, data: bytes, suffix: str, read: Resume, look: Look = DEFAULT_LOOK) -> list[Finding]:
    """Return the outcome of every check on an exported file; `read` is the resume that a parser found in it.

    JSON Resume is for programs that know it: it is checked by its round trip alone.
    """
    if suffix == "json":
        return []
    outline = build_outline(resume, look=look)
    return [
        _check_contact(resume, read),
        _check_dates(resume, read, outline.wording),
        _check_headings(outline),
        *_check_content(outline, data, suffix),
    ]


def _check_contact(resume: Resume, read: Resume) -> Finding:
    absent = [name for name in ("name", "email") if not getattr(resume.basics, name)]
    lost = [
        name
        for name in ("name", "email", "phone")
        if getattr(resume.basics, name) and getattr(read.basics, name) != getattr(resume.basics, name)
    ]
    if absent:
        return Finding("contact", False, f"The resume gives no {' and no '.join(absent)}: nobody could answer it.")
    if lost:
        return Finding("contact", False, f"The {' and the '.join(lost)} cannot be read from the file.")
    return Finding("contact", True, "Name and contact details are read from the file.")


def _check_dates(resume: Resume, read: Resume, wording: Wording) -> Finding:
    undated = [job.position or job.name or "one job" for job in resume.work if not (job.start_date or job.end_date)]
    if undated:
        return Finding("dates", False, f"These jobs have no date that programs understand: {', '.join(undated)}.")
    if [_span(job, wording) for job in resume.work] != [_span(job, wording) for job in read.work]:
        return Finding("dates", False, "The dates of the jobs cannot be read from the file as they are meant.")
    return Finding("dates", True, "The dates of all jobs are read from the file.")


def _span(job: Work, wording: Wording) -> tuple[str, str]:
    return wording.date(job.start_date), wording.date(job.end_date)


def _check_headings(outline: Outline) -> Finding:
    schema_sections = [section for section in outline.sections if section.title and section.name != "other"]
    unusual = [section.title for section in schema_sections if not _is_usual(section, outline.wording)]
    if unusual:
        advice = 'The look can have "usual" headings in their place.'
        return Finding("headings", False, f"Few programs know these headings: {', '.join(unusual)}. {advice}")
    return Finding("headings", True, "The headings are usual ones.")


def _is_usual(section: Section, wording: Wording) -> bool:
    """Tell whether a heading is one that other programs know; most of them know English ones with a usual word."""
    from pipeline.resumes.reading.learned.headings import section_of

    if section_of(section.title) != section.name:
        return False
    core = wording.heading_words.get(section.name)
    return core is None or any(word in section.title.casefold() for word in core)


def _check_content(outline: Outline, data: bytes, suffix: str) -> Iterator[Finding]:
    seen = {"pdf": _look_at_pdf, "docx": _look_at_docx, "md": _look_at_markdown}[suffix](data)
    lost = [_lost(outline, text) for text in seen.texts]
    if any(lost):
        who = "Programs find" if all(lost) else "Some programs find"
        most = max(lost, key=len)
        more = f" and {len(most) - 1} more" if most[1:] else ""
        yield Finding("text", False, f"{who} other words, or another order, in place of “{most[0]}”{more}.")
    else:
        yield Finding("text", True, "All of the text can be selected, letter by letter.")
    images, tables = seen.image_count, seen.table_count
    yield Finding("images", not images, "The file holds images." if images else "No text is in images.")
    yield Finding("tables", not tables, "The file holds tables." if tables else "There are no tables.")


@dataclass(frozen=True)
class Content:
    """What a file holds: its text as each of some programs finds it, and how much that is not text."""

    texts: tuple[str, ...]
    image_count: int = 0
    table_count: int = 0


def _lost(outline: Outline, found: str) -> list[str]:
    """Return what is printed and not found, letter by letter."""
    squeezed = _squeezed(found)
    return [text for text in printed_texts(outline) if _squeezed(text) not in squeezed]


def _squeezed(text: str) -> str:
    return re.sub(r"[\s\u200b]+", "", text)


def _look_at_pdf(data: bytes) -> Content:
    from pypdf import PdfReader

    pages = PdfReader(io.BytesIO(data)).pages
    texts = (
        "\n".join(page.extract_text() for page in pages),
        "\n".join(page_texts(data)),
    )
    return Content(texts, sum(len(page.images) for page in pages), len(re.findall(rb"/S\s*/Table\b", data)))


def _look_at_docx(data: bytes) -> Content:
    from xml.etree import ElementTree

    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        body = ElementTree.fromstring(archive.read("word/document.xml"))
    named = [(element.tag.rpartition("}")[2], element.text or "") for element in body.iter()]
    names = [name for name, _ in named]
    text = "\n".join(text for name, text in named if name == "t")
    return Content((text,), names.count("drawing") + names.count("pict"), names.count("tbl"))


def _look_at_markdown(data: bytes) -> Content:
    from markdown_it import MarkdownIt

    tokens = MarkdownIt("commonmark", {"html": False}).enable("table").parse(data.decode())
    parts = [part for token in tokens for part in (token, *(token.children or []))]
    text = "\n".join(part.content or str(part.attrs.get("href", "")) for part in parts if part.type != "inline")
    kinds = [part.type for part in parts]
    return Content((text,), kinds.count("image"), kinds.count("table_open"))
