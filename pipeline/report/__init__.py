"""The market as one HTML file to send: what is shown of it, drawn as small SVG with no script.

`market_report` is the way in; `market_view` also gives the pages their numbers.
"""

from pipeline.report.market_report import (
    MarketFindings,
    market_report,
)
from pipeline.report.market_view import (
    ClusterSize,
    KeywordMatrix,
    PoolCount,
    admitted,
    cluster_sizes,
    find_hits,
    keyword_matrix,
    mentions_of,
    pool_counts,
    posting_facts,
)
from pipeline.report.palette import (
    COLOURS,
    colour_of,
)
from pipeline.report.shares import (
    share_interval,
)

__all__ = [
    "COLOURS",
    "ClusterSize",
    "KeywordMatrix",
    "MarketFindings",
    "PoolCount",
    "admitted",
    "cluster_sizes",
    "colour_of",
    "find_hits",
    "keyword_matrix",
    "market_report",
    "mentions_of",
    "pool_counts",
    "posting_facts",
    "share_interval",
]
