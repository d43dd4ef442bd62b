"""`beyond fram`: a FRAM model as written beside one as practised."""

import json
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from dashboard.errors import ImportProblem
from dashboard.importers import fram as models
from dashboard.importers import sniff
from dashboard.importers.fram_compare import Comparison, Difference, compare
from dashboard.terminal import notes

Model = Annotated[Path, typer.Argument(help="A model of the FRAM Model Visualiser (.xfmv).")]


def fram(
    written: Model,
    practised: Model,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object and nothing else.")] = False,
) -> None:
    """Compare a FRAM model as written with one as practised: functions and couplings added, removed and changed."""
    read = [_read(path) for path in (written, practised)]
    found = compare(*read)
    for model in read:
        for warning in model.warnings:
            notes.print(f"  note: {model.name}: {warning}", markup=False, highlight=False, soft_wrap=True)
    if as_json:
        print(json.dumps(asdict(found), ensure_ascii=False))
        return
    for line in _in_words(found):
        print(line)


def _read(path: Path) -> models.FramModel:
    try:
        data = path.read_bytes()
    except OSError as problem:
        raise ImportProblem(f"The file cannot be read ({problem.strerror}).", where=str(path)) from None
    if sniff.kind_of(data, path.name) != "fram":
        raise ImportProblem("This is no FRAM model.", where=path.name, remedy=models.SAVE_AGAIN)
    return models.read(data, path.name)


def _in_words(found: Comparison) -> Iterator[str]:
    yield f"written: {found.written} · practised: {found.practised}"
    couplings = found.couplings
    said = Difference(
        tuple(models.in_words(coupling) for coupling in couplings.added),
        tuple(models.in_words(coupling) for coupling in couplings.removed),
        couplings.changed,
        couplings.n_same,
    )
    for what, difference in (("functions", found.functions), ("couplings", said)):
        yield f"{what}: {difference.n_same} the same"
        yield from (f"  + {name}   (in practice only)" for name in difference.added)
        yield from (f"  − {name}   (as written only)" for name in difference.removed)
        yield from (
            f"  ~ {change.name}: {change.what}: {change.written or '(none)'} → {change.practised or '(none)'}"
            for change in difference.changed
        )
