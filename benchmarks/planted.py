"""How often `auto` comes within one of the truth, on corpora planted by mixing ads of 3 to 15 labelled roles.

    EVAL_DATA=... python -m benchmarks.planted [--corpora 16]

Roles are drawn over all labelled sets with titles, those with at least twelve ads, 12 to 60 ads each.
"""

import argparse
from contextlib import closing

import numpy as np
from threadpoolctl import threadpool_limits

from benchmarks.labelled_sets import load_sets
from pipeline.cluster_count import count_votes
from pipeline.cluster_features import vacancy_features
from pipeline.embeddings import TextEmbedder
from pipeline.services import open_cache
from pipeline.vacancies import Vacancy


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpora", type=int, default=16)
    parser.add_argument("--seed", type=int, default=1000)
    options = parser.parse_args()
    by_role: dict[str, list[Vacancy]] = {}
    for data in load_sets():
        if data.name.endswith("titles") and "4 roles" not in data.name:
            for vacancy, label in zip(data.vacancies, data.labels, strict=True):
                by_role.setdefault(f"{data.name}/{label}", []).append(vacancy)
    roles = sorted(role for role, ads in by_role.items() if len(ads) >= 12)
    hits, errors = [], []
    with closing(open_cache()) as cache, threadpool_limits(1):
        embedder = TextEmbedder(cache=cache)
        for number in range(options.corpora):
            random = np.random.default_rng(options.seed + number)
            truth = int(random.integers(3, min(15, len(roles)) + 1))
            vacancies: list[Vacancy] = []
            for role in random.choice(roles, truth, replace=False):
                ads = by_role[str(role)]
                size = int(random.integers(12, min(60, len(ads)) + 1))
                vacancies += [ads[i] for i in sorted(random.choice(len(ads), size, replace=False))]
            vacancies.sort(key=lambda vacancy: vacancy.id)
            chosen = int(np.median(count_votes(vacancy_features(vacancies, embed=embedder.precise))))
            hits.append(abs(chosen - truth) <= 1)
            errors.append(chosen - truth)
            print(f"{len(vacancies):5} ads of {truth:2} roles: auto {chosen}", flush=True)
    print(f"within one of the truth: {np.mean(hits):.0%}; mean error {np.mean(errors):+.2f}")


if __name__ == "__main__":
    main()
