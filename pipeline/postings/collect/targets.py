"""Which board of which company is meant, and what would be asked of which host: known before anything is sent."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from urllib.parse import quote, unquote, urlsplit

from pipeline.core import RolemapError, Settings
from pipeline.postings.collect.board import Board
from pipeline.postings.collect.boards import boards


@dataclass(frozen=True)
class Target:
    """One board of one company, and the address it answers at."""

    board: Board
    company: str
    address: str
    headers: tuple[tuple[str, str], ...] = field(default=(), repr=False)

    @property
    def name(self) -> str:
        """How it is written on the command line."""
        return f"{self.board.name}:{self.company}" if self.board.what else self.board.name

    @property
    def stem(self) -> str:
        """The name of its file without the ending; two targets never share one."""
        return f"{self.board.name}-{quote(self.company.lower(), safe='')}" if self.board.what else self.board.name

    @property
    def host(self) -> str:
        """The host that is asked, with its port where it names one."""
        return urlsplit(self.address).netloc

    @property
    def first(self) -> str:
        """The address of the first request."""
        return self.page(0)

    def page(self, number: int) -> str:
        """Return the address of a part of the list, counted from 0."""
        plain = self._fill(self.board.path)
        if self.board.pages is None:
            return plain
        return f"{plain}{'&' if '?' in plain else '?'}{self.board.pages.query(number)}"

    def detail(self, identifier: str) -> str:
        """Return the address of the text of one posting."""
        assert self.board.detail is not None
        return self._fill(self.board.detail.path, identifier)

    def posting_page(self, identifier: str) -> str | None:
        """Return the page that shows a posting whose own address the board leaves out, where there is one."""
        page = self.board.posting_page.replace("{company}", quote(self.company, safe=""))
        return page.replace("{id}", quote(identifier, safe="")) or None

    @property
    def plan(self) -> str:
        """What would be sent, in one line of words."""
        board, also = self.board, []
        if board.pages is not None:
            also.append("the further pages of that list")
        if board.detail is not None:
            also.append(f"for each posting that is new {self.address}{board.detail.path}")
        further = f", then {' and '.join(also)}" if also else ""
        carried = f", with {board.also_sent}" if board.also_sent else ""
        secrecy = "" if self.address.startswith("https:") else ", over a connection that is not encrypted"
        return f"GET {self.first}{further}{carried}{secrecy}".replace("{company}", quote(self.company, safe=""))

    def _fill(self, path: str, identifier: str = "") -> str:
        company = quote(self.company, safe="")
        return self.address + path.replace("{company}", company).replace("{id}", quote(identifier, safe=""))


def read_targets(written: Iterable[str], settings: Settings) -> list[Target]:
    """Return what is meant by words such as `greenhouse:acme`, or by the address of a board's page, each once.

    Raises RolemapError for one that names no board, or no company that can be one.
    """
    # A name that was copied from a page may hold the joiners that keep it from being read as markup.
    texts = [text.replace("\u2060", "").strip() for text in written]
    targets = [_read_target(text, settings) for text in texts if text]
    if not targets:
        raise RolemapError(f"Name a board and a company: {', '.join(board.form for board in boards().values())}.")
    return list({target.stem: target for target in targets}.values())


def _read_target(text: str, settings: Settings) -> Target:
    if "://" in text:
        board, company = _read_link(text)
    else:
        name, _, company = text.partition(":")
        found = boards().get(name.strip().lower())
        if found is None:
            known = ", ".join(board.form for board in boards().values())
            raise RolemapError(f"{name[:60]!r} is no board that can be collected; there are {known}.")
        board, company = found, company.strip()
    _check_company(board, company)
    headers = board.headers(settings) if board.headers else {}
    return Target(board, company, board_address(board, company, settings), tuple(headers.items()))


def _read_link(text: str) -> tuple[Board, str]:
    place = text.split("://", 1)[1]
    for board in boards().values():
        for pattern in board.links:
            if match := re.match(pattern, place, re.I):
                return board, unquote(match[1])
    raise RolemapError(
        f"{text[:100]!r} is the page of no board that can be collected; write the board and the company, "
        "such as greenhouse:COMPANY."
    )


def _check_company(board: Board, company: str) -> None:
    if not board.what:
        if company:
            raise RolemapError(f"{board.title} is one board for all: write {board.form}, without {company[:60]!r}.")
    elif not re.fullmatch(board.names, company, re.ASCII):
        said = f"{company[:60]!r} is none" if company else "none is named"
        raise RolemapError(
            f"{board.title} wants a {board.what.lower()} after the colon, and {said}: write {board.form}, "
            "as it stands in the address of its page."
        )


def board_address(board: Board, company: str, settings: Settings) -> str:
    """Return where a board answers: its public address, or the one that ROLEMAP_BOARD_ADDRESSES gives it."""
    own = _own_addresses(settings).get(board.name, board.address)
    return own.replace("{company}", company.lower())


def _own_addresses(settings: Settings) -> dict[str, str]:
    addresses = {}
    for entry in re.split(r"[\s,]+", settings.board_addresses.strip()) if settings.board_addresses.strip() else []:
        name, _, address = entry.partition("=")
        if name not in boards() or not _is_address(address):
            raise RolemapError(
                f"ROLEMAP_BOARD_ADDRESSES cannot be used at {name[:60]!r}: write board=https://host for each, parted "
                "by commas, without user name, password or query."
            )
        addresses[name] = address.rstrip("/")
    return addresses


def _is_address(address: str) -> bool:
    try:
        parts = urlsplit(address.replace("{company}", "company"))
        _ = parts.port
    except ValueError:
        return False
    is_plain = not (parts.query or parts.fragment or "@" in parts.netloc) and address.isascii()
    return bool(parts.hostname) and parts.scheme in ("http", "https") and is_plain
