"""Facts that need no learning: e-mail addresses, links, telephone numbers."""

import re

EMAIL = re.compile(r"[\w.+%'-]{1,64}\s?@\s?[\w-]{1,63}(?:\.[\w-]{1,63}){0,6}\.[A-Za-z]{2,}")
URL = re.compile(
    r"(?:https?://|www\.)[^\s<>|,;()]+|(?<![\w@.])(?:[\w-]{1,63}\.){1,6}(?:com|org|net|io|dev|me|ai|app|co|de|fr|uk|eu|ch|at|nl|"
    r"se|no|dk|es|it|edu|info|tech|xyz|site|page|blog|us|ca|in|be|pt|br|pl|ru|jp|cn|au|nz|example)(?:/[^\s<>|,;()]*)?(?![\w@])",
    re.I,
)
PHONE = re.compile(
    r"(?<![\w/.@-])(?!\d{5}\s\()"  # a number does not begin with the post code before it
    r"\(?(?:\+|00)?\(?\d[\d\s().\-–/]{6,22}\d(?:\s*(?:x|ext\.?)\s*\d+)?(?![\w/@-])"
)
CONTACT = re.compile(f"{EMAIL.pattern}|{URL.pattern}|{PHONE.pattern}", re.I)
