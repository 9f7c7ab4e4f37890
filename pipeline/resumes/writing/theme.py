"""The themes: each is one Typst file of `themes/` that begins with a comment in TOML, which says what it is by itself.

A file whose name begins with an underscore is shared by themes and is none.
"""

import tomllib
from functools import cache
from pathlib import Path
from typing import Literal, NamedTuple

from pydantic import BaseModel, ConfigDict

THEMES = Path(__file__).parent / "themes"


class Face(NamedTuple):
    """A typeface: the one that a PDF holds, and the nearest that comes with Word."""

    pdf: str
    word: str


FACES = {
    "source-sans": Face("Source Sans 3", "Calibri"),
    "lato": Face("Lato", "Calibri"),
    "open-sans": Face("Open Sans", "Segoe UI"),
    "roboto": Face("Roboto", "Arial"),
    "noto-sans": Face("Noto Sans", "Arial"),
    "charter": Face("XCharter", "Georgia"),
    "garamond": Face("EB Garamond", "Garamond"),
    "gentium": Face("Gentium Book Plus", "Cambria"),
    "libertinus": Face("Libertinus Serif", "Times New Roman"),
}


class Theme(BaseModel):
    """What a theme is where the user asks for nothing else; `heading`, `is_centred` and `head` (of a job) are for Word.

    Size is in points, margins in centimetres.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    label: str
    about: str
    accent: str
    face: str
    size: float
    margins: float
    page_numbers: bool = False
    heading: Literal["ruled", "side", "plain", "shaded"] = "ruled"
    is_centred: bool = False
    head: Literal["dates aside", "dates in line", "one line"] = "dates aside"


def theme_names() -> list[str]:
    """Return the names of the themes there are, in the order of the alphabet."""
    return sorted(path.stem for path in THEMES.glob("[!_]*.typ"))


@cache
def load_theme(name: str) -> Theme:
    """Return what a theme says of itself."""
    _, head, _ = theme_file(name).read_text(encoding="utf-8").replace("*/", "/*", 1).split("/*", 2)
    return Theme.model_validate(tomllib.loads(head))


def theme_file(name: str) -> Path:
    """Return where a theme lies."""
    return THEMES / f"{name}.typ"
