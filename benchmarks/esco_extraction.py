"""How well sentences of job ads are linked to ESCO skills, on the public sets TECH, HOUSE and TECHWOLF.

    python -m benchmarks.esco_extraction FOLDER

FOLDER holds what its user has downloaded, at any depth: ESCO 1.1.0's skills (skills_en.csv, or one preferred label a
line in skills_en_label.txt) and the sets' tables, known by their paths (tech_test_annotations.csv, or test.csv in
skill-extraction-tech), with the columns sentence and label, a label a row. All of ESCO's skills are ranked for each
sentence: first the concepts that its keywords are linked to, then the rest by meaning. RP@k is the mean of
(right among the first k) / min(k, right ones), MRR that of one over the rank of the first right one; sentences without
a label that ESCO has do not count. The papers' figures are printed beside.
"""

import argparse
import csv
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from pipeline.core import RolemapError
from pipeline.embedding import TextEmbedder
from pipeline.keyword_engine import find_terms_in_context
from pipeline.services import open_cache
from pipeline.taxonomy_links import Concept, asked_keyword, cosines_between, link_all, read_taxonomy

SETS = ("tech", "house", "techwolf")
CUTS = (1, 5, 10)
_SET = re.compile(r"(?:^|[^a-z])(techwolf|tech|house)(?=[^a-z])")
# In percent, in the order of SETS: RP@5, RP@10, MRR as far as they are printed.
PUBLISHED = {
    "all-mpnet-base-v2, untrained (Decorte et al. 2023, arXiv 2307.10778)": ((39.6, 26.2, 33.5), None, None),
    "its best, trained on 138,000 made sentences (ibid.; RP@10 as arXiv 2401.12178 prints it)": (
        (54.62, 45.74, 54.57),
        (66.24, 55.95, 62.55),
        (52.85, 42.75, 52.55),
    ),
    "Infer-Retrieve-Rank with GPT-4 (D'Oosterlinck et al. 2024, arXiv 2401.12178)": (None, (70.23, 65.76, 65.17), None),
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    folder = parser.parse_args().folder
    concepts = read_skills(folder)
    sets = {name: read_set(paths) for name, paths in find_sets(folder).items()}
    if not sets:
        raise RolemapError(f"{folder} holds none of the test sets TECH, HOUSE and TECHWOLF.")
    with open_cache() as cache:
        embedder = TextEmbedder(cache=cache)
        for name in (name for name in SETS if name in sets):
            print_set(name, sets[name], concepts, embedder)
    for source, (five, ten, mrr) in PUBLISHED.items():
        told = [f"{what} {figures}" for what, figures in (("RP@5", five), ("RP@10", ten), ("MRR", mrr)) if figures]
        print(f"{source}, {', '.join(SETS)}: {'; '.join(told)}")


def read_skills(folder: Path) -> list[Concept]:
    """Return ESCO's skills, from its table or from a list of labels. Raises RolemapError."""
    if tables := sorted(folder.rglob("skills_en.csv")):
        return read_taxonomy(tables[0].parent).of_kinds(["skill"])
    if lists := sorted(folder.rglob("skills_en_label.txt")):
        labels = dict.fromkeys(lists[0].read_text(encoding="utf-8").splitlines())
        return [Concept(label, label, "skill") for label in map(str.strip, labels) if label]
    raise RolemapError(f"{folder} holds neither skills_en.csv nor skills_en_label.txt.")


def find_sets(folder: Path) -> dict[str, list[Path]]:
    """Return the tables of each test set by its name."""
    found: dict[str, list[Path]] = defaultdict(list)
    for path in sorted(folder.rglob("*.csv")):
        known = _SET.findall(path.relative_to(folder).as_posix().lower())
        if "test" in path.name and known:
            found[known[-1]].append(path)  # the innermost: the publisher's folder bears the name of a set
    return found


def read_set(paths: Sequence[Path]) -> dict[str, set[str]]:
    """Return the labels of each sentence. Raises RolemapError where a column is missing."""
    labels: dict[str, set[str]] = defaultdict(set)
    for path in paths:
        with path.open(encoding="utf-8-sig", newline="") as file:
            for row in csv.DictReader(file):
                if not {"sentence", "label"} <= row.keys():
                    raise RolemapError(f"{path} needs the columns sentence and label.")
                labels[row["sentence"]].add(row["label"].strip())
    return labels


def print_set(name: str, labels: dict[str, set[str]], concepts: Sequence[Concept], embedder: TextEmbedder) -> None:
    """Rank ESCO's skills for each sentence of a set, and print how well."""
    places = {concept.label: place for place, concept in enumerate(concepts)}
    right = {sentence: {places[label] for label in found if label in places} for sentence, found in labels.items()}
    sentences = [sentence for sentence, found in right.items() if found]
    gold = [right[sentence] for sentence in sentences]
    by_meaning = cosines_between(embedder.precise(sentences), embedder.precise([concept.label for concept in concepts]))
    by_links = by_meaning.copy()
    for row, linked in zip(by_links, linked_places(sentences, concepts, embedder), strict=True):
        for place, score in linked.items():
            row[place] = 1 + score
    for what, scores in (("links first", by_links), ("meaning alone", by_meaning)):
        print(f"{name}, {len(sentences)} sentences, {what}: {figures(scores, gold)}")


def linked_places(
    sentences: Sequence[str], concepts: Sequence[Concept], embedder: TextEmbedder
) -> Iterator[dict[int, float]]:
    """Yield, for each sentence, the places and scores of the concepts that its keywords are linked to."""
    named = [{m.entry.keyword: m.entry.kind for m, _ in find_terms_in_context(sentence)} for sentence in sentences]
    kinds = {keyword: kind for found in named for keyword, kind in found.items()}
    links = link_all([asked_keyword(key, kind, {}) for key, kind in kinds.items()], concepts, embedder.precise)
    places = {concept.code: place for place, concept in enumerate(concepts)}
    for found in named:
        yield {places[links[keyword].code]: links[keyword].score for keyword in found if keyword in links}


def figures(scores: np.ndarray, gold: Sequence[set[int]]) -> str:
    """Return RP@k and MRR of scores, a row a sentence and a column a concept, in percent."""
    ranked = np.argsort(-scores, axis=1, kind="stable")
    rows = list(zip(ranked, gold, strict=True))
    means = {f"RP@{cut}": np.mean([r_precision(row, right, cut) for row, right in rows]) for cut in CUTS}
    means["MRR"] = np.mean([1 / (1 + np.isin(row, list(right)).argmax()) for row, right in rows])
    return ", ".join(f"{what} {100 * mean:.2f}" for what, mean in means.items())


def r_precision(ranked: np.ndarray, right: set[int], cut: int) -> float:
    """Return how many of the first few are right, of as many as can be.

    >>> r_precision(np.array([4, 1, 2]), {1, 2, 3}, 2)
    0.5
    """
    return len(right.intersection(ranked[:cut].tolist())) / min(cut, len(right))


if __name__ == "__main__":
    try:
        main()
    except RolemapError as error:
        raise SystemExit(f"error: {error}") from error
