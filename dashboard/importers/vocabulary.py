"""The closed word lists of the table template and the mapping, with the other words that people use for the same."""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime

from dashboard import model
from dashboard.errors import ImportProblem, nearest
from dashboard.model import Step

KNOWN: Mapping[str, Sequence[str]] = {
    "stance": model.STANCES,
    "effect": model.EFFECTS,
    "alliance_aspect": model.ALLIANCE_ASPECTS,
    "fidelity": model.FIDELITIES,
    "resilience_potential": model.RESILIENCE_POTENTIALS,
    "rests_on": model.RESTS_ON,
}
EMPTY: Mapping[str, str] = {
    "effect": "not_known", "alliance_aspect": "", "fidelity": "unknown", "resilience_potential": "",
    "rests_on": "",
}  # fmt: skip
SAME: Mapping[str, Mapping[str, str]] = {
    "stance": {
        "as_prescribed": "as_written",
        "adaptation": "adapted",
        "workaround": "worked_around",
        "work_around": "worked_around",
        "omission": "left_out",
        "omitted": "left_out",
        "addition": "added",
    },
    "effect": {"unknown": "not_known", "help": "helps", "harm": "harms"},
    "fidelity": {"unclear": "unknown", "not_known": "unknown"},
    "reason_level": {
        "organization": "organisation",
        "organisation_setting": "organisation",
        "organization_setting": "organisation",
        "clinician": "provider",
        "patient": "recipient",
    },
    "phase": {
        "before_intake": "before",
        "intake": "before",
        "start": "session_start",
        "between_sessions": "between",
        "ending_follow_up": "ending",
        "follow_up": "ending",
    },
}


WITHDRAWN = ("withdrawn", "återkallat", "återkallad")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}(?!\d)")
_OTHER_DAY = re.compile(r"\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}(?!\d)|\d{4}[/.]\d{1,2}[/.]\d{1,2}(?!\d)|\d{4}-\d{1,2}-\d")


def slug(text: str) -> str:
    """Return a name as an identifier: lower case, words joined by underscores, letters of any script kept."""
    return re.sub(r"[^\w]+", "_", text.strip().casefold()).strip("_")


def word(column: str, value: str, *, where: str) -> str:
    """Return a value in the product's own word for it. Raises with the nearest match where there is none."""
    plain = slug(value)
    if not plain and column in EMPTY:
        return EMPTY[column]
    plain = SAME.get(column, {}).get(plain, plain)
    if plain not in KNOWN[column]:
        raise ImportProblem(f"{value!r} is not a known {column}.", where=where, remedy=nearest(plain, KNOWN[column]))
    return plain


def phase(value: str) -> tuple[str, str]:
    """Return a phase and a warning: phases are an open list, so an unknown one is kept and pointed out."""
    plain = slug(value)
    plain = SAME["phase"].get(plain, plain)
    if not plain or plain in model.PHASES:
        return plain, ""
    return value.strip(), f"The phase {value!r} is not one of the usual ones. {nearest(plain, model.PHASES)}"


def reason_level(reason: str) -> str:
    """Return the FRAME level of a reason, the word before its colon: organisation, provider, recipient, …"""
    level = slug(reason.partition(":")[0])
    return SAME["reason_level"].get(level, level)


def consent(value: str, *, where: str) -> bool:
    """Return whether a cell gives consent; an empty one and "withdrawn" give none. Raises where it says neither."""
    return slug(value) not in WITHDRAWN and yes_or_no(value, where=where)


def year(value: str, *, where: str) -> str:
    """Return a year or a day as written. Raises for a day that is none, is not YYYY-MM-DD, or is yet to come."""
    day = _DAY.match(value)
    found = re.fullmatch(r"\d{4}", value)
    problem = ""
    if day:
        try:
            is_future = date.fromisoformat(day[0]) > datetime.now(UTC).date()
        except ValueError:
            problem = "is not a day of the calendar"
        else:
            problem = "lies in the future" if is_future else ""
    elif _OTHER_DAY.match(value):
        problem = "is not written as YYYY-MM-DD"
    elif found and int(value) > datetime.now(UTC).year:
        problem = "lies in the future"
    if problem:
        raise ImportProblem(f"{value!r} {problem}.", where=where, remedy="Write a year (2018) or a day (2018-03-09).")
    return value


def yes_or_no(value: str, *, where: str) -> bool:
    """Return whether a cell says yes; an empty cell says no. Raises where it says neither."""
    plain = slug(value)
    if plain in {"", "0", "false", "no", "nej", "n"}:
        return False
    if plain in {"1", "true", "yes", "ja", "y", "x"}:
        return True
    raise ImportProblem(f"{value!r} is neither yes nor no.", where=where, remedy="Write true or false.")


def components_without_step(told: Iterable[str], steps: Iterable[Step]) -> list[str]:
    """Return a note for each component that somebody tells of and no step has: new, or misspelt; none without steps."""
    known = {step.component for step in steps}
    spelt = {slug(name) for name in known}
    new = [name for name in dict.fromkeys(told) if known and slug(name) not in spelt]
    return [f"The component {name!r} has no step in the protocol. {nearest(name, known)}" for name in new]
