"""How often `auto` comes within one of the truth, on corpora planted by mixing ads of labelled roles.

    EVAL_DATA=... python -m benchmarks.planted [--corpora 20] [--seed 1000]

Roles are drawn over all labelled sets with titles; where two sets know the same role, a corpus takes it from one of
them. Four mixtures: roles of 12 to 60 ads, of 100 to 300, of 6 to 10, and of very unequal size.
"""

import argparse
from collections import defaultdict
from contextlib import closing
from dataclasses import dataclass

import numpy as np
from threadpoolctl import threadpool_limits

from benchmarks.labelled_sets import load_sets
from pipeline.embedding import TextEmbedder, vacancy_features
from pipeline.postings import Vacancy, role_texts
from pipeline.services import open_cache
from pipeline.vacancy_clustering.count import count_votes

SAME_ROLE = {
    "design_ux_research": "designer_ux",
    "security_compliance": "security",
    "sre_cloud_infra": "devops_sre",
    "engineering": "software_engineer",
    "data_ai": "data_scientist",
    "product": "product_manager",
}


@dataclass(frozen=True)
class Mixture:
    """How a corpus is planted: the most roles, and the fewest and most ads of one."""

    name: str
    roles: int
    fewest: int
    most: int
    is_unequal: bool = False


MIXTURES = (
    Mixture("12 to 60 ads a role", 15, 12, 60),
    Mixture("100 to 300 ads a role", 7, 100, 300),
    Mixture("6 to 10 ads a role", 5, 6, 10),
    Mixture("8 to 200 ads a role, unequal", 12, 8, 200, is_unequal=True),
)
FEWEST = 12  # ads that a role must have to be planted


def labelled_roles() -> dict[str, dict[str, list[Vacancy]]]:
    """Return the ads of each role, by the set they come from."""
    roles: dict[str, dict[str, list[Vacancy]]] = defaultdict(dict)
    for data in load_sets(10_000):
        if data.name.endswith("titles") and "4 roles" not in data.name:
            for vacancy, label in zip(data.vacancies, data.labels, strict=True):
                roles[SAME_ROLE.get(label, label)].setdefault(data.name, []).append(vacancy)
    return roles


def plant(mixture: Mixture, roles: dict[str, dict[str, list[Vacancy]]], seed: int) -> tuple[list[Vacancy], int]:
    """Return a corpus, and how many roles are in it."""
    random = np.random.default_rng(seed)
    least = max(FEWEST, mixture.fewest)
    usable = {
        role: [ads for _, ads in sorted(sets.items()) if len(ads) >= least]
        for role, sets in sorted(roles.items())
        if any(len(ads) >= least for ads in sets.values())
    }
    truth = int(random.integers(3, min(mixture.roles, len(usable)) + 1))
    vacancies: list[Vacancy] = []
    for role in random.choice(list(usable), truth, replace=False):
        ads = usable[str(role)][int(random.integers(len(usable[str(role)])))]
        most = min(mixture.most, len(ads))
        size = int(random.integers(mixture.fewest, most + 1))
        if mixture.is_unequal:
            size = int(np.exp(random.uniform(np.log(mixture.fewest), np.log(most))))
        vacancies += [ads[i] for i in sorted(random.choice(len(ads), size, replace=False))]
    return sorted(vacancies, key=lambda vacancy: vacancy.id), truth


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpora", type=int, default=20, help="of each mixture")
    parser.add_argument("--seed", type=int, default=1000)
    options = parser.parse_args()
    roles = labelled_roles()
    every: list[int] = []
    with closing(open_cache()) as cache, threadpool_limits(1):
        embedder = TextEmbedder(cache=cache)
        for mixture in MIXTURES:
            errors = []
            for number in range(options.corpora):
                vacancies, truth = plant(mixture, roles, options.seed + number)
                votes = count_votes(vacancy_features(role_texts(vacancies), embed=embedder.precise))
                errors.append(int(np.median(votes)) - truth)
            every += errors
            within = np.mean(np.abs(errors) <= 1)
            print(f"{mixture.name:30} within one {within:.0%}, mean error {np.mean(errors):+.1f}", flush=True)
    print(f"{'all':30} within one {np.mean(np.abs(every) <= 1):.0%}, mean error {np.mean(every):+.1f}")


if __name__ == "__main__":
    main()
