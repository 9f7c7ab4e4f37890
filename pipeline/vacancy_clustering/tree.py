"""The layers above and below the roles: found, named and described as the roles are, under keys that hold."""

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.cluster_artifacts import Cluster, ClusterArtifact, Family, Specialism, Tree, cluster_marks
from pipeline.vacancy_clustering.alignment import align_clusters, place_marks
from pipeline.vacancy_clustering.describer import Describer, Groups
from pipeline.vacancy_clustering.families import gather
from pipeline.vacancy_clustering.naming import says_little
from pipeline.vacancy_clustering.pools import Pool
from pipeline.vacancy_clustering.specialisms import kinds_within

SAID = 2  # roles in a family's name


@dataclass(frozen=True)
class Layers:
    """The postings of each role; the numbers of the roles of each family; the postings of the kinds within a role."""

    roles: Groups
    families: list[list[int]]
    within: dict[int, list[list[int]]]

    @property
    def wide(self) -> list[list[int]]:
        """The postings of each family."""
        return [[i for role in own for i in self.roles[role]] for own in self.families]

    @property
    def leaves(self) -> list[tuple[int, Sequence[int]]]:
        """The postings of each kind within a role, or of a role without such, beside the role's number."""
        return [(role, part) for role, group in enumerate(self.roles) for part in self.within.get(role, [group])]


def find_layers(describer: Describer, roles: Groups) -> Layers:
    """Return the layers above and below the roles."""
    found = [kinds_within(describer.rows[group]) for group in roles]
    within = {
        role: [[roles[role][i] for i in part] for part in parts] for role, parts in enumerate(found) if len(parts) > 1
    }
    return Layers(roles, gather(describer.centres(roles)), within)


def asked_above(layers: Layers, pools: Sequence[Pool]) -> list[set[str]]:
    """Return, for each role, what its family asks for, given the families' pools."""
    asked: list[set[str]] = [set() for _ in layers.roles]
    for own, pool in zip(layers.families, pools, strict=True):
        for role in own:
            asked[role] = set(pool.evidence)
    return asked


def keys_of_tree(artifact: ClusterArtifact | None) -> set[str]:
    """Return the keys of the groups above and below the roles, that no role may take."""
    tree = (artifact.tree if artifact else None) or Tree()
    return {family.slug for family in tree.families} | {each.slug for each in tree.specialisms}


def build_tree(
    describer: Describer,
    layers: Layers,
    roles: Sequence[Cluster],
    family_pools: Sequence[Pool],
    earlier: ClusterArtifact | None,
) -> Tree | None:
    """Return the families and specialisms; None where there are neither.

    Those that continue one of the earlier artifact keep its key, and no key stands for two groups of the tree.
    """
    taken = {role.slug for role in roles} | keys_of_tree(earlier)
    families = _families(describer, layers, roles, family_pools, earlier, taken)
    taken |= {family.slug for family in families}
    specialisms = _specialisms(describer, layers, roles, earlier, taken)
    return Tree(families=families, specialisms=specialisms) if families or specialisms else None


def _families(
    describer: Describer,
    layers: Layers,
    roles: Sequence[Cluster],
    pools: Sequence[Pool],
    earlier: ClusterArtifact | None,
    taken: set[str],
) -> list[Family]:
    """Return the families; one of a single role is that role, under its key and name."""
    named = describer.names(layers.wide, pools) if layers.families else []
    names = [
        _of_roles([roles[role].name for role in own]) if says_little(name) else name
        for own, name in zip(layers.families, named, strict=True)
    ]
    many = [number for number, own in enumerate(layers.families) if len(own) > 1]
    ids = describer.ids([layers.wide[number] for number in many])
    known = _families_before(earlier)
    aligned = align_clusters([names[number] for number in many], ids, describer.row_of, known, taken)
    slugs = dict(zip(many, aligned.slugs, strict=True))
    found = []
    for number, (own, pool) in enumerate(zip(layers.families, pools, strict=True)):
        members = [roles[role] for role in own]
        slug, name = (slugs[number], names[number]) if number in slugs else (members[0].slug, members[0].name)
        found.append(Family(slug=slug, name=name, roles=[role.slug for role in members], keywords=pool.top))
    return found


def _of_roles(names: Sequence[str]) -> str:
    """Return a family's name made of those of its roles, the largest first.

    >>> _of_roles(["Data Engineer", "Platform Engineer: Go", "Backend Engineer"])
    'Data Engineer, Platform Engineer and others'
    """
    heads = list(dict.fromkeys(part for name in names for part in name.partition(": ")[0].split(" and ")))
    if len(heads) > SAID:
        return f"{', '.join(heads[:SAID])} and others"
    return " and ".join(heads)


def _specialisms(
    describer: Describer,
    layers: Layers,
    roles: Sequence[Cluster],
    earlier: ClusterArtifact | None,
    taken: set[str],
) -> list[Specialism]:
    """Return the kinds within roles, told apart from all other groups of their layer."""
    if not layers.within:
        return []
    owners, groups = zip(*layers.leaves, strict=True)
    pools = describer.pools(groups)
    names = describer.names(groups, pools)
    inner = [leaf for leaf, role in enumerate(owners) if role in layers.within]
    ids = describer.ids([groups[leaf] for leaf in inner])
    known = _specialisms_before(earlier)
    aligned = align_clusters([names[leaf] for leaf in inner], ids, describer.row_of, known, taken)
    slugs = [roles[role].slug for role in owners]
    for leaf, slug in zip(inner, aligned.slugs, strict=True):
        slugs[leaf] = slug
    clusters = describer.clusters(groups, slugs, names, pools)
    return [Specialism(role=roles[owners[leaf]].slug, **dict(clusters[leaf])) for leaf in inner]


def _families_before(earlier: ClusterArtifact | None) -> ClusterArtifact | None:
    """Return the families of an earlier artifact that had several roles, as if they were its clusters."""
    families = earlier.tree.families if earlier and earlier.tree else []
    ids = {cluster.slug: cluster.vacancy_ids for cluster in earlier.clusters} if earlier else {}
    clusters = [
        Cluster(slug=f.slug, name=f.name, vacancy_ids=[i for role in f.roles for i in ids.get(role, [])])
        for f in families
        if len(f.roles) > 1
    ]
    return ClusterArtifact(clusters=clusters) if clusters else None


def _specialisms_before(earlier: ClusterArtifact | None) -> ClusterArtifact | None:
    """Return the specialisms of an earlier artifact as if they were its clusters."""
    within = earlier.tree.specialisms if earlier and earlier.tree else []
    return ClusterArtifact(clusters=list(within)) if within else None


def with_marks(
    roles: Sequence[Cluster], tree: Tree | None, earlier: ClusterArtifact | None
) -> tuple[list[Cluster], Tree | None]:
    """Return roles and specialisms, no two with the same colour and shape; each key keeps those that it had."""
    within = tree.specialisms if tree else []
    known = cluster_marks(earlier) if earlier else {}
    if earlier and earlier.tree:
        known |= {each.slug: each.mark for each in earlier.tree.specialisms if each.mark is not None}
    marks = place_marks([*(role.slug for role in roles), *(each.slug for each in within)], known)
    own = [role.model_copy(update={"mark": mark}) for role, mark in zip(roles, marks, strict=False)]
    inner = [each.model_copy(update={"mark": mark}) for each, mark in zip(within, marks[len(own) :], strict=True)]
    return own, tree and tree.model_copy(update={"specialisms": inner})
