"""The store: one read-only DuckDB file a generation, and a pointer to the current one.

A generation is built beside the live one, checked, made durable and only then pointed at, so a reader never waits
and never sees half of an import. This is the only module that opens DuckDB.
"""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd

from dashboard import generations, settings
from dashboard.errors import StoreProblem
from dashboard.generations import Generation
from dashboard.model import Progress

Rows = Mapping[str, Sequence[tuple[object, ...]]]
Row = dict[str, Any]

# In the order in which they build on each other.
VIEWS = ("written_step", "practice_support", "voice_effect", "cell", "code_line")
READER_CONFIG: dict[str, str | bool | int | float | list[str]] = {
    "enable_external_access": "false",
    "lock_configuration": "true",
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "allow_community_extensions": "false",
    "python_enable_replacements": "false",
    "memory_limit": "1GB",
    "threads": "2",
    "max_temp_directory_size": "0B",
    "max_execution_time": "10000",  # milliseconds; no question of a page comes near it
}
EMPTY: Mapping[str, object] = {"VARCHAR": "", "INTEGER": 0, "BOOLEAN": False}
CARRIED_WHOLE = ("import_log", "withdrawal")
"""Tables that no import replaces."""
WRITER_CONFIG: dict[str, str | bool | int | float | list[str]] = {
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "python_enable_replacements": "false",
    "threads": "2",
}


def open_generation(generation: Generation) -> duckdb.DuckDBPyConnection:
    """Return a connection that can read this generation and do nothing else.

    Take a `.cursor()` for each question: one connection must not be shared between threads.
    """
    try:
        return duckdb.connect(str(generation.path), read_only=True, config=READER_CONFIG)
    except duckdb.Error as problem:
        raise StoreProblem(
            f"The generation cannot be opened ({str(problem).splitlines()[0]}).",
            where=str(generation.path),
            remedy=generations.way_back(generation.path.parent, besides=generation.path.name),
        ) from problem


@dataclass(frozen=True)
class Change:
    """What a new generation has otherwise than the one before it."""

    studies: Mapping[str, Rows]
    """Studies put in or replaced."""
    log: Mapping[str, tuple[object, ...]]
    """Each study's row of import_log, without its generation."""
    withdrawals: Sequence[tuple[object, ...]] = ()
    """Rows of withdrawal to add, without their generation."""
    retold: Callable[[pd.DataFrame], pd.DataFrame] = lambda log: log
    """What becomes of the log of earlier imports."""


def publish(
    folder: Path,
    studies: Mapping[str, Rows],
    log: Mapping[str, tuple[object, ...]],
    *,
    progress: Progress | None = None,
) -> Generation:
    """Build, check and publish a new generation: the current studies, with these put in or replaced.

    `log` holds each study's row of import_log without its generation. Nothing changes unless all of it succeeds.
    """
    return publish_from(folder, lambda _current: Change(studies, log), progress=progress)


def publish_from(
    folder: Path,
    change: Callable[[duckdb.DuckDBPyConnection | None], Change],
    *,
    kept: int = generations.KEPT,
    progress: Progress | None = None,
) -> Generation:
    """Publish a generation that is worked out from the current one, while nobody else can write.

    `change` is given a connection to the current generation, None where there is none. `kept` generations are kept.
    """
    say = progress or (lambda _what, _share: None)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as problem:
        raise StoreProblem(
            f"The store's folder cannot be made ({problem.strerror}).", where=str(folder), remedy="Name another one."
        ) from None
    with generations.only_writer(folder):
        previous = generations.current(folder) if generations.exists(folder) else None
        made = _worked_out(previous, change)
        coming = generations.following(folder)  # before the sweep: a reader may still hold what is swept
        generations.sweep(folder, previous)
        draft = coming.path.with_name(f"{coming.path.name}.tmp")
        try:
            _build(draft, previous, made, coming.number, say)
            say("checking", 0.85)
            _check(draft)
            generations.reveal(folder, draft, coming.path, kept)
        except (duckdb.Error, OSError) as problem:
            draft.unlink(missing_ok=True)
            raise StoreProblem(
                f"The new generation could not be built ({str(problem).splitlines()[0]}).", where=str(folder)
            ) from problem
        except BaseException:
            draft.unlink(missing_ok=True)
            raise
        say("published", 1.0)
        return coming


def rows_of(connection: duckdb.DuckDBPyConnection, study_id: str) -> dict[str, list[Row]]:
    """Return what a generation holds of a study, per table of the schema; what was built from it is not among them."""
    its_own = duckdb.ColumnExpression("study_id") == duckdb.ConstantExpression(study_id)
    found = {}
    for table in [t for t in _schema_tables() if t not in CARRIED_WHOLE]:
        rows = connection.table(table).filter(its_own)
        found[table] = [dict(zip(rows.columns, row, strict=True)) for row in rows.fetchall()]
    return found


def named(connection: duckdb.DuckDBPyConnection, rows: Rows) -> dict[str, list[Row]]:
    """Return rows that are still to come as `rows_of` gives those that are held; the connection is to today's shape."""
    return {
        table: [dict(zip(connection.table(table).columns, row, strict=True)) for row in values]
        for table, values in rows.items()
    }


def schema_fingerprint() -> str:
    """Return what tells one shape of the store from another."""
    digest = hashlib.sha256()
    for path in [*_schema_files(), *(_view_file(view) for view in VIEWS)]:
        digest.update(path.read_bytes())
    return digest.hexdigest()


def is_of_this_program(connection: duckdb.DuckDBPyConnection) -> bool:
    """Tell whether this generation has the shape that this program's questions expect."""
    try:
        found = connection.execute("select fingerprint from store_shape").fetchall()
    except duckdb.Error:
        return False
    return found == [(schema_fingerprint(),)]


def _build(draft: Path, previous: Generation | None, change: Change, number: int, say: Progress) -> None:
    connection = duckdb.connect(str(draft), config=WRITER_CONFIG)
    try:
        connection.begin()  # one transaction, so that the disk is waited for once
        for path in _schema_files():
            connection.execute(path.read_text(encoding="utf-8"))
        connection.execute("create table store_shape (fingerprint varchar not null)")
        connection.execute("insert into store_shape values ($shape)", {"shape": schema_fingerprint()})
        if previous is not None:
            _copy_others(connection, previous, change)
        for at, (study_id, rows) in enumerate(change.studies.items()):
            say(f"writing {study_id}", 0.3 + 0.4 * at / len(change.studies))
            for table, values in rows.items():
                _insert(connection, table, values)
            _insert(connection, "import_log", [(number, *change.log[study_id])])
        _insert(connection, "withdrawal", [(number, *row) for row in change.withdrawals])
        for view in VIEWS:
            say(f"building {view}", 0.75)
            connection.execute(_view_file(view).read_text(encoding="utf-8"))
        connection.commit()
        connection.execute("checkpoint")
    finally:
        connection.close()


def _insert(connection: duckdb.DuckDBPyConnection, table: str, values: Sequence[tuple[object, ...]]) -> None:
    if values:
        columns = connection.table(table).columns
        connection.append(table, pd.DataFrame(list(values), columns=columns).astype(object), by_name=True)


def _copy_others(connection: duckdb.DuckDBPyConnection, previous: Generation, change: Change) -> None:
    """Carry over every other study; the log and the withdrawals are carried over whole: they are only added to.

    A column that an older shape lacks is filled with its empty value, so an upgrade loses nothing.
    """
    before = open_generation(previous)
    try:
        known = {name for (name,) in before.execute("select table_name from duckdb_tables()").fetchall()}
        for table in _tables(connection):
            if table not in known:
                continue
            rows = before.table(table).df()
            if table not in CARRIED_WHOLE:
                rows = rows[~rows["study_id"].isin(list(change.studies))]
            for column, kind in _columns(connection, table):
                if column not in rows:
                    rows[column] = _upgraded(before, table, column, rows) if len(rows) else EMPTY.get(kind)
                    rows[column] = rows[column].fillna(EMPTY.get(kind)) if kind in EMPTY else rows[column]
            rows = change.retold(rows) if table == "import_log" else rows
            if len(rows):
                connection.append(table, rows[[c for c, _kind in _columns(connection, table)]], by_name=True)
    finally:
        before.close()


def _upgraded(before: duckdb.DuckDBPyConnection, table: str, column: str, rows: pd.DataFrame) -> "pd.Series[Any]":
    """Return a column that an older shape lacks, worked out from what it has; missing where nothing can tell it."""
    if (table, column) == ("participant", "position"):
        return rows.groupby("study_id").cumcount() + 1
    if (table, column) == ("excerpt", "participant_id"):
        return _first_told(before.table("practice_voice").df(), "excerpt_id", rows)
    if (table, column) == ("document", "participant_id"):
        told = before.table("excerpt").df()
        if "participant_id" in told:
            alone = told.groupby(["study_id", "document_id"])["participant_id"].transform("nunique") == 1
            return _first_told(told[alone], "document_id", rows)
    return pd.Series(None, index=rows.index, dtype="object")


def _first_told(told: pd.DataFrame, key: str, rows: pd.DataFrame) -> "pd.Series[Any]":
    known = told.drop_duplicates(["study_id", key]).set_index(["study_id", key])["participant_id"]
    wanted = pd.MultiIndex.from_frame(rows[["study_id", key]])
    return pd.Series(known.reindex(wanted).to_numpy(), index=rows.index, dtype="object")


def _check(draft: Path) -> None:
    if draft.with_name(draft.name + ".wal").exists():
        raise StoreProblem("The new generation was not closed cleanly.", where=str(draft))
    connection = open_generation(Generation(0, draft))
    try:
        for name, broken in failures(connection).items():
            if broken:
                raise StoreProblem(
                    f"The new generation fails the check {name}: {broken[:5]}.",
                    where=str(draft.parent),
                    remedy="The store keeps what it had.",
                )
    finally:
        connection.close()


def failures(connection: duckdb.DuckDBPyConnection) -> dict[str, list[tuple[object, ...]]]:
    """Return, per check of queries/checks, the rows that fail it; all empty in a sound generation."""
    files = sorted((settings.queries_folder() / "checks").glob("*.sql"))
    return {path.stem: connection.execute(path.read_text(encoding="utf-8")).fetchall() for path in files}


def _worked_out(previous: Generation | None, change: Callable[[duckdb.DuckDBPyConnection | None], Change]) -> Change:
    if previous is None:
        return change(None)
    connection = open_generation(previous)
    try:
        return change(connection)
    finally:
        connection.close()


def _schema_tables() -> list[str]:
    return [path.stem.partition("_")[2] for path in _schema_files()]


def _schema_files() -> list[Path]:
    return sorted((settings.queries_folder() / "schema").glob("*.sql"))


def _view_file(view: str) -> Path:
    return settings.queries_folder() / "views" / f"{view}.sql"


def _tables(connection: duckdb.DuckDBPyConnection) -> list[str]:
    found = connection.execute("select table_name from duckdb_tables() order by table_oid").fetchall()
    return [name for (name,) in found if name != "store_shape"]


def _columns(connection: duckdb.DuckDBPyConnection, table: str) -> list[tuple[str, str]]:
    """Return a table's columns and their types, in order."""
    return connection.execute(
        "select column_name, data_type from duckdb_columns() where table_name = $table order by column_index",
        {"table": table},
    ).fetchall()
