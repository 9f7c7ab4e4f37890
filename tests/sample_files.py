"""Small files as people have them, made on the spot: postings in words, PDF, DOCX, and hostile ones."""

import io
import zipfile
from pathlib import Path

import docx
import pypdf
import typst

STORED_SAMPLES = 356  # postings that came with Rolemap, reposts among them
NURSE = (
    "Staff Nurse\n\nWe look for a registered nurse for our surgical ward. You assess patients, give medication and "
    "keep records. Night shifts are shared fairly. ACLS is welcome."
)
ENGINEER = (
    "Data Engineer\n\nYou build data pipelines with Python, SQL and Apache Airflow on AWS, and keep our warehouse in "
    "Snowflake tidy. Docker and Terraform are part of every day."
)
ANALYST = (
    "Product Analyst\n\nYou answer questions with SQL and Tableau, design A/B tests and tell product teams what they "
    "mean. Statistics and plain writing matter more than tools."
)


def write_files(folder: Path, files: dict[str, str | bytes]) -> Path:
    """Write files by their path relative to a folder; text becomes UTF-8."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    return folder


def pdf(text: str) -> bytes:
    """Return a PDF of one page that says the text."""
    return typst.compile(text.replace("\n", "\n\n").encode(), format="pdf")


def picture_pdf() -> bytes:
    """Return a PDF that shows a shape and holds no text, like a scan."""
    return typst.compile(b"#rect(width: 5cm, height: 5cm, fill: black)", format="pdf")


def encrypted_pdf(text: str) -> bytes:
    """Return a PDF that opens with a password only."""
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(pdf(text)))
    writer.encrypt("secret")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def word(heading: str, *paragraphs: str) -> bytes:
    """Return a DOCX with a heading, paragraphs, and those that start with a hyphen as a list."""
    document = docx.Document()
    document.add_heading(heading, level=1)
    for paragraph in paragraphs:
        if paragraph.startswith("- "):
            document.add_paragraph(paragraph[2:], style="List Bullet")
        else:
            document.add_paragraph(paragraph)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def zipped(files: dict[str, bytes]) -> bytes:
    """Return a ZIP archive of the files."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


def entity_word() -> bytes:
    """Return a DOCX whose XML declares entities that grow without end."""
    with zipfile.ZipFile(io.BytesIO(word("Nurse", "Ward."))) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    declared = b'<!DOCTYPE a [<!ENTITY x "ha"><!ENTITY y "&x;&x;&x;&x;">]>'
    files["word/document.xml"] = files["word/document.xml"].replace(b"<w:document", declared + b"<w:document", 1)
    return zipped(files)


def zip_bomb() -> bytes:
    """Return a small DOCX that unpacks to 60 MB."""
    return zipped({"word/document.xml": b"<a>" + b" " * 60_000_000 + b"</a>"})
