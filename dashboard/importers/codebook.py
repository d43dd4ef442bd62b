"""A codebook without its project: REFI-QDA (.qdc) of any program, and Taguette's table of tags (CSV, XLSX)."""

import csv
import hashlib
import io
import zipfile
from collections.abc import Sequence
from dataclasses import replace
from xml.etree.ElementTree import Element

from openpyxl import load_workbook

from dashboard.errors import ImportProblem
from dashboard.importers import sheet
from dashboard.importers.code_tree import Codebook, Node, tree
from dashboard.importers.coded_project import silent
from dashboard.importers.names import counted, listed
from dashboard.importers.refi_cases import read_sets
from dashboard.importers.refi_codebook import read_codebook
from dashboard.importers.refi_xml import FAMILY, local, parse
from dashboard.importers.sheet import Sheet
from dashboard.importers.tags import read_tags
from dashboard.model import Bundle, Code, Progress

NAMES = ("tag", "code", "name", "path")
KNOWN = frozenset(
    (*NAMES, "parent", "description", "definition", "memo", "color", "colour", "number_of_highlights",
     "number_of_documents")
)  # fmt: skip
SAYS = frozenset(("description", "definition", "memo", "number_of_highlights"))
"""A column of these beside the name makes a list a codebook."""
SMALL = 20 * 2**20  # bytes once unpacked; a larger workbook is no list of codes, and need not be opened to see that


def read(data: bytes, name: str, progress: Progress = silent) -> Bundle:
    """Return a bundle of codes and sets of codes, without texts. Raises where the file is no codebook."""
    progress("opening", 0.0)
    is_xml = data[:64].replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")[:1] == b"<"
    found, code_sets, producer = _of_xml(data, name) if is_xml else _of_table(sheet.read(data, name)[0])
    progress("done", 1.0)
    return Bundle(
        producer=producer,
        source_name=name,
        sha256=hashlib.sha256(data).hexdigest(),
        codes=found.codes,
        code_sets=code_sets,
        warnings=(f"A codebook alone: {counted(len(found.codes), 'code')} without texts or codings.",),
    )


def beside(bundle: Bundle, book: Bundle) -> Bundle:
    """Return a project with the codebook that lies beside it: its order, what it says of codes, and codes not used.

    Codes are the same where their paths are. A table of coded segments knows names only, so this is where its codes
    get their descriptions.
    """
    own = {code.path: code for code in bundle.codes}
    told = {code.path: code for code in book.codes}
    codes = [_told(own.get(code.path, code), code) for code in book.codes]
    codes += [code for code in bundle.codes if code.path not in told]
    strange = [code.path for code in bundle.codes if code.path not in told]
    warnings = [f"{book.source_name}: read as the codebook, {counted(len(book.codes), 'code')}."]
    if strange:
        warnings.append(f"{counted(len(strange), 'code')} of the project not in {book.source_name}: {listed(strange)}.")
    return replace(bundle, codes=tuple(codes), code_sets={**book.code_sets, **bundle.code_sets}).with_warnings(
        *warnings
    )


def _told(own: Code, said: Code) -> Code:
    return replace(
        own,
        description=own.description or said.description,
        colour=own.colour or said.colour,
        is_codable=own.is_codable or said.is_codable,
    )


def is_table(data: bytes, name: str) -> bool:
    """Return whether a table is a list of codes: a name, what says something of it, and nothing that is coded."""
    header = {" ".join(cell.split()).casefold().replace(" ", "_") for cell in _header(data, name)} - {""}
    return len(header.intersection(NAMES)) == 1 and bool(header & SAYS) and header <= KNOWN


def _header(data: bytes, name: str) -> Sequence[str]:
    """Return the first row of a table, nothing where it is large or not readable: its own reader will tell."""
    try:
        if data[:4] == b"PK\x03\x04":
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                if sum(member.file_size for member in archive.infolist()) > SMALL:
                    return ()
            book = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
            book.worksheets[0].reset_dimensions()  # what a sheet says of its own size may be older than its cells
            first = next(book.worksheets[0].iter_rows(max_row=1, values_only=True), ())
            return ["" if cell is None else str(cell) for cell in first]
        encoding = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
        line = next((line for line in data[:4096].decode(encoding, "ignore").splitlines() if line.strip()), "")
        return next(csv.reader([line], delimiter=max(",;\t", key=line.count)), [])
    except Exception:  # a damaged workbook raises whatever zip, XML and openpyxl happen to raise
        return ()


def _of_xml(data: bytes, name: str) -> tuple[Codebook, dict[str, tuple[str, ...]], str]:
    root = parse(data, name, "codebook", "Export the codebook again as REFI-QDA (.qdc).")
    namespace = root.tag[1:].partition("}")[0] if root.tag.startswith("{") else ""
    if local(root) != "CodeBook" or (namespace and not namespace.startswith(FAMILY)):
        raise ImportProblem(
            f"Expected a REFI-QDA codebook (root element CodeBook, namespace {FAMILY}codebook:1.0), found "
            f"{local(root)}{f' in {namespace}' if namespace else ''}.",
            where=name,
            remedy="Export the codebook again as REFI-QDA (.qdc).",
        )
    project = Element("Project")
    project.append(root)
    found = read_codebook(project, name)
    producer = (root.get("origin") or "").strip() or "REFI-QDA"
    if producer.startswith("Taguette"):  # its tags spell their hierarchy, and the file is flat
        paths = {path: guid for guid, path in found.path_of.items()}
        tags = {paths.get(code.path, code.path): (code.name, code.description) for code in found.codes}
        found = read_tags(tags)
    code_sets, _documents, _lost = read_sets(project, found.path_of, {})
    return found, code_sets, producer


def _of_table(table: Sheet) -> tuple[Codebook, dict[str, tuple[str, ...]], str]:
    column = next(name for name in NAMES if name in table.columns)
    says = next((name for name in ("description", "definition", "memo") if name in table.columns), "")
    rows = [row for row in table.rows if row[column]]
    if "parent" in table.columns:
        found = tree([Node(row[column], row[column], row["parent"], row[says]) for row in rows])
    else:
        found = read_tags({f"row {row.number}": (row[column], row[says]) for row in rows})
    return found, {}, "Taguette" if column == "tag" else "codebook table"
