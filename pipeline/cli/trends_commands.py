"""The command over market trends."""

import math
from pathlib import Path
from typing import Annotated

import typer

from pipeline.cli.terminal import (
    ArtifactOption,
    EngineOption,
    JsonOption,
    SchedulerOption,
    VacanciesOption,
    print_json,
    print_table,
    show_progress,
)
from pipeline.market_trends import KeywordTrend, ModelOpinion, TrendReport
from pipeline.services import run_trends

SHOWN = 15  # keywords of each direction, on the terminal


def trends(
    vacancies: VacanciesOption = None,
    clusters_artifact: ArtifactOption = None,
    output: Annotated[
        Path | None, typer.Option("--output", help="Where the report goes.", show_default="output/market_trends.json")
    ] = None,
    use_llm: Annotated[
        bool | None,
        typer.Option("--use-llm/--no-llm", help="Ask a language model for its opinion too.", show_default=False),
    ] = None,
    engine: EngineOption = "in-process",
    scheduler: SchedulerOption = None,
    as_json: JsonOption = False,
) -> None:
    """Find which keywords the dated postings ask for more and less, and write the trend report."""
    with show_progress() as on_progress:
        report, written = run_trends(
            vacancies=vacancies,
            artifact=clusters_artifact,
            output=output,
            use_llm=use_llm,
            engine=engine,
            scheduler=scheduler,
            on_progress=on_progress,
        )
    if as_json:
        print_json(report.model_dump(mode="json") | {"output": [str(path) for path in written]})
        return
    for path in written:
        print(f"Wrote {path}")
    _show(report)
    if report.opinion:
        _show_opinion(report.opinion)
    for notice in report.notices:
        print(f"note: {notice}")


def _show(report: TrendReport) -> None:
    repeats = f" ({report.repeat_count:,} reposts folded)" if report.repeat_count else ""
    print(f"{report.vacancy_count:,} postings{repeats}, {report.months[0]} to {report.months[-1]}")
    told = [trend for group in (("rising", "new"), ("fading",)) for trend in report.of(*group)[:SHOWN]]
    if told:
        header = ("Keyword", "Category", "Direction", "Postings", "Fitted share", "Odds a month (95%)", "Carried by")
        print_table(header, [_row(trend) for trend in told])
    else:
        print(f"None of the {report.compared_count:,} keywords compared is sure to rise or fade.")
    leaning = [trend for trend in report.of("too few to tell") if trend.lean]
    for lean in ("up", "down"):
        names = [f"{trend.label} ({trend.vacancy_count})" for trend in leaning if trend.lean == lean]
        if names:
            print(f"leaning {lean}, too few postings to be sure: {', '.join(names[:SHOWN])}")
    print(f"steady: {len(report.of('steady')):,}; too few to tell: {len(report.of('too few to tell')):,}")


def _row(trend: KeywordTrend) -> tuple[str, ...]:
    slope = trend.slope
    odds = [f"{math.exp(value):.2f}" for value in (slope.per_month, slope.low, slope.high)] if slope else ["", "", ""]
    share = f"{trend.share_start or 0:.1%} to {trend.share_end or 0:.1%}"
    head = (trend.label, trend.category, trend.direction, str(trend.vacancy_count))
    return (*head, share, f"x{odds[0]} ({odds[1]} to {odds[2]})", trend.carried_by or "")


def _show_opinion(opinion: ModelOpinion) -> None:
    if opinion.notice:
        print(f"note: {opinion.notice}")
        return
    print(f"What {opinion.model} holds, which is its opinion, beside what the postings say:")
    rows = [
        (each.skill.name, each.skill.category, each.skill.direction, each.verdict, str(each.vacancy_count))
        for each in opinion.skills
    ]
    print_table(("Skill", "Category", "The model says", "The postings", "Postings"), rows)
