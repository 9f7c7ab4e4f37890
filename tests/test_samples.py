"""What the sample postings promise: many, dated over two years, of ten families, in three languages, all invented."""

import re
from collections import Counter
from pathlib import Path

import pytest

from pipeline.market_trends import find_trends, read_trend_corpus
from pipeline.postings import Corpus, facts_of, find_duplicates, load_vacancies
from pipeline.services import workspaces
from tests.sample_files import STORED_SAMPLES


@pytest.fixture(scope="module")
def samples(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    """Return the samples as they came with Rolemap, whatever else lies in the folder."""
    home = workspaces.open_samples(tmp_path_factory.mktemp("home"))
    return load_vacancies(home / "vacancies")


def test_every_sample_is_read_and_only_the_reposts_are_repeats(samples: Corpus) -> None:
    repeats = find_duplicates(samples.vacancies)
    assert not samples.skipped
    assert len(samples.vacancies) == STORED_SAMPLES
    assert len(samples.vacancies) - len(repeats) >= 300
    assert 5 <= len(repeats) <= 12
    assert all(vacancy.title for vacancy in samples.vacancies)


def test_the_samples_cover_two_years_and_three_languages(samples: Corpus) -> None:
    months = {v.posted_on.isoformat()[:7] for v in samples.vacancies if v.posted_on}
    assert len(months) == 24
    languages = Counter(facts_of(vacancy).language for vacancy in samples.vacancies)
    assert set(languages) == {"en", "de", "fr"}
    assert languages["en"] > 0.9 * languages.total()


def test_what_the_samples_ask_for_rises_and_falls_surely(samples: Corpus, workspace: Path) -> None:
    directions = Counter(trend.direction for trend in find_trends(read_trend_corpus(samples.vacancies)).trends)
    assert directions["rising"] + directions["new"] >= 4
    assert directions["fading"] >= 3


def test_the_links_of_the_samples_lead_nowhere(samples: Corpus) -> None:
    said = "\n".join(f"{vacancy.text}\n{vacancy.url or ''}" for vacancy in samples.vacancies)
    hosts = re.findall(r"(?:https?://|@)([\w.-]+\w)", said)
    assert hosts
    assert all(host == "example.com" or host.endswith(".example.com") for host in hosts)
