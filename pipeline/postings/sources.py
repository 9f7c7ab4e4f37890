"""Exports whose shape is known: how each is recognised, and where it keeps what.

A source takes an entry of `SOURCES`: the paths that its records have, and the path of each thing that a posting has.
Paths go as in `records.find_value`; alternatives are parted by a bar, the first that holds something counts, and a
path that starts with a caret is looked up in the objects around the record. All other tables are guessed at
(`columns`), so that an entry is needed only where names or values mislead.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pipeline.postings.records import Record, find_value
from pipeline.postings.vacancy import FIELD_NAMES

Paths = str | tuple[str, ...]


@dataclass(frozen=True)
class Source:
    """A known shape of export. `has` are paths that its records have, `roles` where each thing stands."""

    name: str
    has: tuple[str, ...]
    title: Paths
    text: Paths
    company: Paths = ()
    location: Paths = ()
    url: Paths = ()
    id: Paths = ()
    posted_on: Paths = ()
    seen_on: Paths = ()
    fields: Mapping[str, Paths] = field(default_factory=dict)
    reads_head_line: bool = False  # the text's first line holds company, role and place between bars

    def roles(self) -> dict[str, tuple[str, ...]]:
        """Return the paths by role, each with its alternatives."""
        own = ("title", "text", "company", "location", "url", "id", "posted_on", "seen_on")
        found = {role: getattr(self, role) for role in own} | dict(self.fields)
        return {role: (paths,) if isinstance(paths, str) else tuple(paths) for role, paths in found.items() if paths}


SOURCES = (
    Source(
        "Rolemap, collected from a board",
        has=("collected_from", "collected_on", "text"),
        title="title",
        text="text",
        company="company",
        location="location",
        url="url",
        id="id",
        posted_on="posted_on",
        fields={name: name for name in FIELD_NAMES},
    ),
    Source(
        "Lever",
        has=("hostedUrl", "categories", "text"),
        title="text",
        text=("descriptionPlain|description", "lists", "additionalPlain|additional"),
        location="categories.location",
        url="hostedUrl",
        id="id",
        posted_on="createdAt",
        fields={
            "employment": "categories.commitment",
            "workplace": "workplaceType",
            "country": "country",
            "pay_low": "salaryRange.min",
            "pay_high": "salaryRange.max",
            "pay_currency": "salaryRange.currency",
            "pay_period": "salaryRange.interval",
        },
    ),
    Source(
        "Greenhouse",
        has=("absolute_url", "internal_job_id", "title"),
        title="title",
        text="content",
        company="company_name|^name",
        location="location.name|offices[].name",
        url="absolute_url",
        id="id",
        posted_on="first_published",
        fields={"language": "language"},
    ),
    Source(
        "Ashby",
        has=("jobUrl", "descriptionPlain", "publishedAt"),
        title="title",
        text="descriptionPlain|descriptionHtml",
        company="^name|^organizationName",
        location="location|address.postalAddress.addressLocality",
        url="jobUrl",
        id="id",
        posted_on="publishedAt",
        fields={
            "employment": "employmentType",
            "workplace": "workplaceType|isRemote",
            "country": "address.postalAddress.addressCountry",
            "pay": "compensation.compensationTierSummary",
        },
    ),
    Source(
        "Workable",
        has=("shortcode", "title", "description"),
        title="title",
        text=("description", "requirements", "benefits"),
        company="company|^name",
        location=("city", "state", "country"),
        url="url|shortlink",
        id="shortcode",
        posted_on="published_on|created_at",
        fields={
            "employment": "employment_type",
            "workplace": "telecommuting",
            "country": "country",
            "experience": "experience",
        },
    ),
    Source(
        "SmartRecruiters",
        has=("jobAd.sections", "name"),
        title="name",
        text=(
            "jobAd.sections.jobDescription.text",
            "jobAd.sections.qualifications.text",
            "jobAd.sections.additionalInformation.text",
        ),
        company="company.name",
        location=("location.city", "location.region", "location.country"),
        url="postingUrl|applyUrl|ref",
        id="id",
        posted_on="releasedDate",
        fields={
            "employment": "typeOfEmployment.label",
            "seniority": "experienceLevel.label",
            "workplace": "location.remote",
            "country": "location.country",
            "language": "language.code",
        },
    ),
    Source(
        "Recruitee",
        has=("careers_url", "title", "description"),
        title="title",
        text=("description", "requirements"),
        company="company_name",
        location="location|city",
        url="careers_url",
        id="id",
        posted_on="published_at|created_at",
        fields={
            "employment": "employment_type_code",
            "workplace": "remote",
            "country": "country",
            "seniority": "experience_code",
            "pay_low": "salary.min",
            "pay_high": "salary.max",
            "pay_currency": "salary.currency",
            "pay_period": "salary.period",
        },
    ),
    Source(
        "Personio",
        has=("jobDescriptions", "name"),
        title="name",
        text="jobDescriptions.jobDescription",
        company="subcompany",
        location="office",
        url="url",
        id="id",
        posted_on="createdAt",
        fields={
            "employment": ("employmentType", "schedule"),
            "seniority": "seniority",
            "experience": "yearsOfExperience",
        },
    ),
    Source(
        "USAJOBS",
        has=("MatchedObjectDescriptor.PositionTitle",),
        title="MatchedObjectDescriptor.PositionTitle",
        text=(
            "MatchedObjectDescriptor.UserArea.Details.JobSummary",
            "MatchedObjectDescriptor.UserArea.Details.MajorDuties",
            "MatchedObjectDescriptor.QualificationSummary",
        ),
        company="MatchedObjectDescriptor.OrganizationName",
        location="MatchedObjectDescriptor.PositionLocationDisplay",
        url="MatchedObjectDescriptor.PositionURI",
        id="MatchedObjectId|MatchedObjectDescriptor.PositionID",
        posted_on="MatchedObjectDescriptor.PublicationStartDate",
        fields={
            "pay_low": "MatchedObjectDescriptor.PositionRemuneration.MinimumRange",
            "pay_high": "MatchedObjectDescriptor.PositionRemuneration.MaximumRange",
            "pay_period": "MatchedObjectDescriptor.PositionRemuneration.RateIntervalCode",
            "employment": "MatchedObjectDescriptor.PositionSchedule.Name",
        },
    ),
    Source(
        "Hacker News: who is hiring",
        has=("children", "created_at", "text", "author"),
        title=(),
        text="text",
        id="id",
        url="url",
        posted_on="created_at",
        reads_head_line=True,
    ),
    Source(
        "schema.org JobPosting",
        has=("@type", "title", "description"),
        title="title|name",
        text=(
            "description",
            "responsibilities",
            "qualifications",
            "skills",
            "experienceRequirements.description",
            "jobBenefits",
        ),
        company="hiringOrganization.name|hiringOrganization",
        location=(
            "jobLocation.address.addressLocality|jobLocation.address.addressRegion|jobLocation.name|jobLocation.address",
            "jobLocation.address.addressCountry.name|jobLocation.address.addressCountry",
        ),
        url="url|sameAs",
        id="identifier.value|identifier",
        posted_on="datePosted",
        fields={
            "employment": "employmentType",
            "workplace": "jobLocationType",
            "country": "jobLocation.address.addressCountry.name|jobLocation.address.addressCountry",
            "pay_low": "baseSalary.value.minValue|baseSalary.minValue|baseSalary.value.value",
            "pay_high": "baseSalary.value.maxValue|baseSalary.maxValue",
            "pay_currency": "baseSalary.currency|salaryCurrency",
            "pay_period": "baseSalary.value.unitText",
            "language": "inLanguage",
        },
    ),
    Source(
        "JobSpy",
        has=("site", "job_url", "title", "description"),
        title="title",
        text="description",
        company="company",
        location="location",
        url="job_url",
        id="id",
        posted_on="date_posted",
        fields={
            "pay_low": "min_amount",
            "pay_high": "max_amount",
            "pay_currency": "currency",
            "pay_period": "interval",
            "employment": "job_type",
            "workplace": "is_remote|work_from_home_type",
            "seniority": "job_level",
            "experience": "experience_range",
        },
    ),
    Source(
        "Adzuna",
        has=("redirect_url", "title", "description", "created"),
        title="title",
        text="description",
        company="company.display_name",
        location="location.display_name",
        url="redirect_url",
        id="id",
        posted_on="created",
        fields={"pay_low": "salary_min", "pay_high": "salary_max", "employment": ("contract_time", "contract_type")},
    ),
    Source(
        "RemoteOK",
        has=("position", "epoch", "description"),
        title="position",
        text="description",
        company="company",
        location="location",
        url="url|apply_url",
        id="id",
        posted_on="date|epoch",
        fields={"pay_low": "salary_min", "pay_high": "salary_max"},
    ),
    Source(
        "Arbeitnow",
        has=("slug", "job_types", "company_name", "description"),
        title="title",
        text="description",
        company="company_name",
        location="location",
        url="url",
        id="slug",
        posted_on="created_at",
        fields={"employment": "job_types", "workplace": "remote"},
    ),
    Source(
        "Bundesagentur für Arbeit",
        has=("refnr", "arbeitgeber"),
        title="titel|stellenangebotsTitel|beruf",
        text="stellenbeschreibung|stellenangebotsBeschreibung",
        company="arbeitgeber|firma",
        location=("arbeitsort.ort|stellenlokationen[].adresse.ort", "arbeitsort.region"),
        url="externeUrl",
        id="refnr",
        posted_on="aktuelleVeroeffentlichungsdatum|ersteVeroeffentlichungsdatum|veroeffentlichungszeitraum.von",
        fields={"country": "arbeitsort.land"},
    ),
    Source(
        "France Travail",
        has=("intitule", "lieuTravail"),
        title="intitule",
        text=("description", "competences[].libelle"),
        company="entreprise.nom",
        location="lieuTravail.libelle",
        url="origineOffre.urlOrigine",
        id="id",
        posted_on="dateCreation",
        fields={
            "pay": "salaire.libelle",
            "employment": ("typeContratLibelle", "dureeTravailLibelleConverti"),
            "experience": "experienceLibelle",
        },
    ),
    Source(
        "Arbetsförmedlingen",
        has=("headline", "employer", "description"),
        title="headline",
        text="description.text|description.text_formatted",
        company="employer.name|employer.workplace",
        location=("workplace_address.municipality|workplace_address.city", "workplace_address.country"),
        url="webpage_url",
        id="id",
        posted_on="publication_date",
        fields={
            "employment": ("employment_type.label", "working_hours_type.label"),
            "pay": "salary_description",
            "country": "workplace_address.country",
        },
    ),
    Source(
        "The Muse",
        has=("publication_date", "refs.landing_page", "contents"),
        title="name",
        text="contents",
        company="company.name",
        location="locations[].name",
        url="refs.landing_page",
        id="id",
        posted_on="publication_date",
        fields={"seniority": "levels[].name", "employment": "type"},
    ),
    Source(
        "Workday",
        has=("jobPostingInfo.title", "jobPostingInfo.jobDescription"),
        title="jobPostingInfo.title",
        text="jobPostingInfo.jobDescription",
        company="hiringOrganization.name",
        location="jobPostingInfo.location",
        url="jobPostingInfo.externalUrl",
        id="jobPostingInfo.jobReqId|jobPostingInfo.id",
        posted_on="jobPostingInfo.startDate",
        fields={"employment": "jobPostingInfo.timeType", "workplace": "jobPostingInfo.remoteType"},
    ),
)


def find_source(records: Sequence[Record]) -> Source | None:
    """Return the source that most of some records are of, or None."""
    readable = records[:50]
    for source in SOURCES:
        hits = sum(all(_has(record, path) for path in source.has) for record in readable)
        if hits and hits >= len(readable) / 2 and (source.name != "schema.org JobPosting" or _is_job_posting(readable)):
            return source
    return None


def _is_job_posting(records: Sequence[Record]) -> bool:
    return any("JobPosting" in str(record.get("@type")) for record in records)


def _has(record: Record, path: str) -> bool:
    if path in record:
        return True
    head, _, rest = path.partition(".")
    value = record.get(head)
    return bool(rest) and isinstance(value, Mapping) and _has(value, rest)


def look_up(record: Record, around: Sequence[Record], path: str) -> Any:
    """Return the first of a path's alternatives that holds something."""
    return next((value for value in _alternatives(record, around, path) if value not in (None, "", [], {})), None)


def _alternatives(record: Record, around: Sequence[Record], path: str) -> Iterator[Any]:
    for alternative in path.split("|"):
        if alternative.startswith("^"):
            yield next((outer[alternative[1:]] for outer in reversed(around) if outer.get(alternative[1:])), None)
        else:
            yield find_value(record, alternative)
