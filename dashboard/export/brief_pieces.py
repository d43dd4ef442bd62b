"""The pieces of a Word file: styles, tables with header rows, numbered captions, links, dots, page numbers."""

import re
from collections.abc import Sequence
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from docx.enum.style import WD_STYLE_TYPE
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt, RGBColor
from docx.table import Table
from docx.text.paragraph import Paragraph

from dashboard.charts import theme
from dashboard.export.table import readable

SANS, SERIF = "Arial", "Georgia"  # on every Word; Arial is as wide as its stand-ins elsewhere
INK, QUIET, LINE, POINT, PAPER = (
    colours["light"] for colours in (theme.INK, theme.QUIET, theme.LINE, theme.POINT, theme.PAPER)
)
ADDRESS = re.compile(r"https?://[^\s<>\"]+")
LANGUAGES = {"en": "en-GB", "sv": "sv-SE"}
SIZES = {"Title": 22, "Subtitle": 11, "Heading 1": 15, "Heading 2": 11.5, "Caption": 9.5, "Quote": 10}
FINDING, TRANSLATION, SAID_BY = "Finding", "Translation", "Said by"
WORDS = ((FINDING, SANS, 10.0, INK), (TRANSLATION, SANS, 9.0, QUIET), (SAID_BY, SANS, 9.0, QUIET))
"""The styles of what was said, beside Word's own for a quote: name, font, size and ink."""
SERIFS = ("Title", "Heading 1", "Quote")
HOLLOW = {"not_raised": "○", "unclear": "◌"}
DOT = "●"
MOST_DOTS = 40  # above that a row of dots cannot be counted by eye
PAGE = 17.0  # cm between the margins of an A4 page
CELL_TEXT, CELL_MARGIN = 9.5, 5.4  # points
VALUE, SPACE = qn("w:val"), qn("xml:space")
SIDES = {"top": "nil", "left": "nil", "bottom": "single", "right": "nil", "insideH": "single", "insideV": "nil"}
RULED = "".join(f'<w:{side} w:val="{kind}" w:sz="6" w:color="{LINE.lstrip("#")}"/>' for side, kind in SIDES.items())
RULES = f"<w:tblBorders>{RULED}</w:tblBorders>"
"""Thin lines between a table's rows, and none between its columns."""


def colour(name: str) -> RGBColor:
    """Return a colour as Word holds it."""
    return RGBColor(*bytes.fromhex(name.lstrip("#")))


def dress(made: Any, language: str) -> None:
    """Set page, type and language of a new document."""
    page = made.sections[0]
    page.page_width, page.page_height = Cm(21), Cm(29.7)
    page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = Cm(2)
    styles = made.styles
    _type(styles["Normal"], SANS, 10.5, INK)
    styles["Normal"].paragraph_format.space_after = Pt(6)
    tongue = OxmlElement("w:lang")
    tongue.set(qn("w:val"), LANGUAGES[language])
    styles["Normal"].element.get_or_add_rPr().append(tongue)
    for name, size in SIZES.items():
        _type(styles[name], SERIF if name in SERIFS else SANS, size, QUIET if name in ("Subtitle", "Caption") else INK)
    for name in ("Heading 1", "Heading 2", "Caption"):
        styles[name].paragraph_format.keep_with_next = True
    styles["Heading 1"].paragraph_format.space_before = Pt(18)
    for name, font, size, ink in WORDS:
        style = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = styles["Normal"]
        _type(style, font, size, ink)
    for name, after in (("Quote", 1), *((name, 6 if name == SAID_BY else 1) for name, *_rest in WORDS)):
        styles[name].paragraph_format.left_indent, styles[name].paragraph_format.space_after = Cm(0.6), Pt(after)
    styles["Quote"].font.italic = styles["Subtitle"].font.italic = False
    for spaced in list(styles["Subtitle"].element.iter(qn("w:spacing"))):
        spaced.getparent().remove(spaced)
    styles["Caption"].font.bold = False
    for line in styles["Title"].element.iter(qn("w:pBdr")):
        line.getparent().remove(line)
        break


def paragraph(made: Any, style: str = "Normal") -> Any:
    """Add an empty paragraph at the end; in a long document python-docx would look through all that stands before."""
    node = _inside(made.element.body, "w:p")
    if style != "Normal":
        _inside(_inside(node, "w:pPr"), "w:pStyle").set(VALUE, style.replace(" ", ""))  # so the template names them
    return Paragraph(node, made._body)


def heading(made: Any, text: str, level: int) -> None:
    """Add a heading: the document's title (0), or one of its sections."""
    _run(paragraph(made, f"Heading {level}" if level else "Title"), readable(text))


def say(
    made: Any, text: str, style: str = "Normal", *, bold: bool = False, quiet: bool = False, size: float = 0
) -> Any:
    """Add a paragraph; its addresses are links."""
    added = paragraph(made, style)
    write(added, text, bold=bold, quiet=quiet, size=size)
    return added


def write(paragraph: Any, text: str, *, bold: bool = False, quiet: bool = False, size: float = 0) -> None:
    """Write a text at the end of a paragraph; its addresses are links."""
    text, at = readable(text), 0
    for found in ADDRESS.finditer(text):
        _run(paragraph, text[at : found.start()], bold, quiet, size)
        link(paragraph, found[0], found[0])
        at = found.end()
    _run(paragraph, text[at:], bold, quiet, size)


def link(paragraph: Any, text: str, address: str) -> None:
    """Write a text that leads to an address."""
    part = paragraph.part
    node = OxmlElement("w:hyperlink")
    node.set(qn("r:id"), part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
    run = paragraph.add_run(readable(text))
    run.font.underline, run.font.color.rgb = True, colour(POINT)
    node.append(run._r)
    paragraph._p.append(node)


def caption(made: Any, word: str, number: int, text: str) -> None:
    """Write a caption with a number that Word counts itself."""
    added = paragraph(made, "Caption")
    _run(added, f"{word} ")
    _field(added, "SEQ Table \\* ARABIC", str(number))
    _run(added, f". {readable(text)}")


def table(
    made: Any, columns: Sequence[str], rows: Sequence[Sequence[object]], widths: Sequence[float], alt: str
) -> Any:
    """Add a table whose header row comes again on every page; numbers stand to the right. Widths are in cm."""
    wide = [round(Cm(width).twips) for width in widths]
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in wide)
    head = _row([_cell(name, width, is_head=True) for name, width in zip(columns, wide, strict=True)], is_head=True)
    body = "".join(_row([_cell(value, width) for value, width in zip(row, wide, strict=True)]) for row in rows)
    said = quoteattr(readable(alt))
    words = f"<w:tblCaption w:val={said}/><w:tblDescription w:val={said}/>"
    node = parse_xml(
        f'<w:tbl {nsdecls("w")}><w:tblPr><w:tblStyle w:val="TableGrid"/><w:tblW w:type="dxa" w:w="{sum(wide)}"/>'
        f'<w:jc w:val="center"/>{RULES}<w:tblLayout w:type="fixed"/><w:tblLook w:val="0020" w:firstRow="1"/>{words}'
        f"</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{head}{body}</w:tbl>"
    )
    made.element.body.append(node)
    return Table(node, made._body)


def _row(cells: Sequence[str], *, is_head: bool = False) -> str:
    again = "<w:tblHeader/>" if is_head else ""
    return f"<w:tr><w:trPr><w:cantSplit/>{again}</w:trPr>{''.join(cells)}</w:tr>"


def _cell(value: object, wide: int, *, is_head: bool = False) -> str:
    shade = f'<w:shd w:val="clear" w:fill="{POINT.lstrip("#")}"/>' if is_head else ""
    side = "" if isinstance(value, str) else '<w:jc w:val="right"/>'
    ink = f'<w:b/><w:color w:val="{PAPER.lstrip("#")}"/>' if is_head else ""
    text = escape(readable(str(value)))
    run = f'<w:r><w:rPr>{ink}<w:sz w:val="{round(2 * CELL_TEXT)}"/></w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'
    return (
        f'<w:tc><w:tcPr><w:tcW w:type="dxa" w:w="{wide}"/>{shade}</w:tcPr><w:p><w:pPr><w:spacing w:after="20"/>{side}'
        f"</w:pPr>{run if text else ''}</w:p></w:tc>"
    )


def dots(made: Any, groups: Sequence[tuple[str, int, str]]) -> None:
    """Draw one dot for each voice in its stance's colour, the silent ones hollow, and say how many in words."""
    if sum(n for _stance, n, _word in groups) <= MOST_DOTS:
        row = paragraph(made)
        row.paragraph_format.space_after, row.paragraph_format.keep_with_next = Pt(0), True
        for stance, n, _word in groups:
            ink = theme.STANCE_COLOURS["light"].get(stance, QUIET)
            _run(row, (HOLLOW.get(stance) or DOT) * n + "  ", size=15, ink=ink, font=SANS)
    say(made, " · ".join(f"{n} {word}" for _stance, n, word in groups), quiet=True, size=9.5)


def foot(made: Any, text: str) -> None:
    """Write a line with the page's number at the foot of every page."""
    paragraph = made.sections[0].footer.paragraphs[0]
    _run(paragraph, readable(text) + " · ", quiet=True, size=8.5)
    _field(paragraph, "PAGE", "1")
    for run in paragraph.runs:
        run.font.size, run.font.color.rgb = Pt(8.5), colour(QUIET)


def _type(style: Any, font: str, size: float, ink: str) -> None:
    style.font.name, style.font.size, style.font.color.rgb = font, Pt(size), colour(ink)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for name in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
        fonts.attrib.pop(qn(name), None)
    for name in ("w:ascii", "w:hAnsi", "w:cs"):
        fonts.set(qn(name), font)


def _run(
    paragraph: Any,
    text: str,
    bold: bool = False,
    quiet: bool = False,
    size: float = 0,
    *,
    ink: str = "",
    font: str = "",
) -> None:
    """Write a stretch of text. Made by hand: a brief of a thousand steps has tens of thousands of them."""
    if not text:
        return
    run = _inside(paragraph._p, "w:r")
    form = _inside(run, "w:rPr")  # whose parts the format wants in this order
    if font:
        fonts = _inside(form, "w:rFonts")
        fonts.set(qn("w:ascii"), font)
        fonts.set(qn("w:hAnsi"), font)
    if bold:
        _inside(form, "w:b")
    if quiet or ink:
        _inside(form, "w:color").set(VALUE, (ink or QUIET).lstrip("#"))
    if size:
        _inside(form, "w:sz").set(VALUE, str(round(2 * size)))
    for at, line in enumerate(text.split("\n")):
        if at:
            _inside(run, "w:br")
        part = _inside(run, "w:t")
        part.text = line
        part.set(SPACE, "preserve")


def _inside(parent: Any, name: str) -> Any:
    node = OxmlElement(name)
    parent.append(node)
    return node


def _field(paragraph: Any, code: str, shown: str) -> None:
    """Add a field that Word works out, with what it shows until then."""
    for kind, text in (("begin", ""), ("", code), ("separate", ""), ("shown", shown), ("end", "")):
        run = paragraph.add_run(text if kind == "shown" else "")
        if kind == "":
            order = OxmlElement("w:instrText")
            order.set(qn("xml:space"), "preserve")
            order.text = code
            run._r.append(order)
        elif kind != "shown":
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
            run._r.append(mark)
