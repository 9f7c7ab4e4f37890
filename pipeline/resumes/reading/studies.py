"""Education: schools, degrees, subjects, grades."""

import re
from collections.abc import Sequence
from dataclasses import replace

from pipeline.resumes.model import Education
from pipeline.resumes.reading.entries import Entry, split_entries
from pipeline.resumes.reading.header_parts import HeaderParts, Part, take_apart, unknown_place
from pipeline.resumes.reading.job_words import degree_score, is_school, split_degree
from pipeline.resumes.reading.lines import COMMA, Line
from pipeline.resumes.reading.notes import Noted
from pipeline.resumes.reading.places import split_place

_GRADE = re.compile(
    r"(?:c?gpa|grade|final grade|note|abschlussnote|mention|score|marks|average|promedio|media)\s*(?:[:=]|of)?\s*("
    r"[\d.,:]+\s*(?:/\s*[\d.,]+)?%?|[A-F*]{1,4}[+-]?|(?:magna |summa )?cum laude|distinction|merit|first[- ]class(?: "
    r"honours)?|sehr gut|gut)\s*",
    re.I,
)
_PERCENTAGE = re.compile(r"(\d{1,2}(?:\.\d+)?\s?%)")
_SCHOOL_LABELS = ("university", "institution", "institute", "college", "school", "board")
_DEGREE_LABELS = ("degree", "course", "qualification")
_COURSES = re.compile(r"(?:relevant |selected |key )?(?:coursework|courses|modules)\s*:\s*(.+)", re.I | re.S)


def read_studies(lines: Sequence[Line]) -> list[Noted[Education]]:
    """Return the courses of study of a section, one item each."""
    return [_study(entry) for entry in split_entries(lines) if entry.header or entry.body]


def _study(entry: Entry) -> Noted[Education]:
    found = take_apart(entry.header)
    score = _take_grade(found)
    school, degrees, rest = _names(found.parts)
    place = unknown_place([part for part in (school, *degrees, *rest) if part]) if rest and not found.place else None
    if place and place in rest:
        found.place = place.text
        rest.remove(place)
    school_name, school_place = (
        split_place(school.text) if school and not found.place else (school and school.text, None)
    )
    study_type, area = _degree([part.text for part in degrees])
    courses, highlights, described_score = _details(entry.body)
    date = found.dates[0] if found.dates else None
    single = date is not None and not date.is_range
    notes = [part.text for part in rest] + found.leftovers + [later.text for later in found.dates[1:]]
    study = Education(
        institution=school_name,
        study_type=study_type,
        area=area,
        location=found.place or school_place,
        url=found.url,
        # One date alone is the year of the degree.
        start_date=None if single or date is None else date.start,
        end_date=(date.start if single else date.end) if date else None,
        score=score or described_score,
        courses=courses,
        highlights=highlights,
        notes=notes if date is None or date.is_exact else [*notes, date.text],
    )
    noted = Noted(study)
    known = school is not None and is_school(school.text)
    noted.rate("institution", 0.95 if known else 0.6 if school else 0.2, "" if school else "No school was found.")
    noted.rate("studyType", 0.9 if study_type else 0.3, "" if study_type else "No degree was found.")
    noted.rate_dates(date, "endDate" if single else "startDate")
    return noted


def _take_grade(found: HeaderParts) -> str | None:
    """Take a grade out of the parts of a heading."""
    matches = {part: _GRADE.fullmatch(part.text) or _PERCENTAGE.fullmatch(part.text) for part in found.parts}
    grades = {part: match[1] for part, match in matches.items() if match}
    found.parts = [part for part in found.parts if part not in grades]
    return next(iter(grades.values()), None)


def _names(parts: list[Part]) -> tuple[Part | None, list[Part], list[Part]]:
    """Tell school and degree apart; what is neither comes back as the rest."""
    split: list[Part] = []
    for part in parts:
        split += _split_school(part)
    schools = [
        part
        for part in split
        if part.label in _SCHOOL_LABELS or (is_school(part.text) and degree_score(part.text) < 0.9)
    ]
    degrees = [
        part for part in split if part not in schools and (part.label in _DEGREE_LABELS or degree_score(part.text) > 0)
    ]
    rest = [part for part in split if part not in schools and part not in degrees]
    if not schools and rest:
        schools = [rest.pop(0)]
    elif not schools and len(degrees) > 1:
        schools = [degrees.pop()]
    elif not schools and degrees:
        degrees[0], schools = _school_at_end(degrees[0])
    subjects = [
        part
        for part in rest
        if len(degrees) == 1 and part.line == degrees[0].line and not _has_subject(degrees[0].text)
    ]
    if degrees and subjects:
        degrees = [degrees[0], subjects[0]]
        rest.remove(subjects[0])
    return (schools[0] if schools else None), degrees, rest + schools[1:]


def _school_at_end(degree: Part) -> tuple[Part, list[Part]]:
    """Take what follows a degree and its subject for the school: `M.Sc. Physics, NTNU`."""
    head, _, tail = degree.text.rpartition(", ")
    if head and tail and split_degree(head)[1] and degree_score(tail) <= 0:
        return replace(degree, text=head), [replace(degree, text=tail)]
    return degree, []


def _has_subject(text: str) -> bool:
    return split_degree(text)[1] is not None


def _split_school(part: Part) -> list[Part]:
    """Split `Stanford University, PhD in Physics` or `BSc Physics, University of Oslo` at the comma between the two."""
    pieces = COMMA.split(part.text)
    for cut in range(1, len(pieces)):
        left, right = ",".join(pieces[:cut]).strip(), ",".join(pieces[cut:]).strip()
        schools, degrees = (is_school(left), is_school(right)), (degree_score(left), degree_score(right))
        if (schools[0] and not schools[1] and degrees[1] > 0) or (schools[1] and degrees[0] > 0 and not schools[0]):
            halves = [replace(part, text=text) for text in (left, right)]
            return [halves[0], *_split_school(halves[1])]
    at = re.split(r"\s+(?:at|from|@)\s+(?=.*)", part.text, maxsplit=1)
    if len(at) == 2 and degree_score(at[0]) > 0 and is_school(at[1]):
        return [replace(part, text=text.strip()) for text in at]
    return [part]


def _degree(texts: list[str]) -> tuple[str | None, str | None]:
    """Return the degree and its subject; a degree printed twice counts once."""
    if not texts:
        return None, None
    longest = max(texts, key=len)
    if all(text.lower().rstrip(".") in longest.lower() for text in texts):
        texts = [longest]
    kind, area = split_degree(texts[0])
    for text in texts[1:]:
        area = f"{area}, {text}" if area else text
    return kind, area


def _details(body: Sequence[Line]) -> tuple[list[str], list[str], str | None]:
    courses: list[str] = []
    highlights: list[str] = []
    score: str | None = None
    for line in body:
        text = line.text
        grade, listed = _GRADE.fullmatch(text.rstrip(".")), _COURSES.fullmatch(text)
        if grade and not score:
            score = grade[1].strip()
        elif listed and not courses:
            courses = [
                course.strip() for course in re.split(r"[,;]\s+(?![^(]*\))", listed[1].rstrip(".")) if course.strip()
            ]
        elif text:
            highlights.append(text)
    return courses, highlights, score
