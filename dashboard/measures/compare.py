"""Two sides compared step by step: groups of one study, two studies, or the rounds before and after a revised text."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from typing import Any

import duckdb
import pandas as pd

from dashboard import query
from dashboard.measures import scope
from dashboard.model import Filters, Side
from dashboard.query import records

MOST_VALUES = 6
OF_THE_STEP = (
    "step_id", "component_id", "component", "component_sv", "phase", "phase_position", "step", "step_sv", "is_core",
    "obligation_level",
)  # fmt: skip
ORDER = ("component_position", "phase_position", "position", "step_id")
COUNTS = ("n_raised", "n_clear", "n_differ", "gap")
CHANGE = ("change", "change_min_without_one", "change_max_without_one")
COLUMNS = (
    *OF_THE_STEP, "step_one", "step_one_sv", "is_in_one", "is_in_other", "is_revised",
    *(f"{count}_{side}" for side in ("one", "other") for count in COUNTS), *CHANGE,
    "n_both_clear", "n_both_differ_one", "n_both_differ_other", "n_only_one", "n_only_other",
)  # fmt: skip
FRACTIONS = ("gap_one", "gap_other", *CHANGE)

Row = dict[str, Any]
Voices = Mapping[str, bool | None]
"""Who raised a step → whether that voice differs; None where it was unclear."""
Pairing = tuple[bool | None, bool | None]
"""Whether one voice differs on the one side and on the other; None where it was not clear there."""


def state_by_voice(connection: duckdb.DuckDBPyConnection, filters: Filters) -> pd.DataFrame:
    """Return what each voice that raised a step does there, and the effect it tells of what it does otherwise.

    One row per step and voice. Added up over voices it is gap_by_step and placement_by_step.
    """
    return query.run(connection, "measures/state_by_voice", scope.parameters(filters))


def compare_by_step(
    connection: duckdb.DuckDBPyConnection, one: Side, other: Side, *, same_people: bool = False,
    one_protocol: bool = True,
) -> pd.DataFrame:  # fmt: skip
    """Return how the gap of each step that is written on either side changes from the one side to the other.

    One row a step that either side's filters leave, the largest change first; then those that cannot be compared, in
    the order of the work. `change` = gap_other - gap_one, empty where nobody was clear on a side. With `same_people`
    the same id is the same person. The wording is the other side's, `step_one` that of the one side; `is_revised`
    where both have the step and the texts differ. n_both_* are of voices that were clear on both sides, n_only_* of
    those clear on one side only. Without `one_protocol` the same id may name two different steps: those whose tool or
    text differ stand apart, each on its own side.
    """
    texts = _written(connection, one.filters), _written(connection, other.filters)
    every = _written(connection, _unfiltered(one)), _written(connection, _unfiltered(other))
    told = _told(connection, one), _told(connection, other)
    both = every[0].keys() & every[1].keys()
    apart = set() if one_protocol else {key for key in both if _is_other_step(every[0][key], every[1][key])}
    found: list[tuple[str, Row | None, Row | None]] = [
        (key, None if key in apart else every[0].get(key), step) for key, step in texts[1].items()
    ]
    found += [
        (key, step, None if key in apart else every[1].get(key))
        for key, step in texts[0].items()
        if key in apart or key not in texts[1]
    ]
    found.sort(key=lambda item: tuple((item[2] or item[1] or {})[name] for name in ORDER))
    rows = [
        _step(here, there)
        | _compared(told[0].get(key, {}) if here else {}, told[1].get(key, {}) if there else {}, same_people)
        for key, here, there in found
    ]
    # By fractions of counts: as floats, two equal changes may differ in their last digit.
    rows.sort(key=lambda row: (row["change"] is None, -abs(row["change"] or 0)))
    table = pd.DataFrame(rows, columns=list(COLUMNS))
    for name in FRACTIONS:
        table[name] = pd.Series([_number(row[name]) for row in rows], dtype="float64")
    return table


def side_of(
    connection: duckdb.DuckDBPyConnection, filters: Filters, study_id: str, attribute: str = "", value: str = ""
) -> Side:
    """Return a study as a side, in the reader's filters; with an attribute, its voices of that value only."""
    listed = groups(connection, study_id).get(attribute, {}).get(value, ()) if attribute else None
    return Side(replace(filters, study_id=study_id), listed)


def is_same_people(connection: duckdb.DuckDBPyConnection, one: Side, other: Side) -> bool:
    """Tell whether an id means the same person on both sides: so it is in one study, and in two of one series."""
    series = {str(row["study_id"]): str(row["series"]) for row in records(query.run(connection, "lists/studies", {}))}
    here, there = one.filters.study_id, other.filters.study_id
    return here in series and series[here] == series.get(there)


def groups(connection: duckdb.DuckDBPyConnection, study_id: str) -> dict[str, dict[str, tuple[str, ...]]]:
    """Return attribute → value → the voices that have it, for each attribute that splits a study into 2 to 6 groups.

    The attribute with the fewest groups first, and of its groups the largest; by name where they are alike.
    """
    return groups_of(query.run(connection, "lists/participants", {"study_id": study_id}))


def groups_of(participants: pd.DataFrame) -> dict[str, dict[str, tuple[str, ...]]]:
    """Return the groups that a study's voices fall into, from lists/participants."""
    found: dict[str, dict[str, list[str]]] = {}
    for row in records(participants):
        if row["attribute"] and row["value"]:
            found.setdefault(str(row["attribute"]), {}).setdefault(str(row["value"]), []).append(row["participant_id"])
    return {
        attribute: {
            value: tuple(voices) for value, voices in sorted(values.items(), key=lambda v: (-len(v[1]), v[0]))
        }
        for attribute, values in sorted(found.items(), key=lambda a: (len(a[1]), a[0]))
        if 2 <= len(values) <= MOST_VALUES
    }  # fmt: skip


def _unfiltered(side: Side) -> Filters:
    """Return a side's filters without those that choose steps: a filter does not unwrite a text."""
    return Filters(side.filters.study_id, at_least=side.filters.at_least)


def _is_other_step(here: Row, there: Row) -> bool:
    return any(str(here[name]).casefold() != str(there[name]).casefold() for name in ("component", "step"))


def _written(connection: duckdb.DuckDBPyConnection, filters: Filters) -> dict[str, Row]:
    """Return the steps that a study has in these filters, by id."""
    inside = set(query.run(connection, "measures/gap_by_step", scope.parameters(filters))["step_id"])
    rows = records(query.run(connection, "lists/steps", {"study_id": filters.study_id}))
    return {row["step_id"]: row for row in rows if row["step_id"] in inside}


def _told(connection: duckdb.DuckDBPyConnection, side: Side) -> dict[str, dict[str, bool | None]]:
    """Return, per step, who of a side raised it and whether they differ."""
    found: dict[str, dict[str, bool | None]] = {}
    for row in records(state_by_voice(connection, _unfiltered(side))):
        if side.participant_ids is None or row["participant_id"] in side.participant_ids:
            state = bool(row["is_differ"]) if row["is_clear"] else None
            found.setdefault(row["step_id"], {})[row["participant_id"]] = state
    return found


def _step(before: Row | None, after: Row | None) -> Row:
    step = after or before or {}
    return {
        **{name: step[name] for name in OF_THE_STEP},
        "step_one": before["step"] if before else "",
        "step_one_sv": before["step_sv"] if before else "",
        "is_in_one": before is not None,
        "is_in_other": after is not None,
        "is_revised": before is not None and after is not None and before["step"] != after["step"],
    }


def _compared(one: Voices, other: Voices, same_people: bool) -> Row:
    pairs = _pairs(one, other, same_people)
    both = [pair for pair in pairs.elements() if None not in pair]
    clear = [sum(pair[side] is not None for pair in pairs.elements()) for side in (0, 1)]
    differ = [sum(pair[side] is True for pair in pairs.elements()) for side in (0, 1)]
    low, high = _without_one(pairs)
    return {
        "n_raised_one": len(one), "n_clear_one": clear[0], "n_differ_one": differ[0], "gap_one": _gap(pairs, 0),
        "n_raised_other": len(other), "n_clear_other": clear[1], "n_differ_other": differ[1],
        "gap_other": _gap(pairs, 1), "change": _change(pairs),
        "change_min_without_one": low, "change_max_without_one": high,
        "n_both_clear": len(both),
        "n_both_differ_one": sum(before is True for before, _after in both),
        "n_both_differ_other": sum(after is True for _before, after in both),
        "n_only_one": clear[0] - len(both), "n_only_other": clear[1] - len(both),
    }  # fmt: skip


def _pairs(one: Voices, other: Voices, same_people: bool) -> Counter[Pairing]:
    """Return how many voices there are of each kind; without the same people each voice stands on one side only."""
    if same_people:
        return Counter((one.get(name), other.get(name)) for name in {**one, **other})
    return Counter([*((state, None) for state in one.values()), *((None, state) for state in other.values())])


def _gap(pairs: Counter[Pairing], side: int) -> Fraction | None:
    clear = sum(n for pair, n in pairs.items() if pair[side] is not None)
    return Fraction(sum(n for pair, n in pairs.items() if pair[side]), clear) if clear else None


def _change(pairs: Counter[Pairing]) -> Fraction | None:
    before, after = _gap(pairs, 0), _gap(pairs, 1)
    return None if before is None or after is None else after - before


def _without_one(pairs: Counter[Pairing]) -> tuple[Fraction | None, Fraction | None]:
    """Return the smallest and the largest change when any single voice is left out of the comparison.

    Exact: voices of one kind move it alike, so one of each kind is left out. One that was clear on both sides leaves
    both at once. Not defined where a side has fewer than two clear voices.
    """
    left = [_change(pairs - Counter([pair])) for pair in pairs]
    clear = [sum(n for pair, n in pairs.items() if pair[side] is not None) for side in (0, 1)]
    changes = [change for change in left if change is not None]
    return (min(changes), max(changes)) if min(clear) > 1 else (None, None)


def _number(value: Fraction | None) -> float | None:
    return None if value is None else float(value)
