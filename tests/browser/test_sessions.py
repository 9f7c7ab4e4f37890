"""Two people at one dashboard: what is one's own stays so, what is shared is seen by both."""

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.browser.served import go_to, open_dashboard, serve, watched_page
from tests.sample_files import NURSE, write_files

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser

POSTINGS = 400  # so many are not clustered within the time that this takes


def test_two_sessions_side_by_side(browser: "Browser", clustered_copy: Path, tmp_path: Path) -> None:
    artifact = clustered_copy / "output/vacancy_clusters.json"
    before = artifact.read_bytes()
    write_files(tmp_path, {"mine.md": "# Jane Doe\n\n## Skills\n\n- Office: Excel\n", "secret-posting.txt": NURSE})
    many: dict[str, str | bytes] = {
        f"many/{n}.txt": f"Role {n}\n\n{NURSE} Ward {n} has {n * 7} beds. " * 4 for n in range(POSTINGS)
    }
    write_files(clustered_copy / "vacancies", many)
    with (
        serve(clustered_copy) as address,
        watched_page(browser) as ann,
        watched_page(browser) as bob,
    ):
        open_dashboard(ann, address)
        go_to(ann, "Resume")
        ann.locator("input[type=file]").set_input_files(tmp_path / "mine.md")
        ann.get_by_text("In use: mine.md").wait_for()
        go_to(ann, "Vacancies")
        ann.get_by_text("Add postings", exact=True).click()
        ann.locator("input[type=file]").first.set_input_files(tmp_path / "secret-posting.txt")
        ann.get_by_role("button", name="Add 1 to the stored postings").wait_for()

        open_dashboard(bob, address)
        go_to(bob, "Resume")
        bob.get_by_role("button", name="Use the sample resume").wait_for()
        assert bob.get_by_text("mine.md").count() == 0
        go_to(bob, "Vacancies")
        bob.get_by_text("Add postings", exact=True).click()
        bob.locator("input[type=file]").first.wait_for(state="attached")
        assert bob.get_by_role("button", name="Add 1 to the stored postings").count() == 0

        go_to(ann, "Clusters")
        ann.get_by_text("Cluster again", exact=True).click()
        ann.get_by_role("button", name="Cluster", exact=True).click()
        ann.get_by_role("button", name="Stop", exact=True).wait_for()
        go_to(bob, "Clusters")
        bob.get_by_text("Someone else in this workspace is clustering").wait_for()
        bob.get_by_text("Cluster again", exact=True).click()
        assert bob.get_by_role("button", name="Cluster", exact=True).is_disabled()
        assert bob.get_by_role("button", name="Stop", exact=True).count() == 0
        ann.get_by_role("button", name="Stop", exact=True).click()
        ann.get_by_text("Stopped. Everything is as it was before.").wait_for()
        bob.get_by_text("Someone else in this workspace is clustering").wait_for(state="detached")
        assert bob.get_by_text("Stopped.").count() == 0
    assert artifact.read_bytes() == before
