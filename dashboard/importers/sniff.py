"""What a file is, told by its content and never by its name."""

import io
import zipfile
from typing import Literal

from dashboard.errors import ImportProblem

Kind = Literal["table", "refi_qda"]


def kind_of(data: bytes, name: str) -> Kind:
    """Return which reader a file needs. Raises with the way out for files that no reader should touch."""
    if not data.strip(b"\x00 \t\r\n\xef\xbb\xbf"):
        raise ImportProblem("The file is empty.", where=name, remedy="Export it again.")
    if data[:4] == b"PK\x03\x04":
        return _kind_of_zip(data, name)
    head = data[:4096].lstrip(b"\xef\xbb\xbf \t\r\n")
    if head[:1] == b"<" or (data[:2] in {b"\xff\xfe", b"\xfe\xff"} and b"<" in data[:8]):
        return "refi_qda"
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
    if data[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
        raise ImportProblem("This is an old Office file.", where=name, remedy="Save it as .xlsx or CSV UTF-8.")
    if name.lower().endswith((".qdpx", ".xlsx")):
        raise ImportProblem(
            "Not a valid REFI-QDA project or workbook (zip damaged).", where=name, remedy="Export it again."
        )
    return "table"


def _kind_of_zip(data: bytes, name: str) -> Kind:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.namelist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        raise ImportProblem(
            "Not a valid REFI-QDA project (zip damaged).", where=name, remedy="Export or copy it again."
        ) from None
    return "table" if "xl/workbook.xml" in members else "refi_qda"
