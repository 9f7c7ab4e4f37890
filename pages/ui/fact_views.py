"""What the postings that pass the filters state of pay, place of work, level and contract."""

from collections.abc import Collection, Mapping, Sequence
from itertools import groupby

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from pages.ui import fact_charts
from pages.ui.chart_frame import show_chart
from pipeline.cluster_artifacts import ClusterArtifact
from pipeline.market_trends import (
    FEWEST,
    CountedFact,
    FactShares,
    PayRange,
    PostingFacts,
    TrendCorpus,
    pay_by_role,
    pay_over_time,
    shares_by_role,
    shares_over_time,
)
from pipeline.services import has_facts, postings_csv

BY_ROLE: dict[CountedFact, str] = {
    "workplace": "How much of each kind of role is remote?",
    "seniority": "Which level is each kind of role?",
    "employment": "Which contract does each kind of role offer?",
}
OVER_TIME: dict[CountedFact, str] = {
    "workplace": "Is more of the work remote than before?",
    "seniority": "Are other levels looked for than before?",
    "employment": "Are other contracts offered than before?",
}
LABELS: dict[CountedFact, str] = {"workplace": "Place of work", "seniority": "Level", "employment": "Contract"}
PAY_NOTE = (
    "What the postings themselves state, made yearly for full-time work and never converted. The mark is the median, "
    f"the line holds the middle half of those that state it. Fewer than {FEWEST} are not shown."
)
SHARES_NOTE = "As the postings themselves state it; grey is those that do not."
ANY = "All kinds of role"


@st.fragment
def show_facts(artifact: ClusterArtifact, facts: Mapping[str, PostingFacts], shown: Collection[str]) -> None:
    """Show what each kind of role pays, how much of it is remote, and which level it is."""
    st.header("What the postings state", anchor=False)
    if not has_facts(artifact):
        st.info("These clusters were made by an earlier version, which kept no facts of the postings. Cluster again.")
        return
    st.download_button(
        "Postings with their facts as CSV",
        lambda: postings_csv(artifact, shown),
        "postings.csv",
        "text/csv",
        on_click="ignore",
        key="role_clusters.postings",
        help="Every posting that passes the filters, with the words that each fact rests on",
    )
    _show_pay(pay_by_role(artifact.clusters, facts, shown), "What does each kind of role pay?", "role_clusters")
    fact = _chosen_fact("role_clusters")
    shares = shares_by_role(fact, artifact.clusters, facts, shown)
    _show_shares(shares, BY_ROLE[fact], f"role_clusters.{fact}", fact_charts.fact_bars(shares))


@st.fragment
def show_facts_over_time(corpus: TrendCorpus) -> None:
    """Show how pay, place of work and level went over time, for one kind of role or all."""
    st.header("What the postings state, over time", anchor=False)
    names = {"": ANY} | dict(corpus.roles)
    role = st.selectbox("Kind of role", list(names), format_func=names.__getitem__, key="market_trends.role")
    postings = [posting.facts for posting in corpus.postings if role in ("", posting.role)]
    _show_pay(pay_over_time(postings), "Is more paid than before?", "market_trends")
    fact = _chosen_fact("market_trends")
    shares = shares_over_time(fact, postings)
    _show_shares(shares, OVER_TIME[fact], f"market_trends.{fact}", fact_charts.fact_course(shares))


def _chosen_fact(page: str) -> CountedFact:
    chosen = st.segmented_control(
        "Look at", list(LABELS), default="workplace", format_func=LABELS.__getitem__, key=f"{page}.fact"
    )
    return chosen or "workplace"


def _show_pay(ranges: Sequence[PayRange], question: str, page: str) -> None:
    draw = fact_charts.pay_by_role if page == "role_clusters" else fact_charts.pay_over_time
    if not ranges:
        st.subheader(question, anchor=False)
        st.caption(f"Fewer than {FEWEST} of these postings state their pay in one currency.")
    for currency, group in groupby(ranges, key=lambda each: each.currency):
        listed = list(group)
        asked = question if currency == ranges[0].currency else f"And in {currency}?"
        show_chart(asked, draw(listed), pay_table(listed), key=f"{page}.pay.{currency}", note=PAY_NOTE)


def _show_shares(shares: FactShares, question: str, key: str, figure: go.Figure) -> None:
    if not any(shares.totals):
        st.caption("No posting passes the filters.")
        return
    show_chart(question, figure, shares_table(shares), key=key, note=SHARES_NOTE)


def pay_table(ranges: Sequence[PayRange]) -> pd.DataFrame:
    """Return the ranges of yearly pay with the counts they rest on."""
    return pd.DataFrame(
        [(p.name, p.currency, p.count, p.total, *map(round, (p.lowest, *p.quarters, p.highest))) for p in ranges],
        columns=[
            *("Name", "Currency", "State their pay", "Postings", "Lowest", "Lower quarter", "Median"),
            *("Upper quarter", "Highest"),
        ],
    )


def shares_table(shares: FactShares) -> pd.DataFrame:
    """Return how many postings state each value."""
    rows = [
        (name, total, *counts) for name, total, counts in zip(shares.names, shares.totals, shares.counts, strict=True)
    ]
    return pd.DataFrame(rows, columns=["Name", "Postings", *shares.values])
