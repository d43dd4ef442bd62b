"""Which gaps a file takes along, and how it says so: the same sentence before the click and in the file."""

from collections.abc import Mapping
from typing import Literal

import pandas as pd

from dashboard.i18n import Translator

Way = Literal["first", "harm", "chosen", "brief", "bending", "asked", "view"]
"""The gaps in the order in which to look, those with harm, those that the reader chose, the brief's steps, the steps
that bend, these and others that were asked for, or every step of the view."""

MOST: Mapping[str, int] = {"xlsx": 0, "pptx": 20, "docx": 100, "html": 100}
"""Format → the most gaps that it takes along: nobody shows more slides or reads a longer brief, and the workbook has
every step in its tables."""


def cut(rows: pd.DataFrame, most: int | None, way: Way, t: Translator) -> tuple[pd.DataFrame, str]:
    """Return the first rows, at most so many, and the sentence that says which of how many these are."""
    kept = rows if most is None else rows.head(most)
    return kept, said(way, len(kept), len(rows), t)


def said(way: Way, n: int, total: int, t: Translator) -> str:
    """Return which gaps a file takes along, "" where it takes none: "the first 20 of 83 gaps, in the order …"."""
    if not n:
        return ""
    return t(f"take.along.{way}", n=n, total=total) if n < total else t.count(f"take.along.{way}.all", n)
