"""A cover letter: facts of the resume that a job asks for, in a fixed frame.

The frame states nothing of the person. What does is a bullet that passes the fact guard, or a skill as it is listed.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from pipeline.bullet_rewriter import check_rewrite
from pipeline.core import DATA, RolemapError
from pipeline.resume_generator.skill_ordering import PoolMatcher, Relevance, ThemeConfig, skill_texts
from pipeline.resumes import LetterBlock, Resume, resume_language

FRAMES_FILE = DATA / "letter_frames.json"
MOST_FACTS = 5
MOST_SKILLS = 6


@dataclass(frozen=True)
class LetterFact:
    """A bullet of the resume that shows what the job asks for; `source` is the text that it comes from."""

    text: str
    source: str
    work_index: int
    keywords: frozenset[str]


@dataclass(frozen=True)
class Letter:
    """A letter, part by part; `held_back` says which sentences the fact guard stopped, and why."""

    blocks: tuple[LetterBlock, ...]
    facts: tuple[LetterFact, ...]
    held_back: tuple[str, ...] = ()


def write_letter(resume: Resume, job: ThemeConfig, title: str = "", *, reworded: Resume | None = None) -> Letter:
    """Return a letter for a job; with the bullets of `reworded`, the same resume in a model's words, where they hold.

    The frame is in the language of the resume where there is one, else in English. Raises RolemapError where the
    resume shows nothing that the job asks for.
    """
    frame = _frames().get(resume_language(resume)) or _frames()["en"]
    facts, held_back = [], []
    for fact in choose_facts(resume, job):
        told = reworded.work[fact.work_index].highlights if reworded else []
        number = resume.work[fact.work_index].highlights.index(fact.source)
        better = told[number] if number < len(told) else fact.source
        violations = check_rewrite(fact.source, better, resume=resume, work_index=fact.work_index)
        held_back += [f"“{better}”: {violation}" for violation in violations]
        facts.append(fact if violations else LetterFact(better, fact.source, fact.work_index, fact.keywords))
    skills = _other_skills(resume, job, facts)
    if not (facts or skills):
        raise RolemapError("The resume shows nothing that this job asks for: no true letter can be written.")
    opening = frame["opening"].format(title=title) if title else frame["untitled"]
    blocks = [
        LetterBlock(frame["greeting"]),
        LetterBlock(opening),
        *([LetterBlock(frame["facts"])] if facts else []),
        *_by_job(resume, facts),
        *([LetterBlock(", ".join(skills), label=frame["skills"])] if skills else []),
        LetterBlock(frame["closing"]),
        LetterBlock(frame["farewell"]),
        *([LetterBlock(resume.basics.name)] if resume.basics.name else []),
    ]
    return Letter(tuple(blocks), tuple(facts), tuple(held_back))


def choose_facts(resume: Resume, job: ThemeConfig, most: int = MOST_FACTS) -> list[LetterFact]:
    """Return the bullets that together show most of what the job asks for, in the order of the resume.

    Each is chosen for what those before it do not show yet; of equal ones the first.
    """
    matcher, relevance = PoolMatcher(job["keywords"], job.get("aliases")), Relevance(job)
    left = [
        LetterFact(text, text, index, frozenset(matcher.in_text(text)))
        for index, work in enumerate(resume.work)
        for text in work.highlights
    ]
    order = {id(fact): place for place, fact in enumerate(left)}
    left = [fact for fact in left if fact.keywords]
    chosen: list[LetterFact] = []
    shown: frozenset[str] = frozenset()
    while left and len(chosen) < most:
        best = max(
            left, key=lambda fact: (len(fact.keywords - shown), relevance.of_text(fact.source), -order[id(fact)])
        )
        if not best.keywords - shown:
            break
        chosen.append(best)
        shown |= best.keywords
        left.remove(best)
    return sorted(chosen, key=lambda fact: order[id(fact)])


def _by_job(resume: Resume, facts: Sequence[LetterFact]) -> Iterator[LetterBlock]:
    for index in dict.fromkeys(fact.work_index for fact in facts):
        job = resume.work[index]
        bullets = tuple(fact.text for fact in facts if fact.work_index == index)
        yield LetterBlock(position=job.position or "", employer=job.name or "", bullets=bullets)


def _other_skills(resume: Resume, job: ThemeConfig, facts: Sequence[LetterFact]) -> list[str]:
    """Return the skills, as the resume lists them, that the job asks for and no fact shows."""
    matcher = PoolMatcher(job["keywords"], job.get("aliases"))
    shown = {keyword for fact in facts for keyword in fact.keywords}
    listed = dict.fromkeys(text for skill in resume.skills for text in skill_texts(skill))
    return [skill for skill in listed if matcher.in_skill(skill) - shown][:MOST_SKILLS]


@cache
def _frames() -> dict[str, dict[str, str]]:
    frames: dict[str, dict[str, str]] = json.loads(FRAMES_FILE.read_text(encoding="utf-8"))
    return frames
