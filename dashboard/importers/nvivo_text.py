"""What NVivo writes when it exports a node as text: the words coded with it, file by file, as coded segments.

```text
Name: Nodes\\\\Trust\\\\Check
<Files\\\\P01> - § 2 references coded  [6.78% Coverage]
Reference 1 - 5.80% Coverage
words …
```
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from dashboard.errors import ImportProblem
from dashboard.importers.grid import Grid, decode
from dashboard.importers.names import stem

HEADER = ("Folder", "File name", "Node name", "Coded text")
# The words differ by language; the section sign, the numbers and the percent signs do not.
_DASH = re.compile(r"[ \t]-[ \t]+$")
_COUNT = re.compile(r"[ \t]*(\d{1,6})[ \t]")
_SHARE = re.compile(r"\d[ \t]*%")
_REFERENCE = re.compile(r"^[^\W\d]+[ \t]+(\d{1,6})[ \t]+-[ \t]+\d[\d.,]*[ \t]*%[^\n]*$", re.MULTILINE)
_NAME = re.compile(r"^(?:Name|Namn|Nombre|Nom|Nome)[ \t]*:[ \t]*(\S.*)$", re.MULTILINE)
_ROOT = re.compile(r"^(?:Nodes|Codes|Noder|Koder|Knoten|Nodos|Códigos|Nœuds)\\+")


@dataclass(frozen=True)
class _Heading:
    """The line that names a file: where it stands, the file with its folders, and how many references follow."""

    start: int
    end: int
    path: str
    references: int


def is_export(data: bytes) -> bool:
    """Return whether a text is such an export, by the line that names a file and what is coded in it."""
    encoding = "utf-16" if data[:2] in {b"\xff\xfe", b"\xfe\xff"} else "utf-8"
    text = data[:20_000].decode(encoding, "ignore").replace("\r\n", "\n")
    return next(_headings(text), None) is not None


def read(data: bytes, name: str) -> Grid:
    """Return a row for each reference: its file, the node and the words.

    The node is the text's own name for it, else the file's. Raises where a file has fewer or more references than its
    line says, because then words would go to the wrong reference.
    """
    text = decode(data, name).replace("\r\n", "\n")
    files = list(_headings(text))
    said = _NAME.search(text[: files[0].start])
    node = _ROOT.sub("", said[1].strip()) if said else stem(name)
    ends = [*(file.start for file in files[1:]), len(text)]
    rows: list[tuple[str, ...]] = [HEADER]
    for file, end in zip(files, ends, strict=True):
        *folders, document = re.split(r"\\+", file.path)
        quotes = list(_quotes(text[file.end : end]))
        if len(quotes) != file.references:
            raise ImportProblem(
                f"{document} says that it has {file.references} references, and {len(quotes)} are found.",
                where=name,
                remedy="Export the project as REFI-QDA (.qdpx) instead.",
            )
        rows += [("/".join(folders[1:]), document, node, quote) for quote in quotes]
    return Grid(name, name, tuple(enumerate(rows, start=1)))


def _headings(text: str) -> Iterator[_Heading]:
    sign = text.find("§")
    while sign >= 0:
        start, end = text.rfind("\n", 0, sign) + 1, text.find("\n", sign)
        end = len(text) if end < 0 else end
        before, _sign, after = text[start:end].rstrip(" \t").rpartition("§")
        dash, number = _DASH.search(before), _COUNT.match(after)
        path = before[: dash.start()].strip().removeprefix("<").removesuffix(">") if dash else ""
        if path and number and after.endswith("]") and _SHARE.search(after.rpartition("[")[2]):
            yield _Heading(start, end, path, int(number[1]))
        sign = text.find("§", end)


def _quotes(text: str) -> Iterator[str]:
    found: list[re.Match[str]] = []
    for reference in _REFERENCE.finditer(text):  # counted on, so that a quote that looks like a heading stays a quote
        if int(reference[1]) == len(found) + 1:
            found.append(reference)
    ends = [*(reference.start() for reference in found[1:]), len(text)]
    for reference, end in zip(found, ends, strict=False):
        yield text[reference.end() : end].strip()
