"""Resumes: the JSON Resume model, reading them from files, writing them to files and reading those back.

`read_resume` and `export_resume` are the ways in and out.
"""

from pipeline.resumes.model import (
    Resume,
    Skill,
    Work,
)
from pipeline.resumes.reading import (
    ResumeReading,
    parse_resume,
    read_resume,
    read_resume_bytes,
)
from pipeline.resumes.reading.corrections import (
    LINE_TAGS,
    correct_lines,
    is_of_head,
    lines_alike,
    taken_for,
)
from pipeline.resumes.reading.doubts import (
    Doubt,
    doubts_of,
    is_badly_read,
)
from pipeline.resumes.reading.formats import (
    RESUME_SUFFIXES,
)
from pipeline.resumes.reading.notes import (
    FieldReading,
)
from pipeline.resumes.writing.export import (
    EXPORT_SUFFIXES,
    ExportedFile,
    ExportedVariant,
    Suffix,
    export_archive,
    export_name,
    export_resume,
)
from pipeline.resumes.writing.letter import (
    LETTER_SUFFIXES,
    LetterBlock,
    LetterSuffix,
    export_letter,
    resume_language,
)
from pipeline.resumes.writing.look import (
    DATE_FORMATS,
    DEFAULT_LOOK,
    FILE_NAMES,
    LOOK_FILE,
    Look,
    make_look,
    read_look,
    read_look_file,
    style_of,
    write_look,
)
from pipeline.resumes.writing.pages import (
    PICTURE_SCALE,
    page_pictures,
)
from pipeline.resumes.writing.paper import (
    Paper,
)
from pipeline.resumes.writing.round_trip import (
    FileCheck,
    check_file,
)
from pipeline.resumes.writing.theme import (
    FACES,
    load_theme,
    theme_names,
)

__all__ = [
    "DATE_FORMATS",
    "DEFAULT_LOOK",
    "EXPORT_SUFFIXES",
    "FACES",
    "FILE_NAMES",
    "LETTER_SUFFIXES",
    "LINE_TAGS",
    "LOOK_FILE",
    "PICTURE_SCALE",
    "RESUME_SUFFIXES",
    "Doubt",
    "ExportedFile",
    "ExportedVariant",
    "FieldReading",
    "FileCheck",
    "LetterBlock",
    "LetterSuffix",
    "Look",
    "Paper",
    "Resume",
    "ResumeReading",
    "Skill",
    "Suffix",
    "Work",
    "check_file",
    "correct_lines",
    "doubts_of",
    "export_archive",
    "export_letter",
    "export_name",
    "export_resume",
    "is_badly_read",
    "is_of_head",
    "lines_alike",
    "load_theme",
    "make_look",
    "page_pictures",
    "parse_resume",
    "read_look",
    "read_look_file",
    "read_resume",
    "read_resume_bytes",
    "resume_language",
    "style_of",
    "taken_for",
    "theme_names",
    "write_look",
]
