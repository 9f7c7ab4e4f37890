"""One answer of every board, in the shape that its public documentation gives, all of it invented."""

from dataclasses import dataclass
from typing import Any

from tests.board_server import Answer, answer, page

CARE = "<p>Look after patients on a surgical ward.</p><ul><li>Wound care &amp; triage</li></ul>"
CARE_TEXT = "Look after patients on a surgical ward.\n- Wound care & triage"


@dataclass(frozen=True)
class Sample:
    """What a board is asked, what it answers, and the rows that come of it without what the collector adds."""

    target: str
    answers: dict[str, Answer]
    rows: list[dict[str, Any]]


GREENHOUSE = Sample(
    "greenhouse:odal",
    {
        "/v1/boards/odal/jobs?content=true&pay_transparency=true": answer(
            {
                "jobs": [
                    {
                        "id": 401,
                        "internal_job_id": 901,
                        "title": "Ward  Nurse",
                        "absolute_url": "https://boards.example/odal/401",
                        "location": {"name": "Linz, Austria"},
                        "company_name": "Odal Health",
                        "first_published": "2026-04-02T09:00:00-04:00",
                        "updated_at": "2026-05-30T09:00:00-04:00",
                        "language": "en",
                        "metadata": None,
                        "departments": [{"id": 1, "name": "Care"}],
                        "offices": [{"id": 2, "name": "Linz"}],
                        "content": CARE.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"),
                        "pay_input_ranges": [
                            {
                                "min_cents": 4200000,
                                "max_cents": 5100050,
                                "currency_type": "EUR",
                                "title": "Annual pay",
                                "blurb": "",
                            }
                        ],
                    }
                ],
                "meta": {"total": 1},
            }
        )
    },
    [
        {
            "id": "greenhouse:odal:401",
            "title": "Ward Nurse",
            "text": CARE_TEXT,
            "company": "Odal Health",
            "location": "Linz, Austria",
            "url": "https://boards.example/odal/401",
            "posted_on": "2026-04-02",
            "language": "en",
            "pay_low": "42000",
            "pay_high": "51000.50",
            "pay_currency": "EUR",
            "pay_period": "Annual pay",
        }
    ],
)

LEVER = Sample(
    "lever:voltahaus",
    {
        "/v0/postings/voltahaus?mode=json&limit=100&skip=0": answer(
            [
                {
                    "id": "5ac21346",
                    "text": "Embedded Engineer",
                    "categories": {
                        "commitment": "Permanent",
                        "department": "Works",
                        "team": "Firmware",
                        "location": "Graz",
                        "allLocations": ["Graz", "Linz"],
                    },
                    "country": "AT",
                    "createdAt": 1772323200000,
                    "description": "<div>Voltahaus builds controllers.</div>",
                    "descriptionPlain": "Voltahaus builds controllers.",
                    "lists": [{"text": "What you do", "content": "<li>Write firmware in C++</li>"}],
                    "additional": "<div>Come and see us.</div>",
                    "hostedUrl": "https://jobs.example/voltahaus/5ac21346",
                    "applyUrl": "https://jobs.example/voltahaus/5ac21346/apply",
                    "workplaceType": "hybrid",
                    "salaryRange": {"min": 25, "max": 31.5, "currency": "EUR", "interval": "per-hour-wage"},
                }
            ]
        )
    },
    [
        {
            "id": "lever:voltahaus:5ac21346",
            "title": "Embedded Engineer",
            "text": "Voltahaus builds controllers.\n\nWhat you do\n- Write firmware in C++\n\nCome and see us.",
            "company": "voltahaus",
            "location": "Graz",
            "url": "https://jobs.example/voltahaus/5ac21346",
            "posted_on": "2026-03-01",
            "employment": "Permanent",
            "workplace": "hybrid",
            "country": "AT",
            "pay_low": "25",
            "pay_high": "31.5",
            "pay_currency": "EUR",
            "pay_period": "per-hour-wage",
        }
    ],
)

ASHBY = Sample(
    "ashby:Perch",
    {
        "/posting-api/job-board/Perch?includeCompensation=true": answer(
            {
                "apiVersion": "1",
                "jobs": [
                    {
                        "id": "a1",
                        "title": "BI Analyst",
                        "department": "Data",
                        "team": "Data",
                        "employmentType": "FullTime",
                        "location": "Lyon",
                        "secondaryLocations": [{"location": "Metz", "address": {}}],
                        "address": {"postalAddress": {"addressCountry": "France", "addressLocality": "Lyon"}},
                        "publishedAt": "2026-02-14T10:00:00.000+00:00",
                        "isListed": True,
                        "isRemote": False,
                        "workplaceType": "OnSite",
                        "jobUrl": "https://jobs.example/Perch/a1",
                        "applyUrl": "https://jobs.example/Perch/a1/application",
                        "descriptionHtml": "<p>Dashboards in Power BI.</p>",
                        "descriptionPlain": "Dashboards in Power BI.",
                        "compensation": {
                            "compensationTierSummary": "€40K - €50K",
                            "summaryComponents": [
                                {"compensationType": "EquityPercentage", "interval": "NONE", "minValue": 1},
                                {
                                    "compensationType": "Salary",
                                    "interval": "1 YEAR",
                                    "currencyCode": "EUR",
                                    "minValue": 40000,
                                    "maxValue": 50000,
                                },
                            ],
                        },
                    },
                    {"id": "a2", "title": "Secret", "isListed": False, "descriptionHtml": "<p>Not to be shown.</p>"},
                ],
            }
        )
    },
    [
        {
            "id": "ashby:Perch:a1",
            "title": "BI Analyst",
            "text": "Dashboards in Power BI.",
            "company": "Perch",
            "location": "Lyon",
            "url": "https://jobs.example/Perch/a1",
            "posted_on": "2026-02-14",
            "employment": "FullTime",
            "workplace": "OnSite",
            "country": "France",
            "pay": "€40K - €50K",
        }
    ],
)

WORKABLE = Sample(
    "workable:erle",
    {
        "/api/v1/widget/accounts/erle?details=true": answer(
            {
                "name": "Gasthof Erle",
                "description": "<p>Six inns in the Alps.</p>",
                "jobs": [
                    {
                        "title": "Line Cook",
                        "shortcode": "AB12CD",
                        "code": "",
                        "employment_type": "Full-time",
                        "telecommuting": False,
                        "department": "Kitchen",
                        "url": "https://apply.example/j/AB12CD",
                        "published_on": "2026-05-01",
                        "created_at": "2026-04-20",
                        "country": "Switzerland",
                        "city": "Bern",
                        "state": "Bern",
                        "experience": "Associate",
                        "description": "<p>Cook lunches &amp; keep HACCP records.</p>",
                    }
                ],
            }
        )
    },
    [
        {
            "id": "workable:erle:AB12CD",
            "title": "Line Cook",
            "text": "Cook lunches & keep HACCP records.",
            "company": "Gasthof Erle",
            "location": "Bern, Switzerland",
            "url": "https://apply.example/j/AB12CD",
            "posted_on": "2026-05-01",
            "employment": "Full-time",
            "experience": "Associate",
            "country": "Switzerland",
        }
    ],
)


def smart_listed(identifier: str, released: str = "2026-02-19T19:36:42.346Z") -> dict[str, Any]:
    """Return a posting as the list of SmartRecruiters has it: without its text."""
    return {
        "id": identifier,
        "uuid": f"uuid-{identifier}",
        "name": "Pipe Welder",
        "refNumber": "REF1",
        "company": {"identifier": "Brunnmark", "name": "Brunnmark Rohrbau"},
        "releasedDate": released,
        "location": {"city": "Kassel", "region": "HE", "country": "de", "remote": False, "hybrid": True},
        "department": {"id": "1", "label": "Works"},
        "typeOfEmployment": {"label": "Full-time"},
        "experienceLevel": {"id": "mid_senior_level", "label": "Mid-Senior Level"},
        "ref": "http://169.254.169.254/latest/meta-data",
    }


def smart_detail(identifier: str, text: str = "<p>Weld with TIG.</p>") -> dict[str, Any]:
    """Return a posting of SmartRecruiters as it is told at an address of its own."""
    sections = {
        "companyDescription": {"title": "Company Description", "text": "<p>We lay pipes.</p>"},
        "jobDescription": {"title": "Job Description", "text": text},
    }
    return (
        smart_listed(identifier)
        | {"postingUrl": f"https://jobs.example/Brunnmark/{identifier}"}
        | {"jobAd": {"sections": sections}}
    )


SMART_LIST = "/v1/companies/Brunnmark/postings?limit=100&offset=0"
SMART_DETAIL = "/v1/companies/Brunnmark/postings/"
SMARTRECRUITERS = Sample(
    "smartrecruiters:Brunnmark",
    {
        SMART_LIST: answer({"offset": 0, "limit": 100, "totalFound": 1, "content": [smart_listed("74")]}),
        f"{SMART_DETAIL}74": answer(smart_detail("74")),
    },
    [
        {
            "id": "smartrecruiters:Brunnmark:74",
            "title": "Pipe Welder",
            "text": "Weld with TIG.",
            "company": "Brunnmark Rohrbau",
            "location": "Kassel, HE, de",
            "url": "https://jobs.example/Brunnmark/74",
            "posted_on": "2026-02-19",
            "employment": "Full-time",
            "workplace": "hybrid",
            "seniority": "Mid-Senior Level",
            "country": "de",
        }
    ],
)

RECRUITEE = Sample(
    "recruitee:kanaal",
    {
        "/api/offers/": answer(
            {
                "offers": [
                    {
                        "id": 88,
                        "slug": "boatbuilder",
                        "title": "Boatbuilder",
                        "company_name": "Kanaal BV",
                        "location": "Utrecht, Netherlands",
                        "city": "Utrecht",
                        "country": "Netherlands",
                        "country_code": "NL",
                        "department": "Yard",
                        "employment_type_code": "fulltime_permanent",
                        "experience_code": "experienced",
                        "remote": False,
                        "hybrid": False,
                        "on_site": True,
                        "published_at": "2026-03-04 10:00:00 UTC",
                        "created_at": "2026-02-01 10:00:00 UTC",
                        "careers_url": "https://kanaal.example/o/boatbuilder",
                        "salary": {"min": "3200", "max": "3900", "period": "month", "currency": "EUR"},
                        "description": "<p>Build hulls.</p>",
                        "requirements": "<p>A steady hand.</p>",
                    }
                ]
            }
        )
    },
    [
        {
            "id": "recruitee:kanaal:88",
            "title": "Boatbuilder",
            "text": "Build hulls.\n\nA steady hand.",
            "company": "Kanaal BV",
            "location": "Utrecht, Netherlands",
            "url": "https://kanaal.example/o/boatbuilder",
            "posted_on": "2026-03-04",
            "employment": "fulltime_permanent",
            "workplace": "on-site",
            "seniority": "experienced",
            "country": "Netherlands",
            "pay_low": "3200",
            "pay_high": "3900",
            "pay_currency": "EUR",
            "pay_period": "month",
        }
    ],
)

PERSONIO = Sample(
    "personio:stern",
    {
        "/xml": page(
            """<?xml version="1.0" encoding="UTF-8"?>
<workzag-jobs>
  <position>
    <id>4103</id><subcompany>Stern GmbH</subcompany><office>München</office>
    <additionalOffices><office>Köln</office></additionalOffices>
    <department>Pflege</department><recruitingCategory>Alle</recruitingCategory>
    <name>Pflegefachkraft (m/w/d)</name>
    <jobDescriptions>
      <jobDescription><name>Aufgaben</name><value><![CDATA[<ul><li>Wundversorgung</li></ul>]]></value></jobDescription>
      <jobDescription><name>Profil</name><value><![CDATA[<p>Examen &amp; Herz</p>]]></value></jobDescription>
    </jobDescriptions>
    <employmentType>permanent</employmentType><seniority>experienced</seniority><schedule>full-time</schedule>
    <createdAt>2026-01-09T08:15:00+00:00</createdAt>
  </position>
</workzag-jobs>"""
        )
    },
    [
        {
            "id": "personio:stern:4103",
            "title": "Pflegefachkraft (m/w/d)",
            "text": "Aufgaben\n- Wundversorgung\nProfil\nExamen & Herz",
            "company": "Stern GmbH",
            "location": "München",
            "url": "https://stern.jobs.personio.de/job/4103",
            "posted_on": "2026-01-09",
            "employment": "permanent full-time",
            "seniority": "experienced",
        }
    ],
)

ARBEITNOW = Sample(
    "arbeitnow",
    {
        "/api/job-board-api?page=1": answer(
            {
                "data": [
                    {
                        "slug": "lotse-hamburg-1",
                        "company_name": "Lotsen AG",
                        "title": "Lotse",
                        "description": "<p>Schiffe führen.</p>",
                        "remote": False,
                        "url": "https://arbeit.example/lotse-hamburg-1",
                        "tags": ["Seefahrt"],
                        "job_types": ["Vollzeit", "berufserfahren"],
                        "location": "Hamburg",
                        "created_at": 1772323200,
                    }
                ],
                "links": {"first": "x", "last": None, "prev": None, "next": None},
                "meta": {"current_page": 1, "per_page": 100},
            }
        )
    },
    [
        {
            "id": "arbeitnow:lotse-hamburg-1",
            "title": "Lotse",
            "text": "Schiffe führen.",
            "company": "Lotsen AG",
            "location": "Hamburg",
            "url": "https://arbeit.example/lotse-hamburg-1",
            "posted_on": "2026-03-01",
            "employment": "Vollzeit; berufserfahren",
        }
    ],
)

REMOTEOK = Sample(
    "remoteok",
    {
        "/api": answer(
            [
                {"last_updated": 1772323200, "legal": "Please link back to each posting."},
                {
                    "slug": "remote-translator-odal",
                    "id": "123456",
                    "epoch": 1772323200,
                    "date": "2026-03-01T00:00:00+00:00",
                    "company": "Odal Health",
                    "position": "Translator",
                    "tags": ["polish"],
                    "description": "<p>Translate leaflets.</p>",
                    "location": "Worldwide",
                    "salary_min": 30000,
                    "salary_max": 0,
                    "url": "https://remote.example/123456",
                },
            ]
        )
    },
    [
        {
            "id": "remoteok:123456",
            "title": "Translator",
            "text": "Translate leaflets.",
            "company": "Odal Health",
            "location": "Worldwide",
            "url": "https://remote.example/123456",
            "posted_on": "2026-03-01",
            "workplace": "remote",
            "pay_low": "30000",
            "pay_high": "0",
        }
    ],
)

USAJOBS = Sample(
    "usajobs:civil engineer",
    {
        "/api/Search?Keyword=civil%20engineer&Fields=Full&ResultsPerPage=250&Page=1": answer(
            {
                "LanguageCode": "EN",
                "SearchResult": {
                    "SearchResultCount": 1,
                    "SearchResultItems": [
                        {
                            "MatchedObjectId": "84500",
                            "MatchedObjectDescriptor": {
                                "PositionTitle": "Civil Engineer",
                                "PositionURI": "https://us.example/job/84500",
                                "PositionLocationDisplay": "Boise, Idaho",
                                "OrganizationName": "Office of Bridges",
                                "DepartmentName": "Department of Roads",
                                "PositionSchedule": [{"Name": "Full-time", "Code": "1"}],
                                "PositionRemuneration": [
                                    {
                                        "MinimumRange": "72553.0",
                                        "MaximumRange": "94317.0",
                                        "RateIntervalCode": "PA",
                                        "Description": "Per Year",
                                    }
                                ],
                                "PublicationStartDate": "2026-04-15T00:00:00.0000",
                                "QualificationSummary": "One year of steel bridges.",
                                "UserArea": {
                                    "Details": {
                                        "JobSummary": "You inspect bridges.",
                                        "MajorDuties": ["Rate bridges for load"],
                                    }
                                },
                            },
                        }
                    ],
                    "UserArea": {"NumberOfPages": "1"},
                },
            }
        )
    },
    [
        {
            "id": "usajobs:civil engineer:84500",
            "title": "Civil Engineer",
            "text": "You inspect bridges.\n\nRate bridges for load\n\nOne year of steel bridges.",
            "company": "Office of Bridges",
            "location": "Boise, Idaho",
            "url": "https://us.example/job/84500",
            "posted_on": "2026-04-15",
            "employment": "Full-time",
            "pay_low": "72553.0",
            "pay_high": "94317.0",
            "pay_period": "PA",
        }
    ],
)

HN = Sample(
    "hn:5000",
    {
        "/api/v1/items/5000": answer(
            {
                "id": 5000,
                "title": "Ask HN: Who is hiring? (May 2026)",
                "author": "bot",
                "text": "<p>Please state the location.",
                "children": [
                    {
                        "id": 5001,
                        "author": "a1",
                        "created_at": "2026-05-01T15:01:00.000Z",
                        "text": "Voltahaus | Graz (ONSITE) | Embedded Engineer<p>You&#x27;d own the bootloader.",
                        "children": [{"id": 5010, "author": "c", "text": "Still open?", "children": []}],
                    },
                    {
                        "id": 5003,
                        "author": None,
                        "created_at": "2026-05-01T15:03:00.000Z",
                        "text": None,
                        "children": [],
                    },
                ],
            }
        )
    },
    [
        {
            "id": "hn:5000:5001",
            "title": "Embedded Engineer",
            "text": "Voltahaus | Graz (ONSITE) | Embedded Engineer\nYou'd own the bootloader.",
            "company": "Voltahaus",
            "location": "Graz",
            "url": "https://news.ycombinator.com/item?id=5001",
            "posted_on": "2026-05-01",
        }
    ],
)

SAMPLES = (
    *(GREENHOUSE, LEVER, ASHBY, WORKABLE, SMARTRECRUITERS, RECRUITEE),
    *(PERSONIO, ARBEITNOW, REMOTEOK, USAJOBS, HN),
)
