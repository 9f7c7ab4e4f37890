"""The dashboard served to a real browser: the server, pages that are watched, and going about in them."""

import os
import re
import socket
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.sandbox import ROOT, is_local, own_environment, sandboxed

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

START_SECONDS = 60
SCREENSHOTS = ROOT / "output/screenshots"
MILLISECONDS = 90_000
FLAGS = (
    *("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"),
    *("--disable-sync", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1"),
)


def free_port() -> int:
    """Return a port that nothing listens on."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port: int = probe.getsockname()[1]
    return port


@contextmanager
def serve(home: Path, *arguments: str, port: int | None = None, **environment: str) -> Iterator[str]:
    """Serve the dashboard of a workspace on a free port; yield its address."""
    port = port or free_port()
    command = sandboxed(
        *("-m", "streamlit", "run", "app.py", "--server.port", str(port), "--server.address", "127.0.0.1"),
        *("--server.headless", "true", *arguments),
    )
    log = home.parent / "server.log"
    variables = own_environment(home, **environment)
    with log.open("wb") as out:
        server = subprocess.Popen(command, cwd=ROOT, env=variables, stdout=out, stderr=subprocess.STDOUT)
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
        except OSError:  # it does not listen yet, or has no time to answer
            time.sleep(0.2)
    pytest.fail(f"the server did not start: {log.read_text()}")


@contextmanager
def watched_page(browser: "Browser", **context: Any) -> "Iterator[Page]":
    """Open a page of a session of its own; assert in the end that it showed no dialog and asked no other machine."""
    own = browser.new_context(**context)
    page = own.new_page()
    page.set_default_timeout(MILLISECONDS)
    dialogs: list[str] = []
    requests: list[str] = []

    def dismiss(dialog: Any) -> None:
        dialogs.append(dialog.message)
        dialog.dismiss()

    page.on("dialog", dismiss)
    page.on("request", lambda request: requests.append(request.url))
    try:
        yield page
    except BaseException:
        SCREENSHOTS.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=SCREENSHOTS / f"failed-{os.getpid()}-{id(page)}.png", full_page=True)
        raise
    finally:
        own.close()
    hosts = {re.sub(r"^\w+://([^/:]+).*$", r"\1", url) for url in requests if re.match(r"(?:https?|wss?)://", url)}
    assert not dialogs
    assert hosts
    assert all(is_local(host) for host in hosts), hosts


def open_dashboard(page: "Page", address: str) -> None:
    """Open the start page."""
    page.goto(address)
    page.get_by_role("heading", name="Rolemap", level=1).wait_for()
    settle(page)


def go_to(page: "Page", name: str) -> None:
    """Go to a page by the menu, and wait until it has run to its end."""
    opener = page.get_by_test_id("stExpandSidebarButton")
    if opener.is_visible():  # on a narrow screen the menu is folded away
        opener.click()
    page.get_by_test_id("stSidebarNav").get_by_role("link", name=name).click()
    title = "Rolemap" if name == "Start" else name
    page.get_by_role("heading", name=title, exact=True, level=1).wait_for()
    settle(page)


def settle(page: "Page") -> None:
    """Wait until the page has run to its end and is drawn."""
    page.locator('[data-testid="stApp"][data-test-script-state="notRunning"]').wait_for()
    page.wait_for_function("!document.querySelector('[data-testid=stSkeleton]')")
