"""The two readers of lines, and which of them to believe.

Rules read what is written as most resumes are, word for word; the learned reader reads layouts that no rule foresaw. Of
their readings the one counts whose jobs lack less, that of the rules where they are equal.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.resumes.model import Resume
from pipeline.resumes.reading.learned.reader import assemble
from pipeline.resumes.reading.learned.tagging import Tagged, tag_lines, tag_words
from pipeline.resumes.reading.learned.tidy import tidy
from pipeline.resumes.reading.lines import Line
from pipeline.resumes.reading.notes import FieldReading
from pipeline.resumes.reading.reader import read_lines

MAIN = ("name", "position", "start_date")  # what every job has


@dataclass(frozen=True)
class Understood:
    """A resume, how sure its fields are, and the lines that are none of its text, such as page numbers."""

    resume: Resume
    fields: dict[str, FieldReading]
    left_out: tuple[str, ...] = ()


def understand(lines: Sequence[Line]) -> Understood:
    """Return what lines of a resume say."""
    by_rules = Understood(*read_lines(lines))
    if not lacking(by_rules.resume):
        return by_rules
    learned = _learned(tag_lines(tidy(lines)))
    return by_rules if lacking(by_rules.resume) <= lacking(learned.resume) else learned


def _learned(lines: Sequence[Tagged]) -> Understood:
    kept = [line for line in lines if line.role != "page"]
    resume, fields = assemble(kept, tag_words(kept))
    return Understood(resume, fields, tuple(line.line.text for line in lines if line.role == "page"))


def lacking(resume: Resume) -> float:
    """Return the share of employers, positions and starts that jobs lack, 1 where there are no jobs."""
    jobs = resume.work
    return sum(getattr(job, name) is None for job in jobs for name in MAIN) / (len(MAIN) * len(jobs)) if jobs else 1.0
