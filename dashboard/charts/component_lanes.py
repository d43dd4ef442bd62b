"""Two lanes: the written steps, and practice beside each. Draws placement_by_step and unwritten_practice."""

from collections.abc import Sequence

import pandas as pd

from dashboard.charts import words
from dashboard.charts.words import Drawing, Row, To
from dashboard.i18n import Translator
from dashboard.query import records


def component_lanes(placed: pd.DataFrame, unwritten: pd.DataFrame, n_voices: int, to: To, t: Translator) -> Drawing:
    """Return the lanes' description; what nobody wrote stands after the step where it happens, else in its phase."""
    steps = records(placed)
    waiting = records(unwritten)
    rows: list[Drawing] = []
    shown_phase = None
    for at, step in enumerate(steps):
        rows.append(_written(step, to, t) | {"phase": _once(step["phase"], shown_phase, t)})
        shown_phase = step["phase"]
        is_last_of_phase = at + 1 == len(steps) or steps[at + 1]["phase"] != step["phase"]
        for practice in [p for p in waiting if _belongs(p, step, steps, is_last_of_phase)]:
            waiting.remove(practice)
            rows.append(_unwritten(practice, n_voices, to, t))
    for practice in waiting:
        rows.append(_unwritten(practice, n_voices, to, t) | {"phase": _once(practice["phase"], shown_phase, t)})
        shown_phase = practice["phase"]
    return {
        "kind": "lanes",
        "legend": words.legend(t, added=True),
        "left": t("component.written"),
        "right": t("component.done"),
        "rows": rows,
    }


def _belongs(practice: Row, step: Row, steps: Sequence[Row], is_last_of_phase: bool) -> bool:
    if practice["near_step_id"] in {s["step_id"] for s in steps}:
        return bool(practice["near_step_id"] == step["step_id"])
    return is_last_of_phase and bool(practice["phase"] == step["phase"])


def _once(phase: object, shown: object, t: Translator) -> str:
    return "" if phase == shown else words.phase(phase, t)


def _written(row: Row, to: To, t: Translator) -> Drawing:
    def behind(number: str) -> Drawing:
        return to("words", step=row["step_id"], number=number)

    return {
        "kind": "written",
        "name": t.of(row, "step"),
        "under": words.level_of_obligation(row, t),
        "to": to("step", str(row["step_id"])),
        "strip": words.strip(row, t),
        "count": words.tally(row, t),
        "words": words.behind_tally(row, behind),
        "effects": words.effects(row, t, behind),
    }


def _unwritten(row: Row, n_voices: int, to: To, t: Translator) -> Drawing:
    n = int(row["n_voices"])
    return {
        "kind": "unwritten",
        "name": t.of(row, "practice") or t("stance.added"),
        "strip": {"counts": {"added": n}, "label": t("component.added.label", n=n, total=n_voices)},
        "count": t.parts("component.added", n=n, total=n_voices),
        "to": to("practice", str(row["practice_id"])),
        "words": to("words", practice=row["practice_id"]),
        "effects": words.effects(row, t, lambda number: to("words", practice=row["practice_id"], number=number)),
    }
