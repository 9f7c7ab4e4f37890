"""Clusters against labels: the averaged title and body embedding, Rolemap, and BERTopic where it is installed.

    EVAL_DATA=... python -m benchmarks.clustering [--rows 900] [--auto]

BERTopic comes with `benchmarks/requirements.txt`, in an environment of its own. It gets the same vectors as the
baseline and the same number of topics; what it drops as outliers is its own column, and counts as one cluster more.
"""

import argparse
import time
from collections.abc import Callable
from contextlib import closing
from importlib.util import find_spec
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.cluster import KMeans
from sklearn.metrics import adjusted_rand_score, v_measure_score
from threadpoolctl import threadpool_limits

from benchmarks.labelled_sets import ROWS, LabelledSet, load_sets
from pipeline.embedding import TextEmbedder, unit_rows, vacancy_features
from pipeline.postings import role_texts
from pipeline.services import open_cache
from pipeline.vacancy_clustering.count import choose_count
from pipeline.vacancy_clustering.mentions import lexicon_terms
from pipeline.vacancy_clustering.partition import partition

Labels = NDArray[np.int64]


def baseline_rows(data: LabelledSet, embedder: TextEmbedder) -> NDArray[np.float64]:
    """Return the mean of the title's and the head of the body's embedding."""
    body = embedder.precise([vacancy.text[:4000] for vacancy in data.vacancies])
    if data.vacancies[0].title is None:
        return body
    return unit_rows(body + embedder.precise([vacancy.title or "" for vacancy in data.vacancies]))


def baseline(data: LabelledSet, embedder: TextEmbedder, count: int) -> Labels:
    """Plain k-means on one averaged embedding."""
    return np.asarray(
        KMeans(count, n_init=10, random_state=0).fit_predict(baseline_rows(data, embedder)), dtype=np.int64
    )


def rolemap(data: LabelledSet, embedder: TextEmbedder, count: int) -> Labels:
    """What the product does, with the encoder that reads everything."""
    postings = role_texts(data.vacancies)
    terms = lexicon_terms(data.vacancies, postings)
    return partition(vacancy_features(postings, terms, embed=embedder.precise), count)


def rolemap_fast(data: LabelledSet, embedder: TextEmbedder, count: int) -> Labels:
    """What the product does, with the fast encoder for the bodies."""
    postings = role_texts(data.vacancies)
    terms = lexicon_terms(data.vacancies, postings)
    rows = vacancy_features(postings, terms, embed=embedder.precise, embed_bodies=embedder.fast)
    return partition(rows, count)


def bertopic(data: LabelledSet, embedder: TextEmbedder, count: int) -> Labels:
    """BERTopic on the baseline's vectors, reduced to as many topics as there are labels."""
    from bertopic import BERTopic

    texts = [f"{vacancy.title or ''}\n{vacancy.text}" for vacancy in data.vacancies]
    model: Any = BERTopic(nr_topics=count + 1, min_topic_size=10, calculate_probabilities=False)
    topics, _ = model.fit_transform(texts, embeddings=baseline_rows(data, embedder).astype(np.float32))
    return np.asarray(topics, dtype=np.int64)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=ROWS)
    parser.add_argument("--auto", action="store_true", help="also print the number that auto chooses")
    options = parser.parse_args()
    ways: dict[str, Callable[[LabelledSet, TextEmbedder, int], Labels]] = {"baseline": baseline, "rolemap": rolemap}
    ways |= {"rolemap fast": rolemap_fast}
    if find_spec("bertopic"):
        ways["BERTopic"] = bertopic
    means: dict[str, list[float]] = {way: [] for way in ways}
    print(f"{'set':30} {'rows':>5} {'N':>3}  " + "  ".join(f"{way:>24}" for way in ways))
    with closing(open_cache()) as cache, threadpool_limits(1):
        embedder = TextEmbedder(cache=cache)
        for data in load_sets(options.rows):
            count = len(set(data.labels))
            cells = []
            for way, cluster in ways.items():
                started = time.perf_counter()
                labels = cluster(data, embedder, count)
                v, ari = v_measure_score(data.labels, labels), adjusted_rand_score(data.labels, labels)
                means[way].append(v)
                left_out = f" {np.mean(labels < 0):4.0%} out" if (labels < 0).any() else ""
                cells.append(f"V {v:.3f} ARI {ari:.3f}{left_out} {time.perf_counter() - started:4.0f} s"[:30].rjust(24))
            row = f"{data.name:30} {len(data.labels):5} {count:3}  " + "  ".join(cells)
            if options.auto:
                rows = vacancy_features(role_texts(data.vacancies), embed=embedder.precise)
                row += f"  auto {choose_count(rows).clusters}"
            print(row, flush=True)
    print("mean V: " + ", ".join(f"{way} {np.mean(values):.3f}" for way, values in means.items()))


if __name__ == "__main__":
    main()
