"""What each line of a resume is, and what each word of its headings says, as the trained network has it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from pipeline.core import UnreadableDocument
from pipeline.resumes.reading.learned import line_features, token_features
from pipeline.resumes.reading.learned.labels import parted, runs, word_role
from pipeline.resumes.reading.learned.network import Array, network
from pipeline.resumes.reading.learned.partners import with_partners
from pipeline.resumes.reading.learned.slots import bullets_alike, made_alike
from pipeline.resumes.reading.learned.tokens import Token, sequence
from pipeline.resumes.reading.lines import TOO_LONG, Line, cell_text

NAMES = frozenset({"employer", "position"})  # which no brackets hold
LARGE = 1.8  # times the size of other letters
MOST_WORDS = 20_000  # of headings, skills and contact data; no resume has as many
_NUMBER = re.compile(r"\A\d{1,2}[.)]\s+(?=[^\W\d])")  # which counts entries
EDGES = " ,;:|–—"  # marks that part fields and are none of them


@dataclass(frozen=True, slots=True)
class Tagged:
    """A line with what it is, and how probable that is."""

    line: Line
    section: str
    role: str
    probability: float


@dataclass(frozen=True, slots=True)
class Field:
    """Words that say one thing: the text as printed, the line's number, how probable it is."""

    tag: str
    text: str
    line: int
    probability: float
    kind: str = "word"
    begin: int = 0
    cell: int = 0


def tag_lines(lines: Sequence[Line]) -> list[Tagged]:
    """Say of each line what it is."""
    if not lines:
        return []
    reader = network()
    probabilities = bullets_alike(lines, _read(tuple(lines))[0], reader.lines)
    labels, sureness = reader.in_order("line", probabilities, [True] * len(lines))
    return _with_name(
        [
            Tagged(line, *parted(reader.lines[label]), one)
            for line, label, one in zip(lines, labels, sureness, strict=True)
        ]
    )


def _with_name(lines: list[Tagged]) -> list[Tagged]:
    """Where no name was found, take the largest line for it, as beside a column that is read first."""
    at = max(range(len(lines)), key=lambda number: lines[number].line.size)
    if lines[at].line.size < LARGE or lines[at].role == "heading" or any(line.role == "name" for line in lines):
        return lines
    section = lines[at].section
    lines[at] = replace(lines[at], section="head", role="name")
    if at + 1 < len(lines) and (lines[at + 1].section, lines[at + 1].role) == (section, "line"):
        lines[at + 1] = replace(lines[at + 1], section="head", role="headline")
    return lines


@lru_cache(maxsize=2)  # the words of lines are read right after the lines
def _read(lines: tuple[Line, ...]) -> tuple[Array, Array]:
    return network().read_lines(line_features.features_of(lines))


def tag_words(lines: Sequence[Tagged]) -> list[list[Field]]:
    """Return the fields of each line whose words matter, from left to right."""
    found: list[list[Field]] = [[] for _ in lines]
    tokens, features, sections = _tokens(lines)
    if not tokens:
        return found
    if len(tokens) > MOST_WORDS:
        raise UnreadableDocument(TOO_LONG)
    reader = network()
    _, known = _read(tuple(line.line for line in lines))
    probabilities = reader.read_words(features, [token.line for token in tokens], known)
    linked = [bool(index) and side_by_side(tokens[index - 1], token) for index, token in enumerate(tokens)]
    alike = made_alike(tokens, sections, probabilities)
    first, sureness = reader.in_order("word", alike, linked)
    best = with_partners(tokens, sections, alike, first, reader.words)
    sureness = [
        one if tag == before else float(row[tag])
        for one, tag, before, row in zip(sureness, best, first, alike, strict=True)
    ]
    for field in _fields(tokens, [reader.words[label] for label in best], sureness, lines):
        found[field.line].append(field)
    return found


def _tokens(lines: Sequence[Tagged]) -> tuple[list[Token], list[list[str]], list[str]]:
    """Return the words that matter, with their features and the section that each stands in."""
    labels = [f"{line.section}.{line.role}" for line in lines]
    tokens: list[Token] = []
    features: list[list[str]] = []
    sections: list[str] = []
    for section, numbers in runs(labels):
        own = sequence([(number, lines[number].line, word_role(labels[number]) or "") for number in numbers])
        features += token_features.features_of(own, section)
        tokens += own
        sections += [section] * len(own)
    return tokens, features, sections


def side_by_side(one: Token, other: Token) -> bool:
    """Tell whether nothing parts two words."""
    return one.kind == other.kind == "word" and (one.line, one.cell) == (other.line, other.cell)


def _fields(
    tokens: Sequence[Token], tags: Sequence[str], probabilities: Sequence[float], lines: Sequence[Tagged]
) -> Iterator[Field]:
    """Yield each stretch of words of one tag; words of one cell only go together."""
    begin = 0
    while begin < len(tokens):
        first, tag = tokens[begin], tags[begin].removeprefix("B-")
        finish = begin + 1
        while finish < len(tokens) and _goes_on(tokens, tags, begin, finish):
            finish += 1
        if first.text and (tag != "-" or first.kind != "mark"):
            last = tokens[finish - 1]
            whole = cell_text(lines[first.line].line.cells[first.cell])
            text = _NUMBER.sub("", whole[first.begin : last.finish].lstrip(EDGES).removeprefix(". "))
            start = last.finish - len(text)
            text = text.rstrip(EDGES)
            if text.count("(") > text.count(")") and whole[last.finish : last.finish + 1] == ")":
                text += ")"
            if tag in NAMES and whole[:start].endswith("(") and whole[start + len(text) :].startswith(")"):
                tag = "note"
            if text and (tag not in NAMES or any(map(str.isalnum, text))):
                yield Field(tag, text, first.line, min(probabilities[begin:finish]), first.kind, start, first.cell)
        begin = finish


def _goes_on(tokens: Sequence[Token], tags: Sequence[str], begin: int, at: int) -> bool:
    first, token = tokens[begin], tokens[at]
    same = tags[at] == tags[begin].removeprefix("B-") and (token.line, token.cell) == (first.line, first.cell)
    return same and bool(token.text) and "date" not in (token.kind, tokens[at - 1].kind)
