"""The options that say how a resume looks, which every command that writes one takes, and the command over themes."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from pipeline import services
from pipeline.cli.terminal import JsonOption, print_json, print_table
from pipeline.core import write_atomically
from pipeline.resumes import DATE_FORMATS, FACES, FILE_NAMES, LOOK_FILE, Look, load_theme, theme_names


class Page(StrEnum):
    """The sheet that a resume is set on."""

    a4 = "a4"
    letter = "letter"


PageOption = Annotated[
    Page | None, typer.Option("--page", help="The sheet that PDF and Word files are set on.", show_default="a4")
]
LookOption = Annotated[
    Path | None, typer.Option("--look", help="A file that sets the look.", show_default=f"{LOOK_FILE}, if there is one")
]
ThemeOption = Annotated[str | None, typer.Option("--theme", help=f"One of {', '.join(theme_names())}.")]
AccentOption = Annotated[str | None, typer.Option("--accent", help="The colour of headings, such as #1f4464.")]
FaceOption = Annotated[str | None, typer.Option("--face", help=f"The typeface: {', '.join(FACES)}.")]
SizeOption = Annotated[float | None, typer.Option("--size", help="Of running text, in points.")]
MarginsOption = Annotated[float | None, typer.Option("--margins", help="In centimetres.")]
DatesOption = Annotated[
    str | None, typer.Option("--dates", help=f"How March 2019 is written: {', '.join(DATE_FORMATS)}.")
]
LinksOption = Annotated[str | None, typer.Option("--links", help="Addresses are shown, or lie behind names.")]
HeadingsOption = Annotated[
    str | None, typer.Option("--headings", help="The resume's own, or the usual ones that most programs know.")
]
EmployerOption = Annotated[
    bool | None, typer.Option("--employer-first/--position-first", help="What stands first in the head of a job.")
]
NamesOption = Annotated[
    str | None, typer.Option("--file-names", help=f"How files are named: {', '.join(map(repr, FILE_NAMES))}.")
]
NumbersOption = Annotated[
    bool | None, typer.Option("--page-numbers/--no-page-numbers", help="Number the pages.", show_default="the theme's")
]
FitOption = Annotated[int | None, typer.Option("--fit", min=1, max=2, help="Fit the resume to so many pages.")]


def look_of(file: Path | None, page: Page | None, options: dict[str, Any], saved: Look | None = None) -> Look:
    """Return the look that a file, else a saved one, and options ask for; an option that was not given is None.

    Raises RolemapError.
    """
    paper = {None: None, Page.a4: "a4", Page.letter: "us-letter"}[page]
    return services.choose_look(file, {"paper": paper, **options}, "the options", saved)


def themes(
    resume: Annotated[
        Path | None,
        typer.Option("--resume", help="Whose first page is shown.", show_default="ROLEMAP_RESUME, else a sample"),
    ] = None,
    output: Annotated[
        Path | None, typer.Option("--output", help="Also write a picture of each theme into this folder.")
    ] = None,
    look: LookOption = None,
    as_json: JsonOption = False,
) -> None:
    """List the themes that resumes are set in, with a picture of each where asked for."""
    written = {}
    if output:
        services.prepare_folder(output)
        base = services.load_base_resume(resume)
        for each in services.theme_pictures(base.reading.resume, services.choose_look(look, {}, "")):
            written[each.name] = output / f"{each.name}.png"
            write_atomically(written[each.name], each.picture)
    known = {name: load_theme(name) for name in theme_names()}
    if as_json:
        print_json(
            {
                "themes": [{"name": name} | theme.model_dump() for name, theme in known.items()],
                "output": [str(path) for path in written.values()],
            }
        )
        return
    print_table(
        ("Theme", "What it is", "Face", "Size", "Accent"),
        [(name, theme.about, theme.face, f"{theme.size:g} pt", theme.accent) for name, theme in known.items()],
    )
    for path in written.values():
        print(f"Wrote {path}")
