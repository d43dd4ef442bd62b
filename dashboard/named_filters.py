"""A measure asked for in words, as the command line does: filters, another side to compare with, what it is of."""

import inspect
from collections.abc import Iterable, Mapping, Sequence

import pandas as pd
from duckdb import DuckDBPyConnection

from dashboard import query
from dashboard.charts.opens import sound
from dashboard.errors import GapError, nearest
from dashboard.importers.vocabulary import slug
from dashboard.measures import DERIVED, MEASURES, compare_by_step, words_behind
from dashboard.measures.compare import groups, is_same_people, side_of
from dashboard.model import PHASES, Filters, Side
from dashboard.query import records

COMPARED = "compare_by_step"
NAMED = (*MEASURES, *DERIVED, COMPARED)
KEYS = ("study", "component", "phase", "obligation_level", "jurisdiction", "at_least")


def measured(
    name: str, filters: Sequence[str], against: Sequence[str], more: Sequence[str], connection: DuckDBPyConnection
) -> tuple[pd.DataFrame, list[str]]:
    """Return a measure's rows and the studies that they are of. Raises where a word means nothing here."""
    if name == COMPARED:
        if not against:
            raise GapError("A comparison has two sides.", remedy="Name the other one with --against.")
        (one, _), (other, _) = side(filters, connection), side(against, connection)
        same = is_same_people(connection, one, other)
        rows = compare_by_step(connection, one, other, same_people=same, one_protocol=same)
        return rows, list(dict.fromkeys([one.filters.study_id, other.filters.study_id]))
    if against:
        raise GapError(f"{name} takes one side only.", remedy=f"Only {COMPARED} takes --against.")
    chosen = filters_of(filters, connection)
    ask = {**MEASURES, **DERIVED}[name]
    taken = list(inspect.signature(ask).parameters)[2:]
    besides = {key: values[-1] for key, values in _pairs(more, taken, f"what {name} takes").items()}
    if name == words_behind.__name__:
        besides = _of_words(besides, chosen, connection)
    return ask(connection, chosen, **besides), [chosen.study_id]


def _of_words(of: Mapping[str, str], filters: Filters, connection: DuckDBPyConnection) -> dict[str, str]:
    """Return what the words are of. Raises where the study has no such step, practice, voice, tool or number."""
    found = dict(of)
    if "component" in found:
        found["component"] = _component_ids([found["component"]], filters.study_id, connection)[0]
    every = words_behind(connection, Filters(filters.study_id))
    listed = {"step": every["step_id"], "practice": every["practice_id"], "voice": every["participant_id"]}
    for key, values in listed.items():
        _known(key, {key: [found[key]]} if key in found else {}, values)
    asked = dict.fromkeys(("step", "practice", "component", "voice", "through", "category", "number", "group"), "")
    heard = sound(asked | found)
    for key, value in found.items():
        if heard[key] != value:
            raise GapError(
                f"{key}={value!r} means nothing here.",
                remedy="A number is of a step, a practice, a component or through=LENS category=NAME.",
            )
    return found


def filters_of(given: Sequence[str], connection: DuckDBPyConnection) -> Filters:
    """Return the filters that k=v pairs name. Raises where a word means nothing in the study."""
    return _filters(_pairs(given, KEYS, "a filter"), connection)


def side(given: Sequence[str], connection: DuckDBPyConnection) -> tuple[Side, str]:
    """Return one side of a comparison, and the group of voices that it is, as attribute:value, or "" for all of them.

    It is named by filters, and by at most one attribute=value of the study's voices.
    """
    study = next((pair.partition("=")[2] for pair in given if pair.startswith("study=")), "")
    attributes = groups(connection, study)
    found = _pairs(given, (*KEYS, *attributes), "a filter")
    filters = _filters(found, connection)
    named = [key for key in found if key in attributes]
    if len(named) > 1 or any(len(found[key]) > 1 for key in named):
        raise GapError("A side has one group.", remedy=f"Choose one value of one of {', '.join(attributes)}.")
    if not named:
        return side_of(connection, filters, study), ""
    value = found[named[0]][-1]
    if value not in attributes[named[0]]:
        raise GapError(f"There is no {named[0]} {value!r} here.", remedy=nearest(value, attributes[named[0]]))
    return side_of(connection, filters, study, named[0], value), f"{named[0]}:{value}"


def _pairs(given: Sequence[str], known: Sequence[str], what: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for pair in given:
        key, sign, value = pair.partition("=")
        if not sign or key not in known:
            raise GapError(f"{pair!r} is not {what}.", remedy=f"Write key=value. {nearest(key, known)}")
        found.setdefault(key, []).append(value)
    return found


def _filters(found: Mapping[str, list[str]], connection: DuckDBPyConnection) -> Filters:
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


def _known(key: str, found: Mapping[str, list[str]], values: Iterable[str]) -> tuple[str, ...]:
    """Return what a filter names. Raises where the study has no such value: an empty answer would mislead."""
    known = set(values)
    for value in found.get(key, []):
        if value not in known:
            raise GapError(f"There is no {key} {value!r} here.", remedy=nearest(value, known))
    return tuple(found.get(key, []))


def _component_ids(named: Sequence[str], study_id: str, connection: DuckDBPyConnection) -> tuple[str, ...]:
    """Return the ids of the components named, by id or by name."""
    rows = query.run(connection, "lists/components", {"study_id": study_id})
    known = {slug(str(row[column])): str(row["component_id"]) for row in records(rows)
             for column in ("component", "component_id")}  # fmt: skip
    for name in named:
        if slug(name) not in known:
            raise GapError(f"There is no component {name!r} in {study_id!r}.", remedy=nearest(slug(name), known))
    return tuple(known[slug(name)] for name in named)
