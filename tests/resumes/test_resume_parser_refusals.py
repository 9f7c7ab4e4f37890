"""What the parser refuses, with the reason, and within bounded time: it never makes a person up."""

import io
import json
import time
import zipfile
from pathlib import Path

import pypdf
import pytest
import typst

from pipeline.core import UnreadableDocument
from pipeline.resumes.reading import read_resume, read_resume_bytes

PDF = typst.compile(b"= Jane Doe\njane#sym.at;example.org", format="pdf")
WORD_NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def encrypted_pdf() -> bytes:
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(PDF))
    writer.encrypt("secret")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def pdf_of_pages(count: int) -> bytes:
    writer = pypdf.PdfWriter()
    for _ in range(count):
        writer.add_blank_page(200, 200)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def word_of(body: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", body)
    return out.getvalue()


def nested_tables(depth: int) -> str:
    opening, closing = "<w:tbl><w:tr><w:tc>" * depth, "</w:tc></w:tr></w:tbl>" * depth
    text = "<w:p><w:r><w:t>x</w:t></w:r></w:p>"
    return f'<w:document xmlns:w="{WORD_NAMESPACE}"><w:body>{opening}{text}{closing}</w:body></w:document>'


ALIASES = "cv:\n  a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
    f"  {new}: &{new} [{','.join(['*' + old] * 9)}]\n" for old, new in zip("abcdefgh", "bcdefghi", strict=True)
)


@pytest.mark.parametrize(
    ("data", "suffix", "reason"),
    [
        (b" \n", ".txt", "empty"),
        (typst.compile(b"#rect(width: 5cm, height: 5cm)", format="pdf"), ".pdf", "only images"),
        (encrypted_pdf(), ".pdf", "encrypted"),
        (PDF[: len(PDF) // 2], ".pdf", "damaged"),
        (pdf_of_pages(1_000), ".pdf", "1,000 pages"),
        (b"hello", ".pdf", "not a PDF"),
        (b"\xd0\xcf\x11\xe0" + b"0" * 100, ".docx", "encrypted, or an old"),
        (word_of("<w>" + " " * 200_000_000 + "</w>"), ".docx", "unpacks to more"),
        (word_of('<!DOCTYPE x [<!ENTITY a "b">]><w>&a;</w>'), ".docx", "XML entities"),
        (word_of(nested_tables(3_000)), ".docx", "no text"),
        (word_of(f'<w:document xmlns:w="{WORD_NAMESPACE}"><w:body/></w:document>'), ".docx", "no text"),
        (b"\xd0\xcf\x11\xe0" + b"0" * 100, ".doc", r"save it as \.docx"),
        (b"\xd0\xcf\x11\xe0" + b"0" * 100, ".txt", r"save it as \.docx"),
        (b"Jane Doe", ".pages", "export it as Word or PDF"),
        (b"\x89PNG", ".png", "picture"),
        (b"\x00\x01\x02" * 400, ".txt", "binary"),
        (b"a line of text\n" * 30_000, ".txt", "longer than a resume"),
        (b"hello", ".exe", "not read"),
        (b"[" * 100_000, ".json", "not valid JSON"),
        (b'{"a": 1}', ".json", "not a JSON Resume"),
        (b'{"work": 3}', ".json", "not as the schema has it"),
        (json.dumps({"basics": {"name": "x" * 5}, "x": [0] * 60_000}).encode(), ".json", "holds more"),
        (ALIASES.encode(), ".yaml", "more than a resume"),
        (b'cv: !!python/object/apply:os.system ["id"]', ".yaml", "not valid YAML"),
        (b"a: 1", ".yaml", "no cv"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_cannot_be_read_is_refused_with_the_reason(data: bytes, suffix: str, reason: str) -> None:
    with pytest.raises(UnreadableDocument, match=reason):
        read_resume_bytes(data, suffix)


@pytest.mark.parametrize("suffix", [".txt", ".docx", ".doc", ""])
def test_a_file_is_what_its_content_says_whatever_its_name(suffix: str) -> None:
    assert read_resume_bytes(PDF, suffix).resume.basics.email == "jane@example.org"


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableDocument, match="cannot be opened"):
        read_resume(tmp_path / "nobody.pdf")


def test_a_file_that_is_too_large_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "large.txt"
    with path.open("wb") as file:
        file.truncate(20_000_000)
    with pytest.raises(UnreadableDocument, match="larger than"):
        read_resume(path)


@pytest.mark.parametrize("noise", ["(", "a.", "2010 - 2012 ", "a@", "J ", "- a: ", "1 ", "Go, ", "|"])
@pytest.mark.timeout(60)
def test_long_noise_is_read_or_refused_quickly(noise: str) -> None:
    for suffix in (".txt", ".md", ".tex"):
        try:
            reading = read_resume_bytes(b"Skills\n\n" + noise.encode() * (30_000 // len(noise)), suffix)
        except UnreadableDocument:
            continue
        assert reading.resume.basics.name is None


def test_text_that_aliases_repeat_beyond_a_resume_is_refused() -> None:
    text = "cv:\n  name: Jane Doe\n  long: &a " + "x" * 90_000 + "\n  sections:\n    S:\n" + "    - *a\n" * 20
    with pytest.raises(UnreadableDocument, match="more than a resume should"):
        read_resume_bytes(text.encode(), ".yaml")


def test_half_a_character_is_replaced_since_no_file_can_hold_it() -> None:
    reading = read_resume_bytes(b'{"basics": {"name": "\\ud83dJane", "label": "\\ud83d\\ude00"}}', ".json")
    assert (reading.resume.basics.name, reading.resume.basics.label) == ("\ufffdJane", "\U0001f600")


def test_a_page_full_of_dots_is_read_in_bounded_time() -> None:
    dots = "place(dx: calc.rem(i, 90) * 5pt, dy: calc.quo(i, 90) * 6pt, circle(radius: 1.5pt, fill: black))"
    data = typst.compile(f"#for i in range(9000) {{ {dots} }}\njane#sym.at;example.com".encode(), format="pdf")
    begin = time.perf_counter()
    assert read_resume_bytes(data, ".pdf").resume.basics.email == "jane@example.com"
    assert time.perf_counter() - begin < 20
