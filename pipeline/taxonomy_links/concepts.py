"""What a world taxonomy says, as Rolemap keeps it: concepts of skills, technologies and occupations."""

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal, cast, get_args

from pipeline.core import RolemapError, write_atomically

ConceptKind = Literal["skill", "technology", "occupation"]
TaxonomyName = Literal["esco", "onet"]

NAMES: dict[TaxonomyName, str] = {"esco": "ESCO", "onet": "O*NET"}
_COLUMNS = ("code", "label", "kind", "other_labels", "language")


@dataclass(frozen=True, slots=True)
class Concept:
    """One concept.

    `code` is its ESCO URI, its O*NET-SOC code, its element of O*NET's content model or its commodity code (UNSPSC).
    """

    code: str
    label: str
    kind: ConceptKind
    others: tuple[str, ...] = ()
    language: str = "en"


@dataclass(frozen=True)
class Taxonomy:
    """The concepts of one taxonomy, in a fixed order."""

    name: TaxonomyName
    concepts: tuple[Concept, ...]

    def of_kinds(self, kinds: Iterable[ConceptKind]) -> list[Concept]:
        """Return the concepts of some kinds."""
        wanted = set(kinds)
        return [concept for concept in self.concepts if concept.kind in wanted]


def each_once(concepts: Iterable[Concept]) -> tuple[Concept, ...]:
    """Return concepts without repeats, in the order of code and label.

    A concept that is told in several languages keeps its English label, else the first, and has the rest as others.
    """
    told: dict[tuple[str, str], list[Concept]] = {}
    for concept in concepts:
        # Commodity codes stand for many products; every other code for one concept.
        told.setdefault((concept.code, concept.label if concept.kind == "technology" else ""), []).append(concept)
    merged = []
    for versions in told.values():
        first = min(versions, key=lambda c: (c.language != "en", c.language))
        others = (label for c in versions for label in (c.label, *c.others) if label != first.label)
        merged.append(replace(first, others=tuple(dict.fromkeys(others))))
    return tuple(sorted(merged, key=lambda c: (c.code, c.label)))


def taxonomy_file(folder: Path, name: TaxonomyName) -> Path:
    """Return where an imported taxonomy is kept."""
    return folder / f"{name}.csv"


def kept_taxonomies(folder: Path) -> list[TaxonomyName]:
    """Return the names of the imported taxonomies."""
    return [name for name in get_args(TaxonomyName) if taxonomy_file(folder, name).is_file()]


def keep_taxonomy(taxonomy: Taxonomy, folder: Path) -> Path:
    """Keep a taxonomy among the user's files. Raises RolemapError."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(_COLUMNS)
    writer.writerows([c.code, c.label, c.kind, "\n".join(c.others), c.language] for c in taxonomy.concepts)
    path = taxonomy_file(folder, taxonomy.name)
    write_atomically(path, text.getvalue().encode())
    return path


def load_taxonomy(folder: Path, name: TaxonomyName) -> Taxonomy:
    """Read a kept taxonomy. Raises RolemapError."""
    path = taxonomy_file(folder, name)
    try:
        with path.open(encoding="utf-8", newline="") as file:
            concepts = tuple(_concept(row) for row in csv.reader(file))[1:]
    except (OSError, ValueError, csv.Error) as error:
        raise RolemapError(f"{path} cannot be read; import it again with link --taxonomy FOLDER.") from error
    return Taxonomy(name, concepts)


def _concept(row: Sequence[str]) -> Concept:
    code, label, kind, others, language = row
    return Concept(code, label, cast(ConceptKind, kind), tuple(filter(None, others.split("\n"))), language)
