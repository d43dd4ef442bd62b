"""The program `beyond`: what the pages do with data, from the command line."""

import json
import os
import runpy
import sys
import threading
import time
import urllib.request
import webbrowser
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, cast

import pandas as pd
import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from dashboard import (
    decided,
    export_command,
    fram_command,
    generations,
    intake,
    named_filters,
    propose_command,
    query,
    rehearse_command,
    review_command,
    settings,
    shipped_studies,
    store,
    withdraw_command,
)
from dashboard.changes import Changes
from dashboard.charts.tables import COLUMNS
from dashboard.errors import GapError, nearest
from dashboard.export import change_words
from dashboard.export.table import as_csv
from dashboard.i18n import translator
from dashboard.model import ENTRIES, Decision
from dashboard.named_filters import NAMED
from dashboard.query import records
from dashboard.terminal import notes, progress

cli = typer.Typer(
    name="beyond", add_completion=False, no_args_is_help=False, pretty_exceptions_enable=False,
    help="Where everyday practice differs from the written protocol, and what it means for safety.",
)  # fmt: skip
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
    room_port: Annotated[int | None, typer.Option("--room-port", help="Open the room of a talk at this port.")] = None,
    room_address: Annotated[
        str, typer.Option("--room-address", help="This machine's address that phones reach.")
    ] = "127.0.0.1",
    folder: Store = None,
) -> None:
    """Open the dashboard in a browser on this machine."""
    if room_port is not None:
        os.environ[settings.ROOM_PORT_VARIABLE] = str(room_port)
        os.environ[settings.ROOM_ADDRESS_VARIABLE] = room_address
    place = settings.store_folder(folder)
    with progress() as say:
        shipped_studies.ensure_store(place, say)
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
    files: Annotated[list[Path], typer.Argument(help="A coded project (such as .qdpx) or the practice table.")],
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
    place = settings.store_folder(folder)
    with progress() as say:
        prepared = intake.prepare(request, say)
        if dry_run:
            report = intake.beside_store(place, prepared).report(None)
        else:
            shipped_studies.ensure_store(place, say)
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
    name: Annotated[str, typer.Argument(help=f"One of {', '.join(NAMED)}.")],
    filters: Annotated[list[str] | None, typer.Option("--filter", help="k=v; study=ID is needed.")] = None,
    against: Annotated[
        list[str] | None, typer.Option("--against", help="k=v of the other side of a comparison.")
    ] = None,
    more: Annotated[list[str] | None, typer.Option("--of", help="k=v that this measure takes besides.")] = None,
    as_format: Annotated[str, typer.Option("--format", help="table, csv or json.")] = "table",
    folder: Store = None,
) -> None:
    """Print a measure: the numbers that the pages show."""
    if name not in NAMED:
        raise GapError(f"There is no measure {name!r}.", remedy=nearest(name, NAMED))
    if as_format not in ("table", "csv", "json"):
        raise GapError(f"There is no format {as_format!r}.", remedy=nearest(as_format, ("table", "csv", "json")))
    connection = store.open_generation(generations.current(_made(folder)))
    rows, studies = named_filters.measured(name, filters or [], against or [], more or [], connection)
    kinds = query.run(connection, "lists/studies", {}).set_index("study_id")["kind"]
    for study in studies:
        if kinds[study] == "synthetic":
            notes.print(f"{study}: {translator('en')('chip.synthetic')}", highlight=False)
    if as_format == "csv":
        sys.stdout.buffer.write(as_csv(rows).removeprefix("\ufeff".encode()).replace(b"\r\n", b"\n"))
    elif as_format == "json":
        print(json.dumps({"measure": name, "rows": json.loads(rows.to_json(orient="records"))}, ensure_ascii=False))
    else:
        _print_table(rows[list(COLUMNS[name])])


cli.command("export")(export_command.export)
cli.command("fram")(fram_command.fram)
cli.command("propose")(propose_command.propose)
cli.command("rehearse")(rehearse_command.rehearse)
cli.command("review")(review_command.review_quotes)
cli.command("withdraw")(withdraw_command.withdraw)


@cli.command()
def demo(as_json: AsJson = False, folder: Store = None) -> None:
    """Rebuild the shipped studies: the invented interviews and the published findings."""
    with progress() as say:
        reports = shipped_studies.publish(settings.store_folder(folder), say)
    if as_json:
        print(json.dumps({"studies": reports}, ensure_ascii=False, default=str))
        return
    for report in reports:
        _print_report(report, False)


@cli.command()
def decide(
    step: Annotated[str, typer.Argument(help="The step's id.")],
    study: Annotated[str, typer.Option("--study", help="The study's id in the store.")],
    decision: Annotated[str, typer.Option("--decision", help=f"One of {', '.join(ENTRIES)}.")],
    by: Annotated[str, typer.Option("--by", help="Who: a name, a role or a group.")],
    why: Annotated[str, typer.Option("--why", help="The reason, in a sentence or two.")],
    review: Annotated[str, typer.Option("--review", help="The day to look at it again, YYYY-MM-DD.")] = "",
    text: Annotated[str, typer.Option("--text", help="The text proposed for the step.")] = "",
    decides: Annotated[str, typer.Option("--decides", help="Of a proposal: who decides on it.")] = "",
    withdraws: Annotated[str, typer.Option("--withdraws", help="Of a withdrawal: the entry's id.")] = "",
    as_json: AsJson = False,
    folder: Store = None,
) -> None:
    """Write a decision on a step, or a proposed text, into the store's ledger; it is kept when this ends."""
    place = _made(folder)
    connection = store.open_generation(generations.current(place))
    entry = Decision(study, step, decision, by, why, review, text, decides, withdraws)
    kept = decided.take_down(place, entry, lambda name, **asked: query.run(connection, name, asked))
    if as_json:
        print(json.dumps(asdict(kept), ensure_ascii=False))
    else:
        print(f"{kept.study_id}, {kept.step_id}: {kept.decision} is saved as {kept.entry_id}")


@cli.command()
def decisions(
    study: Annotated[str, typer.Option("--study", help="Only this study's, and what became of earlier ones.")] = "",
    as_json: AsJson = False,
    folder: Store = None,
) -> None:
    """List what was decided, in the order of writing."""
    place = _made(folder)
    found = decided.listed(place, store.open_generation(generations.current(place)), study)
    if found["unread"]:
        notes.print(f"decisions.jsonl: {found['unread']} line(s) cannot be read and are passed over", highlight=False)
    if as_json:
        tables = {name: records(rows) for name, rows in found.items() if isinstance(rows, pd.DataFrame)}
        print(json.dumps({**found, **tables}, ensure_ascii=False, default=str))
        return
    for name in ("decisions", "follow_up"):
        if name in found and (name == "decisions" or len(found[name])):
            _print_table(found[name][[column for column in found[name] if column not in decided.LONG]])


def _made(folder: Path | None) -> Path:
    place = settings.store_folder(folder)
    with progress() as say:
        shipped_studies.ensure_store(place, say)
    return place


def _print_report(report: dict[str, object], as_json: bool) -> None:
    if as_json:
        print(json.dumps(report, ensure_ascii=False, default=str))
        return
    generation = report["generation"]
    print(f"{report['study']}: {'nothing changed (dry run)' if generation is None else f'generation {generation}'}")
    for key, value in report.items():
        if key not in ("study", "generation", "changes", "warnings"):
            print(f"  {key}: {value}")
    if found := cast(Changes, report["changes"]):
        print("  of the study in the store:")
        for line in change_words.lines(found, translator("en")):
            print(f"    {line}")
    for warning in cast(list[str], report["warnings"]):
        notes.print(f"  note: {warning}", markup=False, highlight=False, soft_wrap=True)


def _print_table(rows: pd.DataFrame) -> None:
    table = Table(*map(str, rows.columns))
    for row in rows.itertuples(index=False):
        table.add_row(*(Text("" if pd.isna(v) else f"{v:.2f}" if isinstance(v, float) else str(v)) for v in row))
    Console(width=None if sys.stdout.isatty() else WIDE).print(table)
