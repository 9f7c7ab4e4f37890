"""Personal data in texts of a resume: taken out before a text leaves the machine, and put back afterwards."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from pipeline.llm import CONTACT
from pipeline.resumes import Resume

MIN_PART = 3  # letters of a part of a name that is looked for in any case; shorter ones only as they are written
MIN_HANDLE = 4  # characters of a user name or a part of an address; shorter ones are ordinary words and numbers
PHONE_END = 7  # digits by which the person's own number is known, whatever stands before them
_PLACEHOLDER = re.compile(r"\[private(?:-data)*-\d+\]", re.I)


@dataclass(frozen=True)
class MaskedText:
    """A text with placeholders, and what each of them stands for."""

    text: str
    values: dict[str, str]

    def restore(self, text: str) -> str:
        """Return a text with what its placeholders stand for; one that was never given out stays as it is."""
        return _PLACEHOLDER.sub(lambda match: self.values.get(match[0].lower(), match[0]), text)


class PersonalData:
    """Knows a person's name and contact details by their resume, and anyone's contact details by their form."""

    def __init__(self, resume: Resume) -> None:
        known = [*_name_patterns(resume.basics.name or ""), *_detail_patterns(resume)]
        self._patterns = [CONTACT, *(re.compile(pattern) for pattern in known)]

    def mask(self, text: str) -> MaskedText:
        """Return the text with a placeholder, such as `[private-1]`, for each piece of personal data."""
        values: dict[str, str] = {}
        masked, end = [], 0
        for start, stop in self._spans(text):
            value = text[start:stop]
            placeholder = next((key for key, known in values.items() if known == value), None)
            if placeholder is None:
                placeholder = _free_placeholder(text, len(values) + 1)
                values[placeholder] = value
            masked += [text[end:start], placeholder]
            end = stop
        return MaskedText("".join([*masked, text[end:]]), values)

    def _spans(self, text: str) -> list[tuple[int, int]]:
        """Return where personal data stands, in order, with what overlaps joined."""
        found = sorted(match.span() for pattern in self._patterns for match in pattern.finditer(text) if match[0])
        spans: list[tuple[int, int]] = []
        for start, stop in found:
            if spans and start < spans[-1][1]:
                spans[-1] = (spans[-1][0], max(stop, spans[-1][1]))
            else:
                spans.append((start, stop))
        return spans


def _free_placeholder(text: str, number: int) -> str:
    folded = text.casefold()
    prefix = "private"
    while f"[{prefix}-" in folded:
        prefix += "-data"
    return f"[{prefix}-{number}]"


def _name_patterns(name: str) -> Iterator[str]:
    """Yield patterns of a name as a whole, in either order of its parts, and of each part."""
    parts = [part for part in re.split(r"[\s,]+", name) if any(char.isalpha() for char in part)]
    for part in parts:
        core = part.strip(".")
        folds = len(core) >= MIN_PART
        if len(core) > 1 or not _is_cased(core):
            yield _whole(core, folds=folds)
    if len(parts) > 1:
        yield _whole(" ".join(parts), folds=True)


def _detail_patterns(resume: Resume) -> Iterator[str]:
    """Yield patterns of the contact details that the resume gives."""
    basics = resume.basics
    for text in _written_details(resume):
        detail = text.strip().lstrip("@")
        if len(detail) >= MIN_HANDLE or (detail and not detail.isascii()):
            yield _whole(detail, folds=True)
    for url in (basics.url, *(profile.url for profile in basics.profiles)):
        parts = urlsplit(url or "")
        if parts.hostname:
            yield _whole((parts.netloc + parts.path).rstrip("/"), folds=True)
    digits = re.sub(r"\D", "", basics.phone or "")
    if len(digits) >= PHONE_END:
        own = r"[\s().\-/]*".join(digits[-PHONE_END:])
        yield rf"(?:\+?\d[\d\s().\-/]*)?{own}"


def _written_details(resume: Resume) -> Iterator[str]:
    """Yield the details that are looked for as they are written: addresses, user names, the home."""
    basics = resume.basics
    profiles = [text for profile in basics.profiles for text in (profile.username, profile.url)]
    home = basics.location
    place = [home.postal_code, home.city, *re.split(r"[\n,]", home.address or "")] if home else []
    yield from filter(None, (basics.email, basics.url, basics.image, *profiles, *place))


def _whole(text: str, *, folds: bool) -> str:
    """Return a pattern of a text as a whole word, in any case where it `folds`, with any space between its words."""
    words = r"\s+".join(re.escape(word) for word in text.split())
    before = r"(?<!\w)" if _is_cased(text[0]) or text[0].isdigit() else ""
    after = r"(?!\w)" if _is_cased(text[-1]) or text[-1].isdigit() else ""
    return f"(?i:{before}{words}{after})" if folds else f"{before}{words}{after}"


def _is_cased(text: str) -> bool:
    """Tell whether a text is of a script that puts spaces between words, as those with capital letters do."""
    return text.lower() != text.upper()
