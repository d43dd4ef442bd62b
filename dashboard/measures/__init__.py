"""The measures: one question of queries/measures each, with its ratios and intervals.

Counts come from SQL; shares, ranges and placements are worked out here. Every measure takes a connection and the
reader's filters and returns a data frame.
"""

from collections.abc import Callable, Mapping

import duckdb
import pandas as pd

from dashboard.measures.gap import gap_by_component, gap_by_step
from dashboard.measures.placement import placement_by_step
from dashboard.measures.practice import alliance_by_component, practice_by_step, unwritten_practice
from dashboard.model import Filters

Measure = Callable[[duckdb.DuckDBPyConnection, Filters], pd.DataFrame]

MEASURES: Mapping[str, Measure] = {
    measure.__name__: measure
    for measure in (
        gap_by_step,
        gap_by_component,
        placement_by_step,
        practice_by_step,
        unwritten_practice,
        alliance_by_component,
    )
}

__all__ = [
    "MEASURES",
    "Measure",
    "alliance_by_component",
    "gap_by_component",
    "gap_by_step",
    "placement_by_step",
    "practice_by_step",
    "unwritten_practice",
]
