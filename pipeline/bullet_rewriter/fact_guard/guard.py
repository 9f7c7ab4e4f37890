"""Checks a rewrite of a sentence: nothing in it may go beyond the sentence and what the resume says of that job."""

import re
from collections.abc import Iterable

from pipeline.bullet_rewriter.fact_guard.doers import check_doers
from pipeline.bullet_rewriter.fact_guard.form import check_form
from pipeline.bullet_rewriter.fact_guard.judge import check_meaning
from pipeline.bullet_rewriter.fact_guard.limits import check_limits
from pipeline.bullet_rewriter.fact_guard.names import Grounds, check_names
from pipeline.bullet_rewriter.fact_guard.numbers import check_numbers
from pipeline.bullet_rewriter.fact_guard.reading import Reading, one_lexicon, read_text
from pipeline.bullet_rewriter.fact_guard.roles import check_roles
from pipeline.bullet_rewriter.fact_guard.violation import Violation
from pipeline.core import RolemapError
from pipeline.resumes import Resume, Skill

MAX_SEGMENTS = 8
_TOOLS = re.compile(
    r"\b(?:tools?|systems?|software|platforms?|frameworks?|librar(?:y|ies)|databases?|technolog(?:y|ies)|programs?"
    r"|applications?|packages|stack|cloud|licen[cs]es?|certificates?|certifications?|languages?)\b",
    re.I,
)
_LEADING = re.compile(r"leader|supervis", re.I)  # a rank, which no sentence describes
# Before "and", "while", "with", "plus", and after commas and stops.
_CUT = re.compile(r"(?<=[,;.])\s+|\s+(?=(?:and|while|with|plus)\s)", re.I)
_LINK = re.compile(r"^(?:and|while|with|plus|also|as well as)\s+", re.I)


def check_rewrite(
    source: str, rewritten: str, *, resume: Resume, work_index: int | None = None, strictness: float = 1.0
) -> list[Violation]:
    """Return what a rewrite says beyond its source and the resume; an empty list means that it may stand.

    `work_index` counts in `resume.work`; None is the summary, which draws on all. `strictness` divides the bound.
    Raises RolemapError where the resume has no such job.
    """
    if work_index is not None and not 0 <= work_index < len(resume.work):
        raise RolemapError(f"The resume has no job number {work_index}; it has {len(resume.work)}, counted from 0.")
    if _worded(source) == _worded(rewritten):
        return []
    if form := list(check_form(source, rewritten)):
        return form
    with one_lexicon():
        grounds = summary_grounds(resume) if work_index is None else job_grounds(resume, work_index)
        violations = _check(read_text(source), read_text(rewritten), grounds, strictness)
        return [] if violations and _is_merged(source, rewritten, violations, grounds) else violations


def _worded(text: str) -> str:
    return " ".join(text.split()).removesuffix(".")


def _check(source: Reading, rewrite: Reading, grounds: Grounds, strictness: float = 1.0) -> list[Violation]:
    """Return the violations of hard facts; only where there are none is the judge asked."""
    found = hard_facts(source, rewrite, grounds) or list(check_meaning(source, rewrite, grounds, strictness))
    return sorted(dict.fromkeys(found), key=lambda violation: (violation.start, violation.end))


def hard_facts(source: Reading, rewrite: Reading, grounds: Grounds) -> list[Violation]:
    """Return what exact rules hold against a rewrite, which nothing that was learnt can overrule."""
    held = tuple(read_text(text) for text in (*grounds.titles, *grounds.skills))
    return [
        *check_numbers(source, rewrite),
        *check_names(source, rewrite, grounds),
        *check_roles(source, rewrite, held),
        *check_limits(source, rewrite),
        *check_doers(source, rewrite),
    ]


def job_grounds(resume: Resume, work_index: int) -> Grounds:
    """Return what the resume says of a job."""
    job = resume.work[work_index]
    names, titles = _texts([job.name, job.position]), _texts([job.position])
    return _grounds(_texts([*job.highlights, job.summary, job.description]), names, titles, resume)


def summary_grounds(resume: Resume) -> Grounds:
    """Return what the whole resume says."""
    jobs = resume.work
    told = [one.highlights for one in jobs] + [one.highlights for one in resume.volunteer]
    sentences = [text for texts in [*told, *(one.highlights for one in resume.projects)] for text in texts]
    prose = [resume.basics.summary, *(job.summary for job in jobs), *(one.description for one in resume.projects)]
    titles = _texts([resume.basics.label, *(job.position for job in jobs)])
    names = [*titles, *_names(resume), *_skills(resume.skills)]
    return _grounds(sentences + _texts(prose), names, titles, resume)


def _names(resume: Resume) -> list[str]:
    """Return the names that the resume gives outside its sentences."""
    names = [job.name for job in resume.work] + [one.name for one in resume.certificates]
    names += [one.name for one in resume.projects]
    names += [name for item in resume.education for name in (item.institution, item.area, item.study_type)]
    return _texts([*names, *(item.title for item in resume.awards), *(item.language for item in resume.languages)])


def _grounds(sentences: list[str], names: list[str], titles: list[str], resume: Resume) -> Grounds:
    readings = tuple(read_text(text) for text in [*sentences, *names, ", ".join(names)])
    practices = _practices(resume)
    tools = [skill for skill in _skills(resume.skills) if skill not in practices]
    return Grounds(tuple(sentences), tuple(names), tuple(titles), tuple(practices), tuple(tools), readings)


def _texts(texts: Iterable[str | None]) -> list[str]:
    return [text for text in texts if text]


def _practices(resume: Resume) -> list[str]:
    """Return the skills that are no products: a rewrite may call what the sentence describes by their names."""
    words = _skills(skill for skill in resume.skills if not _TOOLS.search(skill.name or ""))
    words = [word for word in words if not _LEADING.search(word)]
    return [word for word in words if not any(term.kind == "technology" for term in read_text(word).terms)]


def _skills(skills: Iterable[Skill]) -> list[str]:
    return [word for skill in skills for word in (skill.keywords or _texts([skill.name]))]


def _is_merged(source: str, rewritten: str, violations: list[Violation], grounds: Grounds) -> bool:
    """Tell whether the rewrite is the source's sentence and others of the same job, each borne out on its own.

    Why: a rewrite may join two true sentences; it may not move a number or a duty from one to the other.
    """
    parts = [part for part in _CUT.split(rewritten) if part.strip()]
    if not 2 <= len(parts) <= MAX_SEGMENTS or any(one.kind in ("technology", "name", "role") for one in violations):
        return False
    others = [read_text(sentence) for sentence in grounds.sentences if sentence != source]
    cuts = [(first, end) for first in range(len(parts)) for end in range(first + 1, len(parts) + 1)]
    split = [(" ".join(parts[:first] + parts[end:]), " ".join(parts[first:end])) for first, end in cuts]
    pairs = [tuple(read_text(_trimmed(text)) for text in texts) for texts in split if texts[0]]
    return any(_stand_apart(read_text(source), rest, part, others, grounds) for rest, part in pairs)


def _stand_apart(source: Reading, rest: Reading, part: Reading, others: list[Reading], grounds: Grounds) -> bool:
    near = [other for other in others if _shares_most(part, other)]
    is_borne_out = bool(near) and not _check(source, rest, grounds)
    return is_borne_out and any(not _check(other, part, grounds) for other in near)


def _shares_most(part: Reading, sentence: Reading) -> bool:
    """Tell whether another sentence has at least half of the words of a part: if not, to try it is no use."""
    known = [bool(word.keys & sentence.keys) for word in part.content]
    return sum(known) * 2 >= len(known) > 0


def _trimmed(part: str) -> str:
    return _LINK.sub("", part.strip(" ,;")).strip(" ,;")
