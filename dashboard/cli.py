"""The program `beyond`: what the pages do with data, from the command line."""

import json
import os
import runpy
import sys
import threading
import time
import urllib.request
import webbrowser
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, cast

import pandas as pd
import typer
from duckdb import DuckDBPyConnection
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn
from rich.table import Table
from rich.text import Text

from dashboard import generations, intake, query, settings, store
from dashboard.charts.tables import COLUMNS
from dashboard.errors import GapError, nearest
from dashboard.export.table import as_csv
from dashboard.i18n import translator
from dashboard.importers.vocabulary import slug
from dashboard.measures import MEASURES
from dashboard.model import PHASES, Filters
from dashboard.query import records

cli = typer.Typer(
    name="beyond", add_completion=False, no_args_is_help=False, pretty_exceptions_enable=False,
    help="Where everyday practice differs from the written protocol, and what it means for safety.",
)  # fmt: skip
notes = Console(stderr=True)
LINE_EVERY = 1.0  # seconds between two lines of progress in a log
WIDE = 400  # characters; a table that is piped on is never folded

Store = Annotated[Path | None, typer.Option("--store", help="The store's folder (BEYOND_STORE otherwise).")]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object and nothing else.")]


def main() -> None:
    """Run the program; a user's mistake is one message on standard error and exit status 2."""
    try:
        cli(standalone_mode=True)
    except GapError as problem:
        notes.print(f"beyond: {problem}", style="bold", markup=False, highlight=False, soft_wrap=True)
        raise SystemExit(2) from None


@cli.callback(invoke_without_command=True)
def start(context: typer.Context, folder: Store = None) -> None:
    """Open the dashboard, where no other command is given."""
    if folder is not None:  # `beyond --store F import …` means the same as `beyond import … --store F`
        os.environ[settings.STORE_VARIABLE] = str(settings.store_folder(folder))
    if context.invoked_subcommand is None:
        serve(folder=folder)


@cli.command()
def serve(
    public: Annotated[bool, typer.Option("--public", help="Show only studies whose policy is open.")] = False,
    port: Annotated[int, typer.Option("--port", help="The port on this machine.")] = 8501,
    folder: Store = None,
) -> None:
    """Open the dashboard in a browser on this machine."""
    place = settings.store_folder(folder)
    with _progress() as say:
        intake.ensure_store(place, say)
    os.environ[settings.STORE_VARIABLE] = str(place)
    os.environ[settings.SCOPE_VARIABLE] = "public" if public else "team"
    address = f"http://127.0.0.1:{port}"
    notes.print(f"The dashboard opens at {address}  (stop it with Ctrl+C)", highlight=False)
    if sys.stdout.isatty():
        threading.Thread(target=_open_when_ready, args=(address,), daemon=True).start()
    # Run from the folder that holds .streamlit/, so that the settings are the same from anywhere.
    os.chdir(settings.house())
    entry = Path(__file__).with_name("server.py")
    sys.argv = ["streamlit", "run", str(entry), "--server.port", str(port)]
    runpy.run_module("streamlit", run_name="__main__", alter_sys=True)


def _open_when_ready(address: str) -> None:
    """Open the reader's browser once the pages answer; without one, the address on screen is enough."""
    for _attempt in range(100):
        try:
            with urllib.request.urlopen(f"{address}/_stcore/health", timeout=1):
                webbrowser.open(address)
                return
        except OSError:
            time.sleep(0.2)


@cli.command("import")
def import_study(
    files: Annotated[list[Path], typer.Argument(help="A coded project (.qdpx) or the practice table.")],
    study: Annotated[str, typer.Option("--study", help="The study's id in the store.")],
    protocol: Annotated[Path | None, typer.Option(help="The written steps (CSV or XLSX).")] = None,
    participants: Annotated[Path | None, typer.Option(help="The voices and their attributes (CSV or XLSX).")] = None,
    mapping: Annotated[Path | None, typer.Option(help="Which codes mean what (TOML).")] = None,
    about: Annotated[Path | None, typer.Option(help="What the study says of itself (TOML).")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Read and check, change nothing.")] = False,
    as_json: AsJson = False,
    folder: Store = None,
) -> None:
    """Import a study; the store changes only when all of it is sound."""
    request = intake.Request(study, files, protocol, participants, mapping, about)
    with _progress() as say:
        prepared = intake.prepare(request, say)
        if dry_run:
            report = prepared.report(None)
        else:
            place = settings.store_folder(folder)
            intake.ensure_store(place, say)
            report = intake.publish(place, [prepared], say)[0]
    _print_report(report, as_json)


@cli.command()
def check(as_json: AsJson = False, folder: Store = None) -> None:
    """Tell what the store holds and whether it is sound."""
    place = _made(folder)
    generation = generations.current(place)
    connection = store.open_generation(generation)
    broken = {name: len(rows) for name, rows in store.failures(connection).items()}
    studies = query.run(connection, "lists/studies", {})[["study_id", "title", "kind", "round", "n_voices", "n_steps"]]
    found = {
        "store": str(place),
        "generation": generation.number,
        "sound": not any(broken.values()),
        "broken": broken,
        "studies": records(studies),
    }
    if as_json:
        print(json.dumps(found, ensure_ascii=False, default=str))
    else:
        print(f"{place}: generation {generation.number}, {'sound' if found['sound'] else f'broken: {broken}'}")
        _print_table(studies)
    if not found["sound"]:
        raise typer.Exit(2)


@cli.command()
def measure(
    name: Annotated[str, typer.Argument(help=f"One of {', '.join(MEASURES)}.")],
    filters: Annotated[list[str] | None, typer.Option("--filter", help="k=v; study=ID is needed.")] = None,
    as_format: Annotated[str, typer.Option("--format", help="table, csv or json.")] = "table",
    folder: Store = None,
) -> None:
    """Print a measure: the numbers that the pages show."""
    if name not in MEASURES:
        raise GapError(f"There is no measure {name!r}.", remedy=nearest(name, MEASURES))
    if as_format not in ("table", "csv", "json"):
        raise GapError(f"There is no format {as_format!r}.", remedy=nearest(as_format, ("table", "csv", "json")))
    connection = store.open_generation(generations.current(_made(folder)))
    chosen = _filters(filters or [], connection)
    rows = MEASURES[name](connection, chosen)
    kinds = query.run(connection, "lists/studies", {}).set_index("study_id")["kind"]
    if kinds[chosen.study_id] == "synthetic":
        notes.print(f"{chosen.study_id}: {translator('en')('chip.synthetic')}", highlight=False)
    if as_format == "csv":
        sys.stdout.buffer.write(as_csv(rows).removeprefix("\ufeff".encode()).replace(b"\r\n", b"\n"))
    elif as_format == "json":
        print(json.dumps({"measure": name, "rows": json.loads(rows.to_json(orient="records"))}, ensure_ascii=False))
    else:
        _print_table(rows[list(COLUMNS[name])])


@cli.command()
def demo(as_json: AsJson = False, folder: Store = None) -> None:
    """Rebuild the shipped studies: the invented interviews and the published findings."""
    with _progress() as say:
        reports = intake.publish_shipped(settings.store_folder(folder), say)
    if as_json:
        print(json.dumps({"studies": reports}, ensure_ascii=False, default=str))
        return
    for report in reports:
        _print_report(report, False)


def _made(folder: Path | None) -> Path:
    place = settings.store_folder(folder)
    with _progress() as say:
        intake.ensure_store(place, say)
    return place


def _filters(given: list[str], connection: DuckDBPyConnection) -> Filters:
    known = ("study", "component", "phase", "obligation_level", "jurisdiction", "at_least")
    found: dict[str, list[str]] = {}
    for pair in given:
        key, sign, value = pair.partition("=")
        if not sign or key not in known:
            raise GapError(f"{pair!r} is not a filter.", remedy=f"Write key=value. {nearest(key, known)}")
        found.setdefault(key, []).append(value)
    studies = list(query.run(connection, "lists/studies", {})["study_id"])
    study = found.get("study", [""])[-1]
    if study not in studies:
        what = f"There is no study {study!r}." if study else "A measure is of one study."
        raise GapError(what, remedy=f"Use --filter study=ID. {nearest(study, studies)}")
    components = _component_ids(found.get("component", []), study, connection)
    at_least = found.get("at_least", ["1"])[-1]
    if not (at_least.isdecimal() and len(at_least) < 10 and int(at_least)):
        raise GapError(f"{at_least!r} is not a number of voices.", remedy="Use --filter at_least=2.")
    steps = query.run(connection, "lists/steps", {"study_id": study})
    unwritten = MEASURES["unwritten_practice"](connection, Filters(study))
    return Filters(
        study,
        components,
        _known("phase", found, {*PHASES, *steps["phase"], *unwritten["phase"]}),
        _known("obligation_level", found, steps["obligation_level"]),
        _known("jurisdiction", found, steps["jurisdiction"]),
        int(at_least),
    )


def _known(key: str, found: dict[str, list[str]], values: Iterable[str]) -> tuple[str, ...]:
    """Return what a filter names. Raises where the study has no such value: an empty answer would mislead."""
    known = set(values)
    for value in found.get(key, []):
        if value not in known:
            raise GapError(f"There is no {key} {value!r} here.", remedy=nearest(value, known))
    return tuple(found.get(key, []))


def _component_ids(named: list[str], study_id: str, connection: DuckDBPyConnection) -> tuple[str, ...]:
    """Return the ids of the components named, by id or by name."""
    rows = query.run(connection, "lists/components", {"study_id": study_id})
    known = {slug(str(row[column])): str(row["component_id"]) for row in records(rows)
             for column in ("component", "component_id")}  # fmt: skip
    for name in named:
        if slug(name) not in known:
            raise GapError(f"There is no component {name!r} in {study_id!r}.", remedy=nearest(slug(name), known))
    return tuple(known[slug(name)] for name in named)


@contextmanager
def _progress() -> Iterator[intake.Progress]:
    """Show progress on standard error: a bar for somebody who watches, a line now and then for a log."""
    if not notes.is_terminal:
        yield _lines()
        return
    columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.percentage:>3.0f} %"))
    with Progress(*columns, console=notes, transient=True) as bar:
        task = bar.add_task("starting", total=1.0)
        yield lambda what, share: bar.update(task, description=what, completed=share)


def _lines() -> intake.Progress:
    last = time.monotonic()

    def say(what: str, share: float) -> None:
        nonlocal last
        if time.monotonic() - last >= LINE_EVERY:
            last = time.monotonic()
            notes.print(f"{share:.0%} {what}", markup=False, highlight=False, soft_wrap=True)

    return say


def _print_report(report: dict[str, object], as_json: bool) -> None:
    if as_json:
        print(json.dumps(report, ensure_ascii=False, default=str))
        return
    generation = report["generation"]
    print(f"{report['study']}: {'nothing changed (dry run)' if generation is None else f'generation {generation}'}")
    for key, value in report.items():
        if key not in ("study", "generation", "warnings"):
            print(f"  {key}: {value}")
    for warning in cast(list[str], report["warnings"]):
        notes.print(f"  note: {warning}", markup=False, highlight=False, soft_wrap=True)


def _print_table(rows: pd.DataFrame) -> None:
    table = Table(*map(str, rows.columns))
    for row in rows.itertuples(index=False):
        table.add_row(*(Text("" if pd.isna(v) else f"{v:.2f}" if isinstance(v, float) else str(v)) for v in row))
    Console(width=None if sys.stdout.isatty() else WIDE).print(table)
