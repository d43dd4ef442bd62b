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

from dashboard.errors import ImportProblem
from dashboard.importers.grid import Grid, decode
from dashboard.importers.names import stem

HEADER = ("File name", "Node name", "Coded text")
# The words differ by language; the section sign, the numbers and the percent signs do not.
_FILE = re.compile(r"^<?(.+?)>?[ \t]+-[ \t]+§[ \t]*(\d+)[ \t]+[^\n]*\[[^\]\n]*\d[ \t]*%[^\]\n]*\][ \t]*$", re.MULTILINE)
_REFERENCE = re.compile(r"^[^\W\d]+[ \t]+(\d+)[ \t]+-[ \t]+\d[\d.,]*[ \t]*%[^\n]*$", re.MULTILINE)
_NAME = re.compile(r"^(?:Name|Namn|Nombre|Nom|Nome)[ \t]*:[ \t]*(\S.*)$", re.MULTILINE)
_ROOT = re.compile(r"^(?:Nodes|Codes|Noder|Koder|Knoten|Nodos|Códigos|Nœuds)\\+")


def is_export(data: bytes) -> bool:
    """Return whether a text is such an export, by the line that names a file and what is coded in it."""
    encoding = "utf-16" if data[:2] in {b"\xff\xfe", b"\xfe\xff"} else "utf-8"
    text = data[:20_000].decode(encoding, "ignore").replace("\r\n", "\n")
    return "§" in text and _FILE.search(text) is not None


def read(data: bytes, name: str) -> Grid:
    """Return a row for each reference: its file, the node and the words.

    The node is the text's own name for it, else the file's. Raises where a file has fewer or more references than its
    line says, because then words would go to the wrong reference.
    """
    text = decode(data, name).replace("\r\n", "\n")
    files = list(_FILE.finditer(text))
    said = _NAME.search(text[: files[0].start()])
    node = _ROOT.sub("", said[1].strip()) if said else stem(name)
    ends = [*(file.start() for file in files[1:]), len(text)]
    rows = [HEADER]
    for file, end in zip(files, ends, strict=True):
        document = re.split(r"\\+", file[1].strip())[-1]
        quotes = list(_quotes(text[file.end() : end]))
        if len(quotes) != int(file[2]):
            raise ImportProblem(
                f"{document} says that it has {file[2]} references, and {len(quotes)} are found.",
                where=name,
                remedy="Export the project as REFI-QDA (.qdpx) instead.",
            )
        rows += [(document, node, quote) for quote in quotes]
    return Grid(name, name, tuple(enumerate(rows, start=1)))


def _quotes(text: str) -> Iterator[str]:
    found: list[re.Match[str]] = []
    for reference in _REFERENCE.finditer(text):  # counted on, so that a quote that looks like a heading stays a quote
        if int(reference[1]) == len(found) + 1:
            found.append(reference)
    ends = [*(reference.start() for reference in found[1:]), len(text)]
    for reference, end in zip(found, ends, strict=False):
        yield text[reference.end() : end].strip()
