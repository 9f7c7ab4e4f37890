"""A newcomer's way, from nothing to a downloaded variant, and the way to the samples and back."""

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.browser.served import go_to, open_dashboard, serve, settle, watched_page
from tests.sample_files import ANALYST, ENGINEER, NURSE, STORED_SAMPLES, write_files

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

RESUME = """# Jane Doe

jane@example.com

## Skills

- **Office:** Excel, Tableau
- **Data:** SQL, Python, Airflow

## Experience

### Data Engineer | Acme
2019 – 2021

- Built pipelines with Python and SQL
"""


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("journey") / "home"
    (home / "vacancies").mkdir(parents=True)
    return home


@pytest.fixture(scope="module")
def address(home: Path) -> Iterator[str]:
    with serve(home) as address:
        yield address


def postings(folder: Path) -> list[Path]:
    texts = {"nurse": NURSE, "engineer": ENGINEER, "analyst": ANALYST}
    files: dict[str, str | bytes] = {
        f"{name}-{number}.txt": text.replace("\n\n", f"\n\nTeam {number}. ", 1)
        for name, text in texts.items()
        for number in range(1, 4)
    }
    write_files(folder, files)
    return sorted(folder.iterdir())


def test_from_an_empty_workspace_to_a_downloaded_variant(
    browser: "Browser", address: str, home: Path, tmp_path: Path
) -> None:
    with watched_page(browser, accept_downloads=True) as page:
        open_dashboard(page, address)
        page.get_by_role("link", name="Add postings").click()
        page.get_by_role("heading", name="Vacancies", level=1).wait_for()
        page.locator("input[type=file]").first.set_input_files(postings(tmp_path / "postings"))
        page.get_by_role("button", name="Add 9 to the stored postings").click()
        page.get_by_text("Stored as").wait_for()
        assert len(list((home / "vacancies/added").iterdir())) == 9

        page.get_by_role("link", name="Go to Clusters").click()
        page.get_by_role("heading", name="Clusters", level=1).wait_for()
        page.get_by_text("I choose").click()
        count = page.get_by_label("How many")
        count.fill("3")
        count.press("Enter")
        settle(page)
        page.get_by_role("button", name="Cluster", exact=True).click()
        # The work goes on while one looks elsewhere.
        go_to(page, "Vacancies")
        go_to(page, "Start")
        page.get_by_text("Found 3 kinds of role in").wait_for()
        go_to(page, "Clusters")
        page.locator(".js-plotly-plot .scatterlayer .trace").nth(2).wait_for(state="attached")

        go_to(page, "Resume")
        page.locator("input[type=file]").set_input_files(write_files(tmp_path, {"jane.md": RESUME}) / "jane.md")
        page.get_by_text("In use: jane.md").wait_for()
        page.get_by_text("6 Files", exact=True).click()
        page.get_by_role("button", name="Make the files of all").click()
        page.get_by_role("button", name="Everything").wait_for()
        # What was made is still there after a look at another page.
        go_to(page, "Start")
        page.get_by_text("Everything is there.").wait_for()
        go_to(page, "Resume")
        page.get_by_role("button", name="Everything").wait_for()
        with page.expect_download() as download:
            page.get_by_role("button", name="Everything").click()
        with zipfile.ZipFile(io.BytesIO(Path(download.value.path()).read_bytes())) as archive:
            names = archive.namelist()
            assert archive.testzip() is None
            assert any(name.endswith(".pdf") for name in names)
            assert all(archive.read(name)[:4] == b"%PDF" for name in names if name.endswith(".pdf"))
            assert "Jane Doe" in archive.read(next(name for name in names if name.endswith(".md"))).decode()


def test_the_samples_are_one_click_away_can_be_stopped_and_leave_ones_own_as_it_was(
    browser: "Browser", address: str, home: Path
) -> None:
    own = home / "output/vacancy_clusters.json"
    before = own.read_bytes()
    with watched_page(browser) as page:
        open_dashboard(page, address)
        page.get_by_role("button", name="Look at the samples").click()
        page.get_by_role("button", name="Stop", exact=True).click()
        page.get_by_text("Stopped. Everything is as it was before.").wait_for()
        assert not (home / "output/samples/output/vacancy_clusters.json").exists()
        assert_count(page, "Postings stored", str(STORED_SAMPLES))
        page.get_by_test_id("stSidebar").get_by_role("button", name="Back to my own postings").click()
        page.get_by_role("button", name="Look at the samples").wait_for()
        assert_count(page, "Postings stored", "9")
        assert_count(page, "Kinds of role found", "3")
    assert own.read_bytes() == before


def assert_count(page: "Page", label: str, value: str) -> None:
    settle(page)
    metric = page.get_by_test_id("stMetric").filter(has_text=label)
    assert metric.get_by_test_id("stMetricValue").inner_text().strip() == value


def test_what_a_session_holds_is_deleted_on_request(browser: "Browser", address: str, tmp_path: Path) -> None:
    with watched_page(browser) as page:
        open_dashboard(page, address)
        go_to(page, "Resume")
        page.locator("input[type=file]").set_input_files(write_files(tmp_path, {"jane.md": RESUME}) / "jane.md")
        page.get_by_text("In use: jane.md").wait_for()
        go_to(page, "Start")
        page.get_by_text("Your data").click()
        page.get_by_role("button", name="Delete my data").click()
        page.get_by_text("Deleted.").wait_for()
        go_to(page, "Resume")
        page.get_by_role("button", name="Use the sample resume").wait_for()
        assert page.get_by_text("jane.md").count() == 0
