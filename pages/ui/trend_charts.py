"""The charts of market trends, each a pure function from data to a figure."""

import math
from collections.abc import Mapping, Sequence

import plotly.graph_objects as go

from pages.ui.charts import COLOURS
from pages.ui.display import hover
from pipeline.trend_report import RISING, KeywordTrend, TrendReport

GREY = "#777777"
_MARGIN = {"l": 0, "r": 0, "t": 10, "b": 0}


def category_shares(report: TrendReport, colours: Mapping[str, str]) -> go.Figure:
    """Draw how much of each month's postings every kind of role is; months without postings stay empty."""
    figure = go.Figure()
    for category in report.categories:
        counts = zip(category.monthly, report.postings, strict=True)
        figure.add_bar(
            x=report.months,
            y=[count / total if total else None for count, total in counts],
            customdata=list(zip(category.monthly, report.postings, strict=True)),
            name=hover(category.name, 40),
            marker={"color": colours.get(category.slug, GREY)},
            hovertemplate="%{customdata[0]} of %{customdata[1]} postings in %{x}",
        )
    figure.update_layout(
        barmode="stack",
        height=340,
        margin=_MARGIN,
        xaxis={"type": "category"},
        yaxis={"title": "Share of the month's postings", "tickformat": ".0%", "range": [0, 1]},
        legend={"orientation": "h", "y": -0.2, "yanchor": "top"},
    )
    return figure


def slope_intervals(trends: Sequence[KeywordTrend]) -> go.Figure:
    """Draw by how much each keyword's odds are multiplied a month, with the 95% interval, the first on top."""
    shown = [(trend, trend.slope) for trend in trends if trend.slope]
    odds = [math.exp(slope.per_month) for _, slope in shown]
    figure = go.Figure(
        go.Scatter(
            x=odds,
            y=[hover(trend.keyword, 40) for trend, _ in shown],
            customdata=[[trend.vacancy_count] for trend, _ in shown],
            error_x={
                "type": "data",
                "array": [math.exp(slope.high) - odd for (_, slope), odd in zip(shown, odds, strict=True)],
                "arrayminus": [odd - math.exp(slope.low) for (_, slope), odd in zip(shown, odds, strict=True)],
            },
            mode="markers",
            marker={
                "size": 10,
                "color": [COLOURS[2] if trend.direction in RISING else COLOURS[1] for trend, _ in shown],
                "symbol": ["triangle-up" if trend.direction in RISING else "triangle-down" for trend, _ in shown],
            },
            hovertemplate="%{y}: odds ×%{x:.2f} a month, %{customdata[0]} postings<extra></extra>",
        )
    )
    figure.add_vline(x=1, line={"color": GREY, "dash": "dot"})
    figure.update_layout(
        height=90 + 26 * len(shown),
        margin=_MARGIN,
        xaxis={"title": "Odds of being asked for, times as high each month (1 is no change)"},
        yaxis={"autorange": "reversed", "type": "category"},
    )
    return figure


def keyword_course(trend: KeywordTrend, report: TrendReport) -> go.Figure:
    """Draw the share of each month's postings that name a keyword, and the curve fitted to it where there is one."""
    counts = list(zip(trend.monthly, report.postings, strict=True))
    figure = go.Figure(
        go.Bar(
            x=report.months,
            y=[count / total if total else None for count, total in counts],
            customdata=counts,
            name="Found",
            marker={"color": COLOURS[4]},
            hovertemplate="%{customdata[0]} of %{customdata[1]} postings in %{x}<extra></extra>",
        )
    )
    if trend.share_start is not None and trend.share_end is not None:
        curve = _fitted(trend.share_start, trend.share_end, len(report.months))
        figure.add_scatter(x=report.months, y=curve, mode="lines", name="Fitted", line={"color": COLOURS[0]})
    figure.update_layout(
        height=300,
        margin=_MARGIN,
        xaxis={"type": "category"},
        yaxis={"title": "Share of the month's postings", "tickformat": ".0%", "rangemode": "tozero"},
        legend={"orientation": "h", "y": 1.15},
    )
    return figure


def _fitted(start: float, end: float, count: int) -> list[float]:
    """Return the shares whose log-odds run in a straight line from the first month's to the last one's."""
    first, last = (math.log(share / (1 - share)) for share in (start, end))
    steps = (first + (last - first) * number / max(count - 1, 1) for number in range(count))
    return [1 / (1 + math.exp(-step)) for step in steps]
