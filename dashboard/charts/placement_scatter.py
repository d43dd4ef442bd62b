"""Gap against perceived effect, a point per step. Draws the measure placement_by_step."""

from collections import Counter
from itertools import count as counting
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts import theme
from dashboard.i18n import Translator
from dashboard.query import records

UNKNOWN_AT = -1.6  # where the steps with no known effect stand, left of harm and apart from it
STEP_ASIDE = 0.085  # how far points with the same place move apart, in units of effect


def placement_scatter(placed: pd.DataFrame, mode: str, t: Translator) -> go.Figure | None:
    """Return the figure, or None where nobody differs; `mode` is "light" or "dark"."""
    rows = records(placed[placed["n_differ"] > 0])
    if not rows:
        return None
    places = _apart(
        [(UNKNOWN_AT if pd.isna(r["mean_effect"]) else float(r["mean_effect"]), float(r["gap"])) for r in rows]
    )
    points: dict[str, Any] = {
        "type": "scatter",
        "mode": "markers+text",
        "x": [x for x, _y in places],
        "y": [y for _x, y in places],
        "text": [r["step_id"] for r in rows],
        "customdata": [[r["step_id"]] for r in rows],
        "hovertext": [_hover(r, t) for r in rows],
        "hoverinfo": "text",
        "textfont": {"size": 11, "color": theme.ON_POINT[mode], "family": theme.FONT},
        "marker": {
            "size": [24 + 1.2 * int(r["n_raised"]) for r in rows],
            "color": theme.POINT[mode],
            "line": {"color": theme.ON_POINT[mode], "width": 1.5},
            "opacity": 1,
        },
    }
    return go.Figure({"data": [points], "layout": _layout(mode, t)})


def placement_alt(placed: pd.DataFrame, t: Translator) -> str:
    """Return the chart in one sentence, for those who do not see it."""
    differing = placed[placed["n_differ"] > 0]
    found = Counter(differing["placement"])
    parts = [f"{t('placement.' + name)} {n}" for name, n in found.most_common()]
    return t("placement.alt", n=len(differing), parts=", ".join(parts))


def _apart(places: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """Move points that would hide each other sideways, alternately left and right, always the same way."""
    taken: set[tuple[int, int]] = set()
    moved = []
    for x, y in places:
        for turn in counting():
            aside = x + STEP_ASIDE * ((turn + 1) // 2) * (1 if turn % 2 else -1)
            box = (round(aside / STEP_ASIDE), round(y * 20))
            near = {(box[0] + dx, box[1] + dy) for dx in (-1, 0, 1) for dy in (0, 1, -1)}
            if not near & taken:
                taken.add(box)
                moved.append((aside, y))
                break
    return moved


def _hover(row: dict[str, Any], t: Translator) -> str:
    # Plotly reads a few tags in hover text; a study's words must not be able to write any.
    step = t.of(row, "step").replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return t(
        "placement.hover", step=step, d=int(row["n_differ"]), n=int(row["n_clear"]), helps=int(row["n_helps"]),
        mixed=int(row["n_mixed"]), harms=int(row["n_harms"]), not_known=int(row["n_not_known"]),
        placement=t(f"placement.{row['placement']}"),
    )  # fmt: skip


def _layout(mode: str, t: Translator) -> dict[str, Any]:
    quiet = {"color": theme.QUIET[mode], "size": theme.FONT_SIZE, "family": theme.FONT}
    ticks = {UNKNOWN_AT: "unknown", -1.0: "harms", 0.0: "mixed", 1.0: "helps"}
    return {
        "height": 460,
        "margin": {"l": 56, "r": 12, "t": 12, "b": 64},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "font": quiet,
        "dragmode": False,
        "showlegend": False,
        "hoverlabel": {"font": {"family": theme.FONT, "size": theme.FONT_SIZE}, "align": "left"},
        "xaxis": {
            "range": [-2.0, 1.5],
            "fixedrange": True,
            "tickvals": list(ticks),
            "ticktext": [t(f"placement.axis.{name}") for name in ticks.values()],
            "title": {"text": t("placement.x"), "standoff": 12, "font": quiet},
            "showgrid": True,
            "gridcolor": theme.LINE[mode],
            "zeroline": False,
        },
        "yaxis": {
            "range": [-0.06, 1.1],
            "fixedrange": True,
            "tickvals": [0, 0.5, 1],
            "ticktext": [t("map.none"), t("placement.half"), t("map.all")],
            "title": {"text": t("placement.y"), "font": quiet},
            "gridcolor": theme.LINE[mode],
            "zeroline": False,
        },
    }
