"""Vocabularies that a user brings: what is taken, what is left out and why, and what comes of it in a text."""

from pathlib import Path

import pytest

from pipeline.core import RolemapError
from pipeline.keyword_engine import extract_keywords_from_text
from pipeline.keyword_engine.imported_vocabulary import import_vocabulary as import_from
from pipeline.keyword_engine.lexicon import load_lexicon
from pipeline.services import import_vocabulary, list_vocabularies, remove_vocabulary

ONET = "Example,hot\n"
ESCO = "preferredLabel,altLabels\n"


def imported(tmp_path: Path, content: str) -> tuple[list[str], dict[str, str]]:
    source = tmp_path / "own.csv"
    source.write_text(content, encoding="utf-8")
    report = import_from(source, tmp_path / "kept", load_lexicon())
    return report.added, dict(report.left_out)


def test_plain_labels_are_taken_and_those_of_no_use_left_out_with_the_reason(tmp_path: Path) -> None:
    added, left_out = imported(
        tmp_path,
        "tune grandfather clocks\nPython (computer programming)\ncreate model\nSpanish\n"
        "draft many long papers of a technical kind\nk9\n=cmd|' /C calc'!A0\n",
    )
    assert added == ["tune grandfather clocks"]
    assert left_out == {
        "Python (computer programming)": "duplicate",
        "create model": "too general",
        "Spanish": "duplicate",
        "draft many long papers of a technical kind": "too long",
        "k9": "too short",
        "=cmd|' /C calc'!A0": "no name",
    }


def test_of_technologies_names_are_taken_and_kinds_of_software_are_not(tmp_path: Path) -> None:
    added, left_out = imported(
        tmp_path, f"{ONET}Microsoft Excel,True\nWeb browser software,False\nFrobnik Quillmaster software,False\n"
    )
    assert added == ["Frobnik Quillmaster"]
    assert left_out == {"Microsoft Excel": "duplicate", "Web browser software": "too general"}


def test_alternative_labels_lead_to_the_preferred_one_of_a_text(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ROLEMAP_HOME", str(tmp_path / "home"))
    source = tmp_path / "Clocks.csv"
    source.write_text(f"{ESCO}tune grandfather clocks,regulate longcase clocks\n", encoding="utf-8")
    import_vocabulary(source)
    assert list_vocabularies() == {"clocks": 1}
    (hit,) = extract_keywords_from_text("You regulate longcase clocks.")
    assert hit.keyword == "tune grandfather clocks"
    remove_vocabulary("clocks")
    assert extract_keywords_from_text("You regulate longcase clocks.") == []


@pytest.mark.parametrize(
    ("content", "problem"),
    [("", "holds no labels"), ("a,b,c,d,e\n1,2,3,4,5\n", "no column of labels")],
)
def test_a_file_without_labels_is_refused_in_one_line(content: str, problem: str, tmp_path: Path) -> None:
    with pytest.raises(RolemapError, match=problem) as caught:
        imported(tmp_path, content)
    assert "\n" not in str(caught.value)
