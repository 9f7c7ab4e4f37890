from collections import Counter, defaultdict
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.core import RolemapError
from pipeline.keyword_engine.lexicon import LEXICON_FOLDER, Case, fold, load_lexicon, merge_entries, read_lexicon_file
from pipeline.keyword_engine.term_matcher import TermMatcher

HEADER = "name,kind,aliases,near,not_near\n"


def entries(tmp_path: Path, *rows: str) -> Path:
    path = tmp_path / "terms.csv"
    path.write_text(HEADER + "\n".join(rows) + "\n", encoding="utf-8")
    return path


@pytest.mark.parametrize("path", sorted(LEXICON_FOLDER.glob("*.csv")), ids=lambda path: path.stem)
def test_every_file_of_the_lexicon_can_be_read(path: Path) -> None:
    assert read_lexicon_file(path)


def test_no_keyword_of_the_lexicon_is_there_twice() -> None:
    keywords = [entry.keyword for entry in load_lexicon()]
    assert sorted(keywords) == sorted(set(keywords))


def test_no_spelling_of_the_lexicon_belongs_to_two_entries() -> None:
    owners: dict[str, set[str]] = defaultdict(set)
    for entry in load_lexicon():
        for spelling in entry.spellings:
            owners[fold(spelling.text)].add(entry.keyword)
    assert {spelling: names for spelling, names in owners.items() if len(names) > 1} == {}


def test_the_lexicon_is_as_wide_as_it_says() -> None:
    kinds = Counter(entry.kind for entry in load_lexicon())
    assert kinds["technology"] >= 7_000
    assert kinds["skill"] >= 7_000


def test_no_ordinary_word_stands_unmarked_for_a_technology() -> None:
    unmarked = {s.text for e in load_lexicon() if e.kind == "technology" for s in e.spellings if s.case is Case.ANY}
    words = "access apex arrow bolt chef clerk compass cursor dash drift duo evidently express fiji flow fusion go heap"
    more = (
        "hex linear loom maze mode neon notion omni phrase pulse ray render rust sage sanity sigma slack spark square"
    )
    last = "swift tempo temporal toast warp wave windsurf word zed"
    assert {word for word in f"{words} {more} {last}".split() if word in {u.lower() for u in unmarked}} == set()


def test_the_lexicon_knows_work_in_and_outside_software() -> None:
    matcher = TermMatcher(load_lexicon())
    for text in ("Python and Kubernetes", "patient assessment and ACLS", "welding", "SAP"):
        assert matcher.find(text), text


def test_a_users_spelling_takes_over_the_built_in_one(tmp_path: Path) -> None:
    own = read_lexicon_file(entries(tmp_path, "Snake,skill,python,,"))
    found = TermMatcher(merge_entries(load_lexicon(), own)).find("We use Python.")
    assert [match.entry.keyword for match in found] == ["snake"]


@given(st.text(max_size=20))
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Rust", ["rust"]),
        ("trusty rusty crust", []),
        ("rust-free", ["rust"]),
        ("uses rust.", ["rust"]),
        ("Frob Tool or frob-tool, frob  tool", ["frob tool"] * 3),
        ("frobtool", []),
    ],
)
def test_whole_names_are_found_whatever_their_case_hyphens_and_spaces(
    text: str, found: list[str], tmp_path: Path
) -> None:
    matcher = TermMatcher(read_lexicon_file(entries(tmp_path, "Rust,technology,,,", "Frob Tool,technology,,,")))
    assert [match.entry.keyword for match in matcher.find(text)] == found


def test_the_longest_of_two_names_wins(tmp_path: Path) -> None:
    rows = ("Spark,technology,,,", "Spark Streaming,technology,,,", "Streaming,skill,,,")
    matcher = TermMatcher(read_lexicon_file(entries(tmp_path, *rows)))
    assert [match.entry.keyword for match in matcher.find("Spark Streaming and Spark")] == ["spark streaming", "spark"]


def test_an_exact_spelling_counts_in_its_own_case_only(tmp_path: Path) -> None:
    matcher = TermMatcher(read_lexicon_file(entries(tmp_path, "=SAS,technology,,,")))
    assert len(matcher.find("SAS is not sas.")) == 1


def test_a_name_of_several_words_may_be_written_together_or_apart() -> None:
    matcher = TermMatcher(load_lexicon())

    def found(text: str) -> list[str]:
        return [match.entry.keyword for match in matcher.find(text)]

    assert found("Services in SpringBoot") == ["spring boot"]
    assert "datagrip" in found("PyCharm, Data Grip and Postman")
    assert "datagrip" not in found("Get a Data Grip on your costs")
    assert found("Consume Kafka streams") == ["kafka"]


@pytest.mark.parametrize(
    ("text", "keyword"),
    [
        ("AWS (EC2, S3, Glacier)", "amazon s3 glacier"),
        ("Azure with Service Bus and Front Door", "azure front door"),
        ("SAP MDG and BPC", "sap bpc"),
        ("NetApp filers and SnapMirror", "netapp snapmirror"),
    ],
)
def test_a_component_may_stand_without_its_vendor(text: str, keyword: str) -> None:
    assert keyword in [match.entry.keyword for match in TermMatcher(load_lexicon()).find(text)]


def test_an_ambiguous_name_needs_a_telling_context(tmp_path: Path) -> None:
    matcher = TermMatcher(read_lexicon_file(entries(tmp_path, "~Go,technology,golang,golang,", "Rust,technology,,,")))
    assert len(matcher.find("You write services in Go and Rust.")) == 2
    assert matcher.find("We go far. Go there tomorrow.") == []


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"", "columns"),
        (b"name,aliases\nx,y\n", "columns"),
        (b"name,kind\nX,gadget\n", "line 2: kind is 'gadget'"),
        (b"name,kind\nGood,skill\n ,skill\n", "line 3: the name is empty"),
        (b"name,kind\n\xff\xfe,skill\n", "cannot be read"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_by_file_and_line(content: bytes, problem: str, tmp_path: Path) -> None:
    (tmp_path / "terms.csv").write_bytes(content)
    with pytest.raises(RolemapError, match=problem) as caught:
        read_lexicon_file(tmp_path / "terms.csv")
    assert "terms.csv" in str(caught.value)
