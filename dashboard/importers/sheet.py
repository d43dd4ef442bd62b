"""A table from a file: CSV (comma, semicolon or tab) or XLSX, each row with its number, all cells as text."""

import csv
import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass

from openpyxl import load_workbook

from dashboard.errors import ImportProblem, nearest

MAX_ROWS = 1_000_000
MAX_CELL = 1_000_000  # characters; a longer cell is a mistake of the export
MAX_INFLATED = 500_000_000  # bytes of an .xlsx once unpacked


@dataclass(frozen=True)
class Row:
    """One row of a table; `number` is what a spreadsheet shows beside it."""

    number: int
    cells: dict[str, str]

    def __getitem__(self, column: str) -> str:
        """Return a cell's text, "" where the table has no such column."""
        return self.cells.get(column, "")


@dataclass(frozen=True)
class Sheet:
    """A table with its name in messages, its columns and its rows."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]

    def place(self, row: Row, column: str = "") -> str:
        """Return where a message should point."""
        return f"{self.name}, row {row.number}" + (f", column {column}" if column else "")

    def require(self, *columns: str) -> None:
        """Raise where a needed column is missing, naming what was found."""
        missing = [c for c in columns if c not in self.columns]
        if missing:
            hints = " ".join(nearest(c, self.columns) for c in missing[:3])
            raise ImportProblem(
                f"The column {', '.join(map(repr, missing))} is missing.",
                where=self.name,
                remedy=f"Found: {', '.join(self.columns)}. {hints}",
            )


def read(data: bytes, name: str) -> list[Sheet]:
    """Return the tables of a file: one for a CSV, one a sheet for a workbook. Raises where it is no table."""
    if not data.strip():
        raise ImportProblem("The file is empty.", where=name, remedy="Export it again.")
    if data[:4] == b"PK\x03\x04":
        return _workbook(data, name)
    return [_csv(data, name)]


def _csv(data: bytes, name: str) -> Sheet:
    text = _decode(data, name)
    first = next((line for line in text.splitlines() if line.strip()), None)
    if first is None:
        raise ImportProblem("The file is empty.", where=name, remedy="Export it again.")
    delimiter = max(",;\t", key=first.count)
    limit = csv.field_size_limit(MAX_CELL)
    try:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
        numbered = list(enumerate(reader, start=1))
    except csv.Error as problem:
        raise ImportProblem(
            f"The table cannot be read ({problem}).",
            where=name,
            remedy="Check for an unclosed quotation mark.",
        ) from None
    finally:
        csv.field_size_limit(limit)
    return _sheet(name, numbered)


def _decode(data: bytes, name: str) -> str:
    encoding = "utf-16" if data[:2] in {b"\xff\xfe", b"\xfe\xff"} else "utf-8-sig"
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as problem:
        line = data[: problem.start].count(b"\n") + 1
        raise ImportProblem(
            f"The file is not UTF-8: byte 0x{data[problem.start]:02X} on line {line}.",
            where=name,
            remedy="Save it as “CSV UTF-8” and import it again; letters such as å and é are kept only then.",
        ) from None
    if "\x00" in text:
        line = text[: text.index("\x00")].count("\n") + 1
        raise ImportProblem(f"There is a NUL character on line {line}.", where=name, remedy="Export it again as text.")
    return text


def _workbook(data: bytes, name: str) -> list[Sheet]:
    try:
        tables = _unpacked(data, name)
    except ImportProblem:
        raise
    except Exception as problem:  # a damaged part raises whatever zip, XML and openpyxl happen to raise on it
        why = str(problem).partition("\n")[0]
        raise ImportProblem(f"Not a readable workbook ({why}).", where=name, remedy="Save it again.") from None
    sheets = [
        _sheet(f"{name}, sheet {title}", numbered)
        for title, numbered in tables
        if any(any(cells) for _number, cells in numbered)
    ]
    if not sheets:
        raise ImportProblem("The workbook is empty.", where=name)
    return sheets


def _unpacked(data: bytes, name: str) -> list[tuple[str, list[tuple[int, list[str]]]]]:
    """Return each sheet's title and its numbered rows."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        if sum(member.file_size for member in archive.infolist()) > MAX_INFLATED:
            raise ImportProblem(f"The workbook unpacks to more than {MAX_INFLATED:,} bytes.", where=name)
        if any(member.filename.endswith("vbaProject.bin") for member in archive.infolist()):
            raise ImportProblem("The workbook holds macros.", where=name, remedy="Save it as .xlsx without them.")
    book = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
    return [
        (
            sheet.title,
            [
                (number, ["" if cell is None else _cell(cell) for cell in cells])
                for number, cells in enumerate(sheet.iter_rows(values_only=True), start=1)
            ],
        )
        for sheet in book.worksheets
    ]


def _cell(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _sheet(name: str, numbered: Sequence[tuple[int, list[str]]]) -> Sheet:
    filled = [(number, cells) for number, cells in numbered if any(cell.strip() for cell in cells)]
    if not filled:
        raise ImportProblem("The table is empty.", where=name)
    if len(filled) > MAX_ROWS:
        raise ImportProblem(f"The table has more than {MAX_ROWS:,} rows.", where=name)
    header = [cell.strip().casefold().replace(" ", "_") for cell in filled[0][1]]
    while header and not header[-1]:
        header.pop()
    if "" in header:
        raise ImportProblem(
            f"Column {header.index('') + 1} has no name.", where=name, remedy="Name it in the first row, or remove it."
        )
    twice = sorted({column for column in header if header.count(column) > 1})
    if twice:
        raise ImportProblem(f"The column {twice[0]!r} stands twice.", where=name, remedy="Rename or remove one.")
    rows = []
    for number, cells in filled[1:]:
        if any(cell.strip() for cell in cells[len(header) :]):
            raise ImportProblem(
                f"The row has {len(cells)} cells, the header {len(header)}.",
                where=f"{name}, row {number}",
                remedy="A text that holds the delimiter must stand in quotation marks.",
            )
        rows.append(Row(number, {c: v.strip() for c, v in zip(header, cells, strict=False)}))
    return Sheet(name, tuple(header), tuple(rows))
