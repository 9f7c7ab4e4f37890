"""Which technologies and skills a text names, and which category of the cluster artifact each belongs to.

The lexicon and the matcher find names; the categories come from the artifact, or from the static taxonomy where there
is none.
"""

from pipeline.keyword_engine.categories import (
    DEFAULT_TECH_TAXONOMY,
    Categories,
    KeywordHit,
    categories_in_use,
    categories_of,
    cluster_keywords,
    default_artifact_path,
    extract_keywords_from_text,
    get_all_tech_keywords,
    get_tech_taxonomy,
    keyword_matches,
    specificity,
    static_categories,
    taxonomy_notice,
)
from pipeline.keyword_engine.employers import without_employers
from pipeline.keyword_engine.hits import KeywordFinder, Place, find_hits, lexicon_hash
from pipeline.keyword_engine.imported_vocabulary import (
    ImportReport,
)
from pipeline.keyword_engine.labels import (
    keyword_label,
    keyword_labels,
    usual_spelling,
)
from pipeline.keyword_engine.lexicon import (
    LEXICON_FOLDER,
    Case,
    Entry,
    Kind,
    Spelling,
    fold,
    load_lexicon,
)
from pipeline.keyword_engine.names import (
    canonical_keyword,
    find_terms_in_context,
    known_otherwise,
    lexicon_files,
    lexicon_matcher,
)
from pipeline.keyword_engine.report import (
    KeywordCount,
    KeywordCounts,
    KeywordReport,
    analyze_vacancies,
    count_keywords_of,
    report_of,
)
from pipeline.keyword_engine.term_matcher import (
    TermMatch,
    TermMatcher,
)

__all__ = [
    "DEFAULT_TECH_TAXONOMY",
    "LEXICON_FOLDER",
    "Case",
    "Categories",
    "Entry",
    "ImportReport",
    "KeywordCount",
    "KeywordCounts",
    "KeywordFinder",
    "KeywordHit",
    "KeywordReport",
    "Kind",
    "Place",
    "Spelling",
    "TermMatch",
    "TermMatcher",
    "analyze_vacancies",
    "canonical_keyword",
    "categories_in_use",
    "categories_of",
    "cluster_keywords",
    "count_keywords_of",
    "default_artifact_path",
    "extract_keywords_from_text",
    "find_hits",
    "find_terms_in_context",
    "fold",
    "get_all_tech_keywords",
    "get_tech_taxonomy",
    "keyword_label",
    "keyword_labels",
    "keyword_matches",
    "known_otherwise",
    "lexicon_files",
    "lexicon_hash",
    "lexicon_matcher",
    "load_lexicon",
    "report_of",
    "specificity",
    "static_categories",
    "taxonomy_notice",
    "usual_spelling",
    "without_employers",
]
