"""The Candidate, Europass's XML since 2020: a profile of HR-XML 3."""

from collections.abc import Iterator
from typing import Any

from pipeline.resumes.model import SectionName
from pipeline.resumes.reading.formats.data import iso_date
from pipeline.resumes.reading.formats.europass.elements import (
    child,
    children,
    descendants,
    joined,
    name_of,
    raw,
    text,
    words_of,
)
from pipeline.resumes.reading.formats.europass.parts import FilledSections, fluency, keywords, paragraphs
from pipeline.resumes.reading.formats.rich_text import described, lines_of

_NO_TEXT = frozenset(
    "ID Attachment EmploymentReferences CandidateEmployerPreferences CandidatePositionPreferences PersonAvailability "
    "ExperienceSummary".split()
)
_SECTION_OF: dict[str, tuple[SectionName, str]] = {
    "PublicationHistory": ("publications", "name"),
    "Publications": ("publications", "name"),
    "HonorsAndAwards": ("awards", "title"),
    "HonoursAndAwards": ("awards", "title"),
    "Certifications": ("certificates", "name"),
    "Licenses": ("certificates", "name"),
    "Projects": ("projects", "name"),
    "VoluntaryWorks": ("volunteer", "position"),
}
_DATE_KEY = {"publications": "releaseDate", "awards": "date", "certificates": "date"}
_TITLES = (
    "Title", "Name", "CertificationName", "LicenseName", "PatentTitle", "FormattedPublicationDescription",
    "LicenseTypeCode",
)  # fmt: skip
_LANGUAGES = {
    "ara": "Arabic", "bul": "Bulgarian", "cat": "Catalan", "ces": "Czech", "cze": "Czech", "dan": "Danish",
    "deu": "German", "ell": "Greek", "eng": "English", "est": "Estonian", "eus": "Basque", "fin": "Finnish",
    "fra": "French", "fre": "French", "ger": "German", "gle": "Irish", "glg": "Galician", "gre": "Greek",
    "hrv": "Croatian", "hun": "Hungarian", "isl": "Icelandic", "ita": "Italian", "jpn": "Japanese", "lav": "Latvian",
    "lit": "Lithuanian", "mkd": "Macedonian", "mlt": "Maltese", "nld": "Dutch", "dut": "Dutch", "nor": "Norwegian",
    "nob": "Norwegian Bokmål", "pol": "Polish", "por": "Portuguese", "ron": "Romanian", "rum": "Romanian",
    "rus": "Russian", "slk": "Slovak", "slv": "Slovenian", "spa": "Spanish", "sqi": "Albanian", "srp": "Serbian",
    "swe": "Swedish", "tur": "Turkish", "ukr": "Ukrainian", "zho": "Chinese",
}  # fmt: skip


def from_candidate(root: Any) -> tuple[dict[str, Any], list[str]]:
    """Return a JSON Resume document, and the personal data that no resume needs."""
    person, profile = child(root, "CandidatePerson"), child(root, "CandidateProfile")
    if person is None:
        person = child(root, "CandidateSupplier", "PersonContact")
    sections = FilledSections(_basics(person))
    sections.summarise([raw(profile, "ExecutiveSummary")])
    spoken = map(_language, children(person, "PrimaryLanguageCode"))
    mother = [{"language": language, "fluency": "Mother tongue"} for language in spoken]
    for part in profile if profile is not None else ():
        name = name_of(part)
        if name == "EmploymentHistory":
            sections.add("work", (job for each in children(part, "EmployerHistory") for job in _jobs(each)))
        elif name == "EducationHistory":
            sections.add("education", map(_study, children(part, "EducationOrganizationAttendance")))
        elif name == "PersonQualifications":
            sections.add("languages", mother + list(_competencies(part, is_language=True)))
            sections.add("skills", _gathered(list(_competencies(part, is_language=False))))
            mother = []
        elif name not in (*_NO_TEXT, "ExecutiveSummary"):
            _add_rest(part, sections)
    sections.add("languages", mother)
    return sections.document, _left_out(person)


def _basics(person: Any) -> dict[str, Any]:
    found: dict[str, list[Any]] = {}
    for each in children(person, "Communication"):
        channel = (text(each, "ChannelCode") or "").replace(" ", "").lower()
        if child(each, "Address") is not None:
            found.setdefault("address", []).append(child(each, "Address"))
        else:
            found.setdefault(channel, []).append(each)
    phones = [_phone(each) for each in (*found.get("telephone", []), *found.get("mobiletelephone", []))]
    emails = [text(each, "URI") for each in found.get("email", [])]
    sites = [text(each, "URI") for each in found.get("web", [])]
    accounts = (*found.get("socialmedia", []), *found.get("instantmessage", []))
    return {
        "name": text(person, "PersonName", "FormattedName")
        or joined(text(person, "PersonName", "GivenName"), text(person, "PersonName", "FamilyName"), by=" "),
        "email": next(iter(emails), None),
        "phone": next(iter(phones), None),
        "url": next(iter(sites), None),
        "location": _location(next(iter(found.get("address", [])), None)),
        "profiles": list(map(_profile, accounts)),
        "notes": [each for each in (*emails[1:], *phones[1:], *sites[1:]) if each],
    }


def _phone(element: Any) -> str | None:
    country = text(element, "CountryDialing")
    return joined(f"+{country.lstrip('+')}" if country else None, text(element, "DialNumber"), by=" ")


def _profile(element: Any) -> dict[str, Any]:
    address = text(element, "URI")
    is_link = bool(address and "/" in address)
    network = text(element, "OtherTitle") or text(element, "UseCode")
    return {"network": network, "url" if is_link else "username": address}


def _location(address: Any) -> dict[str, Any] | None:
    if address is None:
        return None
    return {
        "address": joined(*(text(line) for line in children(address, "AddressLine"))),
        "postalCode": text(address, "PostalCode"),
        "city": text(address, "CityName"),
        "countryCode": (text(address, "CountryCode") or "").upper() or None,
    }


def _place(*elements: Any) -> str | None:
    for element in elements:
        city = text(element, "City") or text(element, "CityName")
        country = text(element, "Country") or text(element, "CountryCode")
        if city or country:
            return joined(city, country.upper() if country and len(country) == 2 else country)
    return None


def _period(entry: Any, *names: str) -> dict[str, Any]:
    period = next((found for found in (child(entry, name) for name in names) if found is not None), None)
    is_open = any(text(each) == "true" for each in descendants(period, "CurrentIndicator", "Ongoing"))
    dates = {which: _date(child(period, f"{which.capitalize()}Date")) for which in ("start", "end")}
    return {"startDate": dates["start"], "endDate": None if is_open else dates["end"]}


def _date(element: Any) -> str | None:
    written = text(element, "FormattedDateTime") or (text(element) if element is not None else None)
    return iso_date(written) if written else None


def _jobs(employer: Any) -> Iterator[dict[str, Any]]:
    address = child(employer, "OrganizationContact", "Communication", "Address")
    links = [text(link) for link in children(employer, "Link")]
    common = {"name": text(employer, "OrganizationName"), "url": next(iter(links), None)}
    notes = [note for note in (text(employer, "Department"), *links[1:]) if note and note != common["name"]]
    for position in children(employer, "PositionHistory") or [employer]:
        yield {
            **common,
            "position": text(position, "PositionTitle"),
            "location": _place(position, address),
            **_period(position, "EmploymentPeriod"),
            **described(raw(position, "Description")),
            "notes": notes,
        }
        notes = []


def _study(entry: Any) -> dict[str, Any]:
    degree = child(entry, "EducationDegree")
    score = next((text(each) for each in descendants(child(degree, "FinalGrade"), "ScoreText")), None)
    told = [line.text for line in lines_of(raw(degree, "OccupationalSkillsCovered")) if line.text]
    thesis = text(degree, "Thesis")
    majors = [text(each, "Name") or text(each) for each in children(degree, "DegreeMajor")]
    return {
        "institution": text(entry, "OrganizationName"),
        "studyType": text(degree, "DegreeName"),
        "area": joined(*majors),
        "location": _place(child(entry, "OrganizationContact", "Communication", "Address")),
        **_period(entry, "AttendancePeriod"),
        "score": score,
        "highlights": told + ([f"Thesis: {thesis}"] if thesis else []),
    }


def _language(element: Any) -> str | None:
    code = text(element)
    return _LANGUAGES.get(code.lower(), code) if code else None


def _competencies(part: Any, *, is_language: bool) -> Iterator[dict[str, Any]]:
    for entry in children(part, "PersonCompetency"):
        if ((text(entry, "TaxonomyID") or "").lower() == "language") != is_language:
            continue
        if not is_language:
            yield {"name": text(entry, "CompetencyName") or text(entry, "CompetencyID")}
            continue
        levels = [
            (
                words_of((text(each, "CompetencyDimensionTypeCode") or "").rsplit("CEF-", 1)[-1].replace("-", " ")),
                next((text(score) for score in descendants(each, "ScoreText")), None),
            )
            for each in children(entry, "CompetencyDimension")
        ]
        yield {"language": _language(child(entry, "CompetencyID")), "fluency": fluency(levels)}


def _gathered(skills: list[dict[str, Any]]) -> list[dict[str, Any]]:
    names = [skill["name"] for skill in skills if skill["name"]]
    return [{"keywords": names}] if names else []


def _add_rest(part: Any, sections: FilledSections) -> None:
    """Add a section of entries that each have a title, a date, a description, links."""
    name, title = name_of(part), text(part, "Title")
    entries = [entry for entry in part if len(entry)]
    section = _SECTION_OF.get(name)
    if section:
        sections.add(section[0], [_entry(entry, *section) for entry in entries])
    elif name.endswith("Skills"):
        named = [_titled(entry) or _texts(entry) for entry in entries]
        sections.add("skills", [{"name": title or words_of(name), "keywords": [each for each in named if each]}])
    else:
        items = [item for entry in entries or [part] for item in _paragraphs(entry)]
        sections.add("other", items, title or words_of(name))


def _titled(entry: Any) -> str | None:
    return next((found for found in (text(entry, each) for each in _TITLES) if found), None)


def _texts(entry: Any) -> str | None:
    return joined(*keywords(raw(entry, "Description")))


def _entry(entry: Any, section: SectionName, key: str) -> dict[str, Any]:
    """Return an entry of a section that the schema has."""
    period = _period(entry, "Date", "Period", "EffectiveTimePeriod")
    start = period["startDate"] or _date(child(entry, "Date")) or text(entry, "Year")
    told = described(raw(entry, "Description"))
    part: dict[str, Any] = {key: _titled(entry)}
    if section in _DATE_KEY:
        summary = joined(told["summary"], *told["highlights"], by="\n")
        part |= {_DATE_KEY[section]: start, "notes" if section == "certificates" else "summary": summary}
    elif section == "projects":
        part |= period | {"description": told["summary"], "highlights": told["highlights"]}
    else:
        part |= period | told | {"organization": text(entry, "OrganizationName"), "location": text(entry, "Location")}
    link = text(entry, "Link")
    return part | ({"url": link} if section != "awards" else {})


def _paragraphs(entry: Any) -> list[dict[str, Any]]:
    period = _period(entry, "Date", "Period")
    dates = joined(period["startDate"] or _date(child(entry, "Date")), period["endDate"], by=" – ")
    head = joined(_titled(entry), text(entry, "Location"), dates, by=" · ")
    links = [{"text": text(link) or "", "is_bullet": False} for link in children(entry, "Link")]
    items = [{"text": head or "", "is_bullet": False}, *paragraphs(raw(entry, "Description")), *links]
    return [item for item in items if item["text"]]


def _left_out(person: Any) -> list[str]:
    given = [
        ("Birthdate", text(person, "BirthDate")),
        ("Gender", text(person, "GenderCode")),
        *(("Nationality", text(each)) for each in children(person, "NationalityCode")),
    ]
    return [f"{what}: {value}" for what, value in given if value]
