"""How time and memory grow with the number of postings.

    python -m benchmarks.growth [--sizes 1000,3000,10000,30000,100000] [--million] [--engine dask] [--encoder fast]

Each size is a folder of synthetic ads: sentences of the sample postings, cut and joined anew. They stand for size, not
for a market. Every command runs in a process of its own; its processor time and its peak of memory are the system's own
accounts of it and of its children. The exponent is the slope of a line through the logarithms.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from benchmarks.synthetic import write_parts

SIZES = (1_000, 3_000, 10_000, 30_000, 100_000)
MILLION = 1_000_000
FIT_FROM = 3_000  # postings: below, what is done once weighs most
JOBS = ("cluster-vacancies", "rerun", "analyze", "trends")
MAIN = Path(__file__).parent.parent / "main.py"


@dataclass(frozen=True)
class Cost:
    """What one command cost: processor and wall time in seconds, the peak of its memory in MB."""

    processor: float
    wall: float
    peak: float


def measured(arguments: Sequence[str], home: Path) -> Cost:
    """Run one command of the project and return what it cost, its children included."""
    environment = os.environ | {"ROLEMAP_HOME": str(home), "HF_HUB_OFFLINE": "1"}
    started = time.monotonic()
    with (home / "log.txt").open("ab") as log:
        child = subprocess.Popen([sys.executable, str(MAIN), *arguments], env=environment, stdout=log, stderr=log)
        _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        sys.exit(f"{' '.join(arguments)} failed; see {home / 'log.txt'}")
    return Cost(usage.ru_utime + usage.ru_stime, time.monotonic() - started, usage.ru_maxrss / 1024)


def exponent(sizes: Sequence[int], values: Sequence[float]) -> float:
    """Return the power of the size that values grow with.

    >>> round(exponent([3000, 30000], [2.0, 20.0]), 3)
    1.0
    """
    return float(np.polyfit(np.log(sizes), np.log(values), 1)[0])


def measure_size(folder: Path, home: Path, options: argparse.Namespace) -> dict[str, Cost]:
    """Return what each job costs over the ads of a folder."""
    engine = ["--engine", options.engine] + (["--scheduler", options.scheduler] if options.scheduler else [])
    at = ["--vacancies", str(folder), *engine]
    cluster = ["cluster-vacancies", *at, "--clusters", "7", "--encoder", options.encoder]
    commands = {JOBS[0]: cluster, JOBS[1]: cluster, JOBS[2]: ["analyze", *at], JOBS[3]: ["trends", *at]}
    return {job: measured(command, home) for job, command in commands.items() if job in options.jobs}


def show(found: dict[int, dict[str, Cost]], jobs: Sequence[str]) -> None:
    """Print one row a job and size, and the exponents."""
    print("job                postings   processor s    ms an ad     wall s    peak MB")
    for job in jobs:
        for size, costs in found.items():
            cost = costs[job]
            each = 1000 * cost.processor / size
            print(f"{job:18} {size:9,} {cost.processor:12.1f} {each:11.2f} {cost.wall:10.1f} {cost.peak:10.0f}")
        sizes = [size for size in found if size >= FIT_FROM]
        if len(sizes) > 1:
            time_grows = exponent(sizes, [found[size][job].processor for size in sizes])
            memory_grows = exponent(sizes, [found[size][job].peak for size in sizes])
            print(f"{job:18} from {FIT_FROM:,} on: time n^{time_grows:.2f}, memory n^{memory_grows:.2f}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", default=",".join(map(str, SIZES)))
    parser.add_argument("--million", action="store_true", help="and a million, which takes hours on a small machine")
    parser.add_argument("--engine", default="in-process", choices=("in-process", "dask"))
    parser.add_argument("--scheduler", help="address of a Dask scheduler")
    parser.add_argument("--encoder", default="auto", choices=("auto", "precise", "fast"))
    parser.add_argument("--jobs", default=",".join(JOBS), help="which of the jobs")
    parser.add_argument("--folder", type=Path, help="where ads and workspaces lie; kept, and used again")
    options = parser.parse_args()
    options.jobs = [job for job in JOBS if job in options.jobs.split(",")]
    sizes = [int(size) for size in options.sizes.split(",")] + ([MILLION] if options.million else [])
    with tempfile.TemporaryDirectory() as temporary:
        folder = options.folder or Path(temporary)
        found: dict[int, dict[str, Cost]] = {}
        for size in sizes:
            ads, home = folder / f"ads-{size}", folder / f"home-{size}-{options.engine}"
            if not ads.exists():
                write_parts(ads, size)
            home.mkdir(parents=True, exist_ok=True)
            found[size] = measure_size(ads, home, options)
            print(f"{size:,} done", file=sys.stderr, flush=True)
        show(found, options.jobs)


if __name__ == "__main__":
    main()
