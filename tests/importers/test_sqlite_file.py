"""A stranger's SQLite file is read within limits, and never run."""

import sqlite3

import pytest

from dashboard.errors import ImportProblem
from dashboard.importers import sqlite_file
from tests.importers.databases import database

PEOPLE = "create table people (id integer primary key, name text);"


def read(data, table="people", sql="select * from people order by id"):
    with sqlite_file.opened(data, "a.db") as tables:
        return list(tables.rows(table, sql))


def refusal(data, **asked):
    with pytest.raises(ImportProblem) as caught:
        read(data, **asked)
    assert "a.db" in str(caught.value)
    return str(caught.value)


def test_rows_come_by_lower_case_column_name_and_a_missing_table_has_none():
    data = database("create table People (ID integer, Name text);", people=[{"id": 1, "name": "Å"}])
    assert read(data) == [{"id": 1, "name": "Å"}]
    assert read(data, table="animals", sql="select * from animals") == []


def test_a_file_left_with_a_write_ahead_log_is_read_as_it_was_when_last_saved(tmp_path):
    path = tmp_path / "a.db"
    connection = sqlite3.connect(path)
    connection.execute("pragma journal_mode = wal")
    connection.executescript(PEOPLE)
    connection.execute("insert into people values (1, 'a')")
    connection.commit()
    connection.close()
    data = path.read_bytes()
    assert data[18:20] == b"\x02\x02"
    assert read(data) == [{"id": 1, "name": "a"}]


def test_a_view_and_a_virtual_table_are_no_tables():
    data = database(PEOPLE, "create view hidden as select 1; create virtual table words using fts5(body);")
    assert sqlite_file.tables_of(data, "a.db") & {"hidden", "words"} == set()


@pytest.mark.parametrize(
    "sql",
    [
        "delete from people",
        "attach 'other.db' as other",
        "pragma query_only = off",
        "select load_extension('evil')",
        "with recursive n(i) as (select 1 union all select i + 1 from n) select i from n",
    ],
)
def test_nothing_but_reading_is_allowed(sql):
    message = refusal(database(PEOPLE), sql=sql)
    assert "not authorized" in message or "prohibited" in message


def test_a_generated_column_of_a_stranger_keeps_to_the_limits():
    data = database("create table people (id integer, name text as (zeroblob(id)));", people=[{"id": 100_000_000}])
    assert "A cell is larger than the limit of 64 MB" in refusal(data)


def test_a_damaged_file_is_refused():
    data = database(PEOPLE, people=[{"name": "x" * 5000}])
    assert "The database is damaged or not readable" in refusal(data[:4096])
    assert "The database is damaged or not readable" in refusal(sqlite_file.MAGIC + bytes(200))


def test_text_that_is_not_utf8_is_refused_without_its_words():
    message = refusal(database(PEOPLE, "insert into people values (1, cast(x'736563726574e5' as text));"))
    assert "UTF-8" in message
    assert "secret" not in message


def test_limits_of_cells_rows_and_time(monkeypatch):
    data = database(PEOPLE, people=[{"name": "x" * 3000}, {"name": "y"}])
    monkeypatch.setattr(sqlite_file, "MAX_ROWS", 1)
    assert "more than 1 rows" in refusal(data)
    monkeypatch.setattr(sqlite_file, "MAX_CELL", 2000)
    assert "A cell is larger than the limit" in refusal(data)
    monkeypatch.undo()
    monkeypatch.setattr(sqlite_file, "SECONDS", -1.0)
    monkeypatch.setattr(sqlite_file, "STEPS_BETWEEN_LOOKS", 1)
    assert "took longer" in refusal(data)
    monkeypatch.setattr(sqlite_file, "MAX_FILE", 100)
    assert "larger than the limit of 0 MB" in refusal(data)


def test_a_cell_is_text_or_refused_and_a_position_may_be_a_real():
    with sqlite_file.opened(database(PEOPLE), "a.db") as tables:
        assert [tables.text(v, "name") for v in (None, 3, "å")] == ["", "3", "å"]
        for value in (b"\x01", "a\x00b"):
            with pytest.raises(ImportProblem, match="The name is not text"):
                tables.text(value, "name")
    assert [sqlite_file.whole(v) for v in (4, 4.0, "4", "x", None, float("inf"), b"4")] == [
        4, 4, 4, None, None, None, None
    ]  # fmt: skip
