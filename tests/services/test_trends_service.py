"""Trends from files to files: the report as JSON and CSV, the command, and a model that helps, fails or is missing."""

import csv
import json
from pathlib import Path

import pytest

from pipeline.core import RolemapError
from pipeline.market_trends import TrendReport
from pipeline.services.trends import market_trends, run_trends, trend_corpus, trends_csv
from tests.fake_llm import FakeLanguageModelServer, answer, failure
from tests.sample_files import NURSE, write_files
from tests.sample_trends import day
from tests.sandbox import run_command

NAMES = ("Ada", "Bo", "Cy", "Di", "Ed", "Flo", "Gus", "Hal", "Ida", "Jo", "Kim", "Lu", "Mo", "Ned", "Oz", "Pam")


def market(folder: Path) -> Path:
    """Write 12 months of postings in which Rust rises, Hadoop fades and SQL stays."""
    rows = [
        {
            "id": f"{month}-{i}",
            "title": f"{name} wanted as engineer {month}",
            "company": f"{name} & Co",
            "posted_on": day(month).isoformat(),
            "text": f"{name} looks for engineer number {month * 16 + i}. You use "
            + ", ".join(
                ["SQL"] * (i % 2) + ["Rust"] * (i < 2 + month) + ["Hadoop"] * (i < 13 - month) + [f"the {name} way"]
            )
            + ".",
        }
        for month in range(12)
        for i, name in enumerate(NAMES)
    ]
    return write_files(folder, {"rows.jsonl": "\n".join(map(json.dumps, rows))})


@pytest.fixture
def dated(workspace: Path) -> Path:
    market(workspace / "vacancies")
    return workspace


def test_the_report_is_written_as_json_and_as_a_table(dated: Path) -> None:
    report, written = run_trends()
    assert written == [dated / "output/market_trends.json", dated / "output/market_trends.csv"]
    assert TrendReport.model_validate_json(written[0].read_bytes()) == report
    assert {t.keyword: t.direction for t in report.trends if t.keyword in ("rust", "hadoop", "sql")} == {
        "rust": "rising",
        "hadoop": "fading",
        "sql": "steady",
    }
    with written[1].open(newline="") as file:
        rows = {row["keyword"]: row for row in csv.DictReader(file)}
    assert rows["rust"]["direction"] == "rising"
    assert float(rows["rust"]["slope_low"]) > 0
    assert len(rows["rust"]["vacancy_ids"].split("; ")) == int(rows["rust"]["vacancies"])


def test_the_same_postings_give_the_same_bytes(dated: Path) -> None:
    _, written = run_trends()
    before = [path.read_bytes() for path in written]
    run_trends()
    assert [path.read_bytes() for path in written] == before


def test_no_cell_of_the_table_runs_as_a_formula(workspace: Path) -> None:
    rows = [
        {"id": f'=HYPERLINK("x"){i}', "text": f"=1+1 Kafka for team {NAMES[i]}", "posted_on": day(i % 4).isoformat()}
        for i in range(12)
    ]
    write_files(workspace / "vacancies", {"rows.jsonl": "\n".join(map(json.dumps, rows))})
    _, *table = csv.reader(trends_csv(market_trends(trend_corpus())).splitlines())
    [kafka] = [row for row in table if "kafka" in row[0]]
    assert any("=HYPERLINK" in cell for cell in kafka)
    assert not any(cell.startswith("=") for cell in kafka)


def test_undated_postings_write_nothing_and_say_what_to_add(workspace: Path) -> None:
    write_files(workspace / "vacancies", {"nurse.txt": NURSE})
    with pytest.raises(RolemapError, match="Add posted_on"):
        run_trends()
    assert not (workspace / "output/market_trends.json").exists()


def test_a_place_that_cannot_be_written_is_named(dated: Path) -> None:
    (dated / "taken").write_text("")
    with pytest.raises(RolemapError, match="Cannot write"):
        run_trends(output=dated / "taken/report.json")


def use(server: FakeLanguageModelServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_BASE_URL", server.url)
    monkeypatch.setenv("OPENAI_API_KEY", "sk-test")
    monkeypatch.setenv("OPENAI_MODEL", "fake")


SKILLS = {
    "skills": [
        {"name": name, "category": "tools", "direction": direction, "reason": "Heard so.", "confidence": 0.8}
        for name, direction in (("Rust", "rising"), ("Hadoop", "rising"), ("COBOL copybooks", "fading"))
    ]
}


def test_a_models_opinion_is_asked_for_once_and_compared(dated: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with FakeLanguageModelServer() as server:
        use(server, monkeypatch)
        server.respond = lambda request: answer(SKILLS)
        report, written = run_trends(use_llm=True)
        again, _ = run_trends(use_llm=True)
        assert again == report
        assert len(server.requests) == 1
        assert not any(name in server.requests[0].text for name in ("Ada", "& Co", "looks for"))
    assert report.opinion is not None
    assert report.opinion.model == "fake"
    assert [each.verdict for each in report.opinion.skills] == ["agrees", "disagrees", "not in the corpus"]
    assert TrendReport.model_validate_json(written[0].read_bytes()) == report


def test_a_failing_model_costs_only_its_opinion(dated: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    plain, _ = run_trends()
    with FakeLanguageModelServer() as server:
        use(server, monkeypatch)
        server.respond = lambda request: failure(401)
        report, _ = run_trends(use_llm=True)
    assert report.opinion is not None
    assert not report.opinion.skills
    assert "There is no opinion of a model" in (report.opinion.notice or "")
    assert report.trends == plain.trends


def test_a_model_that_is_not_set_up_costs_only_its_opinion(dated: Path) -> None:
    report, _ = run_trends(use_llm=True)
    assert report.opinion is not None
    assert "OPENAI_API_KEY" in (report.opinion.notice or "")
    assert report.of("rising")


def test_a_key_alone_is_no_consent(dated: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with FakeLanguageModelServer() as server:
        use(server, monkeypatch)
        assert run_trends()[0].opinion is None
        monkeypatch.setenv("ROLEMAP_USE_LLM", "1")
        assert run_trends(use_llm=False)[0].opinion is None
        assert not server.requests
        assert run_trends()[0].opinion is not None


def test_the_command_prints_trends_and_loads_no_model(dated: Path) -> None:
    done = run_command("trends", home=dated)
    assert done.status == 0, done.err
    assert "Rust" in done.out
    assert "rising" in done.out
    assert (dated / "output/market_trends.csv").exists()
    assert not done.modules & {"torch", "sentence_transformers", "openai", "sklearn", "streamlit"}


def test_the_command_prints_nothing_but_json_where_asked(dated: Path) -> None:
    done = run_command("trends", "--json", "--output", str(dated / "own.json"), home=dated)
    assert done.status == 0, done.err
    printed = json.loads(done.out)
    assert printed.pop("output") == [str(dated / "own.json"), str(dated / "own.csv")]
    assert printed == json.loads((dated / "own.json").read_text())


def test_the_command_ends_with_one_line_where_dates_are_missing(workspace: Path) -> None:
    write_files(workspace / "vacancies", {"nurse.txt": NURSE})
    done = run_command("trends", home=workspace)
    assert done.status == 1
    assert len(done.error_lines) == 1
    assert "Add posted_on" in done.error_lines[0]
    assert "Traceback" not in done.err
