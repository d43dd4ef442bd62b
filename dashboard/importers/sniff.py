"""What a file is, told by its content and never by its name."""

import io
import re
import zipfile
from typing import Literal

from dashboard.errors import ImportProblem
from dashboard.importers.grid import OLD_OFFICE, is_old_workbook

Kind = Literal["table", "refi_qda", "fram"]
_ROOT = re.compile(rb"<([A-Za-z_][^\s/>]*)")


def kind_of(data: bytes, name: str) -> Kind:
    """Return which reader a file needs. Raises with the way out for files that no reader should touch."""
    if not data.strip(b"\x00 \t\r\n\xef\xbb\xbf"):
        raise ImportProblem("The file is empty.", where=name, remedy="Export it again.")
    if data[:4] == b"PK\x03\x04":
        return _kind_of_zip(data, name)
    head = data[:4096].lstrip(b"\xef\xbb\xbf \t\r\n")
    if head[:1] == b"<" or (data[:2] in {b"\xff\xfe", b"\xfe\xff"} and b"<" in data[:8]):
        return "fram" if _root(data) == b"FM" else "refi_qda"
    if data[:16] == b"SQLite format 3\x00":
        raise ImportProblem(
            "This is a program's own database.",
            where=name,
            remedy="Export a REFI-QDA project (.qdpx) from it.",
        )
    if data[8:12] == b"DUCK":
        raise ImportProblem(
            "A DuckDB file is never opened from outside.", where=name, remedy="Import its tables as CSV."
        )
    if is_old_workbook(data):
        return "table"
    if data[:8] == OLD_OFFICE:
        raise ImportProblem(
            "This is an old Office file.", where=name, remedy="Save its table as .xlsx, .xls or CSV UTF-8."
        )
    if name.lower().endswith((".qdpx", ".xlsx")):
        raise ImportProblem(
            "Not a valid REFI-QDA project or workbook (zip damaged).", where=name, remedy="Export it again."
        )
    return "table"


def _root(data: bytes) -> bytes:
    """Return the name of the first element of an XML file."""
    found = _ROOT.search(data[:4096].replace(b"\x00", b""))  # the zeros of UTF-16
    return found[1] if found else b""


def _kind_of_zip(data: bytes, name: str) -> Kind:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.namelist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        raise ImportProblem(
            "Not a valid REFI-QDA project (zip damaged).", where=name, remedy="Export or copy it again."
        ) from None
    return "table" if "xl/workbook.xml" in members else "refi_qda"
