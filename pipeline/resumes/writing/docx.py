"""A resume as a Word document: real styles, real lists, real links, no tables, and nothing of the clock in it."""

import io
import unicodedata
import zipfile
from collections.abc import Sequence
from typing import Any

from pipeline.resumes.writing.outline import Entry, Line, Link, Outline
from pipeline.resumes.writing.paper import PAPER_SIZES, Paper

ACCENT, MUTED = "1F4464", "4D5562"
FONT = "Calibri"
SEPARATOR = " | "
SIDE_MARGIN, END_MARGIN, BULLET_INDENT = 1.9, 1.7, 0.45  # centimetres
EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest time that a ZIP archive can hold
_UNUSED_PARTS = ("/thumbnail", "/stylesWithEffects", "/customXml")
_LINK = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"


def write_docx(outline: Outline, paper: Paper = "a4") -> bytes:
    """Return the Word document; the same outline gives the same bytes."""
    import docx

    document = docx.Document()
    _drop_unused_parts(document)
    _set_properties(document, outline)
    _set_styles(document.styles)
    _set_page(document, paper)
    if outline.wording.is_right_to_left:
        _set_right_to_left(document.styles["Normal"])
    writer = _Writer(document, outline.wording.is_right_to_left)
    writer.write(outline)
    return _without_times(document)


class _Writer:
    """Writes one outline into one document."""

    def __init__(self, document: Any, is_right_to_left: bool) -> None:
        self.document, self.is_right_to_left = document, is_right_to_left

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
        details = entry.details
        paragraph = self.document.add_paragraph(style="Entry")
        if entry.title:
            _embolden(self._add_run(paragraph, entry.title).font)
        if not (is_tall and entry.title):
            if entry.title and details:
                paragraph.add_run(SEPARATOR)
            self._add_links(paragraph, details)
        if entry.dates:
            self._add_run(paragraph, f"\t{entry.dates}", "Muted")
        if is_tall and entry.title and details:
            self._add_links(self.document.add_paragraph(style="Entry Detail"), details)

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

    def _add_link(self, paragraph: Any, link: Link) -> None:
        from docx.oxml import OxmlElement
        from docx.oxml.ns import qn

        run = self._add_run(paragraph, link.text)
        if link.target:
            hyperlink = OxmlElement("w:hyperlink")
            hyperlink.set(qn("r:id"), self.document.part.relate_to(link.target, _LINK, is_external=True))
            paragraph._p.append(hyperlink)
            hyperlink.append(run._r)


def _embolden(font: Any) -> None:
    """Make a font bold in every script; Word has a switch of its own for right-to-left ones."""
    font.bold = font.cs_bold = True


def _is_right_to_left(character: str) -> bool:
    return unicodedata.bidirectional(character) in ("R", "AL")


def _set_properties(document: Any, outline: Outline) -> None:
    from docx.oxml.ns import qn

    properties = document.core_properties
    properties.title = outline.name or outline.wording.document_title
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


def _set_page(document: Any, paper: Paper) -> None:
    from docx.enum.text import WD_TAB_ALIGNMENT
    from docx.shared import Cm

    section = document.sections[0]
    width, height = PAPER_SIZES[paper]
    section.page_width, section.page_height = Cm(width), Cm(height)
    section.left_margin = section.right_margin = Cm(SIDE_MARGIN)
    section.top_margin = section.bottom_margin = Cm(END_MARGIN)
    tab_stops = document.styles["Entry"].paragraph_format.tab_stops
    tab_stops.add_tab_stop(Cm(width - 2 * SIDE_MARGIN), WD_TAB_ALIGNMENT.RIGHT)


def _set_styles(styles: Any) -> None:
    from docx.enum.style import WD_STYLE_TYPE
    from docx.shared import Cm

    for name in ("Entry", "Entry Detail", "Contact"):
        styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH).base_style = styles["Normal"]
    styles.add_style("Muted", WD_STYLE_TYPE.CHARACTER)
    _set_look(styles["Normal"], size=10.5)
    _set_look(styles["Title"], size=22, color=ACCENT, is_bold=True, after=2)
    _set_look(styles["Subtitle"], size=12, color=MUTED, after=2)
    _set_look(styles["Contact"], after=4)
    _set_look(styles["Heading 1"], size=12, color=ACCENT, is_bold=True, before=11, after=4)
    _set_look(styles["Entry"], before=5)
    _set_look(styles["Entry Detail"], color=MUTED, after=1)
    _set_look(styles["Body Text"], after=2)
    _set_look(styles["List Bullet"], after=1)
    bullet = styles["List Bullet"].paragraph_format
    bullet.left_indent, bullet.first_line_indent = Cm(BULLET_INDENT), Cm(-BULLET_INDENT)
    _set_look(styles["Muted"], color=MUTED)
    for name in ("Title", "Subtitle", "Heading 1", "Entry", "Entry Detail"):
        styles[name].paragraph_format.keep_with_next = True
    _draw_rule_below(styles["Heading 1"])


def _set_look(
    style: Any,
    *,
    size: float | None = None,
    color: str = "",
    is_bold: bool = False,
    before: float = 0,
    after: float = 0,
) -> None:
    """Give a style its look, in points, in place of the look that the template gives it."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Pt, RGBColor

    for tag in ("w:rPr", "w:pPr/w:pBdr"):
        for element in style.element.xpath(tag):
            element.getparent().remove(element)
    if size:
        style.font.size = Pt(size)
        complex_size = OxmlElement("w:szCs")  # for right-to-left scripts
        complex_size.set(qn("w:val"), str(round(2 * size)))
        style.element.rPr.find(qn("w:sz")).addnext(complex_size)
    if color:
        style.font.color.rgb = RGBColor.from_string(color)
    if is_bold:
        _embolden(style.font)
    if style.name == "Normal":
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for script in ("ascii", "hAnsi", "cs"):  # the East Asian font is left to the reader's own
            fonts.set(qn(f"w:{script}"), FONT)
    if hasattr(style, "paragraph_format"):
        style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(after)
        style.paragraph_format.line_spacing = 1.05


def _draw_rule_below(style: Any) -> None:
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    border = f'<w:bottom w:val="single" w:sz="4" w:space="2" w:color="{ACCENT}"/>'
    style.element.get_or_add_pPr().insert_element_before(
        parse_xml(f"<w:pBdr {nsdecls('w')}>{border}</w:pBdr>"), "w:shd", "w:tabs", "w:spacing", "w:ind", "w:outlineLvl"
    )


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
