"""Written resumes as the product itself exports them: in every format and theme, labelled by what was put in."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pipeline.resumes.model import Resume
from pipeline.resumes.reading.formats import read_source
from pipeline.resumes.reading.formats.source import Lines, Source
from pipeline.resumes.reading.learned.entries import dates_of
from pipeline.resumes.reading.learned.tidy import tidy
from pipeline.resumes.reading.lines import Line
from pipeline.resumes.training.content import Job, Person, Study
from pipeline.resumes.training.marked import STARTED, Known
from pipeline.resumes.training.media import continued
from pipeline.resumes.writing.export import export_resume
from pipeline.resumes.writing.look import DATE_FORMATS, Look
from pipeline.resumes.writing.outline import Entry, Outline, Section, clean
from pipeline.resumes.writing.sections import build_outline
from pipeline.resumes.writing.theme import theme_names

SUFFIXES = {"docx": 35, "md": 35, "pdf": 30}


@dataclass
class Part:
    """A text that an export prints, without blanks: its tag, and how much of it was found."""

    text: str
    tag: str
    found: int = 0


@dataclass
class Block:
    """Parts that an export prints together: a heading, a line, or the head of an entry, whose order is its own."""

    label: str
    parts: list[Part]
    is_ordered: bool = True
    is_open: bool = False


def write_own_export(rng: random.Random, person: Person) -> list[Known]:
    """Return the lines of a person's resume as the product exports and reads it."""
    resume = resume_of(rng, person)
    suffix = rng.choices(list(SUFFIXES), list(SUFFIXES.values()))[0]
    look = Look(
        theme=rng.choice(theme_names()),
        employer_first=rng.random() < 0.4,
        date_format=rng.choice(DATE_FORMATS),
        links=rng.choice(["shown", "shown", "behind"]),
    )
    data = export_resume(resume, suffix, look=look).data
    content = read_source(Source(data, f".{suffix}"))
    assert isinstance(content, Lines)
    return labelled(list(tidy(content.lines)), blocks_of(build_outline(resume, look=look), resume))


def resume_of(rng: random.Random, person: Person) -> Resume:
    """Return a person as a resume of the product's own model."""
    document: dict[str, Any] = {
        "basics": {
            "name": person.name,
            "label": person.headline if rng.random() < 0.7 else None,
            "email": person.email,
            "phone": person.phone if rng.random() < 0.8 else None,
            "location": {"city": person.place} if rng.random() < 0.7 else None,
            "profiles": [{"url": link if link.startswith("http") else f"https://{link}"} for link in person.links],
            "notes": person.facts,
            "summary": "\n".join(person.summary) if rng.random() < 0.7 else None,
        },
        "work": [_job(rng, job) for group in person.jobs for job in group],
        "education": [_study(rng, study) for study in person.studies],
        "skills": [
            {"name": label if rng.random() < 0.9 else None, "keywords": items} for label, items in person.skills
        ],
    }
    extras = person.extras
    document["languages"] = [{"language": name, "fluency": level} for name, level in extras.get("languages", [])]
    document["projects"] = [_project(rng, one) for one in extras.get("projects", [])]
    document["volunteer"] = [
        {("organization" if key == "name" else key): value for key, value in _job(rng, job).items()}
        for group in extras.get("volunteer", [])
        for job in group
    ]
    for name, key, giver, date in (("certificates", "name", "issuer", "date"), ("awards", "title", "awarder", "date")):
        document[name] = [
            {key: one["name"], giver: one["issuer"] or None, date: _dates(one["dates"])[1]}
            for one in extras.get(name, [])
        ]
    document["publications"] = [
        {"name": one["name"], "publisher": one["venue"], "releaseDate": one["dates"], "notes": [one["authors"]]}
        for one in extras.get("publications", [])
    ]
    if "other" in extras:
        items = [{"text": text} for entry in extras["other"][1] for text in entry]
        document["other"] = [
            {"title": "Interests" if extras["other"][0] == "interests" else "Miscellaneous", "items": items}
        ]
    order = [name for name in ("summary", "work", "education", "skills", *extras) if name != "other"]
    if rng.random() < 0.6:
        rng.shuffle(order)
    document["section_order"] = order
    return Resume.model_validate({key: value for key, value in document.items() if value})


def _dates(text: str) -> tuple[str | None, str | None]:
    found = dates_of([text]) if text else None
    return (found.start, found.last) if found else (None, None)


def _job(rng: random.Random, job: Job) -> dict[str, Any]:
    start, end = _dates(job.dates)
    values = {
        "name": job.employer,
        "position": job.position,
        "location": job.place if rng.random() < 0.6 else None,
        "url": f"https://{job.url}" if job.url else None,
        "startDate": start,
        "endDate": end,
        "summary": job.prose[0] if rng.random() < 0.3 else None,
        "highlights": job.items,
        "notes": [job.note] if job.note and rng.random() < 0.5 else [],
    }
    return {key: value for key, value in values.items() if value}


def _study(rng: random.Random, study: Study) -> dict[str, Any]:
    start, end = _dates(study.dates)
    values = {
        "institution": study.institution,
        "studyType": study.degree,
        "area": study.area,
        "location": study.place if rng.random() < 0.4 else None,
        "startDate": start if start != end else None,
        "endDate": end,
        "score": study.score,
        "highlights": study.items,
    }
    return {key: value for key, value in values.items() if value}


def _project(rng: random.Random, one: dict[str, Any]) -> dict[str, Any]:
    start, end = _dates(one["dates"])
    values = {
        "name": one["name"],
        "description": one["about"] if rng.random() < 0.6 else None,
        "startDate": start,
        "endDate": end,
        "url": f"https://{one['url']}" if one["url"] else None,
        "keywords": one["stack"] if rng.random() < 0.4 else [],
        "highlights": one["items"],
    }
    return {key: value for key, value in values.items() if value}


def blocks_of(outline: Outline, resume: Resume) -> list[Block]:
    """Return what an export prints, block by block."""
    basics = resume.basics
    places = {basics.location.city if basics.location else None}
    facts = set(basics.notes)
    contact = [
        _part(link.text, "place" if link.text in places else "note" if link.text in facts else "contact")
        for link in outline.contact
    ]
    blocks = [
        Block("head.name", [_part(outline.name, "person")]),
        Block("head.headline", [_part(outline.headline, "headline")]),
        Block("head.contact", contact),
    ]
    for section in outline.sections:
        blocks.append(Block(f"{section.name}.heading", [_part(section.title, "heading")]))
        items = getattr(resume, section.name, []) if section.name not in ("summary", "other") else []
        for index, entry in enumerate(section.entries):
            item = items[index] if entry.has_head and index < len(items) else None
            if item is not None:
                blocks.append(Block(f"{section.name}.entry", list(_head(section, entry, item)), is_ordered=False))
            blocks += _body(section, entry, resume)
    return [block for block in blocks if any(part.text for part in block.parts)]


def _part(text: str | None, tag: str) -> Part:
    return Part("".join((text or "").split()), tag)


def _head(section: Section, entry: Entry, item: Any) -> Iterator[Part]:
    tags = {
        "work": {"position": "position", "name": "employer"},
        "volunteer": {"position": "position", "organization": "employer"},
        "education": {"study_type": "degree", "area": "area", "institution": "institution"},
        "projects": {"name": "name"},
        "certificates": {"name": "name", "issuer": "issuer"},
        "awards": {"title": "name", "awarder": "issuer"},
        "publications": {"name": "name", "publisher": "issuer"},
    }[section.name]
    for key, tag in tags.items():
        yield _part(clean(getattr(item, key)), tag)
    yield _part(entry.place, "place")
    yield _part(entry.address.text, "contact")
    yield _part(entry.dates, "dates")


def _body(section: Section, entry: Entry, resume: Resume) -> Iterator[Block]:
    """Yield the lines under an entry's head, or those of a section without heads."""
    name = section.name
    if name == "skills":
        keywords = {clean(word) for skill in resume.skills for word in skill.keywords}
        for line in entry.lines:
            words = _in_order(line.text, keywords)
            yield Block("skills.line", [_part(line.label, "label"), *(_part(word, "skill") for word in words)])
        return
    if name == "languages":
        parts = [
            part for one in resume.languages for part in (_part(one.language, "language"), _part(one.fluency, "level"))
        ]
        yield Block("languages.line", parts)
        return
    for line in entry.lines:
        if line.label:
            tag = {"education": "score", "projects": "stack"}.get(name, "text")
            role = "more" if tag != "text" else "prose"
            yield Block(
                f"{name}.{role}", [_part(line.label, "label" if role == "more" else "text"), _part(line.text, tag)]
            )
        elif name == "other":
            yield Block("other.line", [_part(line.text, "text")])
        elif name in ("certificates", "awards", "publications"):
            yield Block(f"{name}.more", [_part(line.text, "note")])
        else:
            role = "item" if line.kind == "bullet" else "prose"
            yield Block(f"{name}.{role}", [_part(line.text, "text")])


def _in_order(text: str, words: set[str]) -> list[str]:
    """Return the words of a list that a text holds, in its order."""
    found = []
    at = 0
    while at < len(text):
        here = [word for word in words if word and text.startswith(word, at)]
        word = max(here, key=len, default="")
        found += [word] if word else []
        at += len(word) or 1
    return found


def labelled(lines: list[Line], blocks: list[Block]) -> list[Known]:
    """Tie lines as they were read to what was printed."""
    result: list[Known] = []
    waiting = list(blocks)
    for line in lines:
        text = "".join(line.text.split())
        tags: list[str] = []
        label = ""
        while len(tags) < len(text):
            block, part, length = _next(waiting, text[len(tags) :])
            if part is None or block is None:
                tags.append("-")
                continue
            while waiting[0] is not block:
                waiting.pop(0)
            label = label or (continued(block.label) if block.is_open else block.label)
            starts = part.tag in STARTED and not part.found
            tags += [f"B-{part.tag}" if starts else part.tag, *[part.tag] * (length - 1)]
            part.found += length
            block.is_open = True
        result.append(Known(line, label or (result[-1].label if result else "head.contact"), tags))
    return result


def _next(blocks: list[Block], text: str) -> tuple[Block | None, Part | None, int]:
    """Return the part that a text opens with: of the block at hand, or of one of the next few."""
    best: tuple[Block | None, Part | None, int] = (None, None, 0)
    for distance, block in enumerate(blocks[:4]):
        left = [part for part in block.parts if part.found < len(part.text)]
        for part in left[:1] if block.is_ordered and block.is_open else left:
            rest = part.text[part.found :]
            length = len(rest) if text.startswith(rest) else len(text) if rest.startswith(text) else 0
            if length > best[2] and (length == len(rest) or length > 2):
                best = (block, part, length)
        if best[1] or (left and not distance and block.is_open and block.is_ordered and len(left) == len(block.parts)):
            break
    return best
