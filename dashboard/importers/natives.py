"""Files that a program keeps for itself: told by content, or where that cannot tell by name too, and refused.

Each is refused with the steps that export the same project from that program.
"""

from collections.abc import Collection, Mapping

from dashboard.errors import ImportProblem

_QDPX = "and import the .qdpx file."
STEPS: Mapping[str, str] = {
    "MAXQDA": "In MAXQDA, choose Export › REFI-QDA project " + _QDPX,
    "NVivo": "In NVivo, choose Share › Export Project › REFI-QDA Project (Mac: File › Export Project) " + _QDPX,
    "ATLAS.ti": "In ATLAS.ti, choose File › Export › Project, in the exchange format QDPX (REFI-QDA), " + _QDPX,
    "Dedoose": "In Dedoose, export the excerpts as an Excel workbook and import that.",
    "Transana": "In Transana, export a clip data report as a spreadsheet and import that.",
    "requal": "In requal, export the coded segments as CSV and import that.",
    "QualCoder": "Unpack the folder *.qda and import the file data.qda in it.",
}
"""Program → how to get a file out of it that can be read."""

_ENDINGS = {
    ".mx": "MAXQDA", ".mex": "MAXQDA", ".mtr": "MAXQDA", ".mod": "MAXQDA", ".nvp": "NVivo", ".nvcx": "NVivo",
    ".atlproj": "ATLAS.ti", ".atlasproj": "ATLAS.ti", ".atlcb": "ATLAS.ti", ".hpr": "ATLAS.ti", ".tra": "Transana",
    ".requal": "requal", ".dedoose": "Dedoose",
}  # fmt: skip
_TABLES: Mapping[str, frozenset[str]] = {
    "MAXQDA": frozenset(("codings", "codewords", "texts")),
    "NVivo": frozenset(("nodereference", "item", "role")),
    "Transana": frozenset(("episodes2", "collections2")),
    "requal": frozenset(("segments", "codes", "documents", "projects")),
}
_SQL_SERVER = b"\x01\x0f\x00\x00"  # the first page of a SQL Server data file, which is what NVivo for Windows keeps
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def refuse_duckdb(data: bytes, name: str) -> None:
    """Raise for a DuckDB file. It begins with a checksum, which may look like the mark of any other kind."""
    if data[8:12] == b"DUCK" and b"\x00" in data[:64]:
        raise ImportProblem(
            "A DuckDB file is never opened from outside.", where=name, remedy="Import its tables as CSV."
        )


def refuse_bytes(data: bytes, name: str) -> None:
    """Raise for a program's own file that is neither a zip nor SQLite nor text."""
    if data[:4] == _SQL_SERVER:
        raise _own(name, _by_name(name) or "NVivo")
    if (program := _by_name(name)) and (b"\x00" in data[:4096] or data[:8] == _OLD_OFFICE):
        raise _own(name, program)
    if data[:8] == _OLD_OFFICE:
        raise ImportProblem("This is an old Office file.", where=name, remedy="Save it as .xlsx or CSV UTF-8.")
    if data[:5] in (b"%PDF-", b"{\\rtf"):
        raise ImportProblem(
            "This is a document, not a table or a coded project.",
            where=name,
            remedy="Code it in a QDA program and export the project, or type what was said into the practice table.",
        )


def refuse_zip(members: Collection[str], name: str) -> None:
    """Raise for a zip that holds something else than a REFI-QDA project or a workbook."""
    inside = [member.replace("\\", "/").casefold() for member in members]
    if any(member.endswith("data.qda") for member in inside):
        raise _own(name, "QualCoder", "This is a packed QualCoder project.")
    projects = [member for member in members if member.casefold().endswith(".qdpx")]
    if projects:
        raise ImportProblem(
            f"A project is packed within this zip: {projects[0]}.", where=name, remedy="Unpack it first."
        )
    if "word/document.xml" in inside:
        raise ImportProblem(
            "This is a Word document.",
            where=name,
            remedy="Code it in a QDA program and export the project, or copy its table into a spreadsheet.",
        )
    if program := _by_name(name):
        raise _own(name, program)


def refuse_tables(tables: Collection[str], name: str) -> ImportProblem:
    """Return the refusal of a SQLite file by its tables, in lower case."""
    program = next((program for program, own in _TABLES.items() if own <= set(tables)), _by_name(name))
    if program:
        return _own(name, program)
    return ImportProblem(
        "This is a program's own database, and not one of Taguette, QualCoder or RQDA.",
        where=name,
        remedy="Export a REFI-QDA project (.qdpx) from it, or its tables as CSV.",
    )


def _by_name(name: str) -> str:
    """Return the program whose own files end like this one, "" where none does; ".mx20" and ".nvpx" count as well."""
    dot = name.rfind(".")
    ending = name[dot:].casefold() if dot >= 0 else ""
    return next((program for start, program in _ENDINGS.items() if ending.startswith(start)), "")


def _own(name: str, program: str, what: str = "") -> ImportProblem:
    return ImportProblem(
        what or f"This is {program}'s own file, which only {program} can open.", where=name, remedy=STEPS[program]
    )
