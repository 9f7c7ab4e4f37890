"""Choosing two sets of postings, and what differs between them."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from datetime import date

import pandas as pd
import streamlit as st

from pages.ui import charts, display, market_reading
from pages.ui.chart_frame import column_heads, show_chart
from pages.ui.tables import percents, show_table
from pipeline import services
from pipeline.cluster_artifacts import ClusterArtifact
from pipeline.core import RolemapError
from pipeline.market_trends import NOT_SAID, MarketQuestion, PayRange, PostingFacts
from pipeline.report import Difference, admitted
from pipeline.services import Comparison

REST = "all the others"
SIDES = {
    "Place": "places",
    "Company": "companies",
    "Kind of role": "roles",
    "Seniority": "seniorities",
    "Place of work": "workplaces",
    "Period": "",
    "Saved views": "",
}
SHOWN = 15  # differences in a picture
Named = tuple[str, frozenset[str]]
Facts = Mapping[str, PostingFacts]


@st.fragment
def show(artifact: ClusterArtifact, facts: Facts, shown: Collection[str]) -> None:
    """Show the choice and what comes of it. A change runs this and nothing else of the page."""
    chosen = _choose({i: facts[i] for i in shown}, market_reading.role_names(artifact))
    if chosen is None:
        return
    try:
        found = services.compare_postings(artifact, facts, *chosen)
    except RolemapError as error:
        st.info(display.plain(str(error)))
        return
    names = f"**{display.plain(found.first_name)}** ({found.first_count:,} postings) and "
    st.markdown(names + f"**{display.plain(found.second_name)}** ({found.second_count:,} postings)")
    _show_pay(found)
    what = st.segmented_control(
        "Look at",
        ["Keywords", "Kinds of role", "What they state"],
        default="Keywords",
        key="compare.what",
        required=True,
    )
    listed = {"Keywords": found.keywords, "Kinds of role": found.roles, "What they state": found.stated}[what]
    _show_differences(found, listed, what)


def _choose(facts: Facts, roles: Mapping[str, str]) -> tuple[Named, Named] | None:
    by, first, second = st.columns(3)
    dimension = by.selectbox("Compare by", list(SIDES), key="compare.by", persist_state="session")
    if dimension == "Period":
        return _periods(facts, first)
    if dimension == "Saved views":
        return _views(facts, first, second)
    name = SIDES[dimension]
    values = _values(facts, name)
    if len(values) < 2:
        st.info("The postings at hand have fewer than two of these to compare. Ask more widely, or compare by another.")
        return None

    def shown(value: str) -> str:
        return roles.get(value, value)

    one = first.selectbox("This one", values, format_func=shown, key=f"compare.first.{name}")
    others = [REST, *(value for value in values if value != one)]
    other = second.selectbox("Beside", others, format_func=shown, key=f"compare.second.{name}")
    ids = admitted(facts, MarketQuestion(**{name: frozenset({one})}))
    if other == REST:
        return (shown(one), ids), (REST, frozenset(facts) - ids)
    return (shown(one), ids), (shown(other), admitted(facts, MarketQuestion(**{name: frozenset({other})})))


def _values(facts: Facts, name: str) -> list[str]:
    """Return the values of one kind that the postings have, the most frequent first."""
    single = {"companies": "company", "roles": "role", "seniorities": "seniority", "workplaces": "workplace"}
    counted: Counter[str] = Counter()
    for fact in facts.values():
        counted.update(fact.place_names if name == "places" else [getattr(fact, single[name])])
    return [value for value, _ in counted.most_common() if value and value != NOT_SAID]


def _periods(facts: Facts, place: st.delta_generator.DeltaGenerator) -> tuple[Named, Named] | None:
    days = sorted(fact.posted_on for fact in facts.values() if fact.posted_on)
    if not days or days[0] == days[-1]:
        st.info("The postings at hand have no two days to part them by.")
        return None
    middle: date = days[len(days) // 2]
    day = place.date_input("From this day on, beside before", middle, days[0], days[-1], key="compare.day")
    later = frozenset(i for i, fact in facts.items() if fact.posted_on and fact.posted_on >= day)
    earlier = frozenset(i for i, fact in facts.items() if fact.posted_on and fact.posted_on < day)
    return (f"from {day} on", later), (f"before {day}", earlier)


def _views(
    facts: Facts, first: st.delta_generator.DeltaGenerator, second: st.delta_generator.DeltaGenerator
) -> tuple[Named, Named] | None:
    try:
        kept = services.saved_views()
    except RolemapError as error:
        st.error(display.plain(str(error)))
        return None
    if not kept:
        st.info("No view is kept yet. Ask a question above and keep it under Views; then it can be compared here.")
        return None
    one = first.selectbox("This one", list(kept), key="compare.first.view")
    other = second.selectbox("Beside", [REST, *(name for name in kept if name != one)], key="compare.second.view")
    ids = admitted(facts, kept[one])
    return (one, ids), (other, frozenset(facts) - ids if other == REST else admitted(facts, kept[other]))


def _show_pay(found: Comparison) -> None:
    pay = [(name, each) for name, ranges in _both(found) for each in ranges]
    if pay:
        words = "; ".join(f"{name}: {display.money(p.currency, p.median)} (of {p.count:,} that state it)" for name, p in pay)
        st.caption(display.plain(f"Median pay a year. {words}"))


def _both(found: Comparison) -> Sequence[tuple[str, Sequence[PayRange]]]:
    return (found.first_name, found.first_pay), (found.second_name, found.second_pay)


def _show_differences(found: Comparison, listed: Sequence[Difference], what: str) -> None:
    if not listed:
        st.info("Nothing is named by five postings or more, so nothing can be compared.")
        return
    sure = sum(each.is_sure for each in listed)
    show_chart(
        f"What does {found.first_name} have more or less of?",
        charts.difference_intervals(listed[:SHOWN], found.first_name, found.second_name),
        difference_table(listed, found),
        key=f"compare.{what.lower().replace(' ', '_')}",
        note=f"{sure:,} of {len(listed):,} differences are sure, and stand first; circles may be chance. "
        "The line holds the true difference 19 times out of 20.",
        columns=percents([*_heads(found), "Difference", "From", "To"]),
    )


def show_table_of(listed: Sequence[Difference], found: Comparison) -> None:
    """Show differences as a table alone, where there is no room for a picture."""
    if not listed:
        st.caption("Nothing is named by five postings or more, so nothing can be compared.")
        return
    columns = percents([*_heads(found), "Difference", "From", "To"])
    show_table(difference_table(listed, found).drop(columns=["From", "To"]), columns)


def difference_table(listed: Sequence[Difference], found: Comparison) -> pd.DataFrame:
    """Return the differences with their counts, shares and intervals."""
    rows = [
        (d.name, d.first, d.second, d.first_share, d.second_share, d.difference, d.low, d.high, d.is_sure)
        for d in listed
    ]
    first, second = _heads(found)
    heads = ["Name", f"Postings, {first}", f"Postings, {second}", first, second, "Difference", "From", "To", "Sure"]
    return pd.DataFrame(rows, columns=heads)


def _heads(found: Comparison) -> list[str]:
    names = [found.first_name, found.second_name]
    return column_heads(names, ["first", "second"], ["Name", "Difference", "From", "To", "Sure"])
