"""Do the names of clusters stand in the titles of their own postings, cover them, and differ?

    python -m benchmarks.names ARTIFACT [ARTIFACT ...]

A name's phrases (what stands before a colon, parted at commas and "and"; "others" is none) are looked up in the titles
as they are written, whole and in order: in two of them, or in one where the cluster has fewer than four. A cluster is
covered by the titles that hold the last word of any of its phrases.
"""

import argparse
import re
from collections import Counter
from pathlib import Path

from pipeline.cluster_artifacts import Cluster, ClusterArtifact, read_artifact

GOOD_COVER = 0.4
_WORD = re.compile(r"[^\W_]*[.#+&/]?[^\W_]+[+#]*")
_PARTS = re.compile(r", | and ")


def words(text: str) -> list[str]:
    """Return the words of a title or name in lower case; ".net", "c#" and "ui/ux" are one each."""
    return _WORD.findall(text.lower())


def stands_in(phrase: list[str], title: list[str]) -> bool:
    """Tell whether a phrase stands in a title, whole and in order."""
    return any(title[i : i + len(phrase)] == phrase for i in range(len(title) - len(phrase) + 1))


def judge(cluster: Cluster, artifact: ClusterArtifact) -> tuple[bool, float] | None:
    """Return whether the titles attest a name, and which part of them it covers; None where there is no title."""
    records = [artifact.vacancies.get(vacancy_id) for vacancy_id in cluster.vacancy_ids]
    titles = [found for record in records if record and (found := words(record.title or ""))]
    if not titles:
        return None
    phrases = [words(part) for part in _PARTS.split(cluster.name.partition(": ")[0]) if part != "others"]
    needed = 2 if len(titles) >= 4 else 1
    is_attested = all(sum(stands_in(phrase, title) for title in titles) >= needed for phrase in phrases)
    covered = sum(any(phrase[-1] in title for phrase in phrases if phrase) for title in titles) / len(titles)
    return is_attested, covered


def main() -> None:
    """Print one line for each artifact, and its names that are not good."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("artifacts", nargs="+", type=Path)
    for path in parser.parse_args().artifacts:
        artifact = read_artifact(path)
        known = Counter(cluster.name.casefold() for cluster in artifact.clusters)
        judged = [(cluster, found) for cluster in artifact.clusters if (found := judge(cluster, artifact))]
        good = [
            c.name
            for c, (attested, cover) in judged
            if attested and cover >= GOOD_COVER and known[c.name.casefold()] == 1
        ]
        attested = sum(found[0] for _, found in judged)
        print(f"{path}: {len(judged)} names, attested {attested / len(judged):.3f}, good {len(good) / len(judged):.3f}")
        for cluster, (is_attested, cover) in judged:
            if cluster.name not in good:
                print(f"  {cluster.name} ({'attested' if is_attested else 'not attested'}, covers {cover:.0%})")


if __name__ == "__main__":
    main()
