from pathlib import Path

import pytest

from tests.pages.dashboard import assert_well, chart_count, open_page, texts


@pytest.mark.parametrize(
    "by", ["Place", "Company", "Kind of role", "Seniority", "Place of work", "Period", "Saved views"]
)
def test_two_sets_are_compared_by_whatever_the_postings_have(by: str, clustered_copy: Path) -> None:
    page = open_page("compare_markets")
    page.selectbox(key="compare.by").set_value(by).run()
    assert_well(page)
    assert "postings" in texts(page)


def test_what_differs_between_two_kinds_of_role_is_charted(clustered_copy: Path) -> None:
    page = open_page("compare_markets")
    page.selectbox(key="compare.by").set_value("Kind of role").run()
    assert_well(page)
    assert chart_count(page) == 1
    assert "differences are sure" in texts(page)
