"""Synthetic job ads: sentences of the sample postings, cut and joined anew. They stand for size, not for a market."""

import json
import random
import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.postings import Vacancy, load_vacancies

SAMPLES = Path(__file__).parent.parent / "vacancies"
FEWEST, MOST = 8, 22  # sentences an ad
FIRST_DAY, DAYS = date(2024, 1, 1), 730
EMPLOYERS = 4000
REPEATED = 0.02  # of ads that are posted again, word for word

_JOINT = re.compile(r"(?<=[,;:])\s|\s(?=and |or |with |for |in |to )")


class SyntheticAds:
    """Ads of as many kinds of role as the samples have folders; ad number n is the same however many are made."""

    def __init__(self, seed: int = 0) -> None:
        self._seed = seed
        self._titles: dict[str, list[str]] = defaultdict(list)
        self._sentences: dict[str, list[str]] = defaultdict(list)
        self._places: list[str] = []
        for vacancy in load_vacancies(SAMPLES).vacancies:
            self._learn(vacancy)
        self._roles = sorted(self._titles)

    def _learn(self, vacancy: Vacancy) -> None:
        role = Path(vacancy.source or "").parent.name or "others"
        self._titles[role].append(vacancy.title or role)
        lines = (re.sub(r"^\W+", "", line) for line in re.split(r"\n+|(?<=[.!?])\s+", vacancy.text))
        self._sentences[role] += [line for line in lines if len(line.split()) > 3]
        if vacancy.location:
            self._places.append(vacancy.location)

    def row(self, number: int) -> dict[str, str]:
        """Return one ad as the row of an export, with the role it was made of."""
        draw = random.Random(f"{self._seed}-{number}")
        source = draw.randrange(number) if number and draw.random() < REPEATED else number
        return self._made(source) | {"id": f"ad-{number}"}

    def _made(self, number: int) -> dict[str, str]:
        draw = random.Random(f"{self._seed}-{number}-text")
        role = draw.choice(self._roles)
        return {
            "title": draw.choice(self._titles[role]),
            "company": f"Employer {draw.randrange(EMPLOYERS)}",
            "location": draw.choice(self._places),
            "posted_on": (FIRST_DAY + timedelta(days=draw.randrange(DAYS))).isoformat(),
            "text": "\n".join(self._sentence(role, draw) for _ in range(draw.randint(FEWEST, MOST))),
            "role": role,
        }

    def _sentence(self, role: str, draw: random.Random) -> str:
        """Return the beginning of one sentence with the end of another."""
        first, second = (_JOINT.split(draw.choice(self._sentences[role])) for _ in range(2))
        return " ".join([*first[: (len(first) + 1) // 2], *second[len(second) // 2 :]])

    def rows(self, count: int, start: int = 0) -> Iterator[dict[str, str]]:
        """Yield ads by their numbers."""
        return (self.row(number) for number in range(start, start + count))


def write_parts(folder: Path, count: int, part: int = 10_000, suffix: str = ".jsonl") -> Path:
    """Write synthetic ads as parts of a folder, JSONL or Parquet, without the role they were made of; return it."""
    folder.mkdir(parents=True, exist_ok=True)
    ads = SyntheticAds()
    for start in range(0, count, part):
        rows = [
            {key: value for key, value in row.items() if key != "role"}
            for row in ads.rows(min(part, count - start), start)
        ]
        path = folder / f"part-{start // part:05}{suffix}"
        if suffix == ".parquet":
            pq.write_table(pa.Table.from_pylist(rows), path, compression="zstd")
        else:
            path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return folder
