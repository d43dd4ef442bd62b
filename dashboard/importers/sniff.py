"""What a file is, told by its content; its name only helps to say what it should have been."""

import io
import re
import zipfile
from typing import Literal

from dashboard.errors import ImportProblem
from dashboard.importers import codebook, natives, qualcoder, rqda, sqlite_file, taguette
from dashboard.importers.grid import is_locked, is_old_workbook, is_open_document

Kind = Literal["table", "refi_qda", "fram", "taguette", "qualcoder", "rqda", "codebook"]
_ROOT = re.compile(rb"<([A-Za-z_][^\s/>]*)")
_ROOTS: dict[bytes, Kind] = {b"CodeBook": "codebook", b"FM": "fram"}


def kind_of(data: bytes, name: str) -> Kind:
    """Return which reader a file needs. Raises with the way out for files that no reader should touch."""
    if not data.strip(b"\x00 \t\r\n\xef\xbb\xbf"):
        raise ImportProblem("The file is empty.", where=name, remedy="Export it again.")
    natives.refuse_duckdb(data, name)
    if data[:4] == b"PK\x03\x04":
        return _kind_of_zip(data, name)
    if data.startswith(sqlite_file.MAGIC):
        return _kind_of_sqlite(data, name)
    head = data[:4096].lstrip(b"\xef\xbb\xbf \t\r\n")
    if head[:1] == b"<" or (data[:2] in {b"\xff\xfe", b"\xfe\xff"} and b"<" in data[:8]):
        return _ROOTS.get(_root(data).rpartition(b":")[2], "refi_qda")
    if is_old_workbook(data):
        return "table"
    if is_locked(data):
        raise ImportProblem("The workbook is locked.", where=name, remedy="Save it without a password.")
    natives.refuse_bytes(data, name)
    if name.lower().endswith((".qdpx", ".xlsx")):
        raise ImportProblem(
            "Not a valid REFI-QDA project or workbook (zip damaged).", where=name, remedy="Export it again."
        )
    return "codebook" if codebook.is_table(data, name) else "table"


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
    if "xl/workbook.xml" in members or is_open_document(data):
        return "codebook" if codebook.is_table(data, name) else "table"
    if not any(member.casefold().endswith(".qde") for member in members):
        natives.refuse_zip(members, name)
    return "refi_qda"


def _kind_of_sqlite(data: bytes, name: str) -> Kind:
    tables = sqlite_file.tables_of(data, name)
    if tables >= taguette.TABLES:
        return "taguette"
    if tables >= qualcoder.TABLES:
        return "qualcoder"
    if tables >= rqda.TABLES:
        return "rqda"
    raise natives.refuse_tables(tables, name)
