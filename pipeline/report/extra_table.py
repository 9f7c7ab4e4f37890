"""A table that a report carries beside the market's own: what is compared, what goes together, what fits."""

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.report.marks import table, text


@dataclass(frozen=True)
class ReportTable:
    """A question with the table that answers it. `short` names it where there is little room, `shares` the columns
    that hold parts of one.
    """

    key: str
    short: str
    question: str
    note: str
    heads: Sequence[str]
    rows: Sequence[Sequence[object]]
    shares: frozenset[int] = frozenset()

    def html(self, limit: int) -> str:
        """Return the note and the first rows as HTML."""
        rows = [[self._cell(number, cell) for number, cell in enumerate(row)] for row in self.rows[:limit]]
        more = f"<p class='quiet'>The first {limit} of {len(self.rows):,}.</p>" if len(self.rows) > limit else ""
        return f"<p>{text(self.note)}</p>{table([text(head) for head in self.heads], rows)}{more}"

    def _cell(self, column: int, value: object) -> str:
        if value is None:
            return ""
        return f"{value:.0%}" if column in self.shares and isinstance(value, float) else text(value)
