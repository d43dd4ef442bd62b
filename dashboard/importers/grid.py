"""The cells of a table file as they stand: CSV, XLSX, XLS or ODS, each row with its number, nothing interpreted yet."""

import csv
import io
import re
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils.escape import unescape
from python_calamine import CalamineError, CalamineWorkbook

from dashboard.errors import ImportProblem, nearest
from dashboard.importers.names import counted

MAX_ROWS = 1_000_000
MAX_CELL = 1_000_000  # characters; a longer cell is a mistake of the export
MAX_INFLATED = 500_000_000  # bytes of an .xlsx once unpacked
OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OPEN_DOCUMENT = b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet"
DELIMITERS = ",;\t"
ENCODINGS = ("utf-8", "utf-16", "utf-16-le", "utf-16-be", "windows-1252", "windows-1250", "iso-8859-1", "iso-8859-2",
             "iso-8859-15", "mac-roman")  # fmt: skip
_QUOTED = re.compile(r'"(?:[^"]|"")*"')
# What turns the order of letters around or shows as nothing: a quote could read otherwise than it is written.
MARKS = re.compile(r"[\x01-\x08\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069]")
_SEP_LINE = re.compile(r"\s*\"?sep=(.)\"?[ \t]*(\r\n|\r|\n)", re.IGNORECASE)

Numbered = tuple[int, tuple[str, ...]]
"""What a spreadsheet shows beside a row, and the row's cells as text."""


@dataclass(frozen=True)
class Grid:
    """One table: `name` is for messages, `title` is the sheet's or the file's own, `rows` are those with a word."""

    name: str
    title: str
    rows: tuple[Numbered, ...]
    marks: int = 0
    """How many control and direction marks were taken out of the cells."""

    @property
    def notes(self) -> list[str]:
        """Return what to tell of the cells."""
        marks = counted(self.marks, "control or direction mark")
        return [f"{self.name}: {marks} taken out of the cells."] if self.marks else []


def read(data: bytes, name: str, *, encoding: str = "", delimiter: str = "") -> list[Grid]:
    """Return the tables of a file: one for a CSV, one a filled sheet for a workbook. Raises where it is no table.

    `encoding` and `delimiter` are those of a CSV that says neither; without them UTF-8, a byte order mark's UTF-16,
    and the delimiter that the first line uses most.
    """
    if not data.strip():
        raise ImportProblem("The file is empty.", where=name, remedy="Export it again.")
    if data[:4] == b"PK\x03\x04":
        return _other_workbook(data, name) if is_open_document(data) else _workbook(data, name)
    if data[:8] == OLD_OFFICE:
        return _other_workbook(data, name)
    return [_csv(data, name, encoding, delimiter)]


def is_old_workbook(data: bytes) -> bool:
    """Return whether an old Office file is a workbook (.xls), told by its streams, and not a text or slides."""
    return data[:8] == OLD_OFFICE and any(stream.encode("utf-16-le") in data for stream in ("Workbook", "Book\x00"))


def is_open_document(data: bytes) -> bool:
    """Return whether a zip is a sheet of LibreOffice or another program that writes OpenDocument (.ods)."""
    return _OPEN_DOCUMENT in data[:200]  # the standard puts it first and unpacked, so that files can be told by it


def is_locked(data: bytes) -> bool:
    """Return whether an Office file is one that only its password opens."""
    return data[:8] == OLD_OFFICE and "EncryptedPackage".encode("utf-16-le") in data


def _csv(data: bytes, name: str, encoding: str, delimiter: str) -> Grid:
    text = decode(data, name, encoding)
    stated = _SEP_LINE.match(text)  # what Excel reads and writes before the header
    if stated:
        delimiter = delimiter or stated[1]
    body = text[stated.end() :] if stated else text
    first = next((line for line in body.splitlines() if line.strip()), None)
    if first is None:
        raise ImportProblem("The file is empty.", where=name, remedy="Export it again.")
    bare = _QUOTED.sub("", first)
    delimiter = delimiter or max(DELIMITERS, key=bare.count)
    limit = csv.field_size_limit(MAX_CELL)
    try:
        reader = csv.reader(io.StringIO(body, newline=""), delimiter=delimiter, strict=True)
        return _grid(name, name.rpartition(".")[0] or name, enumerate(reader, start=2 if stated else 1))
    except csv.Error as problem:
        if "field limit" in str(problem):
            raise _too_long(f"{name}, line {reader.line_num}") from None
        raise ImportProblem(
            f"The table cannot be read ({problem}).",
            where=name,
            remedy="Check for an unclosed quotation mark.",
        ) from None
    finally:
        csv.field_size_limit(limit)


def decode(data: bytes, name: str, encoding: str = "") -> str:
    """Return a text without its byte order mark. Raises where it is not in its encoding, UTF-8 unless said."""
    if encoding and encoding not in ENCODINGS:
        raise ImportProblem(f"{encoding!r} is not an encoding.", where=name, remedy=nearest(encoding, ENCODINGS))
    marked = "utf-16" if data[:2] in {b"\xff\xfe", b"\xfe\xff"} else "utf-8-sig" if data[:3] == b"\xef\xbb\xbf" else ""
    try:
        text = data.decode(marked or encoding or "utf-8-sig")
    except UnicodeDecodeError as problem:
        line = data[: problem.start].count(b"\n") + 1
        expected = "UTF-8" if (marked or encoding or "utf-8").startswith("utf-8") else marked or encoding
        raise ImportProblem(
            f"The file is not {expected}: byte 0x{data[problem.start]:02X} on line {line}.",
            where=name,
            remedy="Save it as “CSV UTF-8” and import it again; letters such as å and é are kept only then. Coded "
            'segments may instead say encoding = "windows-1252", or another, under [columns] in a mapping.',
        ) from None
    if "\x00" in text:
        line = text[: text.index("\x00")].count("\n") + 1
        raise ImportProblem(f"There is a NUL character on line {line}.", where=name, remedy="Export it again as text.")
    return text.removeprefix("\ufeff")


def _workbook(data: bytes, name: str) -> list[Grid]:
    try:
        tables = _unpacked(data, name)
    except ImportProblem:
        raise
    except Exception as problem:  # a damaged part raises whatever zip, XML and openpyxl happen to raise on it
        why = str(problem).partition("\n")[0]
        raise ImportProblem(f"Not a readable workbook ({why}).", where=name, remedy="Save it again.") from None
    return _filled(tables, name)


def _unpacked(data: bytes, name: str) -> list[tuple[str, list[tuple[int, list[str]]]]]:
    """Return each sheet's title and its numbered rows."""
    _refuse_inflated(data, name)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = archive.namelist()
    if any(member.endswith("vbaProject.bin") for member in members):
        raise ImportProblem("The workbook holds macros.", where=name, remedy="Save it as .xlsx without them.")
    if any(member.startswith("xl/externalLinks/") for member in members):
        raise ImportProblem(
            "The workbook takes cells from other files (external links).",
            where=name,
            remedy="Break the links, or paste the cells as values, and save it again.",
        )
    book = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
    return [(sheet.title, _rows_of(sheet)) for sheet in book.worksheets]


def _rows_of(sheet: Any) -> list[tuple[int, list[str]]]:  # a read-only sheet, which the stubs know by half
    """Return the numbered rows of a sheet, those with a cell all of one width."""
    sheet.reset_dimensions()  # what a sheet says of its own size may be older than its rows
    rows = [
        (number, ["" if cell is None else _cell(cell) for cell in cells])
        for number, cells in enumerate(sheet.iter_rows(values_only=True), start=1)
    ]
    width = max((len(cells) for _number, cells in rows), default=0)
    return [(number, cells + [""] * (width - len(cells)) if cells else cells) for number, cells in rows]


def _other_workbook(data: bytes, name: str) -> list[Grid]:
    """Return the sheets of a workbook that is no .xlsx."""
    try:
        _refuse_inflated(data, name)
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        tables = [
            (
                title,
                [
                    (number, [_cell(cell) for cell in cells])
                    for number, cells in enumerate(
                        book.get_sheet_by_name(title).to_python(skip_empty_area=False), start=1
                    )
                ],
            )
            for title in book.sheet_names
        ]
    except (CalamineError, zipfile.BadZipFile, OSError, ValueError) as problem:
        why = str(problem).partition("\n")[0]
        raise ImportProblem(
            f"Not a readable workbook ({why}).", where=name, remedy="Save it as .xlsx or CSV UTF-8."
        ) from None
    return _filled(tables, name)


def _refuse_inflated(data: bytes, name: str) -> None:
    if data[:4] != b"PK\x03\x04":
        return
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        if sum(member.file_size for member in archive.infolist()) > MAX_INFLATED:
            raise ImportProblem(f"The workbook unpacks to more than {MAX_INFLATED:,} bytes.", where=name)


def _filled(tables: Sequence[tuple[str, list[tuple[int, list[str]]]]], name: str) -> list[Grid]:
    grids = [
        _grid(f"{name}, sheet {title}", title, numbered)
        for title, numbered in tables
        if any(any(cells) for _number, cells in numbered)
    ]
    if not grids:
        raise ImportProblem("The workbook is empty.", where=name)
    return grids


def _cell(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, str):
        # A workbook writes the line ends of Windows as _x000D_, whoever reads it has to undo that.
        return unescape(value).replace("\r\n", "\n") if "_x" in value else value
    return str(value)


def _grid(name: str, title: str, numbered: Iterable[tuple[int, Sequence[str]]]) -> Grid:
    filled: list[Numbered] = []
    marks = 0
    for number, cells in numbered:
        kept, whole = tuple(cells), "".join(cells)
        found = 0 if whole.isprintable() else len(MARKS.findall(whole))  # a search of every row would be slow
        if found:
            marks += found
            kept = tuple(MARKS.sub("", cell) for cell in cells)
        if len(whole) > MAX_CELL and any(len(cell) > MAX_CELL for cell in kept):
            raise _too_long(f"{name}, row {number}")
        if whole.strip():
            filled.append((number, kept))
        if len(filled) > MAX_ROWS:
            raise ImportProblem(
                f"The table has more than {MAX_ROWS:,} rows.", where=name, remedy="Split it into several files."
            )
    if not filled:
        raise ImportProblem("The table is empty.", where=name)
    return Grid(name, title, tuple(filled), marks)


def _too_long(where: str) -> ImportProblem:
    return ImportProblem(
        f"A cell has more than {MAX_CELL:,} characters.",
        where=where,
        remedy="Check for an unclosed quotation mark, or shorten the text.",
    )
