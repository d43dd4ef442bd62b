"""The codebook as REFI-QDA codebook 1.0 (.qdc), which NVivo, ATLAS.ti, MAXQDA, QualCoder, Taguette … can import."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID, uuid5
from xml.etree.ElementTree import Element

import pandas as pd

from dashboard import settings
from dashboard.export.exchange import as_xml, child
from dashboard.export.table import readable
from dashboard.export.takeaway import stamp_of
from dashboard.export.view import View
from dashboard.i18n import Translator
from dashboard.importers import frame
from dashboard.model import Filters
from dashboard.query import records

NAMESPACE = "urn:QDA-XML:codebook:1.0"
ORIGIN = f"Beyond the Protocol {settings.PROGRAM_VERSION}"
PATHS = UUID("5ad2a1f6-6a0e-5c7b-9b1d-6d8f0f3c2b41")
"""The namespace of a code's GUID: the same path has the same GUID in every export, so that an import knows it again."""
_COLOUR = re.compile(r"#(?:[0-9A-Fa-f]{3}|[0-9A-Fa-f]{6})")


def as_qdc(view: View) -> bytes:
    """Return a study's codebook."""
    return codebook(view.ask("lists/codes", study_id=view.filters.study_id), view.stamp(view.whole), view.t)


def as_file(codes: pd.DataFrame, study: Mapping[str, Any], generation: str, t: Translator) -> bytes:
    """Return a codebook without a reader's view, stamped with its study and the data's version."""
    whole = Filters(str(study["study_id"]))
    return codebook(codes, stamp_of(study, whole, date.today(), generation, t, {}), t)


def codebook(codes: pd.DataFrame, stamp: Sequence[str], t: Translator) -> bytes:
    """Return the rows of `lists/codes` as a codebook with definitions and colours, in the standard's order of elements.

    A folder that cannot be coded stays one. Without codes the list is there and empty.
    """
    framed = frame.is_frame(codes.loc[~codes["is_codable"].astype(bool), "code_id"])
    root = Element("CodeBook", {"xmlns": NAMESPACE, "origin": ORIGIN})
    made = {"": child(root, "Codes")}
    for row in records(codes):  # by path, so a folder comes before what stands in it
        path = str(row["code_id"])
        element = child(made.get(str(row["parent_id"]), made[""]), "Code")
        element.attrib.update(_attributes(row, t))
        meaning = str(row["description"] or "") or (frame.meaning(path, t) if framed else "")
        if meaning:
            child(element, "Description", meaning)
        made[path] = element
    return as_xml(root, stamp)


def guid_of(path: str) -> str:
    """Return the GUID of a code, from its path alone."""
    return str(uuid5(PATHS, path))


def _attributes(row: Mapping[str, Any], t: Translator) -> dict[str, str]:
    found = {
        "guid": guid_of(str(row["code_id"])),
        "name": readable(t.of(row, "code")),
        "isCodable": "true" if row["is_codable"] else "false",
    }
    if _COLOUR.fullmatch(str(row["colour"] or "")):
        found["color"] = str(row["colour"])
    return found
