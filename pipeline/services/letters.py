"""A cover letter for one job description: the facts, the frame, the files."""

import io
import json
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.cluster_matcher import JobDescription
from pipeline.core import ProgressCallback, ignore_progress, write_atomically
from pipeline.postings import language_name, language_of
from pipeline.resume_generator import Letter, write_letter
from pipeline.resumes import DEFAULT_LOOK, LETTER_SUFFIXES, ExportedFile, Look, Resume, export_letter, resume_language
from pipeline.services.rewriting import RewritePlan, plan_rewrites, rewrite_variants
from pipeline.services.variants import DEFAULT_JOB_NAME, job_theme

REPORT_NAME = "letter.json"  # in an archive


@dataclass(frozen=True)
class FinishedLetter:
    """A letter with its files; `usage` says what asking a model took, `notices` what the user should know."""

    letter: Letter
    files: tuple[ExportedFile, ...]
    usage: str = ""
    notices: tuple[str, ...] = ()


def make_letter(
    resume: Resume,
    job: JobDescription,
    *,
    suffixes: Sequence[str] = LETTER_SUFFIXES,
    look: Look = DEFAULT_LOOK,
    rewrites: bool = False,
    on_progress: ProgressCallback = ignore_progress,
) -> FinishedLetter:
    """Return the letter for a job description, in a model's better words where that is wanted.

    Raises RolemapError where the job names nothing known or the resume shows nothing of it, and ModelNotConfigured.
    """
    theme, _ = job_theme(job.text, job.title or "")
    reworded, usage = None, ""
    if rewrites:
        run = rewrite_variants(resume, [theme], on_progress=on_progress)
        reworded, usage = run.variants[0].resume, run.usage
    letter = write_letter(resume, theme, job.title or "", reworded=reworded)
    name = job.title or DEFAULT_JOB_NAME
    files = [export_letter(resume, letter.blocks, suffix, job_name=name, look=look) for suffix in suffixes]
    said = [notice for file in files for notice in file.notices]
    notices = dict.fromkeys([*_language_notices(resume, job.text), *said])
    return FinishedLetter(letter, tuple(files), usage, tuple(notices))


def _language_notices(resume: Resume, posting: str) -> list[str]:
    """Say so where a letter is in another language than the posting: the facts are told as the resume tells them."""
    asked, written = language_of(posting), resume_language(resume)
    if not asked or asked == written:
        return []
    mine, theirs = language_name(written), language_name(asked)
    return [
        f"The posting is in {theirs}, your resume in {mine}: the letter is in {mine}, so that every fact stays as you "
        f"wrote it. With a resume in {theirs} it would be in {theirs}."
    ]


def plan_letter(resume: Resume, job: JobDescription) -> RewritePlan:
    """Return what a letter in a model's words would send and take. Raises ModelNotConfigured and RolemapError."""
    return plan_rewrites(resume, [job_theme(job.text, job.title or "")[0]])


def save_letter(finished: FinishedLetter, folder: Path) -> list[Path]:
    """Write the files of a letter into a folder; return where they lie. Raises RolemapError."""
    for file in finished.files:
        write_atomically(folder / file.name, file.data)
    return [folder / file.name for file in finished.files]


def letter_report(finished: FinishedLetter) -> dict[str, Any]:
    """Return what each sentence of a letter rests on, what was held back and why, and what the user should know."""
    letter = finished.letter
    return {
        "facts": [
            {"text": fact.text, "source": fact.source, "asked_for": sorted(fact.keywords)} for fact in letter.facts
        ],
        "held_back": [*letter.held_back],
        "notices": [*finished.notices],
    }


def pack_letter(finished: FinishedLetter) -> bytes:
    """Return the files of a letter as a ZIP archive, with the report."""
    report = json.dumps(letter_report(finished), ensure_ascii=False, indent=2) + "\n"
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in finished.files:
            archive.writestr(zipfile.ZipInfo(file.name), file.data)
        archive.writestr(zipfile.ZipInfo(REPORT_NAME), report)
    return packed.getvalue()
