"""A narrative as a Word document（.docx）, laid out as official documents are（GB/T 9704—2012 党政机关公文格式）."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from govbudget.errors import MissingExtraError
from govbudget.saving import writable

try:
    from docx import Document
    from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_COLOR_INDEX, WD_LINE_SPACING
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls, qn
    from docx.shared import Cm, Pt
except ImportError as error:
    raise MissingExtraError(
        "写 .docx 需要安装：pip install 'govbudget[docx]' (writing .docx needs the extra docx)"
    ) from error

if TYPE_CHECKING:
    from docx.document import Document as DocumentType
    from docx.text.paragraph import Paragraph
    from docx.text.run import Run

    from govbudget.narrative.sentences import Block

__all__ = ["render"]

LATIN = "Times New Roman"
# The face of each level with its size: title 二号, everything else 三号; None is a paragraph.
FACES = {
    0: ("方正小标宋简体", 22),
    1: ("黑体", 16),
    2: ("楷体_GB2312", 16),
    None: ("仿宋_GB2312", 16),
}
# What a machine without the face shows instead, in this order.
ALTERNATIVES = {
    "方正小标宋简体": "方正小标宋_GBK;小标宋;华文中宋;STZhongsong;Noto Serif CJK SC;宋体",
    "黑体": "SimHei;Noto Sans CJK SC;微软雅黑",
    "楷体_GB2312": "楷体;KaiTi;STKaiti;AR PL UKai CN;Noto Serif CJK SC",
    "仿宋_GB2312": "仿宋;FangSong;STFangsong;Noto Serif CJK SC",
}
LINE = Pt(28)
INDENT = Pt(32)
# A title that names the department breaks before the year.
TITLE_BREAK = re.compile(r"(?<=[^\d]{6})(?=20\d\d年)")
BLANK = re.compile(r"(【[^】]*】)")


def render(blocks: Iterable[Block]) -> bytes:
    """The bytes of the document; blanks for people to fill are highlighted."""
    document = Document()
    _page(document)
    for block in blocks:
        paragraph = document.add_paragraph()
        face, size = FACES[block.level]
        layout = paragraph.paragraph_format
        layout.space_before = layout.space_after = Pt(0)
        layout.line_spacing_rule = WD_LINE_SPACING.EXACTLY
        layout.line_spacing = LINE
        if block.level == 0:
            paragraph.style = document.styles["Title"]
            layout.line_spacing = Pt(36)
            layout.space_after = LINE
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
            _no_border(paragraph)
        else:
            if block.level is not None:
                paragraph.style = document.styles[f"Heading {block.level}"]
                layout.keep_with_next = True
            layout.first_line_indent = INDENT
        text = writable(block.text)
        for piece in BLANK.split(TITLE_BREAK.sub("\n", text) if block.level == 0 else text):
            if piece:
                run = paragraph.add_run(piece)
                _dress(run, face, size)
                if BLANK.fullmatch(piece):
                    run.font.highlight_color = WD_COLOR_INDEX.YELLOW
    _fonts(document)
    document.core_properties.author = "govbudget"
    document.core_properties.comments = ""
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def _page(document: DocumentType) -> None:
    """A4 with the margins and the page number of official documents, in simplified Chinese."""
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:eastAsia"), "zh-CN")
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.top_margin, section.bottom_margin = Cm(3.7), Cm(3.5)
    section.left_margin, section.right_margin = Cm(2.8), Cm(2.6)
    section.footer_distance = Cm(2.5)
    footer = section.footer.paragraphs[0]
    footer.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for text in ("— ", None, " —"):
        run = footer.add_run(text or "")
        _dress(run, "宋体", 14)
        if text is None:
            for kind in ("begin", "instr", "end"):
                xml = (
                    "<w:instrText {}>PAGE</w:instrText>"
                    if kind == "instr"
                    else f'<w:fldChar {{}} w:fldCharType="{kind}"/>'
                )
                run._r.append(parse_xml(xml.format(nsdecls("w"))))


def _dress(run: Run, face: str, size: int) -> None:
    run.font.name = LATIN
    run.font.size = Pt(size)
    run.font.bold = False
    run.font.italic = False
    properties = run._r.get_or_add_rPr()
    properties.append(parse_xml(f'<w:color {nsdecls("w")} w:val="000000"/>'))
    fonts = properties.find(qn("w:rFonts"))
    if fonts is not None:
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{theme}"), None)
        fonts.set(qn("w:eastAsia"), face)
        fonts.set(qn("w:hint"), "eastAsia")


def _no_border(paragraph: Paragraph) -> None:
    """The title style of the template draws a line under the title; an official document has none."""
    paragraph._p.get_or_add_pPr().append(
        parse_xml(f'<w:pBdr {nsdecls("w")}><w:bottom w:val="none" w:sz="0" w:space="0" w:color="auto"/></w:pBdr>')
    )


def _fonts(document: DocumentType) -> None:
    """Tell programs which faces may stand in for those that a machine does not have."""
    table = next((one.target_part for one in document.part.rels.values() if one.reltype.endswith("/fontTable")), None)
    if table is None:
        return
    entries = "".join(
        f'<w:font w:name="{face}"><w:altName w:val="{names}"/><w:charset w:val="86"/></w:font>'
        for face, names in ALTERNATIVES.items()
    )
    table._blob = table.blob.replace(b"</w:fonts>", entries.encode("utf-8") + b"</w:fonts>")
