from pathlib import Path

import pytest

from pipeline.core import ContentCache
from pipeline.keyword_engine import find_hits
from pipeline.postings import Vacancy

POSTINGS = [
    Vacancy(id="x", text="You write SQL and Python, and more SQL.", company="Acme"),
    Vacancy(id="y", text="Hello."),
]


@pytest.fixture
def kept(tmp_path: Path) -> ContentCache:
    return ContentCache(tmp_path / "cache.sqlite")


def test_keywords_that_were_found_once_are_not_looked_for_again(workspace: Path, kept: ContentCache) -> None:
    looked_for: list[str] = []
    first = find_hits(POSTINGS, None, kept, lambda event: looked_for.append(event.stage))
    assert [hit.keyword for hit in first["x"]] == ["sql", "python", "sql"]
    assert len(looked_for) == 2
    assert find_hits(POSTINGS, None, kept, lambda event: looked_for.append(event.stage)) == first == find_hits(POSTINGS)
    assert len(looked_for) == 2


@pytest.mark.parametrize("change", [{"text": "You write Rust."}, {"company": "Python Ltd"}])
def test_a_posting_that_changed_is_read_anew(workspace: Path, kept: ContentCache, change: dict[str, str]) -> None:
    find_hits(POSTINGS, None, kept)
    changed = [POSTINGS[0].model_copy(update=change)]
    assert find_hits(changed, None, kept) == find_hits(changed)


def test_another_lexicon_finds_anew(
    workspace: Path, kept: ContentCache, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    find_hits(POSTINGS, None, kept)
    own = tmp_path / "own.csv"
    own.write_text("name,kind\nhello,skill\n")
    monkeypatch.setenv("ROLEMAP_LEXICON", str(own))
    assert [hit.keyword for hit in find_hits(POSTINGS, None, kept)["y"]] == ["hello"]
