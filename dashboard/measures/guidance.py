"""What becomes of each written source in practice: how many of its steps hold, bend, or were raised by nobody."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby

import duckdb
import pandas as pd

from dashboard import query
from dashboard.measures.placement import NOT_RAISED, placement_by_step
from dashboard.model import PLACEMENTS, Filters
from dashboard.query import records

SOURCE = ("document", "issuer", "obligation_level", "jurisdiction", "version", "year", "address")
"""What tells one written source from another."""
LAW = "law or regulation"
WEIGHTS = (
    LAW, "national guidance", "professional guidance", "research-based recommendation", "service routine",
)  # fmt: skip
"""The obligation levels, the weightiest first; a study's own follow, and last what names none."""
COUNTS = ("n_steps", "n_raised", "n_hold", "n_bend", "n_open", "n_not_raised")
PLACED = tuple(f"n_{placement}" for placement in PLACEMENTS if placement != "holds")


def guidance_by_document(
    connection: duckdb.DuckDBPyConnection, filters: Filters, issuers: Sequence[str] = ()
) -> pd.DataFrame:
    """Return, for each written source in the filters, how many of its steps hold, bend, or nobody spoke about.

    One row a source, those of the weightiest obligation level first, then those of which most steps bend, then by
    title; the steps that name no source share a row. The counts are those of `counts`.
    """
    steps = records(guidance_by_step(connection, filters, issuers))
    steps.sort(key=_source)  # stable: within a source the steps keep the order of the work
    rows = [dict(zip(SOURCE, source, strict=True)) | counts(group) for source, group in groupby(steps, key=_source)]
    rows.sort(key=lambda row: (*weight(str(row["obligation_level"])), -int(str(row["n_bend"])), *_source(row)))
    found = pd.DataFrame(rows, columns=[*SOURCE, *COUNTS, *PLACED])
    return found.astype({**dict.fromkeys(SOURCE, "str"), **dict.fromkeys((*COUNTS, *PLACED), "int64")})


def guidance_by_step(
    connection: duckdb.DuckDBPyConnection, filters: Filters, issuers: Sequence[str] = ()
) -> pd.DataFrame:
    """Return each placed step of the filters with its written source, of the given issuers or of all.

    One row a step, in the order of the work, with all that placement_by_step says of it.
    """
    rows = placement_by_step(connection, filters)
    steps = query.run(connection, "lists/steps", {"study_id": filters.study_id})
    own = ["step_id", "place", *(column for column in SOURCE if column not in rows)]
    rows = rows.merge(steps[own], on="step_id", how="left", validate="1:1")
    wanted = [issuers] if isinstance(issuers, str) else list(issuers)
    return rows[rows["issuer"].isin(wanted)].reset_index(drop=True) if wanted else rows


def counts(steps: Iterable[Mapping[str, object]]) -> dict[str, int]:
    """Return how many of some placed steps hold, bend, are open or were not raised, and what they ask for.

    A step holds where its placement says so, and was not raised where no voice was clear about it. It bends where it
    is placed otherwise and somebody differs; where nobody differs and too few spoke to say that it holds, it is
    open. So n_steps = n_hold + n_bend + n_open + n_not_raised, while n_raised counts the steps that any voice raised,
    clearly or not.
    """
    rows = list(steps)
    placements = [str(row["placement"]) for row in rows]
    silent = placements.count(NOT_RAISED)
    hold = placements.count("holds")
    bend = sum(bends(row) for row in rows)
    return {
        "n_steps": len(rows),
        "n_raised": sum(int(str(row["n_raised"])) > 0 for row in rows),
        "n_hold": hold,
        "n_bend": bend,
        "n_open": len(rows) - hold - bend - silent,
        "n_not_raised": silent,
        **{name: placements.count(name.removeprefix("n_")) for name in PLACED},
    }


def bends(step: Mapping[str, object]) -> bool:
    """Tell whether a placed step bends: somebody differs, and its placement is another than "holds"."""
    return step["placement"] not in ("holds", NOT_RAISED) and int(str(step["n_differ"])) > 0


def weight(level: str) -> tuple[int, str]:
    """Return where an obligation level stands among others: law first, own levels by name, what names none last."""
    if level in WEIGHTS:
        return WEIGHTS.index(level), ""
    return (len(WEIGHTS), level) if level else (len(WEIGHTS) + 1, "")


def _source(row: Mapping[str, object]) -> tuple[str, ...]:
    return tuple(str(row[column]) for column in SOURCE)
