"""Small SQLite files, made in memory for the tests."""

import sqlite3


def database(*statements, **rows):
    """Return the bytes of a database: the statements run, then rows put into each table named."""
    connection = sqlite3.connect(":memory:")
    for statement in statements:
        connection.executescript(statement)
    for table, values in rows.items():
        for row in values:
            columns, marks = ", ".join(f'"{c}"' for c in row), ", ".join("?" * len(row))
            connection.execute(f'insert into "{table}" ({columns}) values ({marks})', tuple(row.values()))  # noqa: S608
    connection.commit()
    data = connection.serialize()
    connection.close()
    return data
