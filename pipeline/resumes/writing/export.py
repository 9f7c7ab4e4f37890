"""Resumes as files: PDF, Word, Markdown and JSON Resume, and all variants in one archive with a manifest.

The same resume gives the same bytes. Nothing is kept on disk.
"""

import hashlib
import io
import json
import re
import unicodedata
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Literal, get_args

from pipeline.core import RolemapError
from pipeline.resumes.model import Resume
from pipeline.resumes.writing.docx import EPOCH, write_docx
from pipeline.resumes.writing.fitting import fit
from pipeline.resumes.writing.look import DEFAULT_LOOK, LOOK_FILE, Look, style_of, write_look
from pipeline.resumes.writing.markdown import write_markdown
from pipeline.resumes.writing.pdf import write_pdf
from pipeline.resumes.writing.sections import build_outline

Suffix = Literal["pdf", "docx", "md", "json"]
EXPORT_SUFFIXES: tuple[Suffix, ...] = get_args(Suffix)
MANIFEST_NAME = "manifest.json"
WORD_FIT = "The pages counted are those of the PDF: the Word file is set the same, and Word may break it otherwise."
MAX_STEM = 120  # bytes; encrypted file systems take no more than 143 for a whole name
_DEVICE_NAMES = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)", re.I)  # no file on Windows may be called so


@dataclass(frozen=True)
class ExportedFile:
    """One resume in one format; `notices` say what the user should know about it."""

    name: str
    data: bytes
    notices: tuple[str, ...] = ()


@dataclass(frozen=True)
class ExportedVariant:
    """The resume for one cluster in every format asked for; `rewriting` says what a language model has changed."""

    cluster_slug: str
    cluster_name: str
    files: tuple[ExportedFile, ...]
    rewriting: Mapping[str, Any] | None = None


def export_resume(resume: Resume, suffix: str, *, cluster_name: str = "", look: Look = DEFAULT_LOOK) -> ExportedFile:
    """Return the resume as a file of the format that a suffix stands for. Raises RolemapError for any other suffix."""
    name = export_name(resume, cluster_name, suffix, look)
    if suffix == "json":
        document = resume.model_dump(mode="json", by_alias=True, exclude_none=True)
        return ExportedFile(name, (json.dumps(document, ensure_ascii=False, indent=2) + "\n").encode())
    outline = build_outline(resume, look=look)
    if suffix == "md":
        return ExportedFile(name, write_markdown(outline).encode())
    style, notices = style_of(look), []
    if look.pages:
        style, fitted = fit(outline, style, look.pages)
        notices = [fitted] if fitted else []
    if suffix == "pdf":
        data, said = write_pdf(outline, style)
        return ExportedFile(name, data, (*said, *notices))
    if suffix == "docx":
        return ExportedFile(name, write_docx(outline, style), tuple(f"{notice} {WORD_FIT}" for notice in notices))
    raise RolemapError(f"There is no export to {suffix!r}. Choose among {', '.join(EXPORT_SUFFIXES)}.")


def export_name(resume: Resume, cluster_name: str, suffix: str, look: Look = DEFAULT_LOOK) -> str:
    """Return a file name that says whose resume it is and for what, in any script, and that every file system takes.

    >>> export_name(Resume.model_validate({"basics": {"name": "Jane Doe"}}), "Data Engineer", "pdf")
    'Jane-Doe-Data-Engineer.pdf'
    """
    blank, between = ("-", "-") if look.file_names == "Jane-Doe-Analyst" else (" ", " - ")
    parts = [blank.join(_words(text)) for text in (resume.basics.name or "Resume", cluster_name)]
    stem = _cut(between.join(filter(None, parts)) or "Resume", blank)
    if _DEVICE_NAMES.fullmatch(stem):
        stem += f"{blank}Resume"
    return f"{stem}.{suffix}"


def _words(text: str) -> list[str]:
    text = unicodedata.normalize("NFC", re.sub("['’]", "", text))
    return "".join(character if unicodedata.category(character)[0] in "LMN" else " " for character in text).split()


def _cut(stem: str, blank: str) -> str:
    """Shorten a name to what file systems take, at a word where it has any."""
    if len(stem.encode()) <= MAX_STEM:
        return stem
    cut = stem.encode()[:MAX_STEM].decode(errors="ignore")
    return cut.rsplit(blank, 1)[0].rstrip(" -") if blank in cut else cut


def export_archive(
    variants: Sequence[ExportedVariant],
    look: Look = DEFAULT_LOOK,
    *,
    more: Mapping[str, str] = MappingProxyType({}),
    notices: Sequence[str] = (),
) -> bytes:
    """Return a ZIP archive of all files with a manifest that says which is which; two files never share a name.

    The file that sets their look is part of it, and so are the texts of `more`, by name.
    """
    texts = {LOOK_FILE: write_look(look), **more}
    entries, taken = [], {MANIFEST_NAME, *texts}
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for variant in variants:
            for file in variant.files:
                name = _free_name(file.name, taken)
                archive.writestr(zipfile.ZipInfo(name, EPOCH), file.data, zipfile.ZIP_DEFLATED)
                entries.append(_manifest_entry(variant, file, name))
        rewritings = [variant.rewriting for variant in variants if variant.rewriting is not None]
        for name, text in texts.items():
            archive.writestr(zipfile.ZipInfo(name, EPOCH), text, zipfile.ZIP_DEFLATED)
        document: dict[str, Any] = {"files": entries, "look": look.model_dump(exclude_none=True)}
        document |= {"notices": [*notices]} if notices else {}
        document |= {"rewriting": rewritings} if rewritings else {}
        manifest = json.dumps(document, ensure_ascii=False, indent=2) + "\n"
        archive.writestr(zipfile.ZipInfo(MANIFEST_NAME, EPOCH), manifest, zipfile.ZIP_DEFLATED)
    return packed.getvalue()


def _free_name(name: str, taken: set[str]) -> str:
    """Return the name, numbered where another differs from it by no more than case, and take it."""
    stem, _, suffix = name.rpartition(".")
    number = 1
    while (free := name if number == 1 else f"{stem}-{number}.{suffix}").casefold() in taken:
        number += 1
    taken.add(free.casefold())
    return free


def _manifest_entry(variant: ExportedVariant, file: ExportedFile, name: str) -> dict[str, object]:
    return {
        "file": name,
        "cluster_slug": variant.cluster_slug,
        "cluster_name": variant.cluster_name,
        "format": name.rpartition(".")[2],
        "byte_count": len(file.data),
        "sha256": hashlib.sha256(file.data).hexdigest(),
        "notices": list(file.notices),
    }
