"""The resume: Pydantic models of the JSON Resume schema, with the order of its sections and room for what it lacks.

Reading is tolerant: unknown keys are kept, and a value that the schema would refuse (a date in words, an address
without its scheme) is put right or moved to a key of its own, so that every document written is one the schema accepts.
"""

import re
from collections.abc import Iterable
from datetime import date
from typing import Annotated, Any, Literal, get_args

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    SerializerFunctionWrapHandler,
    model_serializer,
    model_validator,
)
from pydantic.alias_generators import to_camel

SectionName = Literal[
    "summary", "skills", "work", "education", "projects", "publications",
    "certificates", "awards", "languages", "volunteer", "other",
]  # fmt: skip
SECTION_NAMES: tuple[SectionName, ...] = get_args(SectionName)
PRESENT_WORDS = frozenset({"present", "current", "currently", "now", "today", "ongoing"})

_ISO_DATE = re.compile(r"[12]\d{3}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")
_URI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`]+")
_BARE_ADDRESS = re.compile(r"[\w-]+(\.[\w-]+)+([/?#][^\s<>\"{}|\\^`]*)?")
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+")
_OLDER_KEYS = {"company": "name", "website": "url", "gpa": "score", "picture": "image"}
_SECTION_OF_KEY: dict[str, SectionName] = {
    **{name: name for name in SECTION_NAMES if name != "summary"},
    "interests": "other",
    "references": "other",
}


def _to_text(value: Any) -> Any:
    """Take numbers for text, as a year or a grade is often written, and blank text for none."""
    if isinstance(value, bool) or not isinstance(value, int | float | str | date):
        return value
    return str(value).strip() or None


def _to_list(value: Any) -> Any:
    if value is None:
        return []
    return value if isinstance(value, list | tuple) else [value]


def _to_texts(value: Any) -> Any:
    return [text for text in map(_to_text, _to_list(value)) if text is not None]


Text = Annotated[str | None, BeforeValidator(_to_text)]
Texts = Annotated[list[str], BeforeValidator(_to_texts)]


class ResumePart(BaseModel):
    """What all parts of a resume have in common: camel-case keys, unknown keys kept, empty lists not written."""

    model_config = ConfigDict(
        alias_generator=to_camel,
        populate_by_name=True,
        extra="allow",
        validate_assignment=False,
        protected_namespaces=(),
    )

    notes: Texts = Field(default=[], description="Text of this part that no field of the schema holds.")

    @model_validator(mode="before")
    @classmethod
    def _accept_odd_values(cls, value: Any) -> Any:
        return _mended(cls, value) if isinstance(value, dict) else value

    @model_serializer(mode="wrap")
    def _leave_out_empty_lists(self, handler: SerializerFunctionWrapHandler) -> dict[str, Any]:
        # Empty lists that the source has stay, so that a document is written as it was read.
        said = {self._key(name) for name in self.model_fields_set} | self.model_fields_set
        return {key: value for key, value in handler(self).items() if value not in ([], {}) or key in said}

    @classmethod
    def _key(cls, name: str) -> str:
        field = cls.model_fields.get(name)
        return (field.alias if field else None) or name


def _mended(part: type[ResumePart], given: dict[Any, Any]) -> dict[str, Any]:
    """Return the document with older keys renamed and with values that the schema refuses put right or moved aside."""
    values = {str(key): value for key, value in given.items() if value is not None}
    known = set(part.model_fields) | {part._key(name) for name in part.model_fields}
    for older, newer in _OLDER_KEYS.items():
        if older in values and older not in known and newer in known and newer not in values:
            values[newer] = values.pop(older)
    for name in part.model_fields:
        key = part._key(name) if part._key(name) in values else name
        value = _to_text(values.get(key))
        if not isinstance(value, str):
            continue
        mended = _mended_value(name, value)
        if mended is None:
            del values[key]
            if value.casefold() not in PRESENT_WORDS:
                values.setdefault(f"{part._key(name)}Text", value)
        elif mended != value:
            values[key] = mended
    return values


def _mended_value(name: str, value: str) -> str | None:
    """Return the value in the spelling that the schema wants, or None where it cannot be had."""
    if name == "date" or name.endswith("_date"):
        value = value.split("T")[0]
        return value if _ISO_DATE.fullmatch(value) else None
    if name == "email":
        return value if _EMAIL.fullmatch(value) else None
    if name in ("url", "canonical"):
        if _URI.fullmatch(value):
            return value
        return f"https://{value}" if _BARE_ADDRESS.fullmatch(value) else None
    return value


class Location(ResumePart):
    """Where the person lives."""

    address: Text = None
    postal_code: Text = None
    city: Text = None
    country_code: Text = None
    region: Text = None
    country: Text = Field(default=None, description="As printed; the schema has room for its code only.")


class Profile(ResumePart):
    """An account on a network."""

    network: Text = None
    username: Text = None
    url: Text = None


class Basics(ResumePart):
    """The person: name, headline, how to reach them, the summary."""

    name: Text = None
    label: Text = None
    image: Text = None
    email: Text = None
    phone: Text = None
    url: Text = None
    summary: Text = None
    location: Location | None = None
    profiles: Annotated[list[Profile], BeforeValidator(_to_list)] = []


class Work(ResumePart):
    """One position at one employer; a present one has no end."""

    name: Text = None
    position: Text = None
    location: Text = None
    description: Text = None
    url: Text = None
    start_date: Text = None
    end_date: Text = None
    summary: Text = None
    highlights: Texts = []


class Volunteer(ResumePart):
    """One voluntary position."""

    organization: Text = None
    position: Text = None
    location: Text = None
    url: Text = None
    start_date: Text = None
    end_date: Text = None
    summary: Text = None
    highlights: Texts = []


class Education(ResumePart):
    """One course of study."""

    institution: Text = None
    study_type: Text = None
    area: Text = None
    location: Text = None
    url: Text = None
    start_date: Text = None
    end_date: Text = None
    score: Text = None
    courses: Texts = []
    highlights: Texts = []


class Award(ResumePart):
    """A prize, an honour, a scholarship."""

    title: Text = None
    date: Text = None
    awarder: Text = None
    summary: Text = None


class Certificate(ResumePart):
    """A certificate or licence."""

    name: Text = None
    date: Text = None
    issuer: Text = None
    url: Text = None


class Publication(ResumePart):
    """A paper, a book, a talk in print."""

    name: Text = None
    publisher: Text = None
    release_date: Text = None
    url: Text = None
    summary: Text = None


class Skill(ResumePart):
    """A category of skills under its label as printed; a list without a label has no name."""

    name: Text = None
    level: Text = None
    keywords: Texts = []

    @model_validator(mode="before")
    @classmethod
    def _accept_a_bare_name(cls, value: Any) -> Any:
        return {"name": value} if isinstance(value, str) else value


class Language(ResumePart):
    """A language spoken."""

    language: Text = None
    fluency: Text = None

    @model_validator(mode="before")
    @classmethod
    def _accept_a_bare_name(cls, value: Any) -> Any:
        return {"language": value} if isinstance(value, str) else value


class Interest(ResumePart):
    """An interest outside work."""

    name: Text = None
    keywords: Texts = []


class Reference(ResumePart):
    """Who speaks for the person, and what they say."""

    name: Text = None
    reference: Text = None


class Project(ResumePart):
    """A piece of work with a name of its own."""

    name: Text = None
    description: Text = None
    highlights: Texts = []
    keywords: Texts = []
    start_date: Text = None
    end_date: Text = None
    url: Text = None
    roles: Texts = []
    entity: Text = None
    type: Text = None


class OtherItem(ResumePart):
    """One paragraph or list item of a section that the schema lacks."""

    text: str = ""
    is_bullet: bool = False


class OtherSection(ResumePart):
    """A section that the schema lacks, kept as it stands."""

    title: Text = None
    after: SectionName | None = Field(default=None, description="The section that it follows; none for the first.")
    items: Annotated[list[OtherItem], BeforeValidator(_to_list)] = []


class Meta(ResumePart):
    """Where the document comes from and when it was changed."""

    canonical: Text = None
    version: Text = None
    last_modified: Text = None


class Resume(ResumePart):
    """A resume. `section_order` names its sections as the source has them, each once."""

    basics: Basics = Basics()
    work: Annotated[list[Work], BeforeValidator(_to_list)] = []
    volunteer: Annotated[list[Volunteer], BeforeValidator(_to_list)] = []
    education: Annotated[list[Education], BeforeValidator(_to_list)] = []
    awards: Annotated[list[Award], BeforeValidator(_to_list)] = []
    certificates: Annotated[list[Certificate], BeforeValidator(_to_list)] = []
    publications: Annotated[list[Publication], BeforeValidator(_to_list)] = []
    skills: Annotated[list[Skill], BeforeValidator(_to_list)] = []
    languages: Annotated[list[Language], BeforeValidator(_to_list)] = []
    interests: Annotated[list[Interest], BeforeValidator(_to_list)] = []
    references: Annotated[list[Reference], BeforeValidator(_to_list)] = []
    projects: Annotated[list[Project], BeforeValidator(_to_list)] = []
    meta: Meta | None = None
    section_order: list[SectionName] = Field(default=[], alias="section_order")
    section_titles: dict[SectionName, list[str]] = Field(
        default={}, alias="section_titles", description="The headings as printed, by section."
    )
    other: Annotated[list[OtherSection], BeforeValidator(_to_list)] = []

    @model_validator(mode="before")
    @classmethod
    def _order_as_given(cls, value: Any) -> Any:
        """Take the order of the keys for that of the sections where the document does not name it."""
        if not isinstance(value, dict):
            return value
        order = _known_sections(value.get("section_order")) or _known_sections(list(_sections_of_keys(value)))
        return {**{key: item for key, item in value.items() if item is not None}, "section_order": order}


def _known_sections(names: Any) -> list[SectionName]:
    given = names if isinstance(names, list | tuple) else []
    return [name for name in dict.fromkeys(map(str, given)) if name in SECTION_NAMES]


def _sections_of_keys(document: dict[str, Any]) -> Iterable[SectionName]:
    for key, value in document.items():
        if key == "basics":
            summary = value.get("summary") if isinstance(value, dict) else getattr(value, "summary", None)
            if summary:
                yield "summary"
        elif value and key in _SECTION_OF_KEY:
            yield _SECTION_OF_KEY[key]
