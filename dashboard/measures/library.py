"""What is done otherwise than written, or without a text, as a library: what helps, and how fragile that is."""

from collections.abc import Collection, Mapping

import duckdb
import pandas as pd

from dashboard import query
from dashboard.measures import scope
from dashboard.model import EFFECTS, Filters

FRAGILITIES = ("is_one_voice", "is_against_text", "is_on_private_tools")
"""Why a practice that helps may be lost: its marks, in the order in which they are said."""
FACETS: Mapping[str, str] = {
    "stance": "stance",
    "aspect": "alliance_aspect",
    "nature": "frame_nature",
    "fidelity": "fidelity",
    "reason": "reason_level",
    "potential": "resilience_potential",
}
"""A facet by its name in the address → the column that it chooses by. The facet "effect" chooses by counts."""


def practice_library(connection: duckdb.DuckDBPyConnection, filters: Filters) -> pd.DataFrame:
    """Return each practice that bends the text or goes beyond it, what it leads to, and whether it is fragile.

    One row a practice, those that most voices say help first. A practice is helpful where more of its voices say that
    it helps than that it harms or is mixed. A helpful practice is fragile where one voice alone tells it, where the
    text says otherwise, or where it rests on the clinician's private tools.
    """
    rows = query.run(connection, "measures/practice_library", scope.parameters(filters))
    rows["is_helpful"] = rows["n_helps"] > rows["n_mixed"] + rows["n_harms"]
    rows["is_one_voice"] = rows["is_helpful"] & (rows["n_voices"] == 1)
    rows["is_against_text"] = rows["is_helpful"] & (rows["fidelity"] == "inconsistent")
    rows["is_on_private_tools"] = rows["is_helpful"] & (rows["rests_on"] == "private_tools")
    rows["is_fragile"] = rows[list(FRAGILITIES)].any(axis="columns")
    return rows


def chosen(rows: pd.DataFrame, facets: Mapping[str, Collection[str]]) -> pd.DataFrame:
    """Return the practices that a reader's facets leave; a facet without a choice leaves all.

    `effect` keeps a practice with at least one voice that tells one of the chosen effects; `fragile`, once anything
    is chosen in it, keeps the fragile ones.
    """
    keep = pd.Series(True, index=rows.index)
    for facet, column in FACETS.items():
        if values := facets.get(facet):
            keep &= rows[column].isin(list(values))
    if effects := [f"n_{effect}" for effect in facets.get("effect", ()) if effect in EFFECTS]:
        keep &= (rows[effects] > 0).any(axis="columns")
    if facets.get("fragile"):
        keep &= rows["is_fragile"]
    return rows[keep]
