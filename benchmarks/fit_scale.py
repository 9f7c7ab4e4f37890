"""Whether a fit means what it says: of pairs that the scale never saw, how many are of one kind of role.

    python -m benchmarks.fit_scale --home WORKSPACE

Every second posting stands in for a resume, alone and taken together with others, when the scale is fitted, and the
others when it is held to its word.
"""

import argparse
import os
from pathlib import Path

import numpy as np


def main() -> None:
    """Print the mean fit and the true part of each tenth, the calibration error, and the area under the curve."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--home", type=Path, required=True)
    os.environ["ROLEMAP_HOME"] = str(parser.parse_args().home)
    from sklearn.metrics import roc_auc_score

    from pipeline import services
    from pipeline.cluster_artifacts import load_artifact
    from pipeline.keyword_engine import default_artifact_path
    from pipeline.report import mentions_of
    from pipeline.resume_generator import fit_scale, named_keywords
    from pipeline.resume_generator.posting_fit import stand_ins
    from pipeline.services.fitting import _rows
    from pipeline.services.matching import matcher_in_use

    artifact = load_artifact(default_artifact_path())
    role_of = {i: cluster.slug for cluster in artifact.clusters for i in cluster.vacancy_ids}
    mentions = mentions_of(services.posting_keywords(services.read_corpus().vacancies))
    named = named_keywords({i: mentions[i] for i in role_of if i in mentions})
    vectors = _rows(matcher_in_use()[0], named)
    halves = [named_keywords({i: mentions[i] for i in named.ids[start::2]}) for start in (0, 1)]
    for label, rows in (("keywords alone", None), ("keywords and meaning", vectors)):
        for pieces in (1, 3):
            own = [None if rows is None else rows[start::2] for start in (0, 1)]
            roles = [[role_of[i] for i in half.ids] for half in halves]
            scale = fit_scale(halves[0], roles[0], own[0], pieces)
            unseen = stand_ins(halves[1], roles[1], own[1], pieces)
            fits, same = scale.chance(unseen.features[:, 0], unseen.features[:, 1]), unseen.same
            area = roc_auc_score(same, fits)
            print(f"{label}, {pieces} together: {len(fits):,} pairs, area under the curve {area:.3f}")
            error = 0.0
            for low in np.arange(0, 1, 0.1):
                held = (fits >= low) & (fits < low + 0.1)
                if held.any():
                    error += held.mean() * abs(fits[held].mean() - same[held].mean())
                    print(f"  fit {fits[held].mean():.2f}: {same[held].mean():.2f} of {held.sum():,}")
            print(f"  mean distance {error:.3f}")


if __name__ == "__main__":
    main()
