"""The command over what postings state of pay, place of work, level and contract."""

from pathlib import Path
from typing import Annotated

import typer

from pipeline.cli.terminal import ArtifactOption, JsonOption, print_json, print_table
from pipeline.cluster_artifacts import load_artifact
from pipeline.core import write_atomically
from pipeline.keyword_engine import default_artifact_path
from pipeline.market_trends import FEWEST
from pipeline.services import facts_of_artifact, postings_csv


def facts(
    clusters_artifact: ArtifactOption = None,
    output: Annotated[
        Path | None, typer.Option("--csv", help="Write every posting with its facts, and the words they rest on, here.")
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Show what each kind of role pays, how much of it is remote, and which level it is."""
    artifact = load_artifact(clusters_artifact or default_artifact_path())
    found = facts_of_artifact(artifact)
    if output:
        write_atomically(output, postings_csv(artifact).encode())
    if as_json:
        print_json(found.model_dump(mode="json") | ({"output": [str(output)]} if output else {}))
        return
    if output:
        print(f"Wrote {output}")
    for notice in found.notices:
        print(f"note: {notice}")
    if found.pay:
        rows = [
            (each.name, each.currency, f"{each.count:,} of {each.total:,}", *(f"{pay:,.0f}" for pay in each.quarters))
            for each in found.pay
        ]
        print_table(("Kind of role", "A year in", "State pay", "Lower quarter", "Median", "Upper quarter"), rows)
    else:
        print(f"No kind of role has {FEWEST} postings that state their pay in one currency.")
    for shares in found.by_role:
        print_table(
            ("Kind of role", "Postings", *shares.values),
            [
                (name, f"{total:,}", *(f"{count:,}" for count in counts))
                for name, total, counts in zip(shares.names, shares.totals, shares.counts, strict=True)
            ],
        )
