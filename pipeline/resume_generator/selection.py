"""What goes into a variant: parts of a resume ticked off for one kind of role, with a proposal and what that hides.

A part is named by its path in the resume: `projects`, `work[1]`, `work[1].highlights[0]`, `basics.summary`.
Nothing that is ticked off is lost: the resume stays whole, and a selection names only what one variant leaves out.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from pydantic import BaseModel, ConfigDict

from pipeline.bullet_rewriter import check_rewrite
from pipeline.core import RolemapError
from pipeline.resume_generator.skill_ordering import Relevance, ThemeConfig, most_relevant_first
from pipeline.resumes import Resume, Work

SECTIONS = (
    *("work", "education", "skills", "projects", "publications", "certificates", "awards", "languages"),
    *("volunteer", "interests", "references", "other"),
)
SUMMARY = "basics.summary"
BULLETS = 6  # of the newest jobs that a proposal keeps
BULLETS_LATER = 4  # of the jobs before those
_BETWEEN_TITLES = re.compile(r"\s*[|/•·,;]\s*|\s+[-–—]\s+")
_WORD = re.compile(r"[^\W\d_]{2,}")
NEWEST = 2  # how many jobs count as the newest


class Selection(BaseModel):
    """What one kind of role gets: what is left out, and a headline and a summary in place of the resume's own."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    left_out: tuple[str, ...] = ()
    headline: str = ""
    summary: str = ""


def propose(resume: Resume, theme: ThemeConfig, bullets: int = BULLETS) -> Selection:
    """Return a selection that keeps every section and every employer, and of each job the bullets that tell most.

    The newest jobs keep up to `bullets`, those before them fewer. Of bullets that show as much the earlier are kept.
    """
    relevance = Relevance(theme)
    left_out: list[str] = []
    for place, index in enumerate(_newest_first(resume.work)):
        texts = list(enumerate(resume.work[index].highlights))
        most = bullets if place < NEWEST else min(BULLETS_LATER, bullets)
        told = most_relevant_first(texts, lambda item: relevance.of_text(item[1]))
        left_out += sorted(f"work[{index}].highlights[{number}]" for number, _ in told[most:])
    return Selection(left_out=tuple(left_out))


def own_titles(resume: Resume, theme: ThemeConfig, most: int = 3) -> list[str]:
    """Return the titles of the resume's own that are nearest to a role, for a headline; none that shares no word.

    They are its headline, the parts of it, and the positions held; of equally near ones the newest comes first.
    """
    wanted = set(_WORD.findall(theme["name"].casefold()))
    near = {title: len(wanted & set(_WORD.findall(title.casefold()))) for title in _titles(resume)}
    return sorted((title for title, count in near.items() if count), key=lambda title: -near[title])[:most]


def _titles(resume: Resume) -> list[str]:
    """Return the titles that a resume gives: its headline, the parts of that, and positions, the newest first."""
    label = resume.basics.label or ""
    jobs = [resume.work[index].position or "" for index in _newest_first(resume.work)]
    told = dict.fromkeys(" ".join(text.split()) for text in (label, *_BETWEEN_TITLES.split(label), *jobs))
    return [title for title in told if title]


def apply_selection(resume: Resume, selection: Selection) -> Resume:
    """Return the resume without what a selection leaves out, in its words. Raises RolemapError for an unknown part."""
    unknown = set(selection.left_out) - set(parts_of(resume))
    if unknown:
        raise RolemapError(f"The resume has no part {min(unknown)!r}: it is not the one that this was chosen for.")
    out = set(selection.left_out)
    changes: dict[str, Any] = {name: [] for name in SECTIONS if name in out}
    for name in SECTIONS:
        items = getattr(resume, name)
        if name not in out and any(path.startswith(f"{name}[") for path in out):
            kept = [(index, item) for index, item in enumerate(items) if f"{name}[{index}]" not in out]
            changes[name] = [_without_bullets(item, f"{name}[{index}]", out) for index, item in kept]
    basics = _basics(selection)
    if basics:
        changes["basics"] = resume.basics.model_copy(update=basics)
    return resume.model_copy(update=changes) if changes else resume


def _basics(selection: Selection) -> dict[str, Any]:
    """Return what a selection changes of the headline and the summary."""
    changes: dict[str, Any] = {}
    if selection.headline.strip():
        changes["label"] = selection.headline.strip()
    if SUMMARY in selection.left_out:
        changes["summary"] = None
    elif selection.summary.strip():
        changes["summary"] = selection.summary.strip()
    return changes


def parts_of(resume: Resume) -> Iterator[str]:
    """Yield the path of every part that can be left out."""
    if resume.basics.summary:
        yield SUMMARY
    for name in SECTIONS:
        items = getattr(resume, name)
        if items:
            yield name
        for index, item in enumerate(items):
            yield f"{name}[{index}]"
            yield from (f"{name}[{index}].highlights[{number}]" for number in range(len(_bullets(item))))


def hidden_by(resume: Resume, selection: Selection) -> list[str]:
    """Return what a reader of the variant could not know: employers that are not named, and gaps in the dates."""
    out = set(selection.left_out)
    if "work" in out and resume.work:
        return ["Without your jobs a reader does not know where you have worked."]
    kept = [job for index, job in enumerate(resume.work) if f"work[{index}]" not in out]
    named = {job.name for job in kept}
    told = []
    for index, job in enumerate(resume.work):
        if f"work[{index}]" in out:
            when = " – ".join(filter(None, (job.start_date, job.end_date or "now"))) if job.start_date else "no dates"
            what = f"“{job.position or job.name or 'A job'}”"
            hidden = "" if job.name in named or not job.name else f"; {job.name} is not named any more"
            told.append(f"{what} ({when}) is left out{hidden}.")
    return told + [
        f"That makes a gap in your dates from {start} to {end}." for start, end in _new_gaps(resume.work, kept)
    ]


def doubtful_words(resume: Resume, selection: Selection) -> list[str]:
    """Return what the headline and the summary of a selection say that the resume does not bear out."""
    own = ((selection.headline, resume.basics.label), (selection.summary, resume.basics.summary))
    return [
        f"Your resume does not bear this out: {violation}"
        for text, source in own
        if text.strip() and text.strip() not in (source, *_titles(resume))
        for violation in check_rewrite(source or "", text.strip(), resume=resume)
    ]


def _new_gaps(jobs: Sequence[Work], kept: Sequence[Work]) -> Iterator[tuple[str, str]]:
    """Yield the spans, in ISO months, that jobs cover and those kept do not; not what comes before the first kept."""
    now = 1 + max((_month(date, 12) for job in jobs for date in (job.start_date, job.end_date) if date), default=0)
    left = _months(kept, now)
    missing = sorted(month for month in _months(jobs, now) - left if left and month > min(left))
    for place, month in enumerate(missing):
        if place == 0 or missing[place - 1] != month - 1:
            start = month
        if month + 1 not in missing[place + 1 : place + 2]:
            yield _iso(start), "now" if month == now else _iso(month)


def _months(jobs: Iterable[Work], now: int) -> set[int]:
    """Return the months that jobs cover, counted from the year 0; one without an end goes on until now."""
    months: set[int] = set()
    for job in jobs:
        if job.start_date:
            end = _month(job.end_date, 12) if job.end_date else now
            months.update(range(_month(job.start_date, 1), end + 1))
    return months


def _month(date: str, default: int) -> int:
    year, _, rest = date.partition("-")
    return int(year) * 12 + int(rest[:2] or default) - 1


def _iso(month: int) -> str:
    return f"{month // 12}-{month % 12 + 1:02d}"


def _newest_first(jobs: Sequence[Work]) -> list[int]:
    """Return the places of jobs, the one that ended last first; a job without dates stays where it stands."""
    return sorted(range(len(jobs)), key=lambda index: jobs[index].end_date or "9", reverse=True)


def _without_bullets(item: Any, path: str, out: set[str]) -> Any:
    bullets = _bullets(item)
    kept = [text for number, text in enumerate(bullets) if f"{path}.highlights[{number}]" not in out]
    return item if len(kept) == len(bullets) else item.model_copy(update={"highlights": kept})


def _bullets(item: Any) -> list[str]:
    return getattr(item, "highlights", [])
