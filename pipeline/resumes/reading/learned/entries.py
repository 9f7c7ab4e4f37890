"""Entries put together from tagged lines: their headings' fields, what stands under them, how sure each is."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from pipeline.resumes.reading.dates import DateRange, find_dates
from pipeline.resumes.reading.learned.headings import section_of
from pipeline.resumes.reading.learned.labels import ALIKE, BODY, OPENS
from pipeline.resumes.reading.learned.tagging import Field, Tagged
from pipeline.resumes.reading.lines import Line, Span

LIKELY = 0.2  # of what is likeliest, how much less so a field may be that is as good
LINKING = 3  # letters of words such as "in" and "von", which only link two fields
QUIET = frozenset({"-", "label", "heading", "lead"})


@dataclass
class Entry:
    """One job, course of study or project: the fields of its heading by tag, and the lines under it."""

    fields: dict[str, list[Field]] = field(default_factory=dict)
    items: list[Tagged] = field(default_factory=list)
    prose: list[Tagged] = field(default_factory=list)
    labels: list[Tagged] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    heading: list[str] = field(default_factory=list)  # its lines, whole
    opened: float = 1.0  # how probable it is that an entry starts here

    def best(self, tag: str) -> Field | None:
        """Return the likeliest field of a tag, the first of several alike; an employer rather opens its line."""
        found = self.fields.get(tag, [])
        likely = max((one.probability for one in found), default=0.0) - LIKELY
        opening = [one for one in found if tag == "employer" and not one.begin and one.probability >= likely]
        return max(opening or found, key=lambda one: round(one.probability, 2), default=None)

    def text(self, tag: str) -> str | None:
        """Return the likeliest text of a tag."""
        found = self.best(tag)
        return found.text if found else None

    @property
    def url(self) -> str | None:
        """Where the heading's first link leads, or the address that it prints."""
        return self.links[0] if self.links else self.text("contact")

    def rest(self, *taken: str) -> list[str]:
        """Return what the heading says besides the likeliest text of each of the tags, and the dates in use."""
        found: list[str] = []
        used = [*self._used_dates(), *(self.best(tag) for tag in taken)]
        for fields in self.fields.values():
            found += [one.text for one in fields if not any(one is other for other in used)]
        return list(dict.fromkeys(found))

    def _used_dates(self) -> list[Field]:
        date = self.dates
        return [one for one in self.fields.get("dates", []) if date and find_dates(one.text) and one.text in date.text]

    def sureness(self, tag: str) -> float:
        """Return how probable the likeliest field of a tag is."""
        found = self.best(tag)
        return found.probability * self.opened if found else 0.0

    @property
    def has_body(self) -> bool:
        """Whether anything stands under the heading."""
        return bool(self.items or self.prose)

    @property
    def dates(self) -> DateRange | None:
        """The span of time; two single dates are its start and its end."""
        return dates_of([one.text for one in self.fields.get("dates", [])])

    @property
    def highlights(self) -> list[str]:
        """The list items under the heading."""
        return [one.line.text for one in self.items if one.line.text]

    @property
    def summary(self) -> str | None:
        """The running text under the heading."""
        return "\n".join(one.line.text for one in self.prose if one.line.text) or None


def dates_of(texts: Sequence[str]) -> DateRange | None:
    """Return the span of time that texts tagged as dates tell."""
    found = [date for text in texts for date in find_dates(text)]
    if not found:
        return None
    first = found[0]
    if len(found) > 1 and not first.end and not first.is_open and not found[1].is_range:
        return replace(first, end=found[1].start, is_range=True, text=f"{first.text} {found[1].text}")
    return next((date for date in found if date.is_range), first)


def entries_of(
    lines: Sequence[Tagged], numbers: Sequence[int], fields: Sequence[Sequence[Field]], key: str, other: str
) -> list[Entry]:
    """Group a section's lines into entries: one opens at a line that says so, or where its main fields come again."""
    found: list[Entry] = []
    for number in numbers:
        line = lines[number]
        if not found or (line.role not in BODY and (line.role in OPENS or found[-1].has_body)):
            found.append(Entry(opened=line.probability))
        if line.role in BODY:
            _put_under(found[-1], line)
        else:
            _put_heading(found, line, fields[number], key, other)
    return [entry for entry in found if entry.fields or entry.has_body]


def _put_heading(found: list[Entry], line: Tagged, fields: Sequence[Field], key: str, other: str) -> None:
    """Add the fields of a line to the last entry, or to another one that they start."""
    found[-1].heading.append(line.line.text)
    spans = (span for cell in line.line.cells for span in cell)
    found[-1].links += [span.link for span in spans if span.link and span.link.startswith("http")]
    for one in fields:
        if _comes_again(found[-1], one, key, other):
            found.append(Entry(opened=line.probability))
        tag = _tag_of(one)
        if tag not in QUIET:
            found[-1].fields.setdefault(tag, []).append(one)


def _tag_of(one: Field) -> str:
    """Return the field that words belong to: what no model placed is a date, contact data or a note."""
    if one.kind == "date" and one.tag in ("-", "note"):
        return "dates"
    if one.tag != "-":
        return one.tag
    if one.kind == "contact":
        return "contact"
    return "note" if sum(map(str.isalnum, one.text)) > LINKING else "-"


def _comes_again(entry: Entry, one: Field, key: str, other: str) -> bool:
    """Tell whether a field starts another entry: the main field or its partner once more, where all else is there."""
    if one.tag not in (key, other) or one.tag not in entry.fields:
        return False
    last = entry.fields[one.tag][-1]
    apart = last.line != one.line and bool(last.begin) == bool(one.begin)
    return apart and "dates" in entry.fields and (key in entry.fields)


def _put_under(entry: Entry, line: Tagged) -> None:
    is_item = line.role.startswith("item") or (line.role == "prose" and line.line.is_bullet)
    target = entry.labels if line.role == "label" else entry.items if is_item else entry.prose
    if line.role.endswith("+") and target:
        target[-1] = joined(target[-1], line)
    else:
        target.append(line)


def joined(above: Tagged, below: Tagged) -> Tagged:
    """Put a line to the one that it goes on from; a word parted at a hyphen is whole again."""
    return replace(above, line=joined_lines(above.line, below.line))


def joined_lines(above: Line, below: Line) -> Line:
    """Put the cells of two lines together as running text."""
    last = above.cells[-1] if above.cells else ()
    text = above.text
    parted = (
        len(text) > 2 and text.endswith(("-", "\u00ad", "\u2010")) and text[-2].isalpha() and below.text[:1].islower()
    )
    between = () if parted else (Span(" "),)
    if parted and last:
        last = (*last[:-1], replace(last[-1], text=last[-1].text.rstrip()[:-1]))
    first, *more = below.cells or ((),)
    return replace(above, cells=(*above.cells[:-1], (*last, *between, *first), *more))


def blocks(lines: Sequence[Tagged], fields: Sequence[Sequence[Field]]) -> Iterator[tuple[str, list[int]]]:
    """Yield the stretches of lines of one section, each with its heading if it has one: (section, line numbers)."""
    numbers: list[int] = []
    name = ""
    for number, line in enumerate(lines):
        above = lines[numbers[-1]] if numbers else None
        goes_on = (
            above is not None
            and above.role == "heading"
            and (line.role == "heading") == (line.section == above.section)
        )
        opens = line.role in ("heading", "headed")
        if (
            above is None
            or (opens and not (goes_on and line.role == "heading"))
            or not _fits(line.section, name, above)
        ):
            if numbers:
                yield name, numbers
            numbers = []
            name = _section(line, fields[number])
        numbers.append(number)
    if numbers:
        yield name, numbers


def _fits(section: str, name: str, above: Tagged) -> bool:
    """Tell whether a line of a kind may stand in a section: of that kind, or the first line under its heading."""
    if ALIKE.get(name, name) == section or name == section:
        return True
    return above.role == "heading" and name == "other" and section in ("listed", "other")


def _section(line: Tagged, fields: Sequence[Field]) -> str:
    """Return the section that a line opens; of those written alike the one that its heading says."""
    if line.section != "listed":
        return line.section
    title = " ".join(one.text for one in fields if one.tag == "heading")
    said = section_of(title) if title else None
    return said if said in ("certificates", "awards", "publications") else "certificates"
