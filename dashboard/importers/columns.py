"""The columns of the table template: which are needed, which are known, and what a table with them holds."""

from dashboard.errors import ImportProblem, nearest
from dashboard.importers.sheet import Sheet

PROTOCOL_COLUMNS = ("step_id", "component", "text")
PRACTICE_COLUMNS = ("participant", "component", "stance")
KNOWN_COLUMNS = {
    "protocol": (
        "step_id", "component", "phase", "position", "text", "text_sv", "why_it_matters", "why_it_matters_sv",
        "document", "issuer", "obligation_level", "jurisdiction", "place", "address", "version", "year", "is_core",
        "valid_from",
    ),
    "practice": (
        "participant", "component", "stance", "step_id", "phase", "practice", "practice_sv", "effect",
        "alliance_aspect", "frame_nature", "fidelity", "reason", "reason_sv", "resilience_potential", "rests_on",
        "quote", "quote_en", "document",
    ),
}  # fmt: skip


def kind_of(sheet: Sheet) -> str:
    """Return what a table holds: "practice", "protocol" or "participants". Raises where it is none of them."""
    columns = set(sheet.columns)
    if {"participant", "stance"} <= columns or ("stance" in columns and "step_id" in columns):
        return "practice"
    if "step_id" in columns and "participant" not in columns:
        return "protocol"
    if "participant" in columns and not columns & {"component", "step_id"}:
        return "participants"
    near = min((PRACTICE_COLUMNS, PROTOCOL_COLUMNS), key=lambda wanted: len(set(wanted) - columns))
    sheet.require(*near)
    raise ImportProblem("This is none of the template's tables.", where=sheet.name)


def unread(sheet: Sheet, role: str) -> list[str]:
    """Return the table's notes, and a warning for each column that means nothing here: it may be misspelt."""
    known = KNOWN_COLUMNS[role]
    others = [column for column in sheet.columns if column not in known]
    unknown = [f"{sheet.name}: the column {column!r} was not read. {nearest(column, known)}" for column in others]
    return [*sheet.notes, *unknown]
