"""The shapes of a deck: text that fits, native tables and charts, each with words for those who do not see it."""

from collections.abc import Sequence
from typing import Any

from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE, XL_LEGEND_POSITION, XL_TICK_LABEL_POSITION, XL_TICK_MARK
from pptx.enum.dml import MSO_PATTERN_TYPE
from pptx.enum.lang import MSO_LANGUAGE_ID
from pptx.enum.text import MSO_ANCHOR, MSO_AUTO_SIZE, PP_ALIGN
from pptx.oxml.ns import qn
from pptx.oxml.xmlchemy import OxmlElement
from pptx.util import Emu, Pt

from dashboard.charts import theme
from dashboard.export import fit
from dashboard.export.fit import Face, fitted
from dashboard.export.table import cell, readable
from dashboard.export.takeaway import Chart, Series

SANS, SERIF = "Arial", "Georgia"  # on every PowerPoint; Arial is as wide as its stand-ins elsewhere
INK, QUIET, LINE_COLOUR, POINT, PAPER = (
    colours["light"] for colours in (theme.INK, theme.QUIET, theme.LINE, theme.POINT, theme.PAPER)
)
CHART_COLOURS = {**theme.STANCE_COLOURS["light"], "point": POINT, "ink": POINT}
PATTERNS = {"unclear": MSO_PATTERN_TYPE.PERCENT_25, "not_raised": MSO_PATTERN_TYPE.WIDE_UPWARD_DIAGONAL}
LANGUAGES = {"en": MSO_LANGUAGE_ID.ENGLISH_UK, "sv": MSO_LANGUAGE_ID.SWEDISH}
NO_STYLE = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"  # PowerPoint's table style "No Style, No Grid"
MARGIN = 6  # points inside a table's cell, on each side
CELL_TEXT = 13
LABEL_TEXT = 12
LABEL_ROOM = 0.28  # of a chart's breadth, for the names of its bars
FEW_BARS = 6  # up to so many, a bar's name may take two lines
HEAD_ROOM = 62.0  # points, the most that a table's header takes

Box = tuple[float, float, float, float]
"""Left, top, width and height, in points."""


def colour(name: str) -> RGBColor:
    """Return a colour as an office file holds it."""
    return RGBColor(*bytes.fromhex(name.lstrip("#")))


def described(shape: Any, alt: str, name: str = "") -> Any:
    """Give a shape its words for those who do not see it."""
    properties = shape._element._nvXxPr.cNvPr
    properties.set("descr", readable(" ".join(alt.split())))
    if name:
        properties.set("name", name)
    return shape


def text(
    slide: Any, box: Box, said: str, size: float, language: str, *, face: Face = fit.PLAIN, ink: str = INK,
    alt: str = "", name: str = "", shape: Any = None, middle: bool = False, right: bool = False,
) -> Any:  # fmt: skip
    """Write a text that fits into a box: into the shape given, else into a text box of its own."""
    left, top, wide, tall = (Pt(value) for value in box)
    made = shape if shape is not None else slide.shapes.add_textbox(left, top, wide, tall)
    made.left, made.top, made.width, made.height = left, top, wide, tall
    found = fitted(readable(said), box[2], box[3], size, face)
    frame = made.text_frame
    frame.word_wrap, frame.auto_size = True, MSO_AUTO_SIZE.NONE
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    frame.vertical_anchor = MSO_ANCHOR.MIDDLE if middle else MSO_ANCHOR.TOP
    for at, part in enumerate(found.text.split("\n")):
        paragraph = frame.paragraphs[0] if not at else frame.add_paragraph()
        paragraph.alignment = PP_ALIGN.RIGHT if right else PP_ALIGN.LEFT
        _set(paragraph.add_run(), part, found.size, language, face, ink)
    return described(made, alt or said, name)


def bar(slide: Any, box: Box, fill: str, alt: str, name: str) -> Any:
    """Draw a plain rectangle."""
    shape = slide.shapes.add_shape(1, *(Pt(value) for value in box))
    shape.fill.solid()
    shape.fill.fore_color.rgb = colour(fill)
    shape.line.fill.background()
    shape.shadow.inherit = False
    return described(shape, alt, name)


def table(
    slide: Any, box: Box, columns: Sequence[str], rows: Sequence[Sequence[object]], widths: Sequence[float],
    language: str, alt: str,
) -> Any:  # fmt: skip
    """Draw a native table with a header row; rows are as high as their texts need, as far as the box has room."""
    left, top, wide, tall = box
    frame = slide.shapes.add_table(len(rows) + 1, len(columns), Pt(left), Pt(top), Pt(wide), Pt(tall))
    made = frame.table
    made._tbl.tblPr.find(qn("a:tableStyleId")).text = NO_STYLE
    made.horz_banding = False
    for at, share in enumerate(widths):
        made.columns[at].width = Pt(wide * share)
    head = _needed(columns, wide, widths, HEAD_ROOM, Face(is_bold=True))
    most = (tall - head) / max(1, len(rows))
    numeric = [all(not isinstance(row[at], str) for row in rows) for at in range(len(columns))]
    for down, row in enumerate((columns, *rows)):
        room = head if not down else _needed(row, wide, widths, most)
        made.rows[down].height = Pt(room)
        for at, value in enumerate(row):
            _cell(made.cell(down, at), value, (wide * widths[at], room), language, not down, numeric[at])
    frame.height = Emu(sum(row.height for row in made.rows))
    return described(frame, alt, "Table")


def chart(slide: Any, box: Box, drawn: Chart, language: str) -> Any:
    """Draw a native chart: bars of numbers, stacked by series, or two bars a category where two sides are compared."""
    data = CategoryChartData()
    room, tall = box[2] * LABEL_ROOM, LABEL_TEXT * fit.LINE * (2 if len(drawn.categories) <= FEW_BARS else 1)
    data.categories = [cell(fitted(readable(name), room, tall + 1, LABEL_TEXT).text) for name in drawn.categories]
    for series in drawn.series:
        data.add_series(str(cell(readable(series.name))), series.values)
    is_stacked = drawn.kind == "stacked_bars"
    kind = XL_CHART_TYPE.BAR_STACKED if is_stacked else XL_CHART_TYPE.BAR_CLUSTERED
    frame = slide.shapes.add_chart(kind, *(Pt(value) for value in box), data)
    made = frame.chart
    made.font.name, made.font.size = SANS, Pt(LABEL_TEXT)
    made.font.color.rgb = colour(INK)
    made.has_title = False
    made.has_legend = len(drawn.series) > 1
    if made.has_legend:
        made.legend.position, made.legend.include_in_layout = XL_LEGEND_POSITION.BOTTOM, False
    _axes(made, drawn, is_stacked)
    plot = made.plots[0]
    plot.gap_width, plot.overlap = (45, 100) if is_stacked else (60, -5)
    for given, series in zip(drawn.series, plot.series, strict=True):
        _series(series, given)
    return described(frame, drawn.alt, "Chart")


def _axes(made: Any, drawn: Chart, is_stacked: bool) -> None:
    value, category = made.value_axis, made.category_axis
    value.has_major_gridlines, value.visible = False, False
    value.minimum_scale = 0
    totals = [sum(series.values[at] or 0 for series in drawn.series) for at in range(len(drawn.categories))]
    value.maximum_scale = max(totals, default=1) or 1 if is_stacked else 1.12
    category.reverse_order = True
    category.major_tick_mark = XL_TICK_MARK.NONE
    category.format.line.fill.background()
    if len(drawn.categories) == 1:
        category.tick_label_position = XL_TICK_LABEL_POSITION.NONE


def _series(made: Any, given: Series) -> None:
    fill = made.format.fill
    if given.colour in PATTERNS:
        fill.patterned()
        fill.pattern = PATTERNS[given.colour]
        fill.fore_color.rgb, fill.back_color.rgb = colour(QUIET), colour(PAPER)
        made.format.line.color.rgb = colour(QUIET)
    else:
        fill.solid()
        fill.fore_color.rgb = colour(CHART_COLOURS[given.colour])
    if given.labels:
        for at, label in enumerate(given.labels):
            frame = made.points[at].data_label.text_frame
            frame.text = label
            frame.paragraphs[0].runs[0].font.size = Pt(LABEL_TEXT)
        return
    labels = made.data_labels
    labels.show_value, labels.number_format, labels.number_format_is_linked = True, "0;;;", False
    labels.font.size, labels.font.bold = Pt(14), True
    labels.font.color.rgb = colour(_ink_on(given.colour))
    if given.colour in PATTERNS:
        _paper_behind(labels)


def _ink_on(name: str) -> str:
    """Return the ink that reads best on a series: dark or the paper's."""
    if name in PATTERNS:
        return INK
    light = _luminance(CHART_COLOURS[name])
    return PAPER if 1.05 / (light + 0.05) > (light + 0.05) / (_luminance(INK) + 0.05) else INK


def _luminance(named: str) -> float:
    """Return a colour's relative luminance, as WCAG 2 defines it."""
    parts = [int(named[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _paper_behind(labels: Any) -> None:
    """Set the numbers of a patterned series on paper, so that they can be read."""
    properties = OxmlElement("c:spPr")
    fill, paper = OxmlElement("a:solidFill"), OxmlElement("a:srgbClr")
    paper.set("val", PAPER.lstrip("#"))
    fill.append(paper)
    properties.append(fill)
    labels._element.find(qn("c:txPr")).addprevious(properties)


def _set(run: Any, said: str, size: float, language: str, face: Face, ink: str) -> None:
    run.text = said
    run.font.name, run.font.size, run.font.bold = SERIF if face.is_serif else SANS, Pt(size), face.is_bold
    run.font.color.rgb = colour(ink)
    run.font.language_id = LANGUAGES[language]


def _needed(row: Sequence[object], wide: float, widths: Sequence[float], most: float, face: Face = fit.PLAIN) -> float:
    """Return how high a row must be for its texts, as far as there is room."""
    rooms = [wide * share - 2 * MARGIN for share in widths]
    tall = [fit.height(str(value), CELL_TEXT, room, face) for value, room in zip(row, rooms, strict=True)]
    return min(most, max(tall) + 2 * MARGIN + 2)


def _cell(made: Any, value: object, room: tuple[float, float], language: str, is_head: bool, is_number: bool) -> None:
    face = Face(is_bold=is_head)
    found = fitted(readable(str(value)), room[0] - 2 * MARGIN, room[1] - 2 * MARGIN, CELL_TEXT, face)
    made.margin_left = made.margin_right = Pt(MARGIN)
    made.margin_top = made.margin_bottom = Pt(MARGIN)
    made.vertical_anchor = MSO_ANCHOR.MIDDLE
    made.fill.solid()
    made.fill.fore_color.rgb = colour(POINT if is_head else PAPER)
    paragraph = made.text_frame.paragraphs[0]
    paragraph.alignment = PP_ALIGN.RIGHT if is_number else PP_ALIGN.LEFT
    _set(paragraph.add_run(), found.text, found.size, language, face, PAPER if is_head else INK)
    if not is_head:
        _underline(made)


def _underline(made: Any) -> None:
    """Draw a thin line under a cell."""
    line = OxmlElement("a:lnB")
    line.set("w", str(Pt(1)))
    fill, ink = OxmlElement("a:solidFill"), OxmlElement("a:srgbClr")
    ink.set("val", LINE_COLOUR.lstrip("#"))
    fill.append(ink)
    line.append(fill)
    made._tc.get_or_add_tcPr().insert(0, line)
