"""O*NET as its database is published, in text or Excel: occupations, their other titles, technologies, skills."""

import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from pipeline.taxonomy_links.concepts import Concept
from pipeline.taxonomy_links.tables import read_table, table_files

OCCUPATIONS, TITLES, TECHNOLOGIES = "occupation data", "alternate titles", "technology skills"
ELEMENTS = ("skills", "knowledge")
OLD_TECHNOLOGIES = "tools and technology"

_GENERIC_TAIL = re.compile(r"\s+(?:software|systems?|program)$", re.I)
_ACRONYM = re.compile(r"^(?P<long>.+\s)(?P<short>[A-Z][A-Z0-9/+#]+)$")


def onet_files(folder: Path) -> dict[str, Path]:
    """Return the tables of a folder that are O*NET's, by name."""
    wanted = (OCCUPATIONS, TITLES, TECHNOLOGIES, *ELEMENTS)
    return {name: path for name, path in table_files(folder).items() if name in wanted}


def read_onet(folder: Path) -> Iterator[Concept]:
    """Yield occupations by their O*NET-SOC codes, technologies by commodity, skills by element.

    Raises RolemapError.
    """
    files = onet_files(folder)
    if OCCUPATIONS in files:
        titles = _other_titles(files[TITLES]) if TITLES in files else {}
        for row in read_table(files[OCCUPATIONS], ("O*NET-SOC Code", "Title")):
            code = row["O*NET-SOC Code"].strip()
            yield Concept(code, row["Title"].strip(), "occupation", tuple(titles.get(code, ())))
    if TECHNOLOGIES in files:
        for row in read_table(files[TECHNOLOGIES], ("Example", "Commodity Code")):
            label = row["Example"].strip()
            yield Concept(row["Commodity Code"].strip(), label, "technology", short_names(label))
    for name in ELEMENTS:
        if name in files:
            for row in read_table(files[name], ("Element ID", "Element Name")):
                yield Concept(row["Element ID"].strip(), row["Element Name"].strip(), "skill")


def _other_titles(path: Path) -> dict[str, dict[str, None]]:
    titles: dict[str, dict[str, None]] = defaultdict(dict)
    for row in read_table(path, ("O*NET-SOC Code", "Alternate Title")):
        for title in (row["Alternate Title"], row.get("Short Title") or ""):
            if title.strip() not in ("", "n/a"):
                titles[row["O*NET-SOC Code"].strip()][title.strip()] = None
    return titles


def short_names(label: str) -> tuple[str, ...]:
    """Return a technology's name without what O*NET adds: "software" at the end, and the acronym of what stands before.

    >>> short_names("Structured query language SQL"), short_names("Adobe Photoshop software")
    (('Structured query language', 'SQL'), ('Adobe Photoshop',))
    """
    bare = _GENERIC_TAIL.sub("", label)
    found = [bare] if bare != label else []
    acronym = _ACRONYM.match(bare)
    if acronym and _initials(acronym["long"]) == acronym["short"].lower():
        found += [acronym["long"].strip(), acronym["short"]]
    return tuple(found)


def _initials(words: str) -> str:
    return "".join(word[0] for word in re.split(r"[\s\-/]+", words.lower()) if word and word not in ("and", "of"))
