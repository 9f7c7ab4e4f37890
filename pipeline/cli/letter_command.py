"""The command that writes a cover letter."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from pipeline import services
from pipeline.cli.look_options import LookOption, PageOption, ThemeOption, look_of
from pipeline.cli.terminal import JsonOption, print_json, show_progress
from pipeline.core import RolemapError, get_settings
from pipeline.resumes import LETTER_SUFFIXES


def letter(
    job: Annotated[str, typer.Option("--job", help="A job description, or - for standard input.")],
    resume: Annotated[
        Path | None, typer.Option("--resume", help="The resume.", show_default="ROLEMAP_RESUME, else a sample")
    ] = None,
    output: Annotated[
        Path | None, typer.Option("--output", help="Where the letter goes.", show_default="output/variants")
    ] = None,
    formats: Annotated[str, typer.Option("--formats", help="Which formats, parted by commas.")] = ",".join(
        LETTER_SUFFIXES
    ),
    page: PageOption = None,
    look: LookOption = None,
    theme: ThemeOption = None,
    use_gpt_rewrite: Annotated[
        bool | None,
        typer.Option(
            "--use-gpt-rewrite/--no-gpt-rewrite",
            help="Have a language model reword the facts.",
            show_default="ROLEMAP_USE_LLM, else no",
        ),
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Write a letter for one job: the facts of the resume that it asks for, each checked, in a fixed frame."""
    chosen_look = look_of(look, page, {"theme": theme})
    suffixes = list(dict.fromkeys(name.strip().lower() for name in formats.split(",") if name.strip()))
    if not suffixes or set(suffixes) - set(LETTER_SUFFIXES):
        raise typer.BadParameter(f"choose --formats among {','.join(LETTER_SUFFIXES)}.")
    inputs = services.read_stdin_job(sys.stdin.buffer.read()) if job == "-" else services.read_jobs(Path(job))
    if len(inputs.jobs) != 1:
        raise RolemapError(f"{job} holds {len(inputs.jobs)} job descriptions; a letter is for one: name its file.")
    base = services.load_base_resume(resume)
    if base.notice:
        print(base.notice, file=sys.stderr)
    rewrites = get_settings().use_llm if use_gpt_rewrite is None else use_gpt_rewrite
    if rewrites:
        print(services.plan_letter(base.reading.resume, inputs.jobs[0]), file=sys.stderr)
    folder = output or services.default_variants_folder()
    with show_progress() as on_progress:
        finished = services.make_letter(
            base.reading.resume,
            inputs.jobs[0],
            suffixes=suffixes,
            look=chosen_look,
            rewrites=rewrites,
            on_progress=on_progress,
        )
    written = services.save_letter(finished, folder)
    if as_json:
        print_json({"output": [str(path) for path in written]} | services.letter_report(finished))
        return
    for path in written:
        print(f"Wrote {path}")
    for fact in finished.letter.facts:
        print(f"fact: {fact.text} ({', '.join(sorted(fact.keywords))})")
    for reason in finished.letter.held_back:
        print(f"held back: {reason}")
    for notice in finished.notices:
        print(f"note: {notice}")
