"""The practices behind the gaps, and those that nobody wrote."""

import duckdb
import pandas as pd

from dashboard import query
from dashboard.measures import scope
from dashboard.model import Filters


def practice_by_step(connection: duckdb.DuckDBPyConnection, filters: Filters) -> pd.DataFrame:
    """Return each distinct practice on a written step, with the voices that tell it and the effect they tell.

    One row per step and practice, the best supported first.
    """
    return query.run(connection, "measures/practice_by_step", scope.parameters(filters))


def unwritten_practice(connection: duckdb.DuckDBPyConnection, filters: Filters) -> pd.DataFrame:
    """Return each practice that no written source asks for, by component and phase.

    One row a practice. Obligation level and jurisdiction do not apply: there is no source that could have them.
    """
    return query.run(connection, "measures/unwritten_practice", scope.unwritten_parameters(filters))


def alliance_by_component(connection: duckdb.DuckDBPyConnection, filters: Filters) -> pd.DataFrame:
    """Return how many voices serve bond, task or goal by what they do otherwise than written, per tool.

    One row per component and aspect that somebody told (Bordin 1979). A voice may stand in several aspects.
    """
    return query.run(connection, "measures/alliance_by_component", scope.parameters(filters))
