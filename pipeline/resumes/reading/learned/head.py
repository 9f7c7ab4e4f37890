"""The head of a resume: the name, the headline and how to reach the person."""

import re
from collections.abc import Sequence

from pipeline.resumes.model import Basics
from pipeline.resumes.reading.addresses import EMAIL, PHONE, URL
from pipeline.resumes.reading.learned.headings import heading_of
from pipeline.resumes.reading.learned.tagging import Field, Tagged
from pipeline.resumes.reading.lines import BULLET_GLYPHS, Span, close_letter_spacing
from pipeline.resumes.reading.notes import Noted
from pipeline.resumes.reading.places import location_of, profiles_of

SURE = 0.9


def read_head(lines: Sequence[Tagged], numbers: Sequence[int], fields: Sequence[Sequence[Field]]) -> Noted[Basics]:
    """Read the lines above the first section, and those under a contact heading."""
    found = [one for number in numbers for one in fields[number]]
    persons = [one for one in _tagged(found, "person") if not _says_what_it_is(one.text)]
    headlines = _tagged(found, "headline")
    linked = [span for number in numbers for span in _spans(lines[number]) if span.link]
    leading = {span.text.strip() for span in linked}
    places = [one.text for one in _tagged(found, "place") if one.text not in leading]
    basics = _reachable(found, [span.link for span in linked if span.link])
    basics.name = _name(persons, lines)
    basics.label = _headline(headlines)
    basics.location = location_of(places[0]) if places else None
    rest = [text for text in _rest(found) if text not in leading]
    basics.notes = [*rest, *places[1:], *basics.notes]
    return _rated(Noted(basics), persons, headlines)


def _tagged(fields: Sequence[Field], tag: str) -> list[Field]:
    return [one for one in fields if one.tag == tag]


def _rated(noted: Noted[Basics], persons: Sequence[Field], headlines: Sequence[Field]) -> Noted[Basics]:
    """Say how sure the name, the address and the headline are."""
    if persons:
        noted.rate("name", persons[0].probability)
    else:
        noted.lack("name", "No name was found; nothing stands in for it.")
    if noted.part.email:
        noted.rate("email", 0.98)
    else:
        noted.lack("email", "No e-mail address was found.")
    if headlines:
        noted.rate("label", min(one.probability for one in headlines))
    return noted


def _spans(line: Tagged) -> list[Span]:
    return [span for cell in line.line.cells for span in cell]


def _reachable(found: Sequence[Field], links: Sequence[str]) -> Basics:
    """Return how to reach the person, what there is beyond the first of each kind as notes."""
    texts = [one.text for one in found if one.tag not in ("person", "headline", "place")]
    emails = _emails([one.text for one in found], links)
    phones = [match[0].strip() for text in texts for match in PHONE.finditer(_without(text)) if _is_phone(match[0])]
    profiles, sites, networks = profiles_of(_urls(texts, links))
    return Basics(
        email=first_of(emails),
        phone=first_of(phones),
        url=first_of(sites),
        profiles=profiles,
        notes=[*networks, *phones[1:], *sites[1:], *emails[1:]],
    )


def _says_what_it_is(text: str) -> bool:
    """Tell whether words in the place of a name only say that this is a resume, or that personal data follow."""
    label, probability = heading_of(text)
    return label in ("document", "contact", "other") and probability > SURE


def first_of(texts: Sequence[str]) -> str | None:
    """Return the first text, if there is one."""
    return texts[0] if texts else None


def _headline(found: Sequence[Field]) -> str | None:
    texts = dict.fromkeys(close_letter_spacing(one.text) for one in found)
    return " ".join(texts).strip(BULLET_GLYPHS + " >") or None


def _rest(found: Sequence[Field]) -> list[str]:
    """Return the personal facts that are no contact data."""
    return [one.text for one in found if one.tag in ("note", "-") and one.kind == "word" and re.search(r"\w", one.text)]


def _emails(texts: Sequence[str], links: Sequence[str]) -> list[str]:
    found = [match[0].replace(" ", "") for text in texts for match in EMAIL.finditer(text)]
    found += [link.removeprefix("mailto:").split("?")[0] for link in links if link.startswith("mailto:")]
    return list(dict.fromkeys(found))


def _name(persons: Sequence[Field], lines: Sequence[Tagged]) -> str | None:
    """Return the first name, with the rest of it where the next line in the same letters has that."""
    if not persons:
        return None
    first, *more = persons
    parts = [first]
    for one in more:
        near = one.line - parts[-1].line
        if near > 1 or (near and lines[one.line].line.size != lines[first.line].line.size):
            break
        parts.append(one)
    return (
        close_letter_spacing("  ".join(one.text for one in parts))
        if len(parts) == 1
        else " ".join(close_letter_spacing(one.text) for one in parts)
    )


def _without(text: str) -> str:
    return URL.sub(" ", EMAIL.sub(" ", text))


def _is_phone(text: str) -> bool:
    digits = len(re.sub(r"\D", "", text))
    return 7 <= digits <= 16 and not re.fullmatch(r"\s*\d{4}\s*[-–]\s*\d{4}\s*|\d{4}-\d{4}-\d{4}-\d{3}\w", text)


def _urls(texts: Sequence[str], links: Sequence[str]) -> list[str]:
    found = [link for link in links if link.startswith("http")]
    for text in texts:
        found += [match[0].rstrip(".,") for match in URL.finditer(EMAIL.sub(" ", text))]
    whole = [url if url.startswith("http") else f"https://{url}" for url in found]
    bare = {url.split("//", 1)[1].rstrip("/").removeprefix("www.").lower(): url for url in reversed(whole)}
    return list(reversed(bare.values()))
