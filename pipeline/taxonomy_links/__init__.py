"""Links to the world's taxonomies: for each keyword and each role, its nearest concept in ESCO or O*NET, or none.

A taxonomy is read from the folder that its publisher gives, kept among the user's own files, and looked up by its
labels first and by meaning where these do not tell.
"""

from pipeline.taxonomy_links.concepts import (
    NAMES,
    Concept,
    ConceptKind,
    Taxonomy,
    TaxonomyName,
    keep_taxonomy,
    kept_taxonomies,
    load_taxonomy,
    taxonomy_file,
)
from pipeline.taxonomy_links.importing import read_taxonomy
from pipeline.taxonomy_links.linking import (
    THRESHOLD,
    Asked,
    asked_keyword,
    cosines_between,
    link_all,
    nearest_places,
)
from pipeline.taxonomy_links.results import (
    LINKS_NAME,
    Link,
    LinkedTaxonomy,
    MatchedBy,
    TaxonomyLinks,
    load_links,
    save_links,
)

__all__ = [
    "LINKS_NAME",
    "NAMES",
    "THRESHOLD",
    "Asked",
    "Concept",
    "ConceptKind",
    "Link",
    "LinkedTaxonomy",
    "MatchedBy",
    "Taxonomy",
    "TaxonomyLinks",
    "TaxonomyName",
    "asked_keyword",
    "cosines_between",
    "keep_taxonomy",
    "kept_taxonomies",
    "link_all",
    "load_links",
    "load_taxonomy",
    "nearest_places",
    "read_taxonomy",
    "save_links",
    "taxonomy_file",
]
