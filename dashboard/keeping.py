"""Keep what a page shows as a scene of the talk: page, filters and choices exactly as they are on screen."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import streamlit as st

from dashboard import presenting, session
from dashboard.addresses import PAGE_KEYS
from dashboard.i18n import Translator
from dashboard.measures import library
from dashboard.measures.library import FACETS
from dashboard.measures.placement import ranked
from dashboard.model import Filters
from dashboard.query import records
from dashboard.talk import Scene

VIEWS: Mapping[str, Sequence[str]] = {
    "overview": ("gaps", "map", "placements"),
    "component": ("lanes",),
    "step": ("step", "estimate"),
    "practice": ("practices", "unwritten"),
    "compare": ("compare",),
}
"""What of a page may become a scene; the first is what it shows most."""
LINES = 3


@dataclass(frozen=True)
class Subject:
    """What the page on screen is about, beside its filters."""

    filters: Filters
    steps: tuple[str, ...] = ()
    practices: tuple[str, ...] = ()


def offer(t: Translator) -> None:
    """Offer to keep the page on screen as a scene; nothing for the public, nor where there is nothing to keep."""
    page = session.page()
    if page not in VIEWS or not presenting.may_edit() or not int(session.study()["n_voices"]):
        return
    with st.popover(t("keep"), key="keep", on_change="rerun") as opened:
        if not opened.open:
            return
        if session.take("_talk_said"):
            st.toast(t("keep.kept"))
        if problem := session.take("_talk_problem"):
            st.error(t("present.failed"))
            st.text(problem)
        st.caption(t("keep.note"))
        session.settle("keep_view", VIEWS[page])
        if len(VIEWS[page]) > 1:
            st.segmented_control(
                t("keep.view"), VIEWS[page], key="keep_view", required=True, label_visibility="collapsed",
                format_func=lambda view: t(f"present.view.{view}"),
            )  # fmt: skip
        st.text_input(t("keep.title"), key="keep_title", max_chars=120)
        st.text_input(t("keep.sentence"), key="keep_sentence", max_chars=300, help=t("present.numbers"))
        st.button(t("keep.do"), on_click=_keep, args=(page,), key="keep_do")


def _keep(page: str) -> None:
    view, known = session.chosen("keep_view"), presenting.talk()
    subject = _subject(page, view)
    choices = {key: session.many(key) if key in FACETS else session.chosen(key) for key in PAGE_KEYS.get(page, ())}
    scene = Scene(
        presenting.new_id(view, known), view, subject.filters, title=session.chosen("keep_title").strip(),
        sentence=session.chosen("keep_sentence").strip(), steps=subject.steps, practices=subject.practices,
        page=page, choices={key: value for key, value in choices.items() if value},
    )  # fmt: skip
    if presenting.keep(lambda old: old.with_scene(scene), "added"):
        session.choose("scene", scene.scene_id)
        for text in ("keep_title", "keep_sentence"):
            session.choose(text, "")


def _subject(page: str, view: str) -> Subject:
    """Return what is on screen: the tool, the step, the gaps that are listed first, or the practices that are left."""
    filters = session.filters()
    if page == "component":
        return Subject(replace(filters, component_ids=(session.chosen("component"),)))
    if page == "step":
        return Subject(session.whole_study(), steps=(session.chosen("step"),))
    if view == "gaps":
        listed = ranked(session.measure("placement_by_step", filters))
        listed = listed[listed["n_harms"] > 0] if session.is_on("harm") else listed
        return Subject(filters, steps=tuple(str(step) for step in listed["step_id"][:LINES]))
    if view in ("practices", "unwritten"):
        return Subject(filters, practices=_practices(filters, view))
    return Subject(filters)


def _practices(filters: Filters, view: str) -> tuple[str, ...]:
    rows = session.measure("practice_library", filters)
    if opened := session.chosen("practice"):
        rows = rows[rows["practice_id"] == opened]
    else:
        rows = library.chosen(rows, {key: session.many(key) for key in (*FACETS, "effect", "fragile")})
    if view == "unwritten":
        rows = rows[rows["stance"] == "added"]
    return tuple(str(row["practice"] or row["practice_id"]) for row in records(rows)[:LINES])
