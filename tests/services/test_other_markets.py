import json
from pathlib import Path

import pytest

from pipeline import services
from pipeline.cluster_artifacts import load_artifact
from pipeline.core import RolemapError
from pipeline.keyword_engine import default_artifact_path
from pipeline.services import ComparedSet, OtherMarket
from tests.sample_files import ANALYST, NURSE


def beside(market: OtherMarket) -> ComparedSet:
    return ComparedSet(market.name, list(market.facts.values()), market.roles, market.keywords)


def test_a_colleagues_artifact_is_compared_by_what_it_knows_in_full(clustered_copy: Path) -> None:
    path = default_artifact_path()
    artifact = load_artifact(path)
    theirs = services.market_of_file("theirs.json", path.read_bytes(), artifact)
    assert theirs.keywords
    assert set(theirs.facts) == {i for cluster in artifact.clusters for i in cluster.vacancy_ids}
    naming = artifact.clusters[0].evidence
    keyword = next(k for k in naming if k in theirs.keywords)
    assert all(keyword in theirs.facts[i].keywords for i in naming[keyword].vacancy_ids)
    found = services.compare_sets(beside(theirs), beside(theirs), artifact.labels)
    assert {each.difference for _, each in found.all_differences} == {0.0}


def test_an_earlier_clustering_whose_postings_are_stored_is_compared_by_all_they_name(clustered_copy: Path) -> None:
    history = clustered_copy / "output/history"
    history.mkdir()
    version = history / "0003-00000000.json"
    version.write_bytes(default_artifact_path().read_bytes())
    ids = [i for cluster in load_artifact(version).clusters for i in cluster.vacancy_ids]
    market = services.earlier_market(version, dict.fromkeys(ids, frozenset({"sql"})))
    assert market.keywords is None
    assert {keyword for fact in market.facts.values() for keyword in fact.keywords} == {"sql"}
    assert market.name.endswith("(no. 3)")


def test_a_colleagues_postings_come_under_ones_own_kinds_of_role(clustered_copy: Path) -> None:
    rows = [{"title": "Nurse", "text": NURSE, "company": "Ada"}, {"title": "Data Analyst", "text": ANALYST}]
    data = "\n".join(map(json.dumps, rows)).encode()
    artifact = load_artifact(default_artifact_path())
    market = services.market_of_file("theirs.jsonl", data, artifact)
    assert sorted(fact.title or "" for fact in market.facts.values()) == ["Data Analyst", "Nurse"]
    nurse = next(fact for fact in market.facts.values() if fact.title == "Nurse")
    assert "nurse" in market.roles[nurse.role].casefold()
    assert not (clustered_copy / "vacancies/added").exists()


@pytest.mark.parametrize("data", [b'{"schema_version": 2, "clusters": []}', b""])
def test_what_is_neither_is_refused_by_name(data: bytes, clustered_copy: Path) -> None:
    with pytest.raises(RolemapError, match=r"theirs\.json"):
        services.market_of_file("theirs.json", data, load_artifact(default_artifact_path()))
