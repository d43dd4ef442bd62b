"""What each interview brought that nobody had told before, in their order. Draws new_by_interview."""

import pandas as pd

from dashboard.charts.words import Drawing, Row, To
from dashboard.i18n import Translator
from dashboard.query import records

SHORT = 4  # letters of a name that stand under a column without being turned
PART = 4  # the last quarter of the interviews is looked at


def saturation(rows: pd.DataFrame, to: To, t: Translator) -> Drawing:
    """Return one column an interview: how many practices it told, how many of them were new, and how many so far."""
    if rows.empty:
        return {"kind": "empty", "text": t("saturation.voiceless")}
    total = int(rows["n_so_far"].max())
    if not total:
        return {"kind": "empty", "text": t("saturation.none")}
    named = records(rows)
    last = max(1, len(named) // PART)
    new = sum(int(row["n_new"]) for row in named[-last:])
    return {
        "kind": "saturation",
        "title": t("saturation.title"),
        "sentence": t.parts(f"saturation.sentence.{'one' if last == 1 else 'many'}", last=last, n=new, total=total)
        if len(named) > 1
        else t.parts("saturation.sentence.only", total=total),
        "note": t("saturation.note"),
        "legend": [t("saturation.new"), t("saturation.again"), t("saturation.so_far")],
        "most": max(int(row["n_practices"]) for row in named),
        "turned": any(len(str(row["participant_id"])) > SHORT for row in named),
        "items": [_item(row, to, t) for row in named],
    }


def _item(row: Row, to: To, t: Translator) -> Drawing:
    told, new, so_far = int(row["n_practices"]), int(row["n_new"]), int(row["n_so_far"])
    name = str(row["participant_id"])
    label = t("saturation.label", name=str(row["citation"]) or name, told=told, n=new, total=so_far)
    return {"name": name, "to": to("words", voice=name), "told": told, "new": new, "soFar": so_far, "label": label}
