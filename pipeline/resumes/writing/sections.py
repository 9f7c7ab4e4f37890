"""From a resume to its outline: the head, and the sections in their order, those that the schema lacks among them."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from pipeline.resumes.model import (
    SECTION_NAMES,
    Basics,
    Location,
    OtherSection,
    Profile,
    Resume,
    SectionName,
)
from pipeline.resumes.writing.entries import build_entries, entry_of_paragraphs, joined, labelled, paragraphs, unread
from pipeline.resumes.writing.look import DEFAULT_LOOK, Look
from pipeline.resumes.writing.outline import Entry, Line, Link, Outline, Section, clean, show_address
from pipeline.resumes.writing.wording import Wording, wording_of


def build_outline(resume: Resume, wording: Wording | None = None, look: Look = DEFAULT_LOOK) -> Outline:
    """Return what is printed of a resume: every section in its order, nothing empty."""
    wording = (wording or wording_of(resume)).with_dates(look.date_format)
    if look.headings == "usual":
        wording = wording.model_copy(update={"keeps_headings": False})
    basics = resume.basics
    return Outline(
        name=clean(basics.name),
        headline=clean(basics.label),
        contact=tuple(_contact(basics, look)),
        sections=tuple(section for section in _sections(resume, wording, look) if section.entries),
        wording=wording,
    )


def _contact(basics: Basics, look: Look) -> Iterator[Link]:
    email, place = clean(basics.email) or unread(basics, "email"), show_location(basics.location)
    if email:
        yield Link(email, f"mailto:{email}" if "@" in email else "")
    if clean(basics.phone):
        yield Link(clean(basics.phone))
    if place:
        yield Link(place)
    for address in (basics.url, unread(basics, "url")):
        if address:
            yield _shortened(show_address(address)) if look.links == "behind" else show_address(address)
    yield from (link for profile in basics.profiles if (link := _profile(profile, look)).text)
    yield from (Link(text) for text in map(clean, basics.notes) if text)


def show_location(location: Location | None) -> str:
    """Return a location in the order it is written on envelopes."""
    if not location:
        return ""
    town = joined((location.postal_code, location.city), " ")
    return joined((location.address, town, location.region, location.country or location.country_code))


def _shortened(link: Link) -> Link:
    """Return a link that shows no more of its address than the site."""
    return Link(link.text.split("/")[0], link.target) if link.target else link


def _profile(profile: Profile, look: Look) -> Link:
    network, username = clean(profile.network), clean(profile.username)
    if not profile.url:
        return Link(joined((network, username), ": "))
    shown = show_address(profile.url)
    if look.links == "behind" and shown.target and (network or username):
        return Link(network or username, shown.target)
    known = not network or network.casefold().replace(" ", "") in shown.text.casefold()
    return shown if known else Link(f"{network}: {shown.text}", shown.target)


def _sections(resume: Resume, wording: Wording, look: Look) -> Iterator[Section]:
    """Yield the sections in order, each section that the schema lacks after the one it follows."""
    if resume.section_order and "summary" not in resume.section_order:
        yield Section("summary", "", entry_of_paragraphs(resume.basics.summary))
    order = dict.fromkeys((*resume.section_order, *SECTION_NAMES))
    others = _others_by_place(resume.other)
    for name in order:
        title = wording.title_of(name, resume.section_titles.get(name, ()))
        if name == "summary":
            if not resume.section_order or name in resume.section_order:
                yield Section(name, title, entry_of_paragraphs(resume.basics.summary))
        elif name == "other":
            yield from (_other_section(other, wording) for other in others[None])
            yield from _unlisted_sections(resume, wording)
        else:
            yield Section(name, title, build_entries(resume, name, wording, look))
        yield from (_other_section(other, wording) for other in others[name])


def _others_by_place(others: Sequence[OtherSection]) -> dict[SectionName | None, list[OtherSection]]:
    """Group the sections that the schema lacks by the section they follow; one that follows another goes with it."""
    places: dict[SectionName | None, list[OtherSection]] = defaultdict(list)
    place: SectionName | None = None
    for other in others:
        place = place if other.after == "other" else other.after
        places[place].append(other)
    return places


def _unlisted_sections(resume: Resume, wording: Wording) -> Iterator[Section]:
    """Yield the sections of the schema that `section_order` has no word for."""
    interests = [
        line
        for item in resume.interests
        for line in (*labelled(clean(item.name), item.keywords), *(() if item.keywords else paragraphs(item.name)))
    ]
    yield Section("other", wording.interests, (Entry(lines=tuple(interests)),) if interests else ())
    references = tuple(
        Entry(title=clean(item.name), lines=tuple(paragraphs(item.reference, *item.notes)))
        for item in resume.references
    )
    yield Section("other", wording.references, references)


def _other_section(other: OtherSection, wording: Wording) -> Section:
    lines = tuple(
        Line("bullet" if item.is_bullet else "paragraph", clean(item.text)) for item in other.items if clean(item.text)
    )
    return Section("other", clean(other.title) or wording.title_of("other", ()), (Entry(lines=lines),) if lines else ())
