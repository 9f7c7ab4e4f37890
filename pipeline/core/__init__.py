"""The ground that everything stands on: settings, errors, progress, files, what is cached, work in the background.

Nothing here knows of postings or resumes. What needs more than the standard library is loaded when first asked for, so
that reading an artifact takes nothing heavier than Pydantic.
"""

from typing import TYPE_CHECKING

from pipeline.core.column_file import ColumnFile, file_hash, write_columns
from pipeline.core.errors import BrokenArtifact, MissingArtifact, RolemapError, UnreadableDocument
from pipeline.core.facts import (
    EMPLOYMENTS,
    SENIORITIES,
    WORKPLACES,
    CountryFact,
    Employment,
    EmploymentFact,
    Facts,
    Pay,
    Period,
    Seniority,
    SeniorityFact,
    Where,
    Workplace,
    WorkplaceFact,
    YearsFact,
)
from pipeline.core.files import DATA, file_state, read_sections, read_words, write_atomically
from pipeline.core.late import late_names
from pipeline.core.lazy import LazyDict, LazyList
from pipeline.core.progress import ProgressCallback, ProgressEvent, ignore_progress, stoppable
from pipeline.core.watched import WatchedFiles

if TYPE_CHECKING:
    from pipeline.core.background import Work, WorkState, find_shared_work, start_work
    from pipeline.core.cache import ContentCache, content_key, open_shared_cache, open_workspace_cache
    from pipeline.core.settings import PROJECT_ROOT, Settings, base_settings, choose_home_by, get_settings, using_home

__all__ = [
    "DATA",
    "EMPLOYMENTS",
    "PROJECT_ROOT",
    "SENIORITIES",
    "WORKPLACES",
    "BrokenArtifact",
    "ColumnFile",
    "ContentCache",
    "CountryFact",
    "Employment",
    "EmploymentFact",
    "Facts",
    "LazyDict",
    "LazyList",
    "MissingArtifact",
    "Pay",
    "Period",
    "ProgressCallback",
    "ProgressEvent",
    "RolemapError",
    "Seniority",
    "SeniorityFact",
    "Settings",
    "UnreadableDocument",
    "WatchedFiles",
    "Where",
    "Work",
    "WorkState",
    "Workplace",
    "WorkplaceFact",
    "YearsFact",
    "base_settings",
    "choose_home_by",
    "content_key",
    "file_hash",
    "file_state",
    "find_shared_work",
    "get_settings",
    "ignore_progress",
    "late_names",
    "open_shared_cache",
    "open_workspace_cache",
    "read_sections",
    "read_words",
    "start_work",
    "stoppable",
    "using_home",
    "write_atomically",
    "write_columns",
]

__getattr__ = late_names(__name__, __file__)
