"""Linking a workspace: what is kept, what tables, the API and the page then show, and what stops it."""

import csv
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from pipeline.api import create_app
from pipeline.cluster_artifacts import at_layer, load_artifact
from pipeline.core import RolemapError
from pipeline.keyword_engine import KeywordReport
from pipeline.services import (
    forget_taxonomy,
    keyword_report,
    link_taxonomies,
    links_in_use,
    posting_keywords,
    read_corpus,
    report_csv,
    role_in_taxonomies,
)
from pipeline.taxonomy_links import LINKS_NAME
from tests.sample_files import write_files
from tests.sandbox import run_command
from tests.taxonomy_files import ESCO_URI, esco_folder, onet_folder


def whole_report() -> KeywordReport:
    postings = read_corpus().vacancies
    return keyword_report(postings, posting_keywords(postings))


def rows_of(path: Path) -> dict[tuple[str, str], dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return {(row["what"], row["key"]): row for row in csv.DictReader(file)}


def test_a_workspace_is_linked_to_both_taxonomies_in_their_own_columns(clustered_copy: Path, tmp_path: Path) -> None:
    role = load_artifact(clustered_copy / "output/vacancy_clusters.json").clusters[0]
    link_taxonomies(taxonomy=esco_folder(tmp_path / "esco", occupation=role.name.lower()))
    run = link_taxonomies(taxonomy=onet_folder(tmp_path / "onet", title=f"{role.name}s"))
    assert run.concepts == {"esco": 6, "onet": 5}
    esco, onet = (rows_of(clustered_copy / "output" / f"links_{name}.csv") for name in ("esco", "onet"))
    assert esco["keyword", "python"]["conceptUri"] == f"{ESCO_URI}/py-1"
    assert esco["keyword", "python"]["preferredLabel"] == "Python (computer programming)"
    assert (esco["keyword", "python"]["score"], esco["keyword", "python"]["matched"]) == ("1.0", "label")
    assert onet["keyword", "sql"]["Commodity Code"] == "43232300"
    assert onet["role", role.slug]["O*NET-SOC Code"].startswith("15-900")
    assert esco["keyword", "kubernetes"]["conceptUri"] == esco["keyword", "kubernetes"]["score"] == ""
    assert f"ESCO: {role.name.lower()} ({ESCO_URI}/oc-1) · O*NET: " in role_in_taxonomies(role.slug)

    lines = report_csv(whole_report()).splitlines()
    assert lines[0].endswith("conceptUri,preferredLabel,esco_score,onet_code,onet_title,onet_score")
    assert any(f"{ESCO_URI}/sql-1,SQL,1.0,43232300,Structured query language SQL,1.0" in line for line in lines)

    with TestClient(create_app(), base_url="http://127.0.0.1:8000") as client:
        found = client.get("/api/taxonomy").json()["links"]["esco"]
        assert found["sql"] == {
            "code": f"{ESCO_URI}/sql-1",
            "label": "SQL",
            "kind": "skill",
            "score": 1.0,
            "matched": "label",
        }
        assert client.get("/api/clusters").json()["links"]["onet"][role.slug]["kind"] == "occupation"


def test_linking_again_gives_the_same_bytes_and_forgetting_takes_the_links_along(
    clustered_copy: Path, tmp_path: Path
) -> None:
    file = clustered_copy / "output" / LINKS_NAME
    link_taxonomies(taxonomy=esco_folder(tmp_path / "esco"))
    first = file.read_bytes()
    link_taxonomies()
    assert file.read_bytes() == first
    assert links_in_use(at_layer(clustered_copy / "output/vacancy_clusters.json", "families")) == links_in_use() != {}
    forget_taxonomy("esco")
    assert links_in_use() == {}
    with pytest.raises(RolemapError, match="none is imported"):
        forget_taxonomy("esco")


def test_the_command_tells_what_it_linked(clustered_copy: Path, tmp_path: Path) -> None:
    done = run_command("link", "--taxonomy", str(esco_folder(tmp_path / "esco")), home=clustered_copy)
    assert done.status == 0, done.err
    assert "ESCO, 6 concepts" in done.out
    assert "2 by label" in done.out


@pytest.mark.parametrize(("arguments", "problem"), [((), "No taxonomy is imported"), (("--taxonomy", "."), "Give the")])
def test_without_a_taxonomy_the_command_says_what_to_give(
    arguments: tuple[str, ...], problem: str, workspace: Path
) -> None:
    done = run_command("link", *arguments, home=workspace)
    assert done.status == 1
    assert problem in done.err
    assert "Traceback" not in done.err


def test_a_taxonomy_in_a_language_the_model_does_not_read_is_linked_by_labels_alone(
    clustered_copy: Path, tmp_path: Path
) -> None:
    run = link_taxonomies(taxonomy=esco_folder(tmp_path / "esco", "de"))
    assert "only labels were compared" in run.notices[0]
    assert {link.matched for link in run.links.taxonomies["esco"].keywords.values()} <= {"label", "other label"}


def test_broken_links_cost_the_links_and_nothing_else(clustered_copy: Path) -> None:
    write_files(clustered_copy / "output", {LINKS_NAME: b"{"})
    assert links_in_use() == {}
    assert "conceptUri" not in report_csv(whole_report())
