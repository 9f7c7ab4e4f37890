"""Variants as files: which resume they come from, that each reads back whole, and how they are packed and written."""

import hashlib
import io
import json
import os
import zipfile
from pathlib import Path

import pytest

from pipeline.cluster_artifacts import Cluster, ClusterArtifact, save_artifact
from pipeline.core import BrokenArtifact, MissingArtifact, ProgressEvent, RolemapError
from pipeline.resume_generator import generate_variants
from pipeline.resumes import EXPORT_SUFFIXES, Resume, page_pictures, parse_resume, read_resume_bytes
from pipeline.services.base_resume import correct_reading, editable_fields, load_base_resume, read_uploaded_resume
from pipeline.services.variants import (
    FinishedVariant,
    finish_variants,
    job_theme,
    other_resumes,
    pack_variants,
    variant_notices,
    variant_themes,
    write_variants,
)
from tests.sample_files import encrypted_pdf, picture_pdf, write_files
from tests.sample_resumes import plain_resume
from tests.sandbox import Finished, run_command

ARTIFACT = ClusterArtifact(
    clusters=[
        Cluster(slug="cloud-engineer", name="Cloud Engineer", top_keywords=["terraform", "aws"]),
        Cluster(slug="data-engineer", name="Data Engineer", top_keywords=["scala", "sql"]),
        Cluster(slug="nurse", name="Nurse", top_keywords=["triage"]),
    ]
)


@pytest.fixture
def home(workspace: Path) -> Path:
    """Return a workspace with an artifact of three clusters and a resume."""
    save_artifact(ARTIFACT, workspace / "output/vacancy_clusters.json")
    document = plain_resume().model_dump_json(by_alias=True, exclude_none=True)
    write_files(workspace, {"jane.json": document})
    return workspace


def finished_for(resume: Resume, *suffixes: str) -> list[FinishedVariant]:
    _, themes = variant_themes()
    return finish_variants(generate_variants(resume, themes), suffixes)


def names_in(archive: bytes) -> list[str]:
    return zipfile.ZipFile(io.BytesIO(archive)).namelist()


# Where the resume comes from


def test_a_resume_that_is_named_is_taken_without_a_word(home: Path) -> None:
    base = load_base_resume(home / "jane.json")
    assert base.reading.resume == plain_resume()
    assert base.notice == ""


def test_without_a_name_the_resume_of_the_settings_is_taken_and_said(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ROLEMAP_RESUME", str(home / "jane.json"))
    base = load_base_resume()
    assert base.reading.resume == plain_resume()
    assert str(home / "jane.json") in base.notice
    assert "ROLEMAP_RESUME" in base.notice


def test_without_any_the_sample_is_taken_and_said() -> None:
    base = load_base_resume()
    assert base.reading.resume.basics.name == "Mara Lindqvist"
    assert "sample" in base.notice


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("gone.pdf", None, "cannot be opened"),
        ("empty.md", b"", "it is empty"),
        ("locked.pdf", encrypted_pdf("Jane"), "encrypted"),
        ("scan.pdf", picture_pdf(), "cannot be read"),
        ("fake.docx", b"no Word file", "not a Word document"),
        ("resume.pages", b"Jane", "export it as Word or PDF"),
    ],
)
def test_a_resume_that_cannot_be_read_is_refused_with_the_reason(
    name: str, data: bytes | None, reason: str, tmp_path: Path
) -> None:
    if data is not None:
        write_files(tmp_path, {name: data})
    with pytest.raises(RolemapError, match=r"cannot be read: .*Choose another file") as refusal:
        load_base_resume(tmp_path / name)
    assert reason in str(refusal.value)
    assert name in str(refusal.value)


def test_an_upload_that_cannot_be_read_is_refused_by_its_name() -> None:
    with pytest.raises(RolemapError, match=r"cv\.pdf cannot be read: it is not a PDF"):
        read_uploaded_resume("cv.pdf", b"no PDF")


def test_the_sample_resume_is_two_pages_that_read_back_whole(home: Path) -> None:
    resume = load_base_resume().reading.resume
    assert len(resume.skills) >= 6
    assert all(skill.name and skill.keywords for skill in resume.skills)
    [*variants, _] = finished_for(resume, *EXPORT_SUFFIXES)
    files = [checked for variant in variants for checked in variant.files]
    assert [problem for checked in files for problem in checked.problems] == []
    assert [advice for checked in files for advice in checked.advice] == []
    pictures = [page_pictures(checked.file.data) for checked in files if checked.file.name.endswith("pdf")]
    assert [len(pages) for pages in pictures] == [2, 2]
    assert all(page.startswith(b"\x89PNG") for pages in pictures for page in pages)


# Corrections


def test_corrections_change_just_the_fields_they_name() -> None:
    reading = load_base_resume().reading
    changes = {
        "basics.name": "Mara B. Lindqvist",
        "work[1].position": "Lead Data Engineer",
        "skills[0].keywords": "Python\nSQL\n\nRust ",
        "basics.label": "",
        "basics.location.city": "Malmö",
    }
    corrected = correct_reading(reading, changes).resume
    assert corrected.basics.name == "Mara B. Lindqvist"
    assert corrected.basics.label is None
    assert corrected.work[1].position == "Lead Data Engineer"
    assert corrected.skills[0].keywords == ["Python", "SQL", "Rust"]
    assert corrected.basics.location is not None
    assert corrected.basics.location.city == "Malmö"
    undone = {field.path: field.value for field in editable_fields(reading)}
    back = correct_reading(correct_reading(reading, changes), {path: undone[path] for path in changes})
    assert back.resume == reading.resume


def test_corrected_fields_are_sure() -> None:
    reading = correct_reading(load_base_resume().reading, {"basics.name": "Mara"})
    [name] = [field for field in editable_fields(reading) if field.path == "basics.name"]
    assert (name.value, name.confidence) == ("Mara", 1.0)


def test_what_a_resume_should_have_and_lacks_can_be_added() -> None:
    reading = read_resume_bytes(b"# Skills\n\nTools: Excel, Word\n", ".md")
    fields = {field.path: field for field in editable_fields(reading)}
    assert fields["basics.email"].value == ""
    assert fields["basics.email"].confidence is None
    assert correct_reading(reading, {"basics.email": "jane@example.com"}).resume.basics.email == "jane@example.com"


def test_a_resume_whose_every_field_is_saved_unchanged_is_the_same() -> None:
    odd = {"x.y[0]": "kept", "list": [["a"], "b", {"c": "d"}], "basics": {"name": "Jane"}}
    reading = read_resume_bytes(json.dumps(odd).encode(), ".json")
    same = correct_reading(reading, {field.path: field.value for field in editable_fields(reading) if field.value})
    assert same.resume == reading.resume


# Clusters and job descriptions


def test_without_clusters_there_are_no_variants(workspace: Path) -> None:
    with pytest.raises(MissingArtifact, match="cluster-vacancies"):
        variant_themes()
    write_files(workspace / "output", {"vacancy_clusters.json": "{"})
    with pytest.raises(BrokenArtifact, match="is broken"):
        variant_themes()


def test_the_analysts_names_and_aliases_hold_for_variants(home: Path) -> None:
    overrides = {"names": {"nurse": "Ward Nurse"}, "aliases": {"tf": "terraform"}}
    write_files(home / "output", {"overrides.json": json.dumps(overrides)})
    resume = Resume.model_validate({"skills": [{"name": "A", "keywords": ["x"]}, {"name": "B", "keywords": ["tf"]}]})
    cloud, _, nurse = generate_variants(resume, variant_themes()[1])
    assert nurse.name == "Ward Nurse"
    assert [move.label for move in cloud.moves] == ["B", "A"]


def test_a_job_description_is_a_pool_of_its_own_keywords_those_it_repeats_first() -> None:
    text = "Senior Gopher\n\nYou know Kafka and Terraform. Terraform is our bread, and we deploy to AWS."
    theme, demand = job_theme(text)
    assert theme["name"] == "Senior Gopher"
    assert list(theme["keywords"]) == ["terraform", "kafka", "aws"]
    example = demand["kafka"].example
    assert example is not None
    assert example.sentence == "You know Kafka and Terraform."
    [variant] = generate_variants(plain_resume(), [theme])
    assert variant.moves[0].label == "Cloud"
    assert job_theme(text, " Staff  Gopher ")[0]["name"] == "Staff Gopher"


def test_a_job_description_without_a_keyword_is_refused() -> None:
    with pytest.raises(RolemapError, match="names no skill"):
        job_theme("We look for somebody nice.")


def test_what_cannot_be_ordered_is_said(home: Path) -> None:
    _, themes = variant_themes()
    bare = Resume.model_validate({"basics": {"summary": "I work."}})
    said = " ".join(variant_notices(bare, generate_variants(bare, themes)))
    assert "no skills section" in said
    assert "No jobs" in said
    assert "No name" in said
    plain = plain_resume()
    [notice] = variant_notices(plain, generate_variants(plain, themes))
    assert "Nurse" in notice
    assert "Cloud" not in notice
    plain.skills = plain.skills[:1]
    assert "one category" in variant_notices(plain, generate_variants(plain, themes))[0]


# Files


def test_every_file_is_read_back_before_it_is_called_ready(home: Path) -> None:
    events: list[ProgressEvent] = []
    variants = generate_variants(plain_resume(), variant_themes()[1])
    finished = finish_variants(variants, EXPORT_SUFFIXES, on_progress=events.append)
    assert [variant.variant.slug for variant in finished] == ["cloud-engineer", "data-engineer", "nurse"]
    for variant in finished:
        stem = f"Jane-Doe-{variant.variant.name.replace(' ', '-')}"
        assert [checked.file.name for checked in variant.files] == [f"{stem}.{suffix}" for suffix in EXPORT_SUFFIXES]
        assert all(not checked.problems for checked in variant.files)
        for checked in variant.files:
            read = read_resume_bytes(checked.file.data, f".{checked.file.name.rpartition('.')[2]}").resume
            assert [skill.name for skill in read.skills] == [move.label for move in variant.variant.moves]
    assert events[-1].fraction == 1.0


def test_a_file_that_loses_something_is_reported_and_never_called_ready(home: Path) -> None:
    resume = plain_resume()
    resume.work[0].highlights[0] = "Read 𒀀𒀁 tablets"  # letters that no font has
    finished = finished_for(resume, "pdf", "json")
    for variant in finished:
        pdf, document = variant.files
        assert any("“Read 𒀀𒀁 tablets” is read as" in problem for problem in pdf.problems)
        assert document.problems == []
    packed = zipfile.ZipFile(io.BytesIO(pack_variants(finished)))
    for entry in json.loads(packed.read("manifest.json"))["files"]:
        is_ready = entry["format"] == "json"
        lost = any(notice.startswith("Not ready:") and "𒀀𒀁" in notice for notice in entry["notices"])
        assert lost != is_ready


def test_the_same_input_gives_the_same_bytes(home: Path) -> None:
    first, second = (pack_variants(finished_for(plain_resume(), "md", "docx")) for _ in range(2))
    assert first == second


def test_an_archive_holds_one_format_or_all_and_says_which_file_is_whose(home: Path) -> None:
    finished = finished_for(plain_resume(), "md", "json")
    assert len(names_in(pack_variants(finished))) == 8
    assert names_in(pack_variants(finished, "md")) == [
        *(
            "Jane-Doe-Cloud-Engineer.md",
            "Jane-Doe-Data-Engineer.md",
            "Jane-Doe-Nurse.md",
            "rolemap.toml",
            "manifest.json",
        ),
    ]
    archive = zipfile.ZipFile(io.BytesIO(pack_variants(finished)))
    for entry in json.loads(archive.read("manifest.json"))["files"]:
        assert hashlib.sha256(archive.read(entry["file"])).hexdigest() == entry["sha256"]
        assert entry["cluster_slug"] in ("cloud-engineer", "data-engineer", "nurse")


def test_written_files_are_whole_and_leave_no_others_behind(home: Path, tmp_path: Path) -> None:
    finished = finished_for(plain_resume(), "md")
    folder = tmp_path / "deep/variants"
    write_files(folder, {"Jane-Doe-Old-Role.md": "# Jane", "notes.txt": "mine"})
    written = write_variants(finished, folder)
    assert sorted(os.listdir(folder)) == sorted([*(path.name for path in written), "Jane-Doe-Old-Role.md", "notes.txt"])
    assert parse_resume(folder / "Jane-Doe-Nurse.md").basics.name == "Jane Doe"
    assert other_resumes(folder, written) == ["Jane-Doe-Old-Role.md"]


def test_a_run_that_fails_half_way_leaves_whole_files_and_no_manifest(home: Path, tmp_path: Path) -> None:
    finished = finished_for(plain_resume(), "md")
    folder = tmp_path / "out"
    (folder / "Jane-Doe-Data-Engineer.md").mkdir(parents=True)
    with pytest.raises(RolemapError, match="Cannot write"):
        write_variants(finished, folder)
    assert sorted(os.listdir(folder)) == ["Jane-Doe-Cloud-Engineer.md", "Jane-Doe-Data-Engineer.md"]
    assert (folder / "Jane-Doe-Cloud-Engineer.md").read_bytes() == finished[0].files[0].file.data


def test_two_clusters_of_one_name_get_files_of_their_own(home: Path) -> None:
    clusters = [Cluster(slug=slug, name="Nurse", top_keywords=["triage"]) for slug in ("nurse", "nurse-2")]
    save_artifact(ClusterArtifact(clusters=clusters), home / "output/vacancy_clusters.json")
    assert names_in(pack_variants(finished_for(plain_resume(), "md")))[:2] == [
        "Jane-Doe-Nurse.md",
        "Jane-Doe-Nurse-2.md",
    ]


# Commands


def assert_refused(done: Finished, status: int, *parts: str) -> None:
    assert done.status == status, done.err
    assert "Traceback" not in done.err
    [line] = done.error_lines
    assert all(part in line for part in parts), line
    assert done.out == ""


def test_generate_writes_a_variant_for_each_cluster_where_all_are_wanted(home: Path) -> None:
    done = run_command("generate", "--resume", str(home / "jane.json"), "--formats", "md,json", "--all", home=home)
    assert done.status == 0, done.err
    names = {path.name for path in (home / "output/variants").iterdir()}
    stems = ("Jane-Doe-Cloud-Engineer", "Jane-Doe-Data-Engineer", "Jane-Doe-Nurse")
    assert names == {f"{stem}.{suffix}" for stem in stems for suffix in ("md", "json")} | {
        "manifest.json",
        "rolemap.toml",
        "variant-set.json",
    }
    assert all(slug in done.out for slug in ("cloud-engineer", "data-engineer", "nurse"))
    assert "2 of 2 ready" in done.out
    assert not done.modules & {"torch", "sentence_transformers", "openai", "sklearn", "streamlit"}


def test_generate_without_a_resume_says_that_it_takes_the_sample(home: Path) -> None:
    arguments = ("--formats", "json", "--no-gpt-rewrite", "--no-gpt-cache", "--all", "--json")
    done = run_command("generate", *arguments, home=home)
    assert done.status == 0, done.err
    report = json.loads(done.out)
    assert "sample resume" in done.err
    assert any("sample resume" in notice for notice in report["notices"])
    assert [variant["slug"] for variant in report["variants"]] == ["cloud-engineer", "data-engineer", "nurse"]
    assert all(Path(path).is_file() for path in report["output"])
    assert report["variants"][0]["order"][0] == "Infrastructure"


def test_generate_takes_another_artifact_and_folder_and_sheet(home: Path, tmp_path: Path) -> None:
    other = ClusterArtifact(clusters=[Cluster(slug="chef", name="Chef", top_keywords=["haccp"])])
    save_artifact(other, tmp_path / "other.json")
    arguments = ("--clusters-artifact", str(tmp_path / "other.json"), "--output", str(tmp_path / "out"))
    done = run_command("generate", *arguments, "--formats", "pdf", "--page", "letter", "--all", home=home)
    assert done.status == 0, done.err
    assert (tmp_path / "out/Mara-Lindqvist-Chef.pdf").is_file()
    assert b"612" in (tmp_path / "out/Mara-Lindqvist-Chef.pdf").read_bytes()
    assert not (home / "output/variants").exists()


REFUSALS = {
    "no such resume": (("--resume", "gone.pdf"), 1, ("gone.pdf", "cannot be opened")),
    "no such format": (("--formats", "pdf,odt"), 2, ("odt", "pdf,docx,md,json")),
    "no format at all": (("--formats", ","), 2, ("no format",)),
    "no such sheet": (("--page", "a3"), 2, ("a3",)),
    "no such artifact": (("--clusters-artifact", "gone.json"), 1, ("gone.json", "cluster-vacancies")),
    "no place to write": (("--output", os.devnull), 1, ("Cannot write", "--output")),
}


@pytest.mark.parametrize("case", REFUSALS)
def test_generate_refuses_what_cannot_be_had_in_one_line(case: str, home: Path) -> None:
    arguments, status, parts = REFUSALS[case]
    assert_refused(run_command("generate", *arguments, home=home), status, *parts)
    assert not (home / "output/variants").exists()


def test_parse_resume_shows_what_was_read_and_how_sure_that_is(home: Path) -> None:
    done = run_command("parse-resume", str(home / "jane.json"), "--json", home=home)
    assert done.status == 0, done.err
    report = json.loads(done.out)
    assert Resume.model_validate(report["resume"]) == plain_resume()
    assert report["fields"]["basics.name"]["confidence"] == 1.0
    shown = run_command("parse-resume", str(home / "jane.json"), home=home)
    assert "jane@example.com" in shown.out
    assert_refused(run_command("parse-resume", str(home / "gone.md"), home=home), 1, "gone.md", "cannot be opened")
