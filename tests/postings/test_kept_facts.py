"""Facts that were found once are not looked for again, and are the same."""

from pathlib import Path

import pytest

from pipeline.core import ContentCache
from pipeline.postings import Vacancy, facts_of, kept_facts
from pipeline.postings.facts import keeping

AD = Vacancy(
    id="a",
    title="Senior Welder (m/f/d), remote",
    text="Full time. Salary: $30 - $35 per hour. You have 5+ years of experience.",
    location="Oslo, Norway",
)


def test_kept_facts_are_those_that_are_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with ContentCache(tmp_path / "c.sqlite") as cache:
        first = kept_facts([AD], cache)
        assert first == [facts_of(AD)] == kept_facts([AD], None)
        monkeypatch.setattr(keeping, "facts_of", None)
        assert kept_facts([AD.model_copy(update={"id": "b", "source": "other.csv"})], cache) == first


@pytest.mark.parametrize(
    "change",
    [
        {"text": "Part time."},
        {"title": "Junior Welder"},
        {"location": "Lima, Peru"},
        {"company": "Acme"},
        {"fields": {"pay": "$90,000 a year"}},
    ],
)
def test_whatever_decides_facts_has_them_found_anew(change: dict[str, object], tmp_path: Path) -> None:
    other = AD.model_copy(update=change)
    with ContentCache(tmp_path / "c.sqlite") as cache:
        kept_facts([AD], cache)
        assert kept_facts([other], cache) == [facts_of(other)]
