"""Labelled pairs of a resume's sentence and a rewrite: those of the fixtures, and files of the same kind."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.resumes import Resume

FIXTURES = Path(__file__).resolve().parent.parent / "tests" / "fixtures"
KEPT_BATCH = 14  # of the fixtures' pairs: never trained on, so that a test can tell what was learnt
LESSONS = Path(__file__).resolve().parent / "lessons"
CONTRASTS = LESSONS / "contrasts"  # written and labelled by hand, each file by another writer
KEPT_WRITER = "fourth"  # never trained on: sets the threshold


@dataclass(frozen=True)
class Pair:
    """A rewrite of a sentence of a job, and whether it goes beyond it."""

    source: str
    rewritten: str
    is_fabricated: bool
    kind: str
    resume: Resume
    work_index: int
    group: str  # whose resume it is: all pairs of one resume are trained on or none
    batch: int = 0
    faults: tuple[str, ...] | None = None  # the words at fault where they are known
    lost: str = ""  # what the rewrite leaves out of the source and may not


def fixture_pairs() -> Iterator[Pair]:
    """Yield the pairs of the fixtures."""
    stored = json.loads((FIXTURES / "fact_guard_resumes.json").read_text(encoding="utf-8"))
    resumes = {name: Resume.model_validate(document) for name, document in stored.items()}
    for line in (FIXTURES / "fact_guard_pairs.jsonl").read_text(encoding="utf-8").splitlines():
        one = json.loads(line)
        resume = resumes[one["resume"]]
        source = resume.work[one["work"]].highlights[one["bullet"]]
        is_fabricated = one["label"] == "fabricated"
        yield Pair(
            source, one["rewritten"], is_fabricated, one["kind"], resume, one["work"], one["resume"], one["batch"]
        )


def stored_pairs(path: Path) -> Iterator[Pair]:
    """Yield the pairs of a file; their resumes lie beside it, in a file whose name ends in `_contexts.json`."""
    contexts = json.loads(path.with_name(f"{path.stem}_contexts.json").read_text(encoding="utf-8"))
    named = contexts if isinstance(contexts, dict) else {one["context_id"]: one for one in contexts}
    resumes = {name: Resume.model_validate(_json_resume(one["resume"])) for name, one in named.items()}
    for line in path.read_text(encoding="utf-8").splitlines():
        one = json.loads(line)
        resume, label = resumes[one["context_id"]], one["label"] == "fabricated"
        group = f"{path.stem}/{one['context_id']}"
        yield Pair(one["source_bullet"], one["rewritten"], label, one["kind"], resume, one["employer_index"], group)


def _json_resume(stored: Mapping[str, Any]) -> dict[str, Any]:
    jobs = [{"name": w["employer"], "position": w["position"], "highlights": w["bullets"]} for w in stored["work"]]
    skills = [{"name": name, "keywords": words} for name, words in (stored.get("skills") or {}).items()]
    return {"basics": {"name": "Sample Person", "summary": stored.get("summary")}, "skills": skills, "work": jobs}


def lesson_pairs() -> Iterator[Pair]:
    """Yield the pairs written to learn from: a job with its skills (@), sentences (=), true rewrites, inventions."""
    for path in sorted(LESSONS.glob("*.txt")):
        for number, job in enumerate(f"\n{path.read_text(encoding='utf-8')}".split("\n@ ")[1:]):
            head, *lines = job.splitlines()
            yield from _lessons(head, [line for line in lines if line], f"{path.stem}/{number}")


def contrast_pairs(path: Path) -> Iterator[Pair]:
    """Yield the pairs of a file of contrasts: a line a sentence, with its owner's skills and labelled rewrites."""
    for line in path.read_text(encoding="utf-8").splitlines():
        one = json.loads(line)
        source = one["source"]
        resume = _small_resume([source], one["skills"])
        for rewrite in one["rewrites"]:
            faults, lost = tuple(rewrite.get("faults", ())), rewrite.get("lost", "")
            yield Pair(
                source, rewrite["text"], not rewrite["true"], rewrite["kind"], resume, 0, f"{path.stem}/{source}",
                faults=faults, lost=lost,
            )  # fmt: skip


def _small_resume(sentences: list[str], skills: list[str], position: str = "Worker", employer: str = "Firm") -> Resume:
    return Resume.model_validate(
        {
            "basics": {"name": "Sample Person"},
            "skills": [{"name": "Skills", "keywords": skills}],
            "work": [{"name": employer, "position": position, "highlights": sentences}],
        }
    )


def _lessons(head: str, lines: list[str], group: str) -> Iterator[Pair]:
    title, _, skills = head.partition(" | ")
    position, _, employer = title.partition(", ")
    sentences = [line[2:] for line in lines if line.startswith("= ")]
    resume = _small_resume(sentences, skills.split(", "), position, employer)
    source = ""
    for line in lines:
        mark, text = line[0], line[2:]
        if mark == "=":
            source = text
        else:
            yield Pair(source, text, mark == "-", "lesson", resume, 0, group)
