"""Job titles without what says nothing about the kind of role: seniority, place, pay, requisition numbers."""

import re

_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|\{[^{}]*\}")
_GENDER = re.compile(r"\b[mfwdxh](?:\s*/\s*[mfwdxhi*]){1,3}\b", re.I)
_REQUISITION = re.compile(
    r"(?:\b(?:req(?:uisition)?|ref(?:erence)?|job)\b\s*(?:id|no|nr|number)?\.?\s*[:#]?\s*)?#?\b[A-Z]{0,4}-?\d{3,}[\w-]*",
    re.I,
)
_PAY = re.compile(r"[$€£]\s?\d[\d,.]*\s?k?(?:\s?[-–]\s?[$€£]?\s?\d[\d,.]*\s?k?)?|\b\d+%")
_SENIORITY = re.compile(
    r"\b(?:senior|sr|junior|jr|mid(?:[- ]?level)?|mid[- ]senior|entry[- ]level|experienced|associate|assistant|"
    r"principal|staff(?! nurse)|lead|chief|head of|"
    r"intern(?:ship)?|trainee|graduate|working student|werkstudent(?:in)?|apprentice|expert|level \d|(?:i{1,3}|iv|"
    r"v|[1-5])(?=\s*(?:$|[-–—,:|/(])))\b\.?",
    re.I,
)
_TERMS = re.compile(
    r"\b(?:remote|hybrid|on-?site|home ?office|full[- ]?time|part[- ]?time|permanent|temporary|contract(?:or)?|"
    r"freelance|fixed[- ]term|day shift|night shift|nights|urgent(?:ly)?|"
    r"hiring|now hiring|immediate start|relocation|visa|w2|c2c|us only|reposted)\b:?",
    re.I,
)
_SEPARATORS = re.compile(r"\s+[-–—:|•·@/]\s+|\s*[|•·@]\s*|\s*[,;]\s*|(?<=\w)\s*[–—]\s*|:\s+| at (?=[A-Z])")
_ADDRESS = re.compile(r"https?://\S+|www\.\S+|\S+@\S+")
MIN_LETTERS = 3
_EDGE = " \t-–—:|•·,;/&*.\"'!()[]"


def clean_title(title: str) -> str:
    """Return the role that a title names, in its own spelling; the title itself where nothing would be left.

    >>> clean_title("Sr. Data Engineer II (m/f/d) - Remote, Berlin")
    'Data Engineer'
    """
    segments = title_segments(title)
    return segments[0] if segments else " ".join(title.split())


def bare_title(title: str) -> str:
    """Return a title without brackets, figures, pay, seniority and terms, but with all of its parts.

    >>> bare_title("Senior Nurse (f/m/d), Intensive Care - REQ 4711")
    'Nurse , Intensive Care'
    """
    words = _TERMS.sub(" ", _SENIORITY.sub(" ", _without_noise(title)))
    bare = re.sub(r"\s+", " ", words).strip(_EDGE)
    return bare if sum(character.isalpha() for character in bare) >= MIN_LETTERS else " ".join(title.split())


def _without_noise(title: str) -> str:
    return _PAY.sub(" ", _REQUISITION.sub(" ", _GENDER.sub(" ", _BRACKETS.sub(" ", _ADDRESS.sub(" ", title)))))


def title_segments(title: str) -> list[str]:
    """Return the parts of a title between its separators, cleaned, without those that were only seniority or terms."""
    bare = _without_noise(title)
    segments = []
    for part in _SEPARATORS.split(bare):
        words = _TERMS.sub(" ", _SENIORITY.sub(" ", part))
        cleaned = re.sub(r"\s+", " ", words).lstrip(_EDGE + "+#").rstrip(_EDGE)
        if any(character.isalpha() for character in cleaned):
            segments.append(cleaned)
    return segments
