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
from pipeline.resumes.writing.paper import (
    Paper,
)
from pipeline.resumes.writing.round_trip import (
    FileCheck,
    check_file,
)

__all__ = [
    "EXPORT_SUFFIXES",
    "RESUME_SUFFIXES",
    "ExportedFile",
    "ExportedVariant",
    "FieldReading",
    "FileCheck",
    "Paper",
    "Resume",
    "ResumeReading",
    "Skill",
    "Suffix",
    "Work",
    "check_file",
    "export_archive",
    "export_name",
    "export_resume",
    "parse_resume",
    "read_resume",
    "read_resume_bytes",
]
