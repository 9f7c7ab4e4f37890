"""What one resume shows of every kind of role, as a matrix of keywords and roles."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.resume_generator.gaps import GapAnalysis, KeywordGap

NOT_ASKED, MISSING, SHOWN, LISTED = range(4)
STATES = ("asked for by few", "missing", "shown, but not among the skills", "among the skills")


@dataclass(frozen=True)
class CoverageMatrix:
    """`states[row][column]` says what the resume has of a keyword (row) in the eyes of a role (column).

    The counts of a role go over all of its keywords, not only those in the matrix.
    """

    keywords: tuple[str, ...]
    labels: tuple[str, ...]
    slugs: tuple[str, ...]
    names: tuple[str, ...]
    states: tuple[tuple[int, ...], ...]
    shown_counts: tuple[int, ...]
    asked_counts: tuple[int, ...]


def coverage_matrix(gaps: Sequence[GapAnalysis], limit: int = 30) -> CoverageMatrix:
    """Return the matrix of the keywords that most roles ask for, up to `limit` of them."""
    states: list[dict[str, int]] = []
    weight: Counter[str] = Counter()
    for gap in gaps:
        kinds = ((gap.missing, MISSING), (gap.unlisted, SHOWN), (gap.listed, LISTED))
        states.append({each.keyword: state for found, state in kinds for each in found})
        for found, _ in kinds:
            for each in found:
                weight[each.keyword] += _weight(each)
    labels = {each.keyword: each.label for gap in gaps for each in (*gap.listed, *gap.unlisted, *gap.missing)}
    keywords = sorted(sorted(weight), key=lambda keyword: -weight[keyword])[:limit]
    return CoverageMatrix(
        keywords=tuple(keywords),
        labels=tuple(labels[keyword] for keyword in keywords),
        slugs=tuple(gap.slug for gap in gaps),
        names=tuple(gap.name for gap in gaps),
        states=tuple(tuple(found.get(keyword, NOT_ASKED) for found in states) for keyword in keywords),
        shown_counts=tuple(gap.keyword_count - len(gap.missing) for gap in gaps),
        asked_counts=tuple(gap.keyword_count for gap in gaps),
    )


def _weight(gap: KeywordGap) -> int:
    """Return how many postings ask for a keyword in one role; at least one, so that a job description counts too."""
    return max(gap.demand.vacancy_count, 1)
