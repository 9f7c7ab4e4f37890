"""What is mended of a rewrite that says a word too much, and what is never mended."""

import pytest

from pipeline.bullet_rewriter import check_rewrite, mend_rewrite
from pipeline.resumes import Resume

SOURCE = "Wrote unit tests for the invoice module with a colleague"
RESUME = Resume.model_validate(
    {
        "basics": {"name": "Sample Person"},
        "work": [{"name": "Hale Software", "position": "Developer", "highlights": [SOURCE]}],
    }
)


def mended(rewritten: str) -> str | None:
    return mend_rewrite(SOURCE, rewritten, resume=RESUME, work_index=0)


@pytest.mark.parametrize(
    "rewritten",
    [
        "With a colleague, wrote unit tests for the award-winning invoice module",
        "With a colleague, wrote unit tests for the invoice module, boosting revenue across the whole company",
        "With a colleague, brilliantly wrote unit tests for the invoice module",
    ],
)
def test_what_nothing_bears_out_is_dropped_and_the_rest_stands(rewritten: str) -> None:
    text = mended(rewritten)
    assert text == "With a colleague, wrote unit tests for the invoice module"
    assert check_rewrite(SOURCE, text, resume=RESUME, work_index=0) == []


@pytest.mark.parametrize(
    "rewritten",
    [
        "Wrote 40 unit tests for the invoice module with a colleague",
        "Wrote unit tests in Python for the invoice module with a colleague",
        "As lead developer, wrote unit tests for the invoice module with a colleague",
    ],
)
def test_a_wrong_fact_is_never_mended(rewritten: str) -> None:
    assert check_rewrite(SOURCE, rewritten, resume=RESUME, work_index=0)
    assert mended(rewritten) is None


def test_a_true_rewrite_needs_no_mending() -> None:
    assert mended("With a colleague, wrote unit tests for the invoice module") is None
