"""What clustering the same postings costs here and with BERTopic, one after the other, and what a few new ones cost.

    EVAL_DATA=... OMP_NUM_THREADS=1 python -m benchmarks.paired [--rows 1000] [--count 10] [--without-bertopic]

BERTopic comes with `benchmarks/requirements.txt`, in an environment of its own, and reads titles and bodies with the
same packaged model. Each runs as a process of its own, cold; its processor time is the system's own account of it.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from benchmarks.labelled_sets import data_folder

NEW = 100  # one in so many postings is new in the last run


def postings(rows: int) -> list[dict[str, str]]:
    """Return so many labelled postings, the same every time."""
    import pandas as pd

    frame = pd.read_parquet(data_folder() / "glassdoor_roles.parquet").drop_duplicates("text")
    frame = frame.sample(min(rows, len(frame)), random_state=0)
    return [{"id": f"ad-{n}", "title": str(r.title), "text": str(r.text)} for n, r in enumerate(frame.itertuples())]


def write_rows(path: Path, rows: list[dict[str, str]]) -> None:
    """Write postings as JSON lines."""
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")


def run_bertopic(path: Path, count: int) -> None:
    """Cluster the postings of a file with BERTopic as its documentation shows it."""
    from bertopic import BERTopic
    from sentence_transformers import SentenceTransformer

    from pipeline.embedding import packaged_model_folder

    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    model: Any = BERTopic(
        embedding_model=SentenceTransformer(str(packaged_model_folder()), device="cpu"), nr_topics=count + 1
    )
    topics, _ = model.fit_transform([f"{row['title']}\n{row['text']}" for row in rows])
    print(f"{len(set(topics))} topics")


def cost(arguments: Sequence[str], home: Path) -> float:
    """Run Python as a process of its own; return the processor time in seconds that it and its children took."""
    environment = os.environ | {"ROLEMAP_HOME": str(home), "HF_HUB_OFFLINE": "1", "OMP_NUM_THREADS": "1"}
    with (home / "log.txt").open("ab") as log:
        child = subprocess.Popen([sys.executable, *arguments], env=environment, stdout=log, stderr=log)
        _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        sys.exit((home / "log.txt").read_text(errors="replace")[-2000:])
    return usage.ru_utime + usage.ru_stime


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=1000)
    parser.add_argument("--count", type=int, default=10, help="how many groups")
    parser.add_argument("--without-bertopic", action="store_true")
    parser.add_argument("--bertopic", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.bertopic:
        run_bertopic(options.bertopic, options.count)
        return
    with tempfile.TemporaryDirectory() as temporary:
        home, ads = Path(temporary), Path(temporary) / "ads"
        ads.mkdir()
        new = options.rows // NEW
        rows = postings(options.rows + new)
        write_rows(ads / "a.jsonl", rows[new:])
        cluster = ["main.py", "cluster-vacancies", "--vacancies", str(ads), "--clusters", str(options.count)]
        cluster += ["--encoder", "precise"]
        ours = cost(cluster, home)
        print(f"Rolemap: {ours:.1f} s of processor time", flush=True)
        if not options.without_bertopic:
            theirs = cost(["-m", "benchmarks.paired", "--bertopic", str(ads / "a.jsonl"), *sys.argv[1:]], home)
            print(f"BERTopic: {theirs:.1f} s, so Rolemap takes {ours / theirs:.2f} of it", flush=True)
        print(f"the same again: {cost(cluster, home):.1f} s", flush=True)
        write_rows(ads / "b.jsonl", rows[:new])
        print(f"with {new} new: {cost(cluster, home):.1f} s", flush=True)


if __name__ == "__main__":
    main()
