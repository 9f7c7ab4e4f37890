"""What dated postings ask for more and less: counts by month, slopes with intervals, and what a model thinks of them.

`find_trends` and `MarketTrendsService` are the ways in.
"""

from pipeline.market_trends.corpus import (
    DatedPosting,
    TrendCorpus,
    TrendFilters,
    read_trend_corpus,
    repeats_among,
)
from pipeline.market_trends.corpus_trends import (
    find_trends,
)
from pipeline.market_trends.results import (
    RISING,
    CategoryTrend,
    KeywordTrend,
    ModelOpinion,
    TrendingSkill,
    TrendReport,
)
from pipeline.market_trends.service import (
    MarketTrendsService,
)

__all__ = [
    "RISING",
    "CategoryTrend",
    "DatedPosting",
    "KeywordTrend",
    "MarketTrendsService",
    "ModelOpinion",
    "TrendCorpus",
    "TrendFilters",
    "TrendReport",
    "TrendingSkill",
    "find_trends",
    "read_trend_corpus",
    "repeats_among",
]
