import io
import re
import zipfile
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from pipeline.cluster_artifacts import (
    Cluster,
    ClusterArtifact,
    CurvePoint,
    Evidence,
    KeywordEvidence,
    Quality,
    VacancyRecord,
)
from pipeline.keyword_engine import KeywordHit
from pipeline.market_trends import MarketQuestion, find_trends
from pipeline.postings import Vacancy
from pipeline.report import MarketFindings, market_report
from pipeline.resume_generator import FitScale
from pipeline.services.fitting import Advice, PostingFit, ResumeFit
from pipeline.services.market import make_market_report
from pipeline.services.market_workbook import market_workbook
from pipeline.services.questions import question_in_words
from tests.sample_trends import corpus, posting

HOSTILE = "</title></style><script src=http://192.0.2.1/x.js>alert(1)</script><img src=x onerror=y>\ud800\x00 مهندس"
ALLOWED = set(
    "html head meta title style body main nav section h1 h2 h3 p ul li a strong div span bdi table caption thead tbody "
    "tr th td svg defs g use circle path polyline text".split()
)


class _Reader(HTMLParser):
    """Gathers the elements and attributes of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes += [(name, value or "") for name, value in attrs]


def findings(clusters: int = 2, name: str = "Nurse") -> MarketFindings:
    made, records, points = [], {}, {}
    for number in range(clusters):
        ids = [f"{number}-{i}" for i in range(3)]
        example = Evidence(vacancy_id=ids[0], sentence=f"You know {name}.")
        made.append(
            Cluster(
                slug=f"r{number}",
                name=f"{name} {number}",
                summary=name,
                vacancy_ids=ids,
                top_keywords=[name],
                evidence={name: KeywordEvidence(vacancy_ids=ids[:2], share=0.67, example=example)},
                typical=ids[:1],
            )
        )
        for i, vacancy_id in enumerate(ids):
            records[vacancy_id] = VacancyRecord(title=name, company=name, posted_on=date(2026, 1 + i, 1))
            points[vacancy_id] = (float(number), float(i))
    curve = [CurvePoint(clusters=n, silhouette=0.1, stability=0.9) for n in (2, 3)]
    artifact = ClusterArtifact(
        clusters=made, vacancies=records, map=points, quality=Quality(curve=curve, advice=name, stability=0.9)
    )
    return MarketFindings(artifact, frozenset(points), {i: frozenset({name}) for i in points}, filters=name)


def read(page: str) -> _Reader:
    reader = _Reader()
    reader.feed(page)
    return reader


def test_a_report_has_kinds_pools_trends_and_method() -> None:
    page = market_report(findings())
    for words in ("6 postings", "Which 2 kinds of role", "2 (67%)", "What is asked for more", "Stability", "You know"):
        assert words in page


@pytest.mark.parametrize("clusters", [1, 4, 40])
def test_nothing_in_a_report_runs_or_reaches_out(clusters: int) -> None:
    postings = [posting(m * 20 + i, m, [HOSTILE] if i < 4 * m else []) for m in range(4) for i in range(20)]
    given = findings(clusters, HOSTILE)
    given = MarketFindings(given.artifact, given.shown, given.mentions, find_trends(corpus(postings)))
    page = market_report(given)
    page.encode()
    reader = read(page)
    assert reader.tags <= ALLOWED
    assert not [name for name, _ in reader.attributes if name.startswith("on") or name in ("src", "srcset", "data")]
    assert all(value.startswith("#") for name, value in reader.attributes if name == "href")
    assert "default-src 'none'" in page
    assert "url(" not in re.findall(r"<style>(.*?)</style>", page, re.S)[0]


def test_the_same_findings_give_the_same_bytes() -> None:
    given = findings(4)
    other = MarketFindings(given.artifact, sorted(given.shown, reverse=True), given.mentions, filters=given.filters)
    assert market_report(given) == market_report(other)


def test_a_report_of_filtered_postings_says_so_and_counts_them() -> None:
    given = findings()
    page = market_report(MarketFindings(given.artifact, {"0-0"}, given.mentions, filters="in Bonn"))
    assert "The job market in 1 posting<" in page
    assert "in Bonn" in page


def test_postings_without_dates_have_a_report_without_trends(tmp_path: Path) -> None:
    artifact = findings().artifact
    page = make_market_report(artifact, tmp_path / "none.json", [Vacancy(id="0-0", text="Hello")], {"0-0": ()}).decode()
    assert "None of the 1 postings has a date" in page


def test_filters_are_put_in_words() -> None:
    filters = MarketQuestion(seniorities=frozenset({"senior"}), since=date(2026, 1, 1))
    assert question_in_words(filters) == "seniority senior; posted from 2026-01-01"


@pytest.mark.parametrize("clusters", [1, 4, 40])
def test_a_workbook_has_tables_and_no_cell_that_runs(clusters: int) -> None:
    postings = [posting(m * 20 + i, m, [HOSTILE] if i < 4 * m else []) for m in range(4) for i in range(20)]
    given = findings(clusters, "=1+1")
    given = MarketFindings(given.artifact, given.shown, given.mentions, find_trends(corpus(postings)))
    data = market_workbook(given)
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    assert {"Kinds of role", "Keywords", "Place of work", "By month"} <= set(book.sheet_names)
    rows = book.get_sheet_by_name("Kinds of role").to_python()
    assert [row[0] for row in rows[1:]] == [cluster.name for cluster in given.artifact.clusters]
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = archive.namelist()
        assert any("charts/chart" in name for name in names)
        assert any("tables/table" in name for name in names)
        assert not any(b"<f>" in archive.read(name) for name in names if name.startswith("xl/worksheets/sheet"))


def test_a_report_carries_what_differs_what_goes_together_and_what_fits(tmp_path: Path) -> None:
    artifact = findings(5, HOSTILE).artifact
    sql, dbt, icu = (KeywordHit(word, word, 0, 1, "skill", "general") for word in ("sql", "dbt", "icu"))
    hits = {f"{n}-{i}": (sql, dbt) if n < 2 or (n, i) == (2, 0) else (icu,) for n in range(5) for i in range(3)}
    fit = ResumeFit(
        postings=[PostingFit(id="0-0", title=HOSTILE, role_name="Nurse", fit=0.834, shown=["sql"], missing=["dbt"])],
        advice=[Advice(keyword="dbt", label="dbt", opens=3, asking=4)],
        showings={},
        scale=FitScale(),
        near_count=4,
        open_count=1,
    )
    stored = [Vacancy(id=i, text="Hello") for i in hits]
    question = MarketQuestion(roles=frozenset({"r0", "r1", "r2", "r3"}))
    made = {
        kind: make_market_report(artifact, tmp_path / "none.json", stored, hits, question, kind, fit)
        for kind in ("html", "xlsx")
    }
    page = made["html"].decode()
    reader = _Reader()
    reader.feed(page)
    assert reader.tags <= ALLOWED
    for title in ("How do these postings and all the others differ?", "Which skills are asked for together?"):
        assert title in page
    assert "83%" in page
    assert "Which skills would open the most postings?" in page
    sheets = CalamineWorkbook.from_filelike(io.BytesIO(made["xlsx"]))
    assert {"Compared", "Together", "My fit", "To learn next"} <= set(sheets.sheet_names)
    assert sheets.get_sheet_by_name("My fit").to_python()[1][0] == 0.834


def test_a_report_of_everything_has_no_rest_to_be_compared_with(tmp_path: Path) -> None:
    page = make_market_report(
        findings().artifact, tmp_path / "none.json", [Vacancy(id="0-0", text="Hello")], {"0-0": ()}
    )
    assert b'id="compared"' not in page
    assert b'id="fit"' not in page
