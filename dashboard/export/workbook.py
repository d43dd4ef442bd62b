"""A take-away as a workbook: a table a sheet, numbers as numbers, and every column explained in words."""

from collections.abc import Iterable, Sequence
from typing import Any

import pandas as pd
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from dashboard.charts import theme
from dashboard.export.compose import quietly
from dashboard.export.pace import WRITTEN, Written, each
from dashboard.export.table import cell, readable
from dashboard.export.takeaway import Data, Takeaway
from dashboard.i18n import Translator
from dashboard.model import Progress

LONGEST = 32_767  # signs in a cell
NAMED = 31  # signs in a sheet's name
NARROWEST, WIDEST = 8, 60  # a column's width in signs
LOOKED_AT = 200  # rows that a column's width is taken from
SHARE = "0.00"

HEAD = Font(name="Calibri", bold=True, color=theme.PAPER["light"].lstrip("#"))
HEAD_FILL = PatternFill("solid", fgColor=theme.POINT["light"].lstrip("#"))
TITLE = Font(name="Georgia", size=16, color=theme.INK["light"].lstrip("#"))
WRAPPED = Alignment(wrap_text=True, vertical="top")


def as_xlsx(taken: Takeaway, t: Translator, say: Progress = quietly) -> bytes:
    """Return the tables behind a page as a workbook, with a sheet about it and one that explains the columns."""
    book = Workbook()
    about = book.active
    assert isinstance(about, Worksheet)
    _about(about, taken, t)
    _columns(book.create_sheet(t("take.book.columns")), taken, t)
    for at, data in enumerate(taken.data):
        what, share = f"{t('take.progress.write')} {data.name}", WRITTEN / len(taken.data)
        rows = each(list(data.rows.itertuples(index=False)), say, what, share * at, share * (at + 1))
        _table(book.create_sheet(data.name[:NAMED]), data.rows, _first_texts(data), rows)
    book.properties.title = readable(taken.question)
    book.properties.creator = t("product")
    book.properties.description = readable(taken.stamp[0])
    book.properties.language = taken.language
    buffer = Written(say, t("take.progress.save"))
    book.save(buffer)
    return buffer.getvalue()


def explained(column: str, t: Translator) -> str:
    """Return what a column means, in words."""
    return t(f"column.{column}")


def _about(sheet: Worksheet, taken: Takeaway, t: Translator) -> None:
    sheet.title = t("take.book.about")
    sheet.column_dimensions["A"].width = 110
    lines = (taken.question, taken.sentence, " · ".join(taken.facts), "", *taken.stamp, "", t("take.limits"))
    for line in (*lines, *taken.limits):
        sheet.append([_typed(line)])
    for row in sheet.iter_rows():
        row[0].alignment = WRAPPED
    sheet["A1"].font = TITLE
    sheet.cell(len(lines), 1).font = Font(name="Calibri", bold=True)
    sheet.sheet_view.showGridLines = False


def _columns(sheet: Worksheet, taken: Takeaway, t: Translator) -> None:
    """Explain every column of every sheet."""
    rows = [(data.name, column, explained(column, t)) for data in taken.data for column in data.rows.columns]
    names = [t(f"take.book.{name}") for name in ("sheet", "column", "meaning")]
    table = pd.DataFrame(rows, columns=names)
    _table(sheet, table, names, table.itertuples(index=False))


def _table(sheet: Worksheet, rows: pd.DataFrame, texts: Sequence[str], each_row: Iterable[Any]) -> None:
    """Write a table with a header row that stays, a filter on each column, and widths that fit; wrap the texts."""
    sheet.append([_typed(str(name)) for name in rows.columns])
    for row in each_row:
        sheet.append([_typed(value) for value in row])
    for at, name in enumerate(rows.columns, start=1):
        letter = get_column_letter(at)
        shown = [str(name), *(_shown(value) for value in rows.iloc[:LOOKED_AT, at - 1])]
        sheet.column_dimensions[letter].width = min(WIDEST, max(NARROWEST, *map(len, shown)) + 3)
        head = sheet.cell(1, at)
        head.font, head.fill, head.alignment = HEAD, HEAD_FILL, WRAPPED
        is_share = pd.api.types.is_float_dtype(rows.iloc[:, at - 1])
        for (found,) in sheet.iter_rows(min_row=2, min_col=at, max_col=at) if is_share or name in texts else ():
            if is_share:
                found.number_format = SHARE
            else:
                found.alignment = WRAPPED
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(max(1, len(rows.columns)))}{len(rows) + 1}"
    sheet.print_title_rows = "1:1"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)


def _first_texts(data: Data) -> list[str]:
    return [str(name) for name in data.rows.columns if name in ("step", "step_one", "practice", "reason", "quote")]


def _typed(value: object) -> object:
    """Return a value as a cell: a number as a number, text that runs nothing, nothing where it is missing."""
    if isinstance(value, str):
        return readable(str(cell(value)))[:LONGEST]
    found = cell(value.item() if hasattr(value, "item") else value)
    return None if found == "" else found


def _shown(value: object) -> str:
    found = _typed(value)
    return f"{found:.2f}" if isinstance(found, float) else str(found if found is not None else "")
