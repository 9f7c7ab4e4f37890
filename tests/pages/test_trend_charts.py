import math

import pytest

from pages.ui.colours import GREY
from pages.ui.trend_charts import category_shares, keyword_course, slope_intervals
from pipeline.market_trends import TrendReport, find_trends
from tests.sample_trends import corpus, posting

MONTHS = (0, 1, 2, 3, 6, 7, 8)


@pytest.fixture
def report() -> TrendReport:
    """Return a report of seven months with a gap of two, in which a keyword with a hostile name rises."""
    postings = [
        posting(month * 20 + i, month, ["<b>rises</b>"] if i <= 2 * month else [], role=("cook", "nurse")[i % 2])
        for month in MONTHS
        for i in range(20)
    ]
    return find_trends(corpus(postings, {"cook": "Cook <i>", "nurse": "Nurse"}))


def test_shares_of_roles_add_up_to_one_and_gaps_stay_empty(report: TrendReport) -> None:
    bars = category_shares(report, {"cook": "#112233"}).data
    assert [bar.marker.color for bar in bars] == ["#112233", GREY]
    for month, total in enumerate(report.postings):
        shares = [bar.y[month] for bar in bars]
        assert shares == [None, None] if total == 0 else sum(shares) == pytest.approx(1)


def test_intervals_stand_round_the_estimate_as_factors(report: TrendReport) -> None:
    [points] = slope_intervals(report.trends).data
    slope = report.trends[0].slope
    assert slope is not None
    assert points.x[0] == pytest.approx(math.exp(slope.per_month))
    assert points.x[0] + points.error_x.array[0] == pytest.approx(math.exp(slope.high))
    assert points.x[0] - points.error_x.arrayminus[0] == pytest.approx(math.exp(slope.low))


def test_a_course_shows_counts_and_the_fitted_curve_from_end_to_end(report: TrendReport) -> None:
    trend = report.trends[0]
    bars, curve = keyword_course(trend, report).data
    assert bars.y[1] == pytest.approx(trend.monthly[1] / 20)
    assert bars.y[4] is None
    assert (curve.y[0], curve.y[-1]) == (pytest.approx(trend.share_start), pytest.approx(trend.share_end))
    assert list(curve.y) == sorted(curve.y)


def test_names_are_shown_as_text(report: TrendReport) -> None:
    figures = (category_shares(report, {}), slope_intervals(report.trends), keyword_course(report.trends[0], report))
    drawn = "".join(figure.to_json() for figure in figures)
    for hostile in ("<b>rises", "\\u003cb\\u003erises", "Cook <i>", "Cook \\u003ci"):
        assert hostile not in drawn
