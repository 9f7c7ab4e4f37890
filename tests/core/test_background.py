import asyncio
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline import services
from pipeline.core import background
from pipeline.core.background import Work, WorkState, find_shared_work, start_work
from pipeline.core.errors import RolemapError
from pipeline.core.progress import ProgressCallback, ProgressEvent, stoppable
from pipeline.core.settings import get_settings

SECONDS = 20


def ended(work: Work) -> Work:
    assert work.wait(SECONDS)
    return work


def steps_until(gate: threading.Event) -> Callable[[ProgressCallback], str]:
    """Return work that reports until the gate opens."""

    def job(report: ProgressCallback) -> str:
        number = 0
        while not gate.wait(0.01):
            number += 1
            report(ProgressEvent("Counting", number, 1_000_000))
        return "counted"

    return job


def test_work_brings_its_result_and_tells_how_far_it_is(tmp_path: Path) -> None:
    gate = threading.Event()
    work = start_work("count", steps_until(gate), home=tmp_path, owner="me")
    while work.progress is None:
        assert work.is_active
    assert work.progress.stage == "Counting"
    gate.set()
    assert ended(work).state is WorkState.done
    assert work.result == "counted"


def test_work_runs_on_the_workspace_it_was_started_for(tmp_path: Path, workspace: Path) -> None:
    work = ended(start_work("home", lambda report: get_settings().home, home=tmp_path / "other", owner="me"))
    assert work.result == tmp_path / "other"
    assert get_settings().home == workspace


def test_stopped_work_ends_at_its_next_step_and_has_no_result(tmp_path: Path) -> None:
    work = start_work("count", steps_until(threading.Event()), home=tmp_path, owner="me")
    work.stop()
    assert ended(work).state is WorkState.stopped
    assert work.result is None


def test_no_step_on_the_way_takes_a_stop_for_a_failure_of_its_own(tmp_path: Path) -> None:
    started = threading.Event()

    def forgiving(report: ProgressCallback) -> str:
        while True:
            started.set()
            try:
                report(ProgressEvent("Forgiving", 0, 1))
            except Exception:
                return "went on"

    work = start_work("forgive", forgiving, home=tmp_path, owner="me")
    assert started.wait(SECONDS)
    work.stop()
    assert ended(work).state is WorkState.stopped


def test_work_that_waits_for_a_distant_server_need_not_wait_for_it_to_stop(tmp_path: Path) -> None:
    asked = threading.Event()

    async def ask(report: ProgressCallback) -> None:
        asked.set()
        await asyncio.sleep(SECONDS * 10)

    work = start_work("ask", lambda report: asyncio.run(stoppable(ask, report)), home=tmp_path, owner="me")
    assert asked.wait(SECONDS)
    work.stop()
    assert ended(work).state is WorkState.stopped


def test_what_the_user_can_mend_is_told_and_what_not_is_not_shown(tmp_path: Path) -> None:
    def fail(error: Exception) -> Work:
        def job(report: ProgressCallback) -> None:
            raise error

        return ended(start_work("fail", job, home=tmp_path, owner="me"))

    assert fail(RolemapError("The disk is full. Make room.")).error == "The disk is full. Make room."
    assert fail(KeyError("secret")).error == background.UNEXPECTED


def test_of_shared_work_one_runs_in_a_workspace_and_others_are_given_it(tmp_path: Path) -> None:
    gate = threading.Event()
    mine = start_work("shared", steps_until(gate), home=tmp_path, owner="me", is_shared=True)
    theirs = start_work("shared", steps_until(gate), home=tmp_path, owner="them", is_shared=True)
    elsewhere = start_work("shared", steps_until(gate), home=tmp_path / "other", owner="them", is_shared=True)
    assert theirs is mine
    assert find_shared_work("shared", tmp_path) is mine
    assert elsewhere is not mine
    gate.set()
    ended(mine)
    ended(elsewhere)
    assert ended(start_work("shared", steps_until(gate), home=tmp_path, owner="them", is_shared=True)) is not mine


def test_beyond_what_runs_at_once_work_waits_and_can_be_stopped_while_it_waits(tmp_path: Path) -> None:
    gate = threading.Event()
    running = [
        start_work("count", steps_until(gate), home=tmp_path, owner="me") for _ in range(background.MOST_AT_ONCE)
    ]
    while any(work.state is WorkState.waiting for work in running):
        pass
    waiting = start_work("count", steps_until(gate), home=tmp_path, owner="me")
    assert waiting.state is WorkState.waiting
    waiting.stop()
    assert ended(waiting).state is WorkState.stopped
    gate.set()
    assert all(ended(work).state is WorkState.done for work in running)


def test_the_time_left_follows_the_pace_of_the_stage_at_hand(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [100.0]
    monkeypatch.setattr("pipeline.core.background.time.monotonic", lambda: now[0])
    work = Work("count", Path(), "me")
    work.report(ProgressEvent("First", 10, 100))
    assert work.seconds_left is None
    now[0] += 10
    work.report(ProgressEvent("First", 30, 100))
    assert work.seconds_left == pytest.approx(35)
    work.report(ProgressEvent("Second", 0, 8))
    assert work.seconds_left is None


def test_a_clustering_stopped_at_any_step_leaves_everything_as_it_was(clustered_copy: Path) -> None:
    artifact = clustered_copy / "output/vacancy_clusters.json"
    services.clear_cache()  # what is known already is neither read nor searched again
    before = artifact.read_bytes(), sorted(path.name for path in artifact.parent.iterdir())
    stages: list[str] = []

    class Enough(BaseException):
        pass

    def stop_at(stage: str) -> ProgressCallback:
        def report(event: ProgressEvent) -> None:
            stages.append(event.stage)
            if event.stage == stage:
                raise Enough

        return report

    for stage in ("Reading postings", "Finding keywords", "Writing the clusters"):
        with pytest.raises(Enough):
            services.run_clustering(count=3, on_progress=stop_at(stage))
        assert stages[-1] == stage
        assert (artifact.read_bytes(), sorted(path.name for path in artifact.parent.iterdir())) == before
    assert services.run_clustering(count=3).path == artifact


def test_two_clusterings_of_one_artifact_do_not_run_at_the_same_time(clustered_copy: Path) -> None:
    told: list[str] = []

    def start_another(event: ProgressEvent) -> None:
        if not told:
            with pytest.raises(RolemapError) as refusal:
                services.run_clustering(count=2)
            told.append(str(refusal.value))

    services.run_clustering(count=3, on_progress=start_another)
    assert "Another clustering is writing" in told[0]
