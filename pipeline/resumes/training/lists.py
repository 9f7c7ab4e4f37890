"""The lists that written resumes draw from: words, names, headings and skills."""

import csv
import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from faker import Faker

HERE = Path(__file__).parent
DATA = HERE.parent.parent / "data"


@cache
def _listed(text: str) -> tuple[str, ...]:
    return tuple(" ".join(part.split()) for part in text.split("|"))


def listed(text: str) -> list[str]:
    """Return the wordings of a list whose bars part them."""
    return list(_listed(text))


@cache
def languages() -> dict[str, dict[str, Any]]:
    """Return what each language brings."""
    return tomllib.loads((HERE / "words" / "languages.toml").read_text(encoding="utf-8"))


@cache
def common() -> dict[str, Any]:
    """Return headings, titles, places and the names of organisations, in many languages at once."""
    return tomllib.loads((HERE / "words" / "common.toml").read_text(encoding="utf-8"))


@cache
def firms() -> dict[str, Any]:
    """Return the names of organisations and of what people do there."""
    return tomllib.loads((HERE / "words" / "firms.toml").read_text(encoding="utf-8"))


def named(table: str, key: str) -> list[str]:
    """Return a list of the names of organisations and titles."""
    return listed(firms()[table][key])


@cache
def skills() -> tuple[list[str], list[str]]:
    """Return the names of technologies and of other skills that the lexicon knows."""
    found: dict[str, list[str]] = {"technology": [], "skill": []}
    for path in sorted((DATA / "lexicon").glob("*.csv")):
        with path.open(encoding="utf-8") as lines:
            for row in csv.DictReader(lines):
                name = row["name"].lstrip("~=")
                if row["kind"] in found and len(name) < 40:
                    found[row["kind"]].append(name)
    return found["technology"], found["skill"]


@cache
def faker_of(locale: str) -> Faker:
    """Return the maker of names of a country."""
    return Faker(locale)


@cache
def script_of(text: str) -> str:
    """Return the language that stands for a text's script, `latin` for most."""
    if re.search(r"[\u0400-\u04ff]", text):
        return "ru"
    if re.search(r"[\u0590-\u08ff]", text):
        return "ar"
    if re.search(r"[\u3040-\u9fff\uac00-\ud7af]", text):
        return "zh"
    return "latin"


@cache
def headings(section: str, script: str) -> list[str]:
    """Return the wordings of a heading in a script; `latin` ones of all languages."""
    found = listed(common()["headings"][section])
    return [wording for wording in found if wording and script_of(wording) == script]


@cache
def _more_headings() -> dict[str, Any]:
    return tomllib.loads((HERE / "words" / "headings.toml").read_text(encoding="utf-8"))


def unusual(*path: str) -> list[str]:
    """Return headings that lists of usual ones lack."""
    table: Any = _more_headings()
    for key in path:
        table = table.get(key, "")
    return [text for text in listed(table) if text]
