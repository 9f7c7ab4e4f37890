"""What is no term by its form, and which terms are two forms of one."""

import re
from collections.abc import Mapping

SHORTEST_PLURAL = 4  # letters; "aws" and "gas" are no plurals of "aw" and "ga"
HASH_SWITCHES = 3  # from letter to figure or back: product names have two at the most, as S4HANA has

_BOARD_MARK = re.compile(r"li-\w+$", re.I)  # "#LI-Remote", by which a job board finds its ads
_HEXADECIMAL = re.compile(r"(?=.*\d)(?=.*[a-f])[\da-f]{7,}$", re.I)
_SWITCH = re.compile(r"(?<=[^\W\d_])(?=\d)|(?<=\d)(?=[^\W\d_])")


def is_mark(token: str) -> bool:
    """Tell a tracking mark or a hash from a name.

    >>> [is_mark(token) for token in ("LI-Remote", "a3f9c21", "x7Kq2Z9", "S4HANA", "ISO27001", "K8S")]
    [True, True, True, False, False, False]
    """
    is_hash = len(token) >= 6 and len(_SWITCH.findall(token)) >= HASH_SWITCHES
    return bool(_BOARD_MARK.match(token) or _HEXADECIMAL.match(token)) or is_hash


def plural_of(counts: Mapping[str, int]) -> dict[str, str]:
    """Return, for each of the terms that stands in the singular and the plural, the rarer form and the other.

    Of equally frequent forms the plural is dropped.

    >>> plural_of({"gpus": 3, "gpu": 9, "site visits": 4, "site visit": 1})
    {'gpus': 'gpu', 'site visit': 'site visits'}
    """
    folded = {}
    for plural, count in counts.items():
        singular = singular_of(plural)
        if singular != plural and singular in counts:
            rare, usual = (plural, singular) if count <= counts[singular] else (singular, plural)
            folded[rare] = usual
    return {rare: folded.get(usual, usual) for rare, usual in folded.items()}  # of "bodys", "body" and "bodies"


def singular_of(term: str) -> str:
    """Return a term with its last word in the singular.

    >>> singular_of("gpus"), singular_of("audit bodies"), singular_of("loss"), singular_of("aws")
    ('gpu', 'audit body', 'loss', 'aws')
    """
    if len(term) < SHORTEST_PLURAL or not term.endswith("s") or term.endswith("ss"):
        return term
    return term[:-3] + "y" if term.endswith("ies") else term[:-1]
