"""What a public job board is to the collector: where it answers, how a list goes on, which known shape it has."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from pipeline.core import RolemapError, Settings

Item = Mapping[str, Any]  # one posting as the board publishes it
Row = dict[str, Any]  # one posting under the names that files of rows are read by

# What may stand after the colon. None of these can end a path's part or a host's name and begin another.
IN_PATH = r"[A-Za-z0-9](?:[A-Za-z0-9 ._-]{0,98}[A-Za-z0-9_-])?"
IN_HOST = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
IN_QUERY = r"[A-Za-z0-9][A-Za-z0-9 .,+#&'-]{0,98}"
NUMBER = r"[1-9][0-9]{0,11}"


class NotCollected(RolemapError):
    """A board, or a part of it, could not be collected; the message says why in one line."""


class NotThere(NotCollected):
    """The host knows nothing under that address."""


@dataclass(frozen=True)
class Pages:
    """How a list that comes in parts goes on.

    `query` is what asks for part 0, 1, 2...; `goes_on` tells from an answer, the number of its part and how many
    postings it held whether another part follows.
    """

    query: Callable[[int], str]
    goes_on: Callable[[Any, int, int], bool]


@dataclass(frozen=True)
class Detail:
    """Where a posting's text stands that the list leaves out, and the field of the list that changes when it does."""

    path: str
    stamp: str


@dataclass(frozen=True)
class Board:
    """One public board. `{company}` in address, path and detail stands for what follows the colon.

    `source` is the known shape of export that its postings have, which says what is read from where; `stated` adds
    what that cannot say. `listed` finds the postings in an answer, whose form `suffix` names.

    `key` is the field of a listed posting that tells it from others; `links` are the pages of it that people have
    open in a browser, each a pattern with one group for the company, and `posting_page` is where a posting is shown
    whose own address the board leaves out. Where `lists_all` is false, a posting that is no longer listed need not be
    gone.
    """

    name: str
    title: str
    source: str
    address: str
    path: str
    listed: Callable[[Any], list[Any]]
    key: str = "id"
    what: str = "COMPANY"
    names: str = IN_PATH
    links: tuple[str, ...] = ()
    pages: Pages | None = None
    detail: Detail | None = None
    posting_page: str = ""
    lists_all: bool = True
    suffix: str = ".json"
    stated: Callable[[Item], dict[str, str]] = lambda item: {}
    headers: Callable[[Settings], dict[str, str]] | None = None
    also_sent: str = ""

    @property
    def form(self) -> str:
        """How it is written on the command line."""
        return f"{self.name}:{self.what}" if self.what else self.name
