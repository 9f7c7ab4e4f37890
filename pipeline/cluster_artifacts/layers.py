"""An artifact seen from afar: its families of roles in the place of its clusters, in the same shape."""

from collections.abc import Sequence

from pipeline.cluster_artifacts.model import (
    Cluster,
    ClusterArtifact,
    Family,
    KeywordEvidence,
    VacancyRecord,
    get_cluster_categories,
)

TYPICAL = 3  # postings shown of a family


def artifact_at_families(artifact: ClusterArtifact) -> ClusterArtifact:
    """Return the artifact with a cluster for each family, so that whatever reads an artifact works on families.

    The same artifact where it has no families. Shares are of a family's postings, those elsewhere of all others.
    """
    if not artifact.families:
        return artifact
    known = {cluster.slug: cluster for cluster in artifact.clusters}
    total = sum(_size(cluster) for cluster in artifact.clusters)
    clusters = [
        _gathered(family, [known[role] for role in family.roles if role in known], artifact.keyword_counts, total)
        for family in artifact.families
    ]
    family_of = {role: family.slug for family in artifact.families for role in family.roles}
    own = {vacancy_id: cluster.slug for cluster in clusters for vacancy_id in cluster.vacancy_ids}
    records = {i: _record(record, own.get(i), family_of) for i, record in artifact.vacancies.items()}
    changed = {"clusters": clusters, "categories": [], "vacancies": records, "changes": [], "families": []}
    seen = artifact.model_copy(update=changed)
    return seen.model_copy(update={"categories": get_cluster_categories(seen)})


def _gathered(family: Family, roles: Sequence[Cluster], counts: dict[str, int], total: int) -> Cluster:
    size = sum(_size(role) for role in roles)
    names = list(dict.fromkeys(keyword for role in roles for keyword in role.evidence))
    evidence = {
        keyword: _evidence([r.evidence[keyword] for r in roles if keyword in r.evidence], keyword, counts, size, total)
        for keyword in names
    }
    kinds = {keyword: evidence[keyword].kind for keyword in family.keywords if keyword in evidence}
    listed = ", ".join(role.name for role in roles)
    return Cluster(
        slug=family.slug,
        name=family.name,
        summary=f"{size} postings, {size / max(total, 1):.0%} of the market: {listed}.",
        vacancy_ids=[vacancy_id for role in roles for vacancy_id in role.vacancy_ids],
        top_keywords=family.keywords,
        defining_technologies=[keyword for keyword, kind in kinds.items() if kind == "technology"],
        defining_skills=[keyword for keyword, kind in kinds.items() if kind == "skill"],
        profile_text=f"{family.name}. {listed}. {', '.join(family.keywords)}",
        evidence=evidence,
        typical=[role.typical[0] for role in roles if role.typical][:TYPICAL],
        mark=roles[0].mark if roles else None,
        size=size if any(role.size is not None for role in roles) else None,
    )


def _evidence(
    found: Sequence[KeywordEvidence], keyword: str, counts: dict[str, int], size: int, total: int
) -> KeywordEvidence:
    naming = sum(len(each.vacancy_ids) if each.count is None else each.count for each in found)
    outside = max(counts.get(keyword, naming) - naming, 0)
    return found[0].model_copy(
        update={
            "vacancy_ids": [vacancy_id for each in found for vacancy_id in each.vacancy_ids],
            "count": naming if any(each.count is not None for each in found) else None,
            "share": round(naming / max(size, 1), 4),
            "share_elsewhere": round(outside / max(total - size, 1), 4),
        }
    )


def _record(record: VacancyRecord, own: str | None, family_of: dict[str, str]) -> VacancyRecord:
    """Return what is kept of a posting; the next best role of its own family is no other family."""
    second = family_of.get(record.second_best or "")
    return record if second is None else record.model_copy(update={"second_best": None if second == own else second})


def _size(cluster: Cluster) -> int:
    return len(cluster.vacancy_ids) if cluster.size is None else cluster.size
