"""The two readers of lines, and what of each to believe.

The learned reader reads layouts that no rule foresaw, and tells employers from positions by what it has seen of
thousands. Rules read what is written as our own exports are, word for word: their reading counts where it leaves
nearly nothing over and the learned one names the jobs alike, leaves more, or names them no better; those jobs and
studies that the learned reader is sure of have the names that it gives them.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import fmean
from typing import TypeVar

from pipeline.resumes.model import Education, Project, Resume, Volunteer, Work
from pipeline.resumes.reading.dates import find_dates
from pipeline.resumes.reading.job_words import is_organisation, title_score
from pipeline.resumes.reading.learned.reader import assemble
from pipeline.resumes.reading.learned.tagging import tag_lines, tag_words
from pipeline.resumes.reading.learned.tidy import tidy
from pipeline.resumes.reading.lines import Line
from pipeline.resumes.reading.notes import FieldReading
from pipeline.resumes.reading.reader import read_lines

Dated = TypeVar("Dated", Work, Education)
MAIN = ("name", "position", "start_date")  # what every job has
MANY = 40_000  # characters; hardly a resume has more, and comparing their words with one another takes long
SPARE = 0.034  # that the rules may leave over and yet have read all: a few words put nowhere
LITTLE = 0.1  # that they may leave over where the readings are alike, or where the learned one leaves or doubts much
MUCH = 0.15  # that the learned reading leaves over or doubts beyond the rules' one
MORE = 0.065  # that the learned reading leaves over or doubts beyond the rules' one, where that is believed
ALIKE = 0.9  # of the jobs; then the rules, which read the rest word for word, are believed
NOTE = 0.3  # of a field that is lacking: words that were put nowhere
PARTED = 3.5  # words of a skill on average; the items of a list that was read have fewer
SURE = 0.9  # of what a job or a study is called
_NAMED = {
    "work": {"name": "name", "position": "position"},
    "education": {"institution": "institution", "study_type": "studyType"},
}
_DECISIVE = {"work": ("name", "position"), "education": ("institution",)}  # a degree is parted in many ways
_BESIDE = {"work": ("location", "notes"), "education": ("area", "location", "score", "notes")}
_KEYS = ("name", "position", "startDate")


@dataclass(frozen=True)
class Understood:
    """A resume, how sure its fields are, and the lines that are none of its text, such as page numbers."""

    resume: Resume
    fields: dict[str, FieldReading]
    left_out: tuple[str, ...] = ()


def understand(lines: Sequence[Line]) -> Understood:
    """Return what lines of a resume say."""
    by_rules = Understood(*read_lines(lines))
    if sum(len(line.text) for line in lines) > MANY:
        return by_rules
    learned = understand_layout(lines)
    spans = sum(date.is_range for line in lines for date in find_dates(line.text))
    lost = left_over(by_rules.resume, spans)
    more = left_over(learned.resume, spans) + 1 - _sureness(learned) - lost
    are_alike = _alike(by_rules.resume, learned.resume) >= ALIKE
    if lost > (LITTLE if are_alike or more > MUCH else SPARE):
        return learned
    if not are_alike and more < MORE and _told_apart(by_rules.resume.work) < _told_apart(learned.resume.work):
        return learned
    named = _with_names(by_rules, learned)
    return named if _has_parted_skills(by_rules.resume) else _with_skills(named, learned)


def understand_layout(lines: Sequence[Line]) -> Understood:
    """Return what the learned reader understands, whatever the rules do."""
    tagged = tag_lines(tidy(lines))
    kept = [line for line in tagged if line.role != "page"]
    resume, fields = assemble(kept, tag_words(kept))
    return Understood(resume, fields, tuple(line.line.text for line in tagged if line.role == "page"))


def _with_names(by_rules: Understood, learned: Understood) -> Understood:
    """Call jobs and studies what the learned reader does, where it is sure; those of the same dates are the same."""
    fields = dict(by_rules.fields)
    resume = by_rules.resume.model_copy(
        update={
            "work": _named("work", by_rules.resume.work, learned.resume.work, learned.fields, fields),
            "education": _named(
                "education", by_rules.resume.education, learned.resume.education, learned.fields, fields
            ),
        }
    )
    return Understood(resume, fields, by_rules.left_out)


def _named(
    section: str,
    parts: Sequence[Dated],
    others: Sequence[Dated],
    known: dict[str, FieldReading],
    fields: dict[str, FieldReading],
) -> list[Dated]:
    """Return the parts with the names of the others of the same dates, and put how sure those are into fields."""
    own, theirs = (Counter((part.start_date, part.end_date) for part in found) for found in (parts, others))
    places = {(other.start_date, other.end_date): place for place, other in enumerate(others)}
    found = []
    for number, part in enumerate(parts):
        dates = (part.start_date, part.end_date)
        place = places.get(dates)
        if place is not None and any(dates) and own[dates] == theirs[dates] == 1:
            sure = {key: known.get(f"{section}[{place}].{key}") for key in _NAMED[section].values()}
            if _is_better_named(section, part, others[place], list(sure.values())):
                taken = (*_NAMED[section], *_BESIDE[section])
                part = part.model_copy(update={name: getattr(others[place], name) for name in taken})
                fields |= {f"{section}[{number}].{key}": reading for key, reading in sure.items() if reading}
        found.append(part)
    return found


def _is_better_named(section: str, part: Dated, other: Dated, readings: Sequence[FieldReading | None]) -> bool:
    """Tell whether another reading of a part is sure that the words of its heading make other names.

    One that the part lacks must stand in its notes. Names that only lack some words of the part's own are no better,
    unless those stood in brackets, nor are those of a job that its words speak against.
    """
    if not all(reading and reading.confidence >= SURE for reading in readings):
        return False
    if isinstance(part, Work) and isinstance(other, Work) and _told_apart([part]) > _told_apart([other]):
        return False
    names: list[tuple[str, str]]
    names = [(getattr(part, name) or "", getattr(other, name) or "") for name in _DECISIVE[section]]
    missed: list[str]
    missed = [getattr(other, name) for name in _NAMED[section] if not getattr(part, name) and getattr(other, name)]
    changed = [(one, another) for one, another in names if one != another]
    shortened = all(one.startswith(another) and one[len(another) :].strip()[:1] != "(" for one, another in changed)
    if shortened and not missed:
        return False
    own, theirs = _words(one for one, _ in names), _words([*(another for _, another in names), *missed])
    spare = _words([part.location, *(part.notes if missed else ())])
    return theirs <= own | spare and own <= theirs | _words([other.location, *other.notes])


def _words(texts: Iterable[str | None]) -> set[str]:
    return {word for text in texts if text for word in re.findall(r"\w+", text)}


def _alike(one: Resume, other: Resume) -> float:
    """Return how many jobs two readings name alike, of all that they have; 1 where there are none."""
    names, others = (Counter((_bare(job.name), _bare(job.position)) for job in found.work) for found in (one, other))
    count = names.total() + others.total()
    return 2 * (names & others).total() / count if count else 1.0


def _told_apart(jobs: Sequence[Work]) -> float:
    """Return how much the words of employers and positions speak for their being so, rather than the other way."""
    pairs = [(job.name or "", job.position or "") for job in jobs]
    titles = sum(title_score(position) - title_score(name) for name, position in pairs)
    return titles + sum(is_organisation(name) - is_organisation(position) for name, position in pairs)


def _bare(text: str | None) -> str:
    return re.sub(r"\W+", "", (text or "").casefold())


def _sureness(reading: Understood) -> float:
    """Return how sure a reading is of its jobs' fields, 0 where it has none."""
    known = [reading.fields.get(f"work[{number}].{key}") for number in range(len(reading.resume.work)) for key in _KEYS]
    return fmean([field.confidence for field in known if field] or [0.0])


def _has_parted_skills(resume: Resume) -> bool:
    """Tell whether lists of skills were read item by item."""
    counts = [len(item.split()) for skill in resume.skills for item in skill.keywords]
    return bool(counts) and fmean(counts) <= PARTED


def _with_skills(reading: Understood, other: Understood) -> Understood:
    """Take the skills from another reading, where it has any."""
    if not other.resume.skills:
        return reading
    resume = reading.resume.model_copy(update={"skills": other.resume.skills})
    fields = {path: field for path, field in reading.fields.items() if not path.startswith("skills")}
    fields |= {path: field for path, field in other.fields.items() if path.startswith("skills")}
    return Understood(resume, fields, reading.left_out)


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
