"""From a number in a table to the words behind it: what a click on a cell opens."""

from collections.abc import Callable, Mapping

from dashboard.charts.lens_strip import LENSES
from dashboard.charts.words import Row
from dashboard.measures.library import FACETS
from dashboard.measures.scope import ALL
from dashboard.measures.words_behind import COMPONENT_NUMBERS, LENS_NUMBERS, PRACTICE_NUMBERS, STEP_NUMBERS

Opened = dict[str, str]
LENS_OF = {FACETS[lens]: lens for lens in LENSES}
MADE_OF_DIFFERING = ("gap", "priority")
"""Numbers of a step that are worked out from those who differ."""


def opened_by(table: str, column: str, row: Row) -> Opened | None:
    """Return what the page of words opens for one cell, or None where the cell is no number of voices."""
    find = _OPENED.get(table)
    return find(column, row) if find else None


def sound(of: Mapping[str, str]) -> dict[str, str]:
    """Return what an address asks of the page of words, without what means nothing: a lens, a number, a list's "*"."""
    found = {key: "" if value == ALL else value for key, value in of.items()}
    if found["through"] not in LENSES or not found["category"]:
        found |= {"through": "", "category": ""}
    kinds = (
        ("through", LENS_NUMBERS), ("practice", PRACTICE_NUMBERS), ("step", STEP_NUMBERS),
        ("component", COMPONENT_NUMBERS),
    )  # fmt: skip
    known = next((numbers for key, numbers in kinds if found[key]), ())
    return found | {"number": found["number"] if found["number"] in known else ""}


def _of_step(column: str, row: Row) -> Opened | None:
    number = "n_differ" if column in MADE_OF_DIFFERING else column
    return {"step": str(row["step_id"]), "number": number} if number in STEP_NUMBERS else None


def _of_practice(column: str, row: Row) -> Opened | None:
    return {"practice": str(row["practice_id"]), "number": column} if column in PRACTICE_NUMBERS else None


def _of_lens(column: str, row: Row) -> Opened | None:
    if column not in LENS_NUMBERS:
        return None
    tool = {"component": str(row["component_id"])} if row.get("component_id") else {}
    return {"through": LENS_OF[str(row["lens"])], "category": str(row["category"]), "number": column, **tool}


def _of_component(column: str, row: Row) -> Opened | None:
    number = "n_mostly_differ" if column == "gap" else column
    return {"component": str(row["component_id"]), "number": number} if number in COMPONENT_NUMBERS else None


def _of_voice(_column: str, row: Row) -> Opened | None:
    return {"voice": str(row["participant_id"])}


def _of_code(_column: str, row: Row) -> Opened | None:
    return {"code": str(row["code_id"])}


_OPENED: Mapping[str, Callable[[str, Row], Opened | None]] = {
    "gap_by_step": _of_step,
    "placement_by_step": _of_step,
    "guidance_by_step": _of_step,
    "ranking_without_one": lambda _column, row: {"step": str(row["step_id"]), "number": "n_differ"},
    "practice_by_step": _of_practice,
    "unwritten_practice": _of_practice,
    "practice_library": _of_practice,
    "library_without_one": _of_practice,
    "hidden_practice": lambda _column, row: {"practice": str(row["practice_id"]), "voices": "1"},
    "practice_by_lens": _of_lens,
    "gap_by_component": _of_component,
    "voices_on_step": _of_voice,
    "new_by_interview": _of_voice,
    "words_behind": _of_voice,
    "voice_by_code": _of_code,
}
