"""Plain text as lines: rules, indents and wide gaps are all there is to go by."""

import re
from dataclasses import replace
from statistics import median

from pipeline.resumes.reading.formats.source import Format, Lines, Source
from pipeline.resumes.reading.formats.text_columns import columns_of
from pipeline.resumes.reading.lines import Line, Span, split_cells, without_bullet

_RULE = re.compile(r"\s*[=\-_*~–—#]{3,}\s*")
_DECORATED = re.compile(r"\s*(?:[=*~#\-_]{2,}|[\[<|»>]+)\s*(\w[^=*~#\[\]<>|]{1,40}?)\s*(?:[=*~#\-_]{2,}|[\]>|«<]+)\s*")
_CELL_GAP = r"\t+ *| {3,}|(?<![.!?:;,]) {2}"


def read_plain_text(text: str) -> list[Line]:
    """Return the lines of a plain text; rules under or around a line make it a heading."""
    lines: list[Line] = []
    has_gap = True
    text = _with_usual_blanks(text)
    for raw in text.expandtabs(8).split("\n") if "\t" not in text.strip("\t") else text.split("\n"):
        if not raw.strip():
            has_gap = True
            continue
        if _RULE.fullmatch(raw):
            underlines = bool(lines) and not has_gap and raw.strip()[0] in "=-~_"
            if underlines and len(lines[-1].text) <= 50 and not lines[-1].is_bullet:
                lines[-1] = replace(lines[-1], heading=lines[-1].heading or 1, has_gap=True)
            has_gap = True
            continue
        decorated = _DECORATED.fullmatch(raw)
        if decorated:
            lines.append(Line(((Span(decorated[1]),),), heading=1, has_gap=True, right=len(raw)))
        else:
            lines.append(plain_line(raw, has_gap))
        has_gap = False
    return lines


def _with_usual_blanks(text: str) -> str:
    """Write one blank between words where the usual gap is wider, as some programs leave it; columns stay apart."""
    gaps = [len(gap) for gap in re.findall(r"(?<=\S)[ \u00a0]+(?=\S)", text)]
    usual = median(gaps) if gaps else 1
    if usual < 2:
        return text
    widest = int(1.5 * usual)
    return re.sub(rf"(?<=\S)[ \u00a0]{{1,{widest}}}(?=\S)", " ", text)


def plain_line(raw: str, has_gap: bool) -> Line:
    """Return one line of plain text, its cells parted at wide gaps."""
    body = raw.strip()
    left = len(raw.expandtabs(4)) - len(raw.expandtabs(4).lstrip())
    # Letter-spaced words keep their gaps: they are not columns.
    spaced = re.fullmatch(r"(?:\S {1,2})+(?: {2,}(?:\S {1,2})+)*\S?", body + " ") and len(body) > 4
    cells = ((Span(body),),) if spaced else split_cells([Span(body)], _CELL_GAP)
    line = Line(cells, left=left, right=left + len(body), end=left + len(body), has_gap=has_gap)
    return without_bullet(line)


def _read(source: Source) -> Lines:
    columns = columns_of(source.text)
    lines = [replace(line, column=column) for column, text in columns for line in read_plain_text(text)]
    return Lines(lines, prints_soft_hyphens=True)


FORMAT = Format((".txt",), lambda source: False, _read)
