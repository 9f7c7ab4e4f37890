"""From a keyword or a role to the concept that stands for the same: by its labels, else by titles, else by meaning.

Technologies are linked by name alone: what is nearest in meaning is another product.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from pipeline.embedding import Embed, Matrix
from pipeline.keyword_engine import keyword_label
from pipeline.postings import title_segments
from pipeline.taxonomy_links.concepts import Concept
from pipeline.taxonomy_links.labels import LabelIndex, word_stems
from pipeline.taxonomy_links.results import Link, MatchedBy

THRESHOLD = 0.85  # of the chance that a link by meaning is right
MAJORITY = 0.5  # of a role's postings, that must bear a title of an occupation for the role to be it
CANDIDATES = 15  # nearest concepts that are looked at
DECIMALS = 3
# A logistic regression over 220 pairs read by a person: benchmarks/README.md says how, and how often it is right.
COSINE, SHARED_WORDS, KNOWN, BASE = 9.94, 3.72, 2.33, -9.77


@dataclass(frozen=True)
class Asked:
    """A keyword or a role to be linked: its key, how it is written, and the titles of a role's postings."""

    key: str
    label: str
    is_technology: bool = False
    titles: tuple[str, ...] = ()


def asked_keyword(keyword: str, kind: str, labels: Mapping[str, str]) -> Asked:
    """Return a keyword as it is looked up; its kind is technology or skill."""
    return Asked(keyword, keyword_label(keyword, labels), is_technology=kind == "technology")


def link_all(
    asked: Sequence[Asked], concepts: Sequence[Concept], embed: Embed | None, threshold: float = THRESHOLD
) -> dict[str, Link]:
    """Return the link of each that has one, by key. Without `embed` nothing is linked by meaning.

    A technology may be named among skills, as ESCO has it, but no skill is a product.
    """
    index = LabelIndex(concepts)
    skills = [concept for concept in concepts if concept.kind != "technology"]
    skill_index = LabelIndex(skills)
    links: dict[str, Link] = {}
    left: list[Asked] = []
    for each in asked:
        own = index if each.is_technology else skill_index
        if link := _by_name(each, own, embed) or _by_titles(each.titles, own):
            links[each.key] = link
        elif not each.is_technology and any(map(str.islower, each.label)):
            left.append(each)  # an acronym by itself means too little
    if embed is not None and left and skills:
        links |= _by_meaning(left, skills, skill_index, embed, threshold)
    return links


def _by_name(asked: Asked, index: LabelIndex, embed: Embed | None) -> Link | None:
    found, matched = index.named((asked.label, asked.key))
    if found:
        return _link(_nearest(asked.label, found, embed), 1.0, matched)
    # The lexicon's spellings of a technology are one name; those of a skill gather what is near it.
    known = index.known_as(asked.key) if asked.is_technology else []
    return _link(known[0], 1.0, "other label") if known else None


def _nearest(label: str, concepts: Sequence[Concept], embed: Embed | None) -> Concept:
    """Return which of the concepts that bear a name it most likely means."""
    if len(concepts) == 1 or embed is None:
        return concepts[0]
    row = cosines_between(embed([label]), embed([concept.label for concept in concepts]))[0]
    return concepts[nearest_places(row, 1)[0]]


def _by_titles(titles: Sequence[str], index: LabelIndex) -> Link | None:
    """Return the occupation whose labels most of the titles bear, where that is a majority."""
    votes: Counter[Concept] = Counter()
    for title in titles:
        votes.update({concept for part in title_segments(title) for concept in index.named([part])[0]})
    if not votes:
        return None
    concept, count = min(votes.items(), key=lambda vote: (-vote[1], len(vote[0].label), vote[0].code))
    share = count / len(titles)
    return _link(concept, share, "titles") if share >= MAJORITY else None


def _by_meaning(
    asked: Sequence[Asked], concepts: Sequence[Concept], index: LabelIndex, embed: Embed, threshold: float
) -> dict[str, Link]:
    cosines = cosines_between(embed([each.label for each in asked]), embed([concept.label for concept in concepts]))
    stems = [word_stems(concept.label) for concept in concepts]
    places = {concept: place for place, concept in enumerate(concepts)}
    links = {}
    for each, row in zip(asked, cosines, strict=True):
        known, own = {places[concept] for concept in index.known_as(each.key)}, word_stems(each.label)
        chances = [
            (chance_of(float(row[place]), _shared(own, stems[place]), place in known), -place)
            for place in known.union(nearest_places(row, CANDIDATES))
        ]
        chance, place = max(chances)
        if chance >= threshold:
            links[each.key] = _link(concepts[-place], chance, "meaning")
    return links


def cosines_between(rows: Matrix, others: Matrix) -> Matrix:
    """Return the cosines of unit rows, rounded so that they are the same on any number of threads.

    Shape: (number of rows, number of others).
    """
    return np.round(rows @ others.T, DECIMALS)


def nearest_places(cosines: Matrix, count: int) -> list[int]:
    """Return the places of the highest of some cosines, highest first; of equal ones the first."""
    return np.argsort(-cosines, kind="stable")[:count].tolist()


def chance_of(cosine: float, shared: float, is_known: bool) -> float:
    """Return how likely a person takes two labels for the same: a logistic function of what they have in common.

    `shared` is the part of their words that both have; `is_known` that the lexicon takes one for the other.
    """
    weight = COSINE * cosine + SHARED_WORDS * shared + KNOWN * is_known + BASE
    return round(float(1 / (1 + np.exp(-weight))), DECIMALS)


def _shared(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / len(one | other) if one | other else 0.0


def _link(concept: Concept, score: float, matched: MatchedBy) -> Link:
    return Link(
        code=concept.code, label=concept.label, kind=concept.kind, score=round(score, DECIMALS), matched=matched
    )
