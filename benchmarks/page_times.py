"""How long the pages take to show, warm, and to answer a change of the question: the median of some tries, in seconds.

    python -m benchmarks.page_times --home WORKSPACE

The workspace must be clustered. Times run from the click to the page at rest, in a real browser on this machine.
"""

import argparse
import time
from pathlib import Path
from statistics import median

from playwright.sync_api import Page, sync_playwright

from tests.browser.served import FLAGS, go_to, open_dashboard, serve, settle

PAGES = ("Start", "Vacancies", "Clusters", "Taxonomy", "Compare", "Market trends")
ASKED = ("Vacancies", "Clusters", "Compare", "Market trends")
TRIES = 3


def timed_visits(page: Page, name: str) -> list[float]:
    """Return how long each visit to a page took, the first, cold one left out."""
    times = []
    for _ in range(TRIES + 1):
        go_to(page, "Resume")
        start = time.perf_counter()
        go_to(page, name)
        times.append(time.perf_counter() - start)
    return times[1:]


def timed_questions(page: Page, name: str) -> list[float]:
    """Return how long a page took to answer a change of seniority."""
    go_to(page, name)
    times = []
    for _ in range(TRIES):
        page.get_by_role("combobox", name="Seniority").first.click()
        option = page.get_by_role("option", name="senior", exact=True)
        option.wait_for()
        start = time.perf_counter()
        option.click()
        clear = page.locator(".st-key-question-clear button")
        clear.wait_for()
        settle(page)
        times.append(time.perf_counter() - start)
        page.keyboard.press("Escape")
        clear.click()
        settle(page)
    return times


def main() -> None:
    """Print a line a page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--home", type=Path, required=True)
    home = parser.parse_args().home
    with serve(home) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=list(FLAGS))
        page = browser.new_page(viewport={"width": 1440, "height": 900})
        page.set_default_timeout(60_000)
        open_dashboard(page, address)
        for name in PAGES:
            shown = median(timed_visits(page, name))
            answered = f"{median(timed_questions(page, name)):.2f}" if name in ASKED else "-"
            print(f"{name}: shown {shown:.2f}, a change of the question {answered}", flush=True)


if __name__ == "__main__":
    main()
