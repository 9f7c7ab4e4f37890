"""The report says what the postings state, and nothing of what an earlier version did not keep."""

from pipeline.cluster_artifacts import Cluster, ClusterArtifact, VacancyRecord
from pipeline.postings import find_facts
from pipeline.report import MarketFindings, market_report


def artifact(text: str | None) -> ClusterArtifact:
    facts = find_facts("Cook", text) if text else None
    records = {f"v{number}": VacancyRecord(title="Cook", facts=facts) for number in range(6)}
    return ClusterArtifact(clusters=[Cluster(slug="c", name="<b>Cook", vacancy_ids=list(records))], vacancies=records)


def test_pay_and_place_of_work_stand_in_the_report_with_their_counts() -> None:
    found = artifact("Cook wanted\nPay: $50,000 - $60,000 per year\nThis is an on-site position.")
    page = market_report(MarketFindings(artifact=found, shown=frozenset(found.vacancies), mentions={}))
    assert "6 of 6" in page
    assert "55,000" in page
    assert "6 (100%)" in page
    assert "<b>Cook" not in page


def test_pay_of_few_is_not_told() -> None:
    found = artifact("Cook wanted\nPay: $50,000 - $60,000 per year")
    page = market_report(MarketFindings(artifact=found, shown=frozenset(["v0", "v1"]), mentions={}))
    assert "55,000" not in page


def test_an_artifact_without_facts_has_no_such_section() -> None:
    found = artifact(None)
    page = market_report(MarketFindings(artifact=found, shown=frozenset(found.vacancies), mentions={}))
    assert "What do the postings state?" not in page
