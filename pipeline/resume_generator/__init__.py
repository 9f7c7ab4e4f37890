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
from pipeline.resume_generator.fit import (
    LINE,
    RoleFit,
    role_fit,
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
    fields_of_work,
    open_share,
    what_to_learn,
)
from pipeline.resume_generator.letter import (
    Letter,
    LetterFact,
    choose_facts,
    write_letter,
)
from pipeline.resume_generator.posting_fit import (
    SUREST,
    FitScale,
    NamedKeywords,
    fit_scale,
    named_keywords,
    pieces_of,
    shown_keywords,
)
from pipeline.resume_generator.selection import (
    SECTIONS,
    SUMMARY,
    Selection,
    apply_selection,
    doubtful_words,
    hidden_by,
    own_titles,
    parts_of,
    propose,
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
    "LINE",
    "LISTED",
    "MISSING",
    "NOT_ASKED",
    "OPEN_SHARE",
    "SECTIONS",
    "SHOWN",
    "STATES",
    "SUMMARY",
    "SUREST",
    "CoverageMatrix",
    "Demand",
    "FitScale",
    "GapAnalysis",
    "KeywordGap",
    "LearnNext",
    "Letter",
    "LetterFact",
    "Move",
    "NamedKeywords",
    "ResumeVariant",
    "RoleFit",
    "Selection",
    "Showing",
    "ThemeConfig",
    "_generate_variants_from_clusters_with_gpt_async",
    "_get_category_order_for_theme",
    "analyze_gaps",
    "apply_selection",
    "choose_facts",
    "cluster_demand",
    "cluster_themes",
    "coverage_matrix",
    "doubtful_words",
    "fields_of_work",
    "fit_scale",
    "generate_variants",
    "hidden_by",
    "named_keywords",
    "open_share",
    "own_titles",
    "parts_of",
    "pieces_of",
    "propose",
    "reworded",
    "role_brief",
    "role_fit",
    "shown_keywords",
    "what_to_learn",
    "write_letter",
]
