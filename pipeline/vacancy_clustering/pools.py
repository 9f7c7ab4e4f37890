"""What each cluster asks for: its keywords, how telling each is, and a sentence of evidence for each."""

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass

from pipeline.cluster_artifacts import ASKED_SHARE, Evidence, KeywordEvidence
from pipeline.keyword_engine import specificity
from pipeline.vacancy_clustering.mentions import Mention

POOL_TECHNOLOGIES = 15
POOL_SKILLS = 15
POOL_TOP = 20
MIN_SHARE = 0.05  # of a cluster's vacancies that must name a keyword
FEW = 4  # vacancies of a cluster so small that one mention counts
MIN_RATIO = 1.5  # how much more often than elsewhere they must
SKILL_WORTH = 1.5  # of a skill beside a product: "Analyst: statistics" says more than "Analyst: PowerPoint"
OPEN_FLOOR, OPEN_SHARE, OPEN_RATIO = 3, 0.1, 3.0  # the same for terms that no lexicon vouches for


@dataclass(frozen=True)
class Pool:
    """One cluster's keywords, most telling first, and the evidence for each and for all else that it asks for."""

    top: list[str]
    technologies: list[str]
    skills: list[str]
    evidence: dict[str, KeywordEvidence]
    open: frozenset[str] = frozenset()  # those that no lexicon knows


def build_pools(
    mentions: Mapping[str, Sequence[Mention]],
    clusters: Sequence[Sequence[str]],
    also: Sequence[Set[str]] = (),
) -> list[Pool]:
    """Return a pool for each cluster, given each vacancy's mentions and each cluster's vacancy ids.

    `also` names, for each cluster, keywords that evidence is kept for however few of its vacancies name them.
    """
    total = sum(len(members) for members in clusters)
    by_keyword: dict[str, set[str]] = defaultdict(set)
    for vacancy_id, found in mentions.items():
        for mention in found:
            by_keyword[mention.keyword].add(vacancy_id)
    wanted = also or [frozenset()] * len(clusters)
    return [_pool(own, mentions, by_keyword, total, more) for own, more in zip(clusters, wanted, strict=True)]


def _pool(
    members: Sequence[str],
    mentions: Mapping[str, Sequence[Mention]],
    by_keyword: Mapping[str, set[str]],
    total: int,
    also: Set[str],
) -> Pool:
    named = _naming(members, mentions)
    outside = max(total - len(members), 1)
    evidence = {
        keyword: _evidence(naming, len(members), (len(by_keyword[keyword]) - len(dict(naming))) / outside)
        for keyword, naming in named.items()
    }
    ranked = sorted(evidence, key=lambda keyword: (-tellingness(evidence[keyword]), keyword))
    floor = 1 if len(members) < FEW or total == len(members) else 2
    marking = [k for k in ranked if _marks_out(evidence[k], floor, is_open=named[k][0][1].is_open)] or ranked
    technologies = [k for k in marking if evidence[k].kind == "technology"][:POOL_TECHNOLOGIES]
    skills = [k for k in marking if evidence[k].kind == "skill"][:POOL_SKILLS]
    top = marking[:POOL_TOP]
    known = {k: found for k, found in evidence.items() if not named[k][0][1].is_open}
    kept = {*top, *technologies, *skills, *_asked(known, floor), *(evidence.keys() & also)}
    return Pool(top, technologies, skills, {k: evidence[k] for k in sorted(kept)}, frozenset(evidence.keys() - known))


def distinctive(pool: Pool) -> list[str]:
    """Return the lexicon's keywords that tell a cluster from the others, for its name: by how much more ask for them.

    A difference of shares, not a ratio: what few of its postings name tells little, however rare it is elsewhere.
    """
    gaps = {k: found.share - found.share_elsewhere for k, found in pool.evidence.items() if k not in pool.open}
    worth = {k: gap * (SKILL_WORTH if pool.evidence[k].kind == "skill" else 1) for k, gap in gaps.items()}
    return sorted((k for k, gap in gaps.items() if gap > 0), key=lambda k: (-round(worth[k], 4), k))


def _naming(members: Sequence[str], mentions: Mapping[str, Sequence[Mention]]) -> dict[str, list[tuple[str, Mention]]]:
    """Return which of a cluster's vacancies name each keyword, and how."""
    named: dict[str, list[tuple[str, Mention]]] = defaultdict(list)
    for vacancy_id in members:
        for mention in mentions[vacancy_id]:
            named[mention.keyword].append((vacancy_id, mention))
    return named


def _evidence(naming: Sequence[tuple[str, Mention]], size: int, share_elsewhere: float) -> KeywordEvidence:
    """Return what a keyword rests on in a cluster of some size, given the vacancies that name it."""
    first_id, first = naming[0]
    return KeywordEvidence(
        kind=first.kind,
        vacancy_ids=[vacancy_id for vacancy_id, _ in naming],
        share=round(len(naming) / size, 4),
        share_elsewhere=round(share_elsewhere, 4),
        example=Evidence(vacancy_id=first_id, sentence=first.sentence),
    )


def _asked(known: Mapping[str, KeywordEvidence], floor: int) -> list[str]:
    """Return what a cluster asks for of the lexicon's keywords, as other clusters may too."""
    return [k for k, found in known.items() if len(found.vacancy_ids) >= floor and found.share >= ASKED_SHARE]


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
