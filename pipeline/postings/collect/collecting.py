"""One run over the boards: each asked in its turn, each stored when it has answered, none in another's way."""

import asyncio
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from pipeline.core import ProgressCallback, ProgressEvent, RolemapError, ignore_progress, stoppable
from pipeline.postings.collect.asking import Asker, Limits, Pace
from pipeline.postings.collect.board import Item, NotCollected, NotThere, Row
from pipeline.postings.collect.keeping import Changes, Page, Shelf, open_shelf
from pipeline.postings.collect.reading import parse_answer, read_posting
from pipeline.postings.collect.targets import Target

REPORT_ROWS = 50  # read between two reports of progress
COLLECTED = "collected"  # the folder of what was collected, within that of the postings


@dataclass(frozen=True)
class Collected:
    """What came of one board; `problem` says in one line why there is nothing or not all.

    `left_out` counts postings that say nothing that could be read.
    """

    name: str
    path: Path
    changes: Changes = field(default_factory=Changes)
    open: int = 0
    left_out: int = 0
    problem: str = ""

    @property
    def worked(self) -> bool:
        """Tell whether anything came of it."""
        return not self.problem or self.open > 0


def collect_boards(
    targets: Sequence[Target],
    vacancies: Path,
    *,
    limits: Limits | None = None,
    today: date | None = None,
    on_progress: ProgressCallback = ignore_progress,
) -> list[Collected]:
    """Ask each board once and store what it answers in `vacancies/collected`, a file of rows a board.

    A board that fails costs its own postings only, and nothing collected earlier. Raises RolemapError where another
    run is under way or the folder cannot be written.
    """
    folder = vacancies / COLLECTED

    async def run(report: ProgressCallback) -> list[Collected]:
        results, pace = [], Pace()
        for number, target in enumerate(targets):
            report(ProgressEvent(f"Asking {target.host}", number, len(targets)))
            asker = Asker(pace, limits or Limits(), dict(target.headers))
            results.append(await _collect_one(target, folder, asker, today or date.today(), report))
        return results

    with _only_run(folder):
        return asyncio.run(stoppable(run, on_progress))


@contextmanager
def _only_run(folder: Path) -> Iterator[None]:
    lock = FileLock(folder / ".collecting.lock")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock.acquire(timeout=0)
    except Timeout as error:
        raise RolemapError(f"Boards are being collected into {folder} just now. Wait until that has ended.") from error
    except OSError as error:
        raise RolemapError(f"Cannot write into {folder}: {error.strerror or error}.") from error
    try:
        yield
    finally:
        lock.release()


async def _collect_one(target: Target, folder: Path, asker: Asker, today: date, report: ProgressCallback) -> Collected:
    path = folder / f"{target.stem}.jsonl"
    try:
        shelf = open_shelf(path)
        visit = _Visit(target, shelf, today, report)
        async with asker:
            problem = await visit.make(asker)
        return visit.finish(problem)
    except NotCollected as error:
        return Collected(target.name, path, problem=str(error))


@dataclass
class _Visit:
    """One board while it is being asked: what it has listed so far, and what of that was new."""

    target: Target
    shelf: Shelf
    today: date
    report: ProgressCallback
    listed: set[str] = field(default_factory=set)
    changes: Changes = field(default_factory=Changes)
    left_out: int = 0

    async def make(self, asker: Asker) -> str:
        """Ask for every part of the list, and return what ended it too early, if anything did."""
        try:
            number = 0
            while await self._take_page(asker, number):
                number += 1
        except NotCollected as error:
            if not self.listed:
                raise
            return str(error)
        return ""

    def finish(self, problem: str) -> Collected:
        """Store what was found; mark what is gone where the whole list was seen."""
        if not self.listed and not self.shelf.rows:
            raise NotCollected(f"{self.target.host} lists no postings of it: check how the company is written")
        back = self.shelf.mark_listed(self.listed)
        sees_all = not problem and self.target.board.lists_all
        gone = self.shelf.mark_gone(self.listed, self.today) if sees_all else 0
        self.shelf.memory.name = self.target.name
        self.shelf.memory.asked_on = self.today
        self.shelf.save()
        return Collected(
            name=self.target.name,
            path=self.shelf.path,
            changes=self.changes + Changes(back=back, gone=gone),
            open=self.shelf.open,
            left_out=self.left_out,
            problem=problem,
        )

    async def _take_page(self, asker: Asker, number: int) -> bool:
        """Take up one part of the list, and tell whether another follows."""
        url = self.target.page(number)
        known = self.shelf.page(url)
        answer = await asker.ask(url, known.marks if known else None)
        if answer.body is None and known:
            self.listed.update(known.ids)
            return known.goes_on
        if answer.body is None:
            raise NotCollected(f"{self.target.host} says that nothing has changed since an answer it never gave")
        parsed = self._parse(answer.body)
        published = self.target.board.listed(parsed)
        items = self._items(published)
        pages = self.target.board.pages
        fresh = {key: item for key, item in items.items() if key not in self.listed}
        goes_on = bool(fresh) and pages is not None and pages.goes_on(parsed, number, len(published))
        self.listed.update(items)
        await self._take_items(asker, fresh, parsed)
        kept = [key for key in items if key in self.shelf.rows]
        self.shelf.memory.pages[url] = Page(marks=dict(answer.marks), ids=kept, goes_on=goes_on)
        return goes_on

    def _parse(self, body: bytes) -> Any:
        return parse_answer(body, self.target.board, self.target.host)

    def _items(self, published: list[Any]) -> dict[str, Item]:
        key = self.target.board.key
        known = [item for item in published if isinstance(item, dict) and item.get(key) not in (None, "")]
        self.left_out += len(published) - len(known)
        return {_storable(f"{self.target.name}:{item[key]}"): item for item in known}

    async def _take_items(self, asker: Asker, items: dict[str, Item], parsed: Any) -> None:
        for number, (identifier, item) in enumerate(items.items()):
            key = _storable(str(item[self.target.board.key]))
            if number and number % REPORT_ROWS == 0:
                self.report(ProgressEvent(f"Postings of {self.target.name}", number, len(items)))
            if self.target.board.detail is None:
                self._take_row(identifier, key, item, parsed)
                continue
            stamp, stamps = str(item.get(self.target.board.detail.stamp) or ""), self.shelf.memory.stamps
            if identifier in self.shelf.rows and stamp and stamps.get(identifier) == stamp:
                continue
            self.report(ProgressEvent(f"Postings of {self.target.name}", number, len(items)))
            try:
                answer = await asker.ask(self.target.detail(key))
            except NotThere:  # it went between the list and now
                self.listed.discard(identifier)
                continue
            self._take_row(identifier, key, self._parse(answer.body or b""), None)
            stamps[identifier] = stamp

    def _take_row(self, identifier: str, key: str, item: Any, around: Any) -> None:
        row = _row(identifier, key, item, around, self.target)
        if row is None:
            self.left_out += 1
            return
        found = self.shelf.take(row, source=self.target.first, today=self.today)
        self.changes = self.changes + found


def _row(identifier: str, key: str, item: Item, around: Any, target: Target) -> Row | None:
    """Return a posting as a row under a name of its own among all boards, or None where it says nothing."""
    read = read_posting(item, around, target.board)
    if read is None:
        return None
    read["company"] = read["company"] or (target.company if target.board.what == "COMPANY" else None)
    read["url"] = read["url"] or target.posting_page(key)
    said = {name: _storable(value) for name, value in read.items() if value}
    return {"id": identifier} | said


def _storable(text: str) -> str:
    """Return a text without the half letters that JSON can spell and no file can hold."""
    return text.encode("utf-8", "replace").decode("utf-8")
