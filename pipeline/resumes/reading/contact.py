"""The head of a resume: the name, the headline and how to reach the person."""

import re
from collections.abc import Sequence
from dataclasses import replace

from pipeline.resumes.model import Basics
from pipeline.resumes.reading.contact_pieces import Head, is_address, is_contact, location_of, profiles_of, read_cells
from pipeline.resumes.reading.dates import is_date_text
from pipeline.resumes.reading.entry_lines import is_sentence
from pipeline.resumes.reading.headings import is_contact_heading, is_document_title, section_of
from pipeline.resumes.reading.job_words import title_score
from pipeline.resumes.reading.lines import BULLET_GLYPHS, Line, cell_text, close_letter_spacing, plain
from pipeline.resumes.reading.names import is_title_after_name, looks_like_name
from pipeline.resumes.reading.notes import Noted
from pipeline.resumes.reading.places import is_place

_NAME_LABEL = (
    r"(?:(?:full |candidate )?name|vor- und nachname|vor- und zuname|name, vorname|nom(?: et prénom)?|"
    r"nombre(?: completo)?|nome(?: e cognome| completo)?|naam|namn|navn|imię i nazwisko|ad soyad|姓名|氏名|성명|الاسم)"
)


def read_head(lines: Sequence[Line], contact: Sequence[Line]) -> Noted[Basics]:
    """Read the lines above the first section, and those under a contact heading."""
    head = Head()
    lines = [_without_label(line) for line in lines]
    name_at = _find_name(lines, head)
    for index, line in enumerate(lines):
        if index == name_at:
            name = head.name or ""
            read_cells([cell for cell in line.cells[1:] if close_letter_spacing(cell_text(cell)) not in name], head)
        elif index - 1 == name_at and _goes_on(lines[index - 1], line, head):
            head.name = f"{head.name} {line.text}"
        else:
            _read_line(line, head, near=name_at is not None and 0 < index - name_at <= 3)
    for line in contact:
        _read_line(line, head, near=False)
    return _basics(head)


def _find_name(lines: Sequence[Line], head: Head) -> int | None:
    """Choose the line that is the name: the largest that has a name's shape, else the first."""
    candidates = []
    for index, line in enumerate(lines[:12]):
        label = re.match(_NAME_LABEL + r"\s*[:：]\s*(.+)", line.text, re.I)
        if label and looks_like_name(label[1]):
            head.name, head.sureness = label[1].strip(), 0.95
            return index
        text = _name_text(line)
        if text and not is_document_title(text) and not is_contact(_split_headline(text)[0] or ""):
            candidates.append((index, text, line.size))
    if not candidates:
        return None
    first, *later = candidates  # some names are occupations too: Baker, Cook
    candidates = [first, *(c for c in later if title_score(_split_headline(c[1])[0] or "") < 1)]
    largest = max(size for _, _, size in candidates)
    best = next(c for c in candidates if c[2] >= 0.95 * largest) if largest > 1.15 else candidates[0]
    if largest <= 1.15 and best[0] > 2 and best[0] > _first_text(lines) + 1:
        return None
    index, text, size = best
    if title_score(_split_headline(text)[0] or "") >= 1 and size <= 1.15:
        return None
    head.name, head.headline, contact = _split_headline(text)
    read_cells(plain(contact), head)
    head.sureness = 0.95 if size > 1.3 or index == 0 else 0.75
    return index


def _goes_on(above: Line, line: Line, head: Head) -> bool:
    """Tell whether a line in the same large letters is the rest of the name."""
    if above.size < 1.4 or abs(line.size - above.size) > 0.05 * above.size or title_score(line.text) > 0:
        return False
    return not head.headline and looks_like_name(f"{head.name} {line.text}")


def _first_text(lines: Sequence[Line]) -> int:
    return next(
        (i for i, line in enumerate(lines) if not is_document_title(line.text) and not is_contact(line.text)), 0
    )


def _name_text(line: Line) -> str | None:
    """Return the text of a line whose first cell, or first part, has the shape of a name."""
    text = close_letter_spacing("".join(span.text for span in line.cells[0]).strip())
    text = re.sub(r"^(?:curriculum vitae|resume|résumé|cv|lebenslauf)\s*(?:of|von|de|:|–|-)?\s*", "", text, flags=re.I)
    spaced = close_letter_spacing("  ".join(cell_text(cell) for cell in line.cells)) if len(line.cells) > 1 else text
    together = " ".join(map(cell_text, line.cells))
    if 1 < len(line.cells) <= 3 and " " not in text and looks_like_name(together) and not title_score(together) > 0:
        text = together  # parted by more than one space
    elif (
        len(line.cells) > 1
        and all(len(cell_text(cell)) <= 2 or " " in cell_text(cell) for cell in line.cells)
        and len(spaced) < len(line.text)
    ):
        text = spaced
    if line.is_bullet or line.heading > 1:
        return None
    return text if looks_like_name(_split_headline(text)[0] or "") else None


def _without_label(line: Line) -> Line:
    """Take a heading such as `Personal information` off the start of a table's row, where a name stands beside it."""
    if len(line.cells) != 2 or not looks_like_name(cell_text(line.cells[1])):
        return line
    label = cell_text(line.cells[0])
    is_label = section_of(label) == "other" or is_contact_heading(label)
    return replace(line, cells=line.cells[1:]) if is_label else line


def _split_headline(text: str) -> tuple[str | None, str | None, str]:
    """Part `Jane Doe | Data Engineer` and `Jane Doe, Data Engineer`, and contact data after the name."""
    match = re.match(r"(.+?)\s*(?:[|•·]|\s[–—-]\s|,\s)\s*(.+)", text)
    if match and looks_like_name(match[1]) and is_contact(match[2]):
        return match[1].strip(), None, match[2]
    if match and looks_like_name(match[1]) and title_score(match[2]) > 0 and not is_title_after_name(match[2]):
        return match[1].strip(), match[2].strip(), ""
    return text, None, ""


def _read_line(line: Line, head: Head, near: bool) -> None:
    text = line.text
    if is_document_title(text):
        return
    if not is_contact(text) and not _has_links(line):
        is_short = len(text) <= 120 and not is_sentence(line)
        if (
            near
            and not head.headline
            and is_short
            and not is_place(text)
            and not is_address(text)
            and not is_date_text(text)
        ):
            head.headline = re.sub(r"\s+", " ", text).strip(BULLET_GLYPHS + " ")
            return
        if is_sentence(line) or len(text) > 120:
            head.prose.append(text)
            return
    read_cells(line.cells, head)


def _has_links(line: Line) -> bool:
    return any(span.link for cell in line.cells for span in cell)


def _basics(head: Head) -> Noted[Basics]:
    profiles, sites, networks = profiles_of(head.urls)
    basics = Basics(
        name=head.name,
        label=head.headline,
        email=head.email,
        phone=head.phones[0] if head.phones else None,
        url=sites[0] if sites else None,
        summary="\n".join(head.prose) or None,
        location=location_of(head.places[0]) if head.places else None,
        profiles=profiles,
        notes=[*head.rest, *networks, *head.places[1:], *head.phones[1:], *sites[1:]],
    )
    noted = Noted(basics)
    noted.rate(
        "name", head.sureness if head.name else 0.1, "" if head.name else "No name was found; nothing stands in for it."
    )
    noted.rate("email", 0.98 if head.email else 0.2, "" if head.email else "No e-mail address was found.")
    if head.headline:
        noted.rate("label", 0.9 if title_score(head.headline) > 0 else 0.6)
    return noted
