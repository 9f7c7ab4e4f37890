"""What dated postings ask for more and less: counts by month, slopes with intervals, and what a model thinks of them.

`find_trends` and `MarketTrendsService` are the ways in.
"""

from pipeline.market_trends.corpus import (
    DatedPosting,
    TrendCorpus,
    read_trend_corpus,
    repeats_among,
)
from pipeline.market_trends.corpus_trends import (
    find_trends,
)
from pipeline.market_trends.fact_counts import (
    FEWEST,
    FactShares,
    PayRange,
    groups_by_role,
    groups_over_time,
    pay_by_role,
    pay_of,
    pay_over_time,
    shares_by_role,
    shares_of,
    shares_over_time,
)
from pipeline.market_trends.fact_tallies import (
    COUNTED,
    CountedFact,
    tallies_of,
    tally_columns,
)
from pipeline.market_trends.questions import (
    NOT_SAID,
    MarketQuestion,
    PostingFacts,
    facts_of_record,
    in_words,
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
from pipeline.market_trends.statistics import (
    adjusted,
)

__all__ = [
    "COUNTED",
    "FEWEST",
    "NOT_SAID",
    "RISING",
    "CategoryTrend",
    "CountedFact",
    "DatedPosting",
    "FactShares",
    "KeywordTrend",
    "MarketQuestion",
    "MarketTrendsService",
    "ModelOpinion",
    "PayRange",
    "PostingFacts",
    "TrendCorpus",
    "TrendReport",
    "TrendingSkill",
    "adjusted",
    "facts_of_record",
    "find_trends",
    "groups_by_role",
    "groups_over_time",
    "in_words",
    "pay_by_role",
    "pay_of",
    "pay_over_time",
    "read_trend_corpus",
    "repeats_among",
    "shares_by_role",
    "shares_of",
    "shares_over_time",
    "tallies_of",
    "tally_columns",
]
