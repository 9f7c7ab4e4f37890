"""The section of the Vacancies page that collects public job boards."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests.board_server import Answer, BoardServer, answer, page
from tests.pages.dashboard import assert_well, finish_work, open_page, texts
from tests.sample_boards import GREENHOUSE, LEVER


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch, workspace: Path) -> Iterator[BoardServer]:
    with BoardServer() as server:
        monkeypatch.setenv("ROLEMAP_BOARD_ADDRESSES", server.addresses("greenhouse", "lever"))
        server.answers |= GREENHOUSE.answers | LEVER.answers
        yield server


def write(dashboard: AppTest, text: str) -> AppTest:
    dashboard.text_area(key="collecting.boards").set_value(text).run()
    assert_well(dashboard)
    return dashboard


def ask(dashboard: AppTest) -> AppTest:
    dashboard.button(key="collecting.ask").click().run()
    assert_well(dashboard)
    return finish_work(dashboard, "collecting")


def shown(text: str) -> str:
    """Return a message as a reader sees it."""
    return text.replace("\\", "").replace("\u2060", "")


def buttons(dashboard: AppTest) -> set[str]:
    return {str(button.key) for button in dashboard.button}


def test_nothing_is_sent_before_the_plan_is_seen_and_the_button_pressed(server: BoardServer, workspace: Path) -> None:
    dashboard = write(open_page("browse_vacancies"), "greenhouse:odal\nhttps://jobs.lever.co/voltahaus")
    plan = dashboard.text[0].value.splitlines()
    host = server.address.removeprefix("http://")
    asked = [line.split(" GET ")[0] for line in plan]
    assert asked == [f"greenhouse:odal asks {host}:", f"lever:voltahaus asks {host}:"]
    assert all(f"GET {server.address}/v" in line for line in plan)
    assert "no posting, resume or cookie" in texts(dashboard)
    assert not server.requests
    assert not list((workspace / "vacancies").rglob("*.jsonl"))
    ask(dashboard)
    assert len(server.requests) == 2
    assert "greenhouse:odal: 1 new" in shown(texts(dashboard))
    assert "2 stored postings" in texts(dashboard)


def test_asking_again_shows_what_is_gone(server: BoardServer) -> None:
    dashboard = ask(write(open_page("browse_vacancies"), "greenhouse:odal"))
    [path] = GREENHOUSE.answers
    listed = json.loads(GREENHOUSE.answers[path].body)["jobs"]
    server.answers[path] = answer({"jobs": [listed[0] | {"id": 402, "title": "BI Analyst"}]})
    dashboard = open_page("browse_vacancies")
    dashboard.segmented_control(key="browse_vacancies.part").set_value("Add postings").run()
    dashboard.button(key="collecting.again").click().run()
    assert dashboard.text_area(key="collecting.boards").value == "greenhouse:odal"
    ask(dashboard)
    assert "1 new, 1 gone" in shown(texts(dashboard))
    [gone] = [table.value for table in dashboard.dataframe if "Gone on" in table.value]
    assert list(gone["Title"]) == ["Ward Nurse"]
    assert "2 stored postings" in texts(dashboard)
    dashboard.segmented_control(key="browse_vacancies.part").set_value("Postings").run()
    assert_well(dashboard)
    [stored] = [table.value for table in dashboard.dataframe if "Title" in table.value]
    assert sorted(stored["Title"]) == ["BI Analyst", "Ward Nurse"]


def test_a_board_that_fails_is_told_beside_one_that_works(server: BoardServer) -> None:
    [path] = LEVER.answers
    server.answers[path] = page("<html>*Sign in*</html>")
    dashboard = ask(write(open_page("browse_vacancies"), "lever:voltahaus\ngreenhouse:odal"))
    [error] = [shown(error.value) for error in dashboard.error]
    assert error.startswith("lever:voltahaus: ") and "answers with a web page instead of JSON" in error
    assert "greenhouse:odal: 1 new" in shown(dashboard.success[0].value)


def test_what_is_no_board_is_told_and_cannot_be_sent(server: BoardServer) -> None:
    dashboard = write(open_page("browse_vacancies"), "greenhouse:../../admin")
    assert "is none" in shown(dashboard.error[0].value)
    assert "collecting.ask" not in buttons(dashboard)


def test_collecting_can_be_stopped(server: BoardServer, workspace: Path) -> None:
    [path] = LEVER.answers
    server.answers[path] = Answer(drips=True)
    dashboard = write(open_page("browse_vacancies"), "lever:voltahaus")
    dashboard.button(key="collecting.ask").click().run()
    assert_well(dashboard)
    dashboard.button(key="work.stop.collecting.").click().run()
    finish_work(dashboard, "collecting")
    assert "Stopped. Boards that have answered stay stored" in texts(dashboard)
    assert not list((workspace / "vacancies").rglob("*.jsonl"))
