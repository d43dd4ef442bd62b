"""The two sides that a scene compares, from its choices; the same as the page that it was kept from."""

from collections.abc import Mapping
from dataclasses import replace

import pandas as pd

from dashboard import access
from dashboard.charts.compare_words import ATTRIBUTE, ROUNDS, STUDIES, Ends
from dashboard.errors import GapError
from dashboard.export.compose_compare import ends_of
from dashboard.export.view import Row, View
from dashboard.measures.compare import groups_of
from dashboard.model import Side
from dashboard.query import records
from dashboard.talk import Scene


def sides(scene: Scene, view: View) -> tuple[tuple[Side, Side], Ends]:
    """Return both sides and how they are called. Raises where the reader has no such two sides."""
    studies = _open_studies(view)
    way, _, attribute = (_chosen(scene, "by") or ROUNDS).partition(":")
    own = view.filters.study_id
    ids, groups = (own, own), ("", "")
    if way == ROUNDS:
        ids = _rounds(scene, studies, own, view)
    elif way == STUDIES:
        ids = (_chosen(scene, "one") or own, _chosen(scene, "other"))
    else:
        groups = (f"{attribute}:{_chosen(scene, 'one')}", f"{attribute}:{_chosen(scene, 'other')}")
    if not all(study_id in studies for study_id in ids) or (way != ATTRIBUTE and ids[0] == ids[1]):
        raise GapError(view.t("scene.problem.sides"))
    one, other = (_side(view, ids[at], groups[at]) for at in (0, 1))
    known = tuple({str(row["participant_id"]) for row in records(_people(view, study_id))} for study_id in ids)
    ends = ends_of((one, other), groups, studies, (known[0], known[1]), way == ROUNDS, view.t)
    return (one, other), ends


def _rounds(scene: Scene, studies: Mapping[str, Row], own: str, view: View) -> tuple[str, str]:
    """Return the round before and the later one: those chosen, else the last two."""
    series = [row for row in studies.values() if row["series"] and row["series"] == view.study["series"]]
    found = [str(row["study_id"]) for row in sorted(series, key=lambda row: (row["round"], row["study_id"]))]
    if len(found) < 2:
        return own, own
    return _chosen(scene, "one") or found[-2], _chosen(scene, "other") or found[-1]


def _side(view: View, study_id: str, group: str) -> Side:
    filters = replace(view.filters, study_id=study_id)
    if not group:
        return Side(filters)
    attribute, _, value = group.partition(":")
    voices = groups_of(_people(view, study_id)).get(attribute, {}).get(value)
    if voices is None:
        raise GapError(view.t("scene.problem.sides"))
    return Side(filters, voices)


def _people(view: View, study_id: str) -> pd.DataFrame:
    return view.ask("lists/participants", study_id=study_id)


def _open_studies(view: View) -> Mapping[str, Row]:
    rows = records(view.ask("lists/studies"))
    return {str(row["study_id"]): row for row in rows if access.can_see_study(view.scope, str(row["disclosure"]))}


def _chosen(scene: Scene, key: str) -> str:
    found = scene.choices.get(key, "")
    return found if isinstance(found, str) else next(iter(found), "")
