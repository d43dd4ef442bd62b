"""`beyond withdraw`: a voice leaves the store, and no byte of what they said stays in it."""

import json
import sys
from pathlib import Path
from typing import Annotated, cast

import typer

from dashboard import settings, shipped_studies, withdrawing
from dashboard.errors import GapError
from dashboard.importers.names import counted
from dashboard.terminal import notes, progress


def withdraw(
    participant: Annotated[str, typer.Argument(help="The voice's id, as the study names it.")],
    study: Annotated[str, typer.Option("--study", help="A study that they are in; its other rounds count as well.")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Tell what would be taken out, change nothing.")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask: it cannot be undone.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object and nothing else.")] = False,
    folder: Annotated[Path | None, typer.Option("--store", help="The store's folder (BEYOND_STORE otherwise).")] = None,
) -> None:
    """Take a voice out of a study and its other rounds, for good; older generations of the store are removed."""
    place = settings.store_folder(folder)
    with progress() as say:
        shipped_studies.ensure_store(place, say)
    report = withdrawing.plan(place, study, participant)
    if not dry_run:
        if not yes:
            _ask(report)
        with progress() as say:
            report = withdrawing.withdraw(place, study, participant, say)
    if as_json:
        print(json.dumps(report, ensure_ascii=False))
    else:
        _print(report)


def _ask(report: dict[str, object]) -> None:
    if not sys.stdin.isatty():
        raise GapError("A withdrawal cannot be undone, so it is not done unasked.", remedy="Add --yes, or --dry-run.")
    for line in _lines(report):
        notes.print(line, markup=False, highlight=False, soft_wrap=True)
    if not typer.confirm("Take this out for good?", err=True):
        raise GapError("Nothing was taken out.")


def _print(report: dict[str, object]) -> None:
    generation = report["generation"]
    print("nothing changed (dry run)" if generation is None else f"generation {generation}, the only one kept")
    for line in _lines(report):
        print(line)


def _lines(report: dict[str, object]) -> list[str]:
    said = []
    for study, counts in cast(dict[str, dict[str, int]], report["removed"]).items():
        said.append(f"  {study}: {', '.join(_many(n, name) for name, n in counts.items() if n)}")
    for key, what in (
        ("transcripts_emptied", "text taken out, because others speak in it as well"),
        ("documents_of_nobody_known", "stays: nobody said whose words it holds"),
        ("named_elsewhere", "names them and is left to you"),
        ("words_found_in", "still holds words like theirs"),
    ):
        said += [f"  note: {place}: {what}" for place in cast(list[str], report[key])]
    if report["generation"] is not None:
        said.append(f"  searched for {report['searched_for']} of their longest quotes and sentences")
    return said


def _many(n: int, table: str) -> str:
    return counted(n, "telling" if table == "practice_voice" else "voice" if table == "participant" else table)
