"""SmartRecruiters, Posting API: a list in parts without texts, and one more request for the text of each posting."""

from typing import Any

from pipeline.postings.collect.board import Board, Detail, Item, Pages, Row
from pipeline.postings.collect.reading import day, headed, listed_words, pick, plain, under, words, workplace

SIZE = 100
_SECTIONS = ("jobDescription", "qualifications", "additionalInformation", "companyDescription")


def _goes_on(answer: Any, number: int, count: int) -> bool:
    total = pick(answer, "totalFound")
    return count > 0 and isinstance(total, int) and number * SIZE + count < total


def _read(item: Item) -> Row:
    sections = [pick(item, "jobAd", "sections", name) for name in _SECTIONS]
    place: dict[str, Any] = pick(item, "location") or {}
    return {
        "title": words(item.get("name")),
        "text": plain(*(headed(pick(section, "title"), pick(section, "text")) for section in sections)),
        "company": words(pick(item, "company", "name")),
        "location": listed_words(place.get(name) for name in ("city", "region", "country")),
        "url": words(item.get("postingUrl") or item.get("applyUrl")),
        "posted_on": day(item.get("releasedDate")),
        "department": words(pick(item, "department", "label")),
        "employment": words(pick(item, "typeOfEmployment", "label")),
        "workplace": workplace(place, remote="remote", hybrid="hybrid"),
        "seniority": words(pick(item, "experienceLevel", "label")),
        "country": words(place.get("country")),
        "language": words(pick(item, "language", "code")),
    }


BOARD = Board(
    name="smartrecruiters",
    title="SmartRecruiters",
    address="https://api.smartrecruiters.com",
    path="/v1/companies/{company}/postings",
    listed=under("content"),
    read=_read,
    links=(r"(?:careers|jobs)\.smartrecruiters\.com/([^/?#]+)",),
    pages=Pages(query=lambda number: f"limit={SIZE}&offset={number * SIZE}", goes_on=_goes_on),
    posting_page="https://jobs.smartrecruiters.com/{company}/{id}",
    detail=Detail(path="/v1/companies/{company}/postings/{id}", stamp="releasedDate"),
    documentation="https://dev.smartrecruiters.com/customer-api/posting-api/endpoints/",
)
