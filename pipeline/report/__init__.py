"""The market as one HTML file to send: what is shown of it, drawn as small SVG with no script.

`market_report` is the way in; `market_view` also gives the pages their numbers.
"""

from pipeline.report.comparison import (
    Difference,
    find_differences,
)
from pipeline.report.extra_table import ReportTable
from pipeline.report.map_labels import (
    MapLabel,
    place_labels,
)
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
from pipeline.report.skills_together import (
    Companion,
    Link,
    SkillGraph,
    companions,
    skills_together,
)

__all__ = [
    "COLOURS",
    "ClusterSize",
    "Companion",
    "Difference",
    "KeywordMatrix",
    "Link",
    "MapLabel",
    "MarketFindings",
    "PoolCount",
    "ReportTable",
    "SkillGraph",
    "admitted",
    "cluster_sizes",
    "colour_of",
    "companions",
    "find_differences",
    "keyword_matrix",
    "market_report",
    "mentions_of",
    "place_labels",
    "pool_counts",
    "posting_facts",
    "share_interval",
    "skills_together",
]
