"""What a gap asks for: holds, revise the text, spread the practice, support the condition, guard, look closer."""

from collections.abc import Mapping, Sequence
from itertools import groupby

import duckdb
import pandas as pd

from dashboard import query
from dashboard.measures import scope
from dashboard.measures.gap import gap_by_step
from dashboard.model import Filters, PlacementCondition
from dashboard.query import records

NOT_RAISED = "not_raised"
COUNTS = ("n_helps", "n_mixed", "n_harms", "n_not_known", "n_consistent", "n_inconsistent", "n_condition")


def placement_by_step(connection: duckdb.DuckDBPyConnection, filters: Filters) -> pd.DataFrame:
    """Return each step's gap, the effects that those who differ tell, and the placement that the study's rules give.

    One row a step. `placement` is the first rule whose conditions all hold and `placement_rank` its place in the
    table; "not_raised" where no voice was clear. `mean_effect` runs from -1 (harms) over 0 (mixed) to 1 (helps)
    among the voices with a known effect. `priority` counts the voices that differ, and once more those who see harm
    or a mixed effect: the order in which to look.
    """
    rows = gap_by_step(connection, filters)
    effects = query.run(connection, "measures/placement_by_step", scope.parameters(filters))
    rows = rows.merge(effects.astype(dict.fromkeys(COUNTS, "int64")), on="step_id", how="left", validate="1:1")
    rules = rules_of(connection, filters.study_id)
    placed = [place(quantities(row), rules) for row in records(rows)]
    rows["placement"] = pd.Series([name for name, _rank in placed], index=rows.index, dtype="str")
    rows["placement_rank"] = pd.Series([rank for _name, rank in placed], index=rows.index, dtype="int64")
    known = rows["n_helps"] + rows["n_mixed"] + rows["n_harms"]
    rows["priority"] = rows["n_differ"] + rows["n_mixed"] + rows["n_harms"]
    rows["mean_effect"] = ((rows["n_helps"] - rows["n_harms"]) / known.where(known > 0)).astype("float64")
    return rows


def ranked(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the placed steps on which somebody differs, first the ones to look at first.

    By priority, then core steps, then the larger gap, then the order of the work.
    """
    return rows[rows["n_differ"] > 0].sort_values(
        ["priority", "is_core", "gap"], ascending=[False, False, False], kind="stable", ignore_index=True
    )


def rules_of(connection: duckdb.DuckDBPyConnection, study_id: str) -> list[PlacementCondition]:
    """Return a study's placement rules, a condition each, in their order."""
    return conditions(query.run(connection, "lists/placement_rules", {"study_id": study_id}))


def conditions(rows: pd.DataFrame) -> list[PlacementCondition]:
    """Return the rows of lists/placement_rules as conditions."""
    return [
        PlacementCondition(
            int(row["rank"]),
            str(row["placement"]),
            str(row["quantity"]),
            _bound(row["least"]),
            _bound(row["most"]),
        )
        for row in records(rows)
    ]


def fractions(row: Mapping[str, object]) -> dict[str, tuple[int, int]]:
    """Return each share that the rules look at as (how many, of how many).

    Of effects among the voices with a known effect, of everything else among all who differ.
    """
    count = {name: int(str(row[name])) for name in ("n_clear", "n_differ", "n_worked_around", *COUNTS)}
    known = count["n_helps"] + count["n_mixed"] + count["n_harms"]
    differ = count["n_differ"]
    return {
        "gap": (differ, count["n_clear"]),
        "share_known": (known, differ),
        "share_helps": (count["n_helps"], known),
        "share_harms": (count["n_harms"], known),
        "share_harms_or_mixed": (count["n_harms"] + count["n_mixed"], known),
        "share_consistent": (count["n_consistent"], differ),
        "share_inconsistent": (count["n_inconsistent"], differ),
        "share_worked_around": (count["n_worked_around"], differ),
        "share_condition": (count["n_condition"], differ),
    }


def quantities(row: Mapping[str, object]) -> dict[str, float]:
    """Return what the rules look at: counts, and shares; a share of nobody is 0, and all of nobody's effects known."""
    shares = {name: part / whole if whole else 0.0 for name, (part, whole) in fractions(row).items()}
    if not int(str(row["n_differ"])):
        shares["share_known"] = 1.0
    return shares | {
        "always": 1.0,
        "n_clear": int(str(row["n_clear"])),
        "n_differ": int(str(row["n_differ"])),
        "is_core": float(bool(row["is_core"])),
        "n_harms_or_mixed": int(str(row["n_harms"])) + int(str(row["n_mixed"])),
    }


def place(found: Mapping[str, float], rules: Sequence[PlacementCondition]) -> tuple[str, int]:
    """Return the placement of the first rule whose conditions all hold, and its rank; rank 0 where none does."""
    if not found["n_clear"]:
        return NOT_RAISED, 0
    for rank, conditions in groupby(rules, key=lambda condition: condition.rank):
        listed = list(conditions)
        if all(_holds(found[c.quantity], c) for c in listed):
            return listed[0].placement, rank
    return "look_closer", 0


def _holds(value: float, condition: PlacementCondition) -> bool:
    return (condition.least is None or value >= condition.least) and (condition.most is None or value <= condition.most)


def _bound(value: object) -> float | None:
    return None if value is None or value != value else float(str(value))
