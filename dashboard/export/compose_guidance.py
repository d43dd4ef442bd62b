"""The guidance page as a take-away: the written sources, and a change request for each step that bends."""

from collections.abc import Sequence

import pandas as pd

from dashboard.charts import words
from dashboard.charts.guidance_list import guidance_list
from dashboard.charts.guidance_words import guidance_about, guidance_facts, guidance_more, guidance_sentence
from dashboard.export.along import cut
from dashboard.export.change_request import requests, written
from dashboard.export.compose import assembled, quietly, within
from dashboard.export.takeaway import Section, Takeaway, plain
from dashboard.export.view import View
from dashboard.i18n import Translator
from dashboard.intake import Progress
from dashboard.measures.guidance import bends
from dashboard.model import Decision
from dashboard.query import records


def guidance(
    view: View, issuers: Sequence[str] = (), entries: Sequence[Decision] = (), say: Progress = quietly,
    most: int | None = None,
) -> Takeaway:  # fmt: skip
    """Return the written sources of the filters and of the given issuers, and a change request per step that bends.

    It takes along the first `most` of these steps, in the order of the work; the tables hold them all.
    `entries` are the ledger's: what was proposed and decided on those steps.
    """
    t, listed = view.t, tuple(issuers)
    steps = view.measure("guidance_by_step", view.filters, issuers=listed)
    documents = view.measure("guidance_by_document", view.filters, issuers=listed)
    none = not view.study["n_steps"]
    sentence = t.parts("overview.no_steps") if none else guidance_sentence(steps, t)
    every = pd.DataFrame([row for row in records(steps) if bends(row)], columns=steps.columns)
    taken, along = cut(every, most, "bending", t)
    bending = records(taken)
    about = guidance_about(t.of(view.study, "title"), view.filters.study_id, listed, t)
    facts = guidance_facts(steps, documents, view.rows("hidden_practice"), view.n_voices, t)
    decided = written(entries, view, [str(row["step_id"]) for row in bending])
    sources = [_sources(documents, plain(sentence), t)] if len(documents) else []
    return assembled(
        view, "guidance", t("question.guidance"), sentence, facts,
        sections=[*sources, *requests(view, bending, decided, say)],
        data=[view.data("guidance_by_document", documents), view.data("guidance_by_step", steps)],
        drawings=[guidance_list(steps, documents, view.rules, "", listed, within(taken), t)],
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
