"""The Skills Passport, Europass's XML of 2012 to 2020 (schema 3.0 to 3.4)."""

from typing import Any

from pipeline.resumes.model import SectionName
from pipeline.resumes.reading.formats.europass.elements import child, children, joined, name_of, raw, text, words_of
from pipeline.resumes.reading.formats.europass.parts import FilledSections, fluency, keywords, paragraphs
from pipeline.resumes.reading.formats.rich_text import described, lines_of

_SECTION_OF: dict[str, tuple[SectionName, str]] = {
    "publications": ("publications", "name"),
    "honors_awards": ("awards", "title"),
    "certifications": ("certificates", "name"),
    "projects": ("projects", "name"),
}
_PERSONAL = "personal_statement"


def from_passport(root: Any) -> tuple[dict[str, Any], list[str]]:
    """Return a JSON Resume document, and the personal data that no resume needs."""
    learner = child(root, "LearnerInfo") if name_of(root) != "LearnerInfo" else root
    person = child(learner, "Identification")
    sections = FilledSections(_basics(person))
    _headline(child(learner, "Headline"), sections)
    sections.add("work", map(_job, children(child(learner, "WorkExperienceList"), "WorkExperience")))
    sections.add("education", map(_study, children(child(learner, "EducationList"), "Education")))
    skills = child(learner, "Skills")
    sections.add("languages", _languages(child(skills, "Linguistic")))
    others = skills if skills is not None else ()
    sections.add("skills", [_skill(kind) for kind in others if name_of(kind) != "Linguistic"])
    for achievement in children(child(learner, "AchievementList"), "Achievement"):
        _achievement(achievement, sections)
    return sections.document, _demographics(child(person, "Demographics"))


def _basics(person: Any) -> dict[str, Any]:
    contact = child(person, "ContactInfo")
    phones = [text(each, "Contact") for each in children(child(contact, "TelephoneList"), "Telephone")]
    sites = [text(each, "Contact") for each in children(child(contact, "WebsiteList"), "Website")]
    accounts = children(child(contact, "InstantMessagingList"), "InstantMessaging")
    return {
        "name": joined(text(person, "PersonName", "FirstName"), text(person, "PersonName", "Surname"), by=" "),
        "email": text(contact, "Email", "Contact"),
        "phone": phones[0] if phones else None,
        "url": sites[0] if sites else None,
        "location": _location(child(contact, "Address", "Contact")),
        "profiles": [{"network": text(each, "Use", "Label"), "username": text(each, "Contact")} for each in accounts],
        "notes": [each for each in (*phones[1:], *sites[1:]) if each],
    }


def _location(address: Any) -> dict[str, Any] | None:
    if address is None:
        return None
    return {
        "address": joined(text(address, "AddressLine"), text(address, "AddressLine2")),
        "postalCode": text(address, "PostalCode"),
        "city": text(address, "Municipality"),
        "country": text(address, "Country", "Label"),
        "countryCode": text(address, "Country", "Code"),
    }


def _place(organisation: Any) -> str | None:
    address = child(organisation, "ContactInfo", "Address", "Contact")
    return joined(text(address, "Municipality"), text(address, "Country", "Label") or text(address, "Country", "Code"))


def _headline(headline: Any, sections: FilledSections) -> None:
    if text(headline, "Type", "Code") == _PERSONAL:
        sections.summarise([raw(headline, "Description", "Label")], text(headline, "Type", "Label"))
    else:
        sections.basics["label"] = text(headline, "Description", "Label")


def _period(entry: Any) -> dict[str, Any]:
    is_current = text(entry, "Period", "Current") == "true"
    start, end = _date(child(entry, "Period", "From")), _date(child(entry, "Period", "To"))
    return {"startDate": start, "endDate": None if is_current else end}


def _date(element: Any) -> str | None:
    """Return a date from its attributes: `year="2015" month="--04" day="---01"`."""
    if element is None:
        return None
    parts = [(element.get(name) or "").strip("-") for name in ("year", "month", "day")]
    known = [part.zfill(2) for part in parts]
    count = next((index for index, part in enumerate(parts) if not part), len(parts))
    return "-".join(known[:count]) or None


def _job(entry: Any) -> dict[str, Any]:
    employer = child(entry, "Employer")
    sector = text(employer, "Sector", "Label")
    return {
        "name": text(employer, "Name"),
        "position": text(entry, "Position", "Label") or text(entry, "Position"),
        "location": _place(employer),
        "url": text(employer, "ContactInfo", "Website", "Contact"),
        **_period(entry),
        **described(raw(entry, "Activities")),
        "notes": [sector] if sector else [],
    }


def _study(entry: Any) -> dict[str, Any]:
    organisation = child(entry, "Organisation")
    level = text(entry, "Level", "Label")
    return {
        "institution": text(organisation, "Name"),
        "studyType": text(entry, "Title"),
        "area": text(entry, "Field", "Label"),
        "location": _place(organisation),
        "url": text(organisation, "ContactInfo", "Website", "Contact"),
        **_period(entry),
        "highlights": [line.text for line in lines_of(raw(entry, "Activities")) if line.text],
        "notes": [level] if level else [],
    }


def _languages(linguistic: Any) -> list[dict[str, Any]]:
    mother = children(child(linguistic, "MotherTongueList"), "MotherTongue")
    foreign = children(child(linguistic, "ForeignLanguageList"), "ForeignLanguage")
    own = [{"language": text(each, "Description", "Label"), "fluency": "Mother tongue"} for each in mother]
    return own + [_foreign(each) for each in foreign]


def _foreign(entry: Any) -> dict[str, Any]:
    level = child(entry, "ProficiencyLevel")
    levels = [(words_of(name_of(kind)), text(kind)) for kind in level] if level is not None else []
    proofs = [text(each, "Title") for each in children(child(entry, "VerifiedBy"), "Certificate")]
    spoken = {"language": text(entry, "Description", "Label"), "fluency": fluency(levels)}
    return spoken | {"notes": [proof for proof in proofs if proof]}


def _skill(kind: Any) -> dict[str, Any]:
    licences = [text(each) for each in children(child(kind, "Description"), "Licence")]
    found = [licence for licence in licences if licence] or keywords(raw(kind, "Description"))
    return {"name": words_of(name_of(kind)), "keywords": found} if found else {}


def _achievement(entry: Any, sections: FilledSections) -> None:
    title, written = text(entry, "Title", "Label"), raw(entry, "Description")
    section = _SECTION_OF.get(text(entry, "Title", "Code") or "")
    if section:
        name, key = section
        sections.add(name, [{key: line.text} for line in lines_of(written) if line.text], title)
    else:
        sections.add("other", paragraphs(written), title)


def _demographics(person: Any) -> list[str]:
    nations = children(child(person, "NationalityList"), "Nationality")
    given = [
        ("Birthdate", _date(child(person, "Birthdate"))),
        ("Gender", text(person, "Gender", "Label")),
        *(("Nationality", text(nation, "Label")) for nation in nations),
    ]
    return [f"{what}: {value}" for what, value in given if value]
