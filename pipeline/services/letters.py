"""A cover letter for one job description: the facts, the frame, the files."""

import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.cluster_matcher import JobDescription
from pipeline.core import ProgressCallback, ignore_progress, write_atomically
from pipeline.resume_generator import Letter, write_letter
from pipeline.resumes import DEFAULT_LOOK, LETTER_SUFFIXES, ExportedFile, Look, Resume, export_letter
from pipeline.services.rewriting import rewrite_variants
from pipeline.services.variants import DEFAULT_JOB_NAME, job_theme


@dataclass(frozen=True)
class FinishedLetter:
    """A letter with its files; `usage` says what asking a model took."""

    letter: Letter
    files: tuple[ExportedFile, ...]
    usage: str = ""


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
    return FinishedLetter(letter, tuple(files), usage)


def save_letter(finished: FinishedLetter, folder: Path) -> list[Path]:
    """Write the files of a letter into a folder; return where they lie. Raises RolemapError."""
    for file in finished.files:
        write_atomically(folder / file.name, file.data)
    return [folder / file.name for file in finished.files]


def pack_letter(finished: FinishedLetter) -> bytes:
    """Return the files of a letter as a ZIP archive."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in finished.files:
            archive.writestr(zipfile.ZipInfo(file.name), file.data)
    return packed.getvalue()
