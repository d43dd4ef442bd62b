"""What a scene shows under its sentence, redrawn for distance: few rows, few words, one dot per voice.

Draws placement_by_step, practice_by_step, practice_library and unwritten_practice. A row's `at` is the reveal with
which it comes: 0 stands from the start.
"""

from collections import Counter
from collections.abc import Sequence

import pandas as pd

from dashboard.charts import theme, words
from dashboard.charts.ranked_gaps import DIFFERING
from dashboard.charts.words import Drawing, Row
from dashboard.i18n import Translator
from dashboard.model import PLACEMENTS
from dashboard.query import records

MOST_ROWS = 4
"""More than these a room does not read."""


def gap_map(placed: pd.DataFrame, t: Translator) -> Drawing:
    """Return the map: a tile a step, by tool and phase, n in each, silence hatched."""
    phases = list(dict.fromkeys(placed.sort_values("phase_position", kind="stable")["phase"]))
    rows = []
    for _component, steps in placed.groupby("component_id", sort=False):
        found = records(steps)
        cells = [[_tile(row, t) for row in found if row["phase"] == phase] for phase in phases]
        rows.append({"name": t.of(found[0], "component"), "cells": cells})
    return {
        "kind": "map",
        "label": t("map.label"),
        "columns": [words.phase(phase, t) for phase in phases],
        "scale": {
            "none": t("placement.axis.none"),
            "all": t("placement.axis.all"),
            "silent": t("map.not_raised"),
            "n": t("scene.map.n"),
        },
        "rows": rows,
    }


def gaps(steps: Sequence[Row], t: Translator) -> Drawing:
    """Return ranked steps: what is written, who does what, and what the gap asks for."""
    rows = [
        {
            "name": t.of(row, "step"),
            "under": t.of(row, "component"),
            **_counted(row, t),
            "place": t(f"placement.{row['placement']}"),
            "why": t(f"scene.why.{row['placement']}"),
        }
        for row in steps
    ]
    return {"kind": "gaps", "rows": rows, "legend": legend(rows, t)}


def places(placed: pd.DataFrame, t: Translator) -> Drawing:
    """Return how many steps ask for what, in the order in which to act, each step as a mark."""
    found = Counter(placed["placement"])
    rows = [
        {"n": found[name], "name": t(f"placement.{name}"), "why": t(f"scene.why.{name}")}
        for name in PLACEMENTS
        if found[name]
    ]
    return {"kind": "places", "rows": rows, "unit": t("scene.places.unit")}


def lanes(steps: Sequence[Row], unwritten: Sequence[Row], n_voices: int, t: Translator) -> Drawing:
    """Return what is written beside what is done; what nobody wrote stands after the step where it happens."""
    left = list(unwritten)
    rows: list[Drawing] = []
    for step in steps:
        rows.append({"kind": "written", "name": t.of(step, "step"), **_counted(step, t)})
        near = [practice for practice in left if practice["near_step_id"] == step["step_id"]]
        rows += [_added(practice, n_voices, t) for practice in near]
        left = [practice for practice in left if practice not in near]
    rows += [_added(practice, n_voices, t) for practice in left]
    return {
        "kind": "lanes",
        "left": t("component.written"),
        "right": t("component.done"),
        "rows": rows,
        "legend": legend(rows, t),
    }


def step(step: Row, placed: Row, practices: Sequence[Row], t: Translator) -> Drawing:
    """Return one step: its text, the voices by what they do, and the practices that most tell in its place."""
    counts = words.strip(placed, t)["counts"]
    groups = [{"stance": stance, "n": n, "word": t(f"stance.{stance}")} for stance, n in counts.items() if n]
    told = [row for row in practices if row["stance"] in DIFFERING][:MOST_ROWS]
    source = " · ".join(part for part in (str(step["document"]), words.level_of_obligation(step, t)) if part)
    return {
        "kind": "step",
        "written": {"label": t("scene.written"), "text": t.of(step, "step"), "source": source},
        "label": words.strip(placed, t)["label"],
        "groups": groups,
        "count": words.tally(placed, t),
        "practices": [_told(row, t) for row in told],
        "effects": effect_legend([words.effects(row, t) for row in told]),
    }


def practices(rows: Sequence[Row], n_voices: int, t: Translator) -> Drawing:
    """Return practices, each with the voices that tell it and what they say it leads to."""
    found = [
        {
            **_told(row, t),
            "under": _instead(row, t),
            "strip": {"counts": {str(row["stance"]): int(row["n_voices"])}, "label": _of_all(row, n_voices, t)},
            "count": t.parts("practice.told", n=int(row["n_voices"]), total=n_voices),
        }
        for row in rows
    ]
    return {"kind": "practices", "rows": found, "legend": practice_legend(found, t)}


def quote(row: Row, t: Translator) -> Drawing:
    """Return one voice's words in the room's language where there is a translation, and as they were said."""
    translated = str(row["quote_en"] or "") if t.language != "sv" else ""
    return {
        "kind": "quote",
        "text": translated
        or row["quote"]
        or t("quote.held_back" if row.get("verification") == "held_back" else "quote.no_words"),
        "said": row["quote"] if translated else "",
        "note": t("scene.translated") if translated else "",
        "isFinding": t.kind == "evidence" or not row["quote"],
        "who": row["citation"] or row["participant_id"],
        "stance": row["stance"],
        "practice": words.practice_name(row, t),
        "effect": {"sign": theme.EFFECT_SIGNS[row["effect"]], "word": t(f"effect.{row['effect']}")},
    }


def legend(rows: Sequence[Drawing], t: Translator) -> list[Drawing]:
    """Return the key to the dots and signs that the rows really use."""
    used = {stance for row in rows for stance, n in row["strip"]["counts"].items() if n}
    order = (*theme.STRIP_STANCES[:4], "added", *theme.STRIP_STANCES[4:])
    dots = [{"stance": stance, "word": t(f"stance.{stance}")} for stance in order if stance in used]
    return [*dots, *effect_legend([row["effects"] for row in rows])]


def practice_legend(rows: Sequence[Drawing], t: Translator) -> list[Drawing]:
    """Return the key to the stances and signs of practices."""
    used = {row["stance"] for row in rows}
    dots = [{"stance": s, "word": t(f"stance.{s}")} for s in (*DIFFERING, "added") if s in used]
    return [*dots, *effect_legend([row["effects"] for row in rows])]


def effect_legend(marks: Sequence[Sequence[Drawing]]) -> list[Drawing]:
    """Return the key to the effect signs that are used, helps first."""
    used = {mark["sign"]: mark["word"] for row in marks for mark in row}
    return [{"sign": sign, "word": used[sign]} for sign in theme.EFFECT_SIGNS.values() if sign in used]


def _counted(row: Row, t: Translator) -> Drawing:
    strip = words.strip(row, t)
    return {"strip": strip, "count": words.tally(row, t), "effects": _marks(row, t)}


def _told(row: Row, t: Translator) -> Drawing:
    return {
        "stance": row["stance"],
        "name": words.practice_name(row, t),
        "n": int(row["n_voices"]),
        "effects": _marks(row, t),
    }


def _added(row: Row, n_voices: int, t: Translator) -> Drawing:
    n = int(row["n_voices"])
    return {
        "kind": "unwritten",
        "name": t.of(row, "practice") or t("stance.added"),
        "strip": {"counts": {"added": n}, "label": t("component.added.label", n=n, total=n_voices)},
        "count": t.parts("component.added", n=n, total=n_voices),
        "effects": _marks(row, t),
    }


def _marks(row: Row, t: Translator) -> list[Drawing]:
    return [{name: mark[name] for name in ("sign", "n", "word")} for mark in words.effects(row, t)]


def _instead(row: Row, t: Translator) -> str:
    """Return the step that a practice bends, or that nobody wrote it."""
    if row["stance"] == "added" or not row.get("step"):
        return f"{t.of(row, 'component')} · {t('scene.unwritten')}"
    return t("scene.instead", step=t.of(row, "step"))


def _of_all(row: Row, n_voices: int, t: Translator) -> str:
    return t("practice.told.label", n=int(row["n_voices"]), total=n_voices)


def _tile(row: Row, t: Translator) -> Drawing:
    raised = int(row["n_raised"])
    if not raised:
        label = t("map.tile.silent", step=t.of(row, "step"))
    elif not row["n_clear"]:
        label = t("map.tile.unclear", step=t.of(row, "step"), raised=raised)
    else:
        label = t("map.tile", step=t.of(row, "step"), d=int(row["n_differ"]), n=int(row["n_clear"]), raised=raised)
    return {"n": raised, "level": theme.level(row["gap"]), "label": label}
