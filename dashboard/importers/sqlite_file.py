"""A SQLite file from a stranger, read and never run: in memory, without extensions, within limits of size and time."""

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from time import monotonic

from dashboard.errors import ImportProblem

MAGIC = b"SQLite format 3\x00"
MAX_FILE = 512 * 2**20
MAX_CELL = 64 * 2**20  # bytes; some 20 000 pages, which is no transcript
MAX_ROWS = 1_000_000
SECONDS = 120.0
STEPS_BETWEEN_LOOKS = 10_000  # of SQLite's virtual machine; a millisecond or so
COPY_AGAIN = "Close the program that wrote it, copy the file again and import the copy."
_ALLOWED = frozenset({sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ})

Value = str | int | float | bytes | None
Record = Mapping[str, Value]
"""A row: lower-case column name → value. SQLite lets any column hold any type, and versions differ in columns."""


@dataclass(frozen=True)
class Tables:
    """The tables of an open file. Views and virtual tables are not among them: reading those would run something."""

    name: str
    names: frozenset[str]
    _connection: sqlite3.Connection

    def rows(self, table: str, sql: str) -> Iterator[Record]:
        """Return the rows that the question finds in the table, none where the file has no such table."""
        if table not in self.names:
            return
        cursor = self._connection.execute(sql)
        columns = [str(column[0]).casefold() for column in cursor.description]
        for number, row in enumerate(cursor, start=1):
            if number > MAX_ROWS:
                raise ImportProblem(f"The table {table!r} has more than {MAX_ROWS:,} rows.", where=self.name)
            yield dict(zip(columns, row, strict=True))

    def text(self, value: Value, what: str) -> str:
        """Return a cell as text, "" for none. Raises where it holds bytes or a NUL character."""
        if isinstance(value, bytes) or (isinstance(value, str) and "\x00" in value):
            raise ImportProblem(f"The {what} is not text.", where=self.name, remedy=COPY_AGAIN)
        return "" if value is None else str(value)


def whole(value: Value) -> int | None:
    """Return a cell as a whole number (RQDA keeps positions as reals), None where it is none."""
    try:
        number = int(float(value)) if isinstance(value, str | float) else value
    except (ValueError, OverflowError):
        return None
    return number if isinstance(number, int) else None


@contextmanager
def opened(data: bytes, name: str) -> Iterator[Tables]:
    """Give the tables of a SQLite file, as they were when it was last closed. Raises for anything that SQLite refuses.

    The bytes are opened in memory, so that nobody's words are written to a disk, and only reading is allowed.
    """
    if len(data) > MAX_FILE:
        raise ImportProblem(f"The database is larger than the limit of {MAX_FILE // 2**20} MB.", where=name)
    try:
        with closing(sqlite3.connect(":memory:")) as connection:
            connection.deserialize(_without_journal(data))
            _harden(connection)
            found = connection.execute("select name from sqlite_master where type = 'table' and rootpage > 0")
            yield Tables(name, frozenset(str(row[0]).casefold() for row in found), connection)
    except (sqlite3.Error, UnicodeError, OverflowError) as problem:  # sqlite3 decodes its own messages, too
        raise _problem(problem, name) from None


def tables_of(data: bytes, name: str) -> frozenset[str]:
    """Return the names of a file's tables, in lower case."""
    with opened(data, name) as tables:
        return tables.names


def _without_journal(data: bytes) -> bytes:
    """Return the file marked as one without a write-ahead log: what lies in memory has no file beside it."""
    return data if data[18:20] == b"\x01\x01" else data[:18] + b"\x01\x01" + data[20:]


def _harden(connection: sqlite3.Connection) -> None:
    connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, MAX_CELL)
    connection.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 0)
    # A schema from outside may name functions in views, triggers and generated columns.
    connection.execute("pragma trusted_schema = off")
    connection.execute("pragma cell_size_check = on")
    connection.execute("pragma query_only = on")
    end = monotonic() + SECONDS
    connection.set_progress_handler(lambda: monotonic() > end, STEPS_BETWEEN_LOOKS)
    connection.set_authorizer(lambda action, *_what: sqlite3.SQLITE_OK if action in _ALLOWED else sqlite3.SQLITE_DENY)


def _problem(problem: Exception, name: str) -> ImportProblem:
    # What sqlite3 adds after " with text " is the text itself, which is somebody's words.
    said = "its text is not UTF-8" if isinstance(problem, UnicodeError) else str(problem).partition(" with text ")[0]
    if "interrupted" in said:
        return ImportProblem(f"Reading the database took longer than {SECONDS:.0f} s.", where=name, remedy=COPY_AGAIN)
    if "too big" in said:
        return ImportProblem(
            f"A cell is larger than the limit of {MAX_CELL // 2**20} MB.",
            where=name,
            remedy="Take the document out of the project, or split it.",
        )
    return ImportProblem(f"The database is damaged or not readable ({said}).", where=name, remedy=COPY_AGAIN)
