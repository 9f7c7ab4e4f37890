"""Which kind of role a job description is, how sure that is, and why.

A description is cleaned, compared with the clusters by keywords and by meaning, calibrated and explained.
`ClusterMatcher` is the way in.
"""

from pipeline.cluster_matcher.explanation import (
    Reason,
)
from pipeline.cluster_matcher.index import (
    MatchIndex,
    build_index,
    dump_index,
    load_index,
)
from pipeline.cluster_matcher.job_descriptions import (
    JobDescription,
    clean_job_description,
    job_of_vacancy,
)
from pipeline.cluster_matcher.keywords import (
    KeywordProfile,
    build_profiles,
    profiles_of_taxonomy,
)
from pipeline.cluster_matcher.matcher import (
    ClusterMatcher,
    KeywordCalibration,
    Meaning,
    calibrate_keywords,
    left_out_features,
)
from pipeline.cluster_matcher.results import (
    MarketKeyword,
    Match,
    RankedCluster,
    SimilarVacancy,
    Verdict,
)

__all__ = [
    "ClusterMatcher",
    "JobDescription",
    "KeywordCalibration",
    "KeywordProfile",
    "MarketKeyword",
    "Match",
    "MatchIndex",
    "Meaning",
    "RankedCluster",
    "Reason",
    "SimilarVacancy",
    "Verdict",
    "build_index",
    "build_profiles",
    "calibrate_keywords",
    "clean_job_description",
    "dump_index",
    "job_of_vacancy",
    "left_out_features",
    "load_index",
    "profiles_of_taxonomy",
]
