"""Resume variants as files: ordered for each kind of role, exported, read back, and packed or written."""

import io
import os
import zipfile
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path

from pipeline.cluster_artifacts import ClusterArtifact, Evidence, load_artifact, read_overrides
from pipeline.core import ProgressCallback, ProgressEvent, RolemapError, get_settings, ignore_progress, write_atomically
from pipeline.keyword_engine import default_artifact_path, find_terms_in_context
from pipeline.postings import reads_like_title, shown_sentence
from pipeline.resume_generator import Demand, ResumeVariant, ThemeConfig, cluster_themes
from pipeline.resumes import (
    DEFAULT_LOOK,
    EXPORT_SUFFIXES,
    ExportedFile,
    ExportedVariant,
    FileCheck,
    Look,
    Resume,
    check_file,
    export_archive,
    export_name,
    export_resume,
)
from pipeline.services.variant_sets import SET_NAME, VariantSet, write_set

JOB_SLUG = "job description"  # no cluster's slug holds a space
DEFAULT_JOB_NAME = "One Job"


@dataclass(frozen=True)
class CheckedFile:
    """A file of a variant, and what reading it back has shown."""

    file: ExportedFile
    check: FileCheck

    @property
    def problems(self) -> list[str]:
        """What the file loses; one with any is not ready."""
        return [str(difference) for difference in self.check.differences]

    @property
    def advice(self) -> list[str]:
        """What applicant tracking systems would stumble over, and what the export says of the file."""
        return [f.reason for f in self.check.findings if not f.is_passed] + list(self.file.notices)


@dataclass(frozen=True)
class FinishedVariant:
    """A variant with its files, each checked, and the look they have."""

    variant: ResumeVariant
    files: tuple[CheckedFile, ...]
    look: Look = DEFAULT_LOOK


def variant_themes(artifact_path: Path | None = None) -> tuple[ClusterArtifact, list[ThemeConfig]]:
    """Return the artifact in use and what variants are made for. Raises MissingArtifact or BrokenArtifact."""
    path = artifact_path or default_artifact_path()
    artifact = load_artifact(path)
    return artifact, cluster_themes(artifact, read_overrides(path).aliases)


def job_theme(text: str, name: str = "") -> tuple[ThemeConfig, dict[str, Demand]]:
    """Return one job description as what a variant is made for: its keywords, those it repeats most first.

    Raises RolemapError where it names none.
    """
    counts: Counter[str] = Counter()
    demand: dict[str, Demand] = {}
    for match, sentence in find_terms_in_context(text):
        keyword = match.entry.keyword
        counts[keyword] += 1
        example = Evidence(vacancy_id=JOB_SLUG, sentence=shown_sentence(sentence, text[match.start : match.end]))
        demand.setdefault(keyword, Demand(example=example))
    if not counts:
        raise RolemapError("The job description names no skill or technology that Rolemap knows: check the text.")
    keywords = [keyword for keyword, _ in counts.most_common()]  # of equal counts, the first named first
    first_line = text.strip().split("\n", 1)[0]
    shown = " ".join((name or (first_line if reads_like_title(first_line) else "")).split())
    return {"slug": JOB_SLUG, "name": shown or DEFAULT_JOB_NAME, "keywords": keywords}, demand


def variant_notices(resume: Resume, variants: Sequence[ResumeVariant]) -> list[str]:
    """Return what the user should know before sending a variant: above all, why it may be like any other."""
    notices = []
    if not resume.skills:
        notices.append("The resume has no skills section that could be ordered.")
    elif len(resume.skills) == 1:
        notices.append("The resume has one category of skills: only the skills inside it are ordered.")
    if not resume.work:
        notices.append("No jobs were found in the resume.")
    if not resume.basics.name:
        notices.append("No name was found in the resume: the files are called Resume.")
    same = [variant.name for variant in variants if variant.resume == resume]
    if same:
        names = ", ".join(same)
        notices.append(f"Already in the order that the role asks for, or without any of its keywords: {names}.")
    return notices


def finish_variants(
    variants: Sequence[ResumeVariant],
    suffixes: Sequence[str] = EXPORT_SUFFIXES,
    *,
    look: Look = DEFAULT_LOOK,
    on_progress: ProgressCallback = ignore_progress,
) -> list[FinishedVariant]:
    """Export each variant to each format and read every file back. Raises RolemapError.

    Variants that say the same in the same order share their work.
    """
    documents = [variant.resume.model_dump_json(by_alias=True) for variant in variants]
    distinct = {document: variant.resume for document, variant in zip(documents, variants, strict=True)}
    jobs = [(document, suffix) for document in distinct for suffix in suffixes]
    done: dict[tuple[str, str], CheckedFile] = {}
    with ThreadPoolExecutor(max_workers=min(4, os.cpu_count() or 1)) as pool:
        checked = pool.map(lambda job: _checked_file(distinct[job[0]], job[1], look), jobs)
        for number, (job, file) in enumerate(zip(jobs, checked, strict=True), start=1):
            done[job] = file
            on_progress(ProgressEvent("Writing and reading back", number, len(jobs)))
    return [
        FinishedVariant(variant, tuple(_named(done[document, each], variant, each, look) for each in suffixes), look)
        for document, variant in zip(documents, variants, strict=True)
    ]


def _checked_file(resume: Resume, suffix: str, look: Look) -> CheckedFile:
    file = export_resume(resume, suffix, look=look)
    return CheckedFile(file, check_file(resume, file.data, suffix, look))


def _named(checked: CheckedFile, variant: ResumeVariant, suffix: str, look: Look) -> CheckedFile:
    name = export_name(variant.resume, variant.name, suffix, look)
    return replace(checked, file=replace(checked.file, name=name))


def pack_variants(
    variants: Sequence[FinishedVariant],
    suffix: str | None = None,
    *,
    chosen: VariantSet | None = None,
    notices: Sequence[str] = (),
) -> bytes:
    """Return a ZIP archive of the variants' files, of one format or all, with a manifest that says what is ready.

    The look that they all have lies beside them, as the file that sets it, and so does the set that they come from.
    The notices become part of the manifest.
    """
    look = variants[0].look if variants else DEFAULT_LOOK
    more = {SET_NAME: write_set(chosen)} if chosen else {}
    return export_archive([_exported(variant, suffix) for variant in variants], look, more=more, notices=notices)


def _exported(finished: FinishedVariant, suffix: str | None) -> ExportedVariant:
    files = tuple(
        replace(checked.file, notices=(*(f"Not ready: {problem}" for problem in checked.problems), *checked.advice))
        for checked in finished.files
        if suffix is None or checked.file.name.endswith(f".{suffix}")
    )
    rewriting = finished.variant.rewriting
    return ExportedVariant(
        finished.variant.slug, finished.variant.name, files, None if rewriting is None else rewriting.record()
    )


def default_variants_folder() -> Path:
    """Return where variants go unless a command names another place."""
    return get_settings().output_path / "variants"


def prepare_folder(folder: Path) -> None:
    """Make the folder of the variants, so that one that cannot be had is told before the work. Raises RolemapError."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        reason = error.strerror or error
        raise RolemapError(f"Cannot write to {folder}: {reason}. Choose another place with --output.") from error


def write_variants(
    variants: Sequence[FinishedVariant], folder: Path, chosen: VariantSet | None = None, notices: Sequence[str] = ()
) -> list[Path]:
    """Write what `pack_variants` packs into a folder, each file in one step, the manifest last; return where they lie.

    Raises RolemapError where it cannot.
    """
    with zipfile.ZipFile(io.BytesIO(pack_variants(variants, chosen=chosen, notices=notices))) as archive:
        paths = [folder / name for name in archive.namelist()]
        for path in paths:
            write_atomically(path, archive.read(path.name))
    return paths


def other_resumes(folder: Path, written: Sequence[Path]) -> list[str]:
    """Return the names of resumes that lie in the folder from before, and so may be out of date."""
    mine = {path.name for path in written}
    suffixes = {f".{suffix}" for suffix in EXPORT_SUFFIXES}
    return sorted(path.name for path in folder.iterdir() if path.suffix in suffixes and path.name not in mine)
