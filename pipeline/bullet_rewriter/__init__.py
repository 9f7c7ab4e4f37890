"""A model's rewording of a resume, and the guard that lets through only what the resume bears out.

`BulletRewriter` asks, `check_rewrite` judges, `rewrite_clusters` does it for every kind of role at once.
"""

from pipeline.bullet_rewriter.fact_guard import (
    Violation,
    check_rewrite,
)
from pipeline.bullet_rewriter.mending import mend_rewrite
from pipeline.bullet_rewriter.passages import (
    KEPT_AS_IT_IS,
    LEFT_OUT,
    REWRITING_STAGE,
    BulletRewriter,
    Rewrite,
    RoleBrief,
    apply_rewrites,
    edit_passage,
    reject_rewrite,
    resume_passages,
)
from pipeline.bullet_rewriter.personal_data import PersonalData
from pipeline.bullet_rewriter.run import (
    ClusterRewrite,
    RewriteEstimate,
    estimate_rewrites,
    rewrite_clusters,
)

__all__ = [
    "KEPT_AS_IT_IS",
    "LEFT_OUT",
    "REWRITING_STAGE",
    "BulletRewriter",
    "ClusterRewrite",
    "PersonalData",
    "Rewrite",
    "RewriteEstimate",
    "RoleBrief",
    "Violation",
    "apply_rewrites",
    "check_rewrite",
    "edit_passage",
    "estimate_rewrites",
    "mend_rewrite",
    "reject_rewrite",
    "resume_passages",
    "rewrite_clusters",
]
