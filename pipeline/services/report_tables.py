"""What a report carries beside the market itself, where there is something to show."""

from collections.abc import Collection, Mapping

from pipeline.cluster_artifacts import ClusterArtifact
from pipeline.core import RolemapError
from pipeline.keyword_engine import keyword_label
from pipeline.market_trends import PostingFacts
from pipeline.report import Difference, ReportTable, skills_together
from pipeline.services.comparing import Comparison, compare_postings
from pipeline.services.fitting import ResumeFit

FITTING = 50  # postings
PART, REST = "these postings", "all the others"


def part_and_rest(
    artifact: ClusterArtifact, facts: Mapping[str, PostingFacts], shown: Collection[str]
) -> Comparison | None:
    """Compare the postings that answer a question with all the others; None where that cannot be."""
    try:
        return compare_postings(artifact, facts, (PART, shown), (REST, facts.keys() - set(shown)))
    except RolemapError:
        return None


def comparison_table(found: Comparison) -> ReportTable:
    """Return what differs between two sets, the sure differences first."""
    return ReportTable(
        key="compared",
        short="Compared",
        question=f"How do {found.first_name} and {found.second_name} differ?",
        note=f"{found.first_count:,} postings and {found.second_count:,}. The true difference lies between the two "
        "ends 19 times out of 20; of those called sure at most one in twenty is chance.",
        heads=("What", "Name", found.first_name, found.second_name, "Difference", "From", "To", "How sure"),
        rows=[_difference(what, each) for what, each in found.all_differences if abs(each.difference) < 1],
        shares=frozenset(range(2, 7)),
    )


def _difference(what: str, each: Difference) -> tuple[object, ...]:
    shares = (each.first_share, each.second_share, each.difference, each.low, each.high)
    return (what, each.name, *shares, "sure" if each.is_sure else "may be chance")


def together_table(artifact: ClusterArtifact, facts: Mapping[str, PostingFacts], shown: Collection[str]) -> ReportTable:
    """Return which keywords are asked for together."""
    graph = skills_together([facts[i].keywords for i in sorted(shown) if i in facts])
    names = {keyword: keyword_label(keyword, artifact.labels) for keyword in graph.counts}
    return ReportTable(
        key="together",
        short="Together",
        question="Which skills are asked for together?",
        note="Pairs of the most usual keywords that postings name together more often than chance would have it.",
        heads=("Skill", "With", "Postings that name both", "As often as by chance"),
        rows=[(names[x.first], names[x.second], x.together, f"{x.lift:.1f} times") for x in graph.links],
    )


def fit_tables(found: ResumeFit, shown: Collection[str], labels: Mapping[str, str]) -> list[ReportTable]:
    """Return the postings that fit a resume best, and what to learn next. Nothing else of the resume is in them."""

    def named(keywords: Collection[str]) -> str:
        return ", ".join(keyword_label(keyword, labels) for keyword in keywords)

    fitting = [posting for posting in found.postings if posting.id in shown][:FITTING]
    best = ReportTable(
        key="fit",
        short="My fit",
        question="Which postings fit my resume best?",
        note="The fit says how often two stored postings that agree as much are of one kind of role.",
        heads=("Fit", "Title", "Company", "Place", "Kind of role", "The resume shows", "It does not show"),
        rows=[
            (p.fit, p.title or p.id, p.company, p.place, p.role_name, named(p.shown), named(p.missing)) for p in fitting
        ],
        shares=frozenset({0}),
    )
    learn = ReportTable(
        key="learn",
        short="To learn next",
        question="Which skills would open the most postings?",
        note="One after the other: each counts what it opens once those above it are learnt. Advice only.",
        heads=("Skill", "Opens", "Near postings that ask for it"),
        rows=[(a.label, a.opens, a.asking) for a in found.advice],
    )
    return [best, learn]
