"""The entries of a section: which lines head a job or a course of study, and which describe it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from pipeline.resumes.reading.dates import find_dates, is_date_text
from pipeline.resumes.reading.entry_lines import anchor_of, is_listing, is_sentence, is_set_in, may_head
from pipeline.resumes.reading.lines import Line, Span, cell_text

MAX_LEAD = 3  # lines above the date that may belong to a heading
MAX_TAIL = 2  # lines below it
_COLUMN = re.compile(
    r"(?:name of (?:the )?)?(?:degree|course|qualification|exam\w*|institution|institute|university|school|college|"
    r"board|year(?: of passing)?|dates?|"
    r"period|duration|grade|gpa|marks|percentage|result|company|employer|organi[sz]ation|position|role|title|"
    r"designation|job title|location|place)"
    r"(?: ?/ ?\w+)?",
    re.I,
)


@dataclass
class Entry:
    """One job, course of study or project: the lines of its heading, and those that describe it."""

    header: list[Line] = field(default_factory=list)
    body: list[Line] = field(default_factory=list)


def split_entries(lines: Sequence[Line]) -> list[Entry]:
    """Group the lines of a section into entries by their dates, their looks and what stands between them."""
    lines = _dates_out_of_items(_items_as_headings(_with_column_names(lines)))
    starts = _starts(lines)
    if not starts:
        return [Entry(body=list(lines))] if lines else []
    entries = _leading(lines[: starts[0]])
    for start, following in zip(starts, [*starts[1:], len(lines)], strict=True):
        entries.append(_entry(lines[start:following]))
    return entries


def _with_column_names(lines: Sequence[Line]) -> list[Line]:
    """Put the names in a table's first row before the cells of the rows below, as labels."""
    if len(lines) < 2 or len(lines[0].cells) < 3:
        return list(lines)
    names = [cell_text(cell) for cell in lines[0].cells]
    if sum(bool(_COLUMN.fullmatch(name)) for name in names) < len(names) - 1:
        return list(lines)
    result = []
    for line in lines[1:]:
        if len(line.cells) == len(names):
            named = tuple((Span(f"{name}: "), *cell) for name, cell in zip(names, line.cells, strict=True))
            line = replace(line, cells=named, has_gap=True)
        result.append(line)
    return result


def _leading(lines: Sequence[Line]) -> list[Entry]:
    """Group the lines above the first dated entry, which may be entries without dates."""
    starts = [start for start in _starts_without_dates(lines) if lines[start].heading > 1 or lines[start].starts_bold]
    if not starts:
        return [Entry(body=list(lines))] if lines else []
    before = [Entry(body=list(lines[: starts[0]]))] if starts[0] else []
    bounds = zip(starts, [*starts[1:], len(lines)], strict=True)
    return before + [_entry(lines[start:following]) for start, following in bounds]


def _items_as_headings(lines: Sequence[Line]) -> list[Line]:
    """Where the entries themselves are list items, take the outer items for headings."""
    outer = [line for line in lines if line.is_bullet and line.level == 0]
    if not outer or any(not line.is_bullet and not is_sentence(line) for line in lines):
        return list(lines)
    dated = sum(anchor_of(replace(line, is_bullet=False)) for line in outer)
    if dated < max(1, 0.6 * len(outer)):
        return list(lines)
    return [
        replace(line, is_bullet=line.level > 0, level=max(line.level - 1, 0), has_gap=True) if line.is_bullet else line
        for line in lines
    ]


def _dates_out_of_items(lines: Sequence[Line]) -> list[Line]:
    """Move dates and places that stand beside list items to the heading above, where the heading lacks them."""
    result: list[Line] = []
    head: int | None = None
    for line in lines:
        if line.is_bullet and len(line.cells) > 1 and head is not None:
            aside = line.cells[1:]
            has_date = any(find_dates(cell_text(cell)) for cell in result[head].cells)
            if aside and (not has_date or not any(is_date_text(cell_text(cell)) for cell in aside)):
                result[head] = replace(result[head], cells=(*result[head].cells, *aside))
                line = replace(line, cells=tuple(cell for cell in line.cells if cell not in aside))
        elif not line.is_bullet and not is_sentence(line):
            head = len(result)
        result.append(line)
    return result


def _starts(lines: Sequence[Line]) -> list[int]:
    anchors = [index for index, line in enumerate(lines) if anchor_of(line) and not is_listing(line)]
    if not anchors:
        return _starts_without_dates(lines)
    starts: list[int] = []
    first = _suffix(lines, 0, anchors[0])
    lead = anchors[0] - first
    for number, anchor in enumerate(anchors):
        floor = anchors[number - 1] + 1 if number else 0
        start = first if not number else _start_before(lines, floor, anchor, lead)
        if starts and _goes_on(lines, anchors[number - 1], start, anchor):
            continue
        starts.append(start)
    return sorted({*starts, *_undated(lines, starts)})


def _suffix(lines: Sequence[Line], floor: int, anchor: int) -> int:
    """Return the first of the lines right above an anchor that may be part of its heading."""
    start = anchor
    while start > floor and anchor - start < MAX_LEAD and may_head(lines[start - 1]):
        if is_set_in(lines[start - 1], lines[anchor]):
            break
        above, below = lines[start - 1].heading, lines[start].heading
        if below > 1 and not 1 < above < below:
            break
        start -= 1
    return start


def _start_before(lines: Sequence[Line], floor: int, anchor: int, lead: int) -> int:
    """Return where the heading of a later entry starts, between the date above and its own."""
    first = _suffix(lines, floor, anchor)
    levels = [lines[index].heading for index in range(first, anchor + 1) if lines[index].heading > 1]
    if levels:
        return max(index for index in range(first, anchor + 1) if lines[index].heading == min(levels))
    gaps = [index for index in range(first, anchor + 1) if lines[index].has_gap]
    follows_body = first > floor and not may_head(lines[first - 1])
    if follows_body:
        return (
            gaps[0] if gaps and gaps[0] - first <= max(anchor - first - lead, 0) else max(first, anchor - max(lead, 1))
        )
    if gaps:
        within = [index for index in gaps if anchor - index <= max(lead, 1)]
        return within[0] if within else gaps[-1]
    return max(first, anchor - lead)


def _goes_on(lines: Sequence[Line], before: int, start: int, anchor: int) -> bool:
    """Tell whether a date belongs to the heading above it: it stands alone below a date, or ends its span of time."""
    if anchor - before > 1 or start < anchor:
        return False
    if is_date_text(lines[anchor].text) and lines[anchor].heading <= lines[before].heading:
        return True
    above = [found for cell in lines[before].cells for found in find_dates(cell_text(cell))]
    own = [found for cell in lines[anchor].cells for found in find_dates(cell_text(cell))]
    return bool(above) and above[-1].is_dangling and not any(found.is_range for found in own)


def _undated(lines: Sequence[Line], starts: Sequence[int]) -> list[int]:
    """Find entries without a date among dated ones: what follows a description and looks like their headings."""
    looks = {_look(lines[start]) for start in starts}
    found = []
    for index in range(1, len(lines)):
        line = lines[index]
        if index in starts or not may_head(line) or line.heading == 1:
            continue
        after_text = lines[index - 1].is_bullet or is_sentence(lines[index - 1])
        distinct = line.heading > 1 or line.is_bold
        own = not any(start < index <= start + MAX_LEAD and all(map(may_head, lines[start:index])) for start in starts)
        nearing = any(index < start <= index + MAX_LEAD and all(map(may_head, lines[index:start])) for start in starts)
        if own and not nearing and distinct and _look(line) in looks and (after_text or line.has_gap):
            found.append(index)
    return found


def _look(line: Line) -> tuple[object, ...]:
    return (line.heading, line.starts_bold, line.is_italic, round(line.size, 1))


def _starts_without_dates(lines: Sequence[Line]) -> list[int]:
    if lines and lines[0].heading > 1:
        return [index for index, line in enumerate(lines) if line.heading == lines[0].heading]
    starts = []
    for index, line in enumerate(lines):
        if not may_head(line):
            continue
        above = lines[index - 1] if index else None
        if (
            above is None
            or line.heading > 1
            or not may_head(above)
            or (line.has_gap and line.starts_bold >= above.starts_bold)
            or (lines[0].starts_bold and line.starts_bold and not above.starts_bold)
        ):
            starts.append(index)
    return starts


def _entry(lines: Sequence[Line]) -> Entry:
    """Part one entry's lines: the heading runs to the first description, at most two lines past its date."""
    entry = Entry()
    dated_at: int | None = None
    for index, line in enumerate(lines):
        past = dated_at is not None and (index - dated_at > MAX_TAIL or is_set_in(line, lines[0]))
        if entry.body or not may_head(line) or past:
            entry.body.append(line)
            continue
        entry.header.append(line)
        if anchor_of(line) and dated_at is None:
            dated_at = index
    if not any(line.is_bullet for line in entry.body):  # their glyphs are drawn, or lost
        entry.body = [replace(line, is_bullet=is_set_in(line, lines[0])) for line in entry.body]
    return entry
