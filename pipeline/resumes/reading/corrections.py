"""A reading put right by hand: a person says what lines are, and the resume is put together anew.

Nothing is typed here: every field is text of the file, as in the reading itself.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

from pipeline.resumes.reading.dates import find_dates
from pipeline.resumes.reading.learned.reader import SET_ASIDE, assemble, understand
from pipeline.resumes.reading.learned.tagging import Field, Tagged, tag_lines, tag_words
from pipeline.resumes.reading.lines import Line, cell_text, plain
from pipeline.resumes.reading.notes import every_field
from pipeline.resumes.reading.reading import ResumeReading

NOTHING = "nothing"
UNSURE = 0.6  # what a line looks like with less is a guess
LINE_TAGS: dict[str, str] = {
    "entry": "Start of a job, study or project",
    "employer": "Employer",
    "position": "Position",
    "position employer": "Position, then employer",
    "employer position": "Employer, then position",
    "dates": "Dates",
    "place": "Place",
    "item": "Bullet",
    "prose": "Running text",
    "goes on": "Goes on from the line above",
    "institution": "School or university",
    "degree": "Degree",
    "name": "Name of a project, certificate or award",
    "skills": "Skills",
    "languages": "Languages spoken",
    "person": "The person's name",
    "headline": "Headline",
    "contact": "Contact details",
    "summary": "Summary",
    "heading work": "Heading of jobs",
    "heading education": "Heading of education",
    "heading skills": "Heading of skills",
    "heading projects": "Heading of projects",
    "heading volunteer": "Heading of volunteer work",
    "heading certificates": "Heading of certificates",
    "heading languages": "Heading of languages",
    "heading summary": "Heading of a summary",
    "heading other": "Heading of another section",
    NOTHING: "Nothing: leave it out",
}
_WHOLE: dict[str, tuple[str, str]] = {
    "skills": ("skills", "line"),
    "languages": ("languages", "line"),
    "person": ("head", "name"),
    "headline": ("head", "headline"),
    "contact": ("head", "contact"),
    "summary": ("summary", "prose"),
}
_OF_TEXT = ("item", "prose", "goes on")
_SECTION_OF_WORDS = {"employer": "work", "position": "work", "institution": "education", "degree": "education"}
_WORDS_OF_WHOLE = {"person": "person", "headline": "headline"}
_BODIES = frozenset({"work", "education", "projects", "summary"})
_CLEAR_HEADINGS = {
    "work": "Work experience", "education": "Education", "skills": "Skills", "projects": "Projects",
    "volunteer": "Volunteer work", "certificates": "Certificates", "languages": "Languages", "summary": "Summary",
    "other": "Miscellaneous",
}  # fmt: skip
_PARTED = re.compile(r"\s*[,;|/·•@–—]\s*|\s+-\s+|\s+(?:at|bei|chez|presso|hos|bij)\s+", re.I)
_EDGES = " \t,;:|/·•@–—-()[]"


def correct_lines(reading: ResumeReading, tags: Mapping[int, str]) -> ResumeReading:
    """Return the reading with lines, by their numbers, taken for what a person says they are; "" takes it back.

    What was said before stays.     Raises KeyError for a tag that LINE_TAGS does not have.
    """
    given = {number: tag for number, tag in {**reading.said, **tags}.items() if tag}
    unknown = sorted(set(given.values()) - set(LINE_TAGS))
    if unknown:
        raise KeyError(unknown[0])
    if not given:
        understood = understand(reading.lines)
        fields = every_field(understood.resume, understood.fields)
        return reading.model_copy(update={"resume": understood.resume, "fields": fields, "said": {}})
    tagged = _with_headings(tagged_lines(reading), given)
    kept = [number for number, line in enumerate(tagged) if given.get(number, line.role) not in (NOTHING, *SET_ASIDE)]
    lines, said = [tagged[number] for number in kept], [given.get(number, "") for number in kept]
    lines = _with_roles(lines, said)
    words = tag_words(lines)
    for number, tag in enumerate(said):
        if _words(tag):
            words[number] = _said_fields(lines[number].line, number, words[number], _words(tag))
    resume, notes = assemble(lines, words)
    dropped = [tagged[number].line.text for number, tag in given.items() if tag == NOTHING]
    kept_out = [text for text in reading.left_out if text not in dropped]
    changes = {"resume": resume, "fields": every_field(resume, notes), "said": given, "left_out": kept_out + dropped}
    return reading.model_copy(update=changes)


def tagged_lines(reading: ResumeReading) -> Sequence[Tagged]:
    """Return the lines of a reading with what the learned reader takes each for."""
    return _tagged(reading.lines)


@lru_cache(maxsize=4)
def _tagged(lines: tuple[Line, ...]) -> Sequence[Tagged]:
    return tuple(tag_lines(lines))


def lines_alike(reading: ResumeReading, numbers: Sequence[int]) -> list[int]:
    """Return the other lines that look like these and stand among lines like theirs."""
    lines = tagged_lines(reading)
    looks = {_look(lines, number) for number in numbers}
    alike = [number for number in range(len(lines)) if _look(lines, number) in looks]
    return [number for number in alike if number not in numbers]


def taken_for(reading: ResumeReading, number: int) -> str:
    """Return in a few words what a line looks like, marked where that is a guess, or what a person said it is."""
    if number in reading.said:
        return f"✓ {LINE_TAGS[reading.said[number]]}"
    line = tagged_lines(reading)[number]
    kind = f"heading: {line.section}" if line.role == "heading" else f"{line.section}: {line.role.removesuffix('+')}"
    return kind if line.probability >= UNSURE else f"{kind} ?"


def is_of_head(reading: ResumeReading, number: int) -> bool:
    """Tell whether a line says who the person is or how to reach them, or stands where that would."""
    return tagged_lines(reading)[number].section in ("head", "contact")


def _with_headings(lines: Sequence[Tagged], given: Mapping[int, str]) -> list[Tagged]:
    """Where a person names headings, read the lines anew with headings as clear as can be in their places."""
    heads = {number: tag.partition(" ")[2] for number, tag in given.items() if tag.startswith("heading ")}
    if not heads:
        return list(lines)
    clear = [
        Line(plain(_CLEAR_HEADINGS[heads[number]]), heading=1, has_gap=True, is_whole=True)
        if number in heads
        else line.line
        for number, line in enumerate(lines)
    ]
    return [
        Tagged(lines[number].line, heads[number], "heading", 1.0) if number in heads else line
        for number, line in enumerate(tag_lines(clear))
    ]


def _with_roles(lines: Sequence[Tagged], said: Sequence[str]) -> list[Tagged]:
    """Give each line that a person spoke of its section and role; a field that comes again starts another entry."""
    found: list[Tagged] = []
    section, run = "work", set[str]()
    for line, tag in zip(lines, said, strict=True):
        above = found[-1] if found else None
        if above is None or above.role in ("heading", "item", "item+", "prose", "prose+"):
            run = set()
        if tag and not tag.startswith("heading "):
            line = replace(line, probability=1.0)
            if tag in (*_WHOLE, *_OF_TEXT):
                line = _with_role(line, tag, section, above)
            else:
                words = set(_words(tag))
                starts = tag == "entry" or not run or bool(words & run)
                run = words if starts else run | words
                own = next(filter(None, map(_SECTION_OF_WORDS.get, sorted(words))), section)
                line = replace(line, section=own, role="entry" if starts else "more")
        if line.section not in ("head", "contact", "other"):
            section = line.section
        found.append(line)
    return found


def _with_role(line: Tagged, tag: str, section: str, above: Tagged | None) -> Tagged:
    """Give a line the section and role of a tag that no entry starts with."""
    if tag in _WHOLE:
        return replace(line, section=_WHOLE[tag][0], role=_WHOLE[tag][1])
    if tag == "goes on":
        return _going_on(line, above)
    plain_role = "more" if section == "listed" else "line"
    return replace(line, section=section, role=tag if section in _BODIES else plain_role)


def _going_on(line: Tagged, above: Tagged | None) -> Tagged:
    if above is None:
        return line
    role = above.role if above.role.endswith("+") else f"{above.role}+" if above.role in ("item", "prose") else "line+"
    return replace(line, section=above.section, role=role)


def _words(tag: str) -> list[str]:
    """Return the fields that a tag says the words of a line are."""
    if tag in _WORDS_OF_WHOLE:
        return [_WORDS_OF_WHOLE[tag]]
    if tag in ("", "entry", NOTHING, *_OF_TEXT, *_WHOLE) or tag.startswith("heading "):
        return []
    return tag.split()


def _said_fields(line: Line, number: int, known: Sequence[Field], words: Sequence[str]) -> list[Field]:
    """Return the fields of a line whose words a person named: dates and places beside them stay what they are."""
    waiting = list(words)
    found: list[Field] = []
    for place, cell in enumerate(line.cells):
        text = cell_text(cell)
        if words == ["dates"]:
            tag = "dates" if find_dates(text) else "note"
            found.append(Field(tag, text, number, 1.0, "date" if tag == "dates" else "word", 0, place))
            continue
        own = [one for one in known if one.cell == place and _stays(one, words)]
        for begin, piece in _between(text, own, len(waiting)):
            tag = waiting.pop(0) if waiting else "note"
            found.append(Field(tag, piece, number, 1.0, "word", begin, place))
        found += own
    return sorted(found, key=lambda one: (one.cell, one.begin))


def _stays(one: Field, words: Sequence[str]) -> bool:
    return one.kind in ("date", "contact") or (one.tag in ("place", "dates", "score") and one.tag not in words)


def _between(text: str, taken: Sequence[Field], count: int) -> list[tuple[int, str]]:
    """Return the pieces of a text outside the fields taken, parted so that there may be as many as are waited for."""
    pieces, begin = [], 0
    for one in [*sorted(taken, key=lambda one: one.begin), None]:
        pieces.append((begin, text[begin : one.begin if one else len(text)]))
        begin = one.begin + len(one.text) if one else begin
    found: list[tuple[int, str]] = []
    for start, piece in pieces:
        mark = _PARTED.search(piece.rstrip(_EDGES), len(piece) - len(piece.lstrip(_EDGES))) if count > 1 else None
        halves = (
            [(start, piece[: mark.start()]), (start + mark.end(), piece[mark.end() :])] if mark else [(start, piece)]
        )
        for at, half in halves:
            bare = half.strip(_EDGES)
            if re.search(r"\w", bare):
                found.append((at + half.index(bare), bare))
    return found


def _look(lines: Sequence[Tagged], number: int) -> tuple[object, ...]:
    """Return how a line looks and what it stands between: the edge of an entry, dates, text."""
    line = lines[number].line
    text = line.text
    style = (line.is_bold, line.is_italic, round(line.size, 1), line.heading, line.is_bullet, line.level, line.column)
    form = (len(line.cells), text.isupper(), text.endswith(":"), bool(find_dates(text)), line.has_gap)
    above = _kind(lines, number - 1)
    is_of_head = lines[number].section in ("head", "contact")
    return (
        *style,
        *form,
        is_of_head,
        "edge" if above in ("", "heading", "bullet") else above,
        _kind(lines, number + 1),
    )


def _kind(lines: Sequence[Tagged], number: int) -> str:
    if not 0 <= number < len(lines):
        return ""
    line = lines[number].line
    dated = "dated" if find_dates(line.text) else "text"
    return "heading" if lines[number].role == "heading" else "bullet" if line.is_bullet else dated
