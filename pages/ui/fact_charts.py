"""The charts of what postings state of pay, place of work and level, each a pure function from data to a figure."""

from collections.abc import Sequence

import plotly.graph_objects as go

from pages.ui.charts import named_rows
from pages.ui.colours import BLUE, GREY, pale
from pages.ui.display import hover, money
from pipeline.market_trends import NOT_SAID, FactShares, PayRange
from pipeline.report import colour_of

_MARGIN = {"l": 0, "r": 8, "t": 10, "b": 0}
_LEGEND = {"orientation": "h", "y": 1.02, "yanchor": "bottom", "traceorder": "normal"}


def pay_by_role(ranges: Sequence[PayRange]) -> go.Figure:
    """Draw the middle half of the yearly pay of each kind of role as a line, with its median as a mark."""
    keys = [hover(each.slug, 300) for each in ranges]
    figure = go.Figure()
    for each, key in zip(ranges, keys, strict=True):
        figure.add_scatter(
            x=[each.lower_quarter, each.upper_quarter],
            y=[key, key],
            mode="lines",
            line={"color": pale(BLUE, 0.6), "width": 8},
            hoverinfo="skip",
        )
    figure.add_scatter(
        x=[each.median for each in ranges],
        y=keys,
        mode="markers+text",
        marker={"color": BLUE, "size": 11, "symbol": "diamond"},
        text=[money("", each.median) for each in ranges],
        textposition="top center",
        cliponaxis=False,
        customdata=[_pay_words(each) for each in ranges],
        hovertemplate="%{customdata[0]}: %{customdata[1]}<br>%{customdata[2]}<extra></extra>",
    )
    figure.update_layout(
        height=90 + 44 * len(ranges),
        margin={**_MARGIN, "r": 36, "t": 24},
        showlegend=False,
        xaxis={"title": f"A year, in {ranges[0].currency}", "tickformat": ",d", "nticks": 5, "tickangle": 0},
        yaxis=named_rows(keys, [f"{hover(each.name, 28)} ({each.count:,})" for each in ranges]),
    )
    return figure


def pay_over_time(ranges: Sequence[PayRange]) -> go.Figure:
    """Draw the median yearly pay of each month or year, with the middle half as a band of error bars."""
    figure = go.Figure(
        go.Scatter(
            x=[each.name for each in ranges],
            y=[each.median for each in ranges],
            mode="lines+markers",
            line={"color": BLUE},
            marker={"size": 8},
            error_y={
                "type": "data",
                "symmetric": False,
                "array": [each.upper_quarter - each.median for each in ranges],
                "arrayminus": [each.median - each.lower_quarter for each in ranges],
                "color": pale(BLUE, 0.6),
            },
            customdata=[_pay_words(each) for each in ranges],
            hovertemplate="%{x}: %{customdata[1]}<br>%{customdata[2]}<extra></extra>",
        )
    )
    figure.update_layout(
        height=340,
        margin=_MARGIN,
        xaxis={"type": "date", "tickformat": "%Y-%m" if "-" in ranges[0].name else "%Y", "nticks": 12},
        yaxis={"title": f"A year, in {ranges[0].currency}", "tickformat": ",d", "rangemode": "tozero"},
    )
    return figure


def _pay_words(each: PayRange) -> list[str]:
    half = money(each.currency, each.lower_quarter, each.upper_quarter)
    middle = f"median {money(each.currency, each.median)}, half of them {half}"
    return [hover(each.name, 60), middle, f"{each.count:,} of {each.total:,} postings state it"]


def fact_bars(shares: FactShares) -> go.Figure:
    """Draw for each kind of role which part of its postings states each value."""
    keys = [hover(slug, 300) for slug in shares.slugs]
    figure = _stack(shares, keys, is_across=True)
    figure.update_layout(
        height=110 + 26 * len(keys),
        xaxis={"title": "Share of its postings", "tickformat": ".0%"},
        yaxis=named_rows(keys, [hover(name, 28) for name in shares.names]),
    )
    return figure


def fact_course(shares: FactShares) -> go.Figure:
    """Draw for each month or year which part of its postings states each value."""
    figure = _stack(shares, list(shares.names), is_across=False)
    figure.update_layout(
        height=360,
        xaxis={"type": "category", "nticks": 12},
        yaxis={"title": "Share of its postings", "tickformat": ".0%", "range": [0, 1]},
    )
    return figure


def _stack(shares: FactShares, keys: Sequence[str], *, is_across: bool) -> go.Figure:
    figure = go.Figure()
    for column, value in enumerate(shares.values):
        counts = [row[column] for row in shares.counts]
        parts = [count / total if total else None for count, total in zip(counts, shares.totals, strict=True)]
        figure.add_bar(
            x=parts if is_across else keys,
            y=keys if is_across else parts,
            orientation="h" if is_across else "v",
            name=value,
            marker={"color": pale(GREY, 0.3) if value == NOT_SAID else colour_of(column)},
            customdata=[
                [hover(name, 60), f"{count:,} of {total:,}"]
                for name, count, total in zip(shares.names, counts, shares.totals, strict=True)
            ],
            hovertemplate=f"%{{customdata[0]}}<br>{value}: %{{customdata[1]}} postings<extra></extra>",
        )
    figure.update_layout(
        barmode="group" if shares.fact == "employment" else "stack", margin={**_MARGIN, "t": 40}, legend=_LEGEND
    )
    return figure
