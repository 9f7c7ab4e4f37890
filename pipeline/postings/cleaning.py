"""What exports do to a text, undone once at the door: HTML, entities, Markdown, mojibake, lists written as code."""

import ast
import html
import json
import re
from typing import Any

from pipeline.postings.web_text import html_to_text, markdown_to_text

ROUNDS = 3  # how often a text may have been escaped
MAX_LITERAL = 100_000  # characters of a cell that is read as a list written as code
EMPTY_WORDS = frozenset(
    {"", "-", "--", "—", "nan", "none", "null", "n/a", "na", "nil", "<na>", "nat", "-1", "-1.0", "[]", "{}"}
)

_TAG = re.compile(
    r"</?(?:p|br|li|ul|ol|div|span|b|i|u|strong|em|h[1-6]|a|table|tbody|tr|td|th|font|section|article|hr|sup|sub)"
    r"(?:\s[^<>]*)?/?>",
    re.I,
)
_BLOCK_TAG = re.compile(r"<(?:p|br|li|ul|ol|div|h[1-6]|table|tr|section|article)\b", re.I)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z][a-z0-9]{1,31});", re.I)
_MARKDOWN = re.compile(
    r"\\[-`*_{}\[\]()#+.!&|<>~$@]|(?<!\*)\*\*(?=\S)[^*\n]+\*\*|^#{1,5} \S|\[[^\]\n]+\]\((?:https?|mailto):[^)\s]+\)",
    re.M,
)
_ESCAPED_TWICE = re.compile(r"\\{2,}(?=[-`*_{}\[\]()#+.!&|<>~$@])")
_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060\u00ad\ufeff]")
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


def plain_value(value: Any, between: str = "\n") -> str:
    """Return a cell or a JSON value as text, as it was written; lists with `between` between their members.

    >>> plain_value(["Weld pipe.", {"name": "Kassel"}, None], "; ")
    'Weld pipe.; Kassel'
    """
    if value is None or (isinstance(value, float) and value != value):
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e17:
        return str(int(value))
    if isinstance(value, dict):
        return plain_value([member for key, member in value.items() if not str(key).startswith("@")], between)
    if isinstance(value, (list, tuple)):
        return between.join(dict.fromkeys(part for member in value if (part := plain_value(member, between))))
    # JSON may carry half of a surrogate pair, which no file or hash can hold.
    text = str(value).encode("utf-8", "replace").decode("utf-8")
    text = _CONTROLS.sub(" ", text.replace("\r\n", "\n").replace("\r", "\n")).strip()
    return "" if text.casefold() in EMPTY_WORDS else _written_list(text, between)


def _written_list(text: str, between: str) -> str:
    """Return the members of a list that a cell holds as code: `['SQL', 'dbt']`."""
    if (
        text[:1] not in "[{"
        or text[-1:] not in "]}"
        or len(text) > MAX_LITERAL
        or ('"' not in text and "'" not in text)
    ):
        return text
    for read in (json.loads, ast.literal_eval):
        try:
            value = read(text)
        except (ValueError, SyntaxError, RecursionError, MemoryError, TypeError):
            continue
        return plain_value(value, between) if isinstance(value, (list, dict, tuple)) else text
    return text


def clean_text(text: str) -> str:
    """Return what a reader of the rendered text sees.

    >>> clean_text("&lt;p&gt;C\\\\+\\\\+ &amp;amp; R\\\\&D&lt;/p&gt;")
    'C++ & R&D'
    """
    text = _unescaped(_repaired(text))
    text = _ESCAPED_TWICE.sub(r"\\", text)
    if _MARKDOWN.search(text):
        text = markdown_to_text(text, keeps_lines=True)
    text = _INVISIBLE.sub("", text).replace("\xa0", " ").replace("\u2028", "\n").replace("\u2029", "\n")
    return re.sub(r"\n{3,}", "\n\n", re.sub(r"[ \t]+\n", "\n", text)).strip()


def clean_line(text: str) -> str:
    """Return a title, a name or a place on one line, without what an export wrapped it in."""
    return " ".join(clean_text(text).split())


def _repaired(text: str) -> str:
    """Return a text with letters that were read in a wrong encoding put right, and line ends that were written out."""
    if not text.isascii():
        from ftfy import fix_encoding
        from ftfy.badness import is_bad

        if is_bad(text):
            text = fix_encoding(text)
    if "\\n" in text and "\n" not in text:
        text = text.replace("\\r\\n", "\n").replace("\\n", "\n").replace("\\t", " ")
    return text


def _unescaped(text: str) -> str:
    for _ in range(ROUNDS):
        if _TAG.search(text):
            text = html_to_text(text if _BLOCK_TAG.search(text) else text.replace("\n", "<br>"))
        elif _ENTITY.search(text):
            text = html.unescape(text)
        else:
            break
    return text
