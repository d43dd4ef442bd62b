"""REFI-QDA's XML, read the way it is written in the wild: any namespace of the family, any case of a GUID."""

import io
from collections.abc import Iterator
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import iterparse

from dashboard.errors import ImportProblem

DEPTH_LIMIT = 100
FAMILY = "urn:QDA-XML:"
EXPORT_AGAIN = "Export the project again as REFI-QDA (.qdpx)."


def read_project(xml: bytes, name: str) -> Element:
    """Return the root `Project` element. Raises for a DTD, damaged XML, deep nesting or another root.

    Bytes, not text: a BOM or an encoding in the XML declaration is for the parser to judge.
    """
    root = parse(xml, name)
    namespace = root.tag[1:].partition("}")[0] if root.tag.startswith("{") else ""
    if local(root) == "CodeBook":
        remedy = "This is a codebook (.qdc), without texts or codings: export the whole project (.qdpx)."
    else:
        remedy = EXPORT_AGAIN
    if local(root) != "Project" or (namespace and not namespace.startswith(FAMILY)):
        raise ImportProblem(
            f"Expected a REFI-QDA project (root element Project, namespace {FAMILY}project:1.0), "
            f"found {local(root)}{f' in {namespace}' if namespace else ''}.",
            where=name,
            remedy=remedy,
        )
    return root


def local(element: Element) -> str:
    """Return an element's name without its namespace."""
    return element.tag.rpartition("}")[2]


def children(element: Element, *names: str) -> Iterator[Element]:
    """Return the children of these names, in the file's order."""
    return (child for child in element if local(child) in names)


def descriptions(element: Element) -> str:
    """Return what an element's Description says, or "" without one."""
    return "\n".join(filter(None, ((d.text or "").strip() for d in children(element, "Description"))))


def guid(written: str | None) -> str:
    """Return a GUID in one spelling: capitals and braces are a matter of the program's taste."""
    return (written or "").strip().strip("{}").casefold()


def target(element: Element) -> str:
    """Return the GUID that a reference names; the standard's own examples use `guid` for `targetGUID`."""
    return guid(element.get("targetGUID") or element.get("guid"))


def parse(xml: bytes, name: str, what: str = "project", remedy: str = EXPORT_AGAIN) -> Element:
    """Return the root element of an XML file. Raises for a DTD, damage, an unknown encoding and deep nesting."""
    root: Element | None = None
    depth = 0
    try:
        for event, element in iterparse(io.BytesIO(xml), events=("start", "end"), forbid_dtd=True):
            root = element if root is None else root
            depth += 1 if event == "start" else -1
            if depth > DEPTH_LIMIT:
                raise ImportProblem(
                    f"The {what} XML is nested deeper than {DEPTH_LIMIT} levels.",
                    where=name,
                    remedy=remedy,
                )
    except DefusedXmlException as forbidden:
        raise ImportProblem("DTD not allowed.", where=name, remedy=remedy) from forbidden
    except ParseError as broken:
        line, column = broken.position
        raise ImportProblem(
            f"The {what} XML is damaged.", where=f"{name}, line {line}, column {column}", remedy=remedy
        ) from broken
    except (LookupError, ValueError) as unreadable:
        raise ImportProblem(
            f"The {what} XML is in an encoding that cannot be read.", where=name, remedy=remedy
        ) from unreadable
    if root is None:
        raise ImportProblem(f"The {what} XML is empty.", where=name, remedy=remedy)
    return root
