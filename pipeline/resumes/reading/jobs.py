"""Jobs: which name in a heading is the employer and which the position, and what was done there."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from pipeline.resumes.model import Work
from pipeline.resumes.reading.dates import is_duration
from pipeline.resumes.reading.entries import Entry, split_entries
from pipeline.resumes.reading.entry_lines import is_sentence
from pipeline.resumes.reading.header_parts import HeaderParts, Part, take_apart, unknown_place
from pipeline.resumes.reading.job_words import is_organisation, title_score
from pipeline.resumes.reading.lines import COMMA, Line
from pipeline.resumes.reading.notes import Noted
from pipeline.resumes.reading.places import is_place, looks_like_town, split_place

DECISIVE = 1.0  # difference of two title scores that outweighs how the other entries are arranged
_AT = re.compile(r"\s+(?:at|@|bei|chez|presso)\s+|\s*@\s+")
_ANNOUNCES = re.compile(
    r"(?:key |main |my |job )?(?:roles? (?:and|&) )?(?:responsibilities|achievements|accomplishments|duties|tasks|"
    r"aufgaben|tätigkeiten|verantwortung|missions|tâches|funciones|responsabilidades|logros|mansioni|attività|atividades)"
    r"(?: (?:and|&) (?:responsibilities|achievements|accomplishments|duties|tasks))?\s*(?:include\w*)?\s*:?",
    re.I,
)
_EMPLOYER_LABELS = "company employer organization organisation client firma arbeitgeber entreprise".split()
_POSITION_LABELS = ("position", "title", "role", "job title", "designation", "stelle", "poste")


@dataclass
class Job:
    """One entry on its way to a work item."""

    entry: Entry
    found: HeaderParts
    employer: Part | None = None
    position: Part | None = None
    sureness: float = 0.6
    extras: list[str] = field(default_factory=list)


def read_jobs(lines: Sequence[Line]) -> list[Noted[Work]]:
    """Return the positions of a work section, one item each."""
    jobs = [Job(entry, take_apart(entry.header)) for entry in split_entries(lines)]
    headed = [job for job in jobs if job.found.parts]
    lean = sum(_lean(job) for job in headed)
    for job in headed:
        _assign(job, lean)
    _part_towns(headed)
    return [_work(job) for job in _with_employers(jobs)]


def _candidates(job: Job) -> list[Part]:
    """Return the names of a heading, one that holds both employer and position split in two."""
    parts = job.found.parts
    if len(parts) >= 2:
        return parts
    split = _split_name(parts[0]) if parts else []
    return split or list(parts)


def _split_name(part: Part) -> list[Part]:
    """Split `Software Engineer, Intern, Acme` or `Engineer at Acme` where the two halves differ most."""
    at = _AT.split(part.text, maxsplit=1)
    if len(at) == 2 and title_score(at[0]) > 0:
        return [
            replace(part, text=at[0].strip(" ,"), label="position"),
            replace(part, text=at[1].strip(" ,"), label="employer"),
        ]
    pieces = [piece.strip() for piece in COMMA.split(part.text)]
    best: tuple[float, list[Part]] = (0.4, [])
    for cut in range(1, len(pieces)):
        left, right = ", ".join(pieces[:cut]), ", ".join(pieces[cut:])
        difference = abs(title_score(left) - title_score(right)) - 0.01 * abs(2 * cut - len(pieces))
        if difference > best[0]:
            best = (difference, [replace(part, text=left), replace(part, text=right)])
    return best[1]


def _lean(job: Job) -> float:
    """Say how much an entry speaks for the position standing first (above 0) or second (below 0)."""
    parts = _candidates(job)
    if len(parts) < 2:
        return 0.0
    first, second = parts[0], parts[1]
    return max(-2.0, min(2.0, title_score(first.text) - title_score(second.text)))


def _assign(job: Job, lean: float) -> None:
    parts = _candidates(job)
    labelled = [part for part in parts if part.label in _POSITION_LABELS or part.label in _EMPLOYER_LABELS]
    if len(labelled) == 2 or (len(parts) == 2 and labelled):
        positions = [part for part in parts if part.label in _POSITION_LABELS] or [
            p for p in parts if p not in labelled
        ]
        job.position = positions[0]
        job.employer = next(part for part in parts if part is not job.position)
        job.sureness = 0.95
        parts = [part for part in parts if part not in (job.position, job.employer)]
    elif len(parts) == 1:
        job.sureness = 0.8 if abs(title_score(parts[0].text)) >= DECISIVE else 0.5
        if title_score(parts[0].text) > 0:
            job.position = parts[0]
        else:
            job.employer = parts[0]
        parts = []
    else:
        pair = _pair(parts)
        own = title_score(pair[0].text) - title_score(pair[1].text)
        is_first = own > 0 if abs(own) >= DECISIVE else (own + lean > 0 if own + lean else pair[0].line == pair[1].line)
        job.position, job.employer = pair if is_first else (pair[1], pair[0])
        job.sureness = 0.95 if abs(own) >= DECISIVE else 0.8 if own + lean else 0.4
        parts = [part for part in parts if part not in pair]
    _set_rest(job, parts)


def _pair(parts: Sequence[Part]) -> tuple[Part, Part]:
    """Choose the two names that are employer and position: the best title, and the first other that is no place."""
    scores = [title_score(part.text) for part in parts]
    title = max(range(len(parts)), key=lambda index: (scores[index], -index))
    if scores[title] <= 0:
        return parts[0], parts[1]
    others = [index for index in range(len(parts)) if index != title]
    other = min(
        others,
        key=lambda index: (
            is_place(parts[index].text),
            parts[index].heading > 1,
            scores[index] > 0.9,
            abs(index - title),
            index,
        ),
    )
    first, second = sorted((title, other))
    return parts[first], parts[second]


def _set_rest(job: Job, rest: list[Part]) -> None:
    if rest and not job.found.place:
        place = unknown_place([part for part in (job.position, job.employer, *rest) if part])
        if place in rest:
            job.found.place = place.text if place else None
            rest = [part for part in rest if part is not place]
    # A length of time says no more than the dates beside it, and is wrong beside others.
    job.extras += [part.text for part in rest] + ([] if job.found.dates else job.found.leftovers)
    if job.employer and not job.found.place:
        name, place_text = split_place(job.employer.text)
        if place_text and name:
            job.employer, job.found.place = replace(job.employer, text=name), place_text


def _part_towns(jobs: Sequence[Job]) -> None:
    """Part unknown towns off the employers' names, where every employer has one after its comma."""
    named = [job for job in jobs if job.employer]
    if len(named) < 2 or not all(job.found.place or _town_after_comma(job) for job in named):
        return
    for job in named:
        if job.employer and not job.found.place:
            name, _, job.found.place = (piece.strip() for piece in job.employer.text.rpartition(","))
            job.employer = replace(job.employer, text=name)


def _town_after_comma(job: Job) -> bool:
    name, _, tail = (job.employer.text if job.employer else "").rpartition(",")
    tail = tail.strip()
    is_town = looks_like_town(tail) and len(tail.split()) <= 3 and len(tail) > 3
    return bool(name) and is_town and not is_organisation(tail) and title_score(tail) <= 0


def _with_employers(jobs: list[Job]) -> list[Job]:
    """Give positions listed under one employer that employer; an employer's own line is no position."""
    result: list[Job] = []
    group: Job | None = None
    for index, job in enumerate(jobs):
        following = jobs[index + 1] if index + 1 < len(jobs) else None
        only_employer = job.employer is not None and job.position is None
        if only_employer and following and following.position and not following.employer and not _has_items(job):
            group = job
            following.extras += [text for text in job.extras if not is_duration(text)]
            following.entry.body = job.entry.body + following.entry.body
            continue
        if job.position and not job.employer:
            source = group or (result[-1] if result else None)
            if source and source.employer:
                job.employer, job.found.place = source.employer, job.found.place or source.found.place
                job.sureness = min(job.sureness, 0.75)
                group = group or source
        elif job.employer:
            group = None
        result.append(job)
    return result


def _has_items(job: Job) -> bool:
    return any(line.is_bullet for line in job.entry.body)


def _work(job: Job) -> Noted[Work]:
    date = job.found.dates[0] if job.found.dates else None
    body = [line for line in job.entry.body if not (date and is_duration(line.text))]
    told = [line for line in body if not _ANNOUNCES.fullmatch(line.text)]
    job.extras += [line.text for line in body if line not in told]
    summary, highlights = described(told)
    work = Work(
        name=job.employer.text if job.employer else None,
        position=job.position.text if job.position else None,
        location=job.found.place,
        url=job.found.url,
        start_date=date.start if date else None,
        end_date=date.last if date else None,
        summary=summary,
        highlights=highlights,
        notes=[*job.extras, *(later.text for later in job.found.dates if later is not date or not later.is_exact)],
    )
    noted = Noted(work)
    guess = "" if job.sureness > 0.7 else "Employer and position could not be told apart by their words."
    noted.rate("name", job.sureness if job.employer else 0.2, guess if job.employer else "No employer was found.")
    noted.rate("position", job.sureness if job.position else 0.2, guess if job.position else "No position was found.")
    noted.rate_dates(date)
    return noted


def described(body: Sequence[Line]) -> tuple[str | None, list[str]]:
    """Part a description into running text and list items; lines at the indent of items count as items."""
    has_items = any(line.is_bullet for line in body)
    indent = min((line.left for line in body if line.is_bullet and not line.is_whole), default=None)
    prose: list[str] = []
    items: list[str] = []
    texts = [line for line in body if line.text]
    for line in texts:
        set_in = indent is not None and line.left > indent + 4
        if line.is_bullet or set_in or (has_items and items):
            items.append(line.text)
        else:
            prose.append(line.text)
    if not has_items and len(prose) > 1 and sum(is_sentence(line) for line in texts) >= 0.6 * len(texts):
        return None, prose
    return "\n".join(prose) or None, items
