"""Which guidance holds and which bends: by obligation and tool, and document by document.

Draws the measures guidance_by_document, guidance_by_step and doubt_by_step.
"""

from collections.abc import Mapping, Sequence
from itertools import groupby

import pandas as pd

from dashboard.charts import theme, words
from dashboard.charts.guidance_words import fates, line
from dashboard.charts.headline import followers_doubt
from dashboard.charts.placement_why import placement_why
from dashboard.charts.words import Drawing, Row, To
from dashboard.i18n import Parts, Translator
from dashboard.measures.guidance import LAW, SOURCE, counts, weight
from dashboard.measures.placement import NOT_RAISED
from dashboard.model import PLACEMENTS, PlacementCondition
from dashboard.query import records

SHOWN = 6
"""How many documents of one obligation level stand open to view; the others are one click away."""
Source = tuple[str, ...]


def guidance_list(
    steps: pd.DataFrame,
    documents: pd.DataFrame,
    rules: Sequence[PlacementCondition],
    opened: str,
    issuers: Sequence[str],
    to: To,
    t: Translator,
    doubts: pd.DataFrame | None = None,
) -> Drawing:
    """Return the table of obligation by tool, and the documents by obligation, law first.

    `opened` is the title of the document whose steps stand open, as those of an only document always do; `issuers`
    go along with the table's links. `doubts` are the rows of doubt_by_step.
    """
    if steps.empty:
        return {"kind": "empty", "text": t("overview.none")}
    shown = str(documents["document"].iloc[0]) if len(documents) == 1 else opened or None
    of_source: dict[Source, list[Row]] = {}
    for row in records(steps):
        of_source.setdefault(_source(row), []).append(row)
    doubtful = {
        str(step_id): followers_doubt(list(rows), t)
        for step_id, rows in groupby(records(doubts) if doubts is not None else [], key=lambda row: row["step_id"])
    }
    levels = []
    for name, group in groupby(records(documents), key=lambda row: str(row["obligation_level"])):
        found = list(group)
        items = [_document(row, of_source[_source(row)], rules, shown, doubtful, to, t) for row in found]
        levels.append(_level(name, found, items, of_source, t))
    return {
        "kind": "guidance",
        "matrix": _matrix(records(steps), issuers, to, t),
        "title": t("guidance.list.title"),
        "note": t("guidance.list.note"),
        "scale": {"none": t("map.none"), "all": t("map.all"), "notRaised": t("map.not_raised")},
        "legend": words.legend(t),
        "levels": levels,
    }


def _matrix(steps: Sequence[Row], issuers: Sequence[str], to: To, t: Translator) -> Drawing | None:
    """Return a row per obligation level and a column per tool; None where that would be a single cell."""
    levels = sorted({str(row["obligation_level"]) for row in steps}, key=weight)
    tools = {str(row["component_id"]): t.of(row, "component") for row in steps}
    if len(levels) * len(tools) < 2:
        return None
    kept = {"issuer": list(issuers)} if issuers else {}

    def cell(level: str, tool: str) -> Drawing | None:
        found = [row for row in steps if row["obligation_level"] == level and row["component_id"] == tool]
        name = f"{_level_name(level, t)} · {tools[tool]}"
        return _cell(found, name, to("guidance", tool=[tool], duty=[level], **kept), t) if found else None

    return {
        "title": t("guidance.matrix.title"),
        "note": t("guidance.matrix.note"),
        "label": t("guidance.matrix.label"),
        "corner": t("filter.duty"),
        "scale": {
            "none": t("guidance.scale.none"), "all": t("guidance.scale.all"), "notRaised": t("map.not_raised"),
        },
        "columns": [{"name": name, "to": to("guidance", tool=[tool], **kept)} for tool, name in tools.items()],
        "rows": [
            {
                "name": _level_name(level, t),
                "isLaw": level == LAW,
                "to": to("guidance", duty=[level], **kept) if level else None,
                "cells": [cell(level, tool) for tool in tools],
            }
            for level in levels
        ],
    }  # fmt: skip


def _cell(steps: Sequence[Row], name: str, to: Drawing, t: Translator) -> Drawing:
    found = counts(steps)
    told = found["n_steps"] - found["n_not_raised"]
    return {
        "text": t("guidance.cell", d=found["n_bend"], n=told) if told else "–",
        "level": theme.level(found["n_bend"] / told) if told else None,
        "label": f"{name}: {', '.join(line(fates(steps), t))}",
        "to": to,
    }


def _level(
    name: str, documents: Sequence[Row], items: Sequence[Drawing], of_source: Mapping[Source, list[Row]], t: Translator
) -> Drawing:
    steps = [step for row in documents for step in of_source[_source(row)]]
    rest = len(items) - SHOWN
    return {
        "name": _level_name(name, t),
        "isLaw": name == LAW,
        "under": [t.count("guidance.documents", len(items)), t.count("steps", len(steps))],
        "line": _strong_line(steps, t),
        "documents": items,
        "shown": SHOWN if rest > 1 else len(items),
        "rest": t("guidance.rest", n=rest) if rest > 1 else "",
        "isRestOpen": any(item["isOpen"] for item in items[SHOWN:]),
    }


def _document(
    row: Row, steps: Sequence[Row], rules: Sequence[PlacementCondition], opened: str | None,
    doubtful: Mapping[str, str], to: To, t: Translator,
) -> Drawing:  # fmt: skip
    title = str(row["document"])
    issuer = t.word("issuer", str(row["issuer"]))
    version = t("guidance.version", version=row["version"]) if row["version"] else ""
    under = [issuer if title else "", t.word("jurisdiction", str(row["jurisdiction"])), version, str(row["year"])]
    is_one = len(steps) == 1
    return {
        "title": title or issuer or t("method.written.unnamed"),
        "to": to("guidance", document=title) if title else None,
        "under": [part for part in under if part],
        "source": {"text": t("step.link"), "to": row["address"]} if _is_on_the_web(str(row["address"])) else None,
        "marks": [_mark(step, to, t) for step in steps],
        "line": _strong_line(steps, t),
        "bends": bool(row["n_bend"]),
        "placements": _placements(steps, t),
        "summary": t("guidance.its.one", step=t.of(steps[0], "step"))
        if is_one
        else t("guidance.its.many", n=len(steps)),
        "isOpen": title == opened,
        "steps": [_step(step, rules, to, t) | {"doubt": doubtful.get(str(step["step_id"]), "")} for step in steps],
        "suggestion": t("step.better.note"),
    }


def _mark(row: Row, to: To, t: Translator) -> Drawing:
    """Return one step as the map draws it: shaded by its gap, with how many raised it."""
    raised = int(row["n_raised"])
    return {
        "step": row["step_id"],
        "n": str(raised) if raised else "–",
        "level": theme.level(row["gap"]),
        "label": f"{t.of(row, 'step')}: {_tally(row, t)}",
        "to": to("step", str(row["step_id"])),
    }


def _step(row: Row, rules: Sequence[PlacementCondition], to: To, t: Translator) -> Drawing:
    placement, step_id = str(row["placement"]), str(row["step_id"])

    def behind(number: str) -> Drawing:
        return to("words", step=step_id, number=number)

    place = str(row["place"]) if row["place"] != "not checked against the source" else t("step.unchecked")
    marks = [step_id, t.of(row, "component"), place, t("step.core") if row["is_core"] else ""]
    harm = ".harm" if placement == "holds" and row["n_harms"] else ""
    return {
        "name": t.of(row, "step"),
        "to": to("step", step_id),
        "under": " · ".join(mark for mark in marks if mark),
        "strip": words.strip(row, t),
        "count": words.tally(row, t),
        "words": words.behind_tally(row, behind),
        "effects": words.effects(row, t, behind),
        "placement": t(f"placement.{placement}"),
        "why": placement_why(row, rules, t),
        "better": "" if placement == NOT_RAISED else t(f"step.better.{placement}{harm}"),
    }


def _placements(steps: Sequence[Row], t: Translator) -> list[str]:
    """Return what a document's steps ask for, a count where there are several, and of a single one its tally too.

    That a step holds or was not raised is said already.
    """
    found = [str(step["placement"]) for step in steps]
    named = [name for name in PLACEMENTS if name in found and name != "holds"]
    if len(found) == 1:
        told = [_tally(steps[0], t)] if steps[0]["n_clear"] else []
        return [*told, *(t(f"placement.{name}") for name in named)]
    return [t("guidance.placed", placement=t(f"placement.{name}"), n=found.count(name)) for name in named]


def _tally(row: Row, t: Translator) -> str:
    return "".join(text for text, _strong in words.tally(row, t))


def _strong_line(steps: Sequence[Row], t: Translator) -> Parts:
    """Return what becomes of some steps, that some bend in strong type."""
    found = fates(steps)
    bent = t.count("guidance.line.bend", found["bend"])
    parts: Parts = []
    for text in line(found, t):
        parts += [*([(" · ", False)] if parts else []), (text, bool(found["bend"]) and text == bent)]
    return parts


def _level_name(level: str, t: Translator) -> str:
    name = t.word("obligation", level)
    return name[:1].upper() + name[1:]


def _source(row: Row) -> Source:
    return tuple(str(row[column]) for column in SOURCE)


def _is_on_the_web(address: str) -> bool:
    return address.startswith(("http://", "https://"))
