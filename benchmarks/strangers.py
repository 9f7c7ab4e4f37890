"""Whether programs of others find every field of a resume in every theme, and whether our checks say what they do.

    python -m benchmarks.strangers [--pictures FOLDER]

The programs are pypdf, PDFium, pdftotext, and openresume-parser where it is installed. That one has no field for a
school and knows the letters of English alone.
"""

import argparse
import io
import json
import re
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

from pypdf import PdfReader

from pipeline.resumes import Look, Resume, check_file, export_resume, page_pictures, theme_names
from pipeline.resumes.writing.outline import printed_texts
from pipeline.resumes.writing.pages import page_texts
from pipeline.resumes.writing.sections import build_outline

SCRIPTS = Path(__file__).parent / "data/scripts.json"


def samples() -> dict[str, Resume]:
    """Return a short, a long, a federal and six non-Latin resumes of people who do not exist."""
    basics = {"name": "Ilse Brandt", "email": "ilse@example.com", "phone": "+1 202 555 0143", "label": "Analyst"}
    job = {"name": "Harbour Office", "position": "Data Analyst", "location": "Bremen", "startDate": "2021-03"}
    study = {"institution": "University of Bremen", "studyType": "BSc", "area": "Statistics", "endDate": "2019-07"}
    skills = [{"name": "Tools", "keywords": ["SQL", "Excel", "Tableau"]}]
    short = {
        "basics": basics | {"summary": "Analyst of port traffic."},
        "work": [job | {"highlights": ["Cut the waiting time of ships by 12%", "Wrote the weekly report"]}],
        "education": [study],
        "skills": skills,
    }
    past = [
        {
            "name": f"Brackwater Group {year}",
            "position": "Planning Manager",
            "location": "Hamburg",
            "startDate": f"{year}-01",
            "endDate": f"{year + 1}-12",
            "highlights": [
                f"Planned {count * 7} sailings in quarter {count} of {year} with the crew of the quay"
                for count in range(1, 7)
            ],
        }
        for year in range(2019, 1999, -2)
    ]
    federal = [
        {
            "name": "Bureau of Coastal Survey",
            "position": "Hydrographer, GS-12",
            "location": "Norfolk, VA",
            "startDate": f"{year}-06",
            "endDate": f"{year + 3}-05",
            "summary": "Hours per week: 40. Supervisor: Dana Holt, 202-555-0170, may be contacted.",
            "highlights": [
                f"Led survey {year}-{part} of the approaches and wrote its descriptive report" for part in "ABCD"
            ],
        }
        for year in range(2020, 2005, -3)
    ]
    documents = {
        "short": short,
        "long": short | {"work": [*short["work"], *past]},
        "federal": short | {"work": federal},
    }
    documents |= json.loads(SCRIPTS.read_text(encoding="utf-8"))
    return {name: Resume.model_validate(document) for name, document in documents.items()}


def pypdf_text(data: bytes) -> str:
    """Return what pypdf finds in a PDF."""
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages)


def pdfium_text(data: bytes) -> str:
    """Return what PDFium, the reader of Chromium, finds in a PDF."""
    return "\n".join(page_texts(data))


def poppler_text(data: bytes) -> str:
    """Return what pdftotext finds in a PDF."""
    return subprocess.run(["pdftotext", "-", "-"], input=data, capture_output=True, check=True).stdout.decode()


def parsed_text(data: bytes) -> str:
    """Return every value that a parser of resumes makes of a PDF."""
    parse = import_module("openresume").parse_resume_from_pdf
    with tempfile.NamedTemporaryFile(suffix=".pdf") as file:
        file.write(data)
        file.flush()
        return "\n".join(_values(parse(file.name).get("resume")))


def _values(value: Any) -> Iterator[str]:
    if isinstance(value, dict | list):
        for item in value.values() if isinstance(value, dict) else value:
            yield from _values(item)
    elif value is not None:
        yield str(value)


def fields_of(resume: Resume) -> list[str]:
    """Return what the parser has fields for: who, how to reach them, posts, employers, skills."""
    told = [resume.basics.name, resume.basics.email, resume.basics.phone]
    told += [text for job in resume.work for text in (job.position, job.name)]
    told += [keyword for skill in resume.skills for keyword in skill.keywords]
    return [text for text in dict.fromkeys(told) if text]


def squeezed(text: str) -> str:
    """Return text without blanks and what is not seen."""
    return re.sub(r"[\s\u200b]+", "", text)


def main() -> None:
    """Print, for each theme and resume, how much each reader finds."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pictures", type=Path, help="also write the first pages as pictures into this folder")
    pictures = parser.parse_args().pictures
    print("theme      resume   pages  own reader   pypdf        pdfium       pdftotext    parser: fields  our check")
    for theme in theme_names():
        for name, resume in samples().items():
            _print_row(theme, name, resume, pictures)


READERS: dict[str, Callable[[bytes], str]] = {"pypdf": pypdf_text, "pdfium": pdfium_text, "pdftotext": poppler_text}


def _print_row(theme: str, name: str, resume: Resume, pictures: Path | None) -> None:
    look = Look(theme=theme)
    data = export_resume(resume, "pdf", look=look).data
    check = check_file(resume, data, "pdf", look)
    texts = [*printed_texts(build_outline(resume))]
    counts = [_found(read(data), texts) for read in READERS.values()]
    shares = [f"{count} of {len(texts)}" for count in counts]
    try:
        fields = fields_of(resume)
        shares.append(f"{_found(parsed_text(data), fields)} of {len(fields)}")
    except ImportError:
        shares.append("not installed")
    [said] = [finding.is_passed for finding in check.findings if finding.check == "text"]
    agrees = said == (min(counts) == len(texts))
    pages = page_pictures(data, 0.9)
    own = f"{len(check.differences)} differ"
    verdict = f"{'ok' if said else 'lost'}, {'agrees' if agrees else 'DIFFERS'}"
    print(f"{theme:10} {name:8} {len(pages):5}  {own:12}", *(f"{share:12}" for share in shares), f"   {verdict}")
    for difference in check.differences:
        print(f"    {difference}")
    if pictures:
        pictures.mkdir(parents=True, exist_ok=True)
        for number, page in enumerate(pages[:2], start=1):
            (pictures / f"{name}-{theme}-{number}.png").write_bytes(page)


def _found(text: str, wanted: list[str]) -> int:
    squeezed_text = squeezed(text)
    return sum(squeezed(each) in squeezed_text for each in wanted)


if __name__ == "__main__":
    main()
