"""One lens on what is done otherwise, as strips of dots in the colours of the stances. Draws practice_by_lens."""

from collections.abc import Mapping

import pandas as pd

from dashboard.charts import words
from dashboard.charts.words import Drawing, Row, To
from dashboard.i18n import Translator
from dashboard.measures.library import FACETS
from dashboard.model import ALLIANCE_ASPECTS, FIDELITIES, RESILIENCE_POTENTIALS
from dashboard.query import records

LENSES: Mapping[str, tuple[str, ...]] = {
    "aspect": ALLIANCE_ASPECTS,
    "nature": (),
    "fidelity": FIDELITIES,
    "reason": (),
    "potential": RESILIENCE_POTENTIALS,
}
"""A lens by its name in the address, which is also that of its words → its categories, where they are a closed list."""
STANCES = ("worked_around", "adapted", "left_out", "added")


def lens_strip(rows: pd.DataFrame, lens: str, n_voices: int, to: To, t: Translator, component_id: str = "") -> Drawing:
    """Return one strip per category of a lens: who works otherwise in it, the others hollow, and what they tell of it.

    `component_id` is the tool that the rows are of, "" for those of the filters. A closed list of categories stands
    whole, with those that nobody told; an open one by its voices.
    """
    closed = LENSES[lens]
    found = {str(row["category"]): row for row in records(rows[rows["lens"] == FACETS[lens]])}
    if not found:
        return {"kind": "empty", "text": t("lens.none")}
    order = closed or sorted(found, key=lambda category: (-int(found[category]["n_voices"]), category))
    return {
        "kind": "bars",
        "title": t(f"lens.title.{lens}"),
        "note": t(f"lens.note.{lens}"),
        "legend": words.practice_legend(t),
        "items": [_item(found.get(category), category, lens, n_voices, to, t, component_id) for category in order],
    }


def _item(
    row: Row | None, category: str, lens: str, n_voices: int, to: To, t: Translator, component_id: str
) -> Drawing:
    def behind(number: str) -> Drawing:
        return to("words", through=lens, category=category, component=component_id, number=number)

    n = int(row["n_voices"]) if row else 0
    counts = {stance: int(row[f"n_{stance}"]) if row else 0 for stance in STANCES}
    said = t.count("lens.count", int(row["n_practices"]) if row else 0, voices=n, total=n_voices)
    name = t.word(lens, category)
    tool = {"tool": [component_id]} if component_id else {}
    return {
        "name": name[:1].upper() + name[1:],
        "to": to("practice", **{lens: [category]}, **tool) if row else None,
        "strip": {"counts": counts | {"not_raised": n_voices - n}, "label": said},
        "count": said,
        "words": behind("n_voices") if row else None,
        "effects": words.effects(row, t, behind) if row else [],
    }
