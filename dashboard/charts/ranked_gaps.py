"""The ranked gaps as sentences and dots. Draws the measures placement_by_step and practice_by_step."""

from collections.abc import Mapping, Sequence

import pandas as pd

from dashboard.charts import words
from dashboard.charts.decisions import mark
from dashboard.charts.placement_why import placement_why
from dashboard.charts.words import Drawing, Row, To
from dashboard.i18n import Translator
from dashboard.model import Decision, PlacementCondition
from dashboard.query import records

DIFFERING = ("adapted", "worked_around", "left_out")


def ranked_gaps(
    ranked: pd.DataFrame, practices: pd.DataFrame, rules: Sequence[PlacementCondition], to: To, t: Translator,
    decided: Mapping[str, Decision] | None = None,
) -> Drawing:  # fmt: skip
    """Return the list: under each step the practice that most tell in its place, beside it why it is placed so.

    `decided` holds the latest decision on a step, where there is one.
    """
    if ranked.empty:
        return {"kind": "empty", "text": t("gaps.none")}
    instead = most_told(practices)
    return {
        "kind": "gaps",
        "title": t("gaps.title"),
        "note": t("gaps.note"),
        "legend": words.legend(t),
        "items": [
            _item(row, instead.get(str(row["step_id"])), rules, to, t)
            | {"decided": mark((decided or {}).get(str(row["step_id"])), t)}
            for row in records(ranked)
        ],
    }


def most_told(practices: pd.DataFrame) -> Mapping[str, Row]:
    """Return, per step, the practice that most voices tell in place of the text."""
    differing = practices[practices["stance"].isin(DIFFERING)]
    first = records(differing.drop_duplicates("step_id", keep="first"))
    return {str(row["step_id"]): row for row in first}


def _item(row: Row, practice: Row | None, rules: Sequence[PlacementCondition], to: To, t: Translator) -> Drawing:
    told = ""

    def behind(number: str) -> Drawing:
        return to("words", step=str(row["step_id"]), number=number)

    if practice is not None:
        told = f" · {words.practice_name(practice, t)}, {t.count('gaps.told', int(practice['n_voices']))}"
    return {
        "name": t.of(row, "step"),
        "to": to("step", str(row["step_id"])),
        "under": f"{row['step_id']} · {t.of(row, 'component')}{told}",
        "strip": words.strip(row, t),
        "count": words.tally(row, t),
        "words": words.behind_tally(row, behind),
        "effects": words.effects(row, t, behind),
        "placement": t(f"placement.{row['placement']}"),
        "meaning": t(f"meaning.{row['placement']}"),
        "why": placement_why(row, rules, t),
    }
