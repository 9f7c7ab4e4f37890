"""The arithmetic of trends. Coverage and false trends are held here coarsely; benchmarks/trends.py measures them."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from pipeline.market_trends.corpus_trends import find_trends
from pipeline.market_trends.results import TrendReport
from pipeline.market_trends.statistics import (
    WIDEST_SWING,
    Mentions,
    Slopes,
    adjusted,
    falling_root,
    fit_slopes,
    fitted_shares,
    shrunk,
)
from tests.sample_trends import EVEN, UNEVEN, Market, planted, shuffled

SMALL = (5, 2, 7, 2, 5, 7, 2, 5, 7, 1, 6, 7, 3, 4, 6, 3, 5, 7)


def mentions(table: np.ndarray, months: np.ndarray, employers: np.ndarray | None = None) -> Mentions:
    """Return mentions from a table of (keyword, posting) and each posting's month."""
    known, month = np.unique(months, return_inverse=True)
    employer = np.arange(len(months)) if employers is None else employers
    postings = np.stack([employer, np.zeros(len(months), dtype=np.intp), month], axis=1)
    return Mentions(known.astype(float), postings, np.argwhere(table), len(table))


@st.composite
def tables(draw: st.DrawFn) -> Mentions:
    """Draw a few keywords over a few dozen postings in at least three months."""
    count = draw(st.integers(6, 40))
    months = draw(arrays.arrays(np.int64, count, elements=st.integers(0, 30)).filter(lambda m: len(set(m)) >= 3))
    table = draw(arrays.arrays(np.bool_, (draw(st.integers(1, 4)), count)))
    employers = draw(arrays.arrays(np.int64, count, elements=st.integers(0, 8)))
    return mentions(table, months, employers)


def shares_held(report: TrendReport, slope: float) -> float:
    slopes = [trend.slope for trend in report.trends if trend.slope]
    return float(np.mean([s.low <= slope <= s.high for s in slopes]))


@pytest.mark.parametrize(
    ("market", "share", "slope"),
    [
        pytest.param(Market(EVEN), 0.1, 0.15, id="even months"),
        pytest.param(Market(UNEVEN), 0.3, -0.15, id="uneven months with gaps"),
        pytest.param(Market(UNEVEN), 0.03, 0.05, id="rare keywords"),
        pytest.param(Market(SMALL), 0.15, 0.15, id="five postings a month"),
        pytest.param(Market(UNEVEN, month_likeness=0.02), 0.1, 0.05, id="months that scatter"),
        pytest.param(
            Market(UNEVEN, employer_likeness=0.3, employer_count=80), 0.3, 0.15, id="employers that repeat themselves"
        ),
    ],
)
def test_intervals_hold_planted_drifts(market: Market, share: float, slope: float) -> None:
    report = find_trends(planted(market, share, slope, count=300, seed=2))
    assert shares_held(report, slope) >= 0.93


@pytest.mark.parametrize(
    "market",
    [
        pytest.param(Market(UNEVEN), id="uneven months"),
        pytest.param(Market(SMALL), id="five postings a month"),
        pytest.param(Market(UNEVEN, employer_likeness=0.5, employer_count=30), id="few employers"),
    ],
)
def test_shuffled_dates_show_no_trends(market: Market) -> None:
    drifting = planted(market, 0.2, 0.2, count=100, seed=3)
    called = [len(find_trends(shuffled(drifting, seed)).of("rising", "new", "fading")) for seed in range(4)]
    assert sum(called) <= 0.05 * 4 * 100


def test_a_clear_drift_is_found_and_its_size_is_right() -> None:
    report = find_trends(planted(Market(EVEN), 0.2, 0.15, count=50, seed=4))
    assert len(report.of("rising", "new")) == 50
    assert np.mean([t.slope.per_month for t in report.trends if t.slope]) == pytest.approx(0.15, abs=0.01)


def test_months_that_scatter_widen_the_interval() -> None:
    calm = planted(Market(EVEN), 0.3, 0.0, count=40, seed=5)
    wild = planted(Market(EVEN, month_likeness=0.2), 0.3, 0.0, count=40, seed=5)
    widths = [np.mean([t.slope.high - t.slope.low for t in find_trends(c).trends if t.slope]) for c in (calm, wild)]
    assert widths[1] > 1.5 * widths[0]


def test_an_employer_that_posts_the_same_again_and_again_proves_little() -> None:
    months = np.repeat(np.arange(12), 10)
    named = np.zeros((1, 120), dtype=bool)
    named[0, [3, 17, 31, 45, 58, *range(62, 120, 3)]] = True
    employers = np.arange(120) + 1
    apart = fit_slopes(mentions(named, months, employers))
    employers[62:120:3] = 0
    one_firm = fit_slopes(mentions(named, months, employers))
    assert apart.low[0] > 0
    assert one_firm.low[0] < 0


@settings(max_examples=25)
@given(tables())
def test_every_interval_is_finite_and_agrees_with_its_p_value(drawn: Mentions) -> None:
    fitted = fit_slopes(drawn)
    assert all(np.isfinite(part).all() for part in (fitted.slope, fitted.low, fitted.high, fitted.p_value))
    assert (fitted.low <= fitted.slope + 1e-6).all()
    assert (fitted.slope <= fitted.high + 1e-6).all()
    assert (fitted.scatter >= 1).all()
    clear = (fitted.low > 1e-6) | (fitted.high < -1e-6)
    assert (fitted.p_value[clear] < 0.0501).all()
    assert (fitted.p_value[(fitted.low < -1e-6) & (fitted.high > 1e-6)] > 0.0499).all()


@settings(max_examples=25)
@given(tables(), st.integers(-50_000, 50_000))
def test_where_months_are_counted_from_makes_no_difference(drawn: Mentions, origin: int) -> None:
    same(fit_slopes(drawn), fit_slopes(replace(drawn, months=drawn.months + origin)))


@settings(max_examples=25)
@given(tables())
def test_time_run_backwards_turns_every_slope_round(drawn: Mentions) -> None:
    forward, back = fit_slopes(drawn), fit_slopes(replace(drawn, months=-drawn.months))
    turned = Slopes(-back.slope, -back.high, -back.low, back.p_value, back.scatter)
    same(forward, turned)


def same(left: Slopes, right: Slopes) -> None:
    for name in ("slope", "low", "high", "p_value"):
        np.testing.assert_allclose(getattr(left, name), getattr(right, name), atol=1e-4)


@pytest.mark.parametrize("which", ["all", "none", "first month", "last month"])
def test_a_keyword_at_the_edge_of_what_can_be_told_has_a_finite_interval(which: str) -> None:
    months = np.repeat(np.arange(6), 10)
    named = {"all": months >= 0, "none": months < 0, "first month": months == 0, "last month": months == 5}[which]
    fitted = fit_slopes(mentions(named[None], months))
    assert np.isfinite([fitted.low[0], fitted.high[0]]).all()
    assert abs(fitted.slope[0]) < 0.9 * WIDEST_SWING / 5
    assert (fitted.low[0] > 0) == (which == "last month")
    assert (fitted.high[0] < 0) == (which == "first month")


def test_fewer_than_three_months_are_refused() -> None:
    with pytest.raises(ValueError, match=r"three months|3 months"):
        fit_slopes(mentions(np.ones((1, 4), dtype=bool), np.array([0, 0, 1, 1])))


def test_fitted_shares_follow_the_counts() -> None:
    months = np.repeat(np.arange(10), 50)
    rng = np.random.default_rng(6)
    named = rng.random(500) < 0.1 + 0.04 * months
    drawn = mentions(named[None], months)
    first, last = fitted_shares(drawn, fit_slopes(drawn).slope, np.array([0.0, 9.0]))[0]
    assert first == pytest.approx(0.1, abs=0.06)
    assert last == pytest.approx(0.46, abs=0.08)


@given(arrays.arrays(np.float64, st.integers(1, 30), elements=st.floats(0, 1)))
def test_q_values_are_never_below_p_values_and_keep_their_order(p_values: np.ndarray) -> None:
    q_values = adjusted(p_values)
    assert (q_values >= p_values - 1e-12).all()
    assert (q_values <= 1).all()
    assert (np.diff(q_values[np.argsort(p_values)]) >= -1e-12).all()


def test_q_values_are_those_of_benjamini_and_hochberg() -> None:
    np.testing.assert_allclose(adjusted(np.array([0.01, 0.04, 0.03, 0.5])), [0.04, 0.16 / 3, 0.16 / 3, 0.5])


@given(
    arrays.arrays(np.float64, st.integers(1, 20), elements=st.floats(-2, 2)),
    st.floats(0.01, 2),
)
def test_shrinkage_never_turns_or_enlarges_a_slope(slopes: np.ndarray, error: float) -> None:
    drawn = shrunk(slopes, np.full(len(slopes), error))
    assert (np.abs(drawn) <= np.abs(slopes) + 1e-12).all()
    assert (drawn * slopes >= 0).all()


def test_shrinkage_moves_a_rare_keyword_far_and_a_clear_one_hardly() -> None:
    rng = np.random.default_rng(7)
    slopes = np.concatenate([rng.normal(0, 0.1, 200), [0.4, 0.4]])
    errors = np.concatenate([np.full(200, 0.1), [0.02, 0.4]])
    clear, rare = shrunk(slopes, errors)[-2:]
    assert clear > 0.35
    assert abs(rare) < 0.1


@given(st.floats(-5, 5), st.floats(0.1, 10))
def test_a_falling_function_is_crossed_where_it_is_zero(root: float, pace: float) -> None:
    low, high = np.array([-6.0]), np.array([6.0])
    found = falling_root(lambda x: (np.tanh(pace * (root - x)), pace / np.cosh(pace * (root - x)) ** 2), low, high)
    assert found[0] == pytest.approx(root, abs=1e-6)


def test_a_crossing_is_found_where_the_pace_given_is_half_the_true_one() -> None:
    found = falling_root(lambda x: (0.3 - x, np.full_like(x, 0.501)), np.array([-4.0]), np.array([1.0]))
    assert found[0] == pytest.approx(0.3, abs=1e-6)
