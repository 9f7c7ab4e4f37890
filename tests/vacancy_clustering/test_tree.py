"""The tree over the roles: families above them, kinds that stand apart within, every key the key of one group."""

from typing import Any

import numpy as np
import pytest

from pipeline.cluster_artifacts import ClusterArtifact, Provenance, artifact_at, build_artifact, group_names
from pipeline.core import ignore_progress
from pipeline.postings import Corpus, Vacancy, role_texts
from pipeline.vacancy_clustering import cluster_vacancies
from pipeline.vacancy_clustering.mentions import find_mentions

JOBS = {
    "Welder": "You weld steel frames. Welding, grinding and reading drawings.",
    "Pipe Fitter": "You fit pipes in plants. Pipe fitting, grinding and reading drawings.",
    "Ward Nurse": "You care for patients on a ward. Patient assessment and medication.",
    "Theatre Nurse": "You prepare patients for surgery. Patient assessment and sterile technique.",
    "Pastry Cook": "You bake cakes. Baking, HACCP and menus.",
}
PLACES = dict(zip(JOBS, np.eye(5, 12), strict=True))
PLACES["Pipe Fitter"] = PLACES["Welder"] + 0.9 * PLACES["Pipe Fitter"]
PLACES["Theatre Nurse"] = PLACES["Ward Nurse"] + 0.9 * PLACES["Theatre Nurse"]


def embed(texts: Any) -> Any:
    """Return rows near the place of the job that a text speaks of."""
    rows = []
    for text in texts:
        known = next((title for title, body in JOBS.items() if title in text or body[:20] in text), "Pastry Cook")
        noise = np.random.default_rng(sum(map(ord, text))).normal(size=12)
        rows.append(PLACES[known] + 0.03 * noise)
    array = np.array(rows)
    return array / np.linalg.norm(array, axis=1, keepdims=True)


def corpus(each: int = 14) -> Corpus:
    return Corpus(
        tuple(
            Vacancy(id=f"{title}-{n}", title=title, text=f"{title}\n\n{body} Shift {n}, hall {n * 7}.")
            for title, body in JOBS.items()
            for n in range(each)
        )
    )


def clustered(count: int, earlier: ClusterArtifact | None = None, each: int = 14) -> ClusterArtifact:
    result = cluster_vacancies(corpus(each), count=count, provenance=Provenance(), embed=embed, earlier=earlier)
    return build_artifact(result)


@pytest.fixture(scope="module")
def fine() -> ClusterArtifact:
    return clustered(5)


@pytest.fixture(scope="module")
def coarse() -> ClusterArtifact:
    return clustered(3)


def test_roles_are_as_many_as_asked_for_and_each_is_in_one_family(fine: ClusterArtifact) -> None:
    assert len(fine.clusters) == 5
    assert fine.tree
    roles = [role for family in fine.tree.families for role in family.roles]
    assert sorted(roles) == sorted(cluster.slug for cluster in fine.clusters)
    assert {frozenset(family.roles) for family in fine.tree.families} == {
        frozenset({"welder", "pipe-fitter"}),
        frozenset({"ward-nurse", "theatre-nurse"}),
        frozenset({"pastry-cook"}),
    }


def test_a_family_of_one_role_is_that_role(fine: ClusterArtifact) -> None:
    assert fine.tree
    lone = next(family for family in fine.tree.families if len(family.roles) == 1)
    assert (lone.slug, lone.name) == ("pastry-cook", "Pastry Cook")


def test_too_few_roles_show_the_kinds_within_them_by_name(coarse: ClusterArtifact) -> None:
    assert len(coarse.clusters) == 3
    assert coarse.tree
    assert {each.name for each in coarse.tree.specialisms} == {
        *("Welder", "Pipe Fitter", "Ward Nurse", "Theatre Nurse"),
    }
    for role in coarse.clusters:
        within = [each.vacancy_ids for each in coarse.tree.specialisms if each.role == role.slug]
        assert len(within) != 1
        assert not within or sorted(i for ids in within for i in ids) == sorted(role.vacancy_ids)


@pytest.mark.parametrize("layer", ["families", "roles", "specialisms"])
def test_no_layer_loses_a_posting(layer: Any, fine: ClusterArtifact, coarse: ClusterArtifact) -> None:
    for artifact in (fine, coarse):
        seen = artifact_at(artifact, layer)
        assert sorted(i for cluster in seen.clusters for i in cluster.vacancy_ids) == sorted(artifact.vacancies)


def test_a_family_counts_its_keywords_in_full(fine: ClusterArtifact) -> None:
    seen = artifact_at(fine, "families")
    vacancies = corpus().vacancies
    mentions = find_mentions(vacancies, role_texts(vacancies), ignore_progress)
    named = {vacancy_id: {mention.keyword for mention in found} for vacancy_id, found in mentions.items()}
    for family in seen.clusters:
        assert family.evidence
        for keyword, found in family.evidence.items():
            naming = {i for i in family.vacancy_ids if keyword in named[i]}
            assert set(found.vacancy_ids) == naming
            assert found.share == pytest.approx(len(naming) / len(family.vacancy_ids), abs=1e-4)


def test_keys_hold_over_a_refresh_and_stand_for_one_group_each(fine: ClusterArtifact, coarse: ClusterArtifact) -> None:
    for earlier, count in ((fine, 5), (coarse, 3)):
        later = clustered(count, earlier, each=16)
        assert set(group_names(later)) == set(group_names(earlier))
    finer = clustered(5, coarse)
    assert finer.tree
    keys = [cluster.slug for cluster in finer.clusters] + [each.slug for each in finer.tree.specialisms]
    keys += [family.slug for family in finer.tree.families if len(family.roles) > 1]
    assert len(keys) == len(set(keys))


def test_specialisms_have_colours_of_their_own(coarse: ClusterArtifact) -> None:
    seen = artifact_at(coarse, "specialisms")
    marks = [cluster.mark for cluster in seen.clusters]
    assert len(set(marks)) == len(marks)
