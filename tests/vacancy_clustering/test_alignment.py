from pipeline.cluster_artifacts import Cluster, ClusterArtifact, cluster_marks
from pipeline.vacancy_clustering.alignment import place_marks


def artifact(**marks: int | None) -> ClusterArtifact:
    return ClusterArtifact(clusters=[Cluster(slug=slug, name=slug, mark=mark) for slug, mark in marks.items()])


def test_a_key_that_stays_keeps_its_colour_wherever_it_stands_and_new_ones_take_what_is_free() -> None:
    assert place_marks(["a", "b", "c"], {}) == [0, 1, 2]
    assert place_marks(["new", "b", "a"], {"a": 0, "b": 1, "c": 2}) == [2, 1, 0]
    assert place_marks(["b", "x", "y", "z"], {"a": 0, "b": 1}) == [1, 0, 2, 3]


def test_an_artifact_from_before_has_its_colours_by_place() -> None:
    assert cluster_marks(artifact(a=None, b=None)) == {"a": 0, "b": 1}
