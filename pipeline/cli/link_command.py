"""The command over links to the world's taxonomies."""

from pathlib import Path
from typing import Annotated

import typer

from pipeline import services
from pipeline.cli.terminal import ArtifactOption, JsonOption, print_json, print_table, show_progress
from pipeline.taxonomy_links import NAMES, TaxonomyName


def link(
    taxonomy: Annotated[
        Path | None,
        typer.Option(
            "--taxonomy", help="Import the ESCO (CSV) or O*NET (text or Excel) database in this folder first."
        ),
    ] = None,
    forget: Annotated[
        TaxonomyName | None, typer.Option("--forget", help="Remove an imported taxonomy and the links to it.")
    ] = None,
    clusters_artifact: ArtifactOption = None,
    as_json: JsonOption = False,
) -> None:
    """Link each keyword and each kind of role to its nearest concept in ESCO or O*NET, or to none."""
    if forget:
        print(f"Removed {services.forget_taxonomy(forget, clusters_artifact)}")
        return
    with show_progress() as on_progress:
        run = services.link_taxonomies(taxonomy=taxonomy, artifact=clusters_artifact, on_progress=on_progress)
    if as_json:
        print_json(run.links.model_dump(mode="json") | {"output": [str(path) for path in run.written]})
        return
    print(f"Wrote {', '.join(str(path) for path in run.written)}")
    for notice in run.notices:
        print(f"note: {notice}")
    for name, linked in run.links.taxonomies.items():
        kinds = [found.matched for found in linked.keywords.values()]
        told = ", ".join(f"{kinds.count(way)} by {way}" for way in dict.fromkeys(sorted(kinds))) or "none"
        print(f"{NAMES[name]}, {run.concepts[name]:,} concepts: {len(kinds):,} keywords linked ({told})")
        print_table(
            ("Kind of role", NAMES[name], "Code", "Score", "By"),
            [
                (key, found.label, found.code, f"{found.score:.2f}", found.matched)
                for key, found in linked.roles.items()
            ],
        )
