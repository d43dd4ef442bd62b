"""Who does what on one step: voices by state. Draws lists/voices_on_step."""

import pandas as pd

from dashboard.charts.theme import STRIP_STANCES
from dashboard.charts.words import Drawing
from dashboard.i18n import Translator
from dashboard.query import records


def voice_strip(voices: pd.DataFrame, t: Translator) -> Drawing:
    """Return the voices of a study grouped by what they say of one step; the silent ones stand last."""
    rows = records(voices)
    groups = []
    for stance in STRIP_STANCES:
        named = [
            {
                "name": row["participant_id"],
                "note": t("step.also") if row["is_also_as_written"] else "",
            }
            for row in rows
            if row["stance"] == stance
        ]
        if named:
            groups.append(
                {"silent": stance == "not_raised", "stance": stance, "word": t(f"stance.{stance}"), "voices": named}
            )
    return {"kind": "strip", "title": t("step.voices"), "note": t("step.voices.note"), "groups": groups}
