"""A resume as a Word document: real styles, real lists, real links, no tables, and nothing of the clock in it."""

import io
import unicodedata
import zipfile
from collections.abc import Sequence
from typing import Any

from pipeline.resumes.writing.look import Style
from pipeline.resumes.writing.outline import Entry, Line, Link, Outline, document_title
from pipeline.resumes.writing.paper import PAPER_SIZES
from pipeline.resumes.writing.theme import FACES, Theme, load_theme

MUTED = "4D5562"
SEPARATOR = " | "
BULLET_INDENT = 0.45  # centimetres
END_MARGIN = 0.87  # of the side margin
WORD_SIZE = 1.05  # of the type of a PDF: the faces that come with Word are drawn smaller
EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest time that a ZIP archive can hold
_UNUSED_PARTS = ("/thumbnail", "/stylesWithEffects", "/customXml")
_LINK = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"


def write_docx(outline: Outline, style: Style) -> bytes:
    """Return the Word document; the same outline in the same style gives the same bytes."""
    import docx

    document = docx.Document()
    _drop_unused_parts(document)
    _set_properties(document, outline)
    theme = load_theme(style.theme)
    _set_styles(document.styles, style, theme)
    _set_page(document, style)
    if outline.wording.is_right_to_left:
        _set_right_to_left(document.styles["Normal"])
    writer = _Writer(document, outline.wording.is_right_to_left, theme.head)
    writer.write(outline)
    return _without_times(document)


class _Writer:
    """Writes one outline into one document."""

    def __init__(self, document: Any, is_right_to_left: bool, head: str) -> None:
        self.document, self.is_right_to_left, self.head = document, is_right_to_left, head

    def write(self, outline: Outline) -> None:
        if outline.name:
            self._paragraph("Title", outline.name)
        if outline.headline:
            self._paragraph("Subtitle", outline.headline)
        if outline.contact:
            paragraph = self.document.add_paragraph(style="Contact")
            self._add_links(paragraph, outline.contact)
        for section in outline.sections:
            if section.title:
                self._paragraph("Heading 1", section.title)
            for entry in section.entries:
                self._write_head(entry, section.has_tall_heads)
                for line in entry.lines:
                    self._write_line(line)

    def _write_head(self, entry: Entry, is_tall: bool) -> None:
        if not entry.has_head:
            return
        details = [*entry.details]
        is_in_line = is_tall and self.head == "dates in line" and bool(entry.dates)
        if is_in_line:
            details.append(Link(entry.dates))
        paragraph = self.document.add_paragraph(style="Entry")
        if entry.title:
            run = self._add_link(paragraph, Link(entry.title, entry.title_target))
            _embolden(run.font)
        if is_tall and entry.title and details and self.head != "one line":
            paragraph = self.document.add_paragraph(style="Entry Detail")
        elif entry.title and details:
            paragraph.add_run(SEPARATOR)
        self._add_links(paragraph, details)
        if entry.dates and not is_in_line:
            self._add_run(paragraph, f"\t{entry.dates}", "Muted")

    def _write_line(self, line: Line) -> None:
        paragraph = self._paragraph("List Bullet" if line.kind == "bullet" else "Body Text", "")
        if line.label:
            _embolden(self._add_run(paragraph, f"{line.label}: ").font)
        self._add_run(paragraph, line.text)

    def _paragraph(self, style: str, text: str) -> Any:
        paragraph = self.document.add_paragraph(style=style)
        if text:
            self._add_run(paragraph, text)
        return paragraph

    def _add_run(self, paragraph: Any, text: str, style: str | None = None) -> Any:
        run = paragraph.add_run(text, style)
        if self.is_right_to_left and any(_is_right_to_left(character) for character in text):
            run.font.rtl = True
        return run

    def _add_links(self, paragraph: Any, links: Sequence[Link]) -> None:
        for number, link in enumerate(links):
            if number:
                paragraph.add_run(SEPARATOR)
            self._add_link(paragraph, link)

    def _add_link(self, paragraph: Any, link: Link) -> Any:
        from docx.oxml import OxmlElement
        from docx.oxml.ns import qn

        run = self._add_run(paragraph, link.text)
        if link.target:
            hyperlink = OxmlElement("w:hyperlink")
            hyperlink.set(qn("r:id"), self.document.part.relate_to(link.target, _LINK, is_external=True))
            paragraph._p.append(hyperlink)
            hyperlink.append(run._r)
        return run


def _embolden(font: Any) -> None:
    """Make a font bold in every script; Word has a switch of its own for right-to-left ones."""
    font.bold = font.cs_bold = True


def _is_right_to_left(character: str) -> bool:
    return unicodedata.bidirectional(character) in ("R", "AL")


def _set_properties(document: Any, outline: Outline) -> None:
    from docx.oxml.ns import qn

    properties = document.core_properties
    properties.title = document_title(outline)
    properties.author = outline.name
    properties.language = outline.wording.language
    properties.comments = ""
    for language in document.styles.element.xpath("w:docDefaults//w:lang"):
        language.set(qn("w:bidi" if outline.wording.is_right_to_left else "w:val"), outline.wording.language)
    for name in ("created", "modified"):  # the template's own
        for element in list(properties._element):
            if element.tag.endswith("}" + name):
                properties._element.remove(element)


def _drop_unused_parts(document: Any) -> None:
    """Leave out what the template brings along for documents of another kind: table styles, a thumbnail, old styles."""
    for relations in (document.part.package.rels, document.part.rels):
        for key in [key for key, relation in relations.items() if relation.reltype.endswith(_UNUSED_PARTS)]:
            del relations[key]
    styles = document.styles.element
    for style in styles.xpath("w:style[@w:type='table' and not(@w:default='1')]"):
        styles.remove(style)


def _set_page(document: Any, style: Style) -> None:
    from docx.enum.text import WD_TAB_ALIGNMENT
    from docx.shared import Cm

    section = document.sections[0]
    width, height = PAPER_SIZES[style.paper]
    section.page_width, section.page_height = Cm(width), Cm(height)
    section.left_margin = section.right_margin = Cm(style.margin)
    section.top_margin = section.bottom_margin = Cm(END_MARGIN * style.margin)
    for name in ("Entry", "Entry Detail"):
        tab_stops = document.styles[name].paragraph_format.tab_stops
        tab_stops.add_tab_stop(Cm(width - 2 * style.margin), WD_TAB_ALIGNMENT.RIGHT)
    if style.has_page_numbers:
        _number_pages(section.footer.paragraphs[0])


def _number_pages(paragraph: Any) -> None:
    """Write the number of the page and that of all pages, as fields that Word fills in."""
    from docx.enum.text import WD_PARAGRAPH_ALIGNMENT
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    paragraph.alignment = WD_PARAGRAPH_ALIGNMENT.CENTER
    for number, field in enumerate(("PAGE", "NUMPAGES")):
        if number:
            paragraph.add_run(" / ")
        run = f"<w:r><w:t>{number or 1}</w:t></w:r>"
        paragraph._p.append(parse_xml(f'<w:fldSimple {nsdecls("w")} w:instr="{field}">{run}</w:fldSimple>'))


def _set_styles(styles: Any, style: Style, theme: Theme) -> None:
    from docx.enum.style import WD_STYLE_TYPE
    from docx.enum.text import WD_PARAGRAPH_ALIGNMENT
    from docx.shared import Cm

    for name in ("Entry", "Entry Detail", "Contact"):
        styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH).base_style = styles["Normal"]
    styles.add_style("Muted", WD_STYLE_TYPE.CHARACTER)
    size, tight, accent = style.size * WORD_SIZE, style.spacing, style.accent.lstrip("#").upper()
    _set_look(styles["Normal"], size=size, tight=tight)
    _set_face(styles["Normal"], FACES[style.face].word)
    _set_look(styles["Title"], size=2.1 * size, color=accent, is_bold=True, after=2, tight=tight)
    _set_look(styles["Subtitle"], size=1.15 * size, color=MUTED, after=2, tight=tight)
    _set_look(styles["Contact"], after=4, tight=tight)
    _set_look(styles["Heading 1"], size=1.15 * size, color=accent, is_bold=True, before=11, after=4, tight=tight)
    _set_look(styles["Entry"], before=5, tight=tight)
    _set_look(styles["Entry Detail"], color=MUTED, after=1, tight=tight)
    _set_look(styles["Body Text"], after=2, tight=tight)
    _set_look(styles["List Bullet"], after=1, tight=tight)
    bullet = styles["List Bullet"].paragraph_format
    bullet.left_indent, bullet.first_line_indent = Cm(BULLET_INDENT), Cm(-BULLET_INDENT)
    _set_look(styles["Muted"], color=MUTED)
    for name in ("Title", "Subtitle", "Heading 1", "Entry", "Entry Detail"):
        styles[name].paragraph_format.keep_with_next = True
    if theme.is_centred:
        for name in ("Title", "Subtitle", "Contact"):
            styles[name].paragraph_format.alignment = WD_PARAGRAPH_ALIGNMENT.CENTER
    _mark_heading(styles["Heading 1"], theme.heading, accent)


def _set_look(
    style: Any,
    *,
    size: float | None = None,
    color: str = "",
    is_bold: bool = False,
    before: float = 0,
    after: float = 0,
    tight: float = 1,
) -> None:
    """Give a style its look, in points, in place of the look that the template gives it; `tight` scales the room."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Pt, RGBColor

    for tag in ("w:rPr", "w:pPr/w:pBdr"):
        for element in style.element.xpath(tag):
            element.getparent().remove(element)
    if size:
        size = round(2 * size) / 2  # Word counts in half points
        style.font.size = Pt(size)
        complex_size = OxmlElement("w:szCs")  # for right-to-left scripts
        complex_size.set(qn("w:val"), str(int(2 * size)))
        style.element.rPr.find(qn("w:sz")).addnext(complex_size)
    if color:
        style.font.color.rgb = RGBColor.from_string(color)
    if is_bold:
        _embolden(style.font)
    if hasattr(style, "paragraph_format"):
        style.paragraph_format.space_before = Pt(round(2 * before * tight) / 2)
        style.paragraph_format.space_after = Pt(round(2 * after * tight) / 2)
        style.paragraph_format.line_spacing = round(0.85 + 0.2 * tight, 2)


def _set_face(style: Any, face: str) -> None:
    from docx.oxml.ns import qn

    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for script in ("ascii", "hAnsi", "cs"):  # the East Asian font is left to the reader's own
        fonts.set(qn(f"w:{script}"), face)


def _mark_heading(style: Any, kind: str, accent: str) -> None:
    """Draw what a theme marks its headings with: a rule below or beside them, a shade, or nothing."""
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    drawn = {
        "ruled": '<w:pBdr {}><w:bottom w:val="single" w:sz="4" w:space="2" w:color="{}"/></w:pBdr>',
        "side": '<w:pBdr {}><w:left w:val="single" w:sz="24" w:space="6" w:color="{}"/></w:pBdr>',
        "shaded": '<w:shd {} w:val="clear" w:color="auto" w:fill="E8E8E8"/>',
        "plain": "",
    }[kind].format(nsdecls("w"), accent)
    if drawn:
        after = ("w:tabs", "w:spacing", "w:ind", "w:jc", "w:outlineLvl")
        style.element.get_or_add_pPr().insert_element_before(parse_xml(drawn), "w:shd", *after)


def _set_right_to_left(style: Any) -> None:
    from docx.oxml import OxmlElement

    style.element.get_or_add_pPr().insert_element_before(
        OxmlElement("w:bidi"), "w:adjustRightInd", "w:spacing", "w:ind", "w:jc", "w:outlineLvl"
    )


def _without_times(document: Any) -> bytes:
    """Return the document's archive, every part under the same time."""
    written = io.BytesIO()
    document.save(written)
    packed = io.BytesIO()
    with zipfile.ZipFile(written) as source, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            target.writestr(zipfile.ZipInfo(name, EPOCH), source.read(name), zipfile.ZIP_DEFLATED)
    return packed.getvalue()
