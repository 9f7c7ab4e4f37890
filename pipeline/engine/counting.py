"""The keyword report of a corpus by parts: counts that add up."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from pipeline.cluster_artifacts import ClusterArtifact, Overrides, read_overrides
from pipeline.engine.parts import Part
from pipeline.engine.runners import Runner
from pipeline.engine.tasks import Repeats, survey_parts
from pipeline.keyword_engine import (
    Categories,
    KeywordCounts,
    KeywordReport,
    categories_in_use,
    categories_of,
    count_keywords_of,
    default_artifact_path,
    report_of,
    static_categories,
)


@dataclass(frozen=True)
class SharedArtifact:
    """What all who count have to know of the artifact: its head, the analyst's wishes, each posting's cluster."""

    artifact: ClusterArtifact | None
    overrides: Overrides
    cluster_of: Mapping[str, str]

    @cached_property
    def categories(self) -> Categories:
        """The categories in use, made once in each process."""
        return categories_of(self.artifact, self.overrides) if self.artifact else static_categories(None)


def shared_artifact(path: Path | None) -> SharedArtifact:
    """Return what is to be known of the artifact at a path, or of none where it is missing or broken."""
    path = path or default_artifact_path()
    artifact = categories_in_use(path).artifact
    if artifact is None:
        return SharedArtifact(None, Overrides(), {})
    cluster_of = {vacancy_id: cluster.slug for cluster in artifact.clusters for vacancy_id in cluster.vacancy_ids}
    return SharedArtifact(_head(artifact), read_overrides(path), cluster_of)


def analyze_by_parts(parts: Sequence[Part], runner: Runner, artifact: Path | None = None) -> KeywordReport:
    """Count the keywords of all parts by category, repeats once, as `analyze_vacancies` does. Raises RolemapError."""
    parts, _, found = survey_parts(parts, runner)
    repeats = runner.share(found)
    shared = runner.share(shared_artifact(artifact))
    counts = KeywordCounts()
    for counted in runner.run("Finding keywords", count_part, parts, shared, repeats):
        counts.add(counted)
    return report_of(counts, categories_in_use(artifact))


def count_part(part: Part, shared: SharedArtifact, repeats: Repeats) -> KeywordCounts:
    """Count the keywords of one part."""
    vacancies = [vacancy for vacancy in part.read().vacancies if vacancy.id not in repeats.kept_for]
    return count_keywords_of(vacancies, shared.categories, shared.cluster_of)


def _head(artifact: ClusterArtifact) -> ClusterArtifact:
    """Return an artifact without its postings, small enough to be sent around."""
    clusters = [
        cluster.model_copy(
            update={
                "vacancy_ids": [],
                "evidence": {k: found.model_copy(update={"vacancy_ids": []}) for k, found in cluster.evidence.items()},
            }
        )
        for cluster in artifact.clusters
    ]
    return artifact.model_copy(update={"clusters": clusters, "map": {}, "vacancies": {}, "duplicates": {}})
