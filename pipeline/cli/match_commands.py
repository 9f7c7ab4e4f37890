"""The commands that match job descriptions."""

import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from pipeline import services
from pipeline.cli.terminal import ArtifactOption, JsonOption, print_json, print_table, show_progress
from pipeline.cluster_matcher import MarketKeyword, Match
from pipeline.postings import ROW_SUFFIXES
from pipeline.resume_generator import GapAnalysis

SHOWN = 8  # keywords in one line


def match(
    job: Annotated[
        str, typer.Option("--job", help="A job description, a folder or a file of rows of them, or - for stdin.")
    ],
    resume: Annotated[Path | None, typer.Option("--resume", help="A resume to hold against the job.")] = None,
    clusters_artifact: ArtifactOption = None,
    semantic: Annotated[
        bool, typer.Option("--semantic/--no-semantic", help="Match by meaning too, or by keywords alone.")
    ] = True,
    as_json: JsonOption = False,
) -> None:
    """Say which cluster a job description belongs to, how sure that is, why, and what is missing."""
    is_one = job == "-" or not (Path(job).is_dir() or Path(job).suffix.lower() in ROW_SUFFIXES)
    inputs = services.read_stdin_job(sys.stdin.buffer.read()) if job == "-" else services.read_jobs(Path(job))
    base = services.load_base_resume(resume).reading.resume if resume else None
    with show_progress() as on_progress:
        matches = services.match_jobs(
            inputs.jobs,
            artifact=clusters_artifact,
            use_semantic=semantic,
            is_explained=is_one,
            on_progress=on_progress,
        )
    gaps = [services.resume_gap(base, found) if base else None for found in matches]
    if as_json:
        rows = [_as_json(found, gap) for found, gap in zip(matches, gaps, strict=True)]
        skipped = [skip.model_dump() for skip in inputs.skipped]
        print_json(rows[0] if is_one else {"matches": rows, "skipped": skipped})
    elif is_one:
        _show(matches[0], gaps[0])
    else:
        _show_table(matches, gaps)
    for skip in inputs.skipped:
        print(f"skipped: {skip.id}: {skip.reason}", file=sys.stderr)


def _as_json(found: Match, gap: GapAnalysis | None) -> dict[str, Any]:
    return found.model_dump(mode="json", exclude={"text"}) | ({"gap": gap.model_dump(mode="json")} if gap else {})


def _show(found: Match, gap: GapAnalysis | None) -> None:
    print(services.verdict_sentence(found))
    rows = [(c.name, c.slug, f"{c.score:.1%}", f"{c.keyword_score:.2f}") for c in found.clusters]
    print_table(("Cluster", "Slug", "Probability", "Keyword score"), rows)
    for line in _reasons(found):
        print(line)
    _list("asked for in this cluster, not by this job", [_share(k, k.share) for k in found.missing_keywords])
    _list("asked for by this job, no mark of this cluster", [_share(k, k.market_share) for k in found.extra_keywords])
    for vacancy in found.similar:
        name = ", ".join(part for part in (vacancy.title, vacancy.company) if part) or vacancy.id
        print(f"similar: {name} ({vacancy.similarity:.2f}, {vacancy.id})")
    if gap:
        if found.best_cluster:
            print(f"variant to send: {found.best_cluster}")
        _list("your resume shows", [g.label for g in (*gap.listed, *gap.unlisted)])
        _list("your resume lacks", [g.label for g in gap.missing])
    for notice in found.notices:
        print(f"note: {notice}")


def _reasons(found: Match) -> list[str]:
    """Return what decided, with the probability that is left without each; none where that hardly falls."""
    best = f"{found.clusters[0].score:.1%}"
    shown: dict[str, list[str]] = {"keyword": [], "sentence": []}
    for reason in found.reasons:
        left = f"{found.clusters[0].score - reason.drop:.1%}"
        shown[reason.kind].append(reason.label if left == best else f"{reason.label} ({left} without it)")
    keywords = [f"because it names: {', '.join(shown['keyword'])}"] if shown["keyword"] else []
    return [*keywords, *(f"because it says: {sentence}" for sentence in shown["sentence"])]


def _share(keyword: MarketKeyword, share: float | None) -> str:
    return keyword.label if share is None else f"{keyword.label} ({share:.0%})"


def _list(what: str, items: list[str]) -> None:
    if items:
        more = f" and {len(items) - SHOWN} more" if len(items) > SHOWN else ""
        print(f"{what}: {', '.join(items[:SHOWN])}{more}")


def _show_table(matches: list[Match], gaps: list[GapAnalysis | None]) -> None:
    rows = [
        (
            found.name,
            found.best_name or "no good match",
            f"{found.clusters[0].score:.0%}" if found.best_cluster else "",
            found.clusters[1].name if found.verdict == "close" else "",
            ", ".join(k.label for k in found.missing_keywords[:4]),
            f"{gap.shown_fraction:.0%}" if gap else "",
        )
        for found, gap in zip(matches, gaps, strict=True)
    ]
    print_table(("Job", "Cluster", "Probability", "Close second", "It leaves out", "Resume shows"), rows)
    for notice in dict.fromkeys(notice for found in matches for notice in found.notices):
        print(f"note: {notice}")
