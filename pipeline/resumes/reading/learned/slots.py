"""What stands in the same place of other entries: resumes repeat one pattern down the page, so it is alike."""

from collections.abc import Sequence

import numpy as np

from pipeline.resumes.reading.learned.network import Array
from pipeline.resumes.reading.learned.token_features import Run, runs_of
from pipeline.resumes.reading.learned.tokens import Token
from pipeline.resumes.reading.lines import Line

WEIGHT = 1.0  # of what the other entries say, beside what the words themselves do
PATTERNED = frozenset({"work", "education", "projects", "listed"})
Key = tuple[object, ...]


def made_alike(tokens: Sequence[Token], sections: Sequence[str], probabilities: Array) -> Array:
    """Return the probabilities of words' tags, those of runs in the same place of entries drawn to each other."""
    own = np.log(np.maximum(probabilities, 1e-4))
    runs = [run for run in runs_of(tokens) if sections[run.begin] in PATTERNED]
    if not runs:
        return probabilities
    means = np.array([own[run.begin : run.finish].mean(axis=0) for run in runs])
    for run, said in zip(runs, _said_by_others(means, _keys(runs, tokens, sections)), strict=True):
        own[run.begin : run.finish] += WEIGHT * said
    return _evened(own)


def bullets_alike(lines: Sequence[Line], probabilities: Array, names: Sequence[str]) -> Array:
    """Return the probabilities of lines' labels, those of list items of one depth and section drawn to each other."""
    own = np.log(np.maximum(probabilities, 1e-4))
    sections = [names[label].split(".")[0] for label in probabilities.argmax(axis=1)]
    keys: list[Key] = [
        (section, line.level) if line.is_bullet else (number,)
        for number, (line, section) in enumerate(zip(lines, sections, strict=True))
    ]
    return _evened(own + WEIGHT * _said_by_others(own, keys))


def _said_by_others(own: Array, keys: Sequence[Key]) -> Array:
    """Return for each row the mean of the other rows of its key, nothing where it is the only one."""
    groups: dict[Key, list[int]] = {}
    for number, key in enumerate(keys):
        groups.setdefault(key, []).append(number)
    said = np.zeros_like(own)
    for numbers in groups.values():
        if len(numbers) > 1:
            said[numbers] = (own[numbers].sum(axis=0) - own[numbers]) / (len(numbers) - 1)
    return said


def _evened(logarithms: Array) -> Array:
    raised = np.exp(logarithms - logarithms.max(axis=1, keepdims=True))
    return np.asarray(raised / raised.sum(axis=1, keepdims=True), dtype=np.float32)


def _keys(runs: Sequence[Run], tokens: Sequence[Token], sections: Sequence[str]) -> list[Key]:
    """Return where each run stands: its section, the line in its entry, its place there, its style, what parts it."""
    lines = _lines(tokens)
    found: list[Key] = []
    for run in runs:
        token = tokens[run.begin]
        style = (token.bold, token.italic, token.text.isupper())
        found.append((sections[run.begin], lines[run.begin], run.place, token.cell, style, run.before, run.after))
    return found


def _lines(tokens: Sequence[Token]) -> list[int]:
    """Number the line of each word within its entry."""
    first: list[int] = []
    result = []
    for token in tokens:
        if token.kind in ("entry", "body"):
            first = []
        if token.line not in first:
            first.append(token.line)
        result.append(first.index(token.line))
    return result
