"""The same steps on two sides, for a room: then and now, or one group and another. Draws compare_by_step
and state_by_voice."""

from collections import Counter
from collections.abc import Sequence

import pandas as pd

from dashboard.charts.compare_words import Ends, change_words
from dashboard.charts.scene_bodies import legend
from dashboard.charts.theme import STRIP_STANCES
from dashboard.charts.words import Drawing, Row
from dashboard.i18n import Translator
from dashboard.query import records

SIDES = ("one", "other")
MOST_ROWS = 4


def compared(rows: pd.DataFrame, ends: Ends, steps: tuple[str, ...], t: Translator) -> Sequence[Row]:
    """Return the rows to show: the steps asked for, else those whose text was revised, else the largest changes."""
    known = records(rows[rows["change"].notna()])
    by_id = {str(row["step_id"]): row for row in known}
    if steps:
        return [by_id[step] for step in steps if step in by_id]
    revised = [row for row in known if row["is_revised"]] if ends.is_rounds else []
    return (revised or known)[:MOST_ROWS]


def compare(known: Sequence[Row], ends: Ends, states: tuple[pd.DataFrame, pd.DataFrame], t: Translator) -> Drawing:
    """Return each step with its voices on both sides, both wordings where the text was revised, and the change.

    `states` is state_by_voice of either side: who does what on which step.
    """
    said = ends.spoken(t)
    rows: list[Drawing] = []
    for row in known:
        wordings = ({"step": row["step_one"], "step_sv": row["step_one_sv"]}, row)
        texts = [t.of(wording, "step") for wording in wordings]
        rows.append({
            "name": texts[1],
            "texts": texts if row["is_revised"] else [],
            "ends": [_end(row, at, ends, states[at], said) for at in (0, 1)],
            "change": change_words(row, ends, said),
        })  # fmt: skip
    every = [end | {"effects": []} for row in rows for end in row["ends"]]
    return {"kind": "compare", "rows": rows, "legend": legend(every, t)}


def _end(row: Row, at: int, ends: Ends, states: pd.DataFrame, t: Translator) -> Drawing:
    count = t("compare.count", d=int(row[f"n_differ_{SIDES[at]}"]), n=int(row[f"n_clear_{SIDES[at]}"]))
    told = Counter(states.loc[states["step_id"] == row["step_id"], "stance"])
    counts = {stance: told[stance] for stance in STRIP_STANCES if told[stance]}
    return {
        "name": ends.names[at],
        "strip": {"counts": counts, "label": t("compare.count.label", count=count, name=ends.names[at])},
        "count": t("scene.compare.count", count=count),
    }
