"""The command that ranks the stored postings for a resume."""

from pathlib import Path
from typing import Annotated

import typer

from pipeline import services
from pipeline.cli.terminal import ArtifactOption, JsonOption, VacanciesOption, print_json, print_table, show_progress
from pipeline.core import write_atomically
from pipeline.keyword_engine import keyword_label

SHOWN = 6  # keywords in a cell


def fit(
    resume: Annotated[Path | None, typer.Option("--resume", help="The resume.", show_default="ROLEMAP_RESUME")] = None,
    top: Annotated[int, typer.Option("--top", min=1, help="How many postings to list.")] = 20,
    known: Annotated[list[str] | None, typer.Option("--known", help="A skill you have; may be repeated.")] = None,
    vacancies: VacanciesOption = None,
    clusters_artifact: ArtifactOption = None,
    semantic: Annotated[
        bool, typer.Option("--semantic/--no-semantic", help="Weigh meaning too, or keywords alone.")
    ] = True,
    csv: Annotated[Path | None, typer.Option("--csv", help="Write all postings to this file, too.")] = None,
    as_json: JsonOption = False,
) -> None:
    """Rank the stored postings for a resume, with what is missing, and say which skills would open the most."""
    base = services.load_base_resume(resume)
    with show_progress() as on_progress:
        found = services.fit_postings(
            base.reading.resume,
            artifact=clusters_artifact,
            vacancies=vacancies,
            known=[keyword.strip().lower() for keyword in known or []],
            use_semantic=semantic,
            on_progress=on_progress,
        )
    if csv:
        write_atomically(csv, services.fit_csv(found).encode())
    if as_json:
        shown = found.model_copy(update={"postings": found.postings[:top]})
        print_json(shown.model_dump(mode="json"))
        return
    if csv:
        print(f"Wrote {csv}")
    if base.notice:
        print(base.notice)
    rows = [
        (
            f"{p.fit:.0%}",
            p.title or p.id,
            p.company or "",
            p.role_name,
            _labels(p.missing),
        )
        for p in found.postings[:top]
    ]
    print_table(("Fit", "Posting", "Company", "Kind of role", "Missing"), rows)
    print(f"{found.open_count:,} of {found.near_count:,} near postings are open to this resume. What to learn next:")
    for step in found.advice:
        pay = f", median pay {step.currency} {step.pay:,.0f} a year" if step.pay else ""
        print(f"{step.label}: opens {step.opens:,}, asked for by {step.asking:,} near postings{pay}")
    print("Advice only: nothing is added to the resume.")
    for notice in found.notices:
        print(f"note: {notice}")


def _labels(keywords: list[str]) -> str:
    return ", ".join(map(keyword_label, keywords[:SHOWN]))
