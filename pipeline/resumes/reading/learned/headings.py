"""Which section a heading's words open, whatever the language: learned from headings and from other short lines."""

import re
import unicodedata
from functools import lru_cache

from pipeline.resumes.model import SECTION_NAMES, SectionName
from pipeline.resumes.reading.dates import find_dates
from pipeline.resumes.reading.learned.models import tagger
from pipeline.resumes.reading.lines import LETTER, UNSPACED, close_letter_spacing

_WORDS = re.compile(rf"(?:[{UNSPACED}]|(?![\d_]){LETTER})+")
MAX_HEADING = 60  # characters
SHORT = 40  # of a heading that nothing but its words shows
SURE = 0.5


def heading_features(text: str) -> list[str]:
    """Return what tells a heading: its words, how they begin, how many they are."""
    bare = unicodedata.normalize("NFKC", close_letter_spacing(text))
    words = _WORDS.findall(bare.lower())
    found = [
        f"n={min(len(words), 6)}",
        f"case={bare.isupper()}|{bare[:1].isupper()}",
        f"digit={any(map(str.isdigit, bare))}",
    ]
    found += [f"date={bool(find_dates(bare))}", f"comma={',' in bare}", f"all={''.join(words)}"]
    found += (
        [f"w={word}" for word in words[:6]]
        + [f"first={word}" for word in words[:1]]
        + [f"last={word}" for word in words[-1:]]
    )
    found += [f"p={word[:5]}" for word in words[:6]] + [f"e={word[-4:]}" for word in words[:6]]
    return found


@lru_cache(maxsize=4096)
def heading_of(text: str) -> tuple[str, float]:
    """Return the likeliest section that a line's words alone would open, `-` for none, and how probable it is."""
    if not text.strip() or len(text) > MAX_HEADING:
        return "-", 1.0
    model = tagger("headings")
    model.set([heading_features(text)])
    label = model.tag()[0]
    return label, model.marginal(label, 0)


def heads_section(text: str) -> bool:
    """Tell whether a line's words open a section, or announce contact details."""
    return len(text) < SHORT and (section_of(text) is not None or _label_of(text) == "contact")


def _label_of(text: str) -> str:
    label, probability = heading_of(text)
    return label if probability >= SURE else "-"


def section_of(text: str) -> SectionName | None:
    """Return the section that a heading opens, None where the words are not those of a heading."""
    label = _label_of(text)
    return label if label in SECTION_NAMES else None
