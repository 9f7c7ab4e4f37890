"""What each cluster asks for: its keywords, how telling each is, and a sentence of evidence for each."""

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pipeline.cluster_artifacts import Evidence, KeywordEvidence
from pipeline.keyword_engine import Kind, TermMatch, specificity
from pipeline.postings import shown_sentence

POOL_TECHNOLOGIES = 15
POOL_SKILLS = 15
POOL_TOP = 20
MIN_SHARE = 0.05  # of a cluster's vacancies that must name a keyword
MIN_RATIO = 1.5  # how much more often than elsewhere they must
OPEN_FLOOR, OPEN_SHARE, OPEN_RATIO = 3, 0.1, 3.0  # the same for terms that no lexicon vouches for


@dataclass(frozen=True)
class Mention:
    """A keyword as one vacancy names it."""

    keyword: str
    kind: Kind
    sentence: str
    is_open: bool = False  # taken from the corpus, not from the lexicon


@dataclass(frozen=True)
class Pool:
    """One cluster's keywords, most telling first, and the evidence for each."""

    top: list[str]
    technologies: list[str]
    skills: list[str]
    evidence: dict[str, KeywordEvidence]


def to_mentions(found: Sequence[tuple[TermMatch, str]], text: str) -> list[Mention]:
    """Return the lexicon keywords found in a text, each once, with the first sentence that names it."""
    mentions: dict[str, Mention] = {}
    for match, sentence in found:
        if match.entry.keyword not in mentions:
            shown = shown_sentence(sentence, text[match.start : match.end])
            mentions[match.entry.keyword] = Mention(match.entry.keyword, match.entry.kind, shown)
    return list(mentions.values())


def build_pools(mentions: Mapping[str, Sequence[Mention]], clusters: Sequence[Sequence[str]]) -> list[Pool]:
    """Return a pool for each cluster, given each vacancy's mentions and each cluster's vacancy ids."""
    total = sum(len(members) for members in clusters)
    by_keyword: dict[str, set[str]] = defaultdict(set)
    for vacancy_id, found in mentions.items():
        for mention in found:
            by_keyword[mention.keyword].add(vacancy_id)
    return [_pool(members, mentions, by_keyword, total) for members in clusters]


def _pool(
    members: Sequence[str], mentions: Mapping[str, Sequence[Mention]], by_keyword: Mapping[str, set[str]], total: int
) -> Pool:
    inside = set(members)
    found: dict[str, list[tuple[str, Mention]]] = defaultdict(list)
    for vacancy_id in members:
        for mention in mentions[vacancy_id]:
            found[mention.keyword].append((vacancy_id, mention))
    evidence: dict[str, KeywordEvidence] = {}
    for keyword, naming in found.items():
        elsewhere = len(by_keyword[keyword] - inside) / max(total - len(inside), 1)
        first_id, first = naming[0]
        evidence[keyword] = KeywordEvidence(
            kind=first.kind,
            vacancy_ids=[vacancy_id for vacancy_id, _ in naming],
            share=round(len(naming) / len(inside), 4),
            share_elsewhere=round(elsewhere, 4),
            example=Evidence(vacancy_id=first_id, sentence=first.sentence),
        )
    ranked = sorted(evidence, key=lambda keyword: (-tellingness(evidence[keyword]), keyword))
    floor = 1 if len(inside) < 4 or total == len(inside) else 2
    is_open = {keyword for keyword, naming in found.items() if naming[0][1].is_open}
    marking = [k for k in ranked if _marks_out(evidence[k], floor, is_open=k in is_open)] or ranked
    technologies = [k for k in marking if evidence[k].kind == "technology"][:POOL_TECHNOLOGIES]
    skills = [k for k in marking if evidence[k].kind == "skill"][:POOL_SKILLS]
    top = marking[:POOL_TOP]
    kept = {*top, *technologies, *skills}
    return Pool(top, technologies, skills, {k: evidence[k] for k in sorted(kept)})


def tellingness(found: KeywordEvidence) -> float:
    """Score a keyword by how common it is in the cluster, times how much more so than elsewhere (log of the ratio)."""
    return found.share * math.log(specificity(found.share, found.share_elsewhere))


def _marks_out(found: KeywordEvidence, floor: int, *, is_open: bool) -> bool:
    """Tell whether a keyword says something of its cluster; a term of the open vocabulary has more to prove."""
    if is_open:
        floor, share, ratio = OPEN_FLOOR, OPEN_SHARE, OPEN_RATIO
    else:
        share, ratio = MIN_SHARE, MIN_RATIO
    enough = len(found.vacancy_ids) >= floor and found.share >= share
    return enough and specificity(found.share, found.share_elsewhere) >= ratio
