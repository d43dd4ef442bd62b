"""The gap between what is written and what is told, per step and per digital component."""

import duckdb
import pandas as pd

from dashboard import query
from dashboard.measures import firmness, scope
from dashboard.model import Filters

FIRMNESS = ("gap", "gap_min_without_one", "gap_max_without_one", "interval_low", "interval_high")


def gap_by_step(connection: duckdb.DuckDBPyConnection, filters: Filters) -> pd.DataFrame:
    """Return, for each written step in the filters, how many voices work as written and how many differ.

    One row a step, in the order of the work. `gap` = n_differ / n_clear with n_differ = n_differently + n_not_done
    and n_clear = n_raised - n_unclear; empty where no voice was clear.
    """
    rows = query.run(connection, "measures/gap_by_step", scope.parameters(filters))
    rows["n_clear"] = rows["n_raised"] - rows["n_unclear"]
    rows["n_differ"] = rows["n_differently"] + rows["n_not_done"]
    return with_firmness(rows, "n_differ", "n_clear")


def gap_by_component(connection: duckdb.DuckDBPyConnection, filters: Filters) -> pd.DataFrame:
    """Return, for each digital component in the filters, how many voices mostly differ from what is written.

    One row a component. A voice counts once: it mostly differs when it differs on at least half of the steps on
    which it was clear. `gap` is the share of such voices among the clear ones.
    """
    rows = query.run(connection, "measures/gap_by_component", scope.parameters(filters))
    rows["n_clear"] = rows["n_mostly_as_written"] + rows["n_mostly_differ"]
    return with_firmness(rows, "n_mostly_differ", "n_clear")


def with_firmness(rows: pd.DataFrame, n_differ: str, n_clear: str) -> pd.DataFrame:
    """Return the rows with the gap, its range without any one voice, and its Wilson interval."""
    counts = [(int(d), int(n)) for d, n in zip(rows[n_differ], rows[n_clear], strict=True)]
    found = [
        (firmness.gap(d, n), *firmness.range_without_one(d, n), *firmness.wilson_interval(d, n)) for d, n in counts
    ]
    for at, column in enumerate(FIRMNESS):
        rows[column] = pd.Series([values[at] for values in found], index=rows.index, dtype="float64")
    return rows
