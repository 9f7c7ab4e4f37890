"""Times the export of ten variants in four formats, and what reading them back costs: python benchmarks/export.py."""

import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from pipeline.resumes import EXPORT_SUFFIXES, ExportedVariant, Resume, check_file, export_archive, export_resume

VARIANT_COUNT = 10


def sample_resume() -> Resume:
    jobs = [
        {
            "name": f"Employer {number}",
            "position": "Data Engineer",
            "location": "Berlin, Germany",
            "startDate": f"{2020 - 2 * number}-03",
            "endDate": f"{2022 - 2 * number}-02",
            "highlights": [f"Moved {10 * n} nightly jobs to an event stream that runs unwatched" for n in range(1, 7)],
        }
        for number in range(5)
    ]
    skills = [{"name": f"Group {n}", "keywords": ["Python", "SQL", "Airflow", "Terraform", "Kafka"]} for n in range(6)]
    basics = {"name": "Jane Doe", "label": "Data Engineer", "email": "jane@example.com", "summary": "Builds. " * 9}
    education = [{"institution": "University of Oslo", "studyType": "MSc", "area": "Informatics", "endDate": "2012-06"}]
    return Resume.model_validate({"basics": basics, "skills": skills, "work": jobs, "education": education})


def exported(resume: Resume, slug: str, name: str) -> ExportedVariant:
    files = tuple(export_resume(resume, suffix, cluster_name=name) for suffix in EXPORT_SUFFIXES)
    return ExportedVariant(slug, name, files)


def variants_of(resume: Resume) -> list[ExportedVariant]:
    """Export one variant a cluster, each with its skills turned by one, so that no two documents are alike."""
    variants = []
    for number in range(VARIANT_COUNT):
        skills = [*resume.skills[number % 6 :], *resume.skills[: number % 6]]
        work = [job.model_copy(update={"highlights": [f"{number} {h}" for h in job.highlights]}) for job in resume.work]
        variant = resume.model_copy(update={"skills": skills, "work": work})
        variants.append(exported(variant, f"role-{number}", f"Role {number}"))
    return variants


def main() -> None:
    resume = sample_resume()
    start = time.perf_counter()
    exported(resume, "warm-up", "Warm-up")
    started = time.perf_counter()
    variants = variants_of(resume)
    packed = export_archive(variants)
    ended = time.perf_counter()
    print(f"start-up and first variant: {started - start:.2f} s")
    what = f"{VARIANT_COUNT} variants in {len(EXPORT_SUFFIXES)} formats and the archive ({len(packed):,} bytes)"
    print(f"{what}: {ended - started:.2f} s")
    for file in variants[0].files:
        before = time.perf_counter()
        check_file(resume, file.data, file.name.rpartition(".")[2])
        print(f"reading {file.name} back: {time.perf_counter() - before:.2f} s")


if __name__ == "__main__":
    main()
