"""The command that compares two sets of postings."""

from pathlib import Path
from typing import Annotated

import typer

from pipeline import services
from pipeline.cli.terminal import ArtifactOption, JsonOption, VacanciesOption, print_json, print_table, show_progress
from pipeline.cluster_artifacts import load_artifact
from pipeline.core import write_atomically
from pipeline.keyword_engine import default_artifact_path
from pipeline.report import mentions_of, posting_facts

SHOWN = 12  # differences of a kind


def compare(
    first: Annotated[str, typer.Option("--first", help='As in an address: "place=Berlin&level=senior".')],
    second: Annotated[str, typer.Option("--second", help="The same; empty for all postings.")] = "",
    vacancies: VacanciesOption = None,
    clusters_artifact: ArtifactOption = None,
    csv: Annotated[Path | None, typer.Option("--csv", help="Write every difference to this file, too.")] = None,
    as_json: JsonOption = False,
) -> None:
    """Compare two sets of the clustered postings: roles, keywords and what they state, sure differences first."""
    path = clusters_artifact or default_artifact_path()
    artifact = load_artifact(path)
    with show_progress() as on_progress:
        stored = services.read_corpus(vacancies, on_progress).vacancies
        facts = posting_facts(artifact, mentions_of(services.posting_keywords(stored, path, on_progress=on_progress)))
    roles = {cluster.slug: cluster.name for cluster in artifact.clusters}
    sets = (services.named_set(query, facts, roles) for query in (first, second))
    found = services.compare_postings(artifact, facts, *sets)
    if csv:
        write_atomically(csv, services.comparison_csv(found).encode())
    if as_json:
        print_json(found.model_dump(mode="json"))
        return
    if csv:
        print(f"Wrote {csv}")
    print(f"{found.first_count:,} postings ({found.first_name}) and {found.second_count:,} ({found.second_name})")
    rows = [
        (
            what,
            each.name,
            f"{each.first_share:.0%}",
            f"{each.second_share:.0%}",
            f"{each.difference:+.0%} ({each.low:+.0%} to {each.high:+.0%})",
            "sure" if each.is_sure else "may be chance",
        )
        for what, differences in (("role", found.roles), ("keyword", found.keywords), ("stated", found.stated))
        for each in differences[:SHOWN]
    ]
    print_table(("What", "Name", "First", "Second", "Difference", ""), rows)
    for name, ranges in ((found.first_name, found.first_pay), (found.second_name, found.second_pay)):
        for pay in ranges:
            print(f"pay, {name}: median {pay.currency} {pay.median:,.0f} a year, of {pay.count:,} that state it")
