"""How far a resume bears out a kind of role, so that no variant is made for a trade that is not the person's."""

from dataclasses import dataclass

from pipeline.resume_generator.gaps import GapAnalysis, KeywordGap

LEAST_SHARE = 0.10  # of what marks a role out; below that a resume is hardly one for it
LEAST_KEYWORDS = 2  # one keyword in common is chance
LINE = f"a tenth of what marks the role out, in at least {LEAST_KEYWORDS} keywords"


@dataclass(frozen=True)
class RoleFit:
    """What of a role a resume shows. `share` is 0 to 1, each keyword counted by how far it marks the role out."""

    slug: str
    name: str
    share: float
    shown_count: int
    keyword_count: int

    @property
    def is_fitting(self) -> bool:
        """Whether the resume is above the line for this role."""
        return self.share >= LEAST_SHARE and self.shown_count >= min(LEAST_KEYWORDS, self.keyword_count)

    def __str__(self) -> str:
        """Return it in words."""
        if not self.shown_count:
            return "Nothing of yours is asked for here."
        shown = (
            f"{self.shown_count} of {self.keyword_count} keywords shown, {self.share:.0%} of what marks this role out"
        )
        return shown if self.is_fitting else f"Little of yours is asked for here: {shown}."


def role_fit(gaps: GapAnalysis) -> RoleFit:
    """Return how far the resume of an analysis bears its role out.

    A keyword counts by how much more of the role's postings ask for it than of all; one that every role asks for
    marks none out. Where the artifact does not say how many ask, all count alike.
    """
    shown = [*gaps.listed, *gaps.unlisted]
    everything = [*shown, *gaps.missing]
    has_shares = any(gap.demand.role_share is not None for gap in everything)
    total = sum(_weight(gap, has_shares) for gap in everything)
    share = sum(_weight(gap, has_shares) for gap in shown) / total if total else 0.0
    return RoleFit(gaps.slug, gaps.name, round(share, 4), len(shown), gaps.keyword_count)


def _weight(gap: KeywordGap, has_shares: bool) -> float:
    if not has_shares:
        return 1.0
    return max((gap.demand.role_share or 0.0) - (gap.demand.market_share or 0.0), 0.0)
