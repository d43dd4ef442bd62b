"""Every SQL file is one question whose header tells the truth, has a measure, a test and a place on screen."""

import ast
import re
from pathlib import Path

import duckdb
import pytest

from dashboard import query
from dashboard.charts.tables import COLUMNS
from dashboard.measures import MEASURES
from dashboard.model import Filters
from dashboard.store import VIEWS

HOUSE = Path(__file__).resolve().parents[1]
FILES = sorted((HOUSE / "queries").rglob("*.sql"))
KINDS = ("checks", "lists", "measures", "schema", "views")
ASKED = [path for path in FILES if path.parent.name in ("checks", "lists", "measures")]
MEASURE_FILES = [path for path in FILES if path.parent.name == "measures"]
DUMMIES: dict[str, object] = {"text": "x", "text[]": ["*"], "integer": 1}
SOURCES = {path: path.read_text(encoding="utf-8") for path in sorted((HOUSE / "dashboard").rglob("*.py"))}


def named(path: Path) -> str:
    return f"{path.parent.name}/{path.stem}"


def header(path: Path) -> dict[str, str]:
    """Return a file's header: its first line as "question", then each entry by its name, on one line."""
    lines = path.read_text(encoding="utf-8").splitlines()
    found = {"question": lines[0].removeprefix("-- ")}
    entry = ""
    for line in lines[1:]:
        if not line.startswith("--"):
            break
        if opening := re.match(r"-- ([A-Z]\w+): +(.*)", line):
            entry = opening[1]
            found[entry] = f"{found[entry]} {opening[2]}" if entry in found else opening[2]
        elif entry:
            found[entry] += " " + line.removeprefix("--").strip()
    return found


def params(path: Path) -> dict[str, str]:
    """Return the parameters that a header names, with their types."""
    said = header(path)["Params"]
    return {} if said == "none" else dict(re.findall(r"\$(\w+) ([\w\[\]]+)", said))


def test_there_is_nothing_but_these_kinds_of_files():
    assert {path.parent.name for path in FILES} == set(KINDS)
    assert [str(path) for path in (HOUSE / "queries").rglob("*") if path.is_file() and path.suffix != ".sql"] == []


@pytest.mark.parametrize("path", FILES, ids=named)
def test_a_file_is_one_statement_under_a_question_and_a_grain(path):
    assert len(duckdb.extract_statements(path.read_text(encoding="utf-8"))) == 1
    assert header(path)["question"].endswith("." if path.parent.name == "schema" else "?")
    assert header(path)["Grain"].startswith("one row per ")


@pytest.mark.parametrize("path", ASKED, ids=named)
def test_a_header_names_the_parameters_that_the_question_binds(path):
    assert set(params(path)) == query.parameters_of(named(path))


@pytest.mark.parametrize("path", ASKED, ids=named)
def test_a_header_names_the_columns_that_come_back(path, shipped):
    dummies = {name: DUMMIES[kind] for name, kind in params(path).items()}
    cursor = shipped.cursor().execute(path.read_text(encoding="utf-8"), dummies)
    assert header(path)["Columns"].split(", ") == [column[0] for column in cursor.description]


@pytest.mark.parametrize("view", VIEWS)
def test_a_view_names_the_columns_that_its_table_has(view, shipped):
    path = HOUSE / "queries" / "views" / f"{view}.sql"
    assert header(path)["Columns"].split(", ") == [column[0] for column in shipped.table(view).description]


def test_every_view_is_built():
    assert {path.stem for path in FILES if path.parent.name == "views"} == set(VIEWS)


@pytest.mark.parametrize("path", ASKED, ids=named)
def test_a_question_has_an_order(path):
    """Rows come in the order that the file says, so the same question has the same answer twice."""
    assert "order by" in path.read_text(encoding="utf-8").rpartition("\nfrom ")[2]


def test_there_is_one_measure_for_each_file_of_measures_and_its_table_shows_only_what_it_returns(shipped):
    assert {path.stem for path in MEASURE_FILES} == set(MEASURES)
    for name, measure in MEASURES.items():
        returned = set(measure(shipped, Filters("demo-round-1")).columns)
        assert set(COLUMNS[name]) <= returned, name


@pytest.mark.parametrize("path", MEASURE_FILES, ids=named)
def test_every_measure_has_its_specification(path):
    specification = HOUSE / "tests" / "queries" / f"test_{path.stem}.py"
    assert f"import {path.stem}" in specification.read_text(encoding="utf-8")


@pytest.mark.parametrize("path", MEASURE_FILES, ids=named)
def test_every_measure_is_drawn_or_shown_as_a_table(path):
    drawn = [p for p, text in SOURCES.items() if p.parent.name == "charts" and path.stem in _docstring(text)]
    shown = [p for p, text in SOURCES.items() if p.parent.name == "app_pages" and path.stem in _twins(text)]
    assert drawn or shown


@pytest.mark.parametrize("path", ASKED, ids=named)
def test_every_question_is_asked_by_somebody(path):
    inner = '"checks").glob' if path.parent.name == "checks" else f'"{named(path)}"'
    assert any(inner in text for text in SOURCES.values())


def _docstring(source: str) -> str:
    return ast.get_docstring(ast.parse(source)) or ""


def _twins(source: str) -> set[str]:
    """Return the names of the tables that a page shows beside its pictures."""
    return {
        argument.value
        for call in ast.walk(ast.parse(source))
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) and call.func.attr == "twin"
        for argument in call.args
        if isinstance(argument, ast.Constant) and isinstance(argument.value, str)
    }
