"""The guidance page as a take-away: the written sources, and a change request for each step that bends."""

from collections.abc import Mapping, Sequence

import pandas as pd

from dashboard.charts import words
from dashboard.charts.decisions import mark
from dashboard.charts.guidance_list import guidance_list
from dashboard.charts.guidance_words import fate_of, guidance_about, guidance_facts, guidance_more, guidance_sentence
from dashboard.charts.headline import followers_doubt
from dashboard.decided import OnStep
from dashboard.export.along import Way, cut
from dashboard.export.change_request import requests
from dashboard.export.compose import assembled, by_step, quietly, within, written
from dashboard.export.gap_section import source_of
from dashboard.export.takeaway import Section, Takeaway, plain
from dashboard.export.view import Row, View
from dashboard.i18n import Translator
from dashboard.measures.guidance import bends
from dashboard.model import Decision, Progress
from dashboard.query import records


def guidance(
    view: View, issuers: Sequence[str] = (), entries: Sequence[Decision] = (), say: Progress = quietly,
    most: int | None = None, chosen: Sequence[str] = (),
) -> Takeaway:  # fmt: skip
    """Return the written sources of the filters and of the given issuers, every step of theirs, and change requests.

    A change request is written for each step that bends, on which something was proposed or decided, or that is
    `chosen`; where there is none, for every step of the view. It takes along the first `most` of these, in the order
    of the work; the tables hold all steps. `entries` are the ledger's.
    """
    t, listed = view.t, tuple(issuers)
    steps = view.measure("guidance_by_step", view.filters, issuers=listed)
    documents = view.measure("guidance_by_document", view.filters, issuers=listed)
    doubts = view.rows("doubt_by_step")
    none = not view.study["n_steps"]
    sentence = t.parts("overview.no_steps") if none else guidance_sentence(steps, t)
    own = written(entries, view, list(steps["step_id"]))
    named = {step_id for step_id, on_step in own.items() if on_step.own} | set(chosen)
    picked = [row for row in records(steps) if bends(row) or row["step_id"] in named]
    way: Way = "bending" if all(bends(row) for row in picked) else "asked"
    every = pd.DataFrame(picked, columns=steps.columns) if picked else steps
    taken, along = cut(every, most, way if picked else "view", t)
    about = guidance_about(t.of(view.study, "title"), view.filters.study_id, listed, t)
    facts = guidance_facts(steps, documents, view.rows("hidden_practice"), view.n_voices, t)
    sources = [_sources(documents, plain(sentence), t), _steps(steps, own, doubts, view, t)] if len(documents) else []
    return assembled(
        view, "guidance", t("question.guidance"), sentence, facts,
        sections=[*sources, *requests(view, records(taken), own, say)],
        data=[view.data("guidance_by_document", documents), view.data("guidance_by_step", steps)],
        drawings=[guidance_list(steps, documents, view.rules, "", listed, within(taken), t, doubts)],
        more=guidance_more(steps, t), stamp=view.stamp(about=about), along=along,
    )  # fmt: skip


def _sources(documents: pd.DataFrame, sentence: str, t: Translator) -> Section:
    names = ("document", "hold", "bend", "not_raised", "n_steps")
    rows = [
        (" · ".join(part for part in (str(row["document"]), words.level_of_obligation(row, t)) if part),
         int(row["n_hold"]), int(row["n_bend"]), int(row["n_not_raised"]), int(row["n_steps"]))
        for row in records(documents)
    ]  # fmt: skip
    said = t("take.caption.documents")
    table = pd.DataFrame(rows, columns=[t(f"take.col.{name}") for name in names])
    return Section("sources", t("guidance.list.title"), sentence, is_drawn=True, table=table, caption=said,
                   notes=f"{sentence}\n{said}")  # fmt: skip


def _steps(steps: pd.DataFrame, own: Mapping[str, OnStep], doubts: pd.DataFrame, view: View, t: Translator) -> Section:
    """Return every step of the view: what becomes of it, what was proposed or decided, and where it is written."""
    step_ids = [str(row["step_id"]) for row in records(steps)]
    cites = tuple((source_of(view.steps[name], t), str(view.steps[name]["address"])) for name in step_ids)
    doubtful = by_step(doubts)
    table = pd.DataFrame({
        t("take.col.id"): step_ids,
        t("take.col.step"): [t.of(row, "step") for row in records(steps)],
        t("take.col.fate"): [_fate(row, doubtful.get(str(row["step_id"]), []), t) for row in records(steps)],
        t("take.col.asked"): [_asked(own[name], t) for name in step_ids],
        t("take.col.source"): [source for source, _address in cites],
    })  # fmt: skip
    if not table[t("take.col.asked")].any():
        table = table.drop(columns=t("take.col.asked"))
    said = t.count("steps", len(step_ids))
    return Section("steps", t("take.every_step"), said, is_drawn=True, table=table, caption=t("take.every_step"),
                   notes=said, cites=cites)  # fmt: skip


def _fate(row: Row, doubts: Sequence[Row], t: Translator) -> str:
    """Return what becomes of a step, and of those who follow it who sees a mixed effect or harm."""
    doubt = followers_doubt(doubts, t)
    return t(f"guidance.fate.{fate_of(row)}") + (f". {doubt}" if doubt else "")


def _asked(on_step: OnStep, t: Translator) -> str:
    """Return the newest text proposed on a step and the newest decision, as marks; "" where there is neither."""
    proposed = t("decision.proposal") if on_step.proposal else ""
    return "; ".join(part for part in (proposed, mark(on_step.decision, t)) if part)
