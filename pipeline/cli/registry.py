"""Which commands there are and where each is written; only the one that is asked for is loaded."""

import ast
from importlib import import_module
from pathlib import Path
from typing import Any

import typer

_FUNCTIONS = {
    "cluster-vacancies": "corpus_commands.cluster_vacancies",
    "read": "corpus_commands.read",
    "analyze": "corpus_commands.analyze",
    "collect": "collect_command.collect",
    "generate": "resume_commands.generate",
    "letter": "letter_command.letter",
    "themes": "look_options.themes",
    "parse-resume": "resume_commands.parse_resume",
    "match": "match_commands.match",
    "fit": "fit_command.fit",
    "compare": "compare_command.compare",
    "trends": "trends_commands.trends",
    "facts": "facts_commands.facts",
    "serve": "serve_commands.serve",
    "mcp": "mcp_command.mcp",
    "link": "link_command.link",
    "doctor": "doctor_command.doctor",
}
_GROUPS = {"vocabulary": "vocabulary_commands.vocabulary", "cache": "cache_commands.cache"}


def add_commands(app: typer.Typer, wanted: str | None) -> None:
    """Add the command that is wanted; where there is none of that name, all of them by what they say of themselves."""
    if wanted in _FUNCTIONS:
        app.command(wanted)(_loaded(_FUNCTIONS[wanted]))
    elif wanted in _GROUPS:
        app.add_typer(_loaded(_GROUPS[wanted]), name=wanted)
    else:
        for name, place in (_FUNCTIONS | _GROUPS).items():
            app.command(name, help=_docstring(place))(_nothing)


def _loaded(place: str) -> Any:
    module, name = place.split(".")
    return getattr(import_module(f"pipeline.cli.{module}"), name)


def _docstring(place: str) -> str | None:
    """Return what a function says of itself, or its module for it, without loading it."""
    module, name = place.split(".")
    tree = ast.parse((Path(__file__).parent / f"{module}.py").read_text(encoding="utf-8"))
    functions = {node.name: node for node in tree.body if isinstance(node, ast.FunctionDef)}
    return ast.get_docstring(functions.get(name, tree))


def _nothing() -> None:
    """Stand for a command in the list of them."""
