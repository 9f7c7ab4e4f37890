"""The letters of lines as people see them: one kind of hyphen, ligatures as their letters, nothing invisible."""

import re
import unicodedata
from dataclasses import replace

from pipeline.resumes.reading.lines import Line, cell_text

SOFT_HYPHEN = "\u00ad"
_LIGATURES = {chr(code): unicodedata.normalize("NFKC", chr(code)) for code in range(0xFB00, 0xFB07)}
_UNSEEN = dict.fromkeys("\u200b\u2060\ufeff", "")
_HYPHENS_AND_BREAKS = {"\u2010": "-", "\u2011": "-", "\u2028": " ", "\u2029": " "}
_ALIKE = str.maketrans(_LIGATURES | _UNSEEN | _HYPHENS_AND_BREAKS)
_SCHEME = re.compile(r"\b(?:mailto:(?=\S+@)|tel:\s?(?=[+(\d]))", re.I)


_ADDRESS = re.compile(r"[\w.-]+[./@][\w./@-]*-$")  # whose hyphens are its own


def evened(line: Line, prints_soft_hyphens: bool) -> Line:
    """Return a line with its letters evened out.

    A soft hyphen is a hyphen where the source prints it, as text taken from a page has it; one that ends a cell stays,
    since the word may go on in the next line. In markup it only says where a word may be broken, and goes.
    """
    cells = []
    for cell in line.cells:
        texts = [_SCHEME.sub("", span.text.translate(_ALIKE)) for span in cell]
        whole = "".join(texts)
        if SOFT_HYPHEN in whole:
            texts = _hyphened(texts) if prints_soft_hyphens else [text.replace(SOFT_HYPHEN, "") for text in texts]
        spans = tuple(replace(span, text=text) for span, text in zip(cell, texts, strict=True) if text)
        cells.append(spans)
    kept = tuple(cell for cell in cells if cell_text(cell))
    return replace(line, cells=kept if kept else line.cells)


def _hyphened(texts: list[str]) -> list[str]:
    ends = "".join(texts).rstrip().endswith(SOFT_HYPHEN)
    last = max(index for index, text in enumerate(texts) if text.strip()) if ends else -1
    printed = [text.rstrip() if index == last else text for index, text in enumerate(texts)]
    printed = [text.replace(SOFT_HYPHEN, "-") for text in printed]
    if ends and not _ADDRESS.search(printed[last]):
        printed[last] = printed[last][:-1] + SOFT_HYPHEN
    return printed
