"""The fact guard: does a rewrite say more than the resume does?"""

from pipeline.bullet_rewriter.fact_guard.guard import check_rewrite
from pipeline.bullet_rewriter.fact_guard.violation import Violation

__all__ = ["Violation", "check_rewrite"]
