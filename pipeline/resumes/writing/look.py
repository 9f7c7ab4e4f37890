"""How a resume looks: a theme, and what the user wants otherwise than it has it. Settings, not drawing."""

import difflib
import json
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, get_args

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from pipeline.core import RolemapError
from pipeline.resumes.writing.paper import Paper
from pipeline.resumes.writing.theme import FACES, load_theme, theme_names

LOOK_FILE = "rolemap.toml"
TABLE = "look"  # of that file
DateFormat = Literal["usual", "Mar 2019", "March 2019", "03/2019", "2019-03", "2019"]
DATE_FORMATS: tuple[DateFormat, ...] = get_args(DateFormat)
FileNames = Literal["Jane-Doe-Analyst", "Jane Doe - Analyst"]
FILE_NAMES: tuple[FileNames, ...] = get_args(FileNames)
MIN_SIZE, MAX_SIZE = 8.0, 13.0  # points
MIN_MARGINS, MAX_MARGINS = 1.0, 3.5  # centimetres


class Look(BaseModel):
    """What the user chooses; None leaves a thing to the theme."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    theme: str = "classic"
    paper: Paper = "a4"
    accent: str | None = Field(default=None, pattern="^#[0-9a-fA-F]{6}$", description="A colour such as #1f4464.")
    face: str | None = Field(default=None, description=f"One of {', '.join(FACES)}.")
    size: float | None = Field(default=None, ge=MIN_SIZE, le=MAX_SIZE, description="Of running text, in points.")
    margins: float | None = Field(default=None, ge=MIN_MARGINS, le=MAX_MARGINS, description="In centimetres.")
    date_format: DateFormat = Field(default="usual", description="Months have the names of the resume's language.")
    employer_first: bool = Field(default=False, description="The employer in front of the position.")
    headings: Literal["own", "usual"] = Field(
        default="own", description="Those of the resume, or those that most programs know."
    )
    links: Literal["shown", "behind"] = Field(default="shown", description="Addresses, or names that lead to them.")
    page_numbers: bool | None = None
    file_names: FileNames = Field(default="Jane-Doe-Analyst", description="How files are named, by an example.")
    pages: Literal[1, 2] | None = Field(default=None, description="Set to fit so many pages, within limits.")

    @field_validator("theme")
    @classmethod
    def _is_a_theme(cls, value: str) -> str:
        return _one_of(value, theme_names())

    @field_validator("face")
    @classmethod
    def _is_a_face(cls, value: str | None) -> str | None:
        return None if value is None else _one_of(value, FACES)


DEFAULT_LOOK = Look()


@dataclass(frozen=True)
class Style:
    """A look with nothing left open: colours as hex, size in points, margin in centimetres, spacing as a factor."""

    theme: str
    paper: Paper
    accent: str
    face: str
    size: float
    margin: float
    has_page_numbers: bool
    spacing: float = 1.0


def style_of(look: Look) -> Style:
    """Return the look with what it leaves open taken from its theme."""
    theme = load_theme(look.theme)
    return Style(
        theme=look.theme,
        paper=look.paper,
        accent=look.accent or theme.accent,
        face=look.face or theme.face,
        size=look.size or theme.size,
        margin=look.margins or theme.margins,
        has_page_numbers=theme.page_numbers if look.page_numbers is None else look.page_numbers,
    )


def make_look(values: dict[str, Any], where: str) -> Look:
    """Return a look of named values. Raises RolemapError, one line that says what is wrong in `where`."""
    unknown = [name for name in values if name not in Look.model_fields]
    if unknown:
        known = ", ".join(Look.model_fields)
        close = difflib.get_close_matches(unknown[0], Look.model_fields, 1)
        advice = f"did you mean {close[0]}?" if close else f"choose among {known}."
        raise RolemapError(f"{where}: {TABLE}.{unknown[0]} is no setting; {advice}")
    try:
        return Look.model_validate(values)
    except ValidationError as error:
        first = error.errors()[0]
        name = ".".join(map(str, first["loc"][:1]))
        reason = first["msg"].removeprefix("Value error, ")
        raise RolemapError(f"{where}: {TABLE}.{name} cannot be {first['input']!r}: {reason}.") from error


def read_look(text: str, where: str) -> Look:
    """Return the look of a TOML document: that of its table `look`. Raises RolemapError for what it cannot use."""
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise RolemapError(f"{where} is no TOML: {error}.") from error
    table = document.get(TABLE, {})
    if not isinstance(table, dict):
        raise RolemapError(f"{where}: {TABLE} must be a table: write [{TABLE}] on a line of its own.")
    return make_look(table, where)


def read_look_file(path: Path) -> Look:
    """Return the look that a file sets. Raises RolemapError where it cannot be read."""
    try:
        return read_look(path.read_text(encoding="utf-8"), str(path))
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "it is not UTF-8 text"
        raise RolemapError(f"Cannot read {path}: {reason}.") from error


def write_look(look: Look) -> str:
    """Return the look as a TOML document that `read_look` understands.

    >>> print(write_look(Look(accent="#0f766e", pages=1)), end="")
    [look]
    theme = "classic"
    paper = "a4"
    accent = "#0f766e"
    date_format = "usual"
    employer_first = false
    headings = "own"
    links = "shown"
    file_names = "Jane-Doe-Analyst"
    pages = 1
    """
    values = look.model_dump(exclude_none=True)
    return f"[{TABLE}]\n" + "".join(f"{name} = {json.dumps(value)}\n" for name, value in values.items())


def _one_of(value: str, known: Any) -> str:
    if value not in known:
        raise ValueError(f"choose among {', '.join(known)}")
    return value
