"""Boards collected from a real server: what is asked, what is kept, and what a second run makes of it."""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.core import ProgressEvent, RolemapError, get_settings
from pipeline.postings import COLLECTED, Collected, Limits, boards, collect_boards, load_vacancies, read_targets
from pipeline.postings.collect.reading import read_posting
from tests.board_server import Answer, BoardServer, answer, packed, page
from tests.sample_boards import (
    GREENHOUSE,
    HN,
    LEVER,
    REMOTEOK,
    SAMPLES,
    SMART_DETAIL,
    SMART_LIST,
    SMARTRECRUITERS,
    Sample,
    smart_detail,
    smart_listed,
)

MONDAY, TUESDAY, WEDNESDAY = date(2026, 6, 1), date(2026, 6, 2), date(2026, 6, 3)
QUICK = Limits(pause=0, seconds=5, wait=1)
LEVER_LIST = "/v0/postings/voltahaus?mode=json&limit=100&skip="


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch, workspace: Path) -> Iterator[BoardServer]:
    """Return a server at which every board is said to answer."""
    with BoardServer() as server:
        monkeypatch.setenv("ROLEMAP_BOARD_ADDRESSES", server.addresses(*boards()))
        monkeypatch.setenv("ROLEMAP_USAJOBS_KEY", "key-of-mine")
        monkeypatch.setenv("ROLEMAP_USAJOBS_EMAIL", "ann@example.org")
        yield server


def run(home: Path, *targets: str, today: date = MONDAY, limits: Limits = QUICK) -> list[Collected]:
    return collect_boards(read_targets(targets, get_settings()), home / "vacancies", limits=limits, today=today)


def run_one(home: Path, target: str, today: date = MONDAY, limits: Limits = QUICK) -> Collected:
    [result] = run(home, target, today=today, limits=limits)
    return result


def rows_of(result: Collected) -> list[dict[str, Any]]:
    return [json.loads(line) for line in result.path.read_text(encoding="utf-8").splitlines()]


def lever(*identifiers: str, text: str = "We build hulls.") -> list[dict[str, Any]]:
    return [{"id": name, "text": f"Post {name}", "description": f"<p>{text}</p>", "lists": []} for name in identifiers]


def counts(result: Collected) -> tuple[int, int, int, int]:
    changes = result.changes
    return changes.new, changes.changed, changes.gone, changes.back


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.target.split(":")[0])
def test_a_posting_of_every_board_becomes_a_row_with_where_and_when(
    sample: Sample, server: BoardServer, workspace: Path
) -> None:
    server.answers |= sample.answers
    result = run_one(workspace, sample.target)
    assert not result.problem
    own = {"collected_from": server.address + server.asked[0], "collected_on": "2026-06-01"}
    assert rows_of(result) == [row | own for row in sample.rows]
    assert counts(result) == (len(sample.rows), 0, 0, 0)
    assert server.asked == list(sample.answers)


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.target.split(":")[0])
def test_what_was_collected_is_read_among_the_postings(sample: Sample, server: BoardServer, workspace: Path) -> None:
    server.answers |= sample.answers
    run(workspace, sample.target)
    corpus = load_vacancies(workspace / "vacancies")
    assert not corpus.skipped
    for row, vacancy in zip(sample.rows, corpus.vacancies, strict=True):
        assert (vacancy.id, vacancy.title, vacancy.url) == (row["id"], row["title"], row["url"])
        assert vacancy.company == row.get("company")
        assert vacancy.location == row.get("location")
        assert str(vacancy.posted_on) == row["posted_on"]


def test_every_board_has_a_sample_but_the_second_instance_of_one() -> None:
    assert {sample.target.split(":")[0] for sample in SAMPLES} == set(boards()) - {"lever-eu"}


def test_a_second_run_adds_what_is_new_and_marks_what_is_gone(server: BoardServer, workspace: Path) -> None:
    server.answers[LEVER_LIST + "0"] = answer(lever("a", "b"))
    run(workspace, LEVER.target)
    server.answers[LEVER_LIST + "0"] = answer([*lever("c"), *lever("b", text="We build boats.")])
    result = run_one(workspace, LEVER.target, today=TUESDAY)
    assert counts(result) == (1, 1, 1, 0)
    assert result.open == 2
    a, b, c = rows_of(result)
    assert (a["collected_on"], a["gone_on"]) == ("2026-06-01", "2026-06-02")
    assert (b["collected_on"], b["changed_on"], b["text"]) == ("2026-06-01", "2026-06-02", "We build boats.")
    assert c["collected_on"] == "2026-06-02"
    read = load_vacancies(workspace / "vacancies")
    assert not read.skipped
    assert [vacancy.fields.get("gone_on") for vacancy in read.vacancies] == ["2026-06-02", None, None]


def test_a_posting_that_is_listed_again_is_no_longer_gone(server: BoardServer, workspace: Path) -> None:
    for today, listed in ((MONDAY, ("a", "b")), (TUESDAY, ("a",)), (WEDNESDAY, ("a", "b"))):
        server.answers[LEVER_LIST + "0"] = answer(lever(*listed))
        result = run_one(workspace, LEVER.target, today=today)
    assert counts(result) == (0, 0, 0, 1)
    assert all("gone_on" not in row for row in rows_of(result))


def test_the_day_on_which_a_posting_went_stays(server: BoardServer, workspace: Path) -> None:
    for today, listed in ((MONDAY, ("a", "b")), (TUESDAY, ("a",)), (WEDNESDAY, ("a",))):
        server.answers[LEVER_LIST + "0"] = answer(lever(*listed))
        result = run_one(workspace, LEVER.target, today=today)
    assert counts(result) == (0, 0, 0, 0)
    assert rows_of(result)[1]["gone_on"] == "2026-06-02"


def test_a_feed_of_the_newest_marks_nothing_as_gone(server: BoardServer, workspace: Path) -> None:
    server.answers |= REMOTEOK.answers
    run(workspace, "remoteok")
    server.answers["/api"] = answer([{"legal": "x"}, {"id": "9", "position": "Cook", "description": "Cook lunches."}])
    assert counts(run_one(workspace, "remoteok", today=TUESDAY)) == (1, 0, 0, 0)


@pytest.mark.parametrize(
    ("given", "sent"),
    [
        ({"etag": '"v1"'}, {"if-none-match": '"v1"'}),
        ({"last_modified": "Mon, 01 Jun 2026 10:00:00 GMT"}, {"if-modified-since": "Mon, 01 Jun 2026 10:00:00 GMT"}),
    ],
)
def test_an_answer_that_has_not_changed_is_not_sent_again(
    given: dict[str, str], sent: dict[str, str], server: BoardServer, workspace: Path
) -> None:
    server.answers[LEVER_LIST + "0"] = answer(lever("a", "b"), 200, **given)
    before = run_one(workspace, LEVER.target).path.read_bytes()
    result = run_one(workspace, LEVER.target, today=TUESDAY)
    assert not set(sent) & set(server.requests[0].headers)
    assert sent.items() <= server.requests[1].headers.items()
    assert counts(result) == (0, 0, 0, 0)
    assert result.path.read_bytes() == before


def test_rows_that_were_deleted_by_hand_are_asked_for_anew(server: BoardServer, workspace: Path) -> None:
    server.answers[LEVER_LIST + "0"] = answer(lever("a", "b"), etag='"v1"')
    path = run_one(workspace, LEVER.target).path
    path.write_text(path.read_text().splitlines()[0] + "\n")
    result = run_one(workspace, LEVER.target, today=TUESDAY)
    assert [row["id"] for row in rows_of(result)] == ["lever:voltahaus:a", "lever:voltahaus:b"]


def test_lists_in_parts_are_followed_to_their_end(server: BoardServer, workspace: Path) -> None:
    names = [f"p{number}" for number in range(250)]
    for start in (0, 100, 200):
        server.answers[f"{LEVER_LIST}{start}"] = answer(lever(*names[start : start + 100]), etag=f'"{start}"')
    assert counts(run_one(workspace, LEVER.target)) == (250, 0, 0, 0)
    server.requests.clear()
    server.answers[f"{LEVER_LIST}200"] = answer(lever(*names[200:249]), etag='"new"')
    result = run_one(workspace, LEVER.target, today=TUESDAY)
    assert server.asked == [f"{LEVER_LIST}{start}" for start in (0, 100, 200)]
    assert counts(result) == (0, 0, 1, 0)


def test_a_part_with_a_posting_that_has_no_id_is_not_the_last(server: BoardServer, workspace: Path) -> None:
    odd = [*lever(*(str(number) for number in range(99))), {"text": "No id"}]
    server.answers |= {LEVER_LIST + "0": answer(odd), LEVER_LIST + "100": answer(lever("last"))}
    assert run_one(workspace, LEVER.target).open == 100


def test_a_board_that_answers_every_part_alike_is_not_asked_for_ever(server: BoardServer, workspace: Path) -> None:
    hundred = answer(lever(*(str(number) for number in range(100))))
    server.answers |= {f"{LEVER_LIST}{start}": hundred for start in range(0, 1000, 100)}
    assert counts(run_one(workspace, LEVER.target)) == (100, 0, 0, 0)
    assert len(server.requests) == 2


def test_a_part_that_fails_keeps_the_others_and_marks_nothing_as_gone(server: BoardServer, workspace: Path) -> None:
    names = [f"p{number}" for number in range(130)]
    server.answers |= {LEVER_LIST + "0": answer(lever(*names[:100])), LEVER_LIST + "100": answer(lever(*names[100:]))}
    run(workspace, LEVER.target)
    server.answers[LEVER_LIST + "0"] = answer(lever(*names[1:100], "fresh"))
    server.answers[LEVER_LIST + "100"] = answer({}, 500)
    result = run_one(workspace, LEVER.target, today=TUESDAY)
    assert result.worked
    assert counts(result) == (1, 0, 0, 0)
    assert "fault of its own (500)" in result.problem
    assert len(rows_of(result)) == 131


def test_texts_are_asked_for_once_and_again_when_the_list_says_so(server: BoardServer, workspace: Path) -> None:
    listed = [smart_listed("1"), smart_listed("2")]
    server.answers[SMART_LIST] = answer({"totalFound": 2, "content": listed})
    server.answers |= {SMART_DETAIL + name: answer(smart_detail(name)) for name in "12"}
    run(workspace, SMARTRECRUITERS.target)
    assert server.asked == [SMART_LIST, SMART_DETAIL + "1", SMART_DETAIL + "2"]
    server.requests.clear()
    listed = [smart_listed("1"), smart_listed("2", released="2026-06-02T00:00:00.000Z"), smart_listed("3")]
    server.answers[SMART_LIST] = answer({"totalFound": 3, "content": listed})
    server.answers[SMART_DETAIL + "2"] = answer(smart_detail("2", text="<p>Weld with MAG.</p>"))
    result = run_one(workspace, SMARTRECRUITERS.target, today=TUESDAY)
    assert server.asked == [SMART_LIST, SMART_DETAIL + "2", SMART_DETAIL + "3"]
    assert counts(result) == (0, 1, 0, 0)
    assert result.open == 2  # the third went between the list and its text


def test_a_run_goes_as_far_as_its_requests_and_the_next_one_goes_on(server: BoardServer, workspace: Path) -> None:
    server.answers[SMART_LIST] = answer({"totalFound": 3, "content": [smart_listed(name) for name in "123"]}, etag="v")
    server.answers |= {SMART_DETAIL + name: answer(smart_detail(name)) for name in "123"}
    three = Limits(pause=0, requests=3)
    first = run_one(workspace, SMARTRECRUITERS.target, limits=three)
    assert counts(first) == (2, 0, 0, 0)
    assert "3 requests are the most in one run" in first.problem
    second = run_one(workspace, SMARTRECRUITERS.target, today=TUESDAY, limits=three)
    assert counts(second) == (1, 0, 0, 0)
    assert not second.problem


def test_no_address_that_an_answer_names_is_asked(server: BoardServer, workspace: Path) -> None:
    server.answers |= SMARTRECRUITERS.answers
    assert smart_listed("1")["ref"].startswith("http://169.254.169.254/")
    run(workspace, SMARTRECRUITERS.target)
    assert {request.headers["host"] for request in server.requests} == {server.address.removeprefix("http://")}


FAILURES: dict[str, tuple[Answer, str]] = {
    "no such board": (answer({"ok": False}, 404), "knows no such board (404): check how the company is written"),
    "closed": (answer({}, 403), "does not let it be read (403)"),
    "broken": (answer({}, 502), "has a fault of its own (502): try again later"),
    "a web page": (page("<!doctype html><html><title>Jobs</title></html>"), "answers with a web page instead of JSON"),
    "no JSON": (page("jobs: none"), "answers with something else instead of JSON"),
    "another shape": (answer({"error": "x"}), "holds no list of postings"),
    "nothing": (answer([]), "lists no postings of it: check how the company is written"),
    "wants long patience": (
        answer({}, 429, retry_after="3600"),
        "wants no more requests now: try again in 3600 seconds",
    ),
    "wants patience again": (answer({}, 429, retry_after="0"), "wants no more requests now: try again later"),
    "wants patience without end": (answer({}, 429), "has had too many requests (429)"),
    "another host": (page("", 302, location="http://169.254.169.254/x"), "sends one on to 169.254.169.254, which is"),
    "another port": (page("", 307, location="http://127.0.0.1:1/x"), "sends one on to 127.0.0.1:1, which is not"),
    "a file": (page("", 301, location="file:///etc/passwd"), "which is not followed"),
    "in circles": (page("", 302, location=LEVER_LIST + "0"), "sends one on again and again"),
    "too slow": (Answer(drips=True), "did not answer within 0.3 seconds"),
    "too large": (answer(lever("a", text="x" * 30_000)), "answers with more than 0.02 MB"),
    "large when unpacked": (packed(lever("a", text="x" * 30_000)), "answers with more than 0.02 MB"),
    "packed twice": (packed(lever("a"), "gzip, gzip"), "in a coding that was not asked for"),
    "deep": (page("[" * 19_000), "instead of JSON"),
}


@pytest.mark.parametrize("name", FAILURES)
def test_a_failing_board_costs_one_line_and_nothing_else(name: str, server: BoardServer, workspace: Path) -> None:
    given, reason = FAILURES[name]
    server.answers |= GREENHOUSE.answers
    server.answers[LEVER_LIST + "0"] = answer(lever("a"))
    stored = run_one(workspace, LEVER.target).path
    kept = stored.read_bytes()
    server.answers[LEVER_LIST + "0"] = given
    limits = Limits(pause=0, seconds=0.3 if name == "too slow" else 5, megabytes=0.02, wait=1)
    if name == "nothing":
        stored.unlink()
    bad, good = run(workspace, LEVER.target, GREENHOUSE.target, today=TUESDAY, limits=limits)
    assert not bad.worked
    assert reason in bad.problem
    assert "\n" not in bad.problem
    assert counts(good) == (1, 0, 0, 0)
    if name != "nothing":
        assert stored.read_bytes() == kept


def test_a_host_that_cannot_be_reached_is_named(workspace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with BoardServer() as closed:
        address = closed.address
    monkeypatch.setenv("ROLEMAP_BOARD_ADDRESSES", f"lever={address}")
    result = run_one(workspace, LEVER.target)
    assert result.problem.startswith(f"{address.removeprefix('http://')} cannot be reached (")
    assert not list((workspace / "vacancies" / COLLECTED).glob("*.jsonl"))


def test_a_redirect_on_the_same_host_is_followed(server: BoardServer, workspace: Path) -> None:
    server.answers[LEVER_LIST + "0"] = page("", 301, location="/moved")
    server.answers["/moved"] = answer(lever("a"))
    assert run_one(workspace, LEVER.target).open == 1


def test_a_board_that_asks_for_a_moment_gets_it(server: BoardServer, workspace: Path) -> None:
    server.answers[LEVER_LIST + "0"] = [answer({}, 429, retry_after="0"), answer(lever("a"))]
    assert run_one(workspace, LEVER.target).open == 1
    assert len(server.requests) == 2


def test_there_is_a_pause_between_any_two_requests(
    server: BoardServer, workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.answers |= SMARTRECRUITERS.answers | LEVER.answers
    paused: list[float] = []

    async def pause(seconds: float) -> None:
        paused.append(seconds)

    monkeypatch.setattr("pipeline.postings.collect.asking.asyncio.sleep", pause)
    run(workspace, SMARTRECRUITERS.target, LEVER.target, limits=Limits(pause=1000))
    assert len(server.requests) == 3
    assert len(paused) == 2
    assert all(900 < seconds <= 1000 for seconds in paused)


def test_a_request_says_who_asks_and_nothing_of_its_user(server: BoardServer, workspace: Path) -> None:
    server.answers |= GREENHOUSE.answers | HN.answers
    run(workspace, GREENHOUSE.target, HN.target)
    assert server.most_at_once == 1
    for request in server.requests:
        assert request.headers["user-agent"].startswith("Rolemap/")
        assert set(request.headers) <= {"host", "user-agent", "accept", "accept-encoding", "connection"}


def test_the_key_of_a_board_goes_to_that_board_alone(server: BoardServer, workspace: Path) -> None:
    for sample in SAMPLES:
        server.answers |= sample.answers
    run(workspace, *(sample.target for sample in SAMPLES))
    told = [request for request in server.requests if "authorization-key" in request.headers]
    assert [request.path.split("?")[0] for request in told] == ["/api/Search"]
    assert told[0].headers["user-agent"] == "ann@example.org"
    assert "key-of-mine" not in "".join(path.read_text() for path in (workspace / "vacancies").rglob("*.json*"))


def test_postings_that_say_nothing_are_counted_and_the_others_kept(server: BoardServer, workspace: Path) -> None:
    odd = [
        {"id": "b", "text": "No text"},
        {"text": "No id", "description": "Hello"},
        "no posting",
        {"id": "c", "lists": []},
    ]
    server.answers[LEVER_LIST + "0"] = answer([*lever("a"), *odd])
    result = run_one(workspace, LEVER.target)
    assert (result.open, result.left_out) == (1, 4)


def test_a_list_with_a_posting_that_says_nothing_is_not_sent_again_either(server: BoardServer, workspace: Path) -> None:
    server.answers[LEVER_LIST + "0"] = answer([*lever("a"), {"id": "b", "text": "No text"}], etag='"v1"')
    run(workspace, LEVER.target)
    run(workspace, LEVER.target, today=TUESDAY)
    assert server.requests[1].headers["if-none-match"] == '"v1"'


SHAPES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)
FIELDS = "id title text name description content lists location company jobAd salary createdAt jobDescriptions".split()


@given(st.sampled_from(sorted(boards())), st.dictionaries(st.sampled_from(FIELDS), SHAPES), SHAPES)
def test_no_shape_of_a_posting_ends_the_run(board: str, item: dict[str, Any], around: Any) -> None:
    row = read_posting(item, around, boards()[board])
    assert row is None or row["text"]


def test_a_file_that_was_spoiled_by_hand_is_left_alone(server: BoardServer, workspace: Path) -> None:
    server.answers[LEVER_LIST + "0"] = answer(lever("a"))
    path = run_one(workspace, LEVER.target).path
    path.write_text("my notes\n")
    result = run_one(workspace, LEVER.target, today=TUESDAY)
    assert "lever-voltahaus.jsonl no longer holds what was collected" in result.problem
    assert path.read_text() == "my notes\n"


def test_half_letters_and_foreign_ids_can_be_stored(server: BoardServer, workspace: Path) -> None:
    odd = {"id": "\ud800/../../x", "text": "Cook \udfff", "description": "<p>Lunch \ud83d</p>", "lists": []}
    server.answers[LEVER_LIST + "0"] = answer([odd])
    result = run_one(workspace, LEVER.target)
    assert result.open == 1
    assert [path.name for path in (workspace / "vacancies" / COLLECTED).glob("*.jsonl")] == ["lever-voltahaus.jsonl"]
    pay = {"min_cents": 100, "currency_type": "\ud800"}
    listed = [{"id": 1, "title": "Cook", "content": "Cook lunches.", "pay_input_ranges": [pay]}]
    server.answers |= {path: answer({"jobs": listed}) for path in GREENHOUSE.answers}
    assert run_one(workspace, GREENHOUSE.target).open == 1


def test_a_stop_leaves_finished_boards_stored_and_the_others_as_they_were(server: BoardServer, workspace: Path) -> None:
    class Stop(BaseException):
        pass

    server.answers |= GREENHOUSE.answers
    server.answers[LEVER_LIST + "0"] = Answer(drips=True)

    def stop_at_the_second(event: ProgressEvent) -> None:
        if event.done == 1:
            raise Stop

    targets = read_targets([GREENHOUSE.target, LEVER.target], get_settings())
    with pytest.raises(Stop):
        collect_boards(targets, workspace / "vacancies", limits=QUICK, on_progress=stop_at_the_second)
    stored = sorted(path.name for path in (workspace / "vacancies" / COLLECTED).glob("*.jsonl"))
    assert stored == ["greenhouse-odal.jsonl"]
    server.answers |= LEVER.answers
    assert all(result.worked for result in run(workspace, GREENHOUSE.target, LEVER.target))


def test_a_board_that_is_waited_for_can_be_stopped(server: BoardServer, workspace: Path) -> None:
    class Stop(BaseException):
        pass

    server.answers[LEVER_LIST + "0"] = Answer(drips=True)

    def stop_once_asked(event: ProgressEvent) -> None:
        if server.requests:
            raise Stop

    targets = read_targets([LEVER.target], get_settings())
    with pytest.raises(Stop):
        collect_boards(targets, workspace / "vacancies", limits=Limits(seconds=600), on_progress=stop_once_asked)


def test_two_runs_at_a_time_are_refused(server: BoardServer, workspace: Path) -> None:
    targets = read_targets([LEVER.target], get_settings())

    def start_another(event: ProgressEvent) -> None:
        collect_boards(targets, workspace / "vacancies", limits=QUICK)

    with pytest.raises(RolemapError, match="just now"):
        collect_boards(targets, workspace / "vacancies", limits=QUICK, on_progress=start_another)
