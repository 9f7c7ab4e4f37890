"""The artifact seen at another layer of its tree, in the same shape, so that whatever reads an artifact works there.

A layer has an address: that of the artifact's file with the layer's name after it, as if the file were a folder
(`output/vacancy_clusters.json/families`). Whoever is given an address as an artifact's path works on that layer.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Literal, get_args

from pipeline.cluster_artifacts.model import (
    ASKED_SHARE,
    Cluster,
    ClusterArtifact,
    Family,
    KeywordEvidence,
    Tree,
    VacancyRecord,
    get_cluster_categories,
)
from pipeline.cluster_artifacts.posting_rows import Grouping, PostingRecords
from pipeline.core import LazyList

Layer = Literal["families", "roles", "specialisms"]
LAYERS: tuple[Layer, ...] = get_args(Layer)  # from afar to near
ROLES: Layer = "roles"
TYPICAL = 3  # postings shown of a family


def at_layer(path: Path, layer: Layer) -> Path:
    """Return the address of a layer of the artifact at a path, which may be the address of a layer itself."""
    file, _ = read_address(path)
    return file if layer == ROLES else file / layer


def read_address(path: Path) -> tuple[Path, Layer]:
    """Return the artifact's file and the layer that an address names.

    >>> read_address(Path("output/clusters.json/families"))[1], read_address(Path("output/clusters.json"))[1]
    ('families', 'roles')
    """
    layer = next((each for each in LAYERS if each == path.name and path.parent.suffix), None)
    return (path, ROLES) if layer is None else (path.parent, layer)


def artifact_at(artifact: ClusterArtifact, layer: Layer) -> ClusterArtifact:
    """Return the artifact with a cluster for each group of a layer; the same where it has no such layer.

    Shares are of a group's postings, those elsewhere of all others.
    """
    if artifact.tree is None or layer == ROLES:
        return artifact
    return _at_families(artifact, artifact.tree.families) if layer == "families" else _at_specialisms(artifact)


def parents(artifact: ClusterArtifact) -> dict[str, str]:
    """Return the key of the group above each group of the tree: a role's family, a specialism's role."""
    if artifact.tree is None:
        return {}
    above = {role: family.slug for family in artifact.tree.families for role in family.roles if role != family.slug}
    return above | {each.slug: each.role for each in artifact.tree.specialisms}


def group_names(artifact: ClusterArtifact) -> dict[str, str]:
    """Return the name of every group of the tree by its key: families, then roles, then specialisms."""
    tree = artifact.tree or Tree()
    families = {family.slug: family.name for family in tree.families}
    return families | {cluster.slug: cluster.name for cluster in (*artifact.clusters, *tree.specialisms)}


def groups_of_postings(artifact: ClusterArtifact | None) -> dict[str, frozenset[str]]:
    """Return the keys of all groups of the tree that each posting is in; of no artifact, none."""
    if artifact is None:
        return {}
    tree = artifact.tree or Tree()
    family_of = {role: family.slug for family in tree.families for role in family.roles}
    groups = {role.slug: frozenset({role.slug, family_of.get(role.slug, role.slug)}) for role in artifact.clusters}
    found = {vacancy_id: groups[role.slug] for role in artifact.clusters for vacancy_id in role.vacancy_ids}
    for each in tree.specialisms:
        found |= dict.fromkeys(each.vacancy_ids, groups[each.role] | {each.slug})
    return found


def _at_families(artifact: ClusterArtifact, families: Sequence[Family]) -> ClusterArtifact:
    if not families:
        return artifact
    known = {cluster.slug: cluster for cluster in artifact.clusters}
    total = sum(_size(cluster) for cluster in artifact.clusters)
    clusters = [
        _gathered(family, [known[role] for role in family.roles if role in known], artifact.keyword_counts, total)
        for family in families
    ]
    return _of_clusters(artifact, clusters, Grouping({role: each.slug for each in families for role in each.roles}))


def _at_specialisms(artifact: ClusterArtifact) -> ClusterArtifact:
    within: dict[str, list[Cluster]] = defaultdict(list)
    for each in artifact.tree.specialisms if artifact.tree else ():
        within[each.role].append(each)
    clusters = [part for role in artifact.clusters for part in within.get(role.slug, [role])]
    whole = {role.slug: role.slug for role in artifact.clusters if role.slug not in within}
    parted = {vacancy_id: each.slug for parts in within.values() for each in parts for vacancy_id in each.vacancy_ids}
    return _of_clusters(artifact, clusters, Grouping(whole, parted))


def _of_clusters(artifact: ClusterArtifact, clusters: Sequence[Cluster], grouping: Grouping) -> ClusterArtifact:
    """Return the artifact of other clusters; which of them a posting is second nearest to is known by its role."""
    records = _records(artifact.vacancies, clusters, grouping)
    changed = {"clusters": clusters, "categories": [], "vacancies": records, "changes": [], "tree": None}
    seen = artifact.model_copy(update=changed)
    return seen.model_copy(update={"categories": get_cluster_categories(seen)})


def _records(
    records: Mapping[str, VacancyRecord], clusters: Sequence[Cluster], grouping: Grouping
) -> Mapping[str, VacancyRecord]:
    if isinstance(records, PostingRecords):
        return records.at_layer(grouping)
    own = {vacancy_id: cluster.slug for cluster in clusters for vacancy_id in cluster.vacancy_ids}
    return {vacancy_id: grouping.seen(record, own.get(vacancy_id)) for vacancy_id, record in records.items()}


def _gathered(family: Family, roles: Sequence[Cluster], counts: dict[str, int], total: int) -> Cluster:
    """Return the cluster that the roles of a family make together."""
    size = sum(_size(role) for role in roles)
    evidence = _evidence_of_all(family, roles, counts, size, total)
    marking = [keyword for keyword in family.keywords if keyword in evidence]
    listed = ", ".join(role.name for role in roles)
    return Cluster(
        slug=family.slug,
        name=family.name,
        summary=f"{size} postings, {size / max(total, 1):.0%} of the market: {listed}.",
        vacancy_ids=[],
        top_keywords=family.keywords,
        defining_technologies=_of_kind("technology", marking, evidence),
        defining_skills=_of_kind("skill", marking, evidence),
        profile_text=f"{family.name}. {listed}. {', '.join(family.keywords)}",
        evidence=evidence,
        typical=[role.typical[0] for role in roles if role.typical][:TYPICAL],
        mark=roles[0].mark if roles else None,
        size=size if any(role.size is not None for role in roles) else None,
    ).model_copy(update={"vacancy_ids": _joined([role.vacancy_ids for role in roles])})


def _joined(lists: Sequence[Sequence[str]]) -> Sequence[str]:
    """Return the members of several lists; where one is read only when it is asked for, so is what they make."""

    def members() -> list[str]:
        return [member for each in lists for member in each]

    is_lazy = any(isinstance(each, LazyList) for each in lists)
    return LazyList(sum(map(len, lists)), members) if is_lazy else members()


def _of_kind(kind: str, keywords: Sequence[str], evidence: dict[str, KeywordEvidence]) -> list[str]:
    return [keyword for keyword in keywords if evidence[keyword].kind == kind]


def _evidence_of_all(
    family: Family, roles: Sequence[Cluster], counts: dict[str, int], size: int, total: int
) -> dict[str, KeywordEvidence]:
    """Return where the keywords of a family were found: those that mark it out, and those that it asks for.

    Each role's evidence covers what its family asks for too, so that what is kept here is counted in full.
    """
    by_keyword: dict[str, list[KeywordEvidence]] = defaultdict(list)
    for role in roles:
        for keyword, found in role.evidence.items():
            by_keyword[keyword].append(found)
    evidence = {keyword: _evidence(found, keyword, counts, size, total) for keyword, found in by_keyword.items()}
    return {k: each for k, each in evidence.items() if each.share >= ASKED_SHARE or k in family.keywords}


def _evidence(
    found: Sequence[KeywordEvidence], keyword: str, counts: dict[str, int], size: int, total: int
) -> KeywordEvidence:
    naming = sum(len(each.vacancy_ids) if each.count is None else each.count for each in found)
    outside = max(counts.get(keyword, naming) - naming, 0)
    return found[0].model_copy(
        update={
            "vacancy_ids": _joined([each.vacancy_ids for each in found]),
            "count": naming if any(each.count is not None for each in found) else None,
            "share": round(naming / max(size, 1), 4),
            "share_elsewhere": round(outside / max(total - size, 1), 4),
        }
    )


def _size(cluster: Cluster) -> int:
    return len(cluster.vacancy_ids) if cluster.size is None else cluster.size
