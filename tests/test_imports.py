"""Imports point down, and heavy libraries are loaded by none but those who need them."""

import ast
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

from tests.sample_files import NURSE, write_files
from tests.sandbox import ROOT, run_command

LINT = "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports(no_cache=True))"
HEAVY = {"torch", "sentence_transformers", "transformers", "openai", "sklearn", "streamlit"}
PACKAGES = {path.parent.name for path in (ROOT / "pipeline").glob("*/__init__.py")}


def lint(root: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-c", LINT], cwd=root, capture_output=True, text=True, check=False)


def imported_names(path: Path) -> set[str]:
    """Return the top-level names of all modules that a file imports anywhere."""
    nodes = list(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))
    plain = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    return {name.split(".")[0] for name in plain} | {
        (node.module or "").split(".")[0] for node in nodes if isinstance(node, ast.ImportFrom)
    }


def test_the_contracts_of_the_layers_hold() -> None:
    done = lint(ROOT)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize(
    ("module", "line"),
    [
        ("core.cache", "from pipeline import services"),
        ("postings.documents", "from pipeline.keyword_engine import fold"),
        ("postings.duplicates", "import streamlit"),
        ("postings.vacancies", "import torch"),
        ("keyword_engine.categories", "import openai"),
        ("services.corpus", "from pipeline.workers import document_worker"),
        ("workers.document_worker", "from pipeline.core import RolemapError"),
        ("cluster_artifacts.model", "if TYPE_CHECKING:\n    from pipeline.vacancy_clustering import cluster_vacancies"),
    ],
)
def test_the_contracts_notice_a_wrong_import(module: str, line: str, tmp_path: Path) -> None:
    for file in (ROOT / "pipeline").rglob("*.py"):
        write_files(tmp_path, {file.relative_to(ROOT).as_posix(): file.read_bytes()})
    write_files(tmp_path, {".importlinter": (ROOT / ".importlinter").read_bytes()})
    changed = tmp_path / "pipeline" / f"{module.replace('.', '/')}.py"
    changed.write_text(f"{changed.read_text()}\n{line}\n")
    done = lint(tmp_path)
    assert done.returncode == 1
    assert "BROKEN" in done.stdout
    assert f"pipeline.{module} ->" in done.stdout


def reached_past_a_face(path: Path) -> list[str]:
    """Return which modules inside a package a file imports from, where it is neither of it nor its own test."""
    place = path.relative_to(ROOT).parts
    own = place[1] if place[0] in ("pipeline", "tests") and len(place) > 2 else ""
    modules = [
        node.module or "" for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.ImportFrom)
    ]
    parts = [module.split(".") for module in modules if module.startswith("pipeline.")]
    return [".".join(part) for part in parts if len(part) > 2 and part[1] in PACKAGES and part[1] != own]


@pytest.mark.parametrize("folder", ["pipeline", "pages", "tests", "."])
def test_nobody_reaches_past_the_face_of_a_package(folder: str) -> None:
    files = ROOT.glob("*.py") if folder == "." else (ROOT / folder).rglob("*.py")
    reached = {path.relative_to(ROOT).as_posix(): found for path in files if (found := reached_past_a_face(path))}
    assert not reached


@pytest.mark.parametrize("package", sorted(PACKAGES - {"workers"}))
def test_every_package_says_what_it_is_and_what_others_may_use(package: str) -> None:
    face = import_module(f"pipeline.{package}")
    assert len((face.__doc__ or "").split()) > 10
    assert sorted(face.__all__) == sorted(set(face.__all__))
    assert all(hasattr(face, name) for name in face.__all__)


def test_the_pipeline_can_be_seen_at_one_glance() -> None:
    entries = {path.name for path in (ROOT / "pipeline").iterdir()} - {"__pycache__"}
    assert len(entries) <= 22


@pytest.mark.parametrize("path", [ROOT / "main.py", ROOT / "app.py", *sorted(ROOT.glob("pages/**/*.py"))], ids=str)
def test_scripts_and_pages_leave_computing_to_the_pipeline(path: Path) -> None:
    assert not imported_names(path) & (HEAVY - {"streamlit"})


@pytest.mark.parametrize("arguments", [("--help",), ("--version",), ("analyze",), ("doctor",)])
def test_commands_that_need_no_model_load_none(arguments: tuple[str, ...], workspace: Path) -> None:
    write_files(workspace / "vacancies", {"a.txt": NURSE})
    done = run_command(*arguments, home=workspace)
    assert done.status == 0, done.err
    assert "pipeline.cli" in done.modules
    assert not done.modules & HEAVY


def test_the_list_of_commands_is_shown_without_loading_any(workspace: Path) -> None:
    done = run_command("--help", home=workspace)
    assert {"cluster-vacancies", "vocabulary", "cache"} <= set(done.out.split())
    assert "Count the keywords of the postings" in done.out
    ours = {name.removeprefix("pipeline.") for name in done.modules if name.startswith("pipeline.")}
    assert ours <= {"cli", "cli.registry", "cli.terminal", "services", "engine", "engine.runners"} | {
        name for name in ours if name.split(".")[0] == "core"
    }
    assert "numpy" not in done.modules


def test_the_artifact_can_be_read_with_nothing_but_pydantic() -> None:
    code = "import sys, pipeline.cluster_artifacts; print(*sys.modules)"
    modules = set(subprocess.check_output([sys.executable, "-c", code], cwd=ROOT, text=True).split())
    assert "pydantic" in modules
    assert not modules & (
        HEAVY | {"numpy", "pandas", "plotly", "yaml", "typer", "rich", "sqlite3", "pydantic_settings"}
    )
    assert {name for name in modules if name.startswith("pipeline")} <= {
        *("pipeline", "pipeline.cluster_artifacts", "pipeline.core"),
        *(f"pipeline.cluster_artifacts.{module}" for module in ("layers", "model", "storage")),
        *("pipeline.cluster_artifacts.posting_rows", "pipeline.cluster_artifacts.postings_file"),
        *("pipeline.core.errors", "pipeline.core.facts", "pipeline.core.files", "pipeline.core.progress"),
        *("pipeline.core.watched", "pipeline.core.column_file", "pipeline.core.late", "pipeline.core.lazy"),
    }
