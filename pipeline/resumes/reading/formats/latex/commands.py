"""The commands of well-known resume classes, spelled out with plain LaTeX."""

import re
import tomllib
from pathlib import Path
from typing import Any

from pipeline.resumes.reading.formats.latex.macros import arguments_at, rewritten

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
_NETWORKS: dict[str, str] = _TABLES["networks"]
_CHART = re.compile(r"\\wheelchart\s*(?=\{)")
_RUN_IN_HEADING = re.compile(r"\\runsubsection\s*(?=\{)")
_AWESOME_CVENTRY = "0i|3p/1b|2p/4p"  # in a `cventries` environment the same command has other arguments


def with_known_commands(body: str) -> str:
    """Spell out the commands of well-known classes with plain ones."""
    pattern = re.compile(
        r"\\("
        + "|".join(sorted(_TEMPLATES, key=len, reverse=True))
        + r")(?![A-Za-z@])\*?\s*((?:\[[^\]]{0,300}\]\s*)*)(?=\{)"
    )
    uses_awesome = r"\begin{cventries}" in body

    def plain_one(match: re.Match[str]) -> tuple[str, int]:
        template = _AWESOME_CVENTRY if uses_awesome and match[1] == "cventry" else _TEMPLATES[match[1]]
        count = max(map(int, re.findall(r"\d", template))) + 1
        arguments, end = arguments_at(match.string, match.end(), count)
        return spelled_out(template, arguments), end

    body = rewritten(body, _RUN_IN_HEADING, _whole_heading)
    body = _with_accounts(rewritten(body, _CHART, _labels_of_chart))
    for _ in range(4):
        body = rewritten(body, pattern, plain_one)
    return body


def _with_accounts(body: str) -> str:
    """Spell out accounts: `\\social[github]{name}` and `\\github{name}`, each an address on a line of its own."""
    names = "|".join(sorted(_NETWORKS, key=len, reverse=True))
    body = re.sub(r"\\social\s*\[(\w+)\]\s*(?:\[[^\]]{0,300}\])?\s*\{([^{}]{0,300})\}", _account, body)
    return re.sub(rf"\\({names})\s*(?:\[[^\]]{{0,300}}\])?\s*\{{([^{{}}]{{1,300}})\}}", _account, body)


def _account(match: re.Match[str]) -> str:
    host = _NETWORKS.get(match[1].lower(), f"{match[1].lower()}.com/")
    name = match[2].strip()
    path = host.partition("/")[2]
    known = name.removeprefix(path) if path and name.startswith(path) else name
    address = known if "/" in known and "." in known.split("/")[0] else host + known
    return f"\\par {address}\\par "


def _labels_of_chart(match: re.Match[str]) -> tuple[str, int]:
    """Keep of a wheel chart what it says: each wedge is `share/width/colour/label`, and the labels are its text."""
    arguments, end = arguments_at(match.string, match.end(), 3)
    wedges = arguments[2].split(",") if len(arguments) == 3 else []
    labels = [wedge.split("/", 3)[-1].strip() for wedge in wedges if wedge.count("/") >= 3]
    items = "".join(rf"\item {label} " for label in labels)
    return rf"\begin{{itemize}}{items}\end{{itemize}}" if items else "", end


def _whole_heading(match: re.Match[str]) -> tuple[str, int] | None:
    """Put on one line what is printed so: `\\runsubsection{Employer}` with the `\\descript{| Position}` after it."""
    name, end = arguments_at(match.string, match.end(), 1)
    following = re.compile(r"\s*\\descript\s*(?=\{\s*\|)").match(match.string, end)
    if not following:
        return None
    rest, end = arguments_at(match.string, following.end(), 1)
    return rf"\subsection{{{name[0].strip()} {rest[0].strip()}}}", end


def spelled_out(template: str, arguments: list[str]) -> str:
    """Return the lines and cells that a template makes of a command's arguments."""
    lines = []
    for line in template.split("/"):
        cells = []
        for cell in line.split("|"):
            used = [int(number) for number in re.findall(r"\d", cell)]
            if any(number < len(arguments) and arguments[number].strip() for number in used):
                cells.append(re.sub(r"(\*?)(\d)([biup])", lambda m: _styled(m, arguments), cell))
        if cells:
            lines.append(r"\hfill ".join(cells))
    return r"\par " + r" \\ ".join(lines) + r"\par "


def _styled(match: re.Match[str], arguments: list[str]) -> str:
    number = int(match[2])
    text = arguments[number] if number < len(arguments) else ""
    if not text.strip():
        return ""
    address = text if "://" in text or text.startswith("\\") else f"https://{text.strip()}"
    styles = {"b": rf"\textbf{{{text}}}", "i": rf"\textit{{{text}}}", "u": rf"\href{{{address}}}{{{text}}}"}
    wrapped = styles.get(match[3], f"{{{text}}}")
    return rf"\item {wrapped}" if match[1] else wrapped
