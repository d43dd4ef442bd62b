"""XML that other programs open: a stamp on top that says whose data it is, and text that XML can hold."""

from collections.abc import Sequence
from xml.etree.ElementTree import Element, indent, tostring

from dashboard.export.table import readable


def as_xml(root: Element, stamp: Sequence[str]) -> bytes:
    """Return an element as a file in UTF-8, with the stamp as a comment before it.

    A comment may hold no two hyphens; angle brackets are left out, so that whoever looks for the first element by eye
    or by rule finds the root.
    """
    said = " | ".join(" ".join(line.split()) for line in stamp)
    for sign in ("<", ">"):
        said = said.replace(sign, " ")
    while "--" in said:
        said = said.replace("--", "- ")
    indent(root)
    body = tostring(root, encoding="unicode", xml_declaration=False)
    return f'<?xml version="1.0" encoding="utf-8"?>\n<!-- {readable(said)} -->\n{body}\n'.encode()


def child(parent: Element, name: str, text: str = "") -> Element:
    """Return a new element below another one, with its text as XML can hold it."""
    made = Element(name)
    made.text = readable(text)
    parent.append(made)
    return made
