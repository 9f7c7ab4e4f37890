"""What the heading of an entry is made of: its dates, its place, and the names left over."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from pipeline.resumes.reading.dates import DURATION, DateRange, find_dates, is_date_text, is_duration
from pipeline.resumes.reading.lines import BULLET_GLYPHS, Cell, Line, Span, cell_text
from pipeline.resumes.reading.places import is_place, is_surely_place, looks_like_town, split_place

_SEPARATOR = re.compile(rf"\s+[|/–—―~]\s+|\s+-{{1,3}}\s+|\s*[{BULLET_GLYPHS}|]\s*|\t|\s{{3,}}|\s*;\s+")
_IDEOGRAPHS_APART = re.compile(r"(?<=[\u3040-\u30ff\u4e00-\u9fff])\s+(?=[\u3040-\u30ff\u4e00-\u9fff])")
_EDGES = " \t,;:،、|/–—―-~" + BULLET_GLYPHS + "\u200b"
_JOINTS = ("at", "@", "bei", "chez", "presso", "bij", "hos")
_LABELS = re.compile(
    r"^(?:dates?|duration|period|location|place|company|employer|organi[sz]ation|client|position|title|role|job "
    r"title|zeitraum|ort|firma|arbeitgeber|"
    r"university|institution|institute|college|board|school|degree|course|qualification|year|designation|from|stelle|"
    r"poste|entreprise|lieu)\s*:\s*",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Part:
    """A name in a heading: where it stands and how it looks."""

    text: str
    line: int
    cell: int
    bold: bool
    italic: bool
    label: str = ""
    heading: int = 0


@dataclass
class HeaderParts:
    """A heading taken apart."""

    parts: list[Part] = field(default_factory=list)
    dates: list[DateRange] = field(default_factory=list)
    place: str | None = None
    url: str | None = None
    leftovers: list[str] = field(default_factory=list)


def take_apart(header: Sequence[Line]) -> HeaderParts:
    """Take the dates and the place out of a heading, and the rest apart at its separators and changes of style."""
    found = HeaderParts()
    for number, line in enumerate(header):
        for position, cell in enumerate(line.cells):
            found.url = found.url or next(
                (span.link for span in cell if span.link and span.link.startswith("http")), None
            )
            rest, dates, durations = _without_dates(cell)
            found.dates += dates
            found.leftovers += durations
            for text, bold, italic in _pieces(rest):
                label = _LABELS.match(text)
                if dates and _LABELS.fullmatch(f"{text}:"):
                    continue
                text = _LABELS.sub("", text)
                if text:
                    found.parts.append(
                        Part(
                            text,
                            number,
                            position,
                            bold,
                            italic,
                            label[0].strip(" :").lower() if label else "",
                            line.heading,
                        )
                    )
    _drop_joints(found)
    _join_dangling(found)
    _take_place(found)
    return found


def _without_dates(cell: Cell) -> tuple[Cell, list[DateRange], list[str]]:
    """Cut the dates that stand at an edge or between separators out of a cell."""
    text = "".join(span.text for span in cell)
    dates, cuts = [], []
    for date in find_dates(text):
        before, after = text[: date.begin].strip(), text[date.finish :].strip()
        bracketed = "(" in text[date.begin : date.finish] or (before.endswith("(") and after.startswith(")"))
        if date.is_range or bracketed or not before or not after or before[-1] in ",|·•–—(" or is_duration(after):
            dates.append(date)
            cuts.append((date.begin, date.finish))
    rest = _cut(cell, cuts)
    durations = []
    match = DURATION.search(cell_text(rest)) if dates or is_duration(cell_text(cell)) else None
    if match and match[0].strip():
        durations.append(match[0].strip(" ()[]·•,"))
        start = "".join(span.text for span in rest).rfind(match[0].strip())
        rest = _cut(rest, [(start, start + len(match[0].strip()))]) if start >= 0 else rest
    return rest, dates, durations


def _cut(cell: Cell, cuts: Iterable[tuple[int, int]]) -> Cell:
    """Replace stretches of a cell with a separator, leaving the styles of the rest."""
    spans: list[Span] = []
    offset = 0
    cuts = list(cuts)
    for span in cell:
        kept, position = [], 0
        for begin, finish in cuts:
            start, end = max(begin - offset, 0), min(finish - offset, len(span.text))
            if start < end:
                kept.append(span.text[position:start])
                position = end
        kept.append(span.text[position:])
        spans.append(Span(" | ".join(kept) if len(kept) > 1 else kept[0], span.bold, span.italic, span.link))
        offset += len(span.text)
    return tuple(spans)


def _pieces(cell: Cell) -> list[tuple[str, bool, bool]]:
    """Split a cell at separators, and where the style changes between whole words."""
    runs: list[tuple[str, bool, bool]] = []
    for span in cell:
        if runs and (runs[-1][1:] == (span.bold, span.italic) or not re.search(r"\w", span.text)):
            runs[-1] = (runs[-1][0] + span.text, *runs[-1][1:])
        elif runs and not re.search(r"\w", runs[-1][0]):
            runs[-1] = (runs[-1][0] + span.text, span.bold, span.italic)
        else:
            runs.append((span.text, span.bold, span.italic))
    found = []
    for text, bold, italic in runs:
        for piece in _SEPARATOR.split(_IDEOGRAPHS_APART.sub("|", text)):
            piece = _trimmed(piece)
            if re.search(r"\w", piece):
                found.append((piece, bold, italic))
    return found


def _trimmed(text: str) -> str:
    text = re.sub(r"\s+", " ", text).strip(_EDGES)
    text = re.sub(r"^\((.*)\)$", r"\1", text) if text.count("(") == 1 else text
    text = re.sub(r"\(\s*\)|\[\s*\]", "", text)
    if text.count("(") < text.count(")"):
        text = text.rstrip(")")
    if text.count("(") > text.count(")"):
        text = text.rstrip("(") if text.endswith("(") else text.removeprefix("(")
    return text.strip(_EDGES)


def _drop_joints(found: HeaderParts) -> None:
    """Drop a lone `at` between two names, which says that the first is the position and the second the employer."""
    for before, joint, after in zip(found.parts, found.parts[1:], found.parts[2:], strict=False):
        if joint.text.lower() in _JOINTS and before.line == after.line:
            place = found.parts.index(joint)
            found.parts[place - 1 : place + 2] = [replace(before, label="position"), replace(after, label="employer")]
            return


def _join_dangling(found: HeaderParts) -> None:
    """Join a start whose end stands in the next line: `Feb 2020 –` above `Present`."""
    for first, second in zip(found.dates, found.dates[1:], strict=False):
        if first.is_dangling and not second.is_range:
            joined = DateRange(first.start, second.start, False, True, 0, 0, f"{first.text} {second.text}")
            found.dates = [joined, *(date for date in found.dates if date not in (first, second))]
            return
    for part in found.parts:
        if found.dates and found.dates[0].is_dangling and is_date_text(f"2000 - {part.text}"):
            first = found.dates[0]
            found.dates[0] = DateRange(first.start, None, True, True, 0, 0, f"{first.text} {part.text}")
            found.parts.remove(part)
            return


def _take_place(found: HeaderParts) -> None:
    """Take the place from among the parts: one that names a place, else a lone cell at the right, else a tail."""
    places = [part for part in found.parts if is_place(part.text) or part.label in ("location", "place", "ort", "lieu")]
    names = [part for part in found.parts if part not in places]
    sure = [part for part in places if is_surely_place(part.text)]
    if (len(names) > 1 and places) or (names and sure):
        best = max(sure or places, key=lambda part: (part.line, part.cell))
        found.place = _without_stop(best.text)
        found.parts.remove(best)
        return
    for part in reversed(found.parts):
        name, place = split_place(part.text)
        if place:
            found.place = _without_stop(place)
            found.parts[found.parts.index(part)] = replace(part, text=name)
            return


def _without_stop(place: str) -> str:
    return place[:-1] if re.search(r"[a-z]{3}\.$", place) else place


def unknown_place(parts: Sequence[Part]) -> Part | None:
    """Return the part that has the shape of a place and the look of an afterthought, where names are left over."""
    for part in reversed(parts):
        pieces = [piece.strip() for piece in part.text.split(",")]
        if not part.bold and len(pieces) <= 3 and all(map(looks_like_town, pieces)) and part is not parts[0]:
            return part
    return None
