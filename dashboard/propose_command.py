"""`beyond propose`: a mapping file to start from."""

from pathlib import Path
from typing import Annotated

import typer

from dashboard import drafting
from dashboard.errors import GapError
from dashboard.intake import Upload
from dashboard.terminal import notes, progress


def propose(
    files: Annotated[list[Path], typer.Argument(help="A coded project, and the protocol and others beside it.")],
    output: Annotated[Path, typer.Option("-o", "--output", help="The mapping file to write (TOML).")],
) -> None:
    """Write a mapping to start from: every code, every document's voice, and what the names suggest as comments."""
    if output.exists():
        raise GapError("The file is there already.", where=str(output), remedy="Name another one; nothing was written.")
    with progress() as say:
        material = drafting.read([_upload(path) for path in files], say)
    if not material.needs_mapping:
        raise GapError("Practice tables say it all themselves.", remedy="Import them; they need no mapping.")
    output.write_text(drafting.skeleton(material), encoding="utf-8", newline="\n")
    n_codes, n_found = len(material.bundle.codes), len(drafting.suggested(material, material.rules))
    notes.print(f"{output}: {n_codes} codes, {n_found} suggestions as comments", markup=False, highlight=False)


def _upload(path: Path) -> Upload:
    try:
        return Upload(path.name, path.read_bytes())
    except OSError as problem:
        raise GapError(f"The file cannot be read ({problem.strerror}).", where=str(path)) from None
