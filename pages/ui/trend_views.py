"""The trends of the postings that pass the filters: kinds of role, what rises and fades, one keyword's course."""

import math
from collections.abc import Collection, Mapping, Sequence

import pandas as pd
import streamlit as st

from pages.ui import display, trend_charts
from pages.ui.chart_frame import column_heads, show_chart
from pages.ui.tables import percents, show_table
from pipeline import services
from pipeline.market_trends import CategoryTrend, KeywordTrend, TrendReport
from pipeline.report import share_interval

SHOWN = 15  # keywords in a chart
_INTERVAL = "The mark is the best estimate; the line holds the true value 19 times out of 20."
ODDS = f"{_INTERVAL} Odds are the postings that name it for each one that does not; 1 is no change."
ROLE_ODDS = f"{_INTERVAL} Odds are the postings of this kind for each one of another; 1 is no change."
SHARES = ("Fitted at the start", "Fitted at the end")


def show_categories(report: TrendReport, colours: Mapping[str, str], part: Collection[str]) -> None:
    """Show how much of the market each kind of role is over time, and which of them grow or shrink."""
    if not report.categories:
        return
    show_chart(
        "How is the market shared among the kinds of role?",
        trend_charts.category_shares(report, colours, part),
        monthly_table(report, part),
        key="market_trends.categories",
    )
    fitted = [category for category in report.categories if category.slope]
    if fitted:
        fitted.sort(key=lambda category: -(category.slope.per_month if category.slope else 0))
        show_chart(
            "Which kinds of role take more of the market, and which less?",
            trend_charts.slope_intervals(fitted),
            slope_table(fitted),
            key="market_trends.roles",
            note=f"Triangles mark what is sure; a circle may be chance. {ROLE_ODDS}",
            columns=percents(SHARES),
        )


def monthly_table(report: TrendReport, part: Collection[str] = ()) -> pd.DataFrame:
    """Return how many postings each month has, and how many of them are of each kind of role."""
    names, slugs = [c.name for c in report.categories], [c.slug for c in report.categories]
    heads = column_heads(names, slugs, ["Month", "Postings"])
    columns = {head: c.monthly for head, c in zip(heads, report.categories, strict=True)}
    return pd.DataFrame({"Month": trend_charts.month_names(report, part), "Postings": report.postings} | columns)


def slope_table(trends: Sequence[KeywordTrend] | Sequence[CategoryTrend]) -> pd.DataFrame:
    """Return the courses of keywords or kinds of role, odds a month with their interval."""
    rows = [
        (
            trend.label if isinstance(trend, KeywordTrend) else trend.name,
            trend.direction,
            trend.vacancy_count,
            _rounded(trend.share_start),
            _rounded(trend.share_end),
            *(
                (round(math.exp(value), 3) for value in (trend.slope.per_month, trend.slope.low, trend.slope.high))
                if trend.slope
                else (None,) * 3
            ),
        )
        for trend in trends
    ]
    columns = ["Name", "Direction", "Postings", *SHARES, "Odds a month", "From", "To"]
    return pd.DataFrame(rows, columns=columns)


def _rounded(share: float | None) -> float | None:
    return None if share is None else round(share, 4)


def show_directions(report: TrendReport) -> None:
    """Show what is asked for more and less, and what only seems to be."""
    sides = (
        ("What is asked for more than before?", report.of("rising", "new")[:SHOWN], "up"),
        ("What is asked for less than before?", report.of("fading")[:SHOWN], "down"),
    )
    st.caption(f"After each name: the fitted share of a month's postings at the start and at the end. {ODDS}")
    for column, (title, shown, lean) in zip(st.columns(2, gap="large"), sides, strict=True):
        with column:
            _show_direction(report, title, shown, lean)


def _show_direction(report: TrendReport, title: str, shown: Sequence[KeywordTrend], lean: str) -> None:
    if any(trend.slope for trend in shown):
        show_chart(
            title,
            trend_charts.slope_intervals(shown),
            slope_table(shown),
            key="market_trends.rising" if lean == "up" else "market_trends.fading",
            columns=percents(SHARES),
        )
    else:
        st.subheader(title, anchor=False)
        st.write(f"Nothing that is sure: {report.compared_count:,} keywords were compared.")
    leaning = [t.label for t in report.of("too few to tell") if t.lean == lean]
    if leaning:
        st.caption(f"Leaning {lean}, but too few postings to be sure:")
        display.keyword_badges(leaning[:SHOWN])


@st.fragment
def show_keyword(report: TrendReport, names: Mapping[str, str], part: Collection[str]) -> None:
    """Show one keyword's course. A choice runs this and nothing else of the page."""
    by_keyword = {trend.keyword: trend for trend in report.trends}
    keyword = st.selectbox(
        "Search a keyword",
        sorted(by_keyword, key=lambda keyword: by_keyword[keyword].label.casefold()),
        index=None,
        format_func=lambda keyword: by_keyword[keyword].label,
        key="market_trends.keyword",
    )
    if keyword is None:
        return
    trend = by_keyword[keyword]
    show_chart(
        f"Is {trend.label} asked for more or less?",
        trend_charts.keyword_course(trend, report, part),
        course_table(trend, report, part),
        key="market_trends.course",
        columns=percents(["Share", "From", "To"]),
    )
    st.markdown(f"**{display.plain(trend.label)}**: {display.plain(course_in_words(trend, names))}")
    st.text(f"“{trend.example.sentence}” ({trend.example.vacancy_id})")
    with st.expander(f"The {trend.vacancy_count:,} postings that name it"):
        show_table({"Posting": trend.vacancy_ids})


def course_table(trend: KeywordTrend, report: TrendReport, part: Collection[str] = ()) -> pd.DataFrame:
    """Return a keyword's postings month by month, as shares with their 95% interval."""
    rows = []
    for month, count, total in zip(trend_charts.month_names(report, part), trend.monthly, report.postings, strict=True):
        low, high = share_interval(count, total)
        interval = (round(low, 4), round(high, 4)) if total else (None, None)
        rows.append((month, count, total, round(count / total, 4) if total else None, *interval))
    return pd.DataFrame(rows, columns=["Month", "Postings that name it", "Postings", "Share", "From", "To"])


def course_in_words(trend: KeywordTrend, names: Mapping[str, str]) -> str:
    """Say what became of a keyword, with the counts it rests on."""
    words = f"{trend.direction}, {trend.vacancy_count:,} postings of {trend.employer_count:,} employers"
    if trend.share_start is not None and trend.share_end is not None:
        words += (
            f"; the fitted line goes from {trend.share_start:.1%} to {trend.share_end:.1%} of a month's postings, "
            "the counts are in the table"
        )
    if trend.within_direction:
        words += f"; within the kinds of role it is: {trend.within_direction}"
    if trend.carried_by:
        words += f"; carried by the change in how many postings are for {names.get(trend.carried_by, trend.carried_by)}"
    return words


@st.fragment
def show_every_keyword(report: TrendReport, names: Mapping[str, str]) -> None:
    """Show every keyword in a table, with its download."""
    rows = [
        {
            "Keyword": t.label,
            "Kind of role": names.get(t.category, t.category),
            "Direction": t.direction,
            "Leaning": t.lean or "",
            "Postings": t.vacancy_count,
            "Share": t.share,
            SHARES[0]: t.share_start,
            SHARES[1]: t.share_end,
            "Odds a month": math.exp(t.slope.per_month) if t.slope else None,
            "From": math.exp(t.slope.low) if t.slope else None,
            "To": math.exp(t.slope.high) if t.slope else None,
            "Within roles": math.exp(t.within.per_month) if t.within else None,
        }
        for t in report.trends
    ]
    odds = st.column_config.NumberColumn(format="%.2f", help="Times as high each month; 1 is no change")
    config = percents(["Share", *SHARES]) | dict.fromkeys(("Odds a month", "From", "To", "Within roles"), odds)
    show_table(pd.DataFrame(rows), config)
    st.download_button(
        "Download as CSV",
        lambda: services.trends_csv(report),
        "market_trends.csv",
        "text/csv",
        on_click="ignore",
        key="market_trends.download",
    )
