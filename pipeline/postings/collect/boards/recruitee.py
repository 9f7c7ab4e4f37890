"""Recruitee, Careers Site API: the whole board in one answer under the company's own host."""

from pipeline.postings.collect.board import IN_HOST, Board, Item, Row
from pipeline.postings.collect.reading import day, listed_words, pay, pick, plain, under, words, workplace


def _read(item: Item) -> Row:
    return {
        "title": words(item.get("title")),
        "text": plain(item.get("description"), item.get("requirements")),
        "company": words(item.get("company_name")),
        "location": words(item.get("location")) or listed_words([item.get("city"), item.get("country")]),
        "url": words(item.get("careers_url")),
        "posted_on": day(item.get("published_at") or item.get("created_at")),
        "department": words(item.get("department")),
        "employment": words(item.get("employment_type_code")),
        "workplace": workplace(item, remote="remote", hybrid="hybrid", on_site="on_site"),
        "seniority": words(item.get("experience_code")),
        "country": words(item.get("country_code")),
        **pay(*(pick(item, "salary", name) for name in ("min", "max", "currency", "period"))),
    }


BOARD = Board(
    name="recruitee",
    title="Recruitee",
    address="https://{company}.recruitee.com",
    path="/api/offers/",
    listed=under("offers"),
    read=_read,
    names=IN_HOST,
    links=(r"([^/.]+)\.recruitee\.com",),
    documentation="https://docs.recruitee.com/reference/intro-to-careers-site-api",
)
