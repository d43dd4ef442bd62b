"""What a reader takes away from the page on screen: a file in the format of their choice, made when they ask for it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path

import streamlit as st

from dashboard import generations, ledger, session, settings, sides, store
from dashboard.charts.compare_words import STUDIES, Ends
from dashboard.export import change_request, compose, compose_compare, compose_guidance, compose_library
from dashboard.export.formats import MEDIA, OFFERED, WRITERS
from dashboard.export.takeaway import Takeaway
from dashboard.export.view import View, view_of
from dashboard.i18n import Translator
from dashboard.measures.compare import compare_by_step
from dashboard.measures.placement import ranked
from dashboard.model import Filters, Scope, Side
from dashboard.query import records


@dataclass(frozen=True)
class Asked:
    """What the reader looks at when a file is asked for; a file is made outside of the page, so it holds everything."""

    page: str
    path: str
    scope: Scope
    filters: Filters
    language: str
    steps: tuple[str, ...]
    harm: bool
    issuers: tuple[str, ...]
    compared: tuple[Side, Side, Ends] | None


def offer(t: Translator) -> None:
    """Offer the page as a file, in each format that makes sense for it; nothing is made before it is asked for."""
    page = session.page()
    if page not in OFFERED or not int(session.study()["n_voices"]):
        return
    with st.popover(t("take"), key="take", on_change="rerun") as opened:
        if not opened.open:
            return
        st.caption(t("take.note"))
        steps = _steps(page, t)
        asked = _asked(page, steps, t)
        for kind in OFFERED[page]:
            st.download_button(
                t(f"take.{kind}"), partial(made, kind, asked), f"{page}-{session.study_id()}.{kind}", MEDIA[kind],
                key=f"take_{kind}", on_click="ignore", width="stretch",
            )  # fmt: skip


def made(kind: str, asked: Asked) -> bytes:
    """Return the page as a file; runs on the click, outside of the page."""
    generation = generations.Generation(0, Path(asked.path))
    connection = store.open_generation(generation)
    try:
        name = generation.path.stem
        view = view_of(connection, asked.filters, asked.language, name, date.today(), asked.scope)
        makers: Mapping[str, Callable[[], Takeaway]] = {
            "overview": lambda: compose.overview(view, chosen=asked.steps, harm=asked.harm),
            "component": lambda: compose.component(view),
            "step": lambda: _brief(view, asked.steps),
            "guidance": lambda: compose_guidance.guidance(view, asked.issuers, ledger.read(settings.store_folder())),
            "practice": lambda: compose_library.practice(view),
            "themes": lambda: compose_library.themes(view),
        }
        if asked.compared is not None:
            one, other, ends = asked.compared
            one_protocol = ends.by != STUDIES
            rows = compare_by_step(connection, one, other, same_people=ends.is_rounds, one_protocol=one_protocol)
            studies = {str(row["study_id"]): row for row in records(view.ask("lists/studies"))}
            both = dict.fromkeys((one.filters, other.filters))
            hidden = [replace(view, filters=filters).n_hidden for filters in both]
            taken = compose_compare.compare(view, rows, ends, hidden, studies)
        else:
            taken = makers[asked.page]()
        return WRITERS[kind](taken, view.t, compose.quietly)
    finally:
        connection.close()


def _brief(view: View, steps: Sequence[str]) -> Takeaway:
    entries = ledger.read(settings.store_folder())
    return change_request.steps(view, steps, decisions=change_request.written(entries, view, steps))


def _asked(page: str, steps: tuple[str, ...], t: Translator) -> Asked:
    filters = session.filters()
    if page == "component":
        filters = replace(filters, component_ids=(session.chosen("component"),))
    compared = None
    if page == "compare" and sides.settle():
        pair = sides.pair(t)
        compared = (pair.one, pair.other, pair.ends)
    path, scope = session.generation_path(), session.scope()
    return Asked(page, path, scope, filters, t.language, steps, session.is_on("harm"), session.many("issuer"), compared)


def _steps(page: str, t: Translator) -> tuple[str, ...]:
    """Return the steps to take along: the brief's; of the overview those chosen here; else the step on screen."""
    brief = session.many("brief")
    if page == "step":
        return brief or (session.chosen("step"),)
    if page != "overview":
        return ()
    first = records(ranked(session.measure("placement_by_step", session.filters())))
    names = {str(row["step_id"]): f"{row['step_id']} · {t.of(row, 'step')}" for row in first}
    session.settle_many("take_steps", list(names))
    st.multiselect(
        t("take.steps"), list(names), key="take_steps", format_func=lambda step: names[step],
        placeholder=t("take.steps.none"),
    )  # fmt: skip
    return session.many("take_steps") or tuple(step for step in brief if step in names)
