"""The deck, read back: native charts with the measures' numbers, notes, words on every shape, nothing too long."""

import io
import zipfile
from dataclasses import replace

import openpyxl
import pytest
from pptx import Presentation
from pptx.enum.text import MSO_AUTO_SIZE
from pptx.util import Pt

from dashboard.export.deck import MOST_ROWS, as_pptx
from dashboard.export.fit import SMALLEST, Face, height
from dashboard.export.gap_section import worst_first
from dashboard.export.takeaway import Chart, Series
from tests.export.conftest import PAGES

STUDIES = [("demo-round-2", "en"), ("demo-round-2", "sv"), ("evidence", "en")]


def read(data):
    return Presentation(io.BytesIO(data))


def made_of(taken, page, study="demo-round-2", language="en", top=3):
    made, t = taken("practice" if page == "step" and study == "evidence" else page, study, language, top)
    return made, read(as_pptx(made, t))


def shapes(deck):
    return [(slide, shape) for slide in deck.slides for shape in slide.shapes]


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize(("study", "language"), STUDIES)
def test_every_shape_has_words_for_those_who_do_not_see_it(taken, page, study, language):
    _made, deck = made_of(taken, page, study, language)
    assert [shape.name for _slide, shape in shapes(deck) if not shape._element._nvXxPr.cNvPr.get("descr")] == []


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize(("study", "language"), STUDIES)
def test_no_text_is_larger_than_its_box_or_smaller_than_can_be_read(taken, page, study, language):
    _made, deck = made_of(taken, page, study, language, 50)
    for slide, shape in shapes(deck):
        assert shape.left >= 0
        assert shape.left + shape.width <= deck.slide_width
        assert shape.top + shape.height <= deck.slide_height
        if shape.has_text_frame and shape.text_frame.text:
            assert shape.text_frame.auto_size == MSO_AUTO_SIZE.NONE
            assert _tall(shape.text_frame, shape.width.pt) <= shape.height.pt, shape.text_frame.text
        if shape.has_table:
            table = shape.table
            assert len(table.rows) <= MOST_ROWS
            for row in table.rows:
                for at, cell in enumerate(row.cells):
                    room = table.columns[at].width.pt - cell.margin_left.pt - cell.margin_right.pt
                    inside = row.height.pt - cell.margin_top.pt - cell.margin_bottom.pt
                    assert _tall(cell.text_frame, room) <= inside + 0.01, cell.text_frame.text
        assert slide.has_notes_slide


def _tall(frame, room):
    tall = 0.0
    for paragraph in frame.paragraphs:
        for run in paragraph.runs:
            assert run.font.size.pt >= SMALLEST
            face = Face(run.font.name == "Georgia", bool(run.font.bold))
            tall += height(run.text, run.font.size.pt, room, face)
    return tall


@pytest.mark.parametrize("page", PAGES)
def test_nothing_on_a_slide_covers_another_thing(taken, page):
    _made, deck = made_of(taken, page, top=50)
    for slide in deck.slides:
        boxes = [(s.left, s.top, s.left + s.width, s.top + s.height, s.name) for s in slide.shapes]
        for at, one in enumerate(boxes):
            for other in boxes[at + 1 :]:
                apart = one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]
                assert apart, (one, other)


def test_each_gap_is_one_slide_with_a_native_chart_and_a_native_table_and_one_of_what_was_said(taken):
    made, deck = made_of(taken, "overview")
    gaps = [section for section in made.sections if section.asks_for]
    slides, spoken = list(deck.slides)[3:9:2], list(deck.slides)[4:9:2]
    assert len(deck.slides) == 1 + len(made.sections) + len(gaps) + 1
    for section, slide in zip(gaps, spoken, strict=True):
        said = " ".join(shape.text_frame.text for shape in slide.shapes if shape.has_text_frame)
        stand = [one.text in said and one.who in said for one in worst_first(section.quotes)]
        assert stand[0]
        assert stand == sorted(stand, reverse=True)  # the first ones, each whole
        assert "…" not in said.partition("Source")[0]
        assert section.name in slide.shapes.title.text_frame.text
    for section, slide in zip(gaps, slides, strict=True):
        chart = next(shape.chart for shape in slide.shapes if shape.has_chart)
        table = next(shape.table for shape in slide.shapes if shape.has_table)
        found = {series.name: tuple(series.values) for series in chart.plots[0].series}
        assert found == {series.name: series.values for series in section.chart.series}
        rows = [[cell.text for cell in row.cells] for row in table.rows]
        assert [row[2] for row in rows[1:]] == [str(n) for n in section.table.iloc[: MOST_ROWS - 1, 2]]
        assert slide.shapes.title.text_frame.text == section.title
        said = " ".join(shape.text_frame.text for shape in slide.shapes if shape.has_text_frame)
        assert section.asks_for in said
        assert section.facts[0] in said


def test_a_chart_is_a_graphic_frame_with_a_chart_part_and_a_workbook(taken):
    made, t = taken()
    names = zipfile.ZipFile(io.BytesIO(as_pptx(made, t))).namelist()
    assert len([name for name in names if name.startswith("ppt/charts/chart")]) == 5
    assert not [name for name in names if name.startswith("ppt/media/")]


def test_the_notes_say_the_finding_its_n_and_the_stamp(taken):
    made, deck = made_of(taken, "overview")
    for slide in deck.slides:
        notes = slide.notes_slide.notes_text_frame.text
        assert all(line in notes for line in made.stamp)
    shown = [section for section in made.sections for _each in range(2 if section.quotes else 1)]
    for section, slide in zip(shown, list(deck.slides)[1:-1], strict=True):
        assert section.sentence in slide.notes_slide.notes_text_frame.text


def test_the_colours_of_a_chart_are_those_of_the_stances(taken):
    _made, deck = made_of(taken, "overview")
    chart = next(shape.chart for _slide, shape in shapes(deck) if shape.has_chart)
    adapted = next(series for series in chart.plots[0].series if series.name == "adapted")
    assert str(adapted.format.fill.fore_color.rgb) == "0B5D4B"


def test_it_is_16_to_9_and_dressed_for_what_its_reader_adds(taken):
    made, deck = made_of(taken, "overview")
    assert (deck.slide_width, deck.slide_height) == (Pt(960), Pt(540))
    assert deck.core_properties.title == made.question
    for layout in deck.slide_layouts:
        assert all(shape.left + shape.width <= deck.slide_width for shape in layout.placeholders)


def test_a_studys_words_cannot_become_a_formula_in_the_workbook_of_a_chart(taken):
    made, t = taken()
    chart = Chart("stacked_bars", ("=HYPERLINK(1)", "a\x01b"), (Series("=1+1", (1, 2), "adapted"),), "alt")
    section = replace(made.sections[0], chart=chart)
    data = as_pptx(replace(made, sections=(section,)), t)
    package = zipfile.ZipFile(io.BytesIO(data))
    book = next(name for name in package.namelist() if name.endswith(".xlsx"))
    sheet = openpyxl.load_workbook(io.BytesIO(package.read(book))).active
    assert [cell.value for row in sheet.iter_rows() for cell in row if cell.data_type == "f"] == []


def test_a_long_text_is_shortened_and_stands_in_the_notes_in_full(taken):
    made, t = taken()
    long = "word " * 400
    section = replace(made.sections[2], title=long, notes=long)
    deck = read(as_pptx(replace(made, sections=(section,)), t))
    assert deck.slides[1].shapes.title.text_frame.text.endswith("…")
    assert long.strip() in deck.slides[1].notes_slide.notes_text_frame.text


@pytest.mark.parametrize("page", PAGES)
def test_libreoffice_opens_it(taken, as_pdf, page):
    made, t = taken(page)
    pypdfium2 = pytest.importorskip("pypdfium2", reason="counts the pages of the PDF")
    assert len(pypdfium2.PdfDocument(as_pdf(as_pptx(made, t), f"{page}.pptx"))) == len(made.sections) + 2
