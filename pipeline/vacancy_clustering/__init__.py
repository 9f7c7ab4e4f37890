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
from pipeline.vacancy_clustering.stage import (
    cluster_vacancies,
)

__all__ = [
    "NAMED_OFFLINE",
    "NAMING_STAGE",
    "Naming",
    "cluster_vacancies",
    "history_folder",
    "keep_artifact",
    "name_clusters_with_model",
]
