"""The dashboard in process: one page of it, run as a browser would have it run."""

from streamlit.testing.v1 import AppTest

from pages.ui import dashboard
from tests.sandbox import ROOT

PAGES = tuple(dashboard.PAGES)
START = PAGES[0]
SECONDS = 60


def open_page(page: str) -> AppTest:
    """Open the dashboard, go to one of its pages, and assert that it ran to its end."""
    dashboard = AppTest.from_file(str(ROOT / "app.py"), default_timeout=SECONDS)
    dashboard.run()
    if page != START:
        dashboard.switch_page(f"pages/views/{page}.py").run()
    assert_well(dashboard)
    return dashboard


def assert_well(dashboard: AppTest) -> None:
    """Assert that a run ended without an exception."""
    assert not dashboard.exception, [problem.value for problem in dashboard.exception]


def texts(dashboard: AppTest) -> str:
    """Return all that a page says in messages, text and captions."""
    kinds = (dashboard.title, dashboard.subheader, dashboard.markdown, dashboard.caption, dashboard.text)
    notes = (dashboard.info, dashboard.success, dashboard.warning, dashboard.error)
    return "\n".join(element.value for kind in (*kinds, *notes) for element in kind)


def chart_count(dashboard: AppTest) -> int:
    """Return how many charts a page shows."""
    return len(dashboard.get("plotly_chart"))


def finish_work(dashboard: AppTest, kind: str = "clustering") -> AppTest:
    """Wait for the work that a page has started, as its browser would, and run the page once more."""
    for work in [work for work in dashboard.session_state["work.mine"] if work.kind == kind]:
        assert work.wait(SECONDS)
    dashboard.run()
    assert_well(dashboard)
    return dashboard


def html_of(page: AppTest) -> list[str]:
    """Return the markup that a page writes, but for the dashboard's own."""
    return [each.proto.body for each in page.get("html") if each.proto.body != dashboard.STYLE]
