"""Whether a fit means what it says: of pairs of postings that the scale never saw, how many are of one kind of role.

    python -m benchmarks.fit_scale --home WORKSPACE

Every second posting stands in for a resume when the scale is fitted, and the others when it is held to its word.
"""

import argparse
import os
from pathlib import Path

import numpy as np


def main() -> None:
    """Print the mean fit and the true part of each tenth, the calibration error, and the area under the curve."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--home", type=Path, required=True)
    os.environ["ROLEMAP_HOME"] = str(parser.parse_args().home)
    from sklearn.metrics import roc_auc_score

    from pipeline import services
    from pipeline.cluster_artifacts import load_artifact
    from pipeline.keyword_engine import default_artifact_path
    from pipeline.report import find_hits, mentions_of
    from pipeline.resume_generator import fit_scale, named_keywords
    from pipeline.services.fitting import _rows
    from pipeline.services.matching import matcher_in_use

    artifact = load_artifact(default_artifact_path())
    role_of = {i: cluster.slug for cluster in artifact.clusters for i in cluster.vacancy_ids}
    mentions = mentions_of(find_hits(services.read_corpus().vacancies))
    named = named_keywords({i: mentions[i] for i in role_of if i in mentions})
    roles = [role_of[i] for i in named.ids]
    rows = _rows(matcher_in_use()[0], named)
    for label, vectors in (("keywords alone", None), ("keywords and meaning", rows)):
        seen, unseen = np.arange(0, len(roles), 2), np.arange(1, len(roles), 2)
        half = named_keywords({named.ids[i]: mentions[named.ids[i]] for i in seen})
        scale = fit_scale(half, [role_of[i] for i in half.ids], None if vectors is None else vectors[seen])
        shown = named.shown_part(named.names[unseen].toarray())[:, seen]
        alike = np.zeros_like(shown) if vectors is None else vectors[unseen] @ vectors[seen].T
        fits = scale.chance(shown, alike).ravel()
        same = np.array([[roles[i] == roles[j] for j in seen] for i in unseen.tolist()]).ravel()
        print(f"{label}: {len(fits):,} pairs, area under the curve {roc_auc_score(same, fits):.3f}")
        error = 0.0
        for low in np.arange(0, 1, 0.1):
            held = (fits >= low) & (fits < low + 0.1)
            if held.any():
                error += held.mean() * abs(fits[held].mean() - same[held].mean())
                print(f"  fit {fits[held].mean():.2f}: {same[held].mean():.2f} of {held.sum():,}")
        print(f"  mean distance {error:.3f}")


if __name__ == "__main__":
    main()
