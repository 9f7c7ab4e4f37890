"""Folders as ESCO and O*NET give them, with invented concepts."""

import csv
import io
from collections.abc import Sequence
from pathlib import Path

import xlsxwriter

from tests.sample_files import write_files

ESCO_URI = "http://data.europa.eu/esco"
SKILLS = [
    ("sql-1", "SQL", "structured query language"),
    ("py-1", "Python (computer programming)", "Python\npython scripting"),
    ("gl-1", "balance the ledger", "ledger balancing"),
    ("kn-1", "carry out knot tying", ""),
]


def comma_separated(header: str, rows: Sequence[tuple[str, ...]]) -> str:
    text = io.StringIO()
    csv.writer(text).writerows([header.split(","), *rows])
    return text.getvalue()


def esco_table(kind: str, rows: list[tuple[str, str, str]]) -> str:
    full = [(kind, f"{ESCO_URI}/{code}", label, others, "", "released") for code, label, others in rows]
    return comma_separated("conceptType,conceptUri,preferredLabel,altLabels,hiddenLabels,status", full)


def esco_folder(folder: Path, language: str = "en", occupation: str = "data engineer") -> Path:
    write_files(
        folder,
        {
            f"skills_{language}.csv": esco_table("KnowledgeSkillCompetence", SKILLS).encode("utf-8-sig"),
            f"occupations_{language}.csv": esco_table(
                "Occupation", [("oc-1", occupation, ""), ("oc-2", "trawler skipper", "")]
            ).encode("utf-8-sig"),
            f"digitalSkillsCollection_{language}.csv": b"conceptType,conceptUri,preferredLabel\nx,y,z\n",
        },
    )
    return folder


def workbook(rows: list[list[str]]) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        sheet = book.add_worksheet("Data")
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    return out.getvalue()


def onet_folder(folder: Path, title: str = "Data Engineer") -> Path:
    tables = {
        "Occupation Data.txt": 'O*NET-SOC Code\tTitle\tDescription\n15-9001.00\tLedger Keepers\tThey keep "books".\n'
        "15-9002.00\tData Plumbers\tThey move data.\n",
        "Alternate Titles.txt": "O*NET-SOC Code\tAlternate Title\tShort Title\tSource(s)\n"
        f"15-9002.00\t{title}\tn/a\t09\n15-9001.00\t{title}\tn/a\t09\n",
        "Technology Skills.txt": "O*NET-SOC Code\tExample\tCommodity Code\tCommodity Title\tHot Technology\tIn Demand\n"
        "15-9002.00\tStructured query language SQL\t43232300\tDatabase software\tY\tY\n"
        "15-9001.00\tStructured query language SQL\t43232300\tDatabase software\tY\tN\n"
        "15-9002.00\tQuillmaster software\t43232300\tDatabase software\tN\tN\n",
        "Skills.txt": "O*NET-SOC Code\tElement ID\tElement Name\tScale ID\n15-9002.00\t2.A.1.x\tProgramming\tIM\n",
    }
    write_files(folder, {name: text.encode() for name, text in tables.items()})
    return folder
