import json
import subprocess
from pathlib import Path

from tests.sample_files import ENGINEER, NURSE, write_files
from tests.sandbox import ROOT, own_environment, run_command, sandboxed


def test_one_job_is_ranked_explained_and_held_against_a_resume(clustered: Path, tmp_path: Path) -> None:
    write_files(tmp_path, {"job.txt": ENGINEER, "resume.md": "# Jane Doe\n\n## Skills\n\n- Tools: Python, Docker\n"})
    arguments = ("match", "--job", str(tmp_path / "job.txt"), "--resume", str(tmp_path / "resume.md"))
    found = json.loads(run_command(*arguments, "--json", home=clustered).out)
    slugs = {c["slug"] for c in json.loads((clustered / "output/vacancy_clusters.json").read_bytes())["clusters"]}
    assert {cluster["slug"] for cluster in found["clusters"]} == slugs
    assert found["best_cluster"] in slugs
    assert found["reasons"]
    assert len(found["similar"]) == 3
    assert {gap["keyword"] for gap in found["gap"]["listed"]} == {"python", "docker"}
    shown = run_command(*arguments, home=clustered)
    assert shown.status == 0, shown.err
    assert f"variant to send: {found['best_cluster']}" in shown.out
    assert "because it names: " in shown.out
    assert "because it says: " in shown.out
    best = found["clusters"][0]["score"]
    left = {f"{best - reason['drop']:.1%}" for reason in found["reasons"]} - {f"{best:.1%}"}
    assert all(f"({each} without it)" in shown.out for each in left)
    assert f"({best:.1%} without it)" not in shown.out


def test_a_job_comes_from_standard_input(clustered: Path) -> None:
    done = subprocess.run(
        sandboxed("main.py", "match", "--job", "-", "--no-semantic", "--json"),
        input=NURSE.encode(),
        cwd=ROOT,
        env=own_environment(clustered),
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["title"] == "Staff Nurse"


def test_a_folder_gives_one_table_and_names_what_it_skipped(clustered: Path, tmp_path: Path) -> None:
    write_files(tmp_path / "jobs", {"a.txt": ENGINEER, "b.txt": NURSE, "c.txt": "1"})
    done = run_command("match", "--job", str(tmp_path / "jobs"), "--no-semantic", "--json", home=clustered)
    answer = json.loads(done.out)
    assert [row["name"] for row in answer["matches"]] == ["a.txt", "b.txt"]
    assert [skip["id"] for skip in answer["skipped"]] == ["c.txt"]
    table = run_command("match", "--job", str(tmp_path / "jobs"), "--no-semantic", home=clustered)
    assert "a.txt" in table.out
    assert "skipped: c.txt" in table.err


def test_matching_by_keywords_loads_no_model(clustered: Path, tmp_path: Path) -> None:
    write_files(tmp_path, {"job.txt": ENGINEER})
    done = run_command("match", "--job", str(tmp_path / "job.txt"), "--no-semantic", home=clustered)
    assert done.status == 0, done.err
    assert not done.modules & {"torch", "sentence_transformers", "transformers", "sklearn", "openai", "streamlit"}


def test_what_cannot_be_matched_ends_with_one_line_that_says_what_to_do(workspace: Path, tmp_path: Path) -> None:
    write_files(tmp_path, {"job.txt": ENGINEER, "empty.txt": "12", "scan.pdf": b"no pdf"})
    for name, reason in (
        ("absent.txt", "There is no file or folder"),
        ("empty.txt", "holds no text"),
        ("scan.pdf", "it is not a PDF"),
        ("job.txt", "Make one with: python main.py cluster-vacancies"),
    ):
        done = run_command("match", "--job", str(tmp_path / name), home=workspace)
        assert done.status == 1
        assert len(done.error_lines) == 1
        assert reason in done.err
        assert "Traceback" not in done.err


def test_words_of_a_job_are_no_markup_of_the_terminal(clustered: Path, tmp_path: Path) -> None:
    write_files(tmp_path / "jobs", {"[red]x[/red].txt": ENGINEER})
    done = run_command("match", "--job", str(tmp_path / "jobs"), "--no-semantic", home=clustered)
    assert done.status == 0, done.err
    assert "[red]x[/red].txt" in done.out
