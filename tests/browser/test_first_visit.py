"""A link to a page, opened on a server that nobody has visited yet, shows that page."""

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.browser.served import serve, settle, watched_page

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser

TITLE_OF = {
    "browse-vacancies": "Vacancies",
    "role-clusters": "Clusters",
    "keyword-taxonomy": "Taxonomy",
    "resume-variants": "Resume",
    "my-fit": "My fit",
    "job-match": "Job match",
    "compare": "Compare",
    "market-trends": "Market trends",
}
# What Streamlit shows of an address that it does not know.
NOT_FOUND = """
new MutationObserver(() => {
  if (/page not found/i.test(document.body.innerText)) window.sawNotFound = true;
}).observe(document, {childList: true, subtree: true, characterData: true});
"""


@pytest.mark.parametrize("path", TITLE_OF)
def test_a_first_visit_to_a_pages_own_address_shows_the_page(path: str, workspace: Path, browser: "Browser") -> None:
    with serve(workspace) as address, watched_page(browser) as page:
        page.add_init_script(NOT_FOUND)
        page.goto(f"{address}/{path}")
        page.get_by_role("heading", name=TITLE_OF[path], exact=True, level=1).wait_for()
        settle(page)
        menu = page.get_by_test_id("stSidebarNav").get_by_role("link").all_inner_texts()
        assert len(menu) == len(TITLE_OF) + 1  # and the start page, all named by us
        assert TITLE_OF[path] in " ".join(menu)
        assert page.evaluate("window.sawNotFound") is None
