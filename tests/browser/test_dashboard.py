"""The dashboard as a person meets it: the real server, a real browser, files from disk."""

import os
import re
import shutil
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.sample_files import NURSE, write_files
from tests.sandbox import ROOT, is_local, own_environment, sandboxed

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

START_SECONDS = 60
MILLISECONDS = 45_000
FLAGS = (
    *("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"),
    *("--disable-sync", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1"),
)
HOSTILE = (
    "Staff Nurse <script>window.hostile = 1; alert('title')</script>\n\n"
    "<img src=x onerror=\"window.hostile = 1; alert('image')\"> ![pixel](http://192.0.2.1/pixel.png)\n"
    "[click](javascript:alert('link')) $$\\href{javascript:alert(1)}{x}$$ **bold** <b>bold</b>\n"
    "You care for patients on our ward."
)


@pytest.fixture(scope="module")
def browser() -> "Iterator[Browser]":
    """Return Chromium; without one the test is skipped, on a build server it fails."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if chromium is None:
        missing = "there is no Chromium on this machine; install it to run the browser tests"
        pytest.fail(missing) if os.environ.get("CI") else pytest.skip(missing)
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=chromium, args=list(FLAGS))
        yield opened
        opened.close()


@contextmanager
def serve(home: Path) -> Iterator[str]:
    """Serve the dashboard of a workspace on a free port; yield its address."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    command = sandboxed(
        *("-m", "streamlit", "run", "app.py", "--server.port", str(port), "--server.address", "127.0.0.1"),
        *("--server.headless", "true"),
    )
    log = home.parent / "server.log"
    with log.open("wb") as out:
        server = subprocess.Popen(command, cwd=ROOT, env=own_environment(home), stdout=out, stderr=subprocess.STDOUT)
        try:
            address = f"http://127.0.0.1:{port}"
            _wait_for(address, server, log)
            yield address
        finally:
            server.terminate()
            try:
                server.wait(20)
            except subprocess.TimeoutExpired:
                server.kill()
                server.wait()


def _wait_for(address: str, server: "subprocess.Popen[bytes]", log: Path) -> None:
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end:
        assert server.poll() is None, log.read_text()
        try:
            with urllib.request.urlopen(f"{address}/_stcore/health", timeout=2):
                return
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.2)
    pytest.fail(f"the server did not start: {log.read_text()}")


@contextmanager
def watched_page(browser: "Browser") -> "Iterator[Page]":
    """Open a page; assert in the end that it showed no dialog and asked no other machine for anything."""
    page = browser.new_page()
    page.set_default_timeout(MILLISECONDS)
    dialogs: list[str] = []
    requests: list[str] = []

    def dismiss(dialog) -> None:  # type: ignore[no-untyped-def]
        dialogs.append(dialog.message)
        dialog.dismiss()

    page.on("dialog", dismiss)
    page.on("request", lambda request: requests.append(request.url))
    yield page
    page.close()
    hosts = {re.sub(r"^\w+://([^/:]+).*$", r"\1", url) for url in requests if re.match(r"(?:https?|wss?)://", url)}
    assert not dialogs
    assert hosts
    assert all(is_local(host) for host in hosts), hosts


def go_to(page: "Page", name: str) -> None:
    page.get_by_test_id("stSidebarNav").get_by_role("link", name=name).click()
    page.get_by_role("heading", name=name, exact=True, level=1).wait_for()


def test_a_file_is_uploaded_added_and_clustered_and_shows_on_the_map(
    browser: "Browser", clustered_copy: Path, tmp_path: Path
) -> None:
    (clustered_copy / "output/vacancy_clusters.json").unlink()
    write_files(tmp_path, {"new-nurse.txt": NURSE})
    with serve(clustered_copy) as address, watched_page(browser) as page:
        page.goto(address)
        page.get_by_role("heading", name="Rolemap").wait_for()
        go_to(page, "Vacancies")
        page.locator("input[type=file]").set_input_files(tmp_path / "new-nurse.txt")
        page.get_by_role("button", name="Add 1 to the stored postings").click()
        page.get_by_text("Stored as").wait_for()
        assert (clustered_copy / "vacancies/added/new-nurse.txt").read_text() == NURSE

        go_to(page, "Clusters")
        page.get_by_text("No clusters yet").wait_for()
        page.get_by_text("I choose").click()
        field = page.get_by_label("How many")
        field.fill("4")
        field.press("Enter")
        page.get_by_role("button", name="Cluster", exact=True).click()
        page.get_by_text("Found 4 kinds of role").wait_for()
        drawn = page.locator(".js-plotly-plot").first
        drawn.locator(".scatterlayer .trace").nth(3).wait_for(state="attached")
        points = drawn.locator(".scatterlayer .points path").count()
        stored = [path for path in (clustered_copy / "vacancies").rglob("*.*") if path.is_file()]
        assert points > len(stored) * 0.8
        page.get_by_text("Most typical postings").wait_for()

        go_to(page, "Taxonomy")
        page.locator(".js-plotly-plot .treemaplayer").first.wait_for(state="attached")


def test_a_hostile_posting_is_shown_as_text(browser: "Browser", clustered_copy: Path) -> None:
    hostile = "Nurse <img src=x onerror=alert(1)> ![p](http://192.0.2.1/p.png)"
    write_files(
        clustered_copy / "vacancies",
        {
            "a.txt": HOSTILE,
            "b.jsonl": f'{{"id": "z<b>b</b>", "title": "{hostile}", "text": "{hostile}", "company": "{hostile}"}}',
        },
    )
    artifact = clustered_copy / "output/vacancy_clusters.json"
    # A name or a summary may come from titles, or from a model that read them.
    artifact.write_text(artifact.read_text().replace('"summary": "', f'"summary": "{hostile} '))
    with serve(clustered_copy) as address, watched_page(browser) as page:
        page.goto(address)
        go_to(page, "Vacancies")
        table = page.get_by_test_id("stDataFrame").first
        table.wait_for()
        table.locator("canvas").first.wait_for()
        table.click(position={"x": 15, "y": 52})  # the first row's mark: the grid is drawn, not made of elements
        page.get_by_text("You care for patients on our ward.").wait_for()
        shown = page.get_by_test_id("stText").filter(has_text="You care for patients").inner_text()
        assert "<img src=x onerror=" in shown
        assert "![pixel](http://192.0.2.1/pixel.png)" in shown
        assert "<b>bold</b>" in shown

        for name in ("Start", "Clusters", "Taxonomy"):
            page.get_by_test_id("stSidebarNav").get_by_role("link", name=name).click()
            page.get_by_role("heading", level=1).filter(has_text="Rolemap" if name == "Start" else name).wait_for()
            page.wait_for_load_state("networkidle")
            assert page.locator("img[onerror], img[src*='192.0.2.1'], a[href^='javascript']").count() == 0
        page.get_by_test_id("stSidebarNav").get_by_role("link", name="Clusters").click()
        page.get_by_text("<img src=x onerror=alert(1)>").first.wait_for()
        assert page.evaluate("window.hostile") is None
