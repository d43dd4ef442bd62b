"""Bond, task and goal as strips of dots. Draws the measure alliance_by_component."""

import pandas as pd

from dashboard.charts.words import Drawing
from dashboard.i18n import Translator
from dashboard.model import ALLIANCE_ASPECTS
from dashboard.query import records


def alliance_strip(aspects: pd.DataFrame, n_voices: int, t: Translator) -> Drawing:
    """Return one strip per aspect: the voices that work otherwise for it, the others hollow."""
    found = {row["alliance_aspect"]: row for row in records(aspects)}
    if not found:
        return {"kind": "empty", "text": t("alliance.none")}
    items = []
    for aspect in ALLIANCE_ASPECTS:
        n = int(found[aspect]["n_voices"]) if aspect in found else 0
        practices = int(found[aspect]["n_practices"]) if aspect in found else 0
        said = t.count("alliance.count", practices, voices=n, total=n_voices)
        strip = {"counts": {"aspect": n, "not_raised": n_voices - n}, "label": said}
        items.append({"name": t(f"aspect.{aspect}"), "strip": strip, "count": said})
    return {"kind": "bars", "title": t("alliance.title"), "note": t("alliance.note"), "items": items}
