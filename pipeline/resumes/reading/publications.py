"""Publications: their titles, where and when they appeared, who wrote them."""

import re
from collections.abc import Sequence

from pipeline.resumes.model import Publication
from pipeline.resumes.reading.entries import Entry
from pipeline.resumes.reading.lines import Line
from pipeline.resumes.reading.list_items import URL, date_out_of, list_items, url_in
from pipeline.resumes.reading.notes import Noted

_DOI = re.compile(r"\b10\.\d{4,}/[^\s()]+")
_NAME_OF_JOURNAL = re.compile(r"(?!.*\band\b)[A-ZÀ-Þ][^,;:.@]{3,60}")
_ISSUE = re.compile(r"\b\d{1,4}\s?\(\d{1,3}\)|\b\d{1,5}[–-]\d{1,5}\b\.?$|\bvol\.|\bpp\.", re.I)
_CITATION = re.compile(
    r"(?P<authors>[^()]*?\b[A-Z]\.[^()]*?)\s*\((?:19|20)\d\d[^()]*\)[.,:]?\s*(?P<title>[^.?!]{8,}?[.?!])\s+(?P<venue>.+)",
    re.S,
)


def read_publications(lines: Sequence[Line]) -> list[Noted[Publication]]:
    """Return the publications of a section."""
    return [_publication(*item) for item in list_items(lines)]


def _publication(text: str, below: list[str], entry: Entry) -> Noted[Publication]:
    while below and re.search(r"[:,–-]$", text) and below[0][:1].isdigit():  # parted inside its issue or pages
        text += ("" if text.endswith(("–", "-")) else " ") + below.pop(0)
    whole = "\n".join([text, *below])
    name, date = date_out_of(text)
    name, _, beside = name.partition(" | ")
    for index, line in enumerate(below):
        if date is None:
            rest, date = date_out_of(line)
            below[index] = rest if date and not rest else line
    doi = _DOI.search(whole)
    quoted = re.search(r"[“\"„](.{10,}?)[,.]?[”\"“]", name)
    details = [line for line in below if line]
    publisher, details = _publisher(details, entry.body)
    publisher = beside or publisher
    cited = _CITATION.fullmatch(text)
    if cited:
        name, publisher = cited["title"].rstrip("."), cited["venue"]
        details = [cited["authors"], *details]
    elif quoted:
        details = [
            part.strip(" ,.") for part in (name[: quoted.start()], name[quoted.end() :]) if part.strip(" ,.")
        ] + details
        name = quoted[1]
    publication = Publication(
        name=name,
        publisher=publisher,
        release_date=date.start if date else None,
        url=f"https://doi.org/{doi[0].rstrip('.,')}" if doi else url_in(entry, whole),
        summary="\n".join(details) or None,
        notes=[] if date is None or date.is_exact else [date.text],
    )
    noted = Noted(publication)
    noted.rate("name", 0.85 if quoted or entry.header[0].starts_bold else 0.7)
    return noted


def _publisher(details: list[str], body: Sequence[Line]) -> tuple[str | None, list[str]]:
    """Find where it appeared: beside its address, in brackets after its DOI, or in italics on a line of its own."""
    italic = {line.text for line in body if line.is_italic}
    publisher, rest = None, []
    for line in details:
        pieces = [piece for piece in line.split(" | ") if not URL.fullmatch(piece) and not _DOI.fullmatch(piece)]
        bracketed = re.search(r"\(([^()]+)\)\s*$", line) if _DOI.search(line) else None
        if publisher is None and len(pieces) == 1 and (pieces[0] != line or line in italic):
            publisher = pieces[0]
        elif pieces:
            publisher = publisher or (bracketed[1] if bracketed else None)
            rest.append(line)
    if publisher is None and len(rest) > 1 and (_NAME_OF_JOURNAL.fullmatch(rest[0]) or _ISSUE.search(rest[0])):
        publisher = rest.pop(0)
    return publisher, rest
