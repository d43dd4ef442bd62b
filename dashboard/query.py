"""Ask the store one question: queries/<name>.sql with exactly the parameters that it names."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import duckdb
import pandas as pd

from dashboard import settings
from dashboard.errors import QueryError, nearest


def run(connection: duckdb.DuckDBPyConnection, name: str, parameters: Mapping[str, object]) -> pd.DataFrame:
    """Return the rows of queries/<name>.sql, in its own order.

    The names given must be exactly the names used, so that no filter is dropped in silence. Each call takes a
    cursor of its own: a DuckDB connection must not be shared between threads.
    """
    sql = read(name)
    wanted = parameters_of(name)
    if set(parameters) != wanted:
        raise QueryError(f"{name}.sql takes {sorted(wanted)} but was given {sorted(parameters)}.")
    cursor = connection.cursor()
    try:
        return cursor.execute(sql, dict(parameters)).df()
    finally:
        cursor.close()


def records(rows: pd.DataFrame) -> list[dict[str, Any]]:
    """Return a table's rows as mappings from column to value.

    Column by column, as to_dict("records") walks cell by cell; what is missing of a whole number is None, as there.
    """
    names = [str(name) for name in rows.columns]
    columns = [_values(rows.iloc[:, at]) for at in range(len(names))]
    return [dict(zip(names, row, strict=True)) for row in zip(*columns, strict=True)]


def _values(column: "pd.Series[Any]") -> list[Any]:
    values: list[Any] = column.to_numpy(dtype=object).tolist()
    if getattr(column.dtype, "na_value", None) is pd.NA:
        return [None if value is pd.NA else value for value in values]
    return values


@lru_cache(maxsize=256)
def read(name: str) -> str:
    """Return the text of a query. Raises, naming its neighbours, where there is none."""
    path = settings.queries_folder() / f"{name}.sql"
    if not path.is_file():
        known = [f"{p.parent.name}/{p.stem}" for p in settings.queries_folder().glob("*/*.sql")]
        raise QueryError(f"There is no query {name!r}.", remedy=nearest(name, known))
    return path.read_text(encoding="utf-8")


@lru_cache(maxsize=256)
def parameters_of(name: str) -> frozenset[str]:
    """Return the names of the parameters that a query binds."""
    return frozenset(duckdb.extract_statements(read(name))[0].named_parameters)
