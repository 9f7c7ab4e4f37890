"""Formats beside PDF and Word: each is read whole, and nothing of its frame is taken for text."""

import io
import json
import zipfile
from typing import Any

import pytest

from pipeline.core import UnreadableDocument
from pipeline.resumes.reading import ResumeReading, read_resume_bytes
from pipeline.resumes.reading.formats import FORMATS, RESUME_SUFFIXES, read_source
from pipeline.resumes.reading.formats.source import Lines, Source

PAGE = """<!doctype html><html><head><title>t</title><style>.when{float:right} .x{display:none} .lead{font-weight:700}
</style></head><body><nav><a href="/blog">Blog</a></nav>
<h1>Runa&nbsp;Holt</h1><p>runa@example.org | Bergen</p><p class="x">secret</p>
<h2>Experience</h2>
<h3>Cooper, Fjord Casks <span class="when">2016 – 2021</span></h3>
<ul><li>Bent 900 staves</li><li>Repaired <b>oak</b> vats<ul><li>with new hoops</li></ul></li></ul>
<h2>Skills</h2><dl><dt>Wood</dt><dd>oak, ash</dd></dl>
<aside><h4>Latest posts</h4><p>On glue</p></aside></body></html>"""
RTF = rb"""{\rtf1\ansi\ansicpg1250\deff0{\fonttbl{\f0\fcharset0 Arial;}{\f1\fcharset204 Arial;}}
{\stylesheet{\s1\outlinelevel0\b heading 1;}}{\*\generator Nobody;}{\info{\title Secret}}
\pard\b\fs36 Zofia W\'f3jcik\b0\fs22\par
\pard {\field{\*\fldinst{HYPERLINK "https://example.org/zofia"}}{\fldrslt example.org}}\tab zofia@example.org\par
\pard\s1 Do\u347?wiadczenie\par
\pard\tx2000\b 2015-2019\tab Bednarz\b0\line Beczka i Syn\par
{\listtext\'b7\tab}\pard\ls1\ilvl0 Beczki d\'eabowe \u55357?\u56832?\par
\trowd\pard\intbl A\cell B\cell\row\pard {\f1\'cc\'e8\'f0}\par}"""
OFFICE = "urn:oasis:names:tc:opendocument:xmlns:"


def odt(body: str, styles: str = "") -> bytes:
    spaces = " ".join(f'xmlns:{name}="{OFFICE}{name}:1.0"' for name in ("office", "text", "style", "table"))
    spaces += f' xmlns:fo="{OFFICE}xsl-fo-compatible:1.0"'
    content = (
        f"<office:document-content {spaces}><office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:text>{body}</office:text></office:body></office:document-content>"
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr("content.xml", content)
    return out.getvalue()


def lines(data: bytes, suffix: str) -> list[tuple[str, int, bool, int]]:
    """Return each line's cells, its heading's level, whether it is a list item, and how deep."""
    content = read_source(Source(data, suffix))
    assert isinstance(content, Lines)
    cells = [" ¦ ".join("".join(span.text for span in cell).strip() for cell in line.cells) for line in content.lines]
    return [
        (" ".join(text.split()), line.heading, line.is_bullet, line.level)
        for text, line in zip(cells, content.lines, strict=True)
    ]


def read_json(document: dict[str, Any]) -> ResumeReading:
    return read_resume_bytes(json.dumps(document).encode(), ".json")


def test_every_format_is_registered_by_lying_in_its_folder() -> None:
    assert {".pdf", ".docx", ".odt", ".rtf", ".html", ".md", ".txt", ".tex", ".json", ".yaml", ".xml"} <= set(
        RESUME_SUFFIXES
    )
    assert len(FORMATS) >= 12


def test_a_page_is_read_without_its_frame_and_hidden_parts() -> None:
    assert lines(PAGE.encode(), ".html") == [
        ("Runa Holt", 1, False, 0),
        ("runa@example.org | Bergen", 0, False, 0),
        ("Experience", 2, False, 0),
        ("Cooper, Fjord Casks ¦ 2016 – 2021", 3, False, 0),
        ("Bent 900 staves", 0, True, 0),
        ("Repaired oak vats", 0, True, 0),
        ("with new hoops", 0, True, 1),
        ("Skills", 2, False, 0),
        ("Wood ¦ oak, ash", 0, False, 0),
    ]
    assert read_resume_bytes(PAGE.encode(), ".html").left_out == ["Blog", "Latest posts", "On glue"]


def test_a_page_nested_beyond_reason_is_refused() -> None:
    with pytest.raises(UnreadableDocument, match="nested deeper"):
        read_resume_bytes(b"<html>" + b"<div>" * 5_000 + b"x", ".html")


def test_rtf_keeps_letters_styles_lists_tables_and_links() -> None:
    assert lines(RTF, ".rtf") == [
        ("Zofia Wójcik", 0, False, 0),
        ("example.org ¦ zofia@example.org", 0, False, 0),
        ("Doświadczenie", 1, False, 0),
        ("2015-2019 ¦ Bednarz", 0, False, 0),
        ("Beczka i Syn", 0, False, 0),
        ("Beczki dębowe 😀", 0, True, 0),
        ("A ¦ B", 0, False, 0),
        ("Мир", 0, False, 0),
    ]
    content = read_source(Source(RTF, ".doc"))
    assert isinstance(content, Lines)
    assert content.lines[0].is_bold and content.lines[0].size > 1.5
    assert content.lines[1].cells[0][0].link == "https://example.org/zofia"


def test_an_opendocument_text_keeps_headings_lists_tabs_and_bold() -> None:
    bold = (
        '<style:style style:name="B" style:family="text"><style:text-properties fo:font-weight="bold"/></style:style>'
    )
    body = (
        '<text:h text:outline-level="1">Runa Holt</text:h>'
        "<text:p>Cooper<text:tab/>2016<text:line-break/>Bergen</text:p>"
        '<text:p><text:span text:style-name="B">Bold</text:span></text:p>'
        "<text:list><text:list-item><text:p>Bent<text:s text:c='2'/>staves</text:p><text:list><text:list-item>"
        "<text:p>of oak</text:p></text:list-item></text:list></text:list-item></text:list>"
        "<table:table><table:table-row><table:table-cell><text:p>Wood</text:p></table:table-cell><table:table-cell>"
        "<text:p>oak, ash</text:p></table:table-cell></table:table-row></table:table>"
    )
    data = odt(body, bold)
    assert lines(data, ".odt") == [
        ("Runa Holt", 1, False, 0),
        ("Cooper ¦ 2016", 0, False, 0),
        ("Bergen", 0, False, 0),
        ("Bold", 0, False, 0),
        ("Bent staves", 0, True, 0),
        ("of oak", 0, True, 1),
        ("Wood ¦ oak, ash", 0, False, 0),
    ]
    content = read_source(Source(data, ".odt"))
    assert isinstance(content, Lines)
    assert [line.is_bold for line in content.lines[2:4]] == [False, True]


@pytest.mark.parametrize(
    ("data", "suffix", "reason"),
    [
        (odt("<text:p/>"), ".odt", "no text"),
        (b"PK\x03\x04 nothing", ".odt", "damaged"),
        (b"Runa Holt", ".odt", "not an OpenDocument"),
        (b"Runa Holt", ".rtf", "not RTF"),
        (b"{\\rtf1 " + b"{" * 3_000 + b"x", ".rtf", "nested deeper"),
        (b'<?xml version="1.0"?><plist/>', ".xml", "not a Europass"),
        (b'<!DOCTYPE x [<!ENTITY a "b">]><Candidate>&a;</Candidate>', ".xml", "entities"),
        (b"<SkillsPassport>" + b"<a>" * 200 + b"</a>" * 200 + b"</SkillsPassport>", ".xml", "nested deeper"),
        (b"<SkillsPassport><a></SkillsPassport>", ".xml", "not valid XML"),
    ],
)
def test_what_is_damaged_or_hostile_is_refused_with_the_reason(data: bytes, suffix: str, reason: str) -> None:
    with pytest.raises(UnreadableDocument, match=reason):
        read_resume_bytes(data, suffix)


REACTIVE_4: dict[str, Any] = {
    "basics": {
        "name": "Runa Holt",
        "headline": "Cooper",
        "email": "runa@example.org",
        "url": {"label": "", "href": "https://runa.example.org"},
        "customFields": [{"name": "Boat licence", "value": "class 2"}],
    },
    "sections": {
        "summary": {"name": "About", "visible": True, "content": "<p>Bends <em>wood</em>.</p>"},
        "experience": {
            "name": "Work",
            "items": [
                {
                    "visible": True,
                    "company": "Fjord Casks",
                    "position": "Cooper",
                    "date": "March 2020 – Present",
                    "summary": "<p>Two of us.</p><ul><li><p>Bent staves</p></li><li><p>Sold casks</p></li></ul>",
                },
                {"visible": False, "company": "Snack Hut", "position": "Fryer", "date": "2012", "summary": ""},
            ],
        },
        "skills": {"name": "Skills", "items": [{"visible": True, "name": "Wood", "keywords": ["oak", "ash"]}]},
        "custom": {"c1": {"name": "Regattas", "items": [{"visible": True, "name": "Bergen Cup", "date": "2021"}]}},
    },
    "metadata": {"layout": [[["skills", "experience"], ["summary", "custom.c1"]]]},
}


def test_reactive_resume_4_is_read_whole_in_its_order_without_what_it_hides() -> None:
    reading = read_json(REACTIVE_4)
    resume = reading.resume
    assert resume.basics.url == "https://runa.example.org"
    assert resume.basics.notes == ["Boat licence: class 2"]
    assert resume.basics.summary == "Bends wood."
    assert resume.section_order == ["skills", "work", "summary", "other"]
    (job,) = resume.work
    assert (job.name, job.position, job.start_date, job.end_date) == ("Fjord Casks", "Cooper", "2020-03", None)
    assert (job.summary, job.highlights) == ("Two of us.", ["Bent staves", "Sold casks"])
    assert [(other.title, [item.text for item in other.items]) for other in resume.other] == [
        ("Regattas", ["Bergen Cup · 2021"])
    ]
    assert reading.left_out == ["Hidden there, in Work: Snack Hut"]


def test_reactive_resume_5_is_read_whole_with_its_roles_and_own_sections() -> None:
    item = {"hidden": False, "company": "Fjord Casks", "location": "Bergen", "period": "2014 – 2021"}
    roles = [
        {"position": "Master cooper", "period": "2018 – 2021", "description": "<ul><li>Led six</li></ul>"},
        {"position": "Cooper", "period": "2014 – 2018", "description": ""},
    ]
    reading = read_json(
        {
            "basics": {"name": "Runa Holt", "website": {"url": "https://runa.example.org"}, "customFields": []},
            "summary": {"title": "", "hidden": False, "content": "<p>Bends wood.</p>"},
            "sections": {
                "experience": {"title": "", "hidden": False, "items": [item | {"roles": roles}]},
                "volunteer": {"title": "", "hidden": True, "items": [{"organization": "Harbour choir"}]},
            },
            "customSections": [
                {"id": "x1", "type": "experience", "title": "Earlier", "items": [item | {"period": "2010 – 2014"}]},
                {"id": "x2", "type": "cover-letter", "title": "Letter", "items": [{"recipient": "Dear Cask Ltd"}]},
            ],
            "metadata": {"layout": {"pages": [{"main": ["summary", "experience", "x1"], "sidebar": []}]}},
        }
    )
    work = reading.resume.work
    assert [(job.position, job.start_date, job.end_date, job.highlights) for job in work] == [
        ("Master cooper", "2018", "2021", ["Led six"]),
        ("Cooper", "2014", "2018", []),
        (None, "2010", "2014", []),
    ]
    assert {job.name for job in work} == {"Fjord Casks"}
    assert reading.left_out == ["Hidden there, in volunteer: Harbour choir", "Hidden there, in Letter: Dear Cask Ltd"]


def test_json_resume_as_other_programs_write_it_is_put_into_the_schema_s_shapes() -> None:
    resume = read_json(
        {
            "basics": {"name": "Runa Holt", "location": "Bergen, Norway", "phone": None},
            "work": [
                {
                    "company": "Fjord Casks",
                    "title": "Cooper",
                    "startDate": "03/2019",
                    "endDate": "present",
                    "location": {"city": "Bergen", "region": "Vestland"},
                    "summary": "- Bent staves\n- Sold casks",
                    "highlights": None,
                },
                {"name": "Hut", "startDate": 2010, "endDate": "2012-13", "highlights": [None, {"text": "Fried"}]},
            ],
            "education": {"school": "Trade College", "degree": "Journeyman"},
            "skills": ["oak", {"name": "Sales", "keywords": "casks; barrels"}, "ash"],
            "languages": "Norwegian, English",
        }
    ).resume
    first, second = resume.work
    assert (first.name, first.position, first.start_date, first.end_date) == ("Fjord Casks", "Cooper", "2019-03", None)
    assert (first.location, first.summary, first.highlights) == (
        "Bergen, Vestland",
        None,
        ["Bent staves", "Sold casks"],
    )
    assert (second.start_date, second.end_date, second.highlights) == ("2010", None, ["Fried"])
    assert second.model_extra == {"endDateText": "2012-13"}
    assert resume.basics.location is not None and resume.basics.location.address == "Bergen, Norway"
    assert [(study.institution, study.study_type) for study in resume.education] == [("Trade College", "Journeyman")]
    assert [(skill.name, skill.keywords) for skill in resume.skills] == [
        (None, ["oak", "ash"]),
        ("Sales", ["casks", "barrels"]),
    ]
    assert [language.language for language in resume.languages] == ["Norwegian", "English"]


PASSPORT = """<SkillsPassport xmlns="http://europass.cedefop.europa.eu/Europass"><LearnerInfo>
<Identification><PersonName><FirstName>Runa</FirstName><Surname>Holt</Surname></PersonName>
<ContactInfo><Email><Contact>runa@example.org</Contact></Email></ContactInfo>
<Demographics><Birthdate year="1987" month="--03" day="---10"/></Demographics></Identification>
<Headline><Type><Code>position</Code></Type><Description><Label>Cooper</Label></Description></Headline>
<WorkExperienceList><WorkExperience><Period><From year="2015" month="--04"/><Current>true</Current></Period>
<Position><Label>Cooper</Label></Position>
<Activities>&lt;p&gt;By hand.&lt;/p&gt;&lt;ul&gt;&lt;li&gt;Bent staves&lt;/li&gt;&lt;/ul&gt;</Activities>
<Employer><Name>Fjord Casks</Name></Employer></WorkExperience></WorkExperienceList>
<Skills><Linguistic><ForeignLanguageList><ForeignLanguage><Description><Label>German</Label></Description>
<ProficiencyLevel><Listening>B2</Listening><Reading>B2</Reading></ProficiencyLevel></ForeignLanguage>
</ForeignLanguageList></Linguistic><JobRelated><Description>oak, ash</Description></JobRelated></Skills>
<AchievementList><Achievement><Title><Label>Theatre</Label></Title><Description>Stage hand.</Description></Achievement>
</AchievementList></LearnerInfo></SkillsPassport>"""
CANDIDATE = """<?xml version="1.0"?><Candidate xmlns="http://www.europass.eu/1.0" xmlns:hr="http://www.hr-xml.org/3"
xmlns:oa="http://www.openapplications.org/oagis/9" xmlns:eures="http://www.europass_eures.eu/1.0">
<CandidatePerson><PersonName><oa:GivenName>Runa</oa:GivenName><hr:FamilyName>Holt</hr:FamilyName></PersonName>
<Communication><ChannelCode>Email</ChannelCode><oa:URI>runa@example.org</oa:URI></Communication>
<hr:BirthDate>1987-03-10</hr:BirthDate></CandidatePerson><CandidateProfile><EmploymentHistory><EmployerHistory>
<hr:OrganizationName>Fjord Casks</hr:OrganizationName><PositionHistory><PositionTitle>Cooper</PositionTitle>
<eures:EmploymentPeriod><eures:StartDate><hr:FormattedDateTime>2015-04</hr:FormattedDateTime></eures:StartDate>
<hr:CurrentIndicator>true</hr:CurrentIndicator></eures:EmploymentPeriod>
<oa:Description>&lt;p&gt;By hand.&lt;/p&gt;&lt;ol&gt;&lt;li&gt;Bent staves&lt;/li&gt;&lt;/ol&gt;</oa:Description>
</PositionHistory></EmployerHistory></EmploymentHistory><PersonQualifications><PersonCompetency>
<CompetencyID>deu</CompetencyID><hr:TaxonomyID>language</hr:TaxonomyID><eures:CompetencyDimension>
<hr:CompetencyDimensionTypeCode>CEF-Understanding-Reading</hr:CompetencyDimensionTypeCode>
<eures:Score><hr:ScoreText>B2</hr:ScoreText></eures:Score></eures:CompetencyDimension></PersonCompetency>
</PersonQualifications><Others><Title>Theatre</Title><Other><Title>Stage hand.</Title></Other></Others>
</CandidateProfile></Candidate>"""


@pytest.mark.parametrize("text", [PASSPORT, CANDIDATE], ids=["passport", "candidate"])
def test_both_kinds_of_europass_are_read_whole_and_no_birthday_goes_into_a_resume(text: str) -> None:
    reading = read_resume_bytes(text.encode(), ".xml")
    resume = reading.resume
    assert (resume.basics.name, resume.basics.email) == ("Runa Holt", "runa@example.org")
    (job,) = resume.work
    assert (job.name, job.position, job.start_date, job.end_date) == ("Fjord Casks", "Cooper", "2015-04", None)
    assert (job.summary, job.highlights) == ("By hand.", ["Bent staves"])
    assert [(language.language, language.fluency) for language in resume.languages] == [("German", "B2")]
    assert [(other.title, [item.text for item in other.items]) for other in resume.other] == [
        ("Theatre", ["Stage hand."])
    ]
    assert "1987" not in resume.model_dump_json()
    assert reading.left_out == ["Birthdate: 1987-03-10"]


def test_soft_hyphens_are_hyphens_where_a_page_prints_them_and_vanish_in_markup() -> None:
    printed = read_resume_bytes("Runa Holt\nHigh\u00adpressure vats".encode(), ".txt").text
    markup = read_resume_bytes(b"<html><p>Runa Holt</p><p>Brewer&shy;ies</p></html>", ".html").text
    assert ("High-pressure vats" in printed, "Breweries" in markup) == (True, True)


def test_wide_blanks_between_all_words_are_one_and_columns_stay_apart() -> None:
    text = b"Runa    Holt\n\nFjord    Casks,    Bergen                    2016    -    2021\nMaster    cooper\n"
    assert [line[0] for line in lines(text, ".txt")] == [
        "Runa Holt",
        "Fjord Casks, Bergen ¦ 2016 - 2021",
        "Master cooper",
    ]


def test_columns_of_a_text_that_keeps_the_page_s_layout_are_read_one_after_the_other() -> None:
    left = [
        "EXPERIENCE",
        "Cooper",
        "Fjord Casks",
        "2016 - 2021",
        "* Bent staves",
        "* Sold casks",
        "EDUCATION",
        "Trade College",
    ]
    right = ["CONTACT", "Bergen", "", "SKILLS", "oak", "ash", "LANGUAGES", "German"]
    rows = [f"{one:40}{two}".rstrip() for one, two in zip(left, right, strict=True)]
    read = [line[0] for line in lines("\n".join(["RUNA HOLT", "", *rows]).encode(), ".txt")]
    assert read.index("SKILLS") > read.index("Trade College") > read.index("Fjord Casks")


def test_of_a_latex_chart_the_labels_are_text_and_accounts_are_addresses() -> None:
    source = rb"""\documentclass{altacv}\begin{document}\name{Runa}{Holt}\homepage{runa.example}
\orcid{0000-0001-1111-2222}
\cvsection{A Day}\wheelchart{1.5cm}{0.5cm}{10/13em/accent!30/Bending, 25/9em/accent!60/Selling casks}
\cvsection{Experience}\runsubsection{Fjord Casks}\descript{| Cooper}\end{document}"""
    read = [line[0] for line in lines(source, ".tex")]
    assert read == [
        "Runa Holt", "runa.example", "orcid.org/0000-0001-1111-2222", "A Day", "Bending", "Selling casks", "Experience",
        "Fjord Casks | Cooper",
    ]  # fmt: skip
