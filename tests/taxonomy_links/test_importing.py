"""Downloaded taxonomies: what is taken of them, in which shapes, and what else is refused."""

from pathlib import Path

import pytest

from pipeline.core import RolemapError
from pipeline.taxonomy_links import keep_taxonomy, load_taxonomy, read_taxonomy
from pipeline.taxonomy_links.concepts import Concept
from tests.sample_files import write_files
from tests.taxonomy_files import ESCO_URI, esco_folder, esco_table, onet_folder, workbook


def test_esco_gives_skills_and_occupations_with_their_other_labels(tmp_path: Path) -> None:
    taxonomy = read_taxonomy(esco_folder(tmp_path))
    assert taxonomy.name == "esco"
    assert len(taxonomy.concepts) == 6
    assert Concept(f"{ESCO_URI}/py-1", "Python (computer programming)", "skill", ("Python", "python scripting")) in (
        taxonomy.concepts
    )


def test_a_second_language_adds_labels_to_the_same_concept(tmp_path: Path) -> None:
    german = esco_table("KnowledgeSkillCompetence", [("gl-1", "das Hauptbuch abstimmen", "")])
    write_files(esco_folder(tmp_path), {"skills_de.csv": german.encode()})
    (ledger,) = [c for c in read_taxonomy(tmp_path).concepts if c.code.endswith("gl-1")]
    assert ledger.label == "balance the ledger"
    assert "das Hauptbuch abstimmen" in ledger.others


def test_concepts_that_were_withdrawn_are_left_out(tmp_path: Path) -> None:
    text = esco_table("KnowledgeSkillCompetence", [("a", "keep bees", ""), ("b", "keep wasps", "")])
    write_files(tmp_path, {"skills_en.csv": text.replace("keep wasps,,,released", "keep wasps,,,obsolete").encode()})
    assert [c.label for c in read_taxonomy(tmp_path).concepts] == ["keep bees"]


def test_onet_gives_occupations_technologies_and_skills_once_each(tmp_path: Path) -> None:
    taxonomy = read_taxonomy(onet_folder(tmp_path))
    assert taxonomy.name == "onet"
    assert [(c.code, c.label, c.others) for c in taxonomy.concepts] == [
        ("15-9001.00", "Ledger Keepers", ("Data Engineer",)),
        ("15-9002.00", "Data Plumbers", ("Data Engineer",)),
        ("2.A.1.x", "Programming", ()),
        ("43232300", "Quillmaster software", ("Quillmaster",)),
        ("43232300", "Structured query language SQL", ("Structured query language", "SQL")),
    ]


def test_onet_in_excel_reads_like_onet_in_text(tmp_path: Path) -> None:
    rows = [["O*NET-SOC Code", "Title", "Description"], ["15-9001.00", "Ledger Keepers", "They keep books."]]
    write_files(tmp_path, {"Occupation Data.xlsx": workbook(rows)})
    assert [(c.code, c.label) for c in read_taxonomy(tmp_path).concepts] == [("15-9001.00", "Ledger Keepers")]


@pytest.mark.parametrize("folder_of", [esco_folder, onet_folder])
def test_a_kept_taxonomy_reads_back_whole(folder_of: object, tmp_path: Path) -> None:
    assert callable(folder_of)
    taxonomy = read_taxonomy(folder_of(tmp_path / "download"))
    keep_taxonomy(taxonomy, tmp_path / "kept")
    assert load_taxonomy(tmp_path / "kept", taxonomy.name) == taxonomy


@pytest.mark.parametrize(
    ("files", "problem"),
    [
        ({}, "neither ESCO nor O\\*NET\\. Give"),
        ({"movies.csv": "title,year\nJaws,1975\n"}, "neither ESCO nor O\\*NET\\. Give"),
        ({"esco.ttl": "@prefix esco: <x> ."}, "linked data"),
        ({"03_occupation_data.sql": "CREATE TABLE x"}, "SQL"),
        ({"ESCO dataset.zip": "PK"}, "still packed"),
        ({"inner/skills_en.csv": "conceptUri,preferredLabel\n"}, "a folder inside it does"),
        ({"Tools and Technology.txt": "O*NET-SOC Code\tT2 Type\tT2 Example\n"}, "earlier layout"),
        ({"skills_en.csv": "concept,label\nx,y\n"}, "no column conceptUri and no column preferredLabel"),
        ({"Technology Skills.txt": "O*NET-SOC Code\tExample\n1\tx\n"}, "no column Commodity Code"),
        ({"skills_en.csv": "conceptUri,preferredLabel\n"}, "hold no concepts"),
    ],
)
def test_what_is_no_such_taxonomy_is_refused_in_one_line(files: dict[str, str], problem: str, tmp_path: Path) -> None:
    write_files(tmp_path, {name: text.encode() for name, text in files.items()})
    with pytest.raises(RolemapError, match=problem) as caught:
        read_taxonomy(tmp_path)
    assert "\n" not in str(caught.value)


def test_a_file_in_place_of_a_folder_is_refused(tmp_path: Path) -> None:
    write_files(tmp_path, {"skills_en.csv": b"x"})
    with pytest.raises(RolemapError, match="is a file"):
        read_taxonomy(tmp_path / "skills_en.csv")
