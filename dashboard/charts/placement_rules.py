"""The rule table that places a gap, as people read it. Draws lists/placement_rules."""

from itertools import groupby

import pandas as pd

from dashboard.i18n import Translator
from dashboard.query import records


def placement_rules(rules: pd.DataFrame, t: Translator) -> pd.DataFrame:
    """Return one row per rule, in order: its rank, its placement, and its conditions in words."""
    rows = []
    for rank, group in groupby(records(rules), key=lambda row: row["rank"]):
        conditions = list(group)
        said = [_said(str(c["quantity"]), c["least"], c["most"], t) for c in conditions]
        rows.append((int(rank), t(f"placement.{conditions[0]['placement']}"), " · ".join(said)))
    columns = [t("placement.rule.rank"), t("placement.rule.placement"), t("placement.rule.conditions")]
    return pd.DataFrame(rows, columns=columns)


def _said(quantity: str, least: float, most: float, t: Translator) -> str:
    if quantity == "always":
        return t("placement.rule.always")
    name = t(f"rule.{quantity}")
    if quantity == "is_core":
        return name
    bounds = [f"≥ {least:g}" if not pd.isna(least) else "", f"≤ {most:g}" if not pd.isna(most) else ""]
    return f"{name} {' '.join(bound for bound in bounds if bound)}"
