"""From a downloaded folder to the taxonomy that it holds."""

from pathlib import Path

from pipeline.core import RolemapError
from pipeline.taxonomy_links.concepts import NAMES, Taxonomy, TaxonomyName, each_once
from pipeline.taxonomy_links.esco import esco_files, read_esco
from pipeline.taxonomy_links.onet import OCCUPATIONS, OLD_TECHNOLOGIES, TECHNOLOGIES, onet_files, read_onet
from pipeline.taxonomy_links.tables import table_files

WHAT_TO_GIVE = (
    "Give the unpacked folder of ESCO's classification in CSV (skills_en.csv, occupations_en.csv) "
    "or of the O*NET database in text or Excel (Occupation Data.txt, Technology Skills.txt)."
)


def read_taxonomy(folder: Path) -> Taxonomy:
    """Read the taxonomy in a folder. Raises RolemapError, saying what the folder is instead and what to give."""
    if not folder.is_dir():
        what = "is a file" if folder.is_file() else "does not exist"
        raise RolemapError(f"{folder} {what}. {WHAT_TO_GIVE}")
    try:
        name = _name_of(folder)
    except OSError as error:
        raise RolemapError(f"{folder} cannot be read: {error.strerror or error}.") from error
    concepts = each_once(read_esco(folder) if name == "esco" else read_onet(folder))
    if not concepts:
        raise RolemapError(f"The {NAMES[name]} files in {folder} hold no concepts. {WHAT_TO_GIVE}")
    return Taxonomy(name, concepts)


def _name_of(folder: Path) -> TaxonomyName:
    if esco_files(folder):
        return "esco"
    onet = onet_files(folder)
    if OCCUPATIONS in onet or TECHNOLOGIES in onet:
        return "onet"
    raise RolemapError(f"{folder} holds neither ESCO nor O*NET{_what_instead(folder)}. {WHAT_TO_GIVE}")


def _what_instead(folder: Path) -> str:
    if OLD_TECHNOLOGIES in table_files(folder):
        return " as it is published now, but an O*NET database of an earlier layout"
    suffixes = {path.suffix.lower() for path in folder.iterdir() if path.is_file()}
    if suffixes & {".ttl", ".rdf", ".owl", ".jsonld"}:
        return " as tables, but linked data (RDF)"
    if ".sql" in suffixes:
        return " as tables, but SQL"
    if ".zip" in suffixes:
        return ", but an archive that is still packed"
    if any(path.is_dir() and (esco_files(path) or onet_files(path)) for path in folder.iterdir()):
        return " itself; a folder inside it does"
    return ""
