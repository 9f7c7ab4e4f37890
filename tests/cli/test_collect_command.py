"""The collect command as a user runs it."""

import json
import os
import pty
import re
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.cli import run
from tests.board_server import Answer, BoardServer, answer
from tests.sample_boards import GREENHOUSE, LEVER
from tests.sandbox import ROOT, own_environment, run_command, sandboxed

COLLECT = ("collect", GREENHOUSE.target, LEVER.target)


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[BoardServer]:
    with BoardServer() as server:
        server.answers |= GREENHOUSE.answers | LEVER.answers
        monkeypatch.setenv("ROLEMAP_BOARD_ADDRESSES", server.addresses("greenhouse", "lever"))
        yield server


def error_lines(err: str) -> list[str]:
    assert "Traceback" not in err
    return [line for line in err.splitlines() if line.startswith("error:")]


def test_boards_are_collected_after_their_hosts_are_named(server: BoardServer, workspace: Path) -> None:
    addresses = server.addresses("greenhouse", "lever")
    done = run_command(*COLLECT, "--yes", home=workspace, ROLEMAP_BOARD_ADDRESSES=addresses)
    assert done.status == 0, done.err
    stored = workspace / "vacancies/collected/greenhouse-odal.jsonl"
    assert f"{GREENHOUSE.target} asks {server.address.removeprefix('http://')}: GET {server.address}/v1/" in done.err
    assert re.search(rf"{GREENHOUSE.target} +1 +0 +0 +0 +1 +{re.escape(str(stored))}", done.out)
    assert json.loads(stored.read_text())["title"] == "Ward Nurse"
    assert not done.modules & {"torch", "openai", "streamlit", "sklearn"}


def test_a_second_run_says_that_nothing_is_new(
    server: BoardServer, workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run([*COLLECT, "--yes"]) == run([*COLLECT, "--yes"]) == 0
    assert len(re.findall(r":\w+ +0 +0 +0 +0 +1 ", capsys.readouterr().out)) == 2


def test_machines_get_the_outcome_of_each_board(
    server: BoardServer, workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    server.answers |= {path: answer({}, 404) for path in LEVER.answers}
    assert run([*COLLECT, "--yes", "--json"]) == 0
    said = capsys.readouterr()
    good, bad = json.loads(said.out)
    assert (good["board"], good["new"], good["open"], good["problem"]) == (GREENHOUSE.target, 1, 1, None)
    assert (bad["output"], bad["open"]) == (None, 0)
    [line] = error_lines(said.err)
    assert line.startswith(f"error: {LEVER.target}: ") and "knows no such board (404)" in line


def test_the_status_is_1_where_no_board_worked(
    server: BoardServer, workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    server.answers.clear()
    assert run([*COLLECT, "--yes"]) == 1
    said = capsys.readouterr()
    assert len(error_lines(said.err)) == 2
    assert said.out == ""


@pytest.mark.parametrize(
    ("arguments", "part"),
    [
        ((GREENHOUSE.target,), "nothing was sent: add --yes"),
        (("greenhouse:../x", "--yes"), "'../x' is none"),
        (("nowhere:acme", "--yes"), "'nowhere' is no board"),
        (("--yes",), "BOARD"),
    ],
)
def test_nothing_is_sent_without_a_yes_or_to_what_is_no_board(
    arguments: tuple[str, ...],
    part: str,
    server: BoardServer,
    workspace: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run(["collect", *arguments]) == 2
    assert part in error_lines(capsys.readouterr().err)[0]
    assert not server.requests
    assert not (workspace / "vacancies/collected").exists()


@pytest.mark.parametrize(("said", "status", "requests"), [("y", 0, 1), ("n", 130, 0)])
def test_on_a_terminal_one_is_asked(
    said: str, status: int, requests: int, server: BoardServer, workspace: Path
) -> None:
    ours, theirs = pty.openpty()
    try:
        os.write(ours, f"{said}\n".encode())
        done = subprocess.run(
            sandboxed("main.py", "collect", GREENHOUSE.target),
            cwd=ROOT,
            env=own_environment(workspace, ROLEMAP_BOARD_ADDRESSES=server.addresses("greenhouse")),
            stdin=theirs,
            capture_output=True,
            text=True,
            check=False,
        )
    finally:
        os.close(ours)
        os.close(theirs)
    assert done.returncode == status, done.stderr
    assert "Send these requests?" in done.stderr
    assert len(server.requests) == requests


def test_an_interrupted_run_says_what_is_stored(server: BoardServer, workspace: Path) -> None:
    server.answers |= {path: Answer(drips=True) for path in LEVER.answers}
    process = subprocess.Popen(
        sandboxed("main.py", *COLLECT, "--yes"),
        cwd=ROOT,
        env=own_environment(workspace, ROLEMAP_BOARD_ADDRESSES=server.addresses("greenhouse", "lever")),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    while len(server.requests) < 2 and process.poll() is None:
        time.sleep(0.05)
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=30)
    assert process.returncode == 130, err
    assert err.splitlines()[-1] == "interrupted: boards that had answered are stored, the others are as they were"
    assert [path.name for path in (workspace / "vacancies/collected").glob("*.jsonl")] == ["greenhouse-odal.jsonl"]
