"""What stands in postings and names is shown letter by letter."""

import re

import pytest

from pages.ui.display import plain


@pytest.mark.parametrize(
    ("text", "is_read_into"),
    [
        ("Home :material/home: here", r":material/"),
        ("Well done :tada:", r":tada"),
        ("See https://pay.example/now", r"https?://"),
        ("See www.pay.example", r"www\."),
        ("Write to ann@pay.example", r"@pay"),
    ],
)
def test_no_icon_no_address_and_no_mail_is_made_of_a_text(text: str, is_read_into: str) -> None:
    shown = re.sub(r"\\(.)", r"\1", plain(text))  # what Markdown leaves when it has undone the escapes
    assert not re.search(is_read_into, shown)
    assert shown.replace("\u2060", "") == text


def test_figures_and_times_are_left_whole() -> None:
    assert plain("a 1") == "a 1"
