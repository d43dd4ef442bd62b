"""The workbook, read back: the measures' numbers as numbers, nothing that runs, every column explained."""

import io
from dataclasses import replace

import openpyxl
import pandas as pd
import pytest

from dashboard.charts.tables import COLUMNS
from dashboard.export.takeaway import Data
from dashboard.export.workbook import as_xlsx, explained
from dashboard.i18n import LANGUAGES, catalogue, translator
from tests.export.conftest import PAGES


def read(data):
    return openpyxl.load_workbook(io.BytesIO(data))


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize(("study", "language"), [("demo-round-2", "en"), ("demo-round-2", "sv"), ("evidence", "en")])
def test_each_table_comes_back_as_the_measure_gave_it(taken, page, study, language):
    made, t = taken(page if page != "step" or study != "evidence" else "overview", study, language)
    book = read(as_xlsx(made, t))
    assert book.sheetnames[2:] == [data.name for data in made.data]
    for data in made.data:
        sheet = book[data.name]
        rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
        assert tuple(rows[0]) == COLUMNS[data.name]
        assert len(rows) == len(data.rows) + 1
        for found, given in zip(rows[1:], data.rows.itertuples(index=False), strict=True):
            for value, own in zip(found, given, strict=True):
                if isinstance(own, str):
                    assert (value or "") == own or value == f"'{own}"
                elif pd.isna(own):
                    assert value is None
                else:
                    assert value == pytest.approx(own, rel=1e-14)
                    assert not isinstance(value, str)


def test_every_table_has_a_header_that_stays_a_filter_and_widths(taken):
    made, t = taken()
    for sheet in read(as_xlsx(made, t)).worksheets[1:]:
        assert sheet.freeze_panes == "A2"
        assert sheet.auto_filter.ref.startswith("A1:")
        assert all(8 <= column.width <= 63 for column in sheet.column_dimensions.values())


def test_the_first_sheet_holds_question_sentence_and_stamp(taken):
    made, t = taken()
    said = [row[0] for row in read(as_xlsx(made, t)).worksheets[0].iter_rows(values_only=True)]
    assert {made.question, made.sentence, *made.stamp, *made.limits} <= set(said)


def test_every_column_of_every_sheet_is_explained(taken):
    made, t = taken()
    rows = list(read(as_xlsx(made, t)).worksheets[1].iter_rows(min_row=2, values_only=True))
    assert [(sheet, column) for sheet, column, _said in rows] == [
        (data.name, column) for data in made.data for column in data.rows.columns
    ]
    assert all(said for _sheet, _column, said in rows)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_column_of_every_table_is_explained_in_words(language):
    named = {column for columns in COLUMNS.values() for column in columns}
    words = catalogue(language)
    assert [name for name in sorted(named) if f"column.{name}" not in words] == []
    assert all(len(explained(name, translator(language))) > 8 for name in named)


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", '=HYPERLINK("http://x")'])
def test_text_that_a_spreadsheet_would_run_is_text(taken, text):
    made, t = taken()
    made = replace(made, question=text, data=(Data("gap_by_step", pd.DataFrame({"step": [text], "n_raised": [-1]})),))
    book = read(as_xlsx(made, t))
    for sheet in book.worksheets:
        assert [cell.value for row in sheet.iter_rows() for cell in row if cell.data_type == "f"] == []
    assert book["gap_by_step"]["A2"].value == f"'{text}"
    assert book["gap_by_step"]["B2"].value == -1


def test_signs_that_no_office_file_can_hold_are_left_away(taken):
    made, t = taken()
    rows = pd.DataFrame({"step": ["a\x01b\ufffe", "x" * 40_000]})
    sheet = read(as_xlsx(replace(made, data=(Data("gap_by_step", rows),)), t))["gap_by_step"]
    assert sheet["A2"].value == "a b "
    assert len(sheet["A3"].value) == 32_767


def test_libreoffice_opens_it(taken, as_pdf):
    made, t = taken()
    assert as_pdf(as_xlsx(made, t), "overview.xlsx").stat().st_size > 10_000
