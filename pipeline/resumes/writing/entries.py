"""The entries of a resume's outline: what is printed of each job, degree, project, skill and so on."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence

from pipeline.resumes.model import (
    Education,
    Language,
    Project,
    Resume,
    ResumePart,
    SectionName,
    Skill,
    Volunteer,
    Work,
)
from pipeline.resumes.writing.look import Look
from pipeline.resumes.writing.outline import NO_LINK, Entry, Line, Link, clean, show_address
from pipeline.resumes.writing.wording import Wording

_NAME_GIVER_DATE: dict[str, tuple[str, str, str]] = {
    "publications": ("name", "publisher", "release_date"),
    "awards": ("title", "awarder", "date"),
    "certificates": ("name", "issuer", "date"),
}


def build_entries(resume: Resume, name: SectionName, wording: Wording, look: Look) -> tuple[Entry, ...]:
    """Return what is printed of one section of the schema."""
    if name == "skills":
        entries = [Entry(lines=tuple(_skill_lines(resume.skills)))]
    elif name == "languages":
        entries = [Entry(lines=tuple(_language_lines(resume.languages)))]
    elif name in _NAME_GIVER_DATE:
        entries = [_short(item, _NAME_GIVER_DATE[name], wording, look) for item in getattr(resume, name)]
    else:
        builders: dict[str, Callable[..., Entry]] = {
            "work": _work, "volunteer": _work, "education": _education, "projects": _project,
        }  # fmt: skip
        build = builders[name]
        entries = [build(item, wording, look) for item in getattr(resume, name)]
    return tuple(entry for entry in entries if entry.has_head or entry.lines)


def _work(item: Work | Volunteer, wording: Wording, look: Look) -> Entry:
    employer = clean(item.name if isinstance(item, Work) else item.organization)
    description = item.description if isinstance(item, Work) else None
    title, subtitle, address = _what_and_where(clean(item.position), employer, item, look)
    return Entry(
        title=title,
        subtitle=subtitle,
        place=clean(item.location),
        address=address,
        dates=_span(item, wording),
        lines=(*paragraphs(description, item.summary, *item.notes), *_bullets(item.highlights)),
    )


def _education(item: Education, wording: Wording, look: Look) -> Entry:
    degree = joined((item.study_type, item.area), wording.degree_separator)
    title, subtitle, address = _what_and_where(degree, clean(item.institution), item, look)
    return Entry(
        title=title,
        subtitle=subtitle,
        place=clean(item.location),
        address=address,
        dates=_span(item, wording),
        lines=(
            *labelled(wording.grade, [item.score]),
            *labelled(wording.courses, item.courses),
            *paragraphs(*item.notes),
            *_bullets(item.highlights),
        ),
    )


def _project(item: Project, wording: Wording, look: Look) -> Entry:
    title = clean(item.name)
    return Entry(
        title=title,
        subtitle=Link(joined((*item.roles, item.entity, item.type))),
        address=_address_of(title, item, look),
        dates=_span(item, wording),
        lines=(
            *paragraphs(item.description, *item.notes),
            *labelled(wording.keywords, item.keywords),
            *_bullets(item.highlights),
        ),
    )


def _short(item: ResumePart, fields: tuple[str, str, str], wording: Wording, look: Look) -> Entry:
    """Return the entry of what has a name, a giver and a date, which are in the fields named."""
    name, giver = (clean(getattr(item, field)) for field in fields[:2])
    return Entry(
        title=name or giver,
        subtitle=Link(giver if name else ""),
        address=_address_of(name or giver, item, look),
        dates=wording.date(getattr(item, fields[2])) or unread(item, fields[2]),
        lines=tuple(paragraphs(getattr(item, "summary", None), *item.notes)),
    )


def _what_and_where(what: str, where: str, item: ResumePart, look: Look) -> tuple[str, Link, Link]:
    """Return title, subtitle and address of an entry; the place carries the address where it is named."""
    address = _address(item)
    if not (what and where):
        return what or where, NO_LINK, _address_of(what or where, item, look)
    if not address.target:
        return (where, Link(what), address) if look.employer_first else (what, Link(where), address)
    if look.employer_first:
        return where, Link(what), Link(target=address.target)
    return what, Link(where, address.target), NO_LINK


def _address_of(title: str, item: ResumePart, look: Look) -> Link:
    """Return the address of an entry, without its text where the title leads there instead."""
    address = _address(item)
    return Link(target=address.target) if title and address.target and look.links == "behind" else address


def _span(item: Work | Volunteer | Education | Project, wording: Wording) -> str:
    """Return a span of time. A job or a course of study without an end goes on; a project may have one date only."""
    start = wording.date(item.start_date) or unread(item, "start_date")
    end = wording.date(item.end_date) or unread(item, "end_date")
    if start and not end and not isinstance(item, Project):
        end = wording.present
    return start if start == end else " – ".join(filter(None, (start, end)))


def unread(item: ResumePart, field: str) -> str:
    """Return the words that the model keeps beside a field whose format they do not fit."""
    value = (item.model_extra or {}).get(f"{item._key(field)}Text")
    return clean(value) if isinstance(value, str) else ""


def _address(item: ResumePart) -> Link:
    url = getattr(item, "url", None) or unread(item, "url")
    return show_address(url) if url else NO_LINK


def _skill_lines(skills: Sequence[Skill]) -> Iterator[Line]:
    """Yield a line a category; neighbouring skills that are no category share one."""
    singles: list[str] = []
    for skill in skills:
        name, level = clean(skill.name), clean(skill.level)
        label = f"{name} ({level})" if name and level else name or level
        if label and not skill.keywords and not skill.notes:
            singles.append(label)
            continue
        yield from _list_line(singles)
        singles = []
        # A note is running text that keywords were found in: they are not printed twice.
        notes = [note for note in map(clean, skill.notes) if note]
        said = " ".join(notes).casefold()
        keywords = [word for word in map(clean, skill.keywords) if word.casefold() not in said]
        yield from labelled(label, keywords)
        for note in notes:
            yield from labelled("" if keywords else label, [note])
            keywords = keywords or [note]
    yield from _list_line(singles)


def _language_lines(languages: Sequence[Language]) -> Iterator[Line]:
    shown = []
    for item in languages:
        language, fluency = clean(item.language), clean(item.fluency)
        shown.append(f"{language} ({fluency})" if language and fluency else language or fluency)
    yield from _list_line([text for text in shown if text])
    yield from paragraphs(*(note for item in languages for note in item.notes))


def entry_of_paragraphs(text: str | None) -> tuple[Entry, ...]:
    """Return running text as an entry without a head; none where there is no text."""
    lines = tuple(paragraphs(text))
    return (Entry(lines=lines),) if lines else ()


def paragraphs(*texts: str | None) -> Iterator[Line]:
    """Yield a line for each line of the texts that holds something."""
    for text in texts:
        yield from (Line("paragraph", part) for part in map(clean, (text or "").splitlines()) if part)


def _bullets(texts: Iterable[str]) -> Iterator[Line]:
    return (Line("bullet", text) for text in map(clean, texts) if text)


def labelled(label: str, values: Sequence[str | None]) -> Iterator[Line]:
    """Yield the values on one line after their label; nothing where there are none."""
    for line in _list_line([text for text in map(clean, values) if text]):
        yield Line("labelled", line.text, label) if label else line


def _list_line(values: Sequence[str]) -> Iterator[Line]:
    """Yield the values on one line, parted by what none of them holds outside brackets."""
    if values:
        has_comma = any("," in re.sub(r"\([^()]*\)|\[[^\[\]]*\]", "", value) for value in values)
        yield Line("paragraph", ("; " if has_comma else ", ").join(values))


def joined(parts: Iterable[str | None], separator: str = ", ") -> str:
    """Return the parts that hold something as one text."""
    return separator.join(text for text in map(clean, parts) if text)
