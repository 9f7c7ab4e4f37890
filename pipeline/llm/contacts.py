"""Contact details of anyone, known by their form: taken out before a text leaves the machine."""

import re

_EMAIL = r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
_LINK = r"(?:https?|ftp|mailto):\S*[\w/]|www\.\S*[\w/]"
_SITE = (
    r"(?<![\w.@-])(?:[\w-]+\.)+(?:com|org|net|info|edu|gov|io|dev|me|co|ai|app|tech|xyz|site|page|blog|online|eu|uk|de|fr|nl"
    r"|se|no|dk|fi|ch|at|es|it|pt|pl|cz|ie|in|cn|jp|br|ca|au|us)\b(?:/\S*[\w/])?|(?<![\w.@-])(?:[\w-]+\.)+[a-z]{2,}/\S*[\w/]"
)
_PHONE = r"(?<![\w.,])(?:\+|00)\d(?:[\s().\-/]*\d){6,14}(?!\w)|(?<![\w.,])\(?0\d(?:[\s().\-/]*\d){7,12}(?!\w)"
CONTACT = re.compile("|".join((_EMAIL, _LINK, _SITE, _PHONE)), re.I)


def without_contacts(text: str) -> str:
    """Return a stranger's text without email addresses, telephone numbers and links.

    >>> without_contacts("Ask Ann: ann@example.com or +49 30 5550 1234.")
    'Ask Ann: [left out] or [left out].'
    """
    return CONTACT.sub("[left out]", text)
