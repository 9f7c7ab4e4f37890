"""Measures the fact guard on labelled pairs: python -m benchmarks.fact_guard PAIRS.jsonl ... [--fixtures] [--mended].

Counts what is blocked of the inventions, and what is let through of the true rewrites: as they are, or mended. Beside
a file of pairs lie its resumes, in a file of the same name that ends in `_contexts.json`. `--mended` prints what became
of mended pairs, to be read.
"""

import argparse
import json
import statistics
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from benchmarks.guard_pairs import KEPT_BATCH, Pair, fixture_pairs, stored_pairs
from pipeline.bullet_rewriter import check_rewrite, mend_rewrite


def measure(pairs: Sequence[Pair], *, shows_mended: bool = False) -> dict[str, object]:
    """Return the shares by label and the counts by kind."""
    seen: Counter[str] = Counter()
    right: Counter[str] = Counter()
    mended: Counter[bool] = Counter()
    seconds = []
    for pair in pairs:
        started = time.process_time()
        violations = check_rewrite(pair.source, pair.rewritten, resume=pair.resume, work_index=pair.work_index)
        seconds.append(time.process_time() - started)
        saved = None
        if violations:
            saved = mend_rewrite(pair.source, pair.rewritten, resume=pair.resume, work_index=pair.work_index)
        if saved:
            mended[pair.is_fabricated] += 1
            if shows_mended:
                print(f"{pair.is_fabricated=}", pair.source, pair.rewritten, saved, sep="\n  ")
        label = "fabricated" if pair.is_fabricated else "truthful"
        for key in (label, f"{label}: {pair.kind}"):
            seen[key] += 1
            right[key] += bool(violations) if pair.is_fabricated else not violations or bool(saved)
    return {
        "fabrications_blocked": round(right["fabricated"] / seen["fabricated"], 4),
        "truthful_let_through": round((right["truthful"] - mended[False]) / seen["truthful"], 4),
        "truthful_let_through_or_mended": round(right["truthful"] / seen["truthful"], 4),
        "fabrications_mended": mended[True],
        "processor_milliseconds_at_the_median": round(1000 * statistics.median(seconds), 1),
        "by_kind": {key: f"{right[key]}/{seen[key]}" for key in sorted(seen) if ":" in key},
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("pairs", type=Path, nargs="*")
    parser.add_argument("--fixtures", action="store_true")
    parser.add_argument("--mended", action="store_true")
    options = parser.parse_args()
    sets = {path.stem: list(stored_pairs(path)) for path in options.pairs}
    if options.fixtures:
        sets["fixtures, learnt from"] = [pair for pair in fixture_pairs() if pair.batch != KEPT_BATCH]
        sets["fixtures, kept"] = [pair for pair in fixture_pairs() if pair.batch == KEPT_BATCH]
    figures = {name: measure(pairs, shows_mended=options.mended) for name, pairs in sets.items()}
    print(json.dumps(figures, indent=1))


if __name__ == "__main__":
    main()
