"""Whether programs of others find every field of a resume in every theme: pdftotext, pypdf, and a parser of resumes.

    python -m benchmarks.strangers [--pictures FOLDER]

The parser is openresume-parser, where it is installed; its guesses at fields are told apart from the text it is given.
"""

import argparse
import io
import re
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

from pypdf import PdfReader

from pipeline.resumes import Look, Resume, check_file, export_resume, theme_names
from pipeline.resumes.writing.outline import printed_texts
from pipeline.resumes.writing.sections import build_outline
from pipeline.services import page_pictures


def samples() -> dict[str, Resume]:
    """Return a short, a long, a federal and two non-Latin resumes of people who do not exist."""
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
    russian = {
        "basics": {"name": "Анна Белова", "email": "anna@example.com", "phone": "+7 495 555 01 23", "label": "Инженер"},
        "work": [
            {
                "name": "Завод Пример",
                "position": "Ведущий инженер",
                "startDate": "2018-04",
                "highlights": ["Сократила простои линии на треть", "Обучила восемь операторов"],
            }
        ],
        "education": [{"institution": "Томский университет", "studyType": "Магистр", "endDate": "2015-06"}],
        "skills": [{"name": "Навыки", "keywords": ["SQL", "AutoCAD"]}],
    }
    chinese = {
        "basics": {
            "name": "王小明",
            "email": "wang@example.com",
            "phone": "+86 138 0000 0000",
            "label": "高级软件工程师",
        },
        "work": [
            {
                "name": "示例有限公司",
                "position": "高级工程师",
                "startDate": "2019-03",
                "highlights": ["负责订单系统重构"],
            }
        ],
        "education": [{"institution": "复旦大学", "studyType": "硕士", "area": "计算机科学", "endDate": "2015-06"}],
        "skills": [{"name": "数据库", "keywords": ["PostgreSQL", "Redis"]}],
    }
    documents = {
        "short": short,
        "long": short | {"work": [*short["work"], *past]},
        "federal": short | {"work": federal},
        "russian": russian,
        "chinese": chinese,
    }
    return {name: Resume.model_validate(document) for name, document in documents.items()}


def pypdf_text(data: bytes) -> str:
    """Return what pypdf finds in a PDF."""
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages)


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
    """Return what a recruiter's program is after: who, how to reach them, posts, employers, schools, skills."""
    told = [resume.basics.name, resume.basics.email, resume.basics.phone]
    told += [text for job in resume.work for text in (job.position, job.name)]
    told += [study.institution for study in resume.education]
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
    readers: dict[str, Callable[[bytes], str]] = {"pypdf": pypdf_text, "pdftotext": poppler_text}
    print("theme      resume   pages  own reader   pypdf        pdftotext    parser: fields")
    for theme in theme_names():
        for name, resume in samples().items():
            look = Look(theme=theme)
            data = export_resume(resume, "pdf", look=look).data
            check = check_file(resume, data, "pdf", look)
            own = f"{len(check.differences)} differ"
            texts = [*printed_texts(build_outline(resume))]
            shares = []
            for read in readers.values():
                found = squeezed(read(data))
                shares.append(f"{sum(squeezed(text) in found for text in texts)} of {len(texts)}")
            try:
                found = squeezed(parsed_text(data))
                fields = fields_of(resume)
                shares.append(f"{sum(squeezed(text) in found for text in fields)} of {len(fields)}")
            except ImportError:
                shares.append("not installed")
            pages = page_pictures(data, 0.9)
            print(f"{theme:10} {name:8} {len(pages):5}  {own:12}", *(f"{share:12}" for share in shares))
            for difference in check.differences:
                print(f"    {difference}")
            if pictures:
                pictures.mkdir(parents=True, exist_ok=True)
                for number, page in enumerate(pages[:2], start=1):
                    (pictures / f"{name}-{theme}-{number}.png").write_bytes(page)


if __name__ == "__main__":
    main()
