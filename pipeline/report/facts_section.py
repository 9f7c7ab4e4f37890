"""The sections of a report on what postings state of pay, place of work and level."""

from collections.abc import Callable, Collection, Sequence

from pipeline.cluster_artifacts import ClusterArtifact
from pipeline.market_trends import (
    FEWEST,
    CountedFact,
    FactShares,
    PayRange,
    pay_by_role,
    pay_over_time,
    shares_by_role,
    shares_over_time,
)
from pipeline.report.market_view import posting_facts
from pipeline.report.marks import bar, escaped, table, text

BLUE = "#4477AA"
COUNTED_HERE: tuple[tuple[CountedFact, str], ...] = (("workplace", "Place of work"), ("seniority", "Level"))


def facts_section(artifact: ClusterArtifact, shown: Collection[str], name: Callable[[int], str]) -> str:
    """Return what each kind of role pays, how much of it is remote and which level it is, also over time.

    `name` gives a cluster's name as HTML by its place. Empty where the artifact keeps no facts.
    """
    if not any(record.facts for record in artifact.vacancies.values()):
        return ""
    facts = posting_facts(artifact)
    names = {cluster.slug: name(number) for number, cluster in enumerate(artifact.clusters)}
    seen = [facts[i] for i in sorted(shown) if i in facts]
    by_role = pay_by_role(artifact.clusters, facts, shown)
    pay = _pay_table("Kind of role", by_role, names) or (
        f"<p>No kind of role has {FEWEST} postings that state their pay in one currency.</p>"
    )
    note = (
        "<p>What the postings themselves state, made yearly for full-time work and never converted; the bar is the "
        f"median. Fewer than {FEWEST} are not shown.</p>"
    )
    course = _pay_table("When", pay_over_time(seen), {})
    parts = [f"<h3>Pay</h3>{note}{pay}", f"<h3>Pay over time</h3>{course}" if course else ""]
    for fact, title in COUNTED_HERE:
        shares = shares_by_role(fact, artifact.clusters, facts, shown)
        parts.append(f"<h3>{title}</h3>{_shares_table('Kind of role', shares, names)}")
        over_time = shares_over_time(fact, seen)
        if len(over_time.names) > 1:
            parts.append(f"<h3>{title} over time</h3>{_shares_table('When', over_time, {})}")
    return "".join(parts)


def _pay_table(head: str, ranges: Sequence[PayRange], names: dict[str, str]) -> str:
    most: dict[str, float] = {}  # of each currency, for they are not to be compared
    for each in ranges:
        most[each.currency] = max(each.median, most.get(each.currency, 0))
    rows = [
        (
            names.get(each.slug) or text(each.name),
            f"{each.count:,} of {each.total:,}",
            escaped(each.currency),
            bar(round(each.median), round(most[each.currency]), BLUE, f"{each.median:,.0f}"),
            f"{each.lower_quarter:,.0f} to {each.upper_quarter:,.0f}",
            f"{each.lowest:,.0f} to {each.highest:,.0f}",
        )
        for each in ranges
    ]
    heads = [head, "State their pay", "Currency", "Median a year", "Middle half", "From lowest to highest"]
    return table(heads, rows) if rows else ""


def _shares_table(head: str, shares: FactShares, names: dict[str, str]) -> str:
    rows = [
        (names.get(slug) or text(name), f"{total:,}", *(_part(count, total) for count in counts))
        for name, slug, total, counts in zip(shares.names, shares.slugs, shares.totals, shares.counts, strict=True)
    ]
    return table([head, "Postings", *map(escaped, shares.values)], rows)


def _part(count: int, total: int) -> str:
    return f"{count:,} ({count / total:.0%})" if total else "0"
