"""Every text of a resume that may show a keyword, with where it stands."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from pipeline.resume_generator.skill_ordering import skill_texts
from pipeline.resumes import Resume


class Passage(NamedTuple):
    """A piece of a resume's text; `is_list` where it is one item of a list of skills, languages or subjects."""

    where: str
    text: str
    is_list: bool = False
    is_skill: bool = False


def passages(resume: Resume) -> Iterator[Passage]:
    """Yield every text of a resume that may show a keyword, section by section."""
    yield from _skills(resume)
    yield from _texts("Headline", [resume.basics.label])
    yield from _texts("Summary", [resume.basics.summary])
    yield from _jobs(resume)
    yield from _projects(resume)
    yield from _studies(resume)
    yield from _voluntary_work(resume)
    yield from _texts("Publications", [text for item in resume.publications for text in (item.name, item.summary)])
    yield from _texts("Certificates", [item.name for item in resume.certificates])
    yield from _texts("Awards", [text for item in resume.awards for text in (item.title, item.summary)])
    yield from _items("Languages", [item.language for item in resume.languages])
    for section in resume.other:
        yield from _texts(section.title or "Other", [item.text for item in section.items])


def organisations(resume: Resume) -> list[str]:
    """Return the names of those a resume's owner worked for or studied at."""
    names = [
        *(job.name for job in resume.work),
        *(study.institution for study in resume.education),
        *(voluntary.organization for voluntary in resume.volunteer),
    ]
    return [name for name in names if name]


def _skills(resume: Resume) -> Iterator[Passage]:
    for skill in resume.skills:
        where = f"Skills, {skill.name}" if skill.name and skill.keywords else "Skills"
        yield from (Passage(where, text, is_list=True, is_skill=True) for text in skill_texts(skill))


def _jobs(resume: Resume) -> Iterator[Passage]:
    for job in resume.work:
        where = _post(job.position, job.name) or "Work"
        yield from _texts(where, [job.position, job.description, job.summary, *job.notes, *job.highlights])


def _projects(resume: Resume) -> Iterator[Passage]:
    for project in resume.projects:
        where = f"Project {project.name}" if project.name else "Projects"
        yield from _texts(where, [project.name, project.description, *project.notes, *project.highlights])
        yield from _items(where, project.keywords)


def _studies(resume: Resume) -> Iterator[Passage]:
    for study in resume.education:
        where = _post(study.study_type, study.institution) or "Education"
        yield from _texts(where, [study.area, *study.notes, *study.highlights])
        yield from _items(where, study.courses)


def _voluntary_work(resume: Resume) -> Iterator[Passage]:
    for voluntary in resume.volunteer:
        where = _post(voluntary.position, voluntary.organization) or "Volunteer work"
        yield from _texts(where, [voluntary.position, voluntary.summary, *voluntary.notes, *voluntary.highlights])


def _post(what: str | None, where: str | None) -> str:
    return " at ".join(filter(None, (what, where)))


def _texts(where: str, texts: Sequence[str | None]) -> Iterator[Passage]:
    return (Passage(where, text) for text in texts if text)


def _items(where: str, texts: Sequence[str | None]) -> Iterator[Passage]:
    return (Passage(where, text, is_list=True) for text in texts if text)
