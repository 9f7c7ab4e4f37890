"""The parser on PDF layouts that are awkward to read, each typeset on the spot."""

from functools import cache
from importlib.util import find_spec
from pathlib import Path

import typst

from pipeline.resumes.model import Resume
from pipeline.resumes.reading import ResumeReading, read_resume_bytes

FONT_PACKAGE = find_spec("rendercv_fonts")
FONTS = typst.Fonts(
    font_paths=[Path(folder) for folder in (FONT_PACKAGE.submodule_search_locations or [])] if FONT_PACKAGE else []
)


@cache
def read_typst(source: str) -> ResumeReading:
    return read_resume_bytes(typst.compile(source.encode(), format="pdf", font_paths=FONTS), ".pdf")


def jobs(resume: Resume) -> list[tuple[str | None, str | None, str | None, str | None, int]]:
    return [(job.name, job.position, job.start_date, job.end_date, len(job.highlights)) for job in resume.work]


SIDEBAR = r"""
#set page(margin: 0pt)
#set text(size: 10pt)
#let head(t) = text(12pt, weight: "bold", t)
#grid(columns: (32%, 68%), block(fill: rgb("#223"), height: 100%, inset: 18pt)[#set text(fill: white)
#head[CONTACT] \ maria.okafor\@example.com \ +49 30 555 0199 \ Berlin, Germany \ github.com/mokafor

#head[SKILLS] \ Python \ SQL \ Apache Kafka \ Data Modelling \ Terraform

#head[LANGUAGES] \ English (native) \ German (C1)
], block(inset: 18pt)[
#text(26pt, weight: "bold")[Maria Okafor] \ #text(14pt)[Data Engineer]

#head[PROFILE] \
Data engineer with eight years of building pipelines for retail and logistics, fond of small tools and quick tests.

#head[EXPERIENCE] \
*Senior Data Engineer* #h(1fr) 03/2021 – Present \
_Northwind Traders, Berlin_
- Built streaming pipelines in Kafka and Flink that handle 2 billion events a day for the pricing team
- Cut warehouse cost by 40%
*Data Engineer* #h(1fr) 06/2017 – 02/2021 \
_Contoso Ltd, Hamburg_
- Moved 300 Airflow jobs to Kubernetes
])
"""


def test_a_sidebar_is_read_apart_from_the_main_column() -> None:
    resume = read_typst(SIDEBAR).resume
    assert (resume.basics.name, resume.basics.label) == ("Maria Okafor", "Data Engineer")
    assert resume.basics.email == "maria.okafor@example.com"
    assert resume.skills[0].keywords == ["Python", "SQL", "Apache Kafka", "Data Modelling", "Terraform"]
    assert [language.fluency for language in resume.languages] == ["native", "C1"]
    assert jobs(resume) == [
        ("Northwind Traders", "Senior Data Engineer", "2021-03", None, 2),
        ("Contoso Ltd", "Data Engineer", "2017-06", "2021-02", 1),
    ]
    assert resume.section_order == ["skills", "languages", "summary", "work"]


def test_a_sidebar_on_the_right_under_a_wide_head_is_read() -> None:
    resume = read_typst(r"""
#set page(margin: 1.5cm)
#set text(size: 10pt)
#text(24pt, weight: "bold")[Jonas Weber]

Backend Developer | jonas.weber\@example.com | 0171 5550123
#line(length: 100%)
#grid(columns: (1fr, 5.5cm), gutter: 20pt, [
== Berufserfahrung
*Softwareentwickler*, Hafenwerk GmbH #h(1fr) seit Mai 2020
- Entwicklung von Microservices in Java und Kotlin
*Werkstudent*, Elbdaten AG #h(1fr) Okt. 2017 – März 2020
- Testautomatisierung mit Selenium
== Ausbildung
*B.Sc. Informatik*, Universität Hamburg #h(1fr) 2014 – 2018
], [
== Kenntnisse
*Sprachen:* Java, Kotlin \
*Werkzeuge:* Docker, Jenkins
== Interessen
Segeln, Schach
])
""").resume
    assert (resume.basics.name, resume.basics.label) == ("Jonas Weber", "Backend Developer")
    assert jobs(resume) == [
        ("Hafenwerk GmbH", "Softwareentwickler", "2020-05", None, 1),
        ("Elbdaten AG", "Werkstudent", "2017-10", "2020-03", 1),
    ]
    assert [(skill.name, skill.keywords) for skill in resume.skills] == [
        ("Sprachen", ["Java", "Kotlin"]),
        ("Werkzeuge", ["Docker", "Jenkins"]),
    ]
    assert resume.other[0].title == "Interessen"


def test_two_equal_columns_under_a_letter_spaced_name_are_read() -> None:
    resume = read_typst(r"""
#set page(margin: 1.5cm)
#set text(size: 9.5pt)
#align(center)[#text(22pt)[#text(tracking: 6pt)[AISHA RAHMAN]] \ Product Designer \ aisha\@example.org · London]
#columns(2)[
#text(weight: "bold", tracking: 2pt)[EXPERIENCE]

*Lead Product Designer* \ Fabrikam · 2019 – now \
• Led the redesign of the checkout used by nine million people every month \
• Built the design system

*Product Designer* \ Litware Inc · 2015 – 2019 \
• Ran weekly usability tests
#colbreak()
#text(weight: "bold", tracking: 2pt)[SKILLS]

Figma, Sketch, Prototyping

#text(weight: "bold", tracking: 2pt)[ABOUT ME]

I draw boxes.
]
""").resume
    assert (resume.basics.name, resume.basics.label) == ("AISHA RAHMAN", "Product Designer")
    assert jobs(resume) == [
        ("Fabrikam", "Lead Product Designer", "2019", None, 2),
        ("Litware Inc", "Product Designer", "2015", "2019", 1),
    ]
    assert resume.skills[0].keywords == ["Figma", "Sketch", "Prototyping"]
    assert resume.basics.summary == "I draw boxes."
    assert resume.section_order == ["work", "skills", "summary"]


def test_headings_that_hang_in_the_margin_open_their_sections() -> None:
    resume = read_typst(r"""
#set page(margin: 2cm)
#set text(size: 10pt)
#text(20pt, weight: "bold")[Pierre Lefèvre] \ Ingénieur DevOps \ pierre\@example.fr — 06 12 34 56 78 — Lyon, France
#let row(a, b) = grid(columns: (3.2cm, 1fr), gutter: 10pt, align(right)[*#a*], b)
#row[Expérience][*Ingénieur DevOps*, Nuage SA, Lyon #h(1fr) janv. 2019 – présent
- Mise en place de Kubernetes pour 40 services
*Administrateur système*, Hébergix, Paris #h(1fr) sept. 2015 – déc. 2018
- Supervision de 200 serveurs Linux]
#row[Formation][*Master Informatique*, Université Claude Bernard Lyon 1 #h(1fr) 2013 – 2015]
#row[Compétences][Docker, Ansible, Python]
""").resume
    assert jobs(resume) == [
        ("Nuage SA", "Ingénieur DevOps", "2019-01", None, 1),
        ("Hébergix", "Administrateur système", "2015-09", "2018-12", 1),
    ]
    assert resume.education[0].institution == "Université Claude Bernard Lyon 1"
    assert resume.skills[0].keywords == ["Docker", "Ansible", "Python"]
    assert resume.section_order == ["work", "education", "skills"]


def test_dates_in_a_column_of_their_own_go_to_their_entries() -> None:
    resume = read_typst(r"""
#set page(margin: 2cm)
#set text(size: 10pt)
#text(26pt)[Elena Petrova]

Machine Learning Engineer

elena\@example.bg

#let e(a, b) = grid(columns: (2.8cm, 1fr), gutter: 8pt, align(right, a), b)

#text(14pt, fill: blue)[Experience]

#e[2019–today][*ML Engineer*, _Alpha Models_, Sofia.
- Trained ranking models with PyTorch]
#e[Jan 2016 – \ Dec 2018][*Data Scientist*, _Beta Insight_, Plovdiv.
- Forecast demand for 2,000 shops]

#text(14pt, fill: blue)[Computer skills]

#e[Languages][Python, R, C++]
#e[Tools][Docker, MLflow, Git]
#e[Clouds][AWS]
""").resume
    assert jobs(resume) == [
        ("Alpha Models", "ML Engineer", "2019", None, 1),
        ("Beta Insight", "Data Scientist", "2016-01", "2018-12", 1),
    ]
    assert [(skill.name, skill.keywords) for skill in resume.skills] == [
        ("Languages", ["Python", "R", "C++"]), ("Tools", ["Docker", "MLflow", "Git"]), ("Clouds", ["AWS"]),
    ]  # fmt: skip


def test_positions_under_one_employer_each_have_it() -> None:
    resume = read_typst(r"""
#set page(margin: 2cm)
#set text(size: 10pt)
#align(center)[#text(20pt, weight: "bold")[Tom Becker] \ tom\@example.com | +1 415 555 0100 | Oakland, CA]
== WORK EXPERIENCE
*Globex Corporation* #h(1fr) San Francisco, CA \
_Engineering Manager_ #h(1fr) Jan 2021 – Present
- Managed 9 engineers across two teams
_Staff Engineer_ #h(1fr) Mar 2018 – Dec 2020
- Designed the event bus
- Wrote the on-call guide
*Initech* #h(1fr) Austin, TX \
_Junior Developer_ #h(1fr) Jun 2013 – Jun 2015
- Fixed reports
== SKILLS
#table(columns: 3, stroke: none, [Go], [Python], [Java], [Kafka], [gRPC], [PostgreSQL])
== EDUCATION
*UC Berkeley* #h(1fr) 2009 – 2013 \ B.S. Electrical Engineering
""")
    assert jobs(resume.resume) == [
        ("Globex Corporation", "Engineering Manager", "2021-01", None, 1),
        ("Globex Corporation", "Staff Engineer", "2018-03", "2020-12", 2),
        ("Initech", "Junior Developer", "2013-06", "2015-06", 1),
    ]
    assert resume.resume.work[1].location == "San Francisco, CA"
    assert resume.fields["work[1].name"].confidence < resume.fields["work[0].name"].confidence
    assert resume.resume.skills[0].keywords == ["Go", "Python", "Java", "Kafka", "gRPC", "PostgreSQL"]


def test_icons_of_a_contact_line_are_not_text_and_links_say_where_names_lead() -> None:
    resume = read_typst(r"""
#set text(size: 10pt)
#let icon(code) = text(font: "Font Awesome 7 Free Solid", str.from-unicode(code))
#align(center)[#text(24pt)[*Nina Sørensen*] \
#icon(0xf3c5) Copenhagen #h(1.5em) #icon(0xf0e0) nina\@example.dk #h(1.5em) #icon(0xf0c1) #link("https://github.com/nina-s")[nina-s]]
= Experience
*Frontend Engineer* | Dansk Detail A/S | Aug 2020 - Present
- Rebuilt the shop in Next.js
= Skills
#let pill(t) = box(fill: luma(230), inset: 4pt, t)
#pill[React] #pill[TypeScript] #pill[CSS Grid] \
#pill[Jest] #pill[Cypress]
""").resume
    assert (resume.basics.name, resume.basics.email) == ("Nina Sørensen", "nina@example.dk")
    assert [(profile.network, profile.username) for profile in resume.basics.profiles] == [("GitHub", "nina-s")]
    assert resume.basics.notes in ([], ["Copenhagen"])
    assert resume.skills[0].keywords == ["React", "TypeScript", "CSS Grid", "Jest", "Cypress"]


def test_an_academic_cv_keeps_appointments_publications_and_grants() -> None:
    resume = read_typst(r"""
#set page(margin: 2.2cm)
#set text(size: 10.5pt)
#align(center)[#text(16pt)[*Dr. Ingrid Solberg*] \ Department of Physics, University of Oslo \ ingrid\@example.no]
*Academic Appointments*
#line(length: 100%)
Associate Professor, Department of Physics, University of Oslo #h(1fr) 2018–present \
Postdoctoral Fellow, CERN, Geneva #h(1fr) 2014–2018
#v(6pt)
*Education*
#line(length: 100%)
Ph.D. Physics, Stockholm University #h(1fr) 2014 \
Thesis: Neutrino oscillations in dense matter \
M.Sc. Physics, NTNU #h(1fr) 2009
#v(6pt)
*Publications*
#line(length: 100%)
+ Solberg, I. and Berg, K. (2020). Flavour in dense matter. _Physical Review D_, 101. doi:10.1103/physrevd.101.1234
+ Solberg, I. (2017). On the matter effect. _Journal of Physics G_, 44, 1–20.
#v(6pt)
*Grants and Awards*
#line(length: 100%)
ERC Starting Grant, 2019 \
Norwegian Young Scientist Prize, 2016
#v(6pt)
*Professional Memberships*
#line(length: 100%)
American Physical Society
""").resume
    assert jobs(resume)[1][:4] == ("CERN", "Postdoctoral Fellow", "2014", "2018")
    assert [study.study_type for study in resume.education] == ["Ph.D.", "M.Sc."]
    assert resume.education[0].institution == "Stockholm University"
    flavour, matter = [paper.name or "" for paper in resume.publications]
    assert "Flavour in dense matter" in flavour
    assert "On the matter effect" in matter
    assert [award.date for award in resume.awards] == ["2019", "2016"]
    assert resume.section_order == ["work", "education", "publications", "awards", "other"]


def test_paragraphs_take_the_place_of_bullets_where_there_are_none() -> None:
    resume = read_typst(r"""
#set page(margin: 2cm)
#set text(size: 11pt)
*CARLOS MENDEZ*

Address: 12 Elm Street, Austin, TX 78701 \ Phone: (512) 555-0147 \ Email: carlos.mendez\@example.com

*PROFESSIONAL EXPERIENCE*

*Acme Logistics* \ Warehouse Supervisor \ June 2019 to Present

Supervise a team of 14 people over two shifts. Introduced barcode scanning, which cut picking errors by half.

*Roadrunner Freight* \ Forklift Operator \ May 2015 to May 2019

Loaded and unloaded trucks. Trained new operators in safety procedures.

*EDUCATION*

Austin Community College, Associate of Applied Science, 2015
""").resume
    assert [job[:4] for job in jobs(resume)] == [
        ("Acme Logistics", "Warehouse Supervisor", "2019-06", None),
        ("Roadrunner Freight", "Forklift Operator", "2015-05", "2019-05"),
    ]
    under = resume.work[1].summary or resume.work[1].highlights[0]
    assert under.startswith("Loaded and unloaded")
    assert resume.basics.location is not None
    assert resume.basics.location.address == "12 Elm Street, Austin, TX 78701"


def test_page_numbers_and_running_heads_are_set_aside_and_columns_go_on_over_pages() -> None:
    entries = "\n".join(
        f"*Java Developer* \\ Client {letter} Ltd, Leeds #h(1fr) {2024 - 2 * index} – {2026 - 2 * index}\n"
        + "\n".join(
            f"- Delivered module {number} of the claims system on time, with tests of every branch"
            for number in range(5)
        )
        for index, letter in enumerate("ABCDEFGH")
    )
    reading = read_typst(
        "#set page(margin: (x: 1.2cm, y: 1.5cm), footer: align(center)[Page #context counter(page).display()])\n"
        "#set text(size: 10pt)\n#grid(columns: (5cm, 1fr), gutter: 18pt, [\n= Contact\nsam\\@example.com \\ Leeds, UK\n"
        '= Skills\nJava \\ Spring \\ Oracle\n],[\n#text(22pt, weight: "bold")[Sam Taylor]\n= Experience\n'
        + entries
        + "\n])"
    )
    assert reading.resume.basics.name == "Sam Taylor"
    assert [job.name for job in reading.resume.work] == [f"Client {letter} Ltd" for letter in "ABCDEFGH"]
    assert [len(job.highlights) for job in reading.resume.work] == [5] * 8
    assert reading.left_out == ["Page 1", "Page 2"]


def test_words_broken_at_a_line_end_and_ligatures_are_whole_again() -> None:
    resume = read_typst(r"""
#set page(width: 9cm, margin: 1cm)
#set text(size: 10pt, hyphenate: true, lang: "en", font: "Source Sans 3")
#set par(justify: true)
= Experience
*Engineer*, Acme Inc #h(1fr) 2019 – 2021
- Efficient offline workflows for internationalization, telecommunication and characterization
""").resume
    assert resume.work[0].highlights == [
        "Efficient offline workflows for internationalization, telecommunication and characterization"
    ]


def test_bullets_that_are_drawn_and_not_written_part_the_items_of_a_list() -> None:
    resume = read_typst(r"""
#set page(margin: 1.5cm)
#set text(size: 11pt)
#let item(body) = pad(left: 18pt, grid(columns: (12pt, 1fr), pad(top: 2.5pt, circle(radius: 1.9pt, fill: black)), body))
#text(22pt, weight: "bold")[Grace Achieng, PhD] \
Senior Data Scientist \
grace\@example.org · Nairobi, Kenya

#text(13pt, weight: "bold")[EXPERIENCE]

*Mkopo Analytics* #h(1fr) Nairobi, Kenya \
_Senior Data Scientist_ #h(1fr) Feb 2020 – Present
#item[Built the credit-scoring model behind 300,000 small loans,
and brought the share that default from seven to five per cent within a year.]
#item[Lead a team of three; review all model releases, write the notes that the regulator reads,
and keep the monthly fairness report.]

#text(13pt, weight: "bold")[SKILLS]

Python, R, SQL
""").resume
    assert (resume.basics.name, resume.basics.label) == ("Grace Achieng, PhD", "Senior Data Scientist")
    assert [job.position for job in resume.work] == ["Senior Data Scientist"]
    assert [highlight.split()[0] for highlight in resume.work[0].highlights] == ["Built", "Lead"]


def test_dots_that_rate_a_skill_are_no_list() -> None:
    resume = read_typst(r"""
#set page(margin: 1.5cm)
#let dot = box(circle(radius: 2pt, fill: black))
#text(22pt, weight: "bold")[Ana Prado]

#text(13pt, weight: "bold")[SKILLS]

#dot #dot #dot Python \
#dot #dot SQL
""").resume
    assert [skill for group in resume.skills for skill in group.keywords] == ["Python", "SQL"]


def test_korean_and_japanese_text_is_read() -> None:
    resume = read_typst(r"""
#set text(size: 10pt, font: ("Noto Sans KR", "Noto Sans JP"))
#text(20pt)[김민수]

minsu\@example.kr
= 경력
*백엔드 개발자*, 한강모바일 주식회사 #h(1fr) 2019.06 - 현재
- 결제 시스템 개발
= 기술
Java, Kotlin, Spring
""").resume
    assert resume.basics.name == "김민수"
    assert jobs(resume) == [("한강모바일 주식회사", "백엔드 개발자", "2019-06", None, 1)]
    assert resume.skills[0].keywords == ["Java", "Kotlin", "Spring"]
