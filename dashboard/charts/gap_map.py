"""The map: a tile per written step, by tool and phase. Draws the measure gap_by_step."""

import pandas as pd

from dashboard.charts import theme, words
from dashboard.charts.words import Drawing, Row, To
from dashboard.i18n import Translator
from dashboard.query import records


def gap_map(gaps: pd.DataFrame, to: To, t: Translator) -> Drawing:
    """Return the map's description: rows of tools, columns of phases, n in each tile, silence hatched."""
    phases = list(dict.fromkeys(gaps.sort_values("phase_position", kind="stable")["phase"]))
    rows = []
    for component_id, steps in gaps.groupby("component_id", sort=False):
        found = records(steps)
        rows.append({
            "name": t.of(found[0], "component"),
            "to": to("component", str(component_id)),
            "cells": [[_tile(r, to, t) for r in found if r["phase"] == phase] for phase in phases],
        })  # fmt: skip
    return {
        "kind": "map",
        "title": t("map.title"),
        "note": t("map.note"),
        "label": t("map.label"),
        "corner": t("map.corner"),
        "scale": {"none": t("map.none"), "all": t("map.all"), "notRaised": t("map.not_raised")},
        "columns": [words.phase(phase, t) for phase in phases],
        "rows": rows,
    }


def _tile(row: Row, to: To, t: Translator) -> Drawing:
    step, raised = t.of(row, "step"), int(row["n_raised"])
    if not raised:
        label = t("map.tile.silent", step=step)
    elif not row["n_clear"]:
        label = t("map.tile.unclear", step=step, raised=raised)
    else:
        label = t("map.tile", step=step, d=int(row["n_differ"]), n=int(row["n_clear"]), raised=raised)
    return {
        "step": row["step_id"],
        "to": to("step", str(row["step_id"])),
        "n": str(raised) if raised else "–",
        "level": theme.level(row["gap"]),
        "label": label,
    }
