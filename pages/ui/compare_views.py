"""What differs between two sets of postings: one picture and one table, the sure differences first."""

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from pages.ui import charts, display, report_offer
from pages.ui.chart_frame import column_heads, show_chart
from pages.ui.compare_choice import Asked, choose
from pages.ui.tables import percents, show_table
from pipeline import services
from pipeline.core import RolemapError
from pipeline.market_trends import PayRange
from pipeline.report import Difference
from pipeline.services import Comparison

SHOWN = 15  # differences in a picture
EVERYTHING = "Everything"
PARTS = ("keyword", "kind of role", "stated")
TITLES = dict(zip((EVERYTHING, *PARTS), (EVERYTHING, "Keywords", "Kinds of role", "What they state"), strict=True))


@st.fragment
def show(asked: Asked) -> None:
    """Show the choice and what comes of it. A change runs this and nothing else of the page."""
    chosen = choose(asked)
    if chosen is None:
        return
    try:
        found = services.compare_sets(*chosen, asked.artifact.labels)
    except RolemapError as error:
        st.info(display.plain(str(error)))
        return
    names = f"**{display.plain(found.first_name)}** ({found.first_count:,} postings) and "
    st.markdown(names + f"**{display.plain(found.second_name)}** ({found.second_count:,} postings)")
    _show_pay(found)
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        what = st.segmented_control(
            "Look at",
            list(TITLES),
            format_func=TITLES.__getitem__,
            default=EVERYTHING,
            key="compare.what",
            required=True,
            label_visibility="collapsed",
        )
        report_offer.show(asked.artifact, asked.question, "compare", found)
    _show_differences(found, _listed(found, what), what)


def _listed(found: Comparison, what: str) -> list[Difference]:
    """Return the differences of a kind, but for what makes the two sets what they are."""
    listed = []
    for kind, each in found.all_differences:
        if abs(each.difference) == 1 or what not in (EVERYTHING, kind):
            continue
        is_role = what == EVERYTHING and kind == PARTS[1]
        listed.append(each.model_copy(update={"name": f"{each.name} (kind of role)"}) if is_role else each)
    return listed


def _show_pay(found: Comparison) -> None:
    pay = [(name, each) for name, ranges in _both(found) for each in ranges]
    if pay:
        words = "; ".join(
            f"{name}: {display.money(p.currency, p.median)} (of {p.count:,} that state it)" for name, p in pay
        )
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
