"""How far several coders gave the same codes to the same excerpts: Krippendorff's alpha for nominal data."""

from collections import Counter
from collections.abc import Iterable, Mapping
from itertools import groupby

import duckdb
import pandas as pd

from dashboard import query
from dashboard.model import Filters
from dashboard.query import records

Unit = tuple[Mapping[object, int], int]
"""How many coders gave each value to a unit, and how many units look like that."""
COLUMNS = ("code_id", "code", "code_sv", "n_units", "n_coders", "n_given", "alpha")


def coder_agreement(connection: duckdb.DuckDBPyConnection, filters: Filters) -> pd.DataFrame:
    """Return Krippendorff's alpha, overall and for each code that some coder gave to an excerpt that others coded too.

    A unit is an excerpt that at least two coders coded; for each code its value is whether a coder gave the code. A
    coder who gave the excerpt no code at all is missing there. One row a code, and first one for all pairs of excerpt
    and code together, with an empty code_id; no row where no excerpt was coded by two. `n_units` counts excerpts and
    `n_given` codings; `alpha` is empty where it is not defined, as with one excerpt. Of the filters only the study
    applies.
    """
    found = records(query.run(connection, "measures/coder_agreement", {"study_id": filters.study_id}))
    by_code = [list(own) for _code_id, own in groupby(found, key=lambda row: row["code_id"])]
    n_units = sum(int(str(row["n_units"])) for row in by_code[0]) if by_code else 0
    rows = [_row(own, n_units, *(str(own[0][name]) for name in COLUMNS[:3])) for own in by_code]
    whole = [_row(found, n_units, "", "", "")] if found else []
    kinds = {"n_units": "int64", "n_coders": "int64", "n_given": "int64", "alpha": "float64"}
    return pd.DataFrame([*whole, *rows], columns=list(COLUMNS)).astype(kinds)


def _row(found: list[dict[str, object]], n_units: int, *named: str) -> tuple[object, ...]:
    counts = [tuple(int(str(row[name])) for name in ("n_on_unit", "n_gave", "n_units")) for row in found]
    alpha = nominal_alpha(({True: gave, False: coders - gave}, alike) for coders, gave, alike in counts)
    n_given = sum(gave * alike for _coders, gave, alike in counts)
    return (*named, n_units, int(str(found[0]["n_coders"])), n_given, alpha if n_units > 1 else None)


def nominal_alpha(units: Iterable[Unit]) -> float | None:
    """Return Krippendorff's alpha for nominal data, 1 for full agreement and 0 for what chance would give.

    Written from K. Krippendorff, "Computing Krippendorff's Alpha-Reliability" (2011), with the coincidence matrix: a
    unit of m values adds each of its ordered pairs of values of different coders with the weight 1 / (m - 1), and
    alpha = 1 - (n - 1) * unlike coincidences / unlike pairs of all n paired values. None below two units with two
    values each, and where all values are the same: then there is nothing that chance could have mixed up.
    """
    totals: Counter[object] = Counter()
    unlike, n_units = 0.0, 0
    for counts, alike in units:
        size = sum(counts.values())
        if size < 2:
            continue
        n_units += alike
        unlike += alike * sum(n * (size - n) for n in counts.values()) / (size - 1)
        for value, n in counts.items():
            totals[value] += n * alike
    n = sum(totals.values())
    by_chance = sum(total * (n - total) for total in totals.values())
    return 1 - (n - 1) * unlike / by_chance if n_units > 1 and by_chance else None
