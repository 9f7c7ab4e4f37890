import hashlib
import io
import json
import re
import zipfile
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pipeline.core import RolemapError
from pipeline.resumes.model import Resume
from pipeline.resumes.writing.export import EXPORT_SUFFIXES, ExportedVariant, export_archive, export_name, export_resume
from pipeline.resumes.writing.look import FILE_NAMES, FileNames, Look
from pipeline.resumes.writing.outline import printed_texts
from pipeline.resumes.writing.sections import build_outline
from tests.sample_resumes import arabic_resume, chinese_resume, full_resume, plain_resume


def named(name: str | None) -> Resume:
    return Resume.model_validate({"basics": {"name": name}})


@pytest.mark.parametrize("suffix", EXPORT_SUFFIXES)
@pytest.mark.parametrize("make", [full_resume, chinese_resume, arabic_resume])
def test_the_same_resume_gives_the_same_bytes(suffix: str, make: Callable[[], Resume]) -> None:
    assert export_resume(make(), suffix) == export_resume(make(), suffix)


@pytest.mark.parametrize("suffix", EXPORT_SUFFIXES)
def test_an_empty_resume_is_exported_without_blanks_or_the_word_none(suffix: str) -> None:
    data = export_resume(Resume(), suffix).data
    assert data
    assert suffix in ("pdf", "docx") or b"None" not in data


def test_a_json_export_is_the_document_itself() -> None:
    resume = full_resume(meta={"version": "v1"}, favouriteColour="blue")
    document = json.loads(export_resume(resume, "json").data)
    assert Resume.model_validate(document) == resume
    assert document["favouriteColour"] == "blue"


def test_a_format_that_does_not_exist_is_refused_with_those_that_do() -> None:
    with pytest.raises(RolemapError, match=r"no export to 'odt'.*pdf, docx, md, json"):
        export_resume(full_resume(), "odt")


def test_threads_can_export_at_the_same_time() -> None:
    expected = export_resume(full_resume(), "pdf").data
    with ThreadPoolExecutor(8) as pool:
        exported = list(pool.map(lambda _: export_resume(full_resume(), "pdf").data, range(24)))
    assert set(exported) == {expected}


def test_sections_are_printed_in_the_order_and_under_the_headings_of_the_source() -> None:
    resume = full_resume(
        section_order=["education", "work", "skills", "summary"],
        section_titles={"work": ["Where I have worked"], "skills": ["Toolbox"]},
    )
    titles = [section.title for section in build_outline(resume).sections]
    assert titles[:5] == ["Education", "Where I have worked", "Patents", "Toolbox", "Summary"]
    assert {"Projects", "Interests", "References", "Volunteering", "Awards"} <= set(titles)


def test_a_summary_that_the_source_prints_without_a_heading_gets_none() -> None:
    resume = full_resume(section_order=["work", "skills"])
    first = build_outline(resume).sections[0]
    assert (first.name, first.title) == ("summary", "")


def test_sections_that_the_schema_lacks_keep_their_neighbours() -> None:
    others = [{"title": title, "after": after, "items": [{"text": title}]} for title, after in OTHERS]
    order = ["work", "skills", "other", "education"]
    resume = Resume.model_validate(
        plain_resume().model_dump(by_alias=True, exclude_none=True) | {"other": others, "section_order": order}
    )
    titles = [section.title for section in build_outline(resume).sections]
    assert titles[1:] == ["Experience", "After work", "After that", "Skills", "After skills", "Education"]


OTHERS = (("After work", "work"), ("After that", "other"), ("After skills", "skills"))


def test_a_job_that_goes_on_says_so_and_a_project_with_one_date_claims_nothing() -> None:
    resume = full_resume(projects=[{"name": "Tidemark", "startDate": "2019"}])
    dates = {entry.title: entry.dates for section in build_outline(resume).sections for entry in section.entries}
    assert dates["Senior Data Engineer"] == "Mar 2021 – Present"
    assert dates["Tidemark"] == "2019"


def test_dates_that_the_schema_refuses_are_printed_in_their_own_words() -> None:
    resume = full_resume(work=[{"name": "Acme", "position": "Clerk", "startDate": "Spring 2020", "endDate": "2021"}])
    work = next(section for section in build_outline(resume).sections if section.name == "work")
    assert work.entries[0].dates == "Spring 2020 – 2021"


def test_the_words_around_a_resume_are_in_its_language() -> None:
    summary = "Ich arbeite mit Daten und baue Systeme für die Bahn und den Verkehr."
    german = Resume.model_validate(
        {"basics": {"summary": summary}, "work": [{"name": "Bahn", "position": "Entwicklerin", "startDate": "2020-02"}]}
    )
    work = next(section for section in build_outline(german).sections if section.name == "work")
    assert (work.title, work.entries[0].dates) == ("Berufserfahrung", "02/2020 – heute")
    work = next(section for section in build_outline(chinese_resume()).sections if section.name == "work")
    assert (work.title, work.entries[0].dates) == ("工作经历", "2019.03 – 至今")


def test_skills_keep_their_labels_and_running_text_is_not_printed_twice() -> None:
    skills = [
        {"name": "Languages", "keywords": ["Python", "Go"]},
        {"keywords": ["Scrum", "Kanban"]},
        {"name": "Rust", "level": "good"},
        {"name": "Mathematics", "keywords": ["calculus", "algebra"], "notes": ["Good at calculus and algebra"]},
        {"name": "Sizes", "keywords": ["1,000 nodes", "two"]},
    ]
    sections = build_outline(full_resume(skills=skills)).sections
    lines = next(section for section in sections if section.name == "skills").entries[0].lines
    assert [(line.label, line.text) for line in lines] == [
        ("Languages", "Python, Go"),
        ("", "Scrum, Kanban"),
        ("", "Rust (good)"),
        ("Mathematics", "Good at calculus and algebra"),
        ("Sizes", "1,000 nodes; two"),
    ]


def test_a_link_leads_to_the_web_or_to_nowhere() -> None:
    resume = full_resume(work=[{"name": "Evil", "position": "Clerk", "url": "javascript:alert(1)"}])
    for suffix in ("pdf", "docx", "md"):
        data = export_resume(resume, suffix).data
        assert b"javascript:alert(1))" not in data
        if suffix == "pdf":
            assert b"/URI (javascript" not in data
        if suffix == "docx":
            relations = zipfile.ZipFile(io.BytesIO(data)).read("word/_rels/document.xml.rels")
            assert b"javascript" not in relations
            assert b"https://github.com/example-jane" in relations


def test_a_file_is_named_after_the_person_and_the_role() -> None:
    assert export_name(full_resume(), "Data Engineer", "pdf") == "Jane-Doe-Data-Engineer.pdf"
    assert export_name(named("Zoë O’Neil"), "C++ / Backend & APIs", "docx") == "Zoë-ONeil-C-Backend-APIs.docx"
    assert export_name(named("王小明"), "数据 工程师", "md") == "王小明-数据-工程师.md"
    assert export_name(named("हिन्दी नाम"), "", "md") == "हिन्दी-नाम.md"
    assert export_name(named(None), "Data Engineer", "pdf") == "Resume-Data-Engineer.pdf"
    assert export_name(named("../../etc/passwd\x00"), "", "pdf") == "etc-passwd.pdf"
    assert export_name(named("NUL"), "", "pdf") == "NUL-Resume.pdf"


def test_a_file_name_can_be_written_as_people_write_it() -> None:
    look = Look(file_names="Jane Doe - Analyst")
    assert export_name(full_resume(), "C++ / Data Engineer", "pdf", look) == "Jane Doe - C Data Engineer.pdf"
    assert export_resume(full_resume(), "md", cluster_name="Data Engineer", look=look).name == (
        "Jane Doe - Data Engineer.md"
    )


@given(st.text(max_size=300), st.text(max_size=300), st.sampled_from(FILE_NAMES))
@example("é" * 300, "", FILE_NAMES[0])
@example("Jane Doe", "very " * 50 + "senior", FILE_NAMES[1])
def test_every_file_name_is_safe_on_every_file_system(name: str, cluster_name: str, style: FileNames) -> None:
    file_name = export_name(named(name), cluster_name, "pdf", Look(file_names=style))
    stem = file_name.removesuffix(".pdf")
    assert stem
    assert stem == stem.strip()
    assert len(file_name.encode()) <= 128
    assert not re.search(r'[\x00-\x1f<>:"/\\|?*.]', stem)
    assert style == FILE_NAMES[1] or not re.search(r"\s", stem)
    assert not re.fullmatch(r"con|prn|aux|nul|com\d|lpt\d", stem, re.I)


def exported(resume: Resume, slug: str, name: str, suffixes: Iterable[str] = EXPORT_SUFFIXES) -> ExportedVariant:
    return ExportedVariant(slug, name, tuple(export_resume(resume, suffix, cluster_name=name) for suffix in suffixes))


def test_an_archive_holds_every_file_and_says_which_is_which() -> None:
    clusters = (("data", "Data Engineer"), ("web", "Web"))
    variants = [exported(plain_resume(), slug, name) for slug, name in clusters]
    with zipfile.ZipFile(io.BytesIO(export_archive(variants))) as archive:
        manifest = json.loads(archive.read("manifest.json"))
        assert sorted(archive.namelist()) == sorted(
            [*(entry["file"] for entry in manifest["files"]), "manifest.json", "rolemap.toml"]
        )
        assert len(manifest["files"]) == 8
        for entry in manifest["files"]:
            data = archive.read(entry["file"])
            assert hashlib.sha256(data).hexdigest() == entry["sha256"]
            assert entry["byte_count"] == len(data)
        web = [entry["file"] for entry in manifest["files"] if entry["cluster_slug"] == "web"]
        assert web == [f"Jane-Doe-Web.{suffix}" for suffix in EXPORT_SUFFIXES]


def test_an_archive_has_the_same_bytes_each_time_and_no_clock_time() -> None:
    variants = [exported(plain_resume(), "data", "Data Engineer", ["md", "docx"])]
    assert export_archive(variants) == export_archive(variants)
    with zipfile.ZipFile(io.BytesIO(export_archive(variants))) as archive:
        assert {info.date_time[0] for info in archive.infolist()} == {1980}


def test_variants_of_the_same_name_do_not_overwrite_each_other_in_an_archive() -> None:
    clusters = (("a", "Web"), ("b", "WEB"), ("c", "web!"))
    variants = [exported(plain_resume(), slug, name, ["md"]) for slug, name in clusters]
    with zipfile.ZipFile(io.BytesIO(export_archive(variants))) as archive:
        assert archive.namelist() == [
            "Jane-Doe-Web.md",
            "Jane-Doe-WEB-2.md",
            "Jane-Doe-web-3.md",
            "rolemap.toml",
            "manifest.json",
        ]


def test_every_text_of_a_resume_is_in_its_outline() -> None:
    printed = " ".join(printed_texts(build_outline(full_resume())))
    for text in (
        "Builds for the people on call.", "Platform team of five.", "Moved 40 jobs to an event stream", "Data Letters",
        "Databases, Compilers", "1.7", "Merging late data", "Cloud Board", "German (Native)", "Coach",
        "touring, repair", "A pleasure to work with.", "A library for late data.", "github.com/example-jane/tidemark",
        "Berlin, Germany",
    ):  # fmt: skip
        assert text in printed
