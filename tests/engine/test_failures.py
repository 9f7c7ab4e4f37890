"""What breaks on a cluster costs no more than it must, spoils nothing and is said in one line."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import dask
import distributed
import pytest

from pipeline.core import ProgressEvent, RolemapError, ignore_progress
from pipeline.engine import LocalRunner, analyze_by_parts, dask_runner, find_parts, trends_by_parts
from pipeline.engine.dask_runner import open_dask
from tests.engine.conftest import clustered, labels, write_ads
from tests.sandbox import ROOT, run_command

pytestmark = pytest.mark.usefixtures("_no_model", "workspace")


def always_killed(item: int) -> int:
    os.kill(os.getpid(), signal.SIGKILL)
    return item


def test_a_part_that_kills_every_worker_gets_one_line() -> None:
    with open_dask(None, ignore_progress) as runner, pytest.raises(RolemapError, match=r"Squaring: \d workers died"):
        list(runner.run("Squaring", always_killed, [1]))


class KillingOnce:
    """Kills one worker in the middle of each of some stages."""

    def __init__(self, stages: tuple[str, ...]) -> None:
        self.client: Any = None
        self.left = list(stages)

    def __call__(self, event: ProgressEvent) -> None:
        if event.done >= 1 and event.stage in self.left:
            self.left.remove(event.stage)
            os.kill(next(iter(self.client.run(os.getpid).values())), signal.SIGKILL)


def test_workers_that_die_in_the_middle_of_each_stage_change_no_label(tmp_path: Path) -> None:
    parts, _ = find_parts(str(write_ads(tmp_path / "ads", 400, 4)))
    whole = clustered(parts, LocalRunner(ignore_progress), tmp_path / "one.json", pilot=120)
    killing = KillingOnce(("Finding repeats", "Drawing a sample", "Placing postings"))
    with open_dask(None, killing) as runner:
        killing.client = runner._client
        found = clustered(parts, runner, tmp_path / "many.json", pilot=120)
    assert not killing.left
    assert labels(found) == labels(whole)


def test_workers_that_die_while_keywords_are_counted_change_no_count(tmp_path: Path, workspace: Path) -> None:
    parts, _ = find_parts(str(write_ads(tmp_path / "ads", 200, 4)))
    path = workspace / "output/vacancy_clusters.json"
    clustered(parts, LocalRunner(ignore_progress), path, pilot=120)
    report = analyze_by_parts(parts, LocalRunner(ignore_progress), path)
    trends, _ = trends_by_parts(parts, LocalRunner(ignore_progress), path)
    killing = KillingOnce(("Finding keywords",))
    with open_dask(None, killing) as runner:
        killing.client = runner._client
        assert analyze_by_parts(parts, runner, path) == report
        killing.left = ["Finding examples"]
        assert trends_by_parts(parts, runner, path)[0] == trends
    assert not killing.left


@pytest.fixture
def own_cluster() -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """Start a scheduler and a worker as a user does; return the address and the scheduler's process."""
    code = (
        "import distributed\n"
        "with distributed.LocalCluster(n_workers=1, threads_per_worker=1, dashboard_address=None) as cluster:\n"
        "    print(cluster.scheduler_address, flush=True)\n"
        "    input()\n"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", code], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    )
    assert process.stdout
    try:
        yield process.stdout.readline().decode().strip(), process
    finally:
        process.communicate(b"\n") if process.poll() is None else process.wait()


def test_a_scheduler_that_is_killed_gets_one_line_and_the_earlier_artifact_stays_whole(
    tmp_path: Path, own_cluster: tuple[str, subprocess.Popen[bytes]]
) -> None:
    address, scheduler = own_cluster
    parts, _ = find_parts(str(write_ads(tmp_path / "ads", 400, 4)))
    path = tmp_path / "clusters.json"
    clustered(parts, LocalRunner(ignore_progress), path, pilot=120)
    before = path.read_bytes(), sorted(file.name for file in tmp_path.iterdir())

    def kill(event: ProgressEvent) -> None:
        if event.stage == "Placing postings" and event.done == 1:
            scheduler.kill()

    with (
        dask.config.set({"distributed.comm.timeouts.connect": "5s"}),  # until the client gives it up
        pytest.raises(RolemapError, match="The Dask scheduler is gone; nothing was changed"),
        open_dask(address, kill) as runner,
    ):
        clustered(parts, runner, path, pilot=100)
    assert (path.read_bytes(), sorted(file.name for file in tmp_path.iterdir())) == before


def test_a_cluster_that_all_workers_have_left_gets_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dask_runner, "SECONDS_ALONE", 1)
    with (
        distributed.LocalCluster(n_workers=1, threads_per_worker=1, dashboard_address=None) as cluster,
        open_dask(cluster.scheduler_address, ignore_progress) as runner,
    ):
        cluster.scale(0)
        while runner._worker_count():
            time.sleep(0.1)
        with pytest.raises(RolemapError, match="no workers any more; nothing was changed"):
            list(runner.run("Counting", abs, [-1]))


def run_other_version() -> None:
    import pipeline

    pipeline.__version__ = "0.0.1"


def test_workers_of_another_version_are_refused_by_name() -> None:
    with distributed.LocalCluster(n_workers=1, threads_per_worker=1, dashboard_address=None) as cluster:
        with distributed.Client(cluster) as client:
            client.run(run_other_version)
        with (
            pytest.raises(RolemapError, match=r"The worker tcp://\S+ has Rolemap 0\.0\.1, this process"),
            open_dask(cluster.scheduler_address, ignore_progress),
        ):
            pass


def test_a_part_with_another_schema_is_read_by_its_own_columns(tmp_path: Path) -> None:
    folder = write_ads(tmp_path / "ads", 200, 2)
    text = "You weld pipes of steel. You read drawings of vessels and grind seams by hand all day."
    (folder / "part-005.csv").write_text(f"Job Title,Employer,Job Description\nWelder,Iron & Sons,{text}\n")
    artifact = clustered(find_parts(str(folder))[0], LocalRunner(ignore_progress), tmp_path / "c.json", pilot=120)
    own = [record for record in artifact.vacancies.values() if record.company == "Iron & Sons"]
    assert [record.title for record in own] == ["Welder"]
    assert not artifact.skipped


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (("--engine", "dask", "--scheduler", "tcp://127.0.0.1:9"), "No Dask scheduler answers at tcp://127.0.0.1:9"),
        (("--engine", "dask", "--scheduler", "nonsense://x"), "No Dask scheduler answers at nonsense://x"),
    ],
)
def test_a_scheduler_that_cannot_be_reached_gets_one_line(
    arguments: tuple[str, ...], line: str, workspace: Path, tmp_path: Path
) -> None:
    folder = write_ads(tmp_path / "ads", 10, 1)
    done = run_command("analyze", "--vacancies", str(folder), *arguments, home=workspace)
    assert done.status == 1
    assert line in done.err
    assert "Traceback" not in done.err
