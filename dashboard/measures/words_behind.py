"""Which words a number is made of: the excerpts of exactly the voices that it counts."""

from collections.abc import Mapping

import duckdb
import pandas as pd

from dashboard import query
from dashboard.measures import scope
from dashboard.measures.compare import groups, state_by_voice
from dashboard.measures.library import FACETS
from dashboard.model import EFFECTS, Filters

DIFFERING = ("worked_around", "adapted", "left_out")
OTHERWISE = (*DIFFERING, "added")
STATES: Mapping[str, tuple[str, ...]] = {
    "n_as_written": ("as_written",),
    "n_adapted": ("adapted",),
    "n_worked_around": ("worked_around",),
    "n_differently": ("worked_around", "adapted"),
    "n_not_done": ("left_out",),
    "n_unclear": ("unclear",),
    "n_differ": DIFFERING,
    "n_clear": (*DIFFERING, "as_written"),
    "n_raised": (*DIFFERING, "as_written", "unclear"),
}
"""A number of a step → the stances that a voice must have on it to be counted."""
EFFECT_NUMBERS = tuple(f"n_{effect}" for effect in EFFECTS)
STEP_NUMBERS = (*STATES, "n_also_as_written", *EFFECT_NUMBERS)
PRACTICE_NUMBERS = ("n_voices", *EFFECT_NUMBERS)
LENS_NUMBERS = ("n_voices", *(f"n_{stance}" for stance in OTHERWISE), *EFFECT_NUMBERS)
COMPONENT_NUMBERS = ("n_raised", "n_clear", "n_mostly_differ", "n_mostly_as_written", "n_unclear")


def sound(of: Mapping[str, str]) -> dict[str, str]:
    """Return what an address asks for, without a lens or a number that means nothing here."""
    found = dict(of)
    if found["through"] not in FACETS or found["through"] == "stance":
        found["through"] = ""
    kinds = (
        ("through", LENS_NUMBERS),
        ("practice", PRACTICE_NUMBERS),
        ("step", STEP_NUMBERS),
        ("component", COMPONENT_NUMBERS),
    )
    known = next((numbers for key, numbers in kinds if found[key]), ())
    return found | {"number": found["number"] if found["number"] in known else ""}


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


def _of_step(rows: pd.DataFrame, states: pd.DataFrame, number: str) -> pd.DataFrame:
    if number in EFFECT_NUMBERS:
        effect = number.removeprefix("n_")
        voices = states.loc[states["effect"] == effect, "participant_id"]
        told = rows["stance"].isin(DIFFERING) & rows["participant_id"].isin(voices)
        is_plain = effect in ("helps", "harms")  # a mixed effect may be made of several that are not
        return rows[told & (rows["effect"] == effect)] if is_plain else rows[told]
    if number == "n_also_as_written":
        voices = states.loc[states["is_differ"], "participant_id"]
        return rows[(rows["stance"] == "as_written") & rows["participant_id"].isin(voices)]
    stance = dict(zip(states["participant_id"], states["stance"], strict=True))
    counted = rows["participant_id"].map(stance).isin(STATES[number])
    if number in ("n_clear", "n_raised", "n_differ", "n_differently"):
        return rows[counted & rows["stance"].isin(STATES[number])]
    return rows[counted & (rows["stance"] == rows["participant_id"].map(stance))]


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
