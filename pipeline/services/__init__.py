"""What commands, pages and the API all call: each job of the product as one function."""

from pipeline.cluster_run import ClusterRun, EncoderChoice, run_clustering
from pipeline.services.corpus import (
    add_to_corpus,
    corpus_state,
    find_repeats,
    pasted_posting,
    read_corpus,
    read_skipped,
    read_uploaded,
    vacancies_folder,
)
from pipeline.services.diagnosis import diagnose
from pipeline.services.keywords import (
    import_vocabulary,
    keyword_report,
    list_vocabularies,
    remove_vocabulary,
    report_csv,
    run_analysis,
)
from pipeline.services.tables import harmless_cell, to_csv
from pipeline.services.workspace import (
    artifact_state,
    cache_info,
    change_overrides,
    clear_cache,
    compare_artifacts,
    current_overrides,
    earlier_artifacts,
    find_artifact,
    lost_overrides,
    open_cache,
    read_version,
    restore_artifact,
    shown_path,
)

__all__ = [
    "ClusterRun",
    "EncoderChoice",
    "add_to_corpus",
    "artifact_state",
    "cache_info",
    "change_overrides",
    "clear_cache",
    "compare_artifacts",
    "corpus_state",
    "current_overrides",
    "diagnose",
    "earlier_artifacts",
    "find_artifact",
    "find_repeats",
    "harmless_cell",
    "import_vocabulary",
    "keyword_report",
    "list_vocabularies",
    "lost_overrides",
    "open_cache",
    "pasted_posting",
    "read_corpus",
    "read_skipped",
    "read_uploaded",
    "read_version",
    "remove_vocabulary",
    "report_csv",
    "restore_artifact",
    "run_analysis",
    "run_clustering",
    "shown_path",
    "to_csv",
    "vacancies_folder",
]
