"""The two trained models: what each line of a resume is, and what each word of its headings says.

Both are linear-chain conditional random fields (Lafferty, McCallum and Pereira, 2001); `pipeline/resumes/training`
trains them. A probability is the marginal of the best labelling's label.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.resumes.reading import line_features, token_features
from pipeline.resumes.reading.labels import parted, runs, word_role
from pipeline.resumes.reading.lines import Line, cell_text
from pipeline.resumes.reading.models import tagger
from pipeline.resumes.reading.slots import slot_features
from pipeline.resumes.reading.tokens import Token, sequence

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


def _tag(name: str, features: list[list[str]]) -> tuple[list[str], list[float]]:
    model = tagger(name)
    model.set(features)
    labels = model.tag()
    return labels, [model.marginal(label, index) for index, label in enumerate(labels)]


def tag_lines(lines: Sequence[Line]) -> list[Tagged]:
    """Say of each line what it is."""
    if not lines:
        return []
    labels, probabilities = _tag("lines", line_features.features_of(lines))
    return [
        Tagged(line, *parted(label), probability)
        for line, label, probability in zip(lines, labels, probabilities, strict=True)
    ]


def tag_words(lines: Sequence[Tagged]) -> list[list[Field]]:
    """Return the fields of each line whose words matter, from left to right."""
    found: list[list[Field]] = [[] for _ in lines]
    labels = [f"{line.section}.{line.role}" for line in lines]
    for section, numbers in runs(labels):
        tokens = sequence([(number, lines[number].line, word_role(labels[number]) or "") for number in numbers])
        if not tokens:
            continue
        features = token_features.features_of(tokens, section)
        model = tagger("words")
        model.set(features)
        thoughts = slot_features(tokens, model.marginal)
        tags, probabilities = _tag("slots", [one + more for one, more in zip(features, thoughts, strict=True)])
        for field in _fields(tokens, tags, probabilities, lines):
            found[field.line].append(field)
    return found


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
            text = whole[first.begin : last.finish].lstrip(EDGES)
            start = last.finish - len(text)
            if text:
                yield Field(tag, text, first.line, min(probabilities[begin:finish]), first.kind, start, first.cell)
        begin = finish


def _goes_on(tokens: Sequence[Token], tags: Sequence[str], begin: int, at: int) -> bool:
    first, token = tokens[begin], tokens[at]
    same = tags[at] == tags[begin].removeprefix("B-") and (token.line, token.cell) == (first.line, first.cell)
    return same and bool(token.text) and "date" not in (token.kind, tokens[at - 1].kind)
