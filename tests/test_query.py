"""A table's rows as mappings: every value as Python has it, and nothing where there is nothing."""

import math

import duckdb

from dashboard.query import records

SQL = """
select * from (values
    (1, 'a', 0.5, true, date '2026-05-07'), (null, null, null, null, null)
) as t (whole, words, share, is_core, day)
"""


def test_each_value_is_as_python_has_it():
    full, empty = records(duckdb.connect().execute(SQL).df())
    assert [(full[name], type(full[name])) for name in ("whole", "words", "share", "is_core")] == [
        (1, int), ("a", str), (0.5, float), (True, bool)
    ]  # fmt: skip
    assert full["day"].isoformat().startswith("2026-05-07")
    assert (empty["whole"], empty["is_core"]) == (None, None)
    assert math.isnan(empty["share"])


def test_it_is_what_the_slower_way_gives():
    rows = duckdb.connect().execute(SQL).df().drop(columns="day").iloc[:1]
    assert records(rows) == rows.to_dict("records")
    assert records(rows.iloc[:0]) == []
