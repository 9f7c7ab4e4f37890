"""The charts of market trends, each a pure function from data to a figure."""

import math
from collections.abc import Collection, Mapping, Sequence

import plotly.graph_objects as go

from pages.ui.colours import BLUE, GREEN, GREY, RED, SKY, pale
from pages.ui.display import hover
from pipeline.market_trends import RISING, CategoryTrend, KeywordTrend, TrendReport
from pipeline.report import share_interval

MOST_ROLES = 8  # told apart in one stack; the rest are one more
OTHERS = "All other kinds of role"
_MARGIN = {"l": 0, "r": 8, "t": 10, "b": 0}
_SHARE_AXIS = {"title": "Share of the month's postings", "tickformat": ".0%"}


def category_shares(report: TrendReport, colours: Mapping[str, str], part: Collection[str] = ()) -> go.Figure:
    """Draw how much of each month's postings every kind of role is; months without postings stay empty."""
    figure = go.Figure()
    for name, colour, monthly in _stacked(report, colours):
        counts = list(zip(monthly, report.postings, strict=True))
        figure.add_bar(
            x=month_names(report, part),
            y=[count / total if total else None for count, total in counts],
            customdata=[[hover(name, 60), f"{count:,} of {total:,}"] for count, total in counts],
            name=hover(name, 30),
            marker={"color": colour},
            hovertemplate="%{customdata[0]}<br>%{x}: %{customdata[1]} postings (%{y:.0%})<extra></extra>",
        )
    figure.update_layout(
        barmode="stack",
        height=330 + 22 * len(figure.data),
        margin=_MARGIN,
        xaxis={"type": "category", "nticks": 12},
        yaxis={**_SHARE_AXIS, "range": [0, 1]},
        legend={"orientation": "h", "y": -0.18, "yanchor": "top", "traceorder": "normal"},
    )
    return figure


def month_names(report: TrendReport, part: Collection[str]) -> list[str]:
    """Return the months, those that are counted in part marked."""
    return [f"{month} (part)" if month in part else month for month in report.months]


def _stacked(report: TrendReport, colours: Mapping[str, str]) -> list[tuple[str, str, list[int]]]:
    """Return name, colour and monthly counts of the largest roles, the rest of them added up."""
    largest = sorted(report.categories, key=lambda category: -category.vacancy_count)[:MOST_ROLES]
    kept = {category.slug for category in largest}
    bars = [(c.name, colours.get(c.slug, GREY), list(c.monthly)) for c in report.categories if c.slug in kept]
    rest = [category.monthly for category in report.categories if category.slug not in kept]
    if rest:
        bars.append((OTHERS, pale(GREY, 0.3), [sum(month) for month in zip(*rest, strict=True)]))
    return bars


def slope_intervals(trends: Sequence[KeywordTrend] | Sequence[CategoryTrend]) -> go.Figure:
    """Draw by how much the odds of each are multiplied a month, with the 95% interval, the first on top."""
    shown = [(trend, trend.slope) for trend in trends if trend.slope]
    odds = [math.exp(slope.per_month) for _, slope in shown]
    keys = [_key(trend) for trend, _ in shown]
    figure = go.Figure(
        go.Scatter(
            x=odds,
            y=keys,
            customdata=[
                [
                    hover(_name(trend), 60),
                    f"{trend.vacancy_count:,}",
                    f"{math.exp(slope.low):.2f} to {math.exp(slope.high):.2f}",
                ]
                for trend, slope in shown
            ],
            error_x={
                "type": "data",
                "array": [math.exp(slope.high) - odd for (_, slope), odd in zip(shown, odds, strict=True)],
                "arrayminus": [odd - math.exp(slope.low) for (_, slope), odd in zip(shown, odds, strict=True)],
                "color": GREY,
            },
            mode="markers",
            marker={
                "size": 11,
                "color": [_colour(trend) for trend, _ in shown],
                "symbol": [_symbol(trend) for trend, _ in shown],
            },
            hovertemplate=(
                "%{customdata[0]}<br>odds ×%{x:.2f} a month (%{customdata[2]})"
                "<br>%{customdata[1]} postings<extra></extra>"
            ),
        )
    )
    figure.add_vline(x=1, line={"color": GREY, "dash": "dot"})
    figure.update_layout(
        height=100 + 26 * len(shown),
        margin=_MARGIN,
        xaxis={"title": "Odds, times as high each month", "nticks": 6},
        yaxis={
            "range": [len(shown) - 0.4, -0.6],
            "type": "category",
            "tickvals": keys,
            "ticktext": [hover(_name(trend), 28) + _course(trend) for trend, _ in shown],
        },
    )
    return figure


def _key(trend: KeywordTrend | CategoryTrend) -> str:
    return hover(trend.keyword, 300) if isinstance(trend, KeywordTrend) else hover(trend.slug, 300)


def _name(trend: KeywordTrend | CategoryTrend) -> str:
    return trend.label if isinstance(trend, KeywordTrend) else trend.name


def _course(trend: KeywordTrend | CategoryTrend) -> str:
    """Return the fitted share at the start and at the end, to stand after a name."""
    if trend.share_start is None or trend.share_end is None:
        return ""
    return f"  {trend.share_start:.0%} → {trend.share_end:.0%}"


def _colour(trend: KeywordTrend | CategoryTrend) -> str:
    if trend.direction in RISING:
        return GREEN
    return RED if trend.direction == "fading" else GREY


def _symbol(trend: KeywordTrend | CategoryTrend) -> str:
    if trend.direction in RISING:
        return "triangle-up"
    return "triangle-down" if trend.direction == "fading" else "circle"


def keyword_course(trend: KeywordTrend, report: TrendReport, part: Collection[str] = ()) -> go.Figure:
    """Draw the share of each month's postings that name a keyword with its 95% interval, and the curve fitted to it."""
    counts = list(zip(trend.monthly, report.postings, strict=True))
    ends = [share_interval(count, total) for count, total in counts]
    figure = go.Figure(
        go.Bar(
            x=month_names(report, part),
            y=[count / total if total else None for count, total in counts],
            customdata=[
                [f"{count:,} of {total:,}", f"{low:.0%} to {high:.0%}"]
                for (count, total), (low, high) in zip(counts, ends, strict=True)
            ],
            name="Found, with its 95% interval",
            marker={"color": SKY},
            error_y={
                "type": "data",
                "array": [
                    high - count / total if total else 0 for (count, total), (_, high) in zip(counts, ends, strict=True)
                ],
                "arrayminus": [
                    count / total - low if total else 0 for (count, total), (low, _) in zip(counts, ends, strict=True)
                ],
                "color": GREY,
                "thickness": 1.5,
            },
            hovertemplate="%{x}: %{customdata[0]} postings<br>%{y:.0%} (%{customdata[1]})<extra></extra>",
        )
    )
    if trend.share_start is not None and trend.share_end is not None:
        curve = _fitted(trend.share_start, trend.share_end, len(report.months))
        figure.add_scatter(
            x=month_names(report, part),
            y=curve,
            mode="lines",
            name="Fitted line",
            line={"color": BLUE, "width": 3},
            hovertemplate="%{x}: %{y:.1%}<extra>Fitted line</extra>",
        )
    figure.update_layout(
        height=320,
        margin={**_MARGIN, "t": 30},
        xaxis={"type": "category", "nticks": 12},
        yaxis={**_SHARE_AXIS, "rangemode": "tozero"},
        legend={"orientation": "h", "y": 1.02, "yanchor": "bottom"},
    )
    return figure


def _fitted(start: float, end: float, count: int) -> list[float]:
    """Return the shares whose log-odds run in a straight line from the first month's to the last one's."""
    first, last = (math.log(share / (1 - share)) for share in (start, end))
    steps = (first + (last - first) * number / max(count - 1, 1) for number in range(count))
    return [1 / (1 + math.exp(-step)) for step in steps]
