"""How steady clusters are: against boilerplate in every posting, and over a refresh with a tenth more postings.

EVAL_DATA=... python -m benchmarks.steadiness [--rows 400]
"""

import argparse
from contextlib import closing

import numpy as np
from sklearn.metrics import adjusted_rand_score
from threadpoolctl import threadpool_limits

from benchmarks.labelled_sets import LabelledSet, load_sets
from pipeline.cluster_artifacts import Provenance, build_artifact
from pipeline.embedding import TextEmbedder, vacancy_features
from pipeline.postings import Corpus, Vacancy, role_texts
from pipeline.services import open_cache
from pipeline.vacancy_clustering import cluster_vacancies
from pipeline.vacancy_clustering.partition import partition

ABOUT = (
    "{name} is a leading provider of solutions for customers around the world, founded in 1998 with offices in twelve "
    "countries. We believe that people do their best work when they are trusted.",
    "We offer medical, dental and vision insurance, a retirement plan with matching contributions, generous paid time "
    "off, parental leave and a yearly learning budget.",
    "{name} is an equal opportunity employer. All qualified applicants will receive consideration without regard to "
    "race, religion, gender identity, national origin, disability or veteran status.",
)
EMPLOYERS = 8


def with_boilerplate(vacancies: list[Vacancy]) -> list[Vacancy]:
    """Return the vacancies with three paragraphs of one of eight employers around each text, whatever its role."""
    random = np.random.default_rng(0)
    wrapped = []
    for vacancy in vacancies:
        about, offer, equal = (text.format(name=f"Employer {random.integers(EMPLOYERS)}") for text in ABOUT)
        wrapped.append(vacancy.model_copy(update={"text": f"{about}\n{vacancy.text}\n{offer}\n{equal}"}))
    return wrapped


def boilerplate_cost(data: LabelledSet, embedder: TextEmbedder) -> tuple[float, float]:
    """Return the adjusted Rand index against the labels without and with boilerplate in every text."""
    count = len(set(data.labels))
    return (
        adjusted_rand_score(
            data.labels, partition(vacancy_features(role_texts(data.vacancies), embed=embedder.precise), count)
        ),
        adjusted_rand_score(
            data.labels,
            partition(vacancy_features(role_texts(with_boilerplate(data.vacancies)), embed=embedder.precise), count),
        ),
    )


def refresh(data: LabelledSet, embedder: TextEmbedder) -> tuple[int, int]:
    """Return how many keys of a clustering of nine tenths survive that of the whole, and how many there were."""
    count = len(set(data.labels))
    ordered = sorted(data.vacancies, key=lambda vacancy: vacancy.id)
    part = tuple(vacancy for i, vacancy in enumerate(ordered) if i % 10)
    first = cluster_vacancies(Corpus(part), count=count, provenance=Provenance(), embed=embedder.precise)
    earlier = build_artifact(first)
    second = cluster_vacancies(
        Corpus(tuple(ordered)), count=count, provenance=Provenance(), embed=embedder.precise, earlier=earlier
    )
    before, after = ({cluster.slug for cluster in result.clusters} for result in (first, second))
    return len(before & after), len(before)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=400)
    options = parser.parse_args()
    survived = total = 0
    with closing(open_cache()) as cache, threadpool_limits(1):
        embedder = TextEmbedder(cache=cache)
        for data in load_sets(options.rows):
            clean, wrapped = boilerplate_cost(data, embedder)
            kept, count = refresh(data, embedder)
            survived, total = survived + kept, total + count
            cost = f"ARI {clean:.3f}, with boilerplate {wrapped:.3f}"
            print(f"{data.name:30} {cost}; keys kept {kept} of {count}", flush=True)
    print(f"keys kept over all sets: {survived / total:.1%}")


if __name__ == "__main__":
    main()
