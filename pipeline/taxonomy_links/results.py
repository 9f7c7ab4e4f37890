"""What linking found, as it is kept beside the artifact: for each taxonomy, the concept of each keyword and role."""

from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from pipeline.core import RolemapError, WatchedFiles, write_atomically
from pipeline.taxonomy_links.concepts import ConceptKind, TaxonomyName

LINKS_NAME = "taxonomy_links.json"

MatchedBy = Literal["label", "other label", "titles", "meaning"]


class Link(BaseModel):
    """A concept that a keyword or a role stands for.

    By a label the score is 1; by titles it is the share of the role's postings that bear one of the concept's labels;
    by meaning it is the chance that a person would take the two for the same.
    """

    model_config = ConfigDict(frozen=True, extra="ignore")

    code: str
    label: str
    kind: ConceptKind
    score: float
    matched: MatchedBy


class LinkedTaxonomy(BaseModel):
    """The links to one taxonomy. A keyword or a role that is not among them has no concept near enough."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    keywords: dict[str, Link] = {}
    roles: dict[str, Link] = {}


class TaxonomyLinks(BaseModel):
    """The links of one artifact, and what they were made with."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    embedding_model: str = ""
    threshold: float = 0.0
    taxonomies: dict[TaxonomyName, LinkedTaxonomy] = {}


_known: WatchedFiles[TaxonomyLinks | None] = WatchedFiles(most=4)


def save_links(links: TaxonomyLinks, artifact: Path) -> Path:
    """Keep the links beside an artifact. Raises RolemapError."""
    path = artifact.with_name(LINKS_NAME)
    write_atomically(path, (links.model_dump_json(indent=1) + "\n").encode())
    return path


def load_links(artifact: Path) -> TaxonomyLinks | None:
    """Return the links that are kept beside an artifact; None where there are none. Raises RolemapError."""
    path = artifact.with_name(LINKS_NAME)
    return _known.get(path, [path], lambda: _read(path))


def _read(path: Path) -> TaxonomyLinks | None:
    try:
        return TaxonomyLinks.model_validate_json(path.read_bytes())
    except FileNotFoundError:
        return None
    except (OSError, ValidationError) as error:
        raise RolemapError(f"{path} cannot be used; make it anew with: python main.py link") from error
