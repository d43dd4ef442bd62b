"""Which words a number is made of: the excerpts of exactly the voices that it counts."""

from collections.abc import Mapping
from typing import Any

import duckdb
import pandas as pd

from dashboard import query
from dashboard.measures import scope
from dashboard.measures.compare import groups, state_by_voice
from dashboard.measures.library import FACETS
from dashboard.model import EFFECTS, Filters
from dashboard.query import records

DIFFERING = ("worked_around", "adapted", "left_out")
OTHERWISE = (*DIFFERING, "added")
EFFECT_NUMBERS = tuple(f"n_{effect}" for effect in EFFECTS)
STEP_NUMBERS = (
    "n_raised", "n_clear", "n_differ", "n_as_written", "n_adapted", "n_worked_around", "n_differently", "n_not_done",
    "n_unclear", "n_also_as_written", *EFFECT_NUMBERS,
)  # fmt: skip
OWN_NUMBER: Mapping[str, str] = {
    "as_written": "n_as_written",
    "adapted": "n_adapted",
    "worked_around": "n_worked_around",
    "left_out": "n_not_done",
    "unclear": "n_unclear",
}
"""A stance → the number of a step that counts the voices for which it is the strongest."""
PRACTICE_NUMBERS = ("n_voices", *EFFECT_NUMBERS)
LENS_NUMBERS = ("n_voices", *(f"n_{stance}" for stance in OTHERWISE), *EFFECT_NUMBERS)
COMPONENT_NUMBERS = ("n_raised", "n_clear", "n_mostly_differ", "n_mostly_as_written", "n_unclear")


def words_behind(
    connection: duckdb.DuckDBPyConnection, filters: Filters, *, number: str = "", step: str = "", practice: str = "",
    component: str = "", voice: str = "", group: str = "", through: str = "", category: str = "",
) -> pd.DataFrame:  # fmt: skip
    """Return the words behind one number of a step, a practice, a tool, a voice, or a category seen through a lens.

    One row per practice, voice and excerpt, as lists/words gives them. The distinct voices in it are those that the
    number counts: of a voice that adapts and works around, only what made it "worked around" stands behind
    n_worked_around. Without a number all words of the step, practice, tool, category or voice come back. `group`
    (attribute:value) keeps the voices of a group of the study.
    """
    rows = _words(connection, filters, step, practice, component, voice)
    if through:
        rows = rows[(rows[FACETS[through]] == category) & rows["stance"].isin(OTHERWISE)]
        found = _of_lens(rows, number)
    elif practice:
        found = rows[rows["practice_effect"] == number.removeprefix("n_")] if number in EFFECT_NUMBERS else rows
    elif step and number:
        states = state_by_voice(connection, filters)
        found = _of_step(rows, states[states["step_id"] == step], number)
    elif component and number:
        states = state_by_voice(connection, filters)
        tools = dict(zip(rows["step_id"], rows["component_id"], strict=True))
        found = _of_component(rows, states[states["step_id"].map(tools) == component], number)
    else:
        found = rows
    if group:
        attribute, _, value = group.partition(":")
        voices = groups(connection, filters.study_id).get(attribute, {}).get(value, ())
        found = found[found["participant_id"].isin(voices)]
    return found.reset_index(drop=True)


def _words(
    connection: duckdb.DuckDBPyConnection, filters: Filters, step: str, practice: str, component: str, voice: str
) -> pd.DataFrame:
    parameters = scope.parameters(filters) | {
        "step_ids": [step or scope.ALL],
        "practice_ids": [practice or scope.ALL],
        "participant_ids": [voice or scope.ALL],
    }
    if component:
        parameters["component_ids"] = [component]
    return query.run(connection, "lists/words", parameters)


def fed(stance: str, effect: str, state: Mapping[str, Any]) -> set[str]:
    """Return the numbers of a step that one telling stands behind, given its voice's row of state_by_voice.

    A telling stands behind a number when its voice is counted in it and the telling is of the kind that is counted.
    """
    found = {"n_raised"}
    if stance == state["stance"]:
        found.add(OWN_NUMBER[stance])
    if stance in DIFFERING:
        found |= {"n_clear", "n_differ"}
        if stance != "left_out" and state["stance"] != "left_out":
            found.add("n_differently")
        merged = state["effect"]
        if merged in ("mixed", "not_known") or merged == effect:  # what is mixed may be made of effects that are not
            found.add(f"n_{merged}")
    elif stance == "as_written" and state["is_clear"]:
        found.add("n_clear")
        if state["is_differ"]:
            found.add("n_also_as_written")
    return found


def _of_step(rows: pd.DataFrame, states: pd.DataFrame, number: str) -> pd.DataFrame:
    known = {row["participant_id"]: row for row in records(states)}
    behind = [
        (state := known.get(row["participant_id"])) is not None and number in fed(row["stance"], row["effect"], state)
        for row in records(rows)
    ]
    return rows[pd.Series(behind, index=rows.index, dtype="bool")]


def _of_lens(rows: pd.DataFrame, number: str) -> pd.DataFrame:
    if number in EFFECT_NUMBERS:
        effects = rows.groupby("participant_id")["effect"].agg(lambda told: _merged(set(told)))
        voices = effects[effects == number.removeprefix("n_")].index
        return rows[rows["participant_id"].isin(voices)]
    stance = number.removeprefix("n_")
    if stance not in OTHERWISE:
        return rows
    strongest = rows.groupby("participant_id")["stance"].agg(lambda told: next(s for s in OTHERWISE if s in set(told)))
    return rows[(rows["participant_id"].map(strongest) == stance) & (rows["stance"] == stance)]


def _of_component(rows: pd.DataFrame, states: pd.DataFrame, number: str) -> pd.DataFrame:
    """Return the words of the voices that mostly differ on a tool, mostly do not, or were never clear."""
    by_voice = states.groupby("participant_id")[["is_clear", "is_differ"]].sum()
    clear = by_voice["is_clear"] > 0
    mostly = clear & (2 * by_voice["is_differ"] >= by_voice["is_clear"])
    voices = {
        "n_raised": by_voice.index,
        "n_clear": by_voice[clear].index,
        "n_mostly_differ": by_voice[mostly].index,
        "n_mostly_as_written": by_voice[clear & ~mostly].index,
        "n_unclear": by_voice[~clear].index,
    }[number]
    return rows[rows["participant_id"].isin(voices) & (rows["step_id"] != "") & (rows["stance"] != "added")]


def _merged(effects: set[str]) -> str:
    known = effects - {"not_known"}
    return "not_known" if not known else "mixed" if len(known) > 1 else known.pop()
