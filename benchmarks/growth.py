"""How time and memory grow with the number of postings.

    python -m benchmarks.growth [--sizes 1000,3000,10000,30000,100000] [--million] [--engines in-process,dask]
        [--encoder fast] [--jobs cluster-vacancies]

Each size is a folder of synthetic ads: sentences of the sample postings, cut and joined anew. They stand for size, not
for a market. Every command runs in a process of its own; its processor time is the system's own account of it and of
its children, its peak of memory that of all its processes together, looked at each second. The exponent is the slope of
a line through the logarithms. Of clusterings by several engines it is said how many postings have one label in all.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq

from benchmarks.process_tree import Watch
from benchmarks.synthetic import write_parts

SIZES = (1_000, 3_000, 10_000, 30_000, 100_000)
MILLION = 1_000_000
FEWEST_PARTS, MOST_A_PART = 8, 10_000  # so that two workers share even a small corpus
FIT_FROM = 3_000  # postings: below, what is done once weighs most
JOBS = ("cluster-vacancies", "rerun", "analyze", "trends")
MAIN = Path(__file__).parent.parent / "main.py"


@dataclass(frozen=True)
class Cost:
    """What one command cost: processor and wall time in seconds, peaks of memory in MB, of all and of each process."""

    processor: float
    wall: float
    peak: float
    each: tuple[float, ...]
    by_stage: dict[str, float]


def measured(arguments: Sequence[str], home: Path) -> Cost:
    """Run one command of the project and return what it cost, its children included."""
    environment = os.environ | {"ROLEMAP_HOME": str(home), "HF_HUB_OFFLINE": "1"}
    started = time.monotonic()
    with (home / "log.txt").open("ab") as log:
        child = subprocess.Popen([sys.executable, str(MAIN), *arguments], env=environment, stdout=log, stderr=log)
        watch = Watch(child.pid, Path(log.name))
        watch.start()
        _, status, usage = os.wait4(child.pid, 0)
    watch.stop()
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        sys.exit(f"{' '.join(arguments)} failed; see {home / 'log.txt'}")
    each = tuple(sorted(watch.peaks.values(), reverse=True))
    return Cost(usage.ru_utime + usage.ru_stime, time.monotonic() - started, watch.peak, each, dict(watch.processor))


def exponent(sizes: Sequence[int], values: Sequence[float]) -> float:
    """Return the power of the size that values grow with.

    >>> round(exponent([3000, 30000], [2.0, 20.0]), 3)
    1.0
    """
    return float(np.polyfit(np.log(sizes), np.log(values), 1)[0])


def measure_size(folder: Path, home: Path, engine: str, options: argparse.Namespace) -> dict[str, Cost]:
    """Return what each job costs over the ads of a folder."""
    address = ["--scheduler", options.scheduler] if options.scheduler and engine == "dask" else []
    at = ["--vacancies", str(folder), "--engine", engine, *address]
    cluster = ["cluster-vacancies", *at, "--clusters", "7", "--encoder", options.encoder]
    commands = {JOBS[0]: cluster, JOBS[1]: cluster, JOBS[2]: ["analyze", *at], JOBS[3]: ["trends", *at]}
    return {job: measured(command, home) for job, command in commands.items() if job in options.jobs}


def labels_of(home: Path) -> dict[str, str]:
    """Return the cluster of each posting as the artifact of a workspace has it."""
    path = home / "output/vacancy_clusters.json"
    artifact = json.loads(path.read_bytes())
    if beside := artifact.get("postings_file"):
        table = pq.read_table(path.with_name(beside["name"]), columns=["id", "cluster"]).to_pydict()
        return {own: slug for own, slug in zip(table["id"], table["cluster"], strict=True) if slug}
    return {own: cluster["slug"] for cluster in artifact["clusters"] for own in cluster["vacancy_ids"]}


def compare(homes: Sequence[Path]) -> str:
    """Return how many postings have one label in the artifacts of several workspaces."""
    first, *others = [labels_of(home) for home in homes]
    same = sum(all(other.get(own) == slug for other in others) for own, slug in first.items())
    return f"{same:,} of {len(first):,} postings have the same label in all engines"


def show(found: dict[int, dict[str, Cost]], jobs: Sequence[str]) -> None:
    """Print one row a job and size, what the largest cost by stage, and the exponents."""
    print("job                postings   processor s    ms an ad     wall s    peak MB   largest processes MB")
    for job in jobs:
        for size, costs in found.items():
            cost = costs[job]
            ms = 1000 * cost.processor / size
            largest = ", ".join(f"{each:.0f}" for each in cost.each[:4])
            row = (
                f"{job:18} {size:9,} {cost.processor:12.1f} {ms:11.2f} {cost.wall:10.1f} {cost.peak:10.0f}   {largest}"
            )
            print(row)
        stages = "; ".join(f"{stage} {seconds:.0f}" for stage, seconds in cost.by_stage.items())
        print(f"{job:18} by stage, s of processor time: {stages}")
        sizes = [size for size in found if size >= FIT_FROM]
        if len(sizes) > 1:
            time_grows = exponent(sizes, [found[size][job].processor for size in sizes])
            memory_grows = exponent(sizes, [found[size][job].peak for size in sizes])
            print(f"{job:18} from {FIT_FROM:,} on: time n^{time_grows:.2f}, memory n^{memory_grows:.2f}")


def parse() -> argparse.Namespace:
    """Return what was asked for, the sizes and jobs in order."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", default=",".join(map(str, SIZES)))
    parser.add_argument("--million", action="store_true", help="and a million, which takes hours on a small machine")
    parser.add_argument("--engines", default="in-process", help="in-process, dask or both, with a comma between them")
    parser.add_argument("--scheduler", help="address of a Dask scheduler")
    parser.add_argument("--encoder", default="auto", choices=("auto", "precise", "fast"))
    parser.add_argument("--jobs", default=",".join(JOBS), help="which of the jobs")
    parser.add_argument("--folder", type=Path, help="where ads and workspaces lie; kept, and used again")
    options = parser.parse_args()
    options.jobs = [job for job in JOBS if job in options.jobs.split(",")]
    options.engines = options.engines.split(",")
    options.sizes = [int(size) for size in options.sizes.split(",") if size] + [MILLION] * options.million
    return options


def main() -> None:
    options = parse()
    found: dict[str, dict[int, dict[str, Cost]]] = {engine: {} for engine in options.engines}
    with tempfile.TemporaryDirectory() as temporary:
        folder = options.folder or Path(temporary)
        for size in options.sizes:
            ads = folder / f"ads-{size}"
            if not ads.exists():
                suffix = ".parquet" if size == MILLION else ".jsonl"
                write_parts(ads, size, min(MOST_A_PART, -(-size // FEWEST_PARTS)), suffix)
            homes = [folder / f"home-{size}-{engine}" for engine in options.engines]
            for engine, home in zip(options.engines, homes, strict=True):
                home.mkdir(parents=True, exist_ok=True)
                found[engine][size] = measure_size(ads, home, engine, options)
            agreed = compare(homes) if len(homes) > 1 and JOBS[0] in options.jobs else "done"
            print(f"{size:,}: {agreed}", file=sys.stderr, flush=True)
        for engine, costs in found.items():
            print(f"\n{engine}")
            show(costs, options.jobs)


if __name__ == "__main__":
    main()
