"""Keywords as people write them."""

from pathlib import Path

import pytest

from pipeline.keyword_engine import keyword_label, keyword_labels, usual_spelling


@pytest.mark.parametrize(
    ("keyword", "label"),
    [
        ("sql", "SQL"),
        ("postgresql", "PostgreSQL"),
        ("grpc", "gRPC"),
        ("r", "R"),
        ("large language models", "large language models"),
        ("gcp", "Google Cloud"),
        ("hull blasting", "hull blasting"),
    ],
)
def test_a_keyword_is_written_as_the_lexicon_writes_it_else_as_its_key(keyword: str, label: str) -> None:
    assert keyword_label(keyword) == label


def test_the_spelling_of_an_artifact_counts_where_the_lexicon_has_none() -> None:
    own = {"nqf sluice rating": "NQF sluice rating", "sql": "Sql"}
    assert keyword_label("nqf sluice rating", own) == "NQF sluice rating"
    assert keyword_label("sql", own) == "SQL"
    assert keyword_labels(["sql", "payroll", "nqf sluice rating"], own) == {
        "sql": "SQL",
        "nqf sluice rating": "NQF sluice rating",
    }


def test_a_lexicon_of_the_user_has_the_last_word_on_spelling(workspace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own = workspace / "own.csv"
    own.write_text("name,kind\nPOSTGRESQL,technology\n", encoding="utf-8")
    monkeypatch.setenv("ROLEMAP_LEXICON", str(own))
    assert keyword_label("postgresql") == "POSTGRESQL"


def test_the_most_frequent_spelling_wins_and_of_equal_ones_the_quieter() -> None:
    assert usual_spelling("sluice gates", ["Sluice gates", "SLUICE GATES", "Sluice-Gates", "sluice gates"]) == (
        "sluice gates"
    )
    assert usual_spelling("scada loops", ["Tune SCADA loops.", "SCADA loops", "Scada Loops"]) == "SCADA loops"
    assert usual_spelling("scada loops", ["Nothing of the kind."]) == "scada loops"
