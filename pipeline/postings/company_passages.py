"""Passages that describe the employer: under "About us", "Who we are" or "About Acme", up to the next heading."""

import re

Span = tuple[int, int]

_LONGEST_HEADING = 60  # letters
_ABOUT = re.compile(
    r"\W*(?:about(?: (?!(?:the|this|your?|job|role|position|team|jd)\b)\w.*"
    r"| the (?:company|organi[sz]ation|employer)\b.*)?"
    r"|who (?:we are|is \w.*)|(?:our|the) company|company(?: (?:description|overview|profile|summary|background))"
    r"|über uns|wer wir sind|(?:das )?unternehmen|à propos(?: de (?:nous|l[’']entreprise))?|qui sommes[- ]nous"
    r"|l[’']entreprise|sobre (?:nosotros|nós|la empresa|a empresa)|qui[eé]nes somos|la empresa|quem somos|chi siamo"
    r"|over ons|wie (?:wij|we) zijn|o nas|kim jesteśmy|om oss|om os|o společnosti)\W*",
    re.I,
)


def company_spans(text: str) -> list[Span]:
    """Return where passages about the employer stand.

    Only what stands under a heading on a line of its own is told from the rest.

    >>> company_spans("About Acme\\nWe sell sand.\\nYour tasks:\\n- dig")
    [(0, 25)]
    """
    spans: list[Span] = []
    position, start = 0, None
    for line in text.splitlines(keepends=True):
        shown = line.strip()
        if start is not None and shown and _ends_passage(shown):
            spans.append((start, position))
            start = None
        if start is None and len(shown) <= _LONGEST_HEADING and _ABOUT.fullmatch(shown):
            start = position
        position += len(line)
    return spans if start is None else [*spans, (start, position)]


def _ends_passage(line: str) -> bool:
    """Tell whether a line reads like the next heading, or like an item of a list, which tells of the work."""
    is_item = not (line[0].isalnum() or line[0] in "\"“'‘«(")
    return is_item or (len(line) <= _LONGEST_HEADING and line[-1] not in ".,;!")
