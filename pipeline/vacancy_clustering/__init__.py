"""The clustering stage: vacancies in, kinds of role out, each named, described and evidenced.

Words and vectors give groups, the groups give their number, names, pools and keys that survive a refresh.
`cluster_vacancies` is the way in.
"""

from pipeline.vacancy_clustering.history import (
    history_folder,
    keep_artifact,
)
from pipeline.vacancy_clustering.llm_naming import (
    NAMED_OFFLINE,
    NAMING_STAGE,
    Naming,
    name_clusters_with_model,
)
from pipeline.vacancy_clustering.placing import Pilot, Tally
from pipeline.vacancy_clustering.stage import (
    check_count,
    cluster_vacancies,
    learn_clusters,
)
from pipeline.vacancy_clustering.whole import KnownClusters, known_clusters, posting_rows, widened

__all__ = [
    "NAMED_OFFLINE",
    "NAMING_STAGE",
    "KnownClusters",
    "Naming",
    "Pilot",
    "Tally",
    "check_count",
    "cluster_vacancies",
    "history_folder",
    "keep_artifact",
    "known_clusters",
    "learn_clusters",
    "name_clusters_with_model",
    "posting_rows",
    "widened",
]
