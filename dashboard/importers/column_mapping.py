"""The `[columns]` of a mapping file: which column of a coded-segment table is what, in the table's own headers."""

import unicodedata
from dataclasses import dataclass, fields
from typing import Any

from dashboard.errors import ImportProblem, nearest
from dashboard.importers.grid import ENCODINGS
from dashboard.importers.toml_text import quoted

SINGLE = ("document", "participant", "quote", "coder", "memo", "group", "count")
SEVERAL = ("code", "theme", "applied", "attributes", "place")
SHEET_IS = ("document", "participant", "code")


@dataclass(frozen=True)
class Columns:
    """What a mapping says of a table's columns, by their headers; "" and () where it says nothing."""

    document: str = ""
    participant: str = ""
    quote: str = ""
    code: tuple[str, ...] = ()
    theme: tuple[str, ...] = ()
    """Columns that stand above the code in its path, the topmost first."""
    applied: tuple[str, ...] = ()
    """Columns that stand for one code each, with a yes or a no in every row."""
    coder: str = ""
    memo: str = ""
    group: str = ""
    count: str = ""
    attributes: tuple[str, ...] = ()
    place: tuple[str, ...] = ()
    """Columns that say where in its document a quote stands: beginning, end, the number of the quotation."""
    separator: str = ""
    """Between the codes of one cell; without it a cell is one code."""
    path_separator: str = ""
    sheet_is: str = ""
    """What the name of a sheet or of a CSV file stands for: document, participant or code."""
    encoding: str = ""
    delimiter: str = ""

    def headers(self) -> list[str]:
        """Return every header that is named, each once."""
        single = [getattr(self, role) for role in SINGLE if getattr(self, role)]
        return list(dict.fromkeys([*single, *(name for role in SEVERAL for name in getattr(self, role))]))


def folded(header: str) -> str:
    """Return a header as headers are compared: lower case, underscores and runs of spaces as one space."""
    return " ".join(unicodedata.normalize("NFKC", header).casefold().replace("_", " ").split()).strip(" \"'")


def as_toml(columns: Columns) -> str:
    """Return the `[columns]` block of a mapping that says the same."""
    lines = ["[columns]"]
    for part in fields(columns):
        value = getattr(columns, part.name)
        if isinstance(value, tuple) and len(value) > 1:
            lines.append(f"{part.name} = [{', '.join(map(quoted, value))}]")
        elif isinstance(value, tuple) and value:
            lines.append(f"{part.name} = {quoted(value[0])}")
        elif isinstance(value, str) and value:
            lines.append(f"{part.name} = {quoted(value)}")
    return "\n".join(lines)


def from_toml(table: object, name: str) -> Columns:
    """Return the columns that a mapping file says. Raises with the nearest word for a key that means nothing."""
    where = f"{name}, [columns]"
    if not isinstance(table, dict):
        raise ImportProblem("The columns are a table.", where=where, remedy='Write [columns], then code = "Code".')
    keys = tuple(part.name for part in fields(Columns))
    values: dict[str, Any] = {}
    for key, value in table.items():
        if key not in keys:
            raise ImportProblem(f"{key!r} is not known here.", where=where, remedy=nearest(key, keys))
        given = [value] if isinstance(value, str) else value
        if not isinstance(given, list) or not all(isinstance(v, str) and v for v in given):
            raise ImportProblem(f"{key} needs a column's header.", where=where, remedy=f'Write {key} = "Header".')
        if key not in SEVERAL and len(given) != 1:
            raise ImportProblem(f"{key} is one column.", where=where, remedy=f'Write {key} = "Header".')
        values[key] = tuple(given) if key in SEVERAL else given[0]
    for key, words in (("sheet_is", SHEET_IS), ("encoding", ENCODINGS)):
        if key in values and values[key] not in words:
            raise ImportProblem(f"{values[key]!r} is not a known {key}.", where=where,
                                remedy=nearest(values[key], words))  # fmt: skip
    found = Columns(**values)
    if len(found.delimiter) > 1:
        raise ImportProblem("A delimiter is one character.", where=where, remedy='Write delimiter = ";".')
    if not found.quote or not (found.code or found.theme or found.applied or found.sheet_is == "code"):
        raise ImportProblem(
            "A coded segment needs the columns of its quote and of its code.",
            where=where,
            remedy='Write quote = "Segment" and code = "Code" (or applied = […], one column a code).',
        )
    return found
