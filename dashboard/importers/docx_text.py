"""The words of a Word document that came along in somebody's project: paragraphs as lines, within a limit of size."""

import io
import zipfile
from xml.etree.ElementTree import Element

from dashboard.errors import ImportProblem
from dashboard.importers.refi_xml import local, parse

DOCUMENT = "word/document.xml"
LIMIT = 64 * 2**20  # bytes of XML; some thousands of pages
_SIGNS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_PASSED_OVER = frozenset(("del", "moveFrom", "pPr", "rPr", "sectPr", "txbxContent"))  # what is struck out or no text


def text_of(data: bytes, name: str) -> str | None:
    """Return the text, a line for each paragraph, or None where this is no Word document that can be read."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive, archive.open(DOCUMENT) as stream:
            xml = stream.read(LIMIT + 1)
        if len(xml) > LIMIT:
            return None
        root = parse(xml, name, "document")
    except (ImportProblem, KeyError, zipfile.BadZipFile, OSError, ValueError, RuntimeError, NotImplementedError):
        return None
    return "\n".join(_words(paragraph) for paragraph in root.iter() if local(paragraph) == "p")


def _words(element: Element) -> str:
    found = []
    for part in element:
        kind = local(part)
        if kind == "t":
            found.append(part.text or "")
        elif kind in _SIGNS:
            found.append(_SIGNS[kind])
        elif kind not in _PASSED_OVER and kind != "p":
            found.append(_words(part))
    return "".join(found)
