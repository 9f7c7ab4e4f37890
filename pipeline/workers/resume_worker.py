"""Reads the layout of one PDF, DOCX or ODT in a process of its own, so that a hostile file can only hurt this process.

Run by `pipeline.resumes.reading` as `python -I resume_worker.py pdf|docx|odt`, with the file on standard input. Prints
one JSON object: `{"pages": ...}` (PDF), `{"blocks": ...}` (DOCX, ODT) or `{"error": reason}`. Of the project it imports
the limits and checks of the other worker alone.
"""

import ctypes
import re
import sys
import unicodedata
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

# Isolated mode leaves the project off the path; at its end it hides no library.
sys.path.append(str(Path(__file__).resolve().parent.parent.parent))

from pipeline.workers.document_worker import MAX_PAGES, MAX_TEXT, PDFIUM_PASSWORD_ERROR, Unreadable, answer_with
from pipeline.workers.resume_worker_docx import read_docx
from pipeline.workers.resume_worker_marks import drawn_bullets
from pipeline.workers.resume_worker_odt import read_odt
from pipeline.workers.resume_worker_order import SPACE_HINT, is_right_to_left, reading_order

BOLD, ITALIC = 1, 2
SOFT_HYPHEN = 0xAD
UNSEEN_EM = 0.05  # a soft hyphen this narrow is not printed
SPACE_EM = 0.15  # a gap this wide between two letters is a space
HINT_WEIGHT = 2.5  # a gap counts so much more where the library takes it for a space too
JOIN_EM = 0.04  # the gap between two letters of a right-to-left word that do not join
SEGMENT_EM = 0.5  # a gap this wide parts two pieces of a line
TRACKING_EM = 0.1  # letters whose usual gap is this wide are letter-spaced

_BOLD_NAME = re.compile(r"bold|black|heavy|semibd|demi|cmbx|medi$", re.I)
_ITALIC_NAME = re.compile(r"italic|oblique|cmti|cmsl|slanted", re.I)
_ICON_FONT = re.compile(r"awesome|icon|academicons|material|feather|typicons|ionic|glyphicons|fabrand", re.I)
_BULLET_FONT = re.compile(r"symbol|wingdings|dingbats|webdings", re.I)
_SOFT_HYPHENS = {0x02: "\u00ad", 0xFFFE: "\u00ad"}
_LIGATURES = {code: unicodedata.normalize("NFKC", chr(code)) for code in range(0xFB00, 0xFB07)}


class Glyph(NamedTuple):
    """One character as printed: where it stands and how it looks; an icon is empty."""

    character: str
    left: float
    right: float
    baseline: float
    size: float
    flags: int
    link: str | None


class Segment:
    """A run of characters on one baseline, in one style, with no wide gap."""

    def __init__(self, size: float, flags: int, link: str | None, baseline: float) -> None:
        self.size, self.flags, self.link, self.baseline = size, flags, link, baseline
        self.characters: list[tuple[str, float, float]] = []

    @property
    def left(self) -> float:
        """Where the character furthest left starts."""
        return min(left for _, left, _ in self.characters)

    @property
    def right(self) -> float:
        """Where the character furthest right ends."""
        return max(right for _, _, right in self.characters)

    @property
    def is_blank(self) -> bool:
        """Whether it holds spaces alone."""
        return all(character.isspace() for character, _, _ in self.characters)

    @property
    def tracking(self) -> float | None:
        """The usual gap between its letters; None for too few letters to tell."""
        pairs = pairwise(character for character in self.characters if character[0] != SPACE_HINT)
        gaps = sorted(after[1] - before[2] for before, after in pairs if before[0].isalnum() and after[0].isalnum())
        return gaps[len(gaps) // 2] if len(gaps) >= 3 else None

    def as_list(self, tracking: float) -> list[Any]:
        """Return text, left, right, baseline, size, flags and link; an icon has no text."""
        place = [self.left, self.right, self.baseline, self.size]
        return [self._text(tracking), *(round(value, 1) for value in place), self.flags, self.link]

    def _text(self, tracking: float) -> str:
        space = SPACE_EM * self.size
        if tracking > TRACKING_EM * self.size:
            space = max(tracking * 1.8, tracking + space)
        printed = [character for character in self.characters if character[0] != SPACE_HINT]
        hinted = {id(after) for hint, after in pairwise(self.characters) if hint[0] == SPACE_HINT}
        pieces = [printed[0][0]]
        for before, after in pairwise(printed):
            gap = max(after[1] - before[2], before[1] - after[2])
            if is_right_to_left(before[0]) and is_right_to_left(after[0]):  # letters that do not join leave gaps
                gap -= JOIN_EM * self.size
            if id(after) in hinted and tracking < 0.5 * TRACKING_EM * self.size:
                gap *= HINT_WEIGHT
            if gap > space and before[0] != " " and after[0] != " ":
                pieces.append(" ")
            pieces.append(after[0])
        return "".join(pieces)


def read_pdf(data: bytes) -> dict[str, Any]:
    """Return the text segments of every page, with their places and styles."""
    import pypdfium2 as pdfium

    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        if getattr(error, "err_code", None) == PDFIUM_PASSWORD_ERROR or "password" in str(error).lower():
            raise Unreadable("it is encrypted; save it without a password") from error
        raise Unreadable("it is not a readable PDF, or is damaged") from error
    if len(document) > MAX_PAGES:
        raise Unreadable(f"it has {len(document):,} pages; at most {MAX_PAGES} are read")
    pages, total = [], 0
    for number in range(len(document)):
        page = document[number]
        width, height = page.get_size()
        segments = page_segments(page, MAX_TEXT - total)
        total += sum(len(segment[0]) for segment in segments)
        pages.append({"width": width, "height": height, "segments": segments})
    if not total:
        raise Unreadable("it holds no text, only images; save it with selectable text")
    return {"pages": pages}


def page_segments(page, limit: int) -> list[list[Any]]:  # type: ignore[no-untyped-def]
    """Return a page's segments in the order of the file."""
    import pypdfium2.raw as raw

    text_page = page.get_textpage()
    links = page_links(page)
    glyphs: list[Glyph | None] = []  # None ends a line
    for index in range(min(text_page.count_chars(), limit)):
        code = raw.FPDFText_GetUnicode(text_page, index)
        if raw.FPDFText_IsGenerated(text_page, index) == 1:
            if code in (10, 13):
                glyphs.append(None)
            elif code == 32 and glyphs and glyphs[-1]:
                glyphs.append(glyphs[-1]._replace(character=SPACE_HINT, left=glyphs[-1].right))
            continue
        name, flags = font_of(text_page, index)
        character = printed_character(code, name)
        if character is None:
            continue
        left, bottom, right, top = text_page.get_charbox(index, loose=True)
        baseline = origin_of(text_page, index)
        size = size_of(text_page, index) or max(top - bottom, 1.0)
        if code == SOFT_HYPHEN and right - left < UNSEEN_EM * size:
            continue
        link = link_at(links, (left + right) / 2, (bottom + top) / 2)
        glyphs.append(Glyph(character, left, right, baseline, size, flags, link))
    segments = [segment for segment in segmented(glyphs) if segment.characters and not segment.is_blank]
    places = [(s.left, s.right, s.baseline, s.size) for s in segments]
    marks = drawn_bullets(page, places, [any(is_right_to_left(c) for c, _, _ in s.characters) for s in segments])
    return with_tracking(segments) + [["•", *mark, 0, None] for mark in marks]


def segmented(glyphs: list[Glyph | None]) -> list[Segment]:
    """Gather glyphs into segments; those of a right-to-left line are put into reading order first."""
    segments: list[Segment] = []
    current: Segment | None = None
    for glyph in reading_order(glyphs):
        if glyph is None:
            current = None
            continue
        character, left, right, baseline, size, flags, link = glyph
        if character == "\u00ad" and current is not None:
            current.characters.append((character, left, right))
            continue
        shares_box = current is not None and current.characters and current.characters[-1][1:] == (left, right)
        if current is None or not (shares_box or continues(current, glyph)):  # the letters of a ligature share its box
            current = Segment(size, flags, link, baseline)
            segments.append(current)
        current.characters.append((character, left, right))
    return segments


def with_tracking(segments: list[Segment]) -> list[list[Any]]:
    """Write segments out; one too short to show its letter-spacing has that of the one before it on its line."""
    written, before, tracking = [], None, 0.0
    for segment in segments:
        goes_on = before is not None and (segment.baseline, segment.size, segment.flags) == (
            before.baseline,
            before.size,
            before.flags,
        )
        own = segment.tracking
        tracking = own if own is not None else tracking if goes_on else 0.0
        written.append(segment.as_list(tracking))
        before = segment
    return written


def continues(segment: Segment, glyph: Glyph) -> bool:
    """Tell whether a glyph goes on with the segment."""
    if not segment.characters:
        return True
    before, size = segment.characters[-1], glyph.size
    icon = glyph.character == "" or before[0] == ""
    same = (glyph.flags, glyph.link) == (segment.flags, segment.link) and abs(size - segment.size) < 0.1 * segment.size
    level = abs(glyph.baseline - segment.baseline) < 0.1 * segment.size
    gap = glyph.left - before[2]
    if gap < 0 and (is_right_to_left(glyph.character) or is_right_to_left(before[0])):
        gap = before[1] - glyph.right
    if icon or not same or not level or gap <= -0.6 * size:
        return False
    return gap < SEGMENT_EM * size or gap < _widest_gap(segment)


def _widest_gap(segment: Segment) -> float:
    """Return how far two words of letter-spaced text may stand apart; 0 for any other text."""
    tracking = segment.tracking or 0.0
    return SEGMENT_EM * segment.size + 2.5 * tracking if tracking > TRACKING_EM * segment.size else 0.0


def printed_character(code: int, font: str) -> str | None:
    """Return what a reader sees: "" for an icon, a bullet for a symbol font's, None for nothing."""
    if code in _SOFT_HYPHENS:
        return _SOFT_HYPHENS[code]
    if code in _LIGATURES:
        return _LIGATURES[code]
    if code in (0, 0xFFFF, 0xFFFD, 0x200B, 0xFEFF):
        return None
    if _ICON_FONT.search(font):
        return ""
    if 0xE000 <= code <= 0xF8FF:
        return "•" if _BULLET_FONT.search(font) else ""
    if _BULLET_FONT.search(font) and "wingdings" in font.lower():
        return "•"
    if code < 32 or 0x7F <= code < 0xA0:
        return " " if code in (9, 10, 13) else None
    return " " if unicodedata.category(chr(code)) == "Zs" else chr(code)


def font_of(text_page, index: int) -> tuple[str, int]:  # type: ignore[no-untyped-def]
    """Return the name of a character's font, and whether it is bold or italic."""
    import pypdfium2.raw as raw

    buffer, font_flags = ctypes.create_string_buffer(128), ctypes.c_int()
    raw.FPDFText_GetFontInfo(text_page, index, buffer, 128, font_flags)
    name = buffer.value.decode("utf-8", "replace").split("+")[-1]
    bold = bool(_BOLD_NAME.search(name)) or bool(font_flags.value & (1 << 18))
    italic = bool(_ITALIC_NAME.search(name)) or bool(font_flags.value & (1 << 6))
    return name, BOLD * bold + ITALIC * italic


def origin_of(text_page, index: int) -> float:  # type: ignore[no-untyped-def]
    """Return the height of a character's baseline."""
    import pypdfium2.raw as raw

    x, y = ctypes.c_double(), ctypes.c_double()
    raw.FPDFText_GetCharOrigin(text_page, index, x, y)
    return y.value


def link_at(links: list[tuple[float, float, float, float, str]], x: float, y: float) -> str | None:
    """Return the address of the link that covers a point."""
    for left, bottom, right, top, url in links:
        if left <= x <= right and bottom <= y <= top:
            return url
    return None


def size_of(text_page, index: int) -> float:  # type: ignore[no-untyped-def]
    """Return the size a character is seen in: its font's, scaled as the page scales it."""
    import pypdfium2.raw as raw

    matrix = raw.FS_MATRIX()
    size = raw.FPDFText_GetFontSize(text_page, index)
    if not raw.FPDFText_GetMatrix(text_page, index, matrix):
        return size
    return round(size * (matrix.c**2 + matrix.d**2) ** 0.5, 2)


def page_links(page) -> list[tuple[float, float, float, float, str]]:  # type: ignore[no-untyped-def]
    """Return the web and mail links of a page: left, bottom, right, top, address."""
    import pypdfium2.raw as raw

    found: list[tuple[float, float, float, float, str]] = []
    position, link = ctypes.c_int(0), raw.FPDF_LINK()
    while len(found) < 200 and raw.FPDFLink_Enumerate(page, position, link):
        rectangle = raw.FS_RECTF()
        action = raw.FPDFLink_GetAction(link)
        if not action or not raw.FPDFLink_GetAnnotRect(link, rectangle):
            continue
        length = raw.FPDFAction_GetURIPath(page.pdf, action, None, 0)
        buffer = ctypes.create_string_buffer(max(length, 1))
        raw.FPDFAction_GetURIPath(page.pdf, action, buffer, length)
        url = buffer.value.decode("utf-8", "replace")
        if url.startswith(("http://", "https://", "mailto:", "tel:")):
            found.append((rectangle.left, rectangle.bottom, rectangle.right, rectangle.top, url))
    return found


if __name__ == "__main__":
    answer_with({"pdf": read_pdf, "docx": read_docx, "odt": read_odt})
