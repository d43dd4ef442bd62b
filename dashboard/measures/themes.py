"""The analysis itself: who told each code, which codes are told together, and what each interview brought."""

import duckdb
import pandas as pd

from dashboard import query
from dashboard.measures import scope
from dashboard.model import Filters

TOP = ""
"""The folder that holds the codes on top of the codebook."""


def voice_by_code(connection: duckdb.DuckDBPyConnection, filters: Filters) -> pd.DataFrame:
    """Return each code of the study's codebook with the voices and the excerpts behind it.

    One row a code, folders included, in the order of the paths. `n_voices` and `n_excerpts` are of the code itself,
    the columns that end in `_below` of the code or any code below it, each voice and each excerpt once. `depth` is 0
    for what stands on top. Of the filters only the study applies: a code is of the whole study.
    """
    return query.run(connection, "measures/voice_by_code", {"study_id": filters.study_id})


def code_co_occurrence(
    connection: duckdb.DuckDBPyConnection, filters: Filters, down: str = TOP, across: str = TOP
) -> pd.DataFrame:
    """Return how often the codes right under one folder meet those right under another, in excerpts.

    One row per pair; the whole codebook's top where no folder is named. Each code is taken with all below it. `c` is
    the c-coefficient of ATLAS.ti, n_both / (n_down + n_across - n_both), from 0 (never told together) to 1 (always);
    empty where neither code was given. It is high for two rare codes too, so read it with its counts.
    """
    asked = {"study_id": filters.study_id, "down": down, "across": across}
    rows = query.run(connection, "measures/code_co_occurrence", asked)
    either = rows["n_down"] + rows["n_across"] - rows["n_both"]
    rows["c"] = (rows["n_both"] / either.where(either > 0)).astype("float64")
    return rows


def new_by_interview(connection: duckdb.DuckDBPyConnection, filters: Filters) -> pd.DataFrame:
    """Return how many practices each voice told and how many of them nobody had told before.

    One row a voice, in the order in which the study names its voices. `n_so_far` counts the distinct practices up to
    and with this voice: where it flattens, later interviews repeat earlier ones (saturation).
    """
    return query.run(connection, "measures/new_by_interview", scope.parameters(filters))
