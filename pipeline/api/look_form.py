"""The look of resumes as fields of a form; what a request leaves out is as the server's own file sets it."""

from typing import Annotated, Any, get_args

from fastapi import Depends, Form

from pipeline.resumes import DATE_FORMATS, FACES, FILE_NAMES, Paper, theme_names

# A field that is left empty counts as not sent, which a form cannot say of a number.
SIZE = r"^(([89]|1[0-2])(\.[0-9]{1,2})?|13)?$"
MARGINS = r"^([12](\.[0-9]{1,2})?|3(\.[0-5])?)?$"


def _one_of(names: list[str], description: str) -> object:
    return Form(description=description, json_schema_extra={"enum": [*names, ""]})


def _look(
    paper: Annotated[str, _one_of([*get_args(Paper)], "The sheet.")] = "",
    theme: Annotated[str, _one_of(theme_names(), "How it is set.")] = "",
    accent: Annotated[str, Form(pattern="^(#[0-9a-fA-F]{6})?$", description="Such as #1f4464.")] = "",
    face: Annotated[str, _one_of([*FACES], "The typeface.")] = "",
    size: Annotated[str, Form(pattern=SIZE, description="Of running text, in points.")] = "",
    margins: Annotated[str, Form(pattern=MARGINS, description="In centimetres.")] = "",
    date_format: Annotated[str, _one_of([*DATE_FORMATS], "How March 2019 is written.")] = "",
    headings: Annotated[str, _one_of(["own", "usual"], "The resume's own, or those that most programs know.")] = "",
    links: Annotated[str, _one_of(["shown", "behind"], "Addresses, or names that lead to them.")] = "",
    employer_first: Annotated[str, _one_of(["true", "false"], "The employer in front of the position.")] = "",
    page_numbers: Annotated[str, _one_of(["true", "false"], "Whether pages are numbered.")] = "",
    file_names: Annotated[str, _one_of([*FILE_NAMES], "How files are named, by an example.")] = "",
    pages: Annotated[str, _one_of(["1", "2"], "Fit the resume to so many pages, within limits.")] = "",
) -> dict[str, Any]:
    """Return what the request says of the look; None for what it leaves open."""
    said = {
        "paper": paper,
        "theme": theme,
        "accent": accent,
        "face": face,
        "size": size,
        "margins": margins,
        "date_format": date_format,
        "headings": headings,
        "links": links,
        "employer_first": employer_first,
        "page_numbers": page_numbers,
        "file_names": file_names,
        "pages": int(pages) if pages.isdecimal() else pages,
    }
    return {name: value or None for name, value in said.items()}


LookDependency = Annotated[dict[str, Any], Depends(_look)]
