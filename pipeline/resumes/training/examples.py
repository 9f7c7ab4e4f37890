"""Written resumes as what the network sees of them."""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from pipeline.resumes.reading.learned import line_features, token_features
from pipeline.resumes.reading.learned.labels import merged, runs, word_role
from pipeline.resumes.reading.learned.network import ids_of
from pipeline.resumes.reading.learned.tagging import side_by_side
from pipeline.resumes.reading.learned.tokens import sequence
from pipeline.resumes.reading.lines import cell_text
from pipeline.resumes.training.handwritten import texts_of, written
from pipeline.resumes.training.labelling import marked
from pipeline.resumes.training.marked import Known
from pipeline.resumes.training.renderings import composed_names, names_of, rendered
from pipeline.resumes.training.writing import write_resume

LINE_ROWS, WORD_ROWS = 16_384, 24_576  # of the two tables of vectors
COMPOSED = 800  # people whose names go into resumes written by hand
Numbers = NDArray[np.int64]


@dataclass
class Example:
    """One resume: features of its lines and of its headings' words as rows of tables, and what each is."""

    lines: list[Numbers]
    line_labels: list[str]
    words: list[Numbers]
    word_labels: list[str]
    places: list[int]
    linked: list[bool]  # whether a word stands beside the one before it


def example_of(resume: list[Known]) -> Example:
    """Return what the network sees of a resume."""
    labels = [merged(one.label) for one in resume]
    lines = [ids_of(one, LINE_ROWS) for one in line_features.features_of([one.line for one in resume])]
    example = Example(lines, labels, [], [], [], [])
    for section, numbers in runs(labels):
        tokens = sequence([(number, resume[number].line, word_role(labels[number]) or "") for number in numbers])
        example.words += [ids_of(one, WORD_ROWS) for one in token_features.features_of(tokens, section)]
        example.word_labels += [
            _tag(resume[token.line], token.cell, token.begin) if token.text else "-" for token in tokens
        ]
        example.places += [token.line for token in tokens]
        example.linked += [False, *(side_by_side(one, other) for one, other in pairwise(tokens))]
    return example


def _tag(one: Known, cell: int, begin: int) -> str:
    texts = [cell_text(other) for other in one.line.cells]
    before = "".join(texts[:cell]) + texts[cell][:begin]
    at = sum(not character.isspace() for character in before)
    return one.tags[at].lstrip("+") if at < len(one.tags) else "-"


def _made(seed: int) -> Example | None:
    resume = write_resume(seed)
    return example_of(resume) if resume else None


def examples(seeds: range) -> list[Example]:
    """Return the examples of seeds."""
    return [one for one in map(_made, seeds) if one and one.lines]


def handwritten_examples(renderings: int) -> list[Example]:
    """Return the examples that resumes written by hand make, so many of each."""
    texts = texts_of("train")
    pools = [names_of(marked(written(text)) for text in texts), composed_names(COMPOSED)]
    return [
        example_of(rendered(text, pools, seed=1000 * number + count))
        for number, text in enumerate(texts)
        for count in range(renderings)
    ]
