"""Variants of a resume: what a kind of role asks for comes first, what a resume shows and lacks is said.

`generate_variants` is the way in. No skill is ever added.
"""

from pipeline.resume_generator.coverage import (
    LISTED,
    MISSING,
    NOT_ASKED,
    SHOWN,
    STATES,
    CoverageMatrix,
    coverage_matrix,
)
from pipeline.resume_generator.gaps import (
    Demand,
    GapAnalysis,
    KeywordGap,
    Showing,
    analyze_gaps,
    cluster_demand,
)
from pipeline.resume_generator.learning import (
    OPEN_SHARE,
    LearnNext,
    open_share,
    what_to_learn,
)
from pipeline.resume_generator.posting_fit import (
    FitScale,
    NamedKeywords,
    fit_scale,
    named_keywords,
    shown_keywords,
)
from pipeline.resume_generator.skill_ordering import (
    ThemeConfig,
)
from pipeline.resume_generator.variants import (
    Move,
    ResumeVariant,
    _generate_variants_from_clusters_with_gpt_async,
    _get_category_order_for_theme,
    cluster_themes,
    generate_variants,
    reworded,
    role_brief,
)

__all__ = [
    "LISTED",
    "MISSING",
    "NOT_ASKED",
    "OPEN_SHARE",
    "SHOWN",
    "STATES",
    "CoverageMatrix",
    "Demand",
    "FitScale",
    "GapAnalysis",
    "KeywordGap",
    "LearnNext",
    "Move",
    "NamedKeywords",
    "ResumeVariant",
    "Showing",
    "ThemeConfig",
    "_generate_variants_from_clusters_with_gpt_async",
    "_get_category_order_for_theme",
    "analyze_gaps",
    "cluster_demand",
    "cluster_themes",
    "coverage_matrix",
    "fit_scale",
    "generate_variants",
    "named_keywords",
    "open_share",
    "reworded",
    "role_brief",
    "shown_keywords",
    "what_to_learn",
]
