"""What may be named as a board: no name can lead a request to another host or path."""

from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.core import RolemapError, Settings, get_settings
from pipeline.postings import Board, boards, read_targets

SETTINGS = Settings()
HOSTS = {
    "arbeitnow": "www.arbeitnow.com",
    "ashby:Acme": "api.ashbyhq.com",
    "greenhouse:Acme": "boards-api.greenhouse.io",
    "hn:5000": "hn.algolia.com",
    "lever:Acme": "api.lever.co",
    "lever-eu:Acme": "api.eu.lever.co",
    "personio:Acme": "acme.jobs.personio.de",
    "recruitee:Acme": "acme.recruitee.com",
    "remoteok": "remoteok.com",
    "smartrecruiters:Acme": "api.smartrecruiters.com",
    "workable:Acme": "apply.workable.com",
}


@pytest.mark.parametrize(("written", "host"), HOSTS.items())
def test_each_board_says_its_host_over_an_encrypted_connection(written: str, host: str) -> None:
    [target] = read_targets([written], SETTINGS)
    assert target.host == host
    assert target.plan.startswith(f"GET https://{host}/")
    assert "not encrypted" not in target.plan


def test_there_is_a_host_for_every_board_here() -> None:
    assert {written.partition(":")[0] for written in HOSTS} | {"usajobs"} == set(boards())


LINKS = {
    "https://boards.greenhouse.io/odal": "greenhouse:odal",
    "https://job-boards.greenhouse.io/odal/jobs/401?gh_jid=1": "greenhouse:odal",
    "https://boards.greenhouse.io/embed/job_board?for=odal": "greenhouse:odal",
    "https://jobs.lever.co/voltahaus/5ac21346": "lever:voltahaus",
    "https://jobs.eu.lever.co/voltahaus": "lever-eu:voltahaus",
    "https://jobs.ashbyhq.com/The%20Perch": "ashby:The Perch",
    "https://apply.workable.com/erle/j/AB12CD/": "workable:erle",
    "https://erle.workable.com/": "workable:erle",
    "https://careers.smartrecruiters.com/Brunnmark": "smartrecruiters:Brunnmark",
    "https://kanaal.recruitee.com/o/boatbuilder": "recruitee:kanaal",
    "https://stern.jobs.personio.de/job/4103": "personio:stern",
    "https://news.ycombinator.com/item?id=5000": "hn:5000",
}


@pytest.mark.parametrize(("link", "name"), LINKS.items())
def test_the_address_of_a_page_is_as_good_as_a_name(link: str, name: str) -> None:
    [target] = read_targets([link], SETTINGS)
    assert target.name == name


REFUSED = {
    "": "Name a board and a company",
    "greenhose:acme": "'greenhose' is no board",
    "greenhouse": "wants a company after the colon, and none is named",
    "greenhouse:": "none is named",
    "greenhouse:../admin": "'../admin' is none",
    "greenhouse:acme/jobs?x": "is none",
    "greenhouse:acme#x": "is none",
    "greenhouse:acmé": "is none",
    "recruitee:127.0.0.1": "is none",
    "recruitee:evil.example/": "is none",
    "recruitee:a@b": "is none",
    "personio:acme.example": "is none",
    "hn:5000/../x": "is none",
    "hn:who-is-hiring": "is none",
    "arbeitnow:acme": "one board for all",
    "https://careers.example.com/jobs": "page of no board",
    "http://169.254.169.254/latest": "page of no board",
    "https://recruitee.com.example.org/o/x": "page of no board",
    "usajobs:nurse": "ROLEMAP_USAJOBS_KEY",
}


@pytest.mark.parametrize(("written", "reason"), REFUSED.items())
def test_what_cannot_be_a_board_is_refused_in_one_line(written: str, reason: str) -> None:
    with pytest.raises(RolemapError, match=r"\w") as error:
        read_targets([written], SETTINGS)
    assert reason in str(error.value)
    assert "\n" not in str(error.value)


OF_COMPANIES = [board for board in boards().values() if board.what and not board.headers]


@given(st.sampled_from(OF_COMPANIES), st.text(max_size=40) | st.text("aZ7.-_ /%@:\\", max_size=12))
def test_no_name_changes_the_host_or_the_path(board: Board, company: str) -> None:
    try:
        [target] = read_targets([f"{board.name}:{company}"], SETTINGS)
    except RolemapError:
        return
    asked, meant = urlsplit(target.first), urlsplit(read_targets([f"{board.name}:7"], SETTINGS)[0].first)
    assert asked.scheme == "https"
    assert asked.hostname is not None
    assert meant.hostname is not None
    assert asked.hostname.split(".")[-2:] == meant.hostname.split(".")[-2:]
    assert asked.hostname.count(".") == meant.hostname.count(".")
    assert asked.path.count("/") == meant.path.count("/")
    assert ".." not in asked.path.split("/")
    assert "/" not in target.stem and "\\" not in target.stem


def test_a_board_named_twice_is_asked_once() -> None:
    targets = read_targets(["lever:acme", "https://jobs.lever.co/acme", "lever:\u2060acme", "Lever:ACME"], SETTINGS)
    assert [target.name for target in targets] == ["lever:ACME"]


def test_what_would_be_sent_is_said_in_full(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ROLEMAP_BOARD_ADDRESSES", "lever=http://boards.example:8080/x")
    monkeypatch.setenv("ROLEMAP_USAJOBS_KEY", "key-of-mine")
    monkeypatch.setenv("ROLEMAP_USAJOBS_EMAIL", "ann@example.org")
    lever, smart, us = read_targets(["lever:acme", "smartrecruiters:Acme", "usajobs:nurse"], get_settings())
    assert lever.host == "boards.example:8080"
    assert "GET http://boards.example:8080/x/v0/postings/acme?mode=json" in lever.plan
    assert "further pages" in lever.plan and "not encrypted" in lever.plan
    assert "for each posting that is new https://api.smartrecruiters.com/v1/companies/Acme/postings/{id}" in smart.plan
    assert "your USAJOBS key, and the address it was given to" in us.plan
    assert "key-of-mine" not in us.plan


@pytest.mark.parametrize(
    "setting",
    [
        "lever",
        "leaver=https://x.example",
        "lever=ftp://x.example",
        "lever=https://a:b@x.example",
        "lever=https://",
        "lever=https://x:y",
    ],
)
def test_a_setting_that_names_no_address_is_refused(setting: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ROLEMAP_BOARD_ADDRESSES", setting)
    with pytest.raises(RolemapError, match="ROLEMAP_BOARD_ADDRESSES cannot be used"):
        read_targets(["lever:acme"], get_settings())
