"""Routes that read the cluster artifact, and say whether the server is well."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from fastapi import APIRouter

from pipeline.api.context import LayeredService, ServiceDependency
from pipeline.api.models import Categories, Category, Clusters, ClusterSummary, Health, Readiness, Taxonomy
from pipeline.cluster_artifacts import ClusterArtifact, Tree, at_layer, get_cluster_categories, load_artifact, parents
from pipeline.core import BrokenArtifact, MissingArtifact
from pipeline.keyword_engine import default_artifact_path, get_tech_taxonomy, keyword_labels, taxonomy_notice
from pipeline.services import links_in_use

router = APIRouter(prefix="/api", tags=["clusters"])


@router.get("/clusters")
async def list_clusters(service: LayeredService) -> Clusters:
    """List the clusters of the artifact in use, or the groups of another layer of its tree."""
    return await service.answer(lambda: _clusters(service.artifact))


def _clusters(path: Path | None) -> Clusters:
    path = path or default_artifact_path()
    artifact, whole = load_artifact(path), load_artifact(at_layer(path, "roles"))
    above, tree = parents(whole), whole.tree or Tree()
    pools = {category.slug: category.keywords for category in get_cluster_categories(artifact)}
    clusters = [
        ClusterSummary(
            slug=cluster.slug,
            name=cluster.name,
            summary=cluster.summary,
            vacancy_count=len(cluster.vacancy_ids),
            keywords=pools.get(cluster.slug, []),
            parent=above.get(cluster.slug),
        )
        for cluster in artifact.clusters
    ]
    return Clusters(
        clusters=clusters,
        families=tree.families,
        labels=_labels(pools.values(), artifact),
        links={name: linked.roles for name, linked in links_in_use(path).items()},
        quality=artifact.quality,
    )


@router.get("/categories")
async def list_categories(service: LayeredService) -> Categories:
    """List the category keys in use; the built-in ones, with a notice, where there is no usable artifact."""
    return await service.answer(lambda: _categories(service.artifact))


def _categories(path: Path | None) -> Categories:
    artifact = _usable_artifact(path)
    if artifact:
        categories = [Category.model_validate(category) for category in get_cluster_categories(artifact)]
    else:
        categories = [
            Category(slug=slug, name=slug.replace("_", " ").capitalize(), summary="", keywords=pool)
            for slug, pool in get_tech_taxonomy(path).items()
        ]
    labels = _labels((category.keywords for category in categories), artifact)
    return Categories(categories=categories, labels=labels, notices=_notices(path))


@router.get("/taxonomy")
async def show_taxonomy(service: LayeredService) -> Taxonomy:
    """Return each category's whole keyword pool; pools may overlap."""
    return await service.answer(lambda: _taxonomy(service.artifact))


def _taxonomy(path: Path | None) -> Taxonomy:
    taxonomy = get_tech_taxonomy(path)
    pooled = {keyword for pool in taxonomy.values() for keyword in pool}
    return Taxonomy(
        taxonomy=taxonomy,
        labels=_labels(taxonomy.values(), _usable_artifact(path)),
        links={
            name: {keyword: link for keyword, link in linked.keywords.items() if keyword in pooled}
            for name, linked in links_in_use(path).items()
        },
        notices=_notices(path),
    )


def _labels(pools: Iterable[Sequence[str]], artifact: ClusterArtifact | None) -> dict[str, str]:
    return keyword_labels((keyword for pool in pools for keyword in pool), artifact.labels if artifact else None)


def _usable_artifact(path: Path | None) -> ClusterArtifact | None:
    try:
        return load_artifact(path or default_artifact_path())
    except (MissingArtifact, BrokenArtifact):
        return None


def _notices(path: Path | None) -> list[str]:
    notice = taxonomy_notice(path)
    if notice:
        return [notice]
    artifact = _usable_artifact(path)
    return artifact.quality.notes if artifact else []


@router.get("/health", tags=["state"])
async def health() -> Health:
    """Say that the server answers."""
    return Health()


@router.get("/ready", tags=["state"])
async def ready(service: ServiceDependency) -> Readiness:
    """Say that there are clusters to answer with; 503 where the artifact is missing or broken."""
    await service.answer(lambda: load_artifact(service.artifact or default_artifact_path()))
    return Readiness()
