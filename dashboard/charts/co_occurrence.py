"""Which codes of two folders meet in the same words, as a table that is shaded. Draws code_co_occurrence."""

from collections.abc import Mapping, Sequence

import pandas as pd

from dashboard.charts.agreement import number
from dashboard.charts.theme_tree import is_frame
from dashboard.charts.words import Drawing, Row, To
from dashboard.i18n import Translator
from dashboard.measures.themes import TOP
from dashboard.query import records

AT_TOP = "/"
"""The choice that stands for the top of the codebook; no path is called so."""
MOST = 12  # rows and columns that can still be read
SHADES = (0.0, 0.1, 0.2, 0.4)
"""A cell's shade is the number of these that its c-coefficient is above (0) or reaches (the others)."""


def folder_of(choice: str) -> str:
    """Return the folder that a choice stands for, as the measure takes it."""
    return TOP if choice == AT_TOP else choice


def folders(codes: pd.DataFrame, t: Translator) -> dict[str, str]:
    """Return what may stand on a side of the table: the top of the codebook and each folder, the uppermost first."""
    rows = {str(row["code_id"]): row for row in records(codes)}
    holding = set(codes["parent_id"]) & set(rows)

    def line(code_id: str) -> str:
        above = str(rows[code_id]["parent_id"])
        return f"{line(above)} › {t.of(rows[code_id], 'code')}" if above in rows else t.of(rows[code_id], "code")

    ordered = sorted(holding, key=lambda code_id: (int(rows[code_id]["depth"]), code_id))
    return {AT_TOP: t("matrix.top")} | {code_id: line(code_id) for code_id in ordered}


def first_folders(codes: pd.DataFrame) -> tuple[str, str]:
    """Return the two folders to begin with: alliance and stance of a table, else the two most told on top."""
    if is_frame(codes) and "Alliance" in set(codes["code_id"]):
        return "Alliance", "Stance"
    top = codes[(codes["depth"] == 0) & codes["code_id"].isin(set(codes["parent_id"]))]
    ranked = top.sort_values(["n_voices_below", "n_excerpts_below", "code_id"], ascending=[False, False, True])
    found = [str(code_id) for code_id in ranked["code_id"].head(2)]
    return (found[0], found[1]) if len(found) == 2 else (AT_TOP, AT_TOP)


def co_occurrence(pairs: pd.DataFrame, to: To, t: Translator) -> Drawing:
    """Return the matrix: the codes of one folder down, those of the other across, each by how often it is told.

    A cell prints in how many excerpts both are told and is shaded by the c-coefficient. At most twelve rows and twelve
    columns, and none that was never told; how many are left out is said.
    """
    rows = records(pairs)
    downs, left_down = _side(rows, "down", t)
    acrosses, left_across = _side(rows, "across", t)
    if not downs or not acrosses:
        return {"kind": "empty", "text": t("matrix.none")}
    cells = {(row["down_id"], row["across_id"]): _cell(row, t) for row in rows}
    return {
        "kind": "matrix",
        "title": t("matrix.title"),
        "note": t("matrix.note"),
        "label": t("matrix.label"),
        "corner": t("matrix.corner"),
        "columns": [_head(side, to) for side in acrosses],
        "rows": [
            _head(down, to) | {"cells": [cells.get((down["id"], across["id"])) for across in acrosses]}
            for down in downs
        ],
        "same": t("matrix.same"),
        "scale": {"name": t("matrix.scale"), "steps": list(t("matrix.steps").split("|"))},
        "left": _left_out({"matrix.rows": left_down, "matrix.columns": left_across}, t),
    }


def _left_out(counts: Mapping[str, int], t: Translator) -> str:
    said = [t.count(key, n) for key, n in counts.items() if n]
    return t("matrix.left", what=t.sequence(said)) if said else ""


def shade(c: float) -> int:
    """Return a cell's shade, 0 for a pair that never meets to 4 for a c-coefficient of 0.4 and more."""
    return sum(c >= bound for bound in SHADES[1:]) + 1 if c > SHADES[0] else 0


def _side(rows: Sequence[Row], side: str, t: Translator) -> tuple[list[Drawing], int]:
    """Return one side's codes, the most told first and at most twelve, and how many told ones are left out."""
    found = {
        row[f"{side}_id"]: {"id": row[f"{side}_id"], "name": t.of(row, side), "n": int(row[f"n_{side}"])}
        for row in rows
        if row[f"n_{side}"]
    }
    ranked = sorted(found.values(), key=lambda code: (-code["n"], code["id"]))
    return ranked[:MOST], len(ranked[MOST:])


def _head(code: Drawing, to: To) -> Drawing:
    return {"name": code["name"], "n": code["n"], "to": to("words", code=code["id"])}


def _cell(row: Row, t: Translator) -> Drawing:
    n, c = int(row["n_both"]), float(row["c"])
    values = {"down": t.of(row, "down"), "across": t.of(row, "across"), "n": n, "c": number(c, t)}
    voices = t.count("voices", int(row["n_voices_both"])) if row["n_voices_both"] else ""
    said = t("matrix.cell.voices", voices=voices, **values) if voices else t("matrix.cell", **values)
    return {"n": n, "shade": shade(c), "label": said}
