"""What a reading is said to have found: the same account for commands, pages and the API."""

from pathlib import Path

from pipeline import services
from pipeline.postings import receipt_notes
from tests.sample_files import NURSE, write_files

GERMAN = (
    "Sie pflegen Patientinnen und Patienten nach der Operation, geben Medikamente und dokumentieren den Verlauf. "
    "Wir bieten Ihnen ein gutes Team und einen unbefristeten Vertrag."
)


def test_a_receipt_says_which_languages_the_postings_are_in(workspace: Path, tmp_path: Path) -> None:
    rows = "title,description\n" + "".join(
        f'"{title}","{" ".join(text.split())}"\n'
        for title, text in (("Ward Nurse", NURSE), ("Nurse", NURSE + " Nights."), ("Pflegefachkraft", GERMAN))
    )
    write_files(tmp_path, {"export.csv": rows})
    [file] = services.read_receipt(tmp_path / "export.csv").files
    assert file.languages == {"en": 2, "de": 1}
    assert "languages: English 67%, German 33%" in receipt_notes(file)


def test_documents_are_told_of_together(workspace: Path, tmp_path: Path) -> None:
    write_files(tmp_path, {"a.txt": NURSE, "b.txt": GERMAN})
    [documents] = services.read_receipt(tmp_path).files
    assert documents.languages == {"en": 1, "de": 1}
