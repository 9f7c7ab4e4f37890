"""LaTeX: sections, items, line breaks and styles are followed; nothing is run, no other file is read."""

import re

from pipeline.resumes.reading.formats.latex.scanner import read_latex
from pipeline.resumes.reading.formats.source import Format, Lines, Source


def _recognises(source: Source) -> bool:
    return bool(re.search(r"\\documentclass|\\begin\{document\}", source.opening))


def _read(source: Source) -> Lines:
    lines, notices = read_latex(source.text)
    return Lines(lines, notices=notices)


FORMAT = Format((".tex",), _recognises, _read)
