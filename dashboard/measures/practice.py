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


def doubt_by_step(connection: duckdb.DuckDBPyConnection, filters: Filters) -> pd.DataFrame:
    """Return who works as it is written, and only so, and sees a mixed effect or harm in that.

    One row per step and voice. Columns: step_id, participant_id, effect (mixed or harms).
    """
    return query.run(connection, "measures/doubt_by_step", scope.parameters(filters))


def unwritten_practice(connection: duckdb.DuckDBPyConnection, filters: Filters) -> pd.DataFrame:
    """Return each practice that no written source asks for, by component and phase.

    One row a practice. Obligation level and jurisdiction do not apply: there is no source that could have them.
    """
    return query.run(connection, "measures/unwritten_practice", scope.unwritten_parameters(filters))


def practice_by_lens(connection: duckdb.DuckDBPyConnection, filters: Filters) -> pd.DataFrame:
    """Return the voices behind what is done otherwise than written, through each lens of the field.

    One row per lens and category that somebody told: the working alliance (bond, task, goal; Bordin 1979), FRAME's
    nature, fidelity and reason (Wiltsey Stirman 2019), and the resilience potentials (Hollnagel). In a category each
    voice counts once, in the colour of the strongest thing that it does; it may stand in several categories.
    """
    return query.run(connection, "measures/practice_by_lens", scope.parameters(filters))
