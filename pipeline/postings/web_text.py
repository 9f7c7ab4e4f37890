"""HTML and Markdown as a reader of the rendered page sees them."""

import re
from typing import Any

MAX_MARKUP = 1_000_000  # characters of Markdown; its parser is slow on hostile input beyond that


def markdown_to_text(text: str, *, keeps_lines: bool = False) -> str:
    """Return what a reader of the rendered Markdown sees, lists as lines that start with a hyphen.

    `keeps_lines` is for the cells of exports, where a line's end stands for itself.
    """
    if len(text) > MAX_MARKUP:
        return text
    from markdown_it import MarkdownIt

    return html_to_text(MarkdownIt("commonmark", {"html": False, "breaks": keeps_lines}).enable("table").render(text))


_BLOCKS = frozenset(
    """
    address article aside blockquote body br caption dd details div dl dt fieldset figure figcaption footer form
    h1 h2 h3 h4 h5 h6 header hr li main nav ol option p pre section summary table tbody td th thead tr ul
    """.split()
)
_NOT_TEXT = "script, style, noscript, template, svg, iframe, object, button, select, head"


def html_to_text(html: str) -> str:
    """Return the visible text of a piece of HTML, one line a block, list items led by a hyphen."""
    from selectolax.lexbor import LexborHTMLParser

    root = LexborHTMLParser(html).root
    return visible_text(root)


def visible_text(root: Any) -> str:
    """Return the text of a parsed page or a part of it, as `html_to_text` does."""
    if root is None:
        return ""
    for node in root.css(_NOT_TEXT):
        node.decompose()
    pieces = [_shown(node) for node in root.traverse(include_text=True)]
    lines = [re.sub(r"[ \t\xa0]+", " ", line).strip() for line in "".join(pieces).split("\n")]
    text = "\n".join(line for line in lines if line and line != "-")
    return re.sub(r"^- *\n", "- ", text, flags=re.M)


def _shown(node: Any) -> str:
    """Return what a node adds to the text: its own words, or the start of a line."""
    # A block's closing tag is no node: whatever follows a block starts a line of its own.
    follows_block = node.prev is not None and node.prev.tag in _BLOCKS
    if node.tag == "-text":
        return ("\n" if follows_block else "") + re.sub(r"\s+", " ", node.text(deep=False))
    if node.tag == "li":
        return "\n- "
    return "\n" if follows_block or node.tag in _BLOCKS else ""


def label_pairs(html: str) -> list[tuple[str, str]]:
    """Return the pairs that rows of two cells and lists of definitions make: "Location" and "Kassel"."""
    from selectolax.lexbor import LexborHTMLParser

    page = LexborHTMLParser(html)
    rows = [[" ".join(cell.text().split()) for cell in row.css("td, th")] for row in page.css("tr")]
    pairs = [(row[0], row[1]) for row in rows if len(row) == 2]
    for term in page.css("dt"):
        after = term.next
        while after is not None and after.tag == "-text":
            after = after.next
        if after is not None and after.tag == "dd":
            pairs.append((" ".join(term.text().split()), " ".join(after.text().split())))
    return pairs
