"""A resume as PDF, typeset by Typst: one column, fonts embedded, tagged, text selectable.

A theme sets the content that is handed to it, in the style that is handed to it.
"""

import importlib.resources
import json
import re
from dataclasses import asdict
from functools import cache
from typing import TYPE_CHECKING, Any

from pipeline.core import RolemapError
from pipeline.resumes.writing.look import Style
from pipeline.resumes.writing.outline import Entry, Outline, document_title
from pipeline.resumes.writing.theme import FACES, THEMES, theme_file

if TYPE_CHECKING:
    import typst

_OTHER_FONTS = ("Mukta", "Libertinus Serif")
_HAN_FONTS = {"ja": "Noto Sans JP", "ko": "Noto Sans KR"}  # the same characters, drawn as each language draws them
_OTHER_HAN_FONTS = ("Noto Sans SC", "Noto Sans JP", "Noto Sans KR")
# Found on many machines, for scripts that no packaged font has.
_SYSTEM_FONTS = ("Noto Sans Arabic", "Noto Naskh Arabic", "Noto Sans Thai", "Segoe UI", "Arial", "DejaVu Sans")
_MISSING_TEXT = re.compile(r'the text `?"(.+?)"`? could not be displayed', re.S)
_LONG_WORD = re.compile(r"[\w.,:;=&?%+]{60}")  # wider than half a line: it may be broken after that
_MAX_MISSING = 40  # attempts at finding characters that no font has

RIGHT_TO_LEFT_NOTICE = (
    "Many programs take right-to-left text out of a PDF in the wrong order: "
    "send the Word file where a program reads it."
)


def write_pdf(outline: Outline, style: Style) -> tuple[bytes, list[str]]:
    """Return the PDF, and what about it the user should know. Raises RolemapError where Typst cannot set it.

    It follows PDF/A-2a and PDF/UA-1 unless a character is in no font at all; then it is a plain PDF, and that is said.
    """
    content = _content(outline, style)
    notices = [RIGHT_TO_LEFT_NOTICE] if outline.wording.is_right_to_left else []
    data, _ = _set(content, uses_system_fonts=False)
    if data is None:
        content |= {"fonts": [*content["fonts"], *_SYSTEM_FONTS], "is_any_font_allowed": True}
        data, missing = _set(content, uses_system_fonts=True)
    if data is None:
        notices.append(_missing_notice(content, missing))
        data, problem = _set(content, uses_system_fonts=True, is_standard=False)
        if data is None:
            raise RolemapError(f"The PDF cannot be set: {problem}")
    return data, notices


def _set(content: dict[str, Any], *, uses_system_fonts: bool, is_standard: bool = True) -> tuple[bytes | None, str]:
    """Return the PDF, or none and why not."""
    import typst

    compiler = typst.Compiler(  # one a call: threads cannot share a compiler
        input=str(theme_file(content["style"]["theme"])), root=str(THEMES), font_paths=_fonts(uses_system_fonts)
    )
    try:
        data = compiler.compile(
            format="pdf",
            sys_inputs={"resume": _LONG_WORD.sub("\\g<0>\u200b", json.dumps(content, ensure_ascii=False))},
            pdf_standards=["a-2a", "ua-1"] if is_standard else [],
            timestamp=0,
        )
    except typst.TypstError as error:
        return None, str(error)
    return (data if isinstance(data, bytes) else None), ""


def _missing_notice(content: dict[str, Any], problem: str) -> str:
    """Say which characters no font has; Typst names them one after the other."""
    missing: list[str] = []
    rest: Any = content
    while (match := _MISSING_TEXT.search(problem)) and len(missing) < _MAX_MISSING and match[1] not in missing:
        missing.append(match[1])
        rest = _without(rest, match[1])
        _, problem = _set(rest, uses_system_fonts=True)
    if not missing:
        return f"The PDF does not follow PDF/A and PDF/UA: {problem}"
    shown = " ".join(missing)
    return f"No font on this machine has {shown}: the PDF shows empty boxes there. The other formats are whole."


def _without(content: Any, characters: str) -> Any:
    """Return content with a blank for each of the characters, in every text it holds."""
    if isinstance(content, str):
        return content.translate({ord(character): " " for character in characters})
    if isinstance(content, dict):
        return {key: _without(value, characters) for key, value in content.items()}
    if isinstance(content, list | tuple):
        return [_without(value, characters) for value in content]
    return content


def _content(outline: Outline, style: Style) -> dict[str, Any]:
    """Return what the template reads."""
    wording = outline.wording
    han_fonts = dict.fromkeys((*filter(None, (_HAN_FONTS.get(wording.language),)), *_OTHER_HAN_FONTS))
    return {
        "name": outline.name,
        "headline": outline.headline,
        "contact": [asdict(link) for link in outline.contact],
        "sections": [
            {
                "title": section.title,
                "has_tall_heads": section.has_tall_heads,
                "entries": [*map(_entry, section.entries)],
            }
            for section in outline.sections
        ],
        "document_title": document_title(outline),
        "author": [outline.name] if outline.name else [],
        "style": asdict(style),
        "language": wording.language,
        "is_right_to_left": wording.is_right_to_left,
        "fonts": [FACES[style.face].pdf, "Noto Sans", *han_fonts, *_OTHER_FONTS],
        "is_any_font_allowed": False,
    }


def _entry(entry: Entry) -> dict[str, Any]:
    return {
        "title": entry.title,
        "title_target": entry.title_target,
        "details": [asdict(link) for link in entry.details],
        "dates": entry.dates,
        "lines": [asdict(line) for line in entry.lines],
        "has_head": entry.has_head,
    }


@cache
def _fonts(uses_system_fonts: bool) -> "typst.Fonts":
    import typst

    folder = importlib.resources.files("rendercv_fonts")
    return typst.Fonts(include_system_fonts=uses_system_fonts, font_paths=[str(folder)])
