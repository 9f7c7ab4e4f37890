"""Imports point down, and heavy libraries are loaded by none but those who need them."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

from tests.sample_files import NURSE, write_files
from tests.sandbox import ROOT, run_command

LINT = "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports(no_cache=True))"
HEAVY = {"torch", "sentence_transformers", "transformers", "openai", "sklearn", "streamlit"}


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
        ("cache", "from pipeline import services"),
        ("documents", "from pipeline.lexicon import fold"),
        ("duplicates", "import streamlit"),
        ("vacancies", "import torch"),
        ("keyword_engine", "import openai"),
        ("document_worker", "from pipeline.errors import RolemapError"),
    ],
)
def test_the_contracts_notice_a_wrong_import(module: str, line: str, tmp_path: Path) -> None:
    for file in (ROOT / "pipeline").rglob("*.py"):
        write_files(tmp_path, {file.relative_to(ROOT).as_posix(): file.read_bytes()})
    write_files(tmp_path, {".importlinter": (ROOT / ".importlinter").read_bytes()})
    changed = tmp_path / "pipeline" / f"{module}.py"
    changed.write_text(f"{changed.read_text()}\n{line}\n")
    done = lint(tmp_path)
    assert done.returncode == 1
    assert "BROKEN" in done.stdout
    assert f"pipeline.{module} ->" in done.stdout


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


def test_the_artifact_can_be_read_with_nothing_but_pydantic() -> None:
    code = "import sys, pipeline.cluster_artifacts; print(*sys.modules)"
    modules = set(subprocess.check_output([sys.executable, "-c", code], cwd=ROOT, text=True).split())
    assert "pydantic" in modules
    assert not modules & (
        HEAVY | {"numpy", "pandas", "plotly", "yaml", "typer", "rich", "sqlite3", "pydantic_settings"}
    )
    assert {name for name in modules if name.startswith("pipeline")} <= {
        *("pipeline", "pipeline.cluster_artifacts", "pipeline.core.errors"),
    }
