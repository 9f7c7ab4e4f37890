"""USAJOBS, Search API: what a keyword finds, in parts; it wants a key and the address it was given to."""

from typing import Any

from pipeline.core import RolemapError, Settings
from pipeline.postings.collect.board import IN_QUERY, Board, Pages
from pipeline.postings.collect.reading import pick, under


def _headers(settings: Settings) -> dict[str, str]:
    key = settings.usajobs_key.get_secret_value().strip() if settings.usajobs_key else ""
    email = (settings.usajobs_email or "").strip()
    if not (key and email and (key + email).isascii() and (key + email).isprintable()):
        raise RolemapError(
            "USAJOBS answers only to a key: ask for one at developer.usajobs.gov, and set ROLEMAP_USAJOBS_KEY and "
            "ROLEMAP_USAJOBS_EMAIL, the address it was given to."
        )
    return {"Authorization-Key": key, "User-Agent": email}


def _goes_on(answer: Any, number: int, count: int) -> bool:
    pages = str(pick(answer, "SearchResult", "UserArea", "NumberOfPages") or "")
    return count > 0 and pages.isdecimal() and number + 1 < int(pages)


BOARD = Board(
    name="usajobs",
    title="USAJOBS",
    source="USAJOBS",
    address="https://data.usajobs.gov",
    path="/api/Search?Keyword={company}&Fields=Full&ResultsPerPage=250",
    listed=under("SearchResult", "SearchResultItems"),
    key="MatchedObjectId",
    what="KEYWORD",
    names=IN_QUERY,
    pages=Pages(query=lambda number: f"Page={number + 1}", goes_on=_goes_on),
    headers=_headers,
    also_sent="your USAJOBS key, and the address it was given to in place of Rolemap's name",
)
