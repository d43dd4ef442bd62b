"""What a reader takes away from the page on screen: a file in the format of their choice, made when they ask for it."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path

import streamlit as st
from duckdb import DuckDBPyConnection

from dashboard import generations, ledger, session, settings, sides, store
from dashboard.charts.compare_words import STUDIES, Ends
from dashboard.errors import GapError
from dashboard.export import change_request, compose, compose_compare, compose_guidance, compose_library, pace
from dashboard.export.along import MOST, Way, said
from dashboard.export.formats import MEDIA, OFFERED, WRITERS
from dashboard.export.takeaway import Takeaway
from dashboard.export.view import View, view_of
from dashboard.i18n import Translator
from dashboard.making import Cancelled, Desk
from dashboard.measures.compare import compare_by_step
from dashboard.measures.placement import ranked
from dashboard.model import Filters, Progress, Scope, Side
from dashboard.query import records

LOOK_EVERY = 1.0  # seconds from one look at the files in the making to the next


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
        _desk().look(None)
        return
    with st.popover(t("take"), key="take", on_change="rerun") as opened:
        if not opened.open:
            session.keep("take_steps")  # a reader who closes it and looks at a gap finds the choice again
            if _desk().jobs:
                _desk().look(_asked(page, _chosen_steps(page), t))
            return
        st.caption(t("take.note"))
        asked = _asked(page, _steps(page, t), t)
        _desk().look(asked)
        desk = _desk()
        with st.container(horizontal=True, gap="small", key="take_formats"):
            for kind in OFFERED[page]:
                with st.container(key=f"take_{kind}", width="content"):
                    st.download_button(
                        t(f"take.name.{kind}"), partial(made, kind, asked, desk), f"{page}-{session.study_id()}.{kind}",
                        MEDIA[kind], key=f"file_{kind}_{desk.n_unmade}", on_click="ignore",
                    )  # fmt: skip
        st.caption(" · ".join(t(f"take.{kind}") for kind in OFFERED[page]))
        _in_the_making(desk, desk.n_unmade, t)


def _desk() -> Desk:
    return session.own("desk", Desk)


@st.fragment(run_every=LOOK_EVERY)
def _in_the_making(desk: Desk, n_unmade: int, t: Translator) -> None:
    """Show how far each file is that takes longer than a moment, with a way to stop it, and why one was not made.

    The framework says under a button, in its own words, that its file was not made; with a new button that is gone.
    """
    if desk.n_unmade != n_unmade:
        st.rerun()
    for name, problem in desk.unmade.items():
        st.caption(f"{t(f'take.name.{name}')}: {_why_unmade(problem, t)}")
    for job in desk.jobs:
        job.look()
        if time.monotonic() - job.begun < LOOK_EVERY / 2:
            continue
        with st.container(horizontal=True, vertical_alignment="center", gap="small", key=f"making_{job.number}"):
            name = t(f"take.name.{job.name}")
            said_now = t("take.stopping") if job.is_stopped else job.what or t("take.begin")
            st.progress(job.share, f"{name} · {said_now}")
            st.button(
                t("take.cancel.of", name=name), key=f"cancel_{job.number}", on_click=job.stop, type="tertiary",
                disabled=job.is_stopped,
            )  # fmt: skip


def _why_unmade(problem: Exception, t: Translator) -> str:
    if isinstance(problem, Cancelled):
        return t("take.cancelled")
    return str(problem) if isinstance(problem, GapError) else t("take.failed")


def made(kind: str, asked: Asked, desk: Desk) -> bytes:
    """Return the page as a file; runs on the click, outside of the page."""
    return desk.make(kind, lambda job: _file(kind, asked, job.say))


def _file(kind: str, asked: Asked, say: Progress) -> bytes:
    generation = generations.Generation(0, Path(asked.path))
    connection = store.open_generation(generation)
    try:
        name = generation.path.stem
        view = view_of(connection, asked.filters, asked.language, name, date.today(), asked.scope)
        taken = _taken(kind, view, asked, connection, pace.reading(say))
        return WRITERS[kind](taken, view.t, pace.writing(say))
    finally:
        connection.close()


def _taken(kind: str, view: View, asked: Asked, connection: DuckDBPyConnection, say: Progress) -> Takeaway:
    most, steps = MOST[kind], asked.steps
    say(view.t("take.progress.count"), 0.0)
    if asked.compared is not None:
        return _compared(view, asked.compared, connection)
    entries = ledger.read(settings.store_folder())
    makers: Mapping[str, Callable[[], Takeaway]] = {
        "overview": lambda: compose.overview(
            view, min(most, compose.FIRST), steps, say, harm=asked.harm, most=most, entries=entries
        ),
        "component": lambda: compose.component(view, say, most=most, entries=entries),
        "step": lambda: change_request.steps(
            view, steps, say, compose.written(entries, view, steps), most or len(steps)
        ),
        "guidance": lambda: compose_guidance.guidance(view, asked.issuers, entries, say, most, steps),
        "practice": lambda: compose_library.practice(view),
        "themes": lambda: compose_library.themes(view),
    }
    return makers[asked.page]()


def _compared(view: View, compared: tuple[Side, Side, Ends], connection: DuckDBPyConnection) -> Takeaway:
    one, other, ends = compared
    rows = compare_by_step(connection, one, other, same_people=ends.is_rounds, one_protocol=ends.by != STUDIES)
    studies = {str(row["study_id"]): row for row in records(view.ask("lists/studies"))}
    both = dict.fromkeys((one.filters, other.filters))
    hidden = [replace(view, filters=filters).n_hidden for filters in both]
    return compose_compare.compare(view, rows, ends, hidden, studies)


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


def _within_view(brief: tuple[str, ...], t: Translator) -> tuple[str, ...]:
    """Say which steps of the brief the guidance in view has, and return those."""
    view = session.measure("guidance_by_step", session.filters(), issuers=session.many("issuer"))
    inside = tuple(step for step in brief if step in set(view["step_id"]))
    left = len(brief) - len(inside)
    said = [t.count("take.brief.guidance", len(inside))] if inside else []
    said += [t.count("take.brief.outside", left)] if left else []
    if said:
        st.caption(" ".join(said))
    return inside


def _chosen_steps(page: str) -> tuple[str, ...]:
    """Return the steps to take along: the brief's; of the overview those chosen here; else the step on screen."""
    brief = session.many("brief")
    if page == "step":
        return brief or (session.chosen("step"),)
    if page == "guidance":
        return brief
    return (session.many("take_steps") or brief) if page == "overview" else ()


def _steps(page: str, t: Translator) -> tuple[str, ...]:
    """Let the reader of the overview choose steps, and return those to take along."""
    if page != "overview":
        chosen = _chosen_steps(page)
        if page == "guidance":
            return _within_view(chosen, t)
        if page == "step" and (brief := session.many("brief")):
            st.caption(t.count("take.brief.step", len(brief)))
        return chosen
    ranking = ranked(session.measure("placement_by_step", session.filters()))
    listed = ranking[ranking["n_harms"] > 0] if session.is_on("harm") else ranking
    names = {str(row["step_id"]): f"{row['step_id']} · {t.of(row, 'step')}" for row in records(ranking)}
    session.settle_many("take_steps", list(names))
    st.multiselect(
        t("take.steps"), list(names), key="take_steps", format_func=lambda step: names[step],
        placeholder=t("take.steps.none"),
    )  # fmt: skip
    taken = tuple(step for step in _chosen_steps(page) if step in names)
    way: Way = "chosen" if taken else "harm" if session.is_on("harm") else "first"
    st.caption(said(way, len(taken) or min(compose.FIRST, len(listed)), len(taken) or len(listed), t))
    return taken
