"""A letter as PDF, Word or plain text, under the same head and in the same look as the resume it goes with."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal, get_args

from pipeline.core import RolemapError
from pipeline.resumes.model import Resume
from pipeline.resumes.writing.docx import write_docx
from pipeline.resumes.writing.export import ExportedFile, export_name
from pipeline.resumes.writing.look import DEFAULT_LOOK, Look, style_of
from pipeline.resumes.writing.outline import Entry, Line, Link, Outline, Section, clean
from pipeline.resumes.writing.pdf import write_pdf
from pipeline.resumes.writing.sections import build_outline
from pipeline.resumes.writing.wording import wording_of

LetterSuffix = Literal["pdf", "docx", "txt"]
LETTER_SUFFIXES: tuple[LetterSuffix, ...] = get_args(LetterSuffix)


@dataclass(frozen=True)
class LetterBlock:
    """A part of a letter: a paragraph, or what was done in one job (`position` and `employer` head the bullets)."""

    text: str = ""
    label: str = ""
    position: str = ""
    employer: str = ""
    bullets: tuple[str, ...] = ()


def resume_language(resume: Resume) -> str:
    """Return the code of the language that a resume is written in; that of English where it cannot be told."""
    return wording_of(resume).language


def export_letter(
    resume: Resume, blocks: Sequence[LetterBlock], suffix: str, *, job_name: str, look: Look = DEFAULT_LOOK
) -> ExportedFile:
    """Return the letter as a file under the head of the resume. Raises RolemapError for an unknown suffix."""
    name = export_name(resume, f"{job_name} Letter", suffix, look)
    outline = _outline(resume, blocks, look)
    if suffix == "txt":
        return ExportedFile(name, _text(outline).encode())
    if suffix == "docx":
        return ExportedFile(name, write_docx(outline, style_of(look)))
    if suffix == "pdf":
        data, notices = write_pdf(outline, style_of(look))
        return ExportedFile(name, data, tuple(notices))
    raise RolemapError(f"There is no letter as {suffix!r}. Choose among {', '.join(LETTER_SUFFIXES)}.")


def _outline(resume: Resume, blocks: Sequence[LetterBlock], look: Look) -> Outline:
    head = build_outline(Resume(basics=resume.basics), wording_of(resume), look)
    return replace(head, headline="", sections=tuple(Section("other", "", (_entry(block),)) for block in blocks))


def _entry(block: LetterBlock) -> Entry:
    kind: Literal["labelled", "paragraph"] = "labelled" if block.label else "paragraph"
    lines = [Line(kind, clean(block.text), block.label)] if block.text else []
    lines += [Line("bullet", clean(text)) for text in block.bullets]
    position, employer = clean(block.position), clean(block.employer)
    return Entry(title=position or employer, subtitle=Link(employer if position else ""), lines=tuple(lines))


def _text(outline: Outline) -> str:
    parts = ["\n".join(filter(None, (outline.name, *(link.text for link in outline.contact))))]
    for section in outline.sections:
        for entry in section.entries:
            head = ", ".join(filter(None, (entry.title, entry.subtitle.text)))
            marks = {"bullet": "- ", "paragraph": ""}
            lines = [marks.get(line.kind, f"{line.label}: ") + line.text for line in entry.lines]
            parts.append("\n".join([f"{head}:", *lines] if head else lines))
    return "\n\n".join(filter(None, parts)) + "\n"
