"""The labelled postings that benchmarks measure on; no part of the project. `$EVAL_DATA` names their folder."""

import os
import re
import sys
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from pipeline.postings import Vacancy

ROWS = 900  # per set; a larger one is sampled with a fixed seed

FOUR_ROLES = "data_analyst data_scientist data_engineer ml_engineer"


@dataclass(frozen=True)
class LabelledSet:
    """Vacancies with the kind of role that somebody gave each."""

    name: str
    vacancies: list[Vacancy]
    labels: list[str]


def load_sets(rows: int = ROWS) -> list[LabelledSet]:
    """Return each set with and without titles."""
    found = []
    for name, file, label, keep in (
        (
            "glassdoor, 4 roles",
            "glassdoor_roles",
            "title_role",
            FOUR_ROLES,
        ),
        ("glassdoor, all roles", "glassdoor_roles", "title_role", ""),
        ("hn, single roles", "hn_hiring_2013_2015", "weak_roles", ""),
        ("us government", "us_gov_tts", "category_weak", ""),
    ):
        frame = pd.read_parquet(data_folder() / f"{file}.parquet").drop_duplicates("text")
        frame = frame.rename(columns={"hn_id": "id", "header": "title", label: "label"})
        frame["label"] = frame["label"].map(lambda value: value if isinstance(value, str) else "")
        wanted = keep.split() or [
            v for v in frame["label"].unique() if v not in ("", "other") and not re.search(r"[,;|/ ]", v)
        ]
        frame = frame[frame["label"].isin(wanted)]
        if len(frame) > rows:
            frame = frame.sample(rows, random_state=0)
        for is_titled in (True, False):
            vacancies = [
                Vacancy(id=str(row.id), text=str(row.text), title=str(row.title) if is_titled else None)
                for row in frame.itertuples()
            ]
            kind = "titles" if is_titled else "bodies"
            found.append(LabelledSet(f"{name}, {kind}", vacancies, [str(value) for value in frame["label"]]))
    return found


def data_folder() -> Path:
    """Return the folder of labelled data, or leave with one line saying how to name it."""
    folder = os.environ.get("EVAL_DATA")
    if not folder or not Path(folder).is_dir():
        sys.exit("Set EVAL_DATA to the folder of labelled postings.")
    return Path(folder)
