"""`beyond review`: quotes that are held back because personal data stands in them."""

import json
from pathlib import Path
from typing import Annotated

import typer

from dashboard import review, settings, shipped_studies
from dashboard.query import records
from dashboard.terminal import progress


def review_quotes(
    study: Annotated[str, typer.Option("--study", help="The study's id in the store.")],
    release: Annotated[
        list[str] | None, typer.Option("--release", help="Show this quote (its id) from now on.")
    ] = None,
    keep: Annotated[list[str] | None, typer.Option("--keep", help="Keep this quote (its id) back for good.")] = None,
    show: Annotated[bool, typer.Option("--show", help="Print the words as well, to decide on them.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object and nothing else.")] = False,
    folder: Annotated[Path | None, typer.Option("--store", help="The store's folder (BEYOND_STORE otherwise).")] = None,
) -> None:
    """List the quotes that are held back with their places, and release them or keep them back."""
    place = settings.store_folder(folder)
    with progress() as say:
        shipped_studies.ensure_store(place, say)
    rows = review.waiting_in(place, study)
    if release or keep:
        review.decide(place, study, release or [], keep or [])
        rows = review.waiting_in(place, study)
    rows = rows if show else rows.drop(columns="quote")
    if as_json:
        print(json.dumps({"study": study, "quotes": json.loads(rows.to_json(orient="records"))}, ensure_ascii=False))
        return
    print(f"{study}: {len(rows)} with personal data, {(rows['release_state'] == 'held').sum()} waiting")
    for row in records(rows):
        at = "" if row["start_at"] is None else f" at {int(row['start_at'])}"
        words = f": {row['quote']}" if show else ""
        print(f"  {row['excerpt_id']} {row['release_state']}: {row['kinds']} in {row['document']!r}{at}{words}")
