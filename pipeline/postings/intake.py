"""Files become postings one after the other; what is left out, repeated or renamed is counted and named."""

import hashlib
import re
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from pipeline.core import (
    ContentCache,
    ProgressCallback,
    ProgressEvent,
    UnreadableDocument,
    content_key,
    ignore_progress,
)
from pipeline.postings.corpus_copy import pack_corpus, unpack_corpus
from pipeline.postings.documents import read_cached, vacancy_from_document
from pipeline.postings.formats import Content, find_format
from pipeline.postings.head_lines import read_head_line, reads_like_title
from pipeline.postings.receipts import EXAMPLES, FileReceipt, Skip, TakenColumn, shown_example
from pipeline.postings.records import UnreadableRow
from pipeline.postings.tables import (
    NamedColumns,
    NoPostings,
    Row,
    Table,
    count_columns,
    find_tables,
    read_days,
    read_rows,
    split_titles,
    why_unread,
)
from pipeline.postings.vacancy import FIELD_NAMES, Corpus, Vacancy

TABLE_KIND = "table-v1"
KEPT_ROWS = 10_000  # of one file; of more, to keep them would take as much memory as to read them
REPORT_ROWS = 500  # between two reports of progress
ID_LETTERS = 40
SHOWN_ROLES = ("title", "text", "posted_on", "location", "company", "url", "id", *FIELD_NAMES)


@dataclass
class _Tally:
    """What happens to the rows of one file that is not plain success, with examples."""

    skips: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    repeats: list[str] = field(default_factory=list)
    renamed: list[str] = field(default_factory=list)


@dataclass
class Intake:
    """Collects postings. An id seen before with the same text is a repeat; with another text it gets one of its own."""

    named: Callable[[Sequence[str]], NamedColumns | None] = lambda columns: None
    kept_by: str | None = None  # what decides, beside a file, what its rows say; they are kept where it is given
    shared_stems: frozenset[str] = frozenset()
    on_progress: ProgressCallback = ignore_progress
    vacancies: dict[str, Vacancy] = field(default_factory=dict)
    skipped: list[Skip] = field(default_factory=list)
    receipts: list[FileReceipt] = field(default_factory=list)

    def skip(self, name: str, reason: str | UnreadableDocument) -> None:
        """Name a file that is left out as a whole."""
        skip = Skip(id=name, reason=str(reason))
        self.skipped.append(skip)
        columns, rows = (reason.columns, reason.row_count) if isinstance(reason, NoPostings) else ([], 0)
        self.receipts.append(FileReceipt(file=name, rows=rows, columns=columns, unused=columns, skipped=[skip]))

    def corpus(self) -> Corpus:
        """Return what was collected, in an order that does not depend on that of files."""
        ordered = sorted(self.vacancies.values(), key=lambda v: v.id)
        skipped = sorted(self.skipped, key=lambda s: (s.id, s.reason))
        return Corpus(tuple(ordered), tuple(skipped), tuple(self.receipts))

    def add_file(self, name: str, data: bytes, *, cache: ContentCache | None = None) -> None:
        """Add what one file holds: one posting, or one a row. Raises UnreadableDocument."""
        suffix = Path(name).suffix.lower()
        key = self._table_key(name, suffix, data) if cache else None
        known = cache.get_many(TABLE_KIND, [key]).get(key) if cache and key else None
        if known is not None:
            self._take(name, unpack_corpus(known))
            return
        content = read_cached(data, suffix, cache)
        if content.document is not None:
            self._add_document(name, content)
            return
        tables = find_tables(content.tree, content.day, self.named)
        read = [self._read_table(name, table, content.what) for table in tables]
        if cache and key and len(read) == 1 and len(read[0].vacancies) <= KEPT_ROWS:
            cache.put_many(TABLE_KIND, {key: pack_corpus(read[0])})
        for each in read:
            self._take(name, each)

    def _table_key(self, name: str, suffix: str, data: bytes) -> str | None:
        """Return a hash of all that decides what the rows of a file say; None where none are kept."""
        is_kept = self.kept_by is not None and find_format(suffix).holds_rows
        return content_key(self.kept_by or "", name, hashlib.sha256(data).digest()) if is_kept else None

    def _add_document(self, name: str, content: Content) -> None:
        assert content.document is not None
        is_shared = Path(name).stem.casefold() in self.shared_stems
        vacancy = vacancy_from_document(name, content.document, is_stem_shared=is_shared)
        tally = _Tally()
        self._add(vacancy, tally)
        skipped = self._name_repeats(name, tally)
        unread = content.document.fields.get("posted_on") if vacancy.posted_on is None else None
        self.receipts.append(
            FileReceipt(
                file=name,
                format="document",
                rows=1,
                postings=1 - len(tally.repeats),
                taken=_taken_of([vacancy], {}),
                repeats=len(tally.repeats),
                dates_unread=int(bool(unread)),
                date_example=unread,
                skipped=skipped,
            )
        )

    def _read_table(self, name: str, table: Table, what: str) -> Corpus:
        """Return what a table holds, whatever was read before: all its rows, and a receipt as if each were new."""
        tally = _Tally()
        rows = self._readable_rows(name, table, tally)
        split_titles(rows)
        read_days(table, rows)
        vacancies = [_vacancy(row, name) for row in rows]
        skipped = [_grouped(name, reason, numbers) for reason, numbers in tally.skips.items()]
        unread = [row for row in rows if row.date_text and row.posted_on is None]
        receipt = FileReceipt(
            file=name,
            format=what,
            source=table.source.name if table.source else None,
            place=table.place,
            rows=len(table.records),
            postings=len(vacancies),
            taken=_taken_of(vacancies, table.choice.roles),
            columns=table.columns,
            unused=list(count_columns(table)),
            without_text=len(tally.skips.get(_why_empty(table), ())),
            dates_unread=len(unread),
            date_example=shown_example(unread[0].date_text) if unread else None,
            date_hint=why_unread(rows) if unread else None,
            skipped=skipped,
            is_corrected=table.is_corrected,
        )
        return Corpus(tuple(vacancies), tuple(skipped), (receipt,))

    def _take(self, name: str, read: Corpus) -> None:
        """Add what a table holds to what was read before it."""
        tally = _Tally()
        added = sum(self._add(vacancy, tally) is not None for vacancy in read.vacancies)
        self.skipped.extend(read.skipped)
        told = {
            "postings": added,
            "repeats": len(tally.repeats),
            "repeat_examples": tally.repeats[:EXAMPLES],
            "renamed": len(tally.renamed),
            "renamed_examples": tally.renamed[:EXAMPLES],
            "skipped": [*read.skipped, *self._name_repeats(name, tally)],
        }
        self.receipts.extend(receipt.model_copy(update=told) for receipt in read.receipts)

    def _readable_rows(self, name: str, table: Table, tally: _Tally) -> list[Row]:
        """Return the rows that have a text; the others are tallied with the reason."""
        rows: list[Row] = []
        for number, row in enumerate(read_rows(table), start=1):
            if number % REPORT_ROWS == 0:
                self.on_progress(ProgressEvent(f"Reading {name}", number, len(table.records)))
            if isinstance(row, UnreadableRow):
                tally.skips[row.reason].append(str(number))
            elif not any(character.isalnum() for character in row.text):
                tally.skips[_why_empty(table)].append(str(number))
            else:
                rows.append(row)
        return rows

    def _add(self, vacancy: Vacancy, tally: _Tally) -> Vacancy | None:
        """Keep a posting, under an id of its own where another has its id; None where it was read before."""
        earlier = self.vacancies.get(vacancy.id)
        if earlier is not None and earlier.text != vacancy.text:
            tally.renamed.append(vacancy.id)
            vacancy = vacancy.model_copy(update={"id": f"{vacancy.id}-{_digest(vacancy.title or '', vacancy.text)}"})
            earlier = self.vacancies.get(vacancy.id)
        if earlier is not None:
            tally.repeats.append(vacancy.id)
            return None
        self.vacancies[vacancy.id] = vacancy
        return vacancy

    def _name_repeats(self, name: str, tally: _Tally) -> list[Skip]:
        """Name the repeats of a file, one by its id, several together."""
        repeats = tally.repeats
        if not repeats:
            return []
        if len(repeats) == 1:
            where = self.vacancies[repeats[0]].source
            reason = f"it repeats the posting {repeats[0]} of {where} and counts once"
            skip = Skip(id=f"{repeats[0]} ({name})", reason=reason)
        else:
            shown = ", ".join(dict.fromkeys(repeats[:EXAMPLES])) + (", …" if len(repeats) > EXAMPLES else "")
            reason = f"{len(repeats):,} postings repeat ones read before and count once ({shown})"
            skip = Skip(id=name, reason=reason, count=len(repeats))
        self.skipped.append(skip)
        return [skip]


def _grouped(name: str, reason: str, numbers: Sequence[str]) -> Skip:
    """Return rows of a file that are left out for one reason as one line, with their number and the first of them."""
    if len(numbers) == 1:
        return Skip(id=f"{name}#{numbers[0]}", reason=reason)
    shown = ", ".join(numbers[:EXAMPLES]) + (", …" if len(numbers) > EXAMPLES else "")
    return Skip(id=name, reason=f"{len(numbers):,} rows ({shown}): {reason}", count=len(numbers))


def _why_empty(table: Table) -> str:
    columns = [path.split("|")[0] for path in table.choice.roles.get("text", ())]
    return f"no text: {', '.join(columns)} {'is' if len(columns) == 1 else 'are'} empty"


def _vacancy(row: Row, source: str) -> Vacancy:
    values = row.values
    head = read_head_line(row.text) if not values.get("title") else {}
    first = row.text.split("\n", 1)[0].strip()
    title = values.get("title") or head.get("title") or (first if not head and reads_like_title(first) else None)
    company = values.get("company") or head.get("company")
    location = values.get("location") or head.get("location")
    return Vacancy(
        id=values.get("id") or _content_id(title, company, location, row.text),
        text=row.text,
        title=title,
        company=company,
        location=location,
        url=values.get("url"),
        posted_on=row.posted_on,
        source=source,
        fields={key: values[key] for key in FIELD_NAMES if values.get(key)},
    )


def _content_id(title: str | None, company: str | None, location: str | None, text: str) -> str:
    """Return an id made of what a posting says, so that it is the same wherever the posting stands."""
    words = re.sub(r"[^\w]+", "-", (title or "posting").casefold()).strip("-")[:ID_LETTERS].strip("-")
    return f"{words or 'posting'}-{_digest(title or '', company or '', location or '', text)}"


def _digest(*parts: str) -> str:
    return hashlib.sha256("\x00".join(parts).encode()).hexdigest()[:8]


def _taken_of(vacancies: Sequence[Vacancy], roles: Mapping[str, Sequence[str]]) -> list[TakenColumn]:
    """Return what was taken for each thing that a posting has, with the first example."""
    taken = []
    for role in SHOWN_ROLES:
        values = [
            str(value)
            for v in vacancies
            if (value := v.fields.get(role) if role in FIELD_NAMES else getattr(v, role)) is not None
        ]
        columns = [path for paths in (roles.get(role, ()),) for path in paths]
        if role == "location" and not columns:
            columns = [path for part in ("city", "region", "country") for path in roles.get(part, ())]
        if values and (columns or role != "id"):
            taken.append(TakenColumn(role=role, columns=columns, example=shown_example(values[0]), filled=len(values)))
    return taken
