"""ESCO as its portal gives it in CSV: skills and occupations, one file a language."""

import re
from collections.abc import Iterator
from pathlib import Path

from pipeline.taxonomy_links.concepts import Concept, ConceptKind
from pipeline.taxonomy_links.tables import read_table, table_files

_FILE = re.compile(r"(skills|occupations) ([a-z]{2})\b")
_NEEDED = ("conceptUri", "preferredLabel")
_SEPARATOR = re.compile(r"\s*[\n|]\s*")
_GONE = ("obsolete", "deprecated")


def esco_files(folder: Path) -> list[tuple[Path, ConceptKind, str]]:
    """Return the files of skills and occupations in a folder, each with its kind and its language."""
    found = [(path, _FILE.fullmatch(name)) for name, path in table_files(folder).items()]
    return [(path, "skill" if m[1] == "skills" else "occupation", m[2]) for path, m in found if m]


def read_esco(folder: Path) -> Iterator[Concept]:
    """Yield the concepts of each language's files. Raises RolemapError."""
    for path, kind, language in esco_files(folder):
        for row in read_table(path, _NEEDED):
            code, label = row["conceptUri"].strip(), " ".join(row["preferredLabel"].split())
            if code and label and row.get("status", "").lower() not in _GONE:
                yield Concept(code, label, kind, _labels(row), language)


def _labels(row: dict[str, str]) -> tuple[str, ...]:
    listed = (row.get(column) or "" for column in ("altLabels", "hiddenLabels"))
    return tuple(dict.fromkeys(label for text in listed for label in _SEPARATOR.split(text.strip()) if label))
