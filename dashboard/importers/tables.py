"""What the tables of an import are: the template's own, or coded segments of other programs. Never guessed silently."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from dashboard.errors import ImportProblem
from dashboard.importers import columns, grid, nvivo_text, segment_columns, sheet
from dashboard.importers.column_mapping import Columns, as_toml
from dashboard.importers.grid import Grid
from dashboard.importers.segment_columns import Layout
from dashboard.importers.segments import SegmentTable
from dashboard.importers.sheet import Sheet

REQUIRED = {
    "practice": columns.PRACTICE_COLUMNS, "protocol": columns.PROTOCOL_COLUMNS, "participants": ("participant",),
}  # fmt: skip


@dataclass
class Tables:
    """The tables of an import by what they hold, and what to say about them."""

    practice: list[Sheet] = field(default_factory=list)
    protocol: list[Sheet] = field(default_factory=list)
    participants: list[Sheet] = field(default_factory=list)
    segments: list[SegmentTable] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)

    def add(self, data: bytes, name: str, said: Columns | None = None) -> None:
        """Take over the tables of a file; where a mapping says the columns, they are coded segments.

        Raises for a table that is neither, with the block of the mapping to write, and for one that could be both.
        """
        if nvivo_text.is_export(data):
            self._add_by_header([nvivo_text.read(data, name)])
        elif said is None:
            self._add_by_header(grid.read(data, name))
        else:
            self._add_as_said(grid.read(data, name, encoding=said.encoding, delimiter=said.delimiter), said)

    def add_beside_codebook(self, data: bytes, name: str) -> None:
        """Take over what the further sheets of a codebook's workbook hold; a sheet that is no table of ours is named.

        The columns that a mapping says are those of another file: sheets here are told by their headers.
        """
        if data[:4] != b"PK\x03\x04":
            return
        further = grid.read(data, name)[1:]
        layouts = [(table, segment_columns.recognise(table)) for table in further]
        fitting = [table for table, layout in layouts if layout or _template_role(table, layout)]
        if fitting:
            self._add_by_header(fitting)
        self.warnings += [
            f"{table.name}: left out, because it holds no coded segments." for table in further if table not in fitting
        ]

    def whole_segments(self) -> tuple[SegmentTable, ...]:
        """Return the coded-segment tables; the name of each stands for its document where no column does.

        Raises where one table alone names neither documents nor participants.
        """
        lacking = [t for t in self.segments if not ({"document", "participant"} & set(t.layout.single) or _by_sheet(t))]
        if lacking and len(self.segments) == 1:
            raise segment_columns.not_understood(lacking[0].grid)
        return tuple(_with_its_name(table) if table in lacking else table for table in self.segments)

    def _add_as_said(self, grids: Sequence[Grid], said: Columns) -> None:
        fitting: list[SegmentTable] = []
        problems: list[ImportProblem] = []
        for table in grids:
            try:
                fitting.append(SegmentTable(table, segment_columns.placed(table, said)))
            except ImportProblem as problem:
                problems.append(problem)
        if not fitting:
            raise problems[0]
        self.segments += fitting
        self.warnings += [f"{problem.where}: left out, because it lacks the columns." for problem in problems]

    def _add_by_header(self, grids: Sequence[Grid]) -> None:
        layouts = [(table, segment_columns.recognise(table)) for table in grids]
        roles = [_template_role(table, layout) for table, layout in layouts]
        has_segments = any(layout and not role for (_table, layout), role in zip(layouts, roles, strict=True))
        for (table, layout), role in zip(layouts, roles, strict=True):
            if layout and not role:
                self.segments.append(SegmentTable(table, layout))
                if "participant" in sheet.columns_of(table):
                    self.warnings.append(
                        f"{table.name}: read as coded segments ({', '.join(_seen(table, layout))}). If it lists the "
                        "participants, give it with --participants."
                    )
            elif role or not has_segments:
                self._add_of_template(table)
            else:
                self.warnings.append(f"{table.name}: left out, because it holds no coded segments.")

    def _add_of_template(self, table: Grid) -> None:
        if _is_far_from_the_template(table):
            raise segment_columns.not_understood(table)
        read = sheet.of(table)
        getattr(self, columns.kind_of(read)).append(read)


def _template_role(table: Grid, layout: Layout | None) -> str:
    """Return which of the template's tables this is, "" for none. Raises where it could be coded segments as well."""
    names = set(sheet.columns_of(table))
    role = next((role for role, needed in REQUIRED.items() if set(needed) <= names), "")
    if role == "participants" and names & {"component", "step_id", "stance"}:
        role = ""
    if layout is None:
        return role
    near = role or ("practice" if {"participant", "stance"} <= names or {"stance", "step_id"} <= names else "")
    if near in ("practice", "protocol"):
        raise ImportProblem(
            f"This could be the template's {near} table ({', '.join(REQUIRED[near])}) or coded segments "
            f"({', '.join(_seen(table, layout))}).",
            where=table.name,
            remedy="For the template, remove or rename the columns of the segments. For coded segments, say in a "
            "mapping which column is which, and give it with --mapping:\n" + as_toml(segment_columns.proposed(table)),
        )
    return ""


def _seen(table: Grid, layout: Layout) -> list[str]:
    header = table.rows[layout.header][1]
    return [header[n].strip() for n in (layout.single["quote"], *layout.code, *layout.theme)]


def _is_far_from_the_template(table: Grid) -> bool:
    names = set(sheet.columns_of(table))
    return all(len(set(needed) - names) >= min(2, len(needed)) for needed in REQUIRED.values())


def _by_sheet(table: SegmentTable) -> bool:
    return table.layout.sheet_is in ("document", "participant")


def _with_its_name(table: SegmentTable) -> SegmentTable:
    if table.layout.sheet_is:  # the name stands for the code, and nothing says whose words they are
        raise segment_columns.not_understood(table.grid)
    return SegmentTable(table.grid, replace(table.layout, sheet_is="document"))
