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
AFAR = sorted(
    ((0.11 * dx, 0.075 * dy) for dx in range(-4, 5) for dy in range(-4, 5) if max(abs(dx), abs(dy)) > 1),
    key=lambda spot: (math.hypot(spot[0] / 0.11, spot[1] / 0.075), spot),
)
"""Where a label may stand, with a line to its point, when there is no room beside it; the nearest first."""
INSIDE = ((-1.15, 1.9), (0.0, 1.05))  # where a label stays within the chart


def placement_scatter(placed: pd.DataFrame, mode: str, t: Translator) -> go.Figure | None:
    """Return the figure, or None where nobody differs; `mode` is "light" or "dark".

    A point's customdata holds its step. The steps to look at first carry their id; the others tell it on hover.
    """
    rows = records(ranked(placed))
    if not rows:
        return None
    places = _apart([(_effect(row), float(row["gap"])) for row in rows])
    sides, lines = _labels(places)
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
    afar = [_afar(str(rows[at]["step_id"]), places[at], spot, mode) for at, spot in lines.items()]
    return go.Figure({"data": [points], "layout": _layout(mode, t) | {"annotations": afar}})


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


def _labels(places: list[tuple[float, float]]) -> tuple[list[str], dict[int, tuple[float, float]]]:
    """Return where the labels of the first steps stand, free of points and of other labels.

    Per point the side of it, "" for none; and, by its number, the spot of a label that only has room further away.
    """
    labels: list[tuple[float, float]] = []
    sides, lines = [""] * len(places), {}
    for at, (x, y) in enumerate(places[:LABELLED]):
        points = [spot for spot in places if spot != (x, y)]
        near = {side: (x + dx, y + dy) for side, (dx, dy) in SIDES.items()}
        side = next((side for side, spot in near.items() if _has_room(spot, points, labels)), "")
        far = ((x + dx, y + dy) for dx, dy in AFAR)
        spot = near[side] if side else next((s for s in far if _reaches((x, y), s, points, labels)), None)
        if spot is None:
            continue
        labels.append(spot)
        sides[at] = side
        if not side:
            lines[at] = spot
    return sides, lines


def _has_room(spot: tuple[float, float], points: list[tuple[float, float]], labels: list[tuple[float, float]]) -> bool:
    return all(_is_free(spot, point, LABEL) for point in points) and all(
        _is_free(spot, label, LABELS_APART) for label in labels
    )


def _reaches(
    point: tuple[float, float], spot: tuple[float, float], points: list[tuple[float, float]],
    labels: list[tuple[float, float]],
) -> bool:  # fmt: skip
    """Tell whether a label may stand at a spot, and a line from it to its point touches no other point."""
    is_inside = all(low <= at <= high for at, (low, high) in zip(spot, INSIDE, strict=True))
    on_the_way = [(point[0] + (spot[0] - point[0]) * n / 8, point[1] + (spot[1] - point[1]) * n / 8) for n in range(9)]
    return (
        is_inside
        and _has_room(spot, points, labels)
        and all(_clear(at, other, 0.6) for at in on_the_way for other in points)
    )


def _afar(step_id: str, point: tuple[float, float], spot: tuple[float, float], mode: str) -> dict[str, Any]:
    return {
        "text": _shown(step_id), "x": point[0], "y": point[1], "ax": spot[0], "ay": spot[1],
        "xref": "x", "yref": "y", "axref": "x", "ayref": "y", "showarrow": True, "arrowhead": 0, "arrowwidth": 1,
        "arrowcolor": theme.QUIET[mode], "standoff": 7,
        "font": {"size": theme.FONT_SIZE, "color": theme.INK[mode], "family": theme.FONT},
    }  # fmt: skip


def _is_free(label: tuple[float, float], other: tuple[float, float], room: tuple[float, float]) -> bool:
    return abs(label[0] - other[0]) > room[0] or abs(label[1] - other[1]) > room[1]


def _clear(one: tuple[float, float], other: tuple[float, float], sizes: float = 1) -> bool:
    return math.hypot((one[0] - other[0]) / ACROSS, (one[1] - other[1]) / UP) >= sizes


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
