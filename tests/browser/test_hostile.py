"""What others have written is shown as text, whatever it holds."""

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.browser.served import go_to, open_dashboard, serve, settle, watched_page
from tests.sample_files import write_files

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser

HOSTILE = (
    "Staff Nurse <script>window.hostile = 1; alert('title')</script>\n\n"
    "<img src=x onerror=\"window.hostile = 1; alert('image')\"> ![pixel](http://192.0.2.1/pixel.png)\n"
    "[click](javascript:alert('link')) $$\\href{javascript:alert(1)}{x}$$ **bold** <b>bold</b> :red[red]\n"
    "You care for patients on our ward."
)
LONG = "Midwife\n\n" + "You help at births on our ward and <b>write</b> $x^2$ down. " * 33_000  # 2 MB in one line
SHOWN_SECONDS = 10


def test_a_hostile_posting_is_shown_as_text(browser: "Browser", clustered_copy: Path) -> None:
    hostile = "Nurse <img src=x onerror=alert(1)> ![p](http://192.0.2.1/p.png) $$x$$ \u202etnemtiurcer"
    row = f'{{"id": "z<b>b</b>", "title": "{hostile}", "text": "{hostile}", "company": "{hostile}"}}'
    write_files(clustered_copy / "vacancies", {"a.txt": HOSTILE, "aa.txt": LONG, "b.jsonl": row})
    artifact = clustered_copy / "output/vacancy_clusters.json"
    # A name or a summary may come from titles, or from a model that read them.
    artifact.write_text(artifact.read_text().replace('"summary": "', f'"summary": "{hostile} '))
    with serve(clustered_copy) as address, watched_page(browser) as page:
        open_dashboard(page, address)
        go_to(page, "Vacancies")
        search = page.get_by_role("textbox", name="Search titles and texts")
        search.fill("care patients ward onerror")
        search.press("Enter")
        posting = page.locator(".st-key-browse_vacancies-posting")
        posting.get_by_text("You care for patients on our ward.").wait_for()
        shown = posting.inner_text().replace("\u2060", "")  # which keeps addresses from becoming links
        for part in (
            "<img src=x onerror=",
            "![pixel](http://192.0.2.1/pixel.png)",
            "<b>bold</b>",
            "$$\\href{",
            ":red[red]",
        ):
            assert part in shown
        assert page.locator("img[onerror], img[src*='192.0.2.1'], a[href^='javascript'], .katex").count() == 0
        search.fill("births")
        search.press("Enter")
        posting.get_by_text("You help at births").first.wait_for(timeout=SHOWN_SECONDS * 1000)
        page.get_by_text(re.compile(r"The first 20,000 of 1,9\d\d,\d\d\d characters")).wait_for()

        for name in ("Start", "Clusters", "Taxonomy"):
            go_to(page, name)
            assert page.locator("img[onerror], img[src*='192.0.2.1'], a[href^='javascript']").count() == 0
        go_to(page, "Job match")
        page.get_by_label("Paste a job description").fill(HOSTILE)
        page.get_by_text("Match by meaning").click()
        page.get_by_label("Paste a job description").blur()
        page.get_by_text("You care for patients on our ward.").last.wait_for()
        settle(page)
        assert page.locator("img[onerror], img[src*='192.0.2.1'], a[href^='javascript'], .katex").count() == 0
        go_to(page, "Clusters")
        page.get_by_text("One kind of role", exact=True).click()
        page.get_by_text("<img src=x onerror=alert(1)>").first.wait_for()
        assert page.evaluate("window.hostile") is None
