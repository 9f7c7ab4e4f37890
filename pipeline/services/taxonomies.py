"""Links of the keywords and roles in use to the world's taxonomies that the user has imported."""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from pipeline.cluster_artifacts import ClusterArtifact, at_layer, get_cluster_categories, load_artifact
from pipeline.core import ProgressCallback, RolemapError, get_settings, ignore_progress, write_atomically
from pipeline.embedding import Embed, TextEmbedder, languages_read
from pipeline.keyword_engine import default_artifact_path, lexicon_matcher
from pipeline.services.tables import to_csv
from pipeline.services.workspace import open_cache
from pipeline.taxonomy_links import (
    NAMES,
    THRESHOLD,
    Asked,
    Link,
    LinkedTaxonomy,
    Taxonomy,
    TaxonomyLinks,
    TaxonomyName,
    asked_keyword,
    keep_taxonomy,
    kept_taxonomies,
    link_all,
    load_links,
    load_taxonomy,
    read_taxonomy,
    save_links,
    taxonomy_file,
)

logger = logging.getLogger(__name__)

# The columns in which each community names a concept, by its kind.
CONCEPT_COLUMNS: dict[TaxonomyName, dict[str, tuple[str, str]]] = {
    "esco": dict.fromkeys(("skill", "occupation"), ("conceptUri", "preferredLabel")),
    "onet": {
        "occupation": ("O*NET-SOC Code", "Title"),
        "technology": ("Commodity Code", "Example"),
        "skill": ("Element ID", "Element Name"),
    },
}

# The columns of a keyword's concept beside other columns.
KEYWORD_COLUMNS: dict[TaxonomyName, tuple[str, str, str]] = {
    "esco": ("conceptUri", "preferredLabel", "esco_score"),
    "onet": ("onet_code", "onet_title", "onet_score"),
}


@dataclass(frozen=True)
class LinkRun:
    """What a run of linking came to: the links, how many concepts each taxonomy has, and what was written."""

    links: TaxonomyLinks
    concepts: dict[TaxonomyName, int]
    written: list[Path]
    notices: list[str] = field(default_factory=list)


def link_taxonomies(
    *,
    taxonomy: Path | None = None,
    artifact: Path | None = None,
    on_progress: ProgressCallback = ignore_progress,
) -> LinkRun:
    """Link the keywords and roles of an artifact to every imported taxonomy, after importing the one in a folder.

    The links are kept beside the artifact, with a table for each taxonomy. Raises RolemapError.
    """
    settings = get_settings()
    folder = settings.taxonomies_path
    imported = [keep_taxonomy(read_taxonomy(taxonomy), folder)] if taxonomy else []
    names = kept_taxonomies(folder)
    if not names:
        raise RolemapError("No taxonomy is imported yet. Import one with: python main.py link --taxonomy FOLDER")
    path = artifact or default_artifact_path()
    found = load_artifact(path)
    keywords, roles = _asked_keywords(found), _asked_roles(found)
    notices, linked, concepts = [], {}, {}
    with open_cache(settings) as cache:
        embedder = TextEmbedder(settings.embedding_model, cache=cache, on_progress=on_progress)
        for name in names:
            known = load_taxonomy(folder, name)
            concepts[name] = len(known.concepts)
            embed = embedder.precise if _is_read(known, embedder.name) else None
            if embed is None:
                notices.append(
                    f"{NAMES[name]} is in a language that {embedder.name} does not read, so only labels were compared. "
                    "Add its English files, or set EMBEDDING_MODEL to a multilingual model."
                )
            linked[name] = _linked(known, keywords, roles, embed)
    links = TaxonomyLinks(embedding_model=embedder.name, threshold=THRESHOLD, taxonomies=linked)
    tables = [_write_table(name, found, keywords, roles, links, path) for name in names]
    return LinkRun(links, concepts, [*imported, save_links(links, path), *tables], notices)


def forget_taxonomy(name: TaxonomyName, artifact: Path | None = None) -> Path:
    """Remove an imported taxonomy and the links to it. Raises RolemapError."""
    folder = get_settings().taxonomies_path
    path = artifact or default_artifact_path()
    if name not in kept_taxonomies(folder):
        names = ", ".join(kept_taxonomies(folder)) or "none is imported"
        raise RolemapError(f"There is no taxonomy {name}; those imported: {names}.")
    file = taxonomy_file(folder, name)
    try:
        file.unlink()
    except OSError as error:
        raise RolemapError(f"Cannot remove {file}: {error.strerror or error}.") from error
    if links := load_links(path):
        kept = {key: value for key, value in links.taxonomies.items() if key != name}
        save_links(links.model_copy(update={"taxonomies": kept}), path)
    return file


def links_in_use(artifact: Path | None = None) -> dict[TaxonomyName, LinkedTaxonomy]:
    """Return the links kept beside an artifact, by taxonomy; none where a file of them is broken, which is logged."""
    try:
        links = load_links(at_layer(artifact or default_artifact_path(), "roles"))
    except RolemapError as error:
        logger.error("%s", error)
        return {}
    return links.taxonomies if links else {}


def role_in_taxonomies(slug: str) -> str:
    """Return the occupations that a kind of role is linked to, in one line; nothing where there are none."""
    found = [(name, linked.roles.get(slug)) for name, linked in links_in_use().items()]
    return " · ".join(f"{NAMES[name]}: {link.label} ({link.code})" for name, link in found if link)


def concept_cells(link: Link | None) -> tuple[object, ...]:
    """Return a concept as three cells of a table: its code, its label, its score."""
    return (link.code, link.label, link.score) if link else ("", "", "")


def _asked_keywords(artifact: ClusterArtifact) -> list[Asked]:
    kinds: dict[str, str] = {entry.keyword: entry.kind for entry in lexicon_matcher().entries}
    kinds |= {keyword: found.kind for cluster in artifact.clusters for keyword, found in cluster.evidence.items()}
    pools = (keyword for category in get_cluster_categories(artifact) for keyword in category.keywords)
    return [
        asked_keyword(keyword, kinds.get(keyword, "skill"), artifact.labels)
        for keyword in sorted({*artifact.keyword_counts, *pools})
    ]


def _asked_roles(artifact: ClusterArtifact) -> list[Asked]:
    titles = {key: record.title for key, record in artifact.vacancies.items()}
    return [
        Asked(c.slug, c.name, titles=tuple(title for key in c.vacancy_ids if (title := titles.get(key))))
        for c in artifact.clusters
    ]


def _is_read(taxonomy: Taxonomy, model: str) -> bool:
    languages = languages_read(model)
    return languages is None or any(concept.language in languages for concept in taxonomy.concepts)


def _linked(
    taxonomy: Taxonomy, keywords: Sequence[Asked], roles: Sequence[Asked], embed: Embed | None
) -> LinkedTaxonomy:
    return LinkedTaxonomy(
        keywords=link_all(keywords, taxonomy.of_kinds(("skill", "technology")), embed),
        roles=link_all(roles, taxonomy.of_kinds(("occupation",)), embed),
    )


def _write_table(
    name: TaxonomyName,
    artifact: ClusterArtifact,
    keywords: Sequence[Asked],
    roles: Sequence[Asked],
    links: TaxonomyLinks,
    path: Path,
) -> Path:
    linked = links.taxonomies[name]
    sizes = {cluster.slug: cluster.size or len(cluster.vacancy_ids) for cluster in artifact.clusters}
    rows = [
        *(_row(name, "role", each, sizes, linked.roles) for each in roles),
        *(_row(name, "keyword", each, artifact.keyword_counts, linked.keywords) for each in keywords),
    ]
    table = path.with_name(f"links_{name}.csv")
    write_atomically(
        table, to_csv(["what", "key", "label", "postings", *_columns(name), "score", "matched"], rows).encode()
    )
    return table


def _columns(name: TaxonomyName) -> list[str]:
    return list(dict.fromkeys(column for pair in CONCEPT_COLUMNS[name].values() for column in pair))


def _row(
    name: TaxonomyName, what: str, asked: Asked, counts: Mapping[str, int], links: Mapping[str, Link]
) -> list[object]:
    link = links.get(asked.key)
    cells: dict[str, object] = {}
    if link:
        cells = dict(zip(CONCEPT_COLUMNS[name][link.kind], (link.code, link.label), strict=True))
    return [
        *(what, asked.key, asked.label, counts.get(asked.key, "")),
        *(cells.get(column, "") for column in _columns(name)),
        *((link.score, link.matched) if link else ("", "")),
    ]
