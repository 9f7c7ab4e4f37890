"""The commands of well-known resume classes, spelled out with plain LaTeX."""

import re
import tomllib
from pathlib import Path
from typing import Any

from pipeline.resumes.reading.formats.latex.macros import arguments_at

_TABLES: dict[str, Any] = tomllib.loads(Path(__file__).with_name("commands.toml").read_text(encoding="utf-8"))
BREAKS = frozenset(_TABLES["breaks"].split())
LINE_ENDS = frozenset(_TABLES["line_ends"].split())
LISTS = frozenset(_TABLES["lists"].split())
SYMBOLS: dict[str, str] = _TABLES["symbols"]
DROPPED: dict[str, int] = _TABLES["dropped"]
BOLD: dict[str, bool] = _TABLES["bold"]
ITALIC: dict[str, bool] = _TABLES["italic"]
SIZES: dict[str, float] = _TABLES["sizes"]
HEADINGS: dict[str, int] = _TABLES["headings"]
ENVIRONMENTS: dict[str, int] = _TABLES["environments"]
_TEMPLATES: dict[str, str] = _TABLES["templates"]
_AWESOME_CVENTRY = "0i|3p/1b|2p/4p"  # in a `cventries` environment the same command has other arguments


def with_known_commands(body: str) -> str:
    """Spell out the commands of well-known classes with plain ones."""
    pattern = re.compile(
        r"\\("
        + "|".join(sorted(_TEMPLATES, key=len, reverse=True))
        + r")(?![A-Za-z@])\*?\s*((?:\[[^\]]{0,300}\]\s*)*)(?=\{)"
    )
    uses_awesome = r"\begin{cventries}" in body
    for _ in range(4):
        pieces, position = [], 0
        for match in pattern.finditer(body):
            if match.start() < position:
                continue
            template = _AWESOME_CVENTRY if uses_awesome and match[1] == "cventry" else _TEMPLATES[match[1]]
            if match[1] == "social":
                continue
            count = max(map(int, re.findall(r"\d", template))) + 1
            arguments, end = arguments_at(body, match.end(), count)
            pieces += [body[position : match.start()], spelled_out(template, arguments)]
            position = end
        if not pieces:
            break
        body = "".join([*pieces, body[position:]])
    return re.sub(r"\\social\s*\[(\w+)\]\s*(?:\[[^\]]{0,300}\])?\s*\{([^{}]{0,300})\}", _social, body)


def _social(match: re.Match[str]) -> str:
    path = "in/" if match[1].lower() == "linkedin" and not match[2].startswith("in/") else ""
    return f"\\par {match[1].lower()}.com/{path}{match[2]}\\par "


def spelled_out(template: str, arguments: list[str]) -> str:
    """Return the lines and cells that a template makes of a command's arguments."""
    lines = []
    for line in (
        template.split("/") if not template.startswith(("github", "linkedin", "gitlab", "twitter")) else [template]
    ):
        cells = []
        for cell in line.split("|"):
            used = [int(number) for number in re.findall(r"\d", cell)]
            if any(number < len(arguments) and arguments[number].strip() for number in used):
                cells.append(re.sub(r"(\*?)(\d)([bip])", lambda m: _styled(m, arguments), cell))
        if cells:
            lines.append(r"\hfill ".join(cells))
    return r"\par " + r" \\ ".join(lines) + r"\par "


def _styled(match: re.Match[str], arguments: list[str]) -> str:
    number = int(match[2])
    text = arguments[number] if number < len(arguments) else ""
    if not text.strip():
        return ""
    wrapped = {"b": rf"\textbf{{{text}}}", "i": rf"\textit{{{text}}}"}.get(match[3], f"{{{text}}}")
    return rf"\item {wrapped}" if match[1] else wrapped
