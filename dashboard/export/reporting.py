"""COREQ and SRQR, item by item: what the study's own data answer, what the study team answers, what is open."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

import pandas as pd

from dashboard import settings
from dashboard.export import document
from dashboard.export.data_answers import FACTS
from dashboard.export.document import Block, Cell, Section
from dashboard.export.facts import Facts
from dashboard.export.table import as_csv
from dashboard.i18n import Translator
from dashboard.importers.checklists import CHECKLISTS, Item, checklist

STATUSES = ("data", "team", "both", "open")


@dataclass(frozen=True)
class Answered:
    """One item of a checklist with its answer; `status` tells who answers: data, team, both, or nobody (open)."""

    item: Item
    answer: str
    status: str


def answered(key: str, facts: Facts, n_limits: int, t: Translator) -> list[Answered]:
    """Return every item of a checklist with its answer, in order. Nothing is guessed: what nobody answers is open."""
    found = []
    for item in checklist(key).items:
        given = facts.answers.get((key, item.number))
        by_team = t.of(given, "answer") if given else ""
        by_data = _by_data(item.fact, facts, n_limits, t)
        status = ("both" if by_data else "team") if by_team else ("data" if by_data else "open")
        found.append(Answered(item, " ".join(text for text in (by_team, by_data) if text), status))
    return found


def checklist_section(facts: Facts, n_limits: int, t: Translator) -> Section:
    """Return both checklists as tables, each under the count of what is answered."""
    blocks = [document.paragraph(t(f"method.report.{key}")) for key in ("intro", "interviews", "own")]
    for key in CHECKLISTS:
        blocks += _tables(key, answered(key, facts, n_limits, t), t)
    return document.section("report", t("method.report"), blocks)


def as_file(key: str, facts: Facts, n_limits: int, t: Translator) -> bytes:
    """Return one checklist as a CSV file that says of which study, data and day it is."""
    study = facts.study
    rows = pd.DataFrame(
        [
            (
                a.item.number,
                _of(a.item, "group", t),
                _of(a.item, "topic", t),
                _of(a.item, "text", t),
                a.answer,
                a.status,
            )
            for a in answered(key, facts, n_limits, t)
        ],
        columns=["item", "domain", "topic", "question", "answer", "answered_by"],
    )
    name = f"{checklist(key).name} · {t.of(study, 'title')} ({study['study_id']}) · {t('chip.' + study['kind'])}"
    made = f"{t('product')} {settings.PROGRAM_VERSION} · {facts.generation} · {date.today()}"
    return as_csv(rows, [name, made, checklist(key).source, t("footer")])


def _tables(key: str, items: Sequence[Answered], t: Translator) -> list[Block | None]:
    about = checklist(key)
    n = {status: sum(a.status == status for a in items) for status in STATUSES}
    total = t.parts(
        "method.report.sum",
        name=about.name,
        answered=len(items) - n["open"],
        total=len(items),
        source=about.source,
        **n,
    )
    blocks: list[Block | None] = [document.heading(about.name), document.paragraph(total)]
    columns = [t(f"method.report.{column}") for column in ("no", "item", "answer", "from")]
    for group, members in groupby(items, key=lambda a: _of(a.item, "group", t)):
        rows = [_row(a, t) for a in members if a.status != "open"]
        blocks.append(document.table(f"{about.name} · {group}", columns, rows, wide=True))
    open_items = [a.item for a in items if a.status == "open"]
    if open_items:
        blocks.append(document.heading(t("method.report.still_open", name=about.name, n=len(open_items))))
        blocks.append(document.listing(f"{i.number} · {_of(i, 'topic', t)}: {_of(i, 'text', t)}" for i in open_items))
    return blocks


def _row(a: Answered, t: Translator) -> list[Cell]:
    what: Cell = {"text": _of(a.item, "topic", t), "under": _of(a.item, "text", t)}
    return [a.item.number, what, a.answer, t(f"method.report.{a.status}")]


def _of(item: Item, column: str, t: Translator) -> str:
    return t.of(vars(item), column)


def _by_data(fact: str, facts: Facts, n_limits: int, t: Translator) -> str:
    if fact == "limitations":
        return t("method.fact.limitations", n=n_limits, title=t("method.limits"))
    return FACTS[fact](facts, t) if fact else ""
