"""The map of what nobody wrote: a tile per practice, by tool and phase. Draws the measure unwritten_practice."""

import pandas as pd

from dashboard.charts import words
from dashboard.charts.words import Drawing, Row, To
from dashboard.i18n import Translator
from dashboard.query import records

SHADES = (1 / 16, 1 / 8, 1 / 5, 1 / 3)
"""The share of all voices up to which a tile has each shade but the strongest. What nobody wrote is asked of nobody,
so that few tell it: the shades part the small shares, and a third of all voices is the strongest already."""


def unwritten_map(unwritten: pd.DataFrame, n_voices: int, to: To, t: Translator) -> Drawing:
    """Return the map's description: rows of tools, columns of phases, in each tile how many tell the practice."""
    if unwritten.empty:
        return {"kind": "empty", "text": t("component.unwritten.none")}
    phases = list(dict.fromkeys(unwritten.sort_values("phase_position", kind="stable")["phase"]))
    rows = []
    for component_id, practices in unwritten.groupby("component_id", sort=False):
        found = records(practices)
        rows.append({
            "name": t.of(found[0], "component"),
            "to": to("component", str(component_id)),
            "cells": [[_tile(r, n_voices, to, t) for r in found if r["phase"] == phase] for phase in phases],
        })  # fmt: skip
    return {
        "kind": "map",
        "shades": "added",
        "title": t("unwritten.title"),
        "note": t("unwritten.note"),
        "label": t("unwritten.label"),
        "corner": t("map.corner"),
        "scale": {"none": t("unwritten.few"), "all": t("unwritten.third"), "notRaised": ""},
        "columns": [words.phase(phase, t) for phase in phases],
        "rows": rows,
    }


def shade(n: int, n_voices: int) -> int:
    """Return a tile's shade, 0 for at most one in sixteen of all voices to 4 for more than a third of them."""
    return sum(n / n_voices > share for share in SHADES)


def _tile(row: Row, n_voices: int, to: To, t: Translator) -> Drawing:
    n, name = int(row["n_voices"]), t.of(row, "practice") or t("stance.added")
    return {
        "to": to("practice", str(row["practice_id"])),
        "n": str(n),
        "level": shade(n, n_voices),
        "label": t("unwritten.tile", practice=name, n=n, total=n_voices),
    }
