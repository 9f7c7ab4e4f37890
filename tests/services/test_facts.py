"""Facts of postings go through the artifact to the table, and old artifacts without them still load."""

import json
from pathlib import Path

from pipeline.cluster_artifacts import Cluster, ClusterArtifact, VacancyRecord, dump_artifact, load_artifact
from pipeline.postings import find_facts
from pipeline.services import facts_of_artifact, postings_csv

TEXT = "Cook wanted\nPay: $21.00 - $24.00 per hour\nThis is an on-site position, full-time."


def artifact() -> ClusterArtifact:
    records = {f"v{n}": VacancyRecord(title="=Cook", facts=find_facts("Cook", TEXT)) for n in range(5)}
    return ClusterArtifact(clusters=[Cluster(slug="cook", name="Cook", vacancy_ids=list(records))], vacancies=records)


def test_facts_come_back_from_the_file_as_they_were_found(tmp_path: Path) -> None:
    path = tmp_path / "clusters.json"
    path.write_bytes(dump_artifact(artifact()))
    assert load_artifact(path) == artifact()
    (pay,) = facts_of_artifact(load_artifact(path)).pay
    assert (pay.slug, pay.count, pay.median) == ("cook", 5, 46_800)


def test_an_artifact_without_facts_loads_and_says_so(tmp_path: Path) -> None:
    old = json.loads(dump_artifact(artifact()))
    for record in old["vacancies"].values():
        del record["facts"]
    path = tmp_path / "clusters.json"
    path.write_text(json.dumps(old))
    found = facts_of_artifact(load_artifact(path))
    assert found.pay == []
    assert "Cluster again" in found.notices[0]


def test_the_table_has_every_fact_with_its_words_and_runs_no_formula() -> None:
    head, first, *_ = postings_csv(artifact()).splitlines()
    cells = dict(zip(head.split(","), first.split(","), strict=False))
    assert cells["title"] == "'=Cook"
    assert (cells["pay_low"], cells["pay_period"]) == ("21.0", "hour")
    assert cells["pay_words"] == "Pay: $21.00 - $24.00 per hour"
    assert postings_csv(artifact(), ["v1"]).count("\n") == 2
