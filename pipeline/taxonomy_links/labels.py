"""Concepts by how their labels are written, and how far two labels share their words."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from pipeline.keyword_engine import canonical_keyword, fold
from pipeline.taxonomy_links.concepts import Concept
from pipeline.taxonomy_links.results import MatchedBy

_QUALIFIER = re.compile(r"\s*\([^()]*\)\s*$")
_WORD = re.compile(r"[^\W_][\w+#]*")
_ENDING = re.compile(r"(?:ations?|ements?|ments?|ings?|ions?|ies|ed|es|e|s|y)$")
_SHORTEST = 3  # letters that are left of a word
# What taxonomies put around the name of a skill: "carry out flow cytometry", "advertising techniques".
_AROUND = frozenset(
    "use perform manage apply implement carry out develop conduct provide operate execute undertake have maintain "
    "create technique techniques activities principles methods and the of in for to a an with on by".split()
)
_LABEL, _BARE_LABEL, _OTHER_LABEL = range(3)


class LabelIndex:
    """Concepts by the ways their labels are written; the surest way first."""

    def __init__(self, concepts: Sequence[Concept]) -> None:
        self._by_form: dict[str, list[tuple[int, int]]] = defaultdict(list)
        self._by_keyword: dict[str, list[int]] = defaultdict(list)
        self._concepts = concepts
        for place, concept in enumerate(concepts):
            for rank, form in _ranked_forms(concept):
                self._by_form[form].append((rank, place))
            if concept.kind != "occupation":
                for label in (concept.label, *concept.others):
                    self._by_keyword[canonical_keyword(label)].append(place)

    def named(self, names: Iterable[str]) -> tuple[list[Concept], MatchedBy]:
        """Return the concepts that bear one of these names in the surest way, the shortest label first."""
        found = [each for form in dict.fromkeys(map(_form, names)) for each in self._by_form.get(form, ())]
        best = min((rank for rank, _ in found), default=_LABEL)
        return self._at(
            {place for rank, place in found if rank == best}
        ), "other label" if best == _OTHER_LABEL else "label"

    def known_as(self, keyword: str) -> list[Concept]:
        """Return the concepts that the lexicon takes for a keyword, the shortest label first."""
        return self._at(set(self._by_keyword.get(keyword, ())))

    def _at(self, places: set[int]) -> list[Concept]:
        return sorted((self._concepts[place] for place in places), key=lambda c: (len(c.label), c.code, c.label))


def _ranked_forms(concept: Concept) -> Iterator[tuple[int, str]]:
    yield _LABEL, _form(concept.label)
    yield _BARE_LABEL, _form(_QUALIFIER.sub("", concept.label))
    yield from ((_OTHER_LABEL, _form(label)) for label in concept.others)


def _form(label: str) -> str:
    """Return the form in which labels are compared: folded, its last word in the singular."""
    form = fold(label)
    return form[:-1] if len(form) > 4 and form.endswith("s") and not form.endswith(("ss", "is", "us")) else form


def word_stems(label: str) -> frozenset[str]:
    """Return what is left of a label's words without their endings; words that only frame a name do not count.

    >>> sorted(word_stems("perform cost estimating")), sorted(word_stems("estimate costs"))
    (['cost', 'estimat'], ['cost', 'estimat'])
    """
    words = _WORD.findall(_QUALIFIER.sub("", label).lower())
    telling = [word for word in words if word not in _AROUND] or words
    return frozenset(_stem(word) for word in telling)


def _stem(word: str) -> str:
    stem = _ENDING.sub("", word)
    return stem if len(stem) >= _SHORTEST else word
