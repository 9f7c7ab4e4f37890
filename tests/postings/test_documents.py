import contextlib
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.core import UnreadableDocument
from pipeline.postings import MAX_BYTES
from pipeline.postings.documents import SUFFIXES, read_document
from pipeline.postings.formats import Document
from tests import sample_files

GERMAN = (
    "Krankenpfleger für die Station gesucht. Wir zahlen 4.000 € im Monat – fair geführt, mit Dienstplänen nach Maß."
)
LONG_TEXT = "You care for patients on the ward, day and night, and write down what you see. " * 5
MARK = "data-mark-17"


def reason(data: bytes, suffix: str) -> str:
    with pytest.raises(UnreadableDocument) as caught:
        read_document(data, suffix)
    return str(caught.value)


def page(body: str, head: str = "") -> bytes:
    return f"<!doctype html><html><head>{head}</head><body>{body}</body></html>".encode()


def test_a_pdf_gives_its_text_in_order() -> None:
    text = read_document(sample_files.pdf("Staff Nurse\nWard 4 needs you.\nNight shifts."), ".pdf").text
    assert text.index("Staff Nurse") < text.index("Ward 4 needs you.") < text.index("Night shifts.")


def test_a_word_file_gives_headings_paragraphs_and_lists() -> None:
    text = read_document(sample_files.word("Staff Nurse", "We care.", "- Triage", "- Records"), ".docx").text
    assert text.split("\n") == ["Staff Nurse", "We care.", "- Triage", "- Records"]


def test_markdown_loses_its_marks_and_keeps_its_words() -> None:
    document = read_document(b"# Staff **Nurse**\n\n- [Triage](https://example.com)\n- `ACLS`\n", ".md")
    assert document.text == "Staff Nurse\n- Triage\n- ACLS"


def test_front_matter_names_fields_and_is_no_part_of_the_text() -> None:
    document = read_document(b"---\ntitle: Staff Nurse\nposted_on: 2026-03-01\n---\nWard 4.\n", ".md")
    assert document == Document(text="Ward 4.", fields={"title": "Staff Nurse", "posted_on": "2026-03-01"})


def test_a_line_of_hyphens_later_on_is_no_front_matter() -> None:
    text = "Staff Nurse\n---\ntitle: not a field\n---\n"
    assert read_document(text.encode(), ".txt") == Document(text=text.strip())


def test_html_is_read_without_menus_scripts_and_footers() -> None:
    body = (
        "<nav>Home Jobs</nav><div class=cookie-banner>We use cookies</div><main><h1>Staff Nurse</h1>"
        f"<p>{LONG_TEXT}</p><ul><li>Triage<li>Records</ul><script>alert('{MARK}')</script></main><footer>Imprint</footer>"
    )
    document = read_document(page(body, f"<style>{MARK}</style>"), ".html")
    assert document.text.startswith("Staff Nurse\n")
    assert document.text.endswith("- Triage\n- Records")
    assert not any(word in document.text for word in (MARK, "cookies", "Home Jobs", "Imprint"))
    assert document.fields["title"] == "Staff Nurse"


@pytest.mark.parametrize("wrap", ["{}", "[{}]", '{{"@graph": [{{"@type": "Organization"}}, {}]}}'])
def test_a_job_posting_in_json_ld_is_preferred_to_the_page(wrap: str) -> None:
    posting = {
        "@type": "JobPosting",
        "title": "Staff Nurse",
        "description": f"<p>{LONG_TEXT}</p><ul><li>Triage</li></ul>",
        "datePosted": "2026-03-01",
        "hiringOrganization": {"name": "Glenorlagh"},
        "jobLocation": [{"address": {"addressLocality": "Inverness", "addressCountry": "UK"}}],
    }
    script = f'<script type="application/ld+json">{wrap.format(json.dumps(posting))}</script>'
    document = read_document(page("<main>Please enable scripts.</main>", script), ".html")
    assert document.text == LONG_TEXT.strip() + "\n- Triage"
    assert document.fields == {
        "title": "Staff Nurse",
        "country": "UK",
        "company": "Glenorlagh",
        "location": "Inverness, UK",
        "posted_on": "2026-03-01",
    }


@pytest.mark.parametrize(
    "json_ld",
    [
        "not json",
        "[" * 100_000,
        '{"@type": "JobPosting"}',
        '{"@type": "JobPosting", "title": ["a"], "description": 5, "jobLocation": "x"}',
        '{"@graph": 5}',
        '{"@graph": {"@type": "JobPosting"}}',
    ],
)
def test_odd_json_ld_leaves_the_page_to_be_read(json_ld: str) -> None:
    script = f'<script type="application/ld+json">{json_ld}</script>'
    assert read_document(page(f"<main>{LONG_TEXT}</main>", script), ".html").text == LONG_TEXT.strip()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_western_text_is_read_in_any_of_its_encodings(encoding: str) -> None:
    assert read_document((GERMAN * 5).encode(encoding), ".txt").text == GERMAN * 5


def test_japanese_text_is_read_in_shift_jis() -> None:
    text = "看護師を募集しています。夜勤があります。患者の状態を観察し、記録を付けてください。" * 5
    assert read_document(text.encode("shift_jis"), ".txt").text == text


def test_line_ends_become_one_kind_and_control_characters_go() -> None:
    assert read_document(b"Nurse\r\nWard\rNight\x07 shift\n", ".txt").text == "Nurse\nWard\nNight  shift"


REFUSALS = {
    "empty": (b"", ".txt", "empty"),
    "blank": (b" \n\t ", ".md", "empty"),
    "no word": (b"--- *** ---", ".txt", "no text"),
    "only a picture in Markdown": (b"![](a.png)", ".md", "no text"),
    "oversize": (b"a" * (MAX_BYTES + 1), ".txt", "larger than 10 MB"),
    "PDF named txt": (sample_files.pdf("Nurse"), ".txt", "a PDF, not text"),
    "DOCX named md": (sample_files.word("Nurse"), ".md", "Office file, not text"),
    "picture named html": (b"\x89PNG\r\n\x1a\n" + b"\x00" * 40, ".html", "a picture, not text"),
    "binary named txt": (b"ab\x00\x01\x02\x00" * 50, ".txt", "binary"),
    "text named pdf": (b"Staff Nurse, Ward 4", ".pdf", "not a PDF"),
    "text named docx": (b"Staff Nurse, Ward 4", ".docx", "not a Word document"),
    "ZIP named docx": (sample_files.zipped({"a.txt": b"hello"}), ".docx", "not a Word document"),
    "old Word file": (b"\xd0\xcf\x11\xe0" + b"\x00" * 100, ".docx", "encrypted, or an old .doc"),
    "damaged PDF": (b"%PDF-1.7\n" + b"garbage " * 20, ".pdf", "damaged"),
    "damaged DOCX": (sample_files.word("Nurse")[:900], ".docx", "damaged"),
    "encrypted PDF": (sample_files.encrypted_pdf("Nurse"), ".pdf", "encrypted"),
    "scanned PDF": (sample_files.picture_pdf(), ".pdf", "only images"),
    "ZIP bomb": (sample_files.zip_bomb(), ".docx", "unpacks to more"),
    "XML entities": (sample_files.entity_word(), ".docx", "XML entities"),
    "unknown ending": (b"Nurse", ".pages", ".pages are not read"),
}


@pytest.mark.parametrize("case", REFUSALS)
def test_a_file_that_cannot_be_read_is_refused_with_the_reason(case: str) -> None:
    data, suffix, expected = REFUSALS[case]
    assert expected in reason(data, suffix)


FRAGMENTS = st.sampled_from(
    [
        *("---\n", "title: ", "posted_on: 2025-13-45\n", "x: !!bool y\n", "a: [", '"\\ud800"', "&a *a", "\n\n", "- "),
        *("<script type='application/ld+json'>", "</script>", '{"@type":"JobPosting",', '"@graph":', "5", "}", "null"),
        *('"title":', '"description":', "<main>", "<p>", "<table>", "```", "![x](", ">", "\x00", "\ufeff", "nurse"),
    ]
)


@given(st.lists(st.one_of(FRAGMENTS, st.text(max_size=8)), max_size=14), st.sampled_from([".txt", ".md", ".html"]))
def test_any_text_is_read_or_refused(pieces: list[str], suffix: str) -> None:
    try:
        document = read_document("".join(pieces).encode("utf-8", "surrogatepass"), suffix)
    except UnreadableDocument:
        return
    assert any(character.isalnum() for character in document.text)
    assert document.model_validate_json(document.model_dump_json()) == document


@given(st.binary(max_size=200), st.sampled_from([suffix for suffix in SUFFIXES if suffix not in (".pdf", ".docx")]))
def test_any_bytes_are_read_or_refused(data: bytes, suffix: str) -> None:
    with contextlib.suppress(UnreadableDocument):
        assert read_document(data, suffix).text.strip()


BROKEN_FRONT_MATTER = {
    "a date that is none": "posted_on: 2025-13-45",
    "a tag it does not fit": "remote: !!bool perhaps",
    "a nest too deep": "a: " + "[" * 5000,
    "a number beyond bounds": "pay: 0x" + "f" * 9000,
    "half a surrogate pair": 'company: "a\\uD800b"',
    "no YAML": "company: a: b: [",
}


@pytest.mark.parametrize(
    "case",
    list(BROKEN_FRONT_MATTER),
)
def test_broken_front_matter_does_not_cost_the_posting(case: str) -> None:
    text = f"---\ntitle: Staff Nurse\n{BROKEN_FRONT_MATTER[case]}\n---\nWard 4 needs you.\n"
    document = read_document(text.encode(), ".md")
    assert "Ward 4 needs you." in document.text
    assert document.model_dump_json()
