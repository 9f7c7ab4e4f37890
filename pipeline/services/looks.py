"""The look of resumes: what the user's own file sets, what a command or a page changes, and pictures to choose by."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.core import get_settings
from pipeline.resumes import (
    DEFAULT_LOOK,
    LOOK_FILE,
    Look,
    Resume,
    export_resume,
    load_theme,
    make_look,
    page_pictures,
    read_look_file,
    theme_names,
)

SMALL = 0.6  # of 72 points an inch: enough to tell themes apart


@dataclass(frozen=True)
class ThemePicture:
    """A theme to choose from; `picture` is the first page of a resume in it, as PNG."""

    name: str
    label: str
    about: str
    picture: bytes


def user_look() -> Look:
    """Return the look that the workspace's own file sets; the usual one without. Raises RolemapError for a bad file."""
    path = get_settings().home / LOOK_FILE
    return read_look_file(path) if path.is_file() else DEFAULT_LOOK


def choose_look(file: Path | None, changes: Mapping[str, Any], where: str, saved: Look | None = None) -> Look:
    """Return the look of a file, else a saved one, else that of the workspace, with what `changes` says otherwise.

    `where` names the source of the changes in an error. Raises RolemapError.
    """
    look = read_look_file(file) if file else saved or user_look()
    said = {name: value for name, value in changes.items() if value is not None}
    return make_look(look.model_dump(exclude_unset=True) | said, where) if said else look


def theme_pictures(resume: Resume, look: Look) -> list[ThemePicture]:
    """Return the first page of a resume in every theme, with everything that the look sets besides the theme."""
    pictures = []
    for name in theme_names():
        pdf = export_resume(resume, "pdf", look=look.model_copy(update={"theme": name})).data
        theme = load_theme(name)
        pictures.append(ThemePicture(name, theme.label, theme.about, page_pictures(pdf, SMALL, limit=1)[0]))
    return pictures
