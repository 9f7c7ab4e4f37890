"""The commands over resumes."""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from pipeline import services
from pipeline.cli.look_options import (
    AccentOption,
    DatesOption,
    EmployerOption,
    FaceOption,
    FitOption,
    HeadingsOption,
    LinksOption,
    LookOption,
    MarginsOption,
    NamesOption,
    NumbersOption,
    PageOption,
    SizeOption,
    ThemeOption,
    look_of,
)
from pipeline.cli.rewrite_reports import print_rewriting, reword, rewriting_report
from pipeline.cli.terminal import ArtifactOption, JsonOption, print_json, print_table, show_progress
from pipeline.core import get_settings
from pipeline.llm import LanguageModelError
from pipeline.resume_generator import ResumeVariant
from pipeline.resumes import EXPORT_SUFFIXES, RESUME_SUFFIXES, doubts_of

READING_ADVICE = (
    "Look at it with parse-resume, put it right on the Resume page of the dashboard, or go on with --accept-reading."
)
ReadingModelOption = Annotated[
    bool,
    typer.Option(
        "--reading-model",
        help="Have a language model say what the lines of the resume are; differences are printed, no word is its own.",
    ),
]


def _read_base(path: Path | None, asks_model: bool) -> services.BaseResume:
    """Read the resume, with a language model's help where that is wanted and one can be asked."""
    base = services.load_base_resume(path)
    if not asks_model:
        return base
    try:
        print(services.describe_model_reading(), file=sys.stderr)
        found = services.read_with_model(base)
    except LanguageModelError as error:
        print(f"warning: the resume is read without a model. {error}", file=sys.stderr)
        return base
    for difference in found.differences:
        print(f"read otherwise: {difference}", file=sys.stderr)
    return found.base


def _formats(value: str) -> str:
    names = _split(value)
    unknown = [name for name in names if name not in EXPORT_SUFFIXES]
    if unknown or not names:
        what = f"{', '.join(unknown)!r} is no format" if unknown else "no format is named"
        raise typer.BadParameter(f"{what}; choose among {','.join(EXPORT_SUFFIXES)}.")
    return value


def _split(value: str) -> list[str]:
    return list(dict.fromkeys(name.strip().lower() for name in value.split(",") if name.strip()))


def generate(
    resume: Annotated[
        Path | None, typer.Option("--resume", help="The base resume.", show_default="ROLEMAP_RESUME, else a sample")
    ] = None,
    clusters_artifact: ArtifactOption = None,
    output: Annotated[
        Path | None, typer.Option("--output", help="Where the variants go.", show_default="output/variants")
    ] = None,
    formats: Annotated[
        str, typer.Option("--formats", callback=_formats, help="Which formats, parted by commas.")
    ] = ",".join(EXPORT_SUFFIXES),
    page: PageOption = None,
    look: LookOption = None,
    theme: ThemeOption = None,
    accent: AccentOption = None,
    face: FaceOption = None,
    size: SizeOption = None,
    margins: MarginsOption = None,
    dates: DatesOption = None,
    headings: HeadingsOption = None,
    links: LinksOption = None,
    employer_first: EmployerOption = None,
    file_names: NamesOption = None,
    page_numbers: NumbersOption = None,
    fit: FitOption = None,
    every: Annotated[
        bool, typer.Option("--all", help="Also for kinds of role that the resume hardly bears out.")
    ] = False,
    max_bullets: Annotated[
        int | None,
        typer.Option(
            "--max-bullets",
            min=1,
            help="Keep so many bullets a job, those that tell most; fewer of older jobs.",
            show_default="all",
        ),
    ] = None,
    chosen: Annotated[
        Path | None, typer.Option("--set", help="A variant set that was saved, in place of --resume and the rest.")
    ] = None,
    bullets: Annotated[
        bool, typer.Option("--bullets", help="Also put the most relevant bullets of each job first.")
    ] = False,
    use_gpt_rewrite: Annotated[
        bool | None,
        typer.Option(
            "--use-gpt-rewrite/--no-gpt-rewrite",
            help="Have a language model reword the summary and the bullets.",
            show_default="ROLEMAP_USE_LLM, else no",
        ),
    ] = None,
    accept_reading: Annotated[
        bool, typer.Option("--accept-reading", help="Go on with a resume of which much was not understood.")
    ] = False,
    reading_model: ReadingModelOption = False,
    no_gpt_cache: Annotated[bool, typer.Option("--no-gpt-cache", help="Ask the model anew.")] = False,
    as_json: JsonOption = False,
) -> None:
    """Write one variant of a resume for each kind of role that it bears out, with what the role asks for first."""
    options = {"theme": theme, "accent": accent, "face": face, "size": size, "margins": margins, "date_format": dates}
    options |= {"headings": headings, "links": links, "employer_first": employer_first}
    options |= {"file_names": file_names, "page_numbers": page_numbers, "pages": fit}
    saved = services.read_set_file(chosen) if chosen else None
    chosen_look = look_of(look, page, options, saved.look if saved else None)
    artifact, themes = services.variant_themes(clusters_artifact)
    base = services.resume_of_set(saved, str(chosen)) if saved else _read_base(resume, reading_model)
    if not (accept_reading or saved):
        services.require_good_reading(base, READING_ADVICE)
    fits = services.role_fits(base.reading.resume, artifact, themes)
    wanted = saved or services.propose_set(base.reading.resume, themes, fits, every=every, bullets=max_bullets)
    wanted = wanted.model_copy(update={"look": chosen_look, "reorders_bullets": bullets or wanted.reorders_bullets})
    ticked = services.ticked_themes(wanted, themes, "--all writes all the same.")
    folder = output or services.default_variants_folder()
    services.prepare_folder(folder)
    if base.notice:
        print(base.notice, file=sys.stderr)
    with show_progress() as on_progress:
        rewritings = reword(
            base.reading.resume,
            ticked,
            rewrites=get_settings().use_llm if use_gpt_rewrite is None else use_gpt_rewrite,
            read_cache=not no_gpt_cache,
            on_progress=on_progress,
        )
        variants, hidden = services.variants_of(wanted, themes, rewritings)
        finished = services.finish_variants(variants, _split(formats), look=chosen_look, on_progress=on_progress)
    passed = [] if saved else services.passed_over(wanted, fits, "--all writes all.")
    looks = [f"look at this: {doubt.reason}" for doubt in doubts_of(base.reading)]
    notices = [*passed, *hidden, *services.variant_notices(base.reading.resume, variants), *looks]
    written = services.write_variants(finished, folder, wanted, notices)
    left = services.other_resumes(folder, written)
    if as_json:
        print_json(_report(base, finished, written, notices, left))
        return
    print(f"Wrote {len(written)} files to {folder}")
    _print_generated(finished, variants, notices, left)


def _print_generated(
    finished: list[services.FinishedVariant], variants: Sequence[ResumeVariant], notices: list[str], left: list[str]
) -> None:
    print_table(("Cluster", "Slug", "What comes first", "Files"), [_row(variant) for variant in finished])
    print_rewriting(variants)
    _print_readiness(finished)
    for notice in notices:
        print(f"note: {notice}")
    if left:
        print(f"from an earlier run, left as they were: {', '.join(left)}")


def _print_readiness(finished: list[services.FinishedVariant]) -> None:
    """Print each problem once, with the files it stands in the way of, and each advice once."""
    files = [checked for variant in finished for checked in variant.files]
    for problem in dict.fromkeys(problem for file in files for problem in file.problems):
        print(f"not ready: {problem} ({_some([file.file.name for file in files if problem in file.problems])})")
    for advice in dict.fromkeys(text for file in files for text in file.advice):
        print(f"advice: {advice}")


def _some(names: list[str]) -> str:
    return f"{names[0]} and {len(names) - 1} more" if names[1:] else names[0]


def _row(finished: services.FinishedVariant) -> tuple[str, str, str, str]:
    variant = finished.variant
    ready = sum(not checked.problems for checked in finished.files)
    first = ", ".join(move.label for move in variant.moves[:4])
    return variant.name, variant.slug, first, f"{ready} of {len(finished.files)} ready"


def _report(
    base: services.BaseResume,
    finished: list[services.FinishedVariant],
    written: list[Path],
    notices: list[str],
    left: list[str],
) -> dict[str, Any]:
    return {
        "resume": base.origin,
        "output": [str(path) for path in written],
        "notices": [*filter(None, [base.notice]), *notices],
        "left_from_earlier": left,
        "variants": [
            {
                "slug": variant.variant.slug,
                "name": variant.variant.name,
                "order": [move.label for move in variant.variant.moves],
                "rewriting": rewriting_report(variant.variant),
                "files": [
                    {
                        "file": checked.file.name,
                        "ready": not checked.problems,
                        "problems": checked.problems,
                        "advice": checked.advice,
                    }
                    for checked in variant.files
                ],
            }
            for variant in finished
        ],
    }


def parse_resume(
    file: Annotated[Path, typer.Argument(help=f"A resume: {', '.join(RESUME_SUFFIXES)}.")],
    reading_model: ReadingModelOption = False,
    as_json: JsonOption = False,
) -> None:
    """Show what is read of a resume, and how sure that is."""
    reading = _read_base(file, reading_model).reading
    if as_json:
        document = reading.resume.model_dump(mode="json", by_alias=True, exclude_none=True)
        fields = {path: field.model_dump() for path, field in reading.fields.items()}
        doubts = [doubt.reason for doubt in doubts_of(reading)]
        rest = {"doubts": doubts, "notices": reading.notices, "left_out": reading.left_out}
        print_json({"resume": document, "fields": fields, **rest})
        return
    rows = [
        (field.path, field.value, "" if field.confidence is None else f"{field.confidence:.0%}", field.note)
        for field in services.editable_fields(reading)
        if field.value or field.note
    ]
    print_table(("Field", "Text", "Sure", "Note"), rows)
    for doubt in doubts_of(reading):
        print(f"look at this: {doubt.reason}")
    for notice in reading.notices:
        print(f"note: {notice}")
    for text in reading.left_out:
        print(f"left out: {text}")
