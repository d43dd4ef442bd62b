"""What one voice, or one more voice asked for, would change: rankings without anyone, and numbers at each k."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import duckdb
import pandas as pd

from dashboard import query
from dashboard.measures import scope
from dashboard.measures.compare import state_by_voice
from dashboard.measures.library import practice_library
from dashboard.measures.placement import place, placement_by_step, quantities, ranked, rules_of
from dashboard.measures.practice import practice_by_step, unwritten_practice
from dashboard.model import PLACEMENTS, Filters, PlacementCondition
from dashboard.query import records

TOP = 10
HALF = 0.5
MOST_VOICES = 5  # the largest k on offer
LEANING = ("rank", "rank_best", "rank_worst", "n_needed", "needed", "n_voices_in_turn")
EVERYTHING = {"step_ids": [scope.ALL], "practice_ids": [scope.ALL], "participant_ids": [scope.ALL]}
LIBRARY_ORDER = ["n_helps", "n_voices", "component_position", "phase_position", "practice_id"]
LIBRARY_ASCENDING = [False, False, True, True, True]
LEANT_ON = {
    "n_clear": "is_clear",
    "n_differ": "is_differ",
    "n_consistent": "is_consistent",
    "n_inconsistent": "is_inconsistent",
    "n_condition": "is_condition",
}
"""A count of a step → the mark that a voice's row of state_by_voice carries where it is counted in it."""


def hidden_practice(connection: duckdb.DuckDBPyConnection, filters: Filters) -> pd.DataFrame:
    """Return the practices that "at least k voices" hides in this view, the ones nearest to k first.

    One row a practice: component, step_id (for unwritten practice the step near which it happens), stance, practice,
    n_voices.
    """
    every = replace(filters, at_least=1)
    unwritten = unwritten_practice(connection, every).assign(stance="added")
    unwritten = unwritten.rename(columns={"near_step_id": "step_id"})
    columns = ["practice_id", "component_id", "step_id", "stance", "practice", "practice_sv", "n_voices"]
    rows = pd.concat([practice_by_step(connection, every)[columns], unwritten[columns]], ignore_index=True)
    hidden = rows[rows["n_voices"] < filters.at_least]
    return hidden.sort_values("n_voices", ascending=False, kind="stable", ignore_index=True)


def sensitivity_by_k(connection: duckdb.DuckDBPyConnection, filters: Filters) -> pd.DataFrame:
    """Return what the view holds at each k: practices and steps left, gaps of at least half, placements that moved.

    One row per k from 1 to 5, whatever k the reader has chosen. `n_moved` counts the steps that were placed at k = 1
    and are placed elsewhere, or not any more; n_guard to n_holds count the steps placed there.
    """
    rows = []
    first: dict[str, str] = {}
    for k in range(1, MOST_VOICES + 1):
        at_k = replace(filters, at_least=k)
        placed = placement_by_step(connection, at_k)
        placement = dict(zip(placed["step_id"], placed["placement"], strict=True))
        first = first or placement
        written = practice_by_step(connection, at_k)
        rows.append({
            "k": k,
            "n_practices": len(written) + len(unwritten_practice(connection, at_k)),
            "n_steps_raised": int((placed["n_raised"] > 0).sum()),
            "n_steps_half": int((placed["gap"] >= HALF).sum()),
            **{f"n_{name}": int((placed["placement"] == name).sum()) for name in PLACEMENTS},
            "n_moved": sum(first[s] not in ("not_raised", placement[s]) for s in placement),
        })  # fmt: skip
    return pd.DataFrame(rows)


def ranking_without_one(connection: duckdb.DuckDBPyConnection, filters: Filters) -> pd.DataFrame:
    """Return the first ten gaps with what becomes of each when any single voice is left out.

    One row a step: its rank, the best and the worst rank that it takes without one voice, how many and which voices
    it needs to stay among the first ten (`needed`, by name), and the placements that it could have. Every other voice
    keeps its state, as in firmness.range_without_one.
    """
    base = placement_by_step(connection, filters)
    states = state_by_voice(connection, filters)
    rules = rules_of(connection, filters.study_id)
    orders, placements = {}, {}
    for voice in sorted(set(states["participant_id"])):
        rest = without(base, states[states["participant_id"] == voice], rules)
        orders[voice] = list(ranked(rest)["step_id"])
        placements[voice] = dict(zip(rest["step_id"], rest["placement"], strict=True))
    kept = ("step_id", "component", "component_sv", "step", "step_sv", "placement")
    rows = []
    for rank, row in enumerate(records(ranked(base).head(TOP)), start=1):
        could = {found[row["step_id"]] for found in placements.values()}
        named = ", ".join(name for name in PLACEMENTS if name in could)
        leaning = _leaning(str(row["step_id"]), rank, orders)
        rows.append({name: row[name] for name in kept} | leaning | {"placements": named})
    return pd.DataFrame(rows, columns=[*kept, *LEANING, "placements"])


def library_without_one(connection: duckdb.DuckDBPyConnection, filters: Filters) -> pd.DataFrame:
    """Return the ten practices that most say help, with what becomes of each when any single voice is left out.

    One row a practice: its rank, the best and the worst rank that it takes without one voice, and how many and which
    voices it needs to stay among the first ten. A practice that only one voice tells needs that voice.
    """
    base = practice_library(connection, filters)
    words = query.run(connection, "lists/words", scope.parameters(filters) | EVERYTHING)
    told = words[["practice_id", "participant_id", "practice_effect"]].drop_duplicates()
    told = told[told["practice_id"].isin(base["practice_id"])]
    tools = list(query.run(connection, "lists/components", {"study_id": filters.study_id})["component_id"])
    base["component_position"] = [tools.index(component_id) for component_id in base["component_id"]]
    orders = {}
    for voice, own in told.groupby("participant_id"):
        effects = dict(zip(own["practice_id"], own["practice_effect"], strict=True))
        rest = base.assign(
            n_voices=base["n_voices"] - base["practice_id"].isin(list(effects)),
            n_helps=base["n_helps"] - (base["practice_id"].map(effects) == "helps"),
        )
        rest = rest[rest["n_voices"] > 0].sort_values(LIBRARY_ORDER, ascending=LIBRARY_ASCENDING, kind="stable")
        orders[str(voice)] = list(rest["practice_id"])
    kept = ("practice_id", "component", "component_sv", "practice", "practice_sv", "stance", "n_voices", "n_helps")
    rows = [
        {name: row[name] for name in kept} | _leaning(str(row["practice_id"]), rank, orders)
        for rank, row in enumerate(records(base.head(TOP)), start=1)
    ]
    return pd.DataFrame(rows, columns=[*kept, *LEANING])


def without(base: pd.DataFrame, told: pd.DataFrame, rules: Sequence[PlacementCondition]) -> pd.DataFrame:
    """Return the placed steps as they would be without one voice, whose rows of state_by_voice are given."""
    rows = base.set_index("step_id", drop=False).copy()
    own = told.set_index("step_id")
    for count, mark in LEANT_ON.items():
        rows[count] = rows[count] - own[mark].astype("int64").reindex(rows.index, fill_value=0)
    for effect in ("helps", "mixed", "harms", "not_known"):
        rows[f"n_{effect}"] -= (own["effect"] == effect).astype("int64").reindex(rows.index, fill_value=0)
    is_around = (own["stance"] == "worked_around").astype("int64")
    rows["n_worked_around"] -= is_around.reindex(rows.index, fill_value=0)
    rows["gap"] = (rows["n_differ"] / rows["n_clear"].where(rows["n_clear"] > 0)).astype("float64")
    rows["priority"] = rows["n_differ"] + rows["n_mixed"] + rows["n_harms"]
    rows["placement"] = [place(quantities(row), rules)[0] for row in records(rows)]
    return rows.reset_index(drop=True)


def _leaning(key: str, rank: int, orders: Mapping[str, list[str]]) -> dict[str, object]:
    """Return how one of the first ten moves over the orders without each voice."""
    places = [_place_in(order, key) for order in orders.values()]
    needed = [voice for voice, order in orders.items() if key not in order[:TOP]]
    found = (rank, min([rank, *places]), max([rank, *places]), len(needed), ", ".join(needed), len(orders))
    return dict(zip(LEANING, found, strict=True))


def _place_in(order: list[str], key: str) -> int:
    """Return a rank, or the one after the last where nothing is left to rank."""
    return order.index(key) + 1 if key in order else len(order) + 1
