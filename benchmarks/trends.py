"""Measures how far trends can be trusted.

    python benchmarks/trends.py [--vacancies vacancies] [--artifact output/vacancy_clusters.json] [--rounds 20]

First the dates of a real corpus are shuffled: whatever is then called rising, fading or new is false. Then drifts are
planted in invented markets: their 95% intervals should hold them in 95% of cases.
"""

import argparse
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from pipeline.market_trends import TrendReport, find_trends, read_trend_corpus
from pipeline.market_trends.results import Direction
from pipeline.postings import load_vacancies
from tests.sample_trends import EVEN, UNEVEN, Market, planted, shuffled

TRENDS: tuple[Direction, ...] = ("rising", "new", "fading")
MARKETS = {
    "even months": Market(EVEN),
    "uneven months with gaps": Market(UNEVEN),
    "five postings a month": Market((5, 2, 7, 2, 5, 7, 2, 5, 7, 1, 6, 7, 3, 4, 6, 3, 5, 7)),
    "months that scatter": Market(UNEVEN, month_likeness=0.02),
    "employers that repeat themselves": Market(UNEVEN, employer_likeness=0.3, employer_count=80),
    "both": Market(UNEVEN, month_likeness=0.02, employer_likeness=0.3, employer_count=80),
}
SHARES = (0.03, 0.1, 0.3)
SLOPES = (-0.15, 0.05, 0.15)
KEYWORDS = 300


def false_trends(path: Path, artifact: Path, rounds: int) -> None:
    corpus = read_trend_corpus(load_vacancies(path).vacancies, artifact)
    real = find_trends(corpus)
    print(f"{path}: {real.vacancy_count:,} postings, {real.compared_count:,} keywords compared")
    for trend in real.of(*TRENDS):
        slope = trend.slope
        assert slope is not None
        print(f"  {trend.direction:7} {trend.keyword:28} {slope.per_month:+.3f} [{slope.low:+.3f}, {slope.high:+.3f}]")
    named = compared = with_any = below = 0
    for seed in range(rounds):
        report = find_trends(shuffled(corpus, seed))
        false = len(report.of(*TRENDS))
        named, compared, with_any = named + false, compared + report.compared_count, with_any + (false > 0)
        below += sum(trend.slope.p_value < 0.05 for trend in report.trends if trend.slope)
    print(f"dates shuffled {rounds} times: {named} of {compared:,} keywords called trends ({named / compared:.3%}),")
    print(f"  in {with_any} of {rounds} rounds any; p below 0.05 before correction: {below / compared:.2%}")


def covered(report: TrendReport, slope: float) -> tuple[int, int]:
    """Return how many intervals hold the planted slope, and how many intervals there are."""
    slopes = [trend.slope for trend in report.trends if trend.slope]
    return sum(s.low <= slope <= s.high for s in slopes), len(slopes)


def coverage() -> None:
    print(f"{'planted drifts':34}{'share':>6}{'slope':>7}{'held':>8}{'found':>8}")
    for name, market in MARKETS.items():
        for share in SHARES:
            for slope in SLOPES:
                report = find_trends(planted(market, share, slope, count=KEYWORDS, seed=1))
                held, total = covered(report, slope)
                found = len(report.of(*TRENDS)) / KEYWORDS
                print(f"{name:34}{share:6.2f}{slope:+7.2f}{held / max(total, 1):8.1%}{found:8.1%}", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--vacancies", type=Path, default=Path("vacancies"))
    parser.add_argument("--artifact", type=Path, default=Path("output/vacancy_clusters.json"))
    parser.add_argument("--rounds", type=int, default=20)
    options = parser.parse_args()
    false_trends(options.vacancies, options.artifact, options.rounds)
    coverage()


if __name__ == "__main__":
    main()
