"""What the guard reports."""

from dataclasses import dataclass
from typing import Literal

Kind = Literal["form", "number", "period", "technology", "name", "role", "limit", "deed", "cause", "unsupported"]


@dataclass(frozen=True, slots=True)
class Violation:
    """One thing in a rewrite that the resume does not bear out: which words, where in the rewrite, and why."""

    kind: Kind
    words: str
    start: int
    end: int
    reason: str

    def __str__(self) -> str:
        return f'"{self.words}": {self.reason}' if self.words else self.reason
