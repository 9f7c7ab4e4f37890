"""A hosted dashboard: people sign in, and each has a workspace that no one else sees."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.browser.fake_oidc import CLIENT, FakeProvider
from tests.browser.served import free_port, go_to, serve, watched_page
from tests.sample_files import NURSE, write_files

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser


@pytest.fixture
def provider() -> Iterator[FakeProvider]:
    pytest.importorskip("authlib", reason="signing in needs Authlib, which only hosted dashboards install")
    provider = FakeProvider()
    yield provider
    provider.close()


def sign_in(page: "Page", address: str, name: str) -> None:
    page.goto(address)
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("link", name=name).click()
    page.get_by_role("button", name="Sign out").wait_for()


def test_each_person_has_a_workspace_and_others_are_kept_out(
    browser: "Browser", provider: FakeProvider, workspace: Path, tmp_path: Path
) -> None:
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    write_files(
        tmp_path,
        {
            "ann-only.txt": NURSE,
            "secrets.toml": f"""[auth]
redirect_uri = "{address}/oauth2callback"
cookie_secret = "a secret that is long enough to sign cookies with"
client_id = "{CLIENT}"
client_secret = "none"
server_metadata_url = "{provider.address}/.well-known/openid-configuration"
""",
        },
    )
    with (
        serve(
            workspace,
            f"--secrets.files={tmp_path / 'secrets.toml'}",
            port=port,
            ROLEMAP_SIGN_IN_ALLOWED="@example.com",
        ),
        watched_page(browser) as ann,
        watched_page(browser) as bob,
        watched_page(browser) as eve,
        watched_page(browser) as nobody,
    ):
        nobody.goto(f"{address}/keyword_taxonomy")
        nobody.get_by_role("button", name="Sign in").or_(nobody.get_by_text("Sign in first")).first.wait_for()

        sign_in(ann, address, "Ann")
        go_to(ann, "Vacancies")
        ann.locator("input[type=file]").first.set_input_files(tmp_path / "ann-only.txt")
        ann.get_by_role("button", name="Add 1 to the stored postings").click()
        ann.get_by_text("Stored as").wait_for()

        sign_in(bob, address, "Bob")
        go_to(bob, "Vacancies")
        bob.get_by_text("None yet. Add some here").wait_for()
        eve.goto(address)
        eve.get_by_role("button", name="Sign in").click()
        eve.get_by_role("link", name="Eve").click()
        eve.get_by_text("may not use this dashboard").wait_for()

        [home] = (workspace / "users").iterdir()
        assert "ann" not in home.name
        assert (home / "vacancies/added/ann-only.txt").read_text() == NURSE
        assert not list((workspace / "vacancies").iterdir())

        go_to(ann, "Start")
        ann.get_by_text("Your data").click()
        choice = ann.locator("label", has_text="Also delete my whole workspace")
        choice.click()
        choice.locator("input:checked").wait_for(state="attached")
        ann.get_by_role("button", name="Delete my data").click()
        ann.get_by_text("Deleted.").wait_for()
        assert not home.exists()
