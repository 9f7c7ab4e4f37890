"""Dates of postings, in the forms that exports use."""

from datetime import date

import pytest

from pipeline.postings.dates import read_date

DAY = date(2014, 3, 5)


@pytest.mark.parametrize(
    "text",
    [
        *("2014-03-05", "2014-03-05T10:00:00Z", "20140305", "2014/03/05", "05.03.2014", "5 March 2014", "Mar 5, 2014"),
        *("March 5th, 2014", "1394000000", "1394000000000", "1394000000.0", "Wed, 05 Mar 2014 10:00:00 +0000"),
    ],
)
def test_a_day_is_read_in_every_usual_form(text: str) -> None:
    assert read_date(text) == DAY


@pytest.mark.parametrize("text", ["2014-03", "March 2014", "Mar 2014"])
def test_a_month_alone_stands_for_its_first_day(text: str) -> None:
    assert read_date(text) == date(2014, 3, 1)


def test_slashes_are_read_only_where_they_leave_no_doubt() -> None:
    assert read_date("13/4/2014") == read_date("4/13/2014") == date(2014, 4, 13)
    assert read_date("3/4/2014") is None


@pytest.mark.parametrize("text", [None, "", "soon", "2014", "12345", "99/99/2014", "31 February 2014", "10:00", "٢٠١٤"])
def test_anything_else_is_no_date(text: str | None) -> None:
    assert read_date(text) is None
