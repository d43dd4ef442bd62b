"""A table as CSV that opens in a spreadsheet without surprises."""

import csv
import io
import re
from collections.abc import Sequence

import pandas as pd

DELIMITERS = re.compile(r"""[,;\t"]""")  # a stamp line stays one cell, whatever a spreadsheet splits at
UNREADABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")  # signs that XML cannot hold
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\x00")


def as_csv(rows: pd.DataFrame, stamp: Sequence[str] = ()) -> bytes:
    """Return a table as UTF-8 CSV with a byte order mark, the stamp in lines that start with #.

    Text that a spreadsheet would run as a formula gets a leading apostrophe (OWASP ASVS 1.2.10); numbers stay as they
    are, and a missing number is an empty cell.
    """
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    for line in stamp:
        buffer.write(f"# {' '.join(DELIMITERS.sub(' ', line).split())}\r\n")
    writer.writerow(rows.columns)
    for row in rows.itertuples(index=False):
        writer.writerow([cell(value) for value in row])
    return buffer.getvalue().encode("utf-8-sig")


def cell(value: object) -> object:
    """Return a value as a CSV cell: formulas neutralised, missing values empty, whole numbers without a point."""
    if isinstance(value, str):
        return f"'{value}" if value.startswith(FORMULA_STARTS) else value
    if value is None or value is pd.NA or value != value:
        return ""
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value


def readable(text: str) -> str:
    """Return a text without the signs that no office file can hold; a space stands for each."""
    return UNREADABLE.sub(" ", text)
