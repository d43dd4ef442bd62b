"""Tables as programs and people really save them: what is read, and what is refused with its place."""

import io
import zipfile

import pytest
from openpyxl import Workbook

from dashboard.errors import ImportProblem
from dashboard.importers import grid, sheet


def rows(data, name="t.csv"):
    [table] = sheet.read(data.encode() if isinstance(data, str) else data, name)
    return table.columns, [tuple(row.cells.values()) for row in table.rows]


def refusal(data, name="t.csv"):
    with pytest.raises(ImportProblem) as caught:
        sheet.read(data.encode() if isinstance(data, str) else data, name)
    assert name in caught.value.where
    return str(caught.value)


def workbook(**sheets):
    book = Workbook()
    book.remove(book.active)
    for title, table in sheets.items():
        page = book.create_sheet(title)
        for cells in table:
            page.append(cells)
    packed = io.BytesIO()
    book.save(packed)
    return packed.getvalue()


def with_part(data, name, content):
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(packed, "w") as new:
        for member in {*old.namelist(), name}:
            new.writestr(member, content if member == name else old.read(member))
    return packed.getvalue()


SMALL = [["participant", "site"], ["P1", "North"]]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"], ids=["comma", "semicolon", "tab"])
def test_the_header_tells_the_delimiter(delimiter):
    table = f"a{delimiter}b\n1{delimiter}2\n"
    assert rows(table) == (("a", "b"), [("1", "2")])


def test_a_comma_in_a_semicolon_table_is_text():
    assert rows("a;b\nyes, often;0,5\n") == (("a", "b"), [("yes, often", "0,5")])


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-be"])
def test_letters_survive_every_unicode_encoding(encoding):
    mark = b"\xfe\xff" if encoding == "utf-16-be" else b""
    assert rows(mark + "a,b\nåsa,é😀\n".encode(encoding)) == (("a", "b"), [("åsa", "é😀")])


def test_a_quoted_cell_may_hold_lines_quotes_and_delimiters():
    assert rows('a,b\n"one\ntwo, ""three""",2\n') == (("a", "b"), [('one\ntwo, "three"', "2")])


def test_a_row_has_the_number_that_a_spreadsheet_shows_beside_it():
    [table] = sheet.read(b'a,b\n"one\ntwo",1\n\nq,3\n', "t.csv")
    assert [row.number for row in table.rows] == [2, 4]


def test_headers_are_compared_without_case_and_spaces():
    assert rows(" Step ID ,Text\nV1,x\n")[0] == ("step_id", "text")


def test_empty_rows_and_empty_last_columns_are_left_out():
    assert rows("a,b,,\n\n1,2,,\n,,,\n3,4\n") == (("a", "b"), [("1", "2"), ("3", "4")])


def test_a_short_row_has_empty_cells():
    [table] = sheet.read(b"a,b,c\n1\n", "t.csv")
    assert (table.rows[0]["a"], table.rows[0]["b"], table.rows[0]["no_such_column"]) == ("1", "", "")


@pytest.mark.parametrize("text", ["=1+1", "@SUM(A1)", "<b>no</b>", "![x](http://example.org)", "-3"])
def test_text_is_kept_word_for_word(text):
    assert rows(f'a,b\n"{text}",2\n')[1] == [(text, "2")]


@pytest.mark.parametrize(
    "data", [b"", b" \n\t\n", b"\xef\xbb\xbf", b"\xff\xfe", "\n\n".encode("utf-16"), "\u00a0\n".encode()]
)
def test_an_empty_file_is_refused(data):
    assert refusal(data) == "t.csv: The file is empty. Export it again."


def test_only_empty_cells_are_refused():
    assert "The table is empty." in refusal(",,\n,,\n")


def test_latin_1_is_refused_with_its_byte_and_line():
    assert "The file is not UTF-8: byte 0xE5 on line 3." in refusal("a,b\n1,2\npå,3\n".encode("latin-1"))


def test_a_nul_character_is_refused_with_its_line():
    assert "There is a NUL character on line 2." in refusal("a,b\n1,\x00\n")


def test_utf_16_without_a_mark_is_refused():
    assert "NUL character on line 1" in refusal("a,b\n1,2\n".encode("utf-16-le"))


def test_an_unclosed_quotation_mark_is_refused():
    assert "Check for an unclosed quotation mark." in refusal('a,b\n"1,2\n3,4\n')


def test_a_cell_beyond_the_limit_is_refused():
    assert "field larger than field limit (1000000)" in refusal("a,b\n" + "x" * 1_000_001 + ",2\n")


def test_a_table_beyond_the_row_limit_is_refused(monkeypatch):
    monkeypatch.setattr(grid, "MAX_ROWS", 2)
    assert "The table has more than 2 rows." in refusal("a\n1\n2\n")


def test_a_column_that_stands_twice_is_refused():
    assert "The column 'step_id' stands twice." in refusal("step_id,text,Step ID\n1,2,3\n")


def test_a_row_with_more_cells_than_the_header_is_refused_with_its_row():
    assert "t.csv, row 3: The row has 3 cells, the header 2." in refusal("a,b\n1,2\nyes, often,2\n")


def test_a_missing_column_names_what_was_found_and_the_nearest():
    [table] = sheet.read(b"participant,stanse\nP1,adapted\n", "t.csv")
    with pytest.raises(ImportProblem) as caught:
        table.require("participant", "stance")
    assert str(caught.value) == (
        "t.csv: The column 'stance' is missing. Found: participant, stanse. Did you mean 'stanse'?"
    )


# --- workbooks --------------------------------------------------------------------------------------------


def test_each_filled_sheet_of_a_workbook_is_a_table():
    tables = sheet.read(workbook(practice=[["a"], ["1"]], empty=[], protocol=[["b"], ["2"]], voices=SMALL), "b.xlsx")
    assert [(t.name, t.columns) for t in tables] == [
        ("b.xlsx, sheet practice", ("a",)),
        ("b.xlsx, sheet protocol", ("b",)),
        ("b.xlsx, sheet voices", ("participant", "site")),
    ]


def test_numbers_truths_and_gaps_in_cells_become_the_text_that_a_person_reads():
    data = workbook(one=[["a", "b", "c", "d"], [1, 2.5, True, None], [2018.0, "x", False, 3]])
    assert rows(data, "b.xlsx")[1] == [("1", "2.5", "true", ""), ("2018", "x", "false", "3")]


def test_a_row_of_a_workbook_has_its_own_number():
    [table] = sheet.read(workbook(one=[["a"], [None], ["1"]]), "b.xlsx")
    assert [row.number for row in table.rows] == [3]


def test_an_empty_workbook_is_refused():
    assert "The workbook is empty." in refusal(workbook(one=[], two=[]), "b.xlsx")


def test_macros_are_refused():
    data = with_part(workbook(one=SMALL), "xl/vbaProject.bin", b"\xd0\xcf")
    assert "The workbook holds macros. Save it as .xlsx without them." in refusal(data, "b.xlsx")


def test_a_workbook_that_unpacks_beyond_the_limit_is_refused(monkeypatch):
    monkeypatch.setattr(grid, "MAX_INFLATED", 1000)
    assert "unpacks to more than 1,000 bytes" in refusal(workbook(one=SMALL), "b.xlsx")


@pytest.mark.parametrize("part", ["[Content_Types].xml", "xl/workbook.xml", "xl/worksheets/sheet1.xml"])
def test_a_workbook_with_a_damaged_part_is_refused(part):
    assert "Not a readable workbook" in refusal(with_part(workbook(one=SMALL), part, b"<cut"), "b.xlsx")


def test_a_workbook_with_a_dtd_is_refused():
    bomb = b'<!DOCTYPE a [<!ENTITY b "c">]><worksheet>&b;</worksheet>'
    data = with_part(workbook(one=SMALL), "xl/worksheets/sheet1.xml", bomb)
    assert "Not a readable workbook" in refusal(data, "b.xlsx")


def test_a_truncated_workbook_is_refused():
    data = workbook(one=SMALL)
    assert "Not a readable workbook" in refusal(data[: len(data) // 2], "b.xlsx")


def test_a_column_without_a_name_is_refused_rather_than_dropped():
    with pytest.raises(ImportProblem, match="Column 2 has no name"):
        sheet.read(b"participant,,stance\nP1,lost,adapted\n", "practice.csv")


def test_rows_below_the_size_that_a_workbook_says_of_itself_are_read():
    data = workbook(S=[*SMALL, ["P2", "South"]])
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        page = archive.read("xl/worksheets/sheet1.xml").replace(b'<dimension ref="A1:B3"', b'<dimension ref="A1:A2"')
    assert b'"A1:A2"' in page
    assert rows(with_part(data, "xl/worksheets/sheet1.xml", page), "t.xlsx")[1] == [("P1", "North"), ("P2", "South")]
