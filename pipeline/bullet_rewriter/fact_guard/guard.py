"""Checks a rewrite of a sentence: nothing in it may go beyond the sentence and what the resume says of that job."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from pipeline.bullet_rewriter.fact_guard import deeds, doings, limits, links, roles
from pipeline.bullet_rewriter.fact_guard.fillers import without_filler
from pipeline.bullet_rewriter.fact_guard.form import check_form
from pipeline.bullet_rewriter.fact_guard.licence import check_words
from pipeline.bullet_rewriter.fact_guard.measures import check_measures
from pipeline.bullet_rewriter.fact_guard.numbers import check_numbers
from pipeline.bullet_rewriter.fact_guard.reading import Reading, one_lexicon, read_text
from pipeline.bullet_rewriter.fact_guard.skills import Grounds
from pipeline.bullet_rewriter.fact_guard.violation import Violation
from pipeline.core import RolemapError
from pipeline.resumes import Resume

MAX_SEGMENTS = 8
_TOOLS = re.compile(
    r"\b(?:tools?|systems?|software|platforms?|frameworks?|librar(?:y|ies)|databases?|technolog(?:y|ies)|programs?"
    r"|applications?|packages|stack|cloud|licen[cs]es?|certificates?|certifications?)\b",
    re.I,
)
_CUT = re.compile(r"(?<=[,;.])\s+|\s+(?=(?:and|while|with|plus)\s)", re.I)
_LINK = re.compile(r"^(?:and|while|with|plus|also|as well as)\s+", re.I)

_CLAIMS: tuple[Callable[[Reading, Reading], Iterator[Violation]], ...] = (
    check_numbers,
    check_measures,
    limits.check_limits,
    limits.check_shared_work,
    doings.check_whose_work,
    doings.check_hearsay,
    limits.check_conditions,
    limits.check_only,
    limits.check_openness,
    limits.check_negated,
    deeds.check_new_deeds,
    deeds.check_doubles,
    doings.check_leading,
    doings.check_objects,
    links.check_causes,
    links.check_directions,
    links.check_plurals,
)


def check_rewrite(source: str, rewritten: str, *, resume: Resume, work_index: int | None = None) -> list[Violation]:
    """Return what a rewrite says beyond its source and the resume; an empty list means that it may stand.

    `work_index` counts in `resume.work`; None means the summary, which may draw on the whole resume.
    Raises RolemapError where the resume has no such job.
    """
    if work_index is not None and not 0 <= work_index < len(resume.work):
        raise RolemapError(f"The resume has no job number {work_index}; it has {len(resume.work)}, counted from 0.")
    if " ".join(source.split()) == " ".join(rewritten.split()):
        return []
    if form := list(check_form(source, rewritten)):
        return form
    with one_lexicon():
        facts = _summary_facts(resume) if work_index is None else _job_facts(resume, work_index)
        return _judge(source, rewritten, facts)


@dataclass(frozen=True)
class _Facts:
    """What else the resume says that the rewrite may draw on: sentences of their own, grounds, and titles held."""

    sentences: tuple[str, ...]
    grounds: Grounds
    positions: tuple[Reading, ...]


def _judge(source: str, rewritten: str, facts: _Facts) -> list[Violation]:
    rewritten = without_filler(source, rewritten, facts.grounds.context)
    violations = _check(read_text(source), read_text(rewritten), facts)
    if violations and _may_be_merged(violations, read_text(rewritten), facts) and _is_merged(source, rewritten, facts):
        return []
    return violations


def _job_facts(resume: Resume, work_index: int) -> _Facts:
    job = resume.work[work_index]
    sentences = _texts([*job.highlights, job.summary, job.description])
    elsewhere = [text for i, other in enumerate(resume.work) if i != work_index for text in other.highlights]
    return _facts(sentences, [job.name, job.position], [job.position], _skills(resume), _tools(resume), elsewhere)


def _summary_facts(resume: Resume) -> _Facts:
    jobs = resume.work
    sentences = [text for job in jobs for text in job.highlights]
    sentences += [text for item in resume.volunteer for text in item.highlights]
    sentences += [text for item in resume.projects for text in item.highlights]
    prose = [
        resume.basics.summary,
        *(job.summary for job in jobs),
        *(project.description for project in resume.projects),
    ]
    names = [name for job in jobs for name in (job.name, job.position)]
    names += [name for item in resume.education for name in (item.institution, item.area, item.study_type)]
    names += [item.name for item in resume.certificates] + [item.title for item in resume.awards]
    names += [item.language for item in resume.languages] + [item.name for item in resume.projects]
    titles = [resume.basics.label, *(job.position for job in jobs)]
    return _facts(
        [*sentences, *_texts(prose)],
        [*names, *_skills(resume), resume.basics.label],
        titles,
        _skills(resume),
        _tools(resume),
        [],
    )


Texts = Iterable[str | None]


def _texts(texts: Texts) -> list[str]:
    return [text for text in texts if text]


def _facts(
    sentences: list[str], names: Texts, positions: Texts, skills: list[str], tools: frozenset[str], elsewhere: list[str]
) -> _Facts:
    named = [*sentences, *_texts(names)]
    technologies = frozenset(term for text in named for term in read_text(text).technologies)
    grounds = Grounds(technologies, tuple(_texts(names)), tuple(skills), tools, " ".join(named), " ".join(elsewhere))
    return _Facts(tuple(sentences), grounds, tuple(read_text(text) for text in _texts(positions)))


def _skills(resume: Resume) -> list[str]:
    return [word for skill in resume.skills for word in (skill.keywords or _texts([skill.name]))]


def _tools(resume: Resume) -> frozenset[str]:
    """Return the skills under a heading for products: those a job must name itself."""
    return frozenset(word for skill in resume.skills if _TOOLS.search(skill.name or "") for word in skill.keywords)


def _check(source: Reading, rewrite: Reading, facts: _Facts) -> list[Violation]:
    found = list(check_words(source, rewrite, facts.grounds))
    found += roles.check_roles(source, rewrite, facts.positions)
    found += [violation for check in _CLAIMS for violation in check(source, rewrite)]
    return sorted(dict.fromkeys(found), key=lambda violation: (violation.start, violation.end))


def _may_be_merged(violations: list[Violation], rewrite: Reading, facts: _Facts) -> bool:
    """Tell whether other sentences have the words that the source lacks; if not, trying them one by one is no use."""
    if any(violation.kind == "technology" for violation in violations):
        return False
    known = frozenset(key for sentence in facts.sentences for key in read_text(sentence).licenses)
    lacking = [violation for violation in violations if violation.kind == "unsupported"]
    return all(
        word.says & known for violation in lacking for word in rewrite.words_between(violation.start, violation.end)
    )


def _is_merged(source: str, rewritten: str, facts: _Facts) -> bool:
    """Tell whether the rewrite is the source's sentence and others of the same job, each borne out on its own.

    Why: a rewrite may join two true sentences; it may not move a number or a duty from one to the other.
    """
    parts = _parts(rewritten)
    if not 2 <= len(parts) <= MAX_SEGMENTS:
        return False
    others = [sentence for sentence in facts.sentences if sentence != source]
    for first in range(len(parts)):
        for end in range(first + 1, len(parts) + 1):
            rest = " ".join(parts[:first] + parts[end:])
            if not rest or _check(read_text(source), read_text(_trimmed(rest)), facts):
                continue
            part = read_text(_trimmed(" ".join(parts[first:end])))
            if any(not _check(read_text(other), part, facts) for other in others):
                return True
    return False


def _parts(text: str) -> list[str]:
    """Cut a sentence before "and", "while", "with" and after commas and stops."""
    return [part for part in _CUT.split(text) if part.strip()]


def _trimmed(part: str) -> str:
    return _LINK.sub("", part.strip(" ,;")).strip(" ,;")
