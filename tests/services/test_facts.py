"""Facts of postings go through the artifact to the table, and old artifacts without them still load."""

import json
from datetime import date
from pathlib import Path

import pytest

from pipeline.cluster_artifacts import (
    LAYERS,
    Cluster,
    ClusterArtifact,
    Family,
    Specialism,
    Tree,
    VacancyRecord,
    artifact_at,
    at_layer,
    dump_artifact,
    load_artifact,
    save_artifact,
)
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


def test_facts_counted_by_columns_are_those_counted_one_by_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.cluster_artifacts.postings_file.LIGHT_FROM", 10)
    texts = [
        TEXT,
        "We pay 50,000 EUR a year.\nRemote. Full-time or part-time, permanent.",
        "Salary up to £40,000 per year. Hybrid working.",
        "We look for a senior colleague.",
        "",
    ]
    titles = ("Cook", "Junior Cook", "Head of Kitchen", None)
    records = {
        f"v{n}": VacancyRecord(
            title=titles[n % 4],
            posted_on=date(2026, 1 + n % 5, 3) if n % 7 else None,
            second_best="waiter",
            facts=find_facts("Cook", texts[n // 5 % 5]) if n % 6 else None,
        )
        for n in range(120)
    }
    ids = list(records)
    clusters = [Cluster(slug=s, name=s, vacancy_ids=ids[k::3]) for k, s in enumerate(("cook", "waiter", "porter"))]
    families = [Family(slug="kitchen", name="Kitchen", roles=["cook", "porter"])]
    families.append(Family(slug="waiter", name="Waiter", roles=["waiter"]))
    parts = [Specialism(slug=f"cook-{k}", name=f"Cook {k}", vacancy_ids=ids[k::6], role="cook") for k in (0, 3)]
    tree = Tree(families=families, specialisms=parts)
    whole = ClusterArtifact(clusters=clusters, vacancies=records, duplicates={"again": "v1"}, tree=tree)
    save_artifact(whole, tmp_path / "clusters.json")
    for layer in LAYERS:
        light = load_artifact(at_layer(tmp_path / "clusters.json", layer))
        assert not isinstance(light.vacancies, dict)
        found = facts_of_artifact(light)
        assert found == facts_of_artifact(artifact_at(whole, layer))
        assert len({each.currency for each in found.pay}) > 1
        assert found.pay_over_time
