"""Every page in both themes and at two widths: a screenshot, no overflow, and no serious finding of axe-core."""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.browser.axe import VERSION, axe_source
from tests.browser.served import SCREENSHOTS, go_to, open_dashboard, serve, settle, watched_page
from tests.sample_files import ENGINEER

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

PAGES = ("Start", "Vacancies", "Clusters", "Taxonomy", "Resume", "My fit", "Job match", "Compare", "Market trends")
PHONE = (
    "Mozilla/5.0 (Linux; Android 14; Pixel 7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0 Mobile Safari/537.36"
)
STEPS = {  # of the Resume page, each with a button that no other has
    "Roles": "Next: Order and pick",
    "Order and pick": "Next: Words",
    "Words": "Next: Look",
    "Look": "Next: Files",
    "Files": "Make the files",
}
WIDTHS: dict[str, dict[str, Any]] = {
    "wide": {"viewport": {"width": 1280, "height": 900}},
    "narrow": {"viewport": {"width": 420, "height": 900}, "is_mobile": True, "has_touch": True, "user_agent": PHONE},
}
TALLEST = 5000
DRAWING_MILLISECONDS = 150
SERIOUS = ("serious", "critical")


@pytest.fixture(scope="module")
def address(clustered: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    import shutil

    home = tmp_path_factory.mktemp("looks") / "home"
    shutil.copytree(clustered, home)
    with serve(home) as address:
        yield address


@pytest.fixture(scope="module")
def axe() -> str | None:
    source = axe_source()
    if source is None and os.environ.get("CI"):
        pytest.fail(f"axe-core {VERSION} is missing; fetch it with `python -m tests.browser.axe`")
    return source


@contextmanager
def dashboard(browser: "Browser", address: str, theme: str, width: str) -> Iterator["Page"]:
    """Open the dashboard in a theme and at a width, without motion, and make room for pictures of it."""
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    with watched_page(browser, color_scheme=theme, reduced_motion="reduce", **WIDTHS[width]) as page:
        open_dashboard(page, address)
        yield page


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_page_is_fit_to_be_seen(
    theme: str, width: str, browser: "Browser", address: str, axe: str | None
) -> None:
    problems: list[str] = []
    with dashboard(browser, address, theme, width) as page:
        for name in PAGES:
            go_to(page, name)
            fill(page, name)
            picture(page, SCREENSHOTS / f"{name.lower().replace(' ', '-')}-{theme}-{width}.png")
            overflow = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            if overflow > 0:
                problems.append(f"{name}: {overflow} pixels wider than the window")
            problems += [f"{name}: {finding}" for finding in findings(page, axe)] if axe else []
    assert not problems, "\n".join(problems)
    if axe is None:
        pytest.skip(f"axe-core {VERSION} is missing; fetch it with `python -m tests.browser.axe`")


@pytest.mark.parametrize(("theme", "width"), [("light", "wide"), ("dark", "narrow")])
def test_every_step_of_the_resume_page_is_fit_to_be_seen(
    theme: str, width: str, browser: "Browser", address: str, axe: str | None
) -> None:
    problems: list[str] = []
    with dashboard(browser, address, theme, width) as page:
        go_to(page, "Resume")
        fill(page, "Resume")
        for step, shown in STEPS.items():
            page.get_by_role("button", name=f"Next: {step}").click()
            page.get_by_role("button", name=shown).wait_for()
            page.get_by_alt_text("Page 1 of").first.wait_for()
            settle(page)
            picture(page, SCREENSHOTS / f"resume-{step.lower().replace(' ', '-')}-{theme}-{width}.png")
            problems += [f"{step}: {finding}" for finding in findings(page, axe)] if axe else []
            height = page.evaluate("document.querySelector('[data-testid=stMain]').scrollHeight")
            if width == "wide" and height > 2 * WIDTHS["wide"]["viewport"]["height"]:
                problems.append(f"{step}: {height} pixels high")
    assert not problems, "\n".join(problems)


def picture(page: "Page", path: Path) -> None:
    """Take a picture of the whole page, which scrolls inside the window."""
    size = page.viewport_size
    assert size
    height = page.evaluate("document.querySelector('[data-testid=stMain]').scrollHeight")
    page.set_viewport_size({"width": size["width"], "height": min(height, TALLEST)})
    page.wait_for_timeout(DRAWING_MILLISECONDS)
    page.screenshot(path=path)
    page.set_viewport_size(size)


def fill(page: "Page", name: str) -> None:
    """Bring a page to where it has something to show."""
    if name == "Resume" and page.get_by_role("button", name="Use the sample resume").is_visible():
        page.get_by_role("button", name="Use the sample resume").click()
        page.get_by_text("In use: the sample resume").wait_for()
    elif name == "Job match":
        page.get_by_label("Paste a job description").fill(ENGINEER)
        page.get_by_text("Match by meaning").click()
        page.get_by_label("Paste a job description").blur()
        page.get_by_text("Why, and what it lacks").click()
        page.get_by_text("What decided it").wait_for()
    settle(page)


def findings(page: "Page", axe: str) -> list[str]:
    """Return what axe-core finds serious, with the elements it means."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(axe)
    options = json.dumps({"resultTypes": ["violations"], "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]})
    result: dict[str, Any] = page.evaluate(f"axe.run(document, {options})")
    return [
        f"{violation['id']}: {violation['help']}: {[node['html'][:160] for node in violation['nodes'][:3]]}"
        for violation in result["violations"]
        if violation["impact"] in SERIOUS
    ]
