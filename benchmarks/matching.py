"""Measures matching: python benchmarks/matching.py --data FOLDER [--home FOLDER] [--rows 700] [--only NAME].

Each labelled set is split: four fifths are clustered into as many clusters as there are labels, the rest is matched,
and a match is right where the label that most of its cluster's members have is its own. Beside it stands a logistic
regression trained on the same vectors and the labels themselves. Texts from elsewhere must be told apart by `fit`.
"""

import argparse
import json
import os
import random
import shutil
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import numpy as np
import pyarrow.parquet as parquet
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score

from benchmarks.elsewhere import ELSEWHERE
from pipeline import services
from pipeline.cluster_artifacts import ClusterArtifact
from pipeline.cluster_matcher import JobDescription, Match, clean_job_description, job_of_vacancy
from pipeline.cluster_matcher.index import meaning_rows
from pipeline.cluster_matcher.matcher import OPENING_WORDS
from pipeline.core import get_settings
from pipeline.embedding import WINDOW, TextEmbedder
from pipeline.postings import Vacancy, find_boilerplate, load_vacancies, own_text

HARD = json.loads(Path(__file__).with_name("elsewhere_hard.json").read_text("utf-8"))  # texts by kind
SAMPLES = Path(__file__).resolve().parent.parent / "vacancies"
Labelled = list[tuple[Vacancy, str]]
GLASSDOOR_ROLES = ("data_analyst", "data_scientist", "data_engineer", "ml_engineer")
HN_ROLES = ("frontend", "fullstack", "mobile", "devops_sre", "sysadmin_network", "backend")
BINS = 10


def labelled_sets(data: Path, limit: int) -> Iterator[tuple[str, Labelled]]:
    yield "glassdoor", _read(data / "glassdoor_roles.parquet", "id", "title_role", GLASSDOOR_ROLES, limit)
    yield "hn", _read(data / "hn_hiring_2013_2015.parquet", "hn_id", "weak_roles", HN_ROLES, limit)
    yield "us_gov", _read(data / "us_gov_tts.parquet", "id", "category_weak", None, limit)


def _read(path: Path, key: str, label: str, keep: Sequence[str] | None, limit: int) -> Labelled:
    rows = {row["text"]: row for row in parquet.read_table(path).to_pylist() if row["text"]}
    chosen = [r for r in rows.values() if (r[label] in keep if keep else r[label] not in ("", "other", None))]
    random.Random(0).shuffle(chosen)
    return [(Vacancy(id=str(r[key]), title=r.get("title"), text=r["text"]), r[label]) for r in chosen[:limit]]


def cluster(vacancies: Sequence[Vacancy], count: int, home: Path) -> ClusterArtifact:
    """Store postings in a workspace of their own, with the cache of earlier runs, and cluster them."""
    shutil.rmtree(home / "vacancies", ignore_errors=True)
    (home / "vacancies").mkdir(parents=True)
    lines = [json.dumps(v.model_dump(mode="json", exclude_none=True, exclude={"source"})) for v in vacancies]
    (home / "vacancies" / "corpus.jsonl").write_text("\n".join(lines))
    os.environ["ROLEMAP_HOME"] = str(home)
    return services.run_clustering(count=count).artifact


def majority_labels(artifact: ClusterArtifact, train: Labelled) -> dict[str, str]:
    label_of = {vacancy.id: label for vacancy, label in train}
    return {
        c.slug: Counter(label_of[vacancy_id] for vacancy_id in c.vacancy_ids).most_common(1)[0][0]
        for c in artifact.clusters
    }


def purity(artifact: ClusterArtifact, majority: dict[str, str], label_of: dict[str, str]) -> float:
    """Return the part of the clustered postings that bear their cluster's label: what matching can reach."""
    return float(np.mean([majority[c.slug] == label_of[i] for c in artifact.clusters for i in c.vacancy_ids]))


def accuracy(matches: Sequence[Match], truth: Sequence[str], majority: dict[str, str], top: int) -> float:
    right = [t in {majority[c.slug] for c in m.clusters[:top]} for m, t in zip(matches, truth, strict=True)]
    return float(np.mean(right))


def calibration_error(matches: Sequence[Match], truth: Sequence[str], majority: dict[str, str]) -> float:
    """Return how far stated probabilities are from the rates at which they come true, on average over ten bins."""
    sure = np.array([m.clusters[0].score for m in matches])
    right = np.array([majority[m.clusters[0].slug] == t for m, t in zip(matches, truth, strict=True)])
    bins = np.minimum((sure * BINS).astype(int), BINS - 1)
    return float(sum(abs(right[bins == b].mean() - sure[bins == b].mean()) * (bins == b).mean() for b in set(bins)))


def measure(name: str, rows: Labelled, home: Path) -> None:
    cut = len(rows) * 4 // 5
    train, test = rows[:cut], rows[cut:]
    artifact = cluster([v for v, _ in train], len({label for _, label in rows}), home)
    majority, truth = majority_labels(artifact, train), [label for _, label in test]
    jobs = [job_of_vacancy(vacancy) for vacancy, _ in test]
    label_of = {vacancy.id: label for vacancy, label in train}
    for use_semantic in (True, False):
        started = time.perf_counter()
        matches = services.match_jobs(jobs, use_semantic=use_semantic)
        seconds = time.perf_counter() - started
        hard = {
            kind: services.match_jobs([clean_job_description(text) for text in texts], use_semantic=use_semantic)
            for kind, texts in HARD.items()
        }
        strange = services.match_jobs([clean_job_description(text) for text in ELSEWHERE], use_semantic=use_semantic)
        figures: dict[str, object] = {
            "set": name,
            "semantic": use_semantic,
            "stored": cut,
            "purity": purity(artifact, majority, label_of),
            "matched": len(test),
            "top1": accuracy(matches, truth, majority, 1),
            "top3": accuracy(matches, truth, majority, 3),
            "calibration_error": calibration_error(matches, truth, majority),
            "turned_away": float(np.mean([m.best_cluster is None for m in matches])),
            "elsewhere_turned_away": float(np.mean([m.best_cluster is None for m in strange])),
            "elsewhere_auroc": auroc(matches, strange),
            "hard_auroc": auroc(matches, [m for found in hard.values() for m in found]),
            "hard_auroc_by_kind": {kind: round(auroc(matches, found), 3) for kind, found in hard.items()},
            "hard_turned_away": float(np.mean([m.best_cluster is None for found in hard.values() for m in found])),
            "seconds": seconds,
        }
        if use_semantic:
            members = [(vacancy, label) for vacancy, label in train if vacancy.id in artifact.vacancies]
            figures["logistic_regression"] = regression_accuracy(members, jobs, truth)
        show(figures)


def regression_accuracy(
    members: Sequence[tuple[Vacancy, str]], jobs: Sequence[JobDescription], truth: Sequence[str]
) -> float:
    """Return what labels and the vectors of matching give: titles, occupations and openings, without boilerplate."""
    stored = [vacancy for vacancy, _ in members]
    boilerplate = find_boilerplate(stored)
    with closing(services.open_cache()) as cache:
        embed = TextEmbedder(get_settings().embedding_model, cache=cache).precise

        def rows(texts: Sequence[Vacancy | JobDescription], words: int) -> np.ndarray:
            own = [own_text(each.text, boilerplate) for each in texts]
            return meaning_rows([each.title for each in texts], own, embed=embed, words=words)

        model = LogisticRegression(C=10, max_iter=3000).fit(rows(stored, WINDOW), [label for _, label in members])
        return float(model.score(rows(jobs, OPENING_WORDS), truth))


def auroc(own: Sequence[Match], strange: Sequence[Match]) -> float:
    return float(roc_auc_score([1] * len(own) + [0] * len(strange), [m.fit for m in (*own, *strange)]))


def measure_nursing(home: Path) -> None:
    """Cluster the samples' data postings, and hold out a fifth of them against the samples' nursing ads."""
    every = load_vacancies(SAMPLES).vacancies
    nursing = [v for v in every if v.id.startswith("clinical-nursing/")]
    own = [v for v in every if "/" in v.id and v not in nursing]
    random.Random(0).shuffle(own)
    cut = len(own) * 4 // 5
    cluster(own[:cut], 6, home)
    for use_semantic in (True, False):
        matches = services.match_jobs([job_of_vacancy(v) for v in own[cut:]], use_semantic=use_semantic)
        nurses = services.match_jobs([job_of_vacancy(v) for v in nursing], use_semantic=use_semantic)
        show(
            {
                "set": "samples without nursing",
                "semantic": use_semantic,
                "nursing_auroc": auroc(matches, nurses),
                "turned_away": float(np.mean([m.best_cluster is None for m in matches])),
                "nursing_turned_away": float(np.mean([m.best_cluster is None for m in nurses])),
            }
        )


def show(figures: dict[str, object]) -> None:
    print(json.dumps({k: round(v, 4) if isinstance(v, float) else v for k, v in figures.items()}), flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, help="folder of the labelled sets; without it only the samples are used")
    parser.add_argument("--home", type=Path, help="where the workspace is kept from run to run, with its cache")
    parser.add_argument("--rows", type=int, default=700, help="rows of each set at most")
    parser.add_argument("--only", help="one set: glassdoor, hn, us_gov or nursing")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        home = options.home or Path(folder)
        if options.only in (None, "nursing"):
            measure_nursing(home)
        for name, rows in labelled_sets(options.data, options.rows) if options.data else ():
            if options.only in (None, name):
                measure(name, rows, home)


if __name__ == "__main__":
    main()
