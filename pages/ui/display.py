"""Showing things safely: postings are data, never Markdown or HTML."""

import html
import re
from collections.abc import Iterable

import streamlit as st

from pipeline.core import Pay

SHOWN_CHARACTERS = 20_000  # of a text; a browser grows slow on more
_MARKDOWN = re.compile(r"([\\`*_{}\[\]()#+\-.!|<>~:$&^=])")
# Streamlit looks for icons, addresses and mail in the text that is left when all escapes are undone.
_READ_INTO = re.compile(r"(?<=:)(?=[^\s:])|(?<=\bwww)(?=\.)|(?<=@)(?=\w)", re.I)
_JOINER = "\u2060"  # of no width, and no line breaks at it


def is_dark() -> bool:
    """Tell whether the page stands on dark ground."""
    return st.context.theme.type == "dark"


def plain(text: str) -> str:
    """Return text that Markdown shows letter by letter: no markup, no icon, no live link."""
    return _MARKDOWN.sub(r"\\\1", _READ_INTO.sub(_JOINER, " ".join(text.split())))


def hover(text: str, limit: int = 90) -> str:
    """Return text that a chart's hover label shows letter by letter."""
    return html.escape(shortened(text, limit))


def shortened(text: str, limit: int) -> str:
    """Return a text of at most so many characters.

    >>> shortened("Data Engineer", 6)
    'Data …'
    """
    return text if len(text) <= limit else text[: limit - 1] + "…"


def money(currency: str, *amounts: float) -> str:
    """Return an amount, or one to another, as people write it: what was reckoned is not given to the last unit.

    >>> money("EUR", 48_000, 60_547), money("USD", 950)
    ('EUR 48,000 to 60,500', 'USD 950')
    """
    return f"{currency} {' to '.join(f'{round(each, -2 if each >= 10_000 else 0):,.0f}' for each in amounts)}".strip()


def yearly_pay(pay: Pay | None) -> str | None:
    """Return pay by the year as people write it.

    >>> yearly_pay(Pay(yearly_low=48_000, yearly_high=60_500, currency="EUR", period="year", quote="q", where="text"))
    'EUR 48,000 to 60,500'
    """
    ends = sorted({end for end in (pay.yearly_low, pay.yearly_high) if end}) if pay else []
    return money(pay.currency, *ends) if pay and ends else None


def keyword_badges(keywords: Iterable[str]) -> None:
    """Show keywords as small labels in one flowing line."""
    st.markdown(" ".join(f":gray-badge[{plain(keyword)}]" for keyword in keywords))


def posting(title: str | None, company: str | None, place: str | None, posted_on: object, text: str | None) -> None:
    """Show one posting as text."""
    st.markdown(f"**{plain(title or 'Untitled posting')}**")
    details = [part for part in (company, place, f"posted {posted_on}" if posted_on else None) if part]
    if details:
        st.caption(plain(" · ".join(details)))
    if text is None:
        st.info("This posting is not among the stored ones any more.")
    else:
        with st.container(border=True):
            st.text(text[:SHOWN_CHARACTERS])
        if len(text) > SHOWN_CHARACTERS:
            st.caption(f"The first {SHOWN_CHARACTERS:,} of {len(text):,} characters.")
