"""Cutting the words that a fact rests on out of a posting's text."""

QUOTE = 120  # characters of a quotation at most
MARGIN = 30  # characters on each side of what was found


def quote_at(text: str, start: int, end: int) -> str:
    """Return a passage with a few words of its own line on each side, whole words only."""
    first = max(text.rfind("\n", 0, start) + 1, start - MARGIN)
    line_end = text.find("\n", end)
    last = min(line_end if line_end >= 0 else len(text), end + MARGIN, first + QUOTE)
    while first < start and first > 0 and text[first - 1].isalnum() and text[first].isalnum():
        first += 1
    while last > end and last < len(text) and text[last - 1].isalnum() and text[last].isalnum():
        last -= 1
    return " ".join(text[first:last].split())
