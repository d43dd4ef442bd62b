"""The practices behind the gaps, and those that nobody wrote."""

import math
from collections.abc import Sequence

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


def effective_number(support: Sequence[int]) -> float:
    """Return how many equally told practices would be as varied as these: exp of Shannon's entropy (Hill 1973).

    0 for none; 1 where all voices tell the same practice.
    """
    total = sum(support)
    if not total:
        return 0.0
    shares = [n / total for n in support if n]
    return math.exp(-sum(share * math.log(share) for share in shares))
