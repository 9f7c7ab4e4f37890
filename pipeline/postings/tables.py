"""From a file's records to postings: what is taken for what, row by row."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from pipeline.core import UnreadableDocument
from pipeline.postings.cleaning import clean_line, clean_text, plain_value
from pipeline.postings.column_names import name_scores
from pipeline.postings.columns import ColumnChoice, describe_columns, guess_columns
from pipeline.postings.dates import DayOrder, find_day_order, read_date, read_dates
from pipeline.postings.head_lines import names_role
from pipeline.postings.labels import labelled_lines
from pipeline.postings.records import Record, RecordList, UnreadableRow, find_record_lists, flatten
from pipeline.postings.sources import Source, find_source, look_up

NamedColumns = Mapping[str, Sequence[str]]
SAMPLE_ROWS = 120
RIVAL = 0.6  # of the best list's score, from which another list of the same file is read as well
SHOWN_COLUMNS = 40
SURE = 0.89  # of a name outside the records
MAX_ABOUT = 30  # fields of an object about the export
SPLIT_SHARE = 0.7  # of the titles, from which they join company and role
_RATING = re.compile(r"\s*\n\s*[-\d.,]+\s*$")  # the stars that scrapers glue to a company's name


class NoPostings(UnreadableDocument):
    """A file of rows that holds no postings, with the columns that it has, so that the user may name them."""

    def __init__(self, reason: str, columns: Sequence[str], row_count: int) -> None:
        super().__init__(reason)
        self.columns, self.row_count = list(columns), row_count


@dataclass
class Table:
    """Records of one place in a file, with the choice of what is taken from where."""

    place: str
    records: list[Any]
    around: list[tuple[Record, ...]]
    choice: ColumnChoice
    columns: list[str]
    source: Source | None = None
    day: date | None = None
    is_corrected: bool = False  # by the user


@dataclass
class Row:
    """What one record states, cleaned; without text it is no posting."""

    number: int
    text: str = ""
    values: dict[str, str] = field(default_factory=dict)
    date_text: str = ""
    posted_on: date | None = None


def _unnamed(columns: Sequence[str]) -> None:
    """Say nothing of any columns."""


def find_tables(
    tree: Any, day: date | None = None, named: Callable[[Sequence[str]], NamedColumns | None] = _unnamed
) -> list[Table]:
    """Return the tables of postings in a file. Raises UnreadableDocument that names the columns where there is none.

    `named` gives, for the columns of a table, what the user says that they hold, by role: it comes before whatever
    would be guessed.
    """
    lists = find_record_lists(tree)
    candidates = [table for found in lists if (table := _describe(found, day))]
    for table in candidates:
        if columns := named(table.columns):
            _name_columns(table, columns)
    chosen: list[Table] = []
    best = max((table.choice.score for table in candidates), default=0.0)
    for table in sorted(candidates, key=lambda t: -t.choice.score):
        apart = not any(_is_within(table.place, other.place) for other in chosen)
        if apart and table.choice.score >= RIVAL * best and _holds_postings(table):
            chosen.append(table)
    if not chosen:
        raise _refusal(candidates)
    return sorted(chosen, key=lambda table: table.place)


def _is_within(place: str, other: str) -> bool:
    return place.startswith(other) or other.startswith(place)


def _describe(found: RecordList, day: date | None) -> Table | None:
    sample = found.sample(SAMPLE_ROWS)
    if not sample:
        return None
    rows = [flatten(record) for record in sample]
    columns = describe_columns(rows)
    guess = guess_columns(columns)
    source = find_source(sample)
    if source is not None:
        guess = ColumnChoice(source.roles(), 100.0 + guess.score, 10.0)
    if any(map(_is_resume, [*sample[:1], *(found.around[0] if found.around else ())])):
        guess.postings_likeness = -10.0  # the positions of a resume read like postings
    if len(sample) == 1 and found.path == "" and len(find_record_lists(dict(sample[0]))) > 1:
        guess.score *= 0.5  # a wrapper rather than a posting, where it holds lists of records
    return Table(found.path, found.records, found.around, guess, [c.path for c in columns], source, day)


def _is_resume(record: Record) -> bool:
    parts = {str(key).casefold() for key, value in record.items() if isinstance(value, (list, Mapping))}
    return len(parts & {"basics", "work", "education", "skills", "experience", "projects"}) > 2


def _holds_postings(table: Table) -> bool:
    return bool(table.choice.roles.get("text")) and table.choice.postings_likeness > 0


def _name_columns(table: Table, columns: NamedColumns) -> None:
    """Take a table's columns for what the user says; what is left unsaid stays as it was guessed."""
    named = {path for paths in columns.values() for path in paths}
    rest = {
        role: kept
        for role, paths in table.choice.roles.items()
        if role not in columns and (kept := tuple(path for path in paths if path not in named))
    }
    table.choice = ColumnChoice(rest | {role: tuple(paths) for role, paths in columns.items() if paths}, 100.0, 10.0)
    table.is_corrected = True


def _refusal(candidates: Sequence[Table]) -> UnreadableDocument:
    """Return why no list of a file is read as postings, with the columns that it has and what to do."""
    if not candidates:
        return UnreadableDocument("it holds no list of postings")
    table = max(candidates, key=lambda t: (t.choice.score, len(t.records)))
    columns = _listed(table.columns)
    if not table.choice.roles.get("text"):
        why = "it seems to hold no postings: no column reads like the text of one"
    else:
        why = "it seems to hold something other than postings: neither its columns nor its texts speak of jobs"
    reason = f"{why}. Its columns are {columns}. If it holds some, say where: --columns title=COLUMN,text=COLUMN"
    return NoPostings(reason, table.columns, len(table.records))


def _listed(columns: Sequence[str]) -> str:
    shown = ", ".join(columns[:SHOWN_COLUMNS])
    return f"{shown} and {len(columns) - SHOWN_COLUMNS} more" if len(columns) > SHOWN_COLUMNS else shown


def read_rows(table: Table) -> Iterator[Row | UnreadableRow]:
    """Yield what the records of a table state, in their order."""
    for number, (record, around) in enumerate(zip(table.records, table.around, strict=True), start=1):
        if isinstance(record, UnreadableRow):
            yield record
        elif not isinstance(record, Mapping):
            yield UnreadableRow("the entry is not a JSON object")
        else:
            yield _read_row(table, number, record, around)


def _read_row(table: Table, number: int, record: Record, around: Sequence[Record]) -> Row:
    roles = table.choice.roles
    row = Row(number)
    row.text = "\n\n".join(_parts(record, around, roles.get("text", ()), "\n", clean_text))
    for role, paths in roles.items():
        if role in ("text", "city", "region"):
            continue
        parts = _parts(record, around, paths, "; ", _clean_company if role == "company" else clean_line)
        if parts:
            row.values[role] = (", " if role == "location" else " ").join(parts)
    if "location" not in row.values:
        wheres = [
            _parts(record, around, roles.get(role, ()), "; ", clean_line) for role in ("city", "region", "country")
        ]
        if place := ", ".join(dict.fromkeys(part for parts in wheres[:2] for part in parts)):
            row.values["location"] = ", ".join(dict.fromkeys([place, *wheres[2]]))
        elif wheres[2]:
            row.values["location"] = wheres[2][0]
    row.date_text = row.values.pop("posted_on", "")
    for role, value in (_stated_around(around) | _stated_in(row.text)).items():
        row.values.setdefault(role, value)
    return row


def _stated_in(text: str) -> dict[str, str]:
    """Return the company, place and address that labelled lines of a text state."""
    labelled = labelled_lines(text)
    return {role: labelled[role] for role in ("company", "location", "url") if role in labelled}


def _parts(record: Record, around: Sequence[Record], paths: Sequence[str], between: str, clean: Any) -> list[str]:
    found = (clean(plain_value(look_up(record, around, path), between)) for path in paths)
    return list(dict.fromkeys(part for part in found if part))


def _clean_company(value: str) -> str:
    return clean_line(_RATING.sub("", value))


def _stated_around(around: Sequence[Record]) -> dict[str, str]:
    """Return the company and the day of export that the objects around a record state."""
    found: dict[str, str] = {}
    for outer in around:
        for key, value in outer.items():
            if isinstance(value, (str, int)) and not isinstance(value, bool):
                found |= _stated_by(str(key), value, ("company", "seen on"))
            elif isinstance(value, Mapping) and len(value) < MAX_ABOUT:  # an object about the export: "search_metadata"
                for inner, leaf in value.items():
                    if isinstance(leaf, (str, int)) and not isinstance(leaf, bool):
                        found |= _stated_by(str(inner), leaf, ("seen on", "posted on"))
    return found


def _stated_by(name: str, value: str | int, headings: Sequence[str]) -> dict[str, str]:
    scores = name_scores(name)
    heading = max(headings, key=lambda key: scores.get(key, 0.0))
    text = clean_line(plain_value(value)) if scores.get(heading, 0.0) >= SURE else ""
    return {"company" if heading == "company" else "seen_on": text} if text else {}


_JOINED = (
    re.compile(r"^(?P<company>[^:|]{2,60}): (?P<title>.+)$"),
    re.compile(r"^(?P<title>.+?)(?: at | @ | bei | chez )(?P<company>[^|]{2,60})$"),
)


def split_titles(rows: Sequence[Row]) -> None:
    """Part titles that join role and company, where no column has the company and nearly all are made in one way."""
    if any(row.values.get("company") for row in rows):
        return
    for pattern in _JOINED:
        parted = [pattern.match(row.values.get("title", "")) for row in rows]
        sound = sum(names_role(p["title"]) and not names_role(p["company"]) for p in parted if p)
        if rows and sound >= SPLIT_SHARE * len(rows):
            for row, parts in zip(rows, parted, strict=True):
                if parts:
                    row.values |= {key: value.strip() for key, value in parts.groupdict().items()}
            return


def read_days(table: Table, rows: Sequence[Row]) -> None:
    """Give each row the day on which it was posted, all of a column in one order of day and month."""
    seen = read_dates([row.values.get("seen_on", "") for row in rows], table.day)
    days = [day or table.day for day in seen]
    for row, day in zip(rows, read_dates([row.date_text for row in rows], days), strict=True):
        row.posted_on = day


def why_unread(rows: Sequence[Row]) -> str:
    """Return what a user can do about dates that were not read."""
    texts = [row.date_text for row in rows if row.date_text and row.posted_on is None]
    is_numeric = any(re.fullmatch(r"\d{1,2}[/-]\d{1,2}[/-]\d{2,4}", text) for text in texts)
    if is_numeric and find_day_order(row.date_text for row in rows) is DayOrder.unknown:
        return "no date of the column tells the day from the month; write them as 2026-03-04"
    if any(
        read_date(text) is None and re.search(r"\d\s*\+|ago|day|week|month|vor|il y a|hace", text) for text in texts
    ):
        return "they count back from the day of the export, which the file does not state; add a column scraped_at"
    return "they name no day"


def count_columns(table: Table) -> Counter[str]:
    """Return the columns that nothing was taken from, with how many of the sampled rows fill them."""
    used = {path.lstrip("^") for paths in table.choice.used for path in paths.split("|")}
    rows = [flatten(record) for record in RecordList(table.place, table.records).sample(SAMPLE_ROWS)]
    filled = Counter(path for row in rows for path, value in row.items() if plain_value(value))
    return Counter(
        {
            path: count
            for path, count in filled.items()
            if not any(path == u or path.startswith((f"{u}.", f"{u}[]")) for u in used)
        }
    )
