"""What became of a decision: the gap of its step in the round when it was taken, and in the reader's round."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import duckdb
import pandas as pd

from dashboard import ledger, query
from dashboard.measures.compare import compare_by_step
from dashboard.model import DECISIONS, Decision, Filters, Side
from dashboard.query import records

NOW = {
    "is_written_now": "is_in_other", "is_revised": "is_revised",
    "n_clear_then": "n_clear_one", "n_differ_then": "n_differ_one",
    "n_clear_now": "n_clear_other", "n_differ_now": "n_differ_other",
    "n_both": "n_both_clear", "n_both_differ_then": "n_both_differ_one", "n_both_differ_now": "n_both_differ_other",
}  # fmt: skip
"""A column here → the column of compare_by_step that it is."""
COLUMNS = ("entry_id", "step_id", "decision", "at", "study_id", "round", *NOW)


def follow_up(connection: duckdb.DuckDBPyConnection, filters: Filters, entries: Sequence[Decision]) -> pd.DataFrame:
    """Return, for each decision taken in an earlier round of the series, its step's gap then and now.

    One row a decision that stands, in the order of writing; none for a proposal. An id is the same person in both
    rounds: n_both are the voices that were clear on the step in each, n_both_differ_then and n_both_differ_now how
    many of them differed. `is_revised` where the text reads otherwise now. It tells what came after, not why.
    """
    rounds = _earlier(connection, filters.study_id)
    taken = [entry for entry in ledger.standing(entries) if entry.study_id in rounds and entry.decision in DECISIONS]
    compared = {study_id: _by_step(connection, filters, study_id) for study_id in {e.study_id for e in taken}}
    rows = [
        {
            "entry_id": entry.entry_id, "step_id": entry.step_id, "decision": entry.decision, "at": entry.at,
            "study_id": entry.study_id, "round": rounds[entry.study_id],
            **{name: step[column] for name, column in NOW.items()},
        }
        for entry in taken
        if (step := compared[entry.study_id].get(entry.step_id)) is not None
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=list(COLUMNS))


def _earlier(connection: duckdb.DuckDBPyConnection, study_id: str) -> dict[str, int]:
    """Return the studies of the same series that are of an earlier round, with their rounds."""
    studies = {str(row["study_id"]): row for row in records(query.run(connection, "lists/studies", {}))}
    here = studies.get(study_id)
    if here is None or not here["series"]:
        return {}
    return {
        other: int(row["round"])
        for other, row in studies.items()
        if row["series"] == here["series"] and row["round"] < here["round"]
    }


def _by_step(connection: duckdb.DuckDBPyConnection, filters: Filters, earlier: str) -> dict[str, dict[str, Any]]:
    one, other = Side(replace(filters, study_id=earlier)), Side(filters)
    rows = compare_by_step(connection, one, other, same_people=True)
    return {str(row["step_id"]): row for row in records(rows)}
