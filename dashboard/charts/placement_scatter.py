"""Gap against perceived effect, a point per step. Draws the measure placement_by_step."""

import math
from collections import Counter
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts import theme
from dashboard.charts.words import Drawing
from dashboard.i18n import Translator
from dashboard.measures.placement import ranked
from dashboard.model import PLACEMENTS
from dashboard.query import records

UNKNOWN_AT = 1.7  # where the steps with no known effect stand, apart from the scale of effects
ACROSS, UP = 0.075, 0.06  # a point's breadth and height, in units of effect and of gap, on a page of 1440
FARTHEST = 2.5  # how many of its own sizes a point may move
SPIRAL = sorted(
    ((dx / 2, dy / 2) for dx in range(-5, 6) for dy in range(-3, 4) if math.hypot(dx, dy) / 2 <= FARTHEST),
    key=lambda spot: (math.hypot(*spot), spot),
)
LARGEST = 40  # px; the area grows with the voices up to here
LABELLED = 6  # the steps to look at first
LABEL = (0.11, 0.07)  # what a label keeps free of points, in the same units
LABELS_APART = (0.42, 0.07)  # and of other labels, so that they stay apart on a phone too
SIDES = {
    "middle right": (0.11, 0.0),
    "middle left": (-0.11, 0.0),
    "top center": (0.0, 0.075),
    "bottom center": (0.0, -0.075),
}


def placement_scatter(placed: pd.DataFrame, mode: str, t: Translator) -> go.Figure | None:
    """Return the figure, or None where nobody differs; `mode` is "light" or "dark".

    A point's customdata holds its step. The steps to look at first carry their id; the others tell it on hover.
    """
    rows = records(ranked(placed))
    if not rows:
        return None
    places = _apart([(_effect(row), float(row["gap"])) for row in rows])
    sides = _label_sides(places)
    points: dict[str, Any] = {
        "type": "scatter",
        "mode": "markers+text",
        "x": [x for x, _y in places],
        "y": [y for _x, y in places],
        "text": [_shown(str(row["step_id"])) if side else "" for row, side in zip(rows, sides, strict=True)],
        "textposition": [side or "top center" for side in sides],
        "customdata": [[row["step_id"]] for row in rows],
        "hovertext": [_hover(row, t) for row in rows],
        "hoverinfo": "text",
        "textfont": {"size": theme.FONT_SIZE, "color": theme.INK[mode], "family": theme.FONT},
        "marker": {
            "size": [min(LARGEST, 6 + 4.5 * math.sqrt(int(row["n_raised"]))) for row in rows],
            "color": theme.POINT[mode],
            "opacity": 0.8,
            "line": {"color": theme.PAPER[mode], "width": 1.5},
        },
        "selected": {"marker": {"opacity": 0.8}},
        "unselected": {"marker": {"opacity": 0.8}},
    }
    return go.Figure({"data": [points], "layout": _layout(mode, t)})


def placement_counts(placed: pd.DataFrame, t: Translator) -> Drawing:
    """Return how many steps ask for what, in the order in which to act; silence is not counted."""
    found = Counter(placed["placement"])
    items = [
        {"n": str(found[name]), "name": t(f"placement.{name}"), "why": t(f"why.{name}")}
        for name in PLACEMENTS
        if found[name]
    ]
    return {"kind": "counts", "title": t("placement.title"), "note": t("placement.count"), "items": items}


def placement_alt(placed: pd.DataFrame, t: Translator) -> str:
    """Return the chart in one sentence, for those who do not see it."""
    differing = placed[placed["n_differ"] > 0]
    found = Counter(differing["placement"])
    parts = [f"{t('placement.' + name)} {n}" for name, n in found.most_common()]
    return t("placement.alt", n=len(differing), parts=", ".join(parts))


def _effect(row: dict[str, Any]) -> float:
    return UNKNOWN_AT if pd.isna(row["mean_effect"]) else float(row["mean_effect"])


def _apart(places: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """Move points that would hide each other a little apart, always the same way, never further than FARTHEST."""
    moved: list[tuple[float, float]] = []
    for x, y in places:
        spots = [(x + ACROSS * dx, y + UP * dy) for dx, dy in SPIRAL if 0 <= y + UP * dy <= 1]
        free = (spot for spot in spots if all(_clear(spot, other) for other in moved))
        moved.append(next(free, (x, y)))
    return moved


def _label_sides(places: list[tuple[float, float]]) -> list[str]:
    """Return on which side of its point a label is free of points and of other labels; "" where there is no room."""
    labels: list[tuple[float, float]] = []
    sides = []
    for x, y in places[:LABELLED]:
        points = [spot for spot in places if spot != (x, y)]
        spots = {side: (x + dx, y + dy) for side, (dx, dy) in SIDES.items()}
        free = [
            side
            for side, spot in spots.items()
            if all(_is_free(spot, point, LABEL) for point in points)
            and all(_is_free(spot, label, LABELS_APART) for label in labels)
        ]
        sides.append(free[0] if free else "")
        labels += [spots[side] for side in free[:1]]
    return sides + [""] * (len(places) - len(sides))


def _is_free(label: tuple[float, float], other: tuple[float, float], room: tuple[float, float]) -> bool:
    return abs(label[0] - other[0]) > room[0] or abs(label[1] - other[1]) > room[1]


def _clear(one: tuple[float, float], other: tuple[float, float]) -> bool:
    return math.hypot((one[0] - other[0]) / ACROSS, (one[1] - other[1]) / UP) >= 1


def _shown(text: str) -> str:
    # Plotly reads a few tags in texts; a study's words must not be able to write any.
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _hover(row: dict[str, Any], t: Translator) -> str:
    step = _shown(t.of(row, "step"))
    return t(
        "placement.hover", step=step, d=int(row["n_differ"]), n=int(row["n_clear"]), helps=int(row["n_helps"]),
        mixed=int(row["n_mixed"]), harms=int(row["n_harms"]), not_known=int(row["n_not_known"]),
        placement=t(f"placement.{row['placement']}"),
    )  # fmt: skip


def _layout(mode: str, t: Translator) -> dict[str, Any]:
    quiet = {"color": theme.QUIET[mode], "size": theme.FONT_SIZE, "family": theme.FONT}
    ticks = {-1.0: "harms", 0.0: "mixed", 1.0: "helps", UNKNOWN_AT: "unknown"}
    return {
        "height": 460,
        "margin": {"l": 72, "r": 12, "t": 12, "b": 32},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "font": quiet,
        "dragmode": False,
        "showlegend": False,
        "hoverlabel": {"font": {"family": theme.FONT, "size": theme.FONT_SIZE}, "align": "left"},
        "xaxis": {
            "range": [-1.25, 2.0],
            "fixedrange": True,
            "tickvals": list(ticks),
            "ticktext": [t(f"placement.axis.{name}") for name in ticks.values()],
            "showgrid": True,
            "gridcolor": theme.LINE[mode],
            "zeroline": False,
        },
        "yaxis": {
            "range": [-0.06, 1.1],
            "fixedrange": True,
            "tickvals": [0, 0.5, 1],
            "ticktext": [t(f"placement.axis.{name}") for name in ("none", "half", "all")],
            "gridcolor": theme.LINE[mode],
            "zeroline": False,
        },
    }
