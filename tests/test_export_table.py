"""A table as CSV: what a spreadsheet shows is what is in the table, and nothing in it runs."""

import re

import pandas as pd
import pytest

from dashboard.export.table import as_csv, cell


def lines(rows, stamp=()):
    data = as_csv(rows, stamp)
    assert data.startswith(b"\xef\xbb\xbf")
    return data.decode("utf-8-sig").split("\r\n")


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\x00"])
def test_text_that_a_spreadsheet_would_run_gets_an_apostrophe(start):
    assert cell(f"{start}1+1") == f"'{start}1+1"


@pytest.mark.parametrize("text", ["", "Asks", "6 of 9", " =1", "'=1", "å–ä", "<b>x</b>"])
def test_other_text_is_left_as_it_is(text):
    assert cell(text) == text


@pytest.mark.parametrize("missing", [None, float("nan"), pd.NA, pd.NaT])
def test_a_missing_value_is_an_empty_cell(missing):
    assert cell(missing) == ""


@pytest.mark.parametrize(("number", "shown"), [(-3, -3), (0, 0), (0.25, 0.25), (-0.5, -0.5), (4.0, 4), (True, True)])
def test_numbers_stay_numbers(number, shown):
    found = cell(number)
    assert (found, type(found)) == (shown, type(shown))


def test_whole_numbers_stay_whole_beside_missing_ones():
    rows = pd.DataFrame({"n": [1, None, 3], "gap": [0.5, None, 1.0], "is_core": [True, False, True]})
    assert lines(rows) == ["n,gap,is_core", "1,0.5,True", ",,False", "3,1,True", ""]


def test_letters_quotes_and_line_breaks_survive():
    rows = pd.DataFrame({"text": ['Hon sa "åk", då\ngick jag']})
    assert as_csv(rows).decode("utf-8-sig") == 'text\r\n"Hon sa ""åk"", då\ngick jag"\r\n'


def test_the_stamp_stands_above_the_table_in_lines_of_its_own():
    rows = pd.DataFrame({"n": [1]})
    assert lines(rows, ["Beyond the Protocol", "two\nlines\r\n=1+1"]) == [
        "# Beyond the Protocol", "# two lines =1+1", "n", "1", "",
    ]  # fmt: skip


def test_an_empty_table_has_its_header():
    assert lines(pd.DataFrame({"n": [], "gap": []})) == ["n,gap", ""]


def test_a_stamp_cannot_start_a_cell_of_its_own():
    lines = as_csv(pd.DataFrame({"n": [1]}), ['Title,=HYPERLINK("http://evil"); x']).decode("utf-8-sig").splitlines()
    assert lines[0] == "# Title =HYPERLINK( http://evil ) x"
    assert not any(cell.startswith("=") for cell in re.split(r"[,;\t]", lines[0]))
