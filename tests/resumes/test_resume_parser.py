"""The parser on the four own resumes, on text layouts, and what it says of how sure it is."""

import json
import re
from collections import Counter
from pathlib import Path

import pytest

from pipeline.resumes.model import Resume
from pipeline.resumes.reading import ResumeReading, parse_resume, read_resume, read_resume_bytes
from pipeline.resumes.reading.dates import find_dates, is_date_text
from pipeline.resumes.reading.learned.headings import section_of
from pipeline.resumes.reading.list_items import split_items

RESUMES = Path(__file__).parent.parent / "fixtures" / "resumes"
UNDERSTOOD = re.compile(  # words that the model says in another way: months, present, the labels of contact data
    r"jan\w*|feb\w*|mar\w*|apr\w*|may|jun\w*|jul\w*|aug\w*|sept?\w*|oct\w*|nov\w*|dec\w*|present|in|to|now|contact|"
    r"till|date|from|of|"
    r"company|role|duration|mobile|email|phone|name|gpa|coursework|月|年|\d{1,2}"
)


def read_text(text: str, suffix: str = ".txt") -> ResumeReading:
    return read_resume_bytes(text.encode(), suffix)


def jobs(resume: Resume) -> list[tuple[str | None, str | None, str | None, str | None, int]]:
    return [(job.name, job.position, job.start_date, job.end_date, len(job.highlights)) for job in resume.work]


def lost_words(reading: ResumeReading) -> set[str]:
    """Return the words of the source that are nowhere in the resume."""
    said = json.dumps(reading.resume.model_dump(mode="json", by_alias=True), ensure_ascii=False) + " ".join(
        reading.left_out
    )
    missing = Counter(re.findall(r"\w+", reading.text.lower())) - Counter(
        re.findall(r"\w+", said.replace("\\n", " ").lower())
    )
    return {word for word in missing if not UNDERSTOOD.fullmatch(word)}


def test_an_article_with_textbf_lines_is_read_whole() -> None:
    resume = parse_resume(RESUMES / "own_article_amara.tex")
    assert (resume.basics.name, resume.basics.label) == ("Amara Lindqvist-Osei", "Site Reliability Engineer")
    assert jobs(resume)[0] == ("Nordkaj Payments AB", "Senior Site Reliability Engineer", "2020-02", None, 3)
    assert resume.section_order == ["summary", "skills", "work", "education", "certificates", "languages"]
    assert "Old Employer" not in resume.model_dump_json()


def test_macros_of_a_one_page_template_are_followed() -> None:
    resume = parse_resume(RESUMES / "own_jake_tobias.tex")
    assert [job[:2] for job in jobs(resume)] == [
        ("Granite Harbor Software", "Backend Developer"),
        ("Lakeshore Polytechnic University", "Undergraduate Research Assistant"),
        ("Redwater Community College", "IT Help Desk Technician"),
    ]
    assert resume.skills[0].keywords == ["Python", "Java", "C#", "SQL (Postgres)", "JavaScript", "Rust"]
    assert resume.projects[0].keywords == ["Python", "Flask", "React", "PostgreSQL", "Docker"]


def test_markdown_entries_under_headings_are_jobs() -> None:
    resume = parse_resume(RESUMES / "own_markdown_priya.md")
    assert jobs(resume)[2][0] == "Encuesta Sur"
    assert (jobs(resume)[2][1] or "").startswith("Intern")
    assert jobs(resume)[2][2:] == ("2018-06", "2018-12", 1)
    assert resume.work[0].location == "Santiago, Chile"
    assert [skill.name for skill in resume.skills] == ["Analysis", "Visualisation", "Methods"]


def test_json_resume_is_taken_as_it_stands() -> None:
    reading = read_resume(RESUMES / "own_jsonresume_henrik.json")
    assert reading.resume.work[0].name == "Blauwe Brug Coöperatie"
    assert all(field.confidence == 1.0 for field in reading.fields.values())


def test_rendercv_sections_are_told_by_their_entries() -> None:
    text = """
cv:
  name: Ana Reyes
  email: ana@example.com
  social_networks: [{network: GitHub, username: ana}]
  sections:
    odds_and_ends: [Some **words**.]
    experience:
      - company: '[Acme](https://acme.example)'
        position: Engineer
        start_date: 2020-01
        end_date: present
        highlights:
          - First
          - Second
            - Inner
    gadgets:
      - label: Camera
        details: Leica, Zorki
    skills:
      - label: Languages
        details: Python, SQL
"""
    resume = read_text(text, ".yaml").resume
    assert jobs(resume) == [("Acme", "Engineer", "2020-01", None, 3)]
    assert resume.work[0].url == "https://acme.example"
    assert resume.skills[0].keywords == ["Python", "SQL"]
    assert [section.title for section in resume.other] == ["Odds and ends", "Gadgets"]
    assert resume.section_order == ["other", "work", "skills"]


PASTED = """Rachel Kim
Brooklyn, NY
rachel.kim@example.com
917-555-0182

Marketing manager with 9 years of experience in consumer brands. Looking for a role in a mission-driven company.

Experience

Sunrise Foods
Senior Marketing Manager
March 2019 - Present
Brooklyn, NY
Launched three product lines that reached 4 million dollars in sales in the first year
Managed an agency budget of 2 million dollars
Hired and coached a team of five

Blue Bottle Tea
Marketing Manager
June 2014 - February 2019
Jersey City, NJ
Ran paid social campaigns across four channels
Built the email program from scratch to 200,000 subscribers

Education
New York University
Bachelor of Arts, Communications
2010 - 2014

Skills
Brand strategy
Paid social
Copywriting
"""


def test_pasted_text_without_bullets_keeps_its_lines_as_items() -> None:
    reading = read_text(PASTED)
    assert jobs(reading.resume) == [
        ("Sunrise Foods", "Senior Marketing Manager", "2019-03", None, 3),
        ("Blue Bottle Tea", "Marketing Manager", "2014-06", "2019-02", 2),
    ]
    assert reading.resume.skills[0].keywords == ["Brand strategy", "Paid social", "Copywriting"]
    assert (reading.resume.basics.summary or "").startswith("Marketing manager")
    assert "summary" not in reading.resume.section_order
    assert not lost_words(reading)


def test_a_profile_export_with_the_name_below_the_sidebar_is_read() -> None:
    resume = read_text(
        "Contact\ndaniel@example.com\n\nTop Skills\nKubernetes\nGo\n\nLanguages\nEnglish (Native)\n\nDaniel "
        "Foo\nStaff SRE at Hooli\n"
        "Austin, Texas, United States\n\nExperience\n\nHooli\n4 years 3 months\nStaff SRE\nJanuary 2022 - Present (2 "
        "years 3 months)\n"
        "Austin, Texas, United States\nOwn reliability for search.\n\nSenior SRE\nJanuary 2020 - December 2021 (2 "
        "years)\n"
        "Ran the migration to Kubernetes.\n\nPied Piper\nOperations Engineer\nMay 2016 - December 2019 (3 years 8 "
        "months)\n"
        "Palo Alto\nBuilt the deployment tooling.\n"
    ).resume
    assert (resume.basics.name, resume.basics.label) == ("Daniel Foo", "Staff SRE at Hooli")
    assert [job[:4] for job in jobs(resume)] == [
        ("Hooli", "Staff SRE", "2022-01", None),
        ("Hooli", "Senior SRE", "2020-01", "2021-12"),
        ("Pied Piper", "Operations Engineer", "2016-05", "2019-12"),
    ]
    assert resume.skills[0].keywords == ["Kubernetes", "Go"]


def test_labelled_lines_name_their_own_fields() -> None:
    reading = read_text(
        "NAME: Amit Sharma\nEMAIL: amit.sharma@example.in\nMOBILE: +91 98765 43210\n\nTECHNICAL SKILLS\nLanguages    "
        " : Java, C\n"
        "Databases     : Oracle\n\nWORK EXPERIENCE\nCompany: Infotech Solutions Pvt Ltd\nRole: Software Developer\n"
        "Duration: July 2018 to till date\n* Developed REST services\n* Fixed defects\n\nCompany: WebWorks "
        "India\nRole: Trainee\n"
        "Duration: Jan 2017 - June 2018\n* Tested web pages\n\nEDUCATION\nB.Tech in Computer Science from Anna "
        "University, 2016\n"
    )
    assert reading.resume.basics.name == "Amit Sharma"
    assert jobs(reading.resume) == [
        ("Infotech Solutions Pvt Ltd", "Software Developer", "2018-07", None, 2),
        ("WebWorks India", "Trainee", "2017-01", "2018-06", 1),
    ]
    assert [(skill.name, skill.keywords) for skill in reading.resume.skills] == [
        ("Languages", ["Java", "C"]),
        ("Databases", ["Oracle"]),
    ]
    assert reading.resume.education[0].institution == "Anna University"
    assert not lost_words(reading)


def test_a_typewritten_page_with_rules_and_a_letter_spaced_name_is_read() -> None:
    resume = read_text(
        "              J A N E   M O R G A N\n   44 Oak Ave, Denver, CO 80202 | (303) 555-0109 | jane@example.com\n\n"
        "=====================\nPROFESSIONAL EXPERIENCE\n=====================\n\n"
        "RIVERSTONE ENERGY, Denver, CO                2017 - present\nSenior Geologist\n"
        "  o Mapped 40 wells in the Piceance basin and wrote the reports that were used\n    to decide where to drill\n"
        "  o Supervised two geologists\n\nUSGS, Golden, CO                    2011 - 2017\nField Geologist\n  o "
        "Collected samples\n\n"
        "SKILLS\n------\nArcGIS, Petrel, Python\n"
    ).resume
    assert resume.basics.name == "JANE MORGAN"
    assert jobs(resume) == [
        ("RIVERSTONE ENERGY", "Senior Geologist", "2017", None, 2),
        ("USGS", "Field Geologist", "2011", "2017", 1),
    ]
    assert resume.work[0].highlights[0].endswith("were used to decide where to drill")
    assert resume.work[1].location == "Golden, CO"


def test_a_german_resume_with_dates_in_the_margin_names_employers_and_positions() -> None:
    resume = read_text("""Lebenslauf

Katharina Brückner
Lindenallee 12, 04109 Leipzig
E-Mail: k.brueckner@example.de

Berufserfahrung

05/2020 – heute   Bilanzbuchhalterin
                  Mühlbach Maschinenbau GmbH, Leipzig
                  • Jahresabschlüsse nach HGB

09/2016 – 04/2020 Finanzbuchhalterin
                  Kanzlei Sommer & Partner, Leipzig
                  • Umsatzsteuervoranmeldungen
""").resume
    assert resume.basics.label is None
    assert resume.basics.location is not None
    assert resume.basics.location.address == "Lindenallee 12, 04109 Leipzig"
    assert jobs(resume) == [
        ("Mühlbach Maschinenbau GmbH", "Bilanzbuchhalterin", "2020-05", None, 1),
        ("Kanzlei Sommer & Partner", "Finanzbuchhalterin", "2016-09", "2020-04", 1),
    ]


def test_a_pasted_item_that_stops_in_mid_sentence_goes_on_below() -> None:
    resume = read_text("""Sofia Marchetti
sofia@example.org

Summary
Planner with nine years in chilled food. I like stock that turns and forecasts that are honest and plain.

Experience

Harrow Foods
Supply Chain Planner
March 2023 - Present
Plan 340 lines across two factories. Cut write-offs from 4.1% to 2.6% of
sales in a year.
Run the monthly cycle with sales and finance.
""").resume
    (job,) = resume.work
    paragraphs = job.highlights or (job.summary or "").split("\n")
    assert len(paragraphs) == 2
    assert paragraphs[0].endswith("2.6% of sales in a year.")


def test_german_and_french_date_words_are_read() -> None:
    german = read_text(
        "Lebenslauf\nJonas Weber\njonas@example.de\n\nBerufserfahrung\nSoftwareentwickler, Hafenwerk GmbH, seit Mai "
        "2020\n- Betreut drei Dienste in Java\n"
        "Werkstudent, Elbdaten AG, Okt. 2017 – März 2020\n- Tests für den Warenkorb geschrieben\n"
    ).resume
    assert [job[:4] for job in jobs(german)] == [
        ("Hafenwerk GmbH", "Softwareentwickler", "2020-05", None),
        ("Elbdaten AG", "Werkstudent", "2017-10", "2020-03"),
    ]
    french = read_text(
        "Pierre Lefèvre\npierre@example.fr\n\nExpérience professionnelle\nIngénieur DevOps | Nuage SA | janv. 2019 – "
        "aujourd'hui\n- Migration de douze services vers Kubernetes\n"
    ).resume
    assert [job[:4] for job in jobs(french)] == [("Nuage SA", "Ingénieur DevOps", "2019-01", None)]


def test_a_chinese_resume_is_read() -> None:
    resume = read_text(
        "李明\n后端工程师\n邮箱:liming@example.cn  电话:138-0013-8000\n\n"
        "教育背景\n清华大学 计算机科学与技术 本科  2012.09 - 2016.06\n\n"
        "工作经历\n字节科技有限公司  高级后端工程师  2019.07 - 至今\n- 负责推荐服务的重构\n- 指导 4 名新人\n"
        "云图网络公司  后端工程师  2016.07 - 2019.06\n"
        "- 开发支付系统\n\n专业技能\n编程语言:Go、Python、Java\n数据库:MySQL、Redis\n"
    ).resume
    assert (resume.basics.name, resume.basics.email) == ("李明", "liming@example.cn")
    assert jobs(resume) == [
        ("字节科技有限公司", "高级后端工程师", "2019-07", None, 2),
        ("云图网络公司", "后端工程师", "2016-07", "2019-06", 1),
    ]
    assert [skill.keywords for skill in resume.skills] == [["Go", "Python", "Java"], ["MySQL", "Redis"]]
    assert resume.education[0].institution == "清华大学"


def test_an_arabic_resume_is_read() -> None:
    resume = read_text(
        "سارة الأحمد\nمهندسة برمجيات\nsara@example.com | عمان، الأردن\n\nالخبرة العملية\nمهندسة برمجيات، شركة الأفق، "
        "2020 - الآن\n"
        "- تطوير تطبيقات الويب\n\nالتعليم\nبكالوريوس علوم الحاسوب، جامعة الأردن، 2015 - 2019\n\nالمهارات\nPython، "
        "Django، SQL\n"
    ).resume
    assert resume.basics.name == "سارة الأحمد"
    assert jobs(resume) == [("شركة الأفق", "مهندسة برمجيات", "2020", None, 1)]
    assert resume.education[0].institution == "جامعة الأردن"
    assert resume.skills[0].keywords == ["Python", "Django", "SQL"]


def test_a_resume_without_jobs_or_name_says_so_and_invents_nothing() -> None:
    reading = read_text("hello@example.org\n\nSkills\nRust, Go\n")
    assert reading.resume.basics.name is None
    assert reading.resume.work == []
    assert reading.fields["basics.name"].confidence <= 0.2
    assert "nothing stands in for it" in reading.fields["basics.name"].note
    assert reading.fields["work"].note == "No jobs were found."


def test_a_resume_without_a_skills_section_says_so() -> None:
    reading = read_text("Ann Lee\nann@example.org\n\nExperience\nEngineer, Acme Inc, 2019 - 2021\n- Built it\n")
    assert reading.resume.skills == []
    assert reading.fields["skills"].note == "No skills section was found."


def test_labels_that_come_twice_are_joined_and_said() -> None:
    reading = read_text("Ann Lee\n\nSkills\nTools: Git, Docker\nLanguages: Go\nTools: Make\n")
    assert [(skill.name, skill.keywords) for skill in reading.resume.skills] == [
        ("Tools", ["Git", "Docker", "Make"]),
        ("Languages", ["Go"]),
    ]
    assert "more than once" in reading.fields["skills[0].keywords"].note


def test_one_enormous_category_is_kept_whole() -> None:
    many = [f"Tool{number}" for number in range(400)]
    above = "Ann Lee\nann@example.org\n\nExperience\n\nEngineer, Acme Inc, 2019 - 2021\n- Built the mill\n\n"
    reading = read_text(f"{above}Skills\n\nTools: {', '.join(many)}\n")
    assert reading.resume.skills[0].keywords == many


def test_what_is_not_understood_is_kept_under_other() -> None:
    reading = read_text(
        "Ann Lee\nann@example.org\nClearance level 3\n\nEXPERIENCE\nEngineer, Acme Inc, 2019 - 2021\n- Built it\n\n"
        "EDUCATION\nBSc Physics, University of Oslo, 2018\n\nMEMBERSHIPS\nRoyal Society of Gardeners\n- Mill Friends\n"
    )
    assert [item.text for item in reading.resume.other[0].items] == [
        "Royal Society of Gardeners",
        "Mill Friends",
    ]
    assert reading.resume.other[0].after == "education"
    assert not lost_words(reading)


def test_a_job_with_no_words_for_a_title_is_read_but_doubted() -> None:
    reading = read_text("Ann Lee\n\nExperience\nZorb, Quux, 2019 - 2021\n- Built it\n")
    (job,) = reading.resume.work
    assert {job.name, job.position} <= {"Zorb", "Quux", None}
    assert min(reading.fields[f"work[0].{key}"].confidence for key in ("name", "position")) <= 0.5


def test_every_field_of_a_reading_has_a_confidence() -> None:
    reading = read_text(PASTED)
    assert {"basics.name", "work[0].name", "work[1].highlights", "skills[0].keywords"} <= set(reading.fields)
    assert all(0 <= field.confidence <= 1 for field in reading.fields.values())


@pytest.mark.parametrize("file", sorted(RESUMES.glob("own_*.*")), ids=lambda path: path.name)
def test_no_word_of_a_resume_is_dropped(file: Path) -> None:
    if file.suffix != ".json":
        assert not lost_words(read_resume(file))


@pytest.mark.parametrize(
    ("text", "start", "end", "is_open"),
    [
        ("Sept 2018 – May 2023", "2018-09", "2023-05", False),
        ("01/2022 - Present", "2022-01", None, True),
        ("June – August 2020", "2020-06", "2020-08", False),
        ("2018.03-2019.05", "2018-03", "2019-05", False),
        ("2019-20", "2019", "2020", False),
        ("May '18 - Jun '20", "2018-05", "2020-06", False),
        ("15 March 2019 to 3 April 2020", "2019-03", "2020-04", False),
        ("janv. 2018 – déc. 2020", "2018-01", "2020-12", False),
        ("2020年4月 - 至今", "2020-04", None, True),
        ("since 2019", "2019", None, True),
        ("Fall 2023", "2023", None, False),
    ],
)
def test_dates_in_the_usual_spellings_are_read(text: str, start: str, end: str | None, is_open: bool) -> None:
    (found,) = find_dates(text)
    assert (found.start, found.end, found.is_open) == (start, end, is_open)
    assert is_date_text(text)


def test_a_date_that_the_schema_has_no_room_for_is_kept_as_printed() -> None:
    reading = read_text("Ann Lee\n\nExperience\nEngineer, Acme Inc, Fall 2019 - Spring 2021\n- Built it\n")
    assert "Fall 2019 - Spring 2021" in reading.resume.work[0].notes
    assert "Fall 2019" in reading.fields["work[0].startDate"].note


@pytest.mark.parametrize(
    ("heading", "section"),
    [
        ("WORK HISTORY", "work"), ("Berufserfahrung", "work"), ("Parcours professionnel", "work"), ("职业经历", "work"),
        ("E D U C A T I O N", "education"), ("Education and Certifications", "education"),
        ("Technical Skills:", "skills"), ("Volunteer Experience", "volunteer"),
        ("Selected Honors", "awards"),
        ("Invited Talks", "other"), ("Welcome", None), ("Acme Corporation", None),
    ],
)  # fmt: skip
def test_headings_are_known_in_many_wordings(heading: str, section: str | None) -> None:
    assert section_of(heading) == section


@pytest.mark.parametrize(
    ("text", "items"),
    [
        ("AWS (S3, Lambda), Docker", ["AWS (S3, Lambda)", "Docker"]),
        ("C/C++; Node.js | Go • R", ["C/C++", "Node.js", "Go", "R"]),
        ("Handled 1,000 users, Git", ["Handled 1,000 users", "Git"]),
        ("Python (expert, never closed, Go", ["Python (expert", "never closed", "Go"]),
        ("Photoshop ●●●○○, Figma 80%", ["Photoshop", "Figma"]),
        ("Proficient with Python, C++, and Git", ["Python", "C++", "Git"]),
    ],
)
def test_lists_of_skills_are_split_outside_brackets(text: str, items: list[str]) -> None:
    assert split_items(text)[0] == items
