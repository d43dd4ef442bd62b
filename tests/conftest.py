"""What every test may ask for: the real files, the shipped store, and tiny studies written as tables."""

import csv
import itertools
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pandas as pd
import pytest

from dashboard import generations, intake, shipped_studies, store
from dashboard.model import Filters
from dashboard.query import records

REAL = Path(__file__).resolve().parents[2] / "shared" / "real"
TOOL = "Video calls"


@pytest.fixture
def real() -> Path:
    """The folder of real project files, which are kept outside the repository."""
    if not REAL.is_dir():
        pytest.skip(f"{REAL} is missing: the real files are kept outside the repository")
    return REAL


@pytest.fixture(scope="session")
def shipped_store(tmp_path_factory) -> Path:
    """A store's folder with the shipped studies in it; only to be read."""
    folder = tmp_path_factory.mktemp("shipped")
    shipped_studies.publish(folder)
    return folder


@pytest.fixture(scope="session")
def shipped(shipped_store) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection to the shipped studies."""
    connection = store.open_generation(generations.current(shipped_store))
    yield connection
    connection.close()


@pytest.fixture
def tiny(tmp_path):
    """Make the study "tiny" from short tables, as the command would, and return a connection to it.

    A table is written as lines of cells with | between them, the columns' names first. `told` is the practice
    table, `steps` the protocol, `voices` the participants. A step without a component is of the tool "Video calls" and
    without a text says "Do <step_id>"; a row of `told` without a component is of its step's.
    """
    made, numbers = [], itertools.count(1)

    def make(told: str, steps: str = "step_id\nV1", voices: str = "", about: str = "") -> duckdb.DuckDBPyConnection:
        folder = tmp_path / f"tiny-{next(numbers)}"
        request = _request(folder, "tiny", told, steps, voices, about)
        intake.publish(folder / "store", [intake.prepare(request)])
        made.append(store.open_generation(generations.current(folder / "store")))
        return made[-1]

    yield make
    for connection in made:
        connection.close()


@pytest.fixture
def two_rounds(tmp_path):
    """Make the studies "round-1" and "round-2" of one series from two pairs of tables, (told, steps) as in `tiny`."""
    made = []

    def make(*rounds: tuple[str, str]) -> duckdb.DuckDBPyConnection:
        requests = [
            _request(tmp_path / f"round-{n}", f"round-{n}", *tables, about=f'series = "tiny"\nround = {n}')
            for n, tables in enumerate(rounds, start=1)
        ]
        intake.publish(tmp_path / "store", [intake.prepare(request) for request in requests])
        made.append(store.open_generation(generations.current(tmp_path / "store")))
        return made[-1]

    yield make
    for connection in made:
        connection.close()


@pytest.fixture
def only():
    """Return a function that gives the named columns of a table as tuples, None where a value is missing."""

    def pick(rows: pd.DataFrame, columns: str) -> list[tuple]:
        names = columns.split()
        return [tuple(None if row[c] != row[c] else row[c] for c in names) for row in records(rows[names])]

    return pick


@pytest.fixture
def within():
    """Return a function that gives a reader's filters in the study "tiny"."""
    return lambda **filters: Filters("tiny", **filters)


def _request(folder: Path, study_id: str, told: str, steps: str, voices: str = "", about: str = "") -> intake.Request:
    folder.mkdir()
    protocol = [{"component": TOOL, "text": f"Do {row['step_id']}"} | row for row in _cells(steps)]
    components = {row["step_id"]: row["component"] for row in protocol}
    practice = [{"component": components.get(row.get("step_id", ""), TOOL)} | row for row in _cells(told)]
    return intake.Request(
        study_id,
        [_csv(folder / "practice.csv", practice)],
        protocol=_csv(folder / "protocol.csv", protocol),
        participants=_csv(folder / "participants.csv", _cells(voices)) if voices else None,
        about=_text(folder / "study.toml", about) if about else None,
    )


def _cells(table: str) -> list[dict[str, str]]:
    lines = [[cell.strip() for cell in line.split("|")] for line in table.strip().splitlines()]
    return [dict(zip(lines[0], cells, strict=True)) for cells in lines[1:]]


def _csv(path: Path, rows: list[dict[str, str]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return path


def _text(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path
