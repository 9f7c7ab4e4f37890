"""Short ads in parts, and a cache that knows all their vectors, so that no process of a cluster loads a model."""

import json
import random
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from pipeline.cluster_artifacts import ClusterArtifact, Provenance, load_artifact, save_artifact
from pipeline.core import content_key
from pipeline.embedding import TextEmbedder
from pipeline.engine import EncodeWith, Part, Runner, cluster_by_parts

KINDS = {
    "Welder": "weld pipes of steel;read drawings of vessels;grind seams by hand;TIG welding;check seams twice",
    "Nurse": "give medication on the ward;keep records of patients;ACLS;work night shifts in turn;teach students",
    "Data Engineer": "build pipelines in Airflow;model tables in SQL;run Kafka;write Python;watch the warehouse",
    "Accountant": "close the books each month;file the VAT returns;use SAP;prepare the audit;reconcile accounts",
}
PLACES = ("Leeds", "Cork", "Graz")
WORDS = "quiet busy young old northern southern family listed growing steady local open proud small wide".split()


def row(number: int) -> dict[str, str]:
    """Return an ad of three short sentences; every fiftieth repeats the one before it."""
    own = number - 1 if number % 50 == 49 else number
    draw = random.Random(own)
    kind = draw.choice(list(KINDS))
    tasks = draw.sample(KINDS[kind].split(";"), 3)
    firm = f"We are a {draw.choice(WORDS)}, {draw.choice(WORDS)} firm, number {own} of its trade."
    return {
        "id": f"ad-{number}",
        "title": kind,
        "company": f"Firm {draw.randrange(300)}",
        "location": draw.choice(PLACES),
        "posted_on": f"2025-{draw.randrange(12) + 1:02}-{draw.randrange(28) + 1:02}",
        "text": f"{firm} You {tasks[0]}. You {tasks[1]} and {tasks[2]}.",
    }


def write_ads(folder: Path, count: int, parts: int) -> Path:
    """Write ads as JSONL parts of a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for part in range(parts):
        lines = (json.dumps(row(number)) for number in range(part * count // parts, (part + 1) * count // parts))
        (folder / f"part-{part:03}.jsonl").write_text("\n".join(lines) + "\n")
    return folder


class WordVectors:
    """An encoder that needs no model: a text is the mean of its words, each a direction of its own."""

    def encode(self, texts: Sequence[str], on_done: Any = None) -> NDArray[Any]:
        """Return one row a text."""
        return np.stack(
            [np.mean([_direction(word) for word in text.lower().split() or [""]], axis=0) for text in texts]
        )


@cache
def _direction(word: str) -> NDArray[Any]:
    return np.random.default_rng(int(content_key(word)[:8], 16)).normal(size=384)


@pytest.fixture
def _no_model(monkeypatch: pytest.MonkeyPatch) -> None:
    """Put vectors of words in the place of the model's, in this process; they come to others through the cache."""
    monkeypatch.setattr(TextEmbedder, "_loaded", lambda self: WordVectors())


def clustered(parts: Sequence[Part], runner: Runner, output: Path, pilot: int = 300) -> ClusterArtifact:
    run = cluster_by_parts(
        parts,
        runner,
        output=output,
        count=4,
        provenance_of=lambda digest, size: (Provenance(corpus_hash=digest), EncodeWith(None, is_fast=False)),
        pilot=pilot,
    )
    save_artifact(run.artifact, output)
    return load_artifact(output)


def labels(artifact: ClusterArtifact) -> dict[str, str]:
    return {vacancy_id: cluster.slug for cluster in artifact.clusters for vacancy_id in cluster.vacancy_ids}
