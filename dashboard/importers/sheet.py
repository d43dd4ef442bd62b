"""A table of the template: its header in one spelling, each row with its number, all cells as text."""

from dataclasses import dataclass

from dashboard.errors import ImportProblem, nearest
from dashboard.importers import grid
from dashboard.importers.grid import Grid


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
    notes: tuple[str, ...] = ()
    """What to tell of its cells."""

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
    return [of(table) for table in grid.read(data, name)]


def columns_of(table: Grid) -> list[str]:
    """Return the names in a table's first row as the template spells them: lower case, underscores."""
    header = [cell.strip().casefold().replace(" ", "_") for cell in table.rows[0][1]]
    while header and not header[-1]:
        header.pop()
    return header


def of(table: Grid) -> Sheet:
    """Return a table with its first filled row as header. Raises where a column has no name or one of two."""
    header = columns_of(table)
    if "" in header:
        raise ImportProblem(
            f"Column {header.index('') + 1} has no name.",
            where=table.name,
            remedy="Name it in the first row, or remove it.",
        )
    twice = sorted({column for column in header if header.count(column) > 1})
    if twice:
        raise ImportProblem(f"The column {twice[0]!r} stands twice.", where=table.name, remedy="Rename or remove one.")
    rows = []
    for number, cells in table.rows[1:]:
        if any(cell.strip() for cell in cells[len(header) :]):
            raise ImportProblem(
                f"The row has {len(cells)} cells, the header {len(header)}.",
                where=f"{table.name}, row {number}",
                remedy="A text that holds the delimiter must stand in quotation marks.",
            )
        rows.append(Row(number, {c: v.strip() for c, v in zip(header, cells, strict=False)}))
    return Sheet(table.name, tuple(header), tuple(rows), tuple(table.notes))
