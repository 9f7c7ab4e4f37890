"""The two readers of lines, and which of them to believe.

Rules read what is written as most resumes are, word for word; the learned reader reads layouts that no rule foresaw. Of
their readings the one counts that leaves less of the resume over, that of the rules where they are all but equal.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.resumes.model import Education, Project, Resume, Volunteer, Work
from pipeline.resumes.reading.dates import find_dates
from pipeline.resumes.reading.learned.reader import assemble
from pipeline.resumes.reading.learned.tagging import tag_lines, tag_words
from pipeline.resumes.reading.learned.tidy import tidy
from pipeline.resumes.reading.lines import Line
from pipeline.resumes.reading.notes import FieldReading
from pipeline.resumes.reading.reader import read_lines

MAIN = ("name", "position", "start_date")  # what every job has
MANY = 40_000  # characters; hardly a resume has more, and comparing their words with one another takes long
MARGIN = 0.05  # by which the learned reading must leave less over: more than one note among a few jobs
NOTE = 0.3  # of a field that is lacking: words that were put nowhere


@dataclass(frozen=True)
class Understood:
    """A resume, how sure its fields are, and the lines that are none of its text, such as page numbers."""

    resume: Resume
    fields: dict[str, FieldReading]
    left_out: tuple[str, ...] = ()


def understand(lines: Sequence[Line]) -> Understood:
    """Return what lines of a resume say."""
    by_rules = Understood(*read_lines(lines))
    spans = sum(date.is_range for line in lines for date in find_dates(line.text))
    if not left_over(by_rules.resume, spans) or sum(len(line.text) for line in lines) > MANY:
        return by_rules
    learned = understand_layout(lines)
    if left_over(by_rules.resume, spans) <= left_over(learned.resume, spans) + MARGIN:
        return by_rules
    return _with_person(learned, by_rules)


def understand_layout(lines: Sequence[Line]) -> Understood:
    """Return what the learned reader understands, whatever the rules do."""
    tagged = tag_lines(tidy(lines))
    kept = [line for line in tagged if line.role != "page"]
    resume, fields = assemble(kept, tag_words(kept))
    return Understood(resume, fields, tuple(line.line.text for line in tagged if line.role == "page"))


def _with_person(learned: Understood, by_rules: Understood) -> Understood:
    """Take the name and the address of the person from the rules, where those have found them."""
    basics, fields = learned.resume.basics, dict(learned.fields)
    found = {name: value for name in ("name", "email") if (value := getattr(by_rules.resume.basics, name))}
    for name in found:
        fields[f"basics.{name}"] = by_rules.fields[f"basics.{name}"]
    resume = learned.resume.model_copy(update={"basics": basics.model_copy(update=found)})
    return Understood(resume, fields, learned.left_out)


def left_over(resume: Resume, spans: int) -> float:
    """Return how much a reading leaves over, 1 where it has no jobs.

    That is what jobs lack, the spans of time that are nobody's, of as many as the text has, and words put nowhere, as a
    share of all that jobs and spans might have lacked.
    """
    jobs = resume.work
    if not jobs:
        return 1.0
    lacking = sum(getattr(job, name) is None for job in jobs for name in MAIN)
    dated: list[Work | Volunteer | Education | Project]
    dated = [*jobs, *resume.volunteer, *resume.education, *resume.projects]
    unread = max(spans - sum(bool(part.start_date or part.end_date) for part in dated), 0)
    notes = sum(len(part.notes) for part in (*jobs, *resume.education))
    return (lacking + unread + NOTE * notes) / (len(MAIN) * len(jobs) + unread)
