"""The control room of a talk: its scenes, the chosen one as the room will see it, and what can be changed of it."""

from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache, partial
from importlib import resources
from typing import Any

import streamlit as st

from dashboard import drawn_talk, session, settings, talks
from dashboard.charts.words import Drawing
from dashboard.errors import GapError
from dashboard.i18n import Translator
from dashboard.importers import scenes
from dashboard.model import Filters
from dashboard.query import records
from dashboard.talk import ABOUT_A_STEP, FIGURES, Scene, Talk

TEXTS = ("title", "title_sv", "sentence", "sentence_sv", "notes", "notes_sv")
ADDED = ("words", "estimate")


def may_edit() -> bool:
    """Tell whether this reader may see and change the talk: nobody in the public scope may."""
    return session.scope() == "team"


def stamp() -> tuple[int, ...]:
    """Return what changes when the chosen study's talk is edited."""
    return talks.stamp(settings.store_folder(), session.study_id())


def talk() -> Talk:
    """Return the chosen study's talk; do not change it."""
    study = session.study_id()
    return session.drawn(("talk", study, stamp()), lambda: talks.load(settings.store_folder(), study))


def drawn() -> Drawing:
    """Return the talk as the stage draws it, kept while neither the talk nor the study changes; do not change it."""
    return drawn_talk.drawn(session.study_id(), session.language(), session.scope(), session.generation_path())


@lru_cache(maxsize=1)
def _preview() -> Callable[..., Any]:
    folder = resources.files("dashboard") / "drawings"
    files = sorted((folder / "scene").iterdir(), key=lambda file: file.name)
    styles = [
        folder / "drawing.css",
        *(f for f in files if f.name.endswith(".css")),
        folder / "preview" / "preview.css",
    ]
    scripts = [folder / "pieces.js", *(f for f in files if f.name.endswith(".js")), folder / "preview" / "preview.js"]
    return st.components.v2.component(
        "preview",
        html='<div class="preview"></div>\n',
        css="\n".join(file.read_text(encoding="utf-8") for file in styles),
        js="\n".join(file.read_text(encoding="utf-8") for file in scripts),
    )


def preview(scene: Drawing) -> None:
    """Show a scene as the room will see it, with all of its lines."""
    _preview()(data={"scene": scene}, key="preview")


def editor(scene: Scene, t: Translator) -> None:
    """Offer to change a scene, to move it, and to take it out of the talk."""
    _say_what_happened(t)
    coming = f"{scene.scene_id}_{'_'.join(map(str, stamp()))}"
    with st.container(horizontal=True, gap="small", vertical_alignment="center", key="order"):
        st.button(t("present.earlier"), on_click=_change, args=(scene.scene_id, "earlier"), key="earlier")
        st.button(t("present.later"), on_click=_change, args=(scene.scene_id, "later"), key="later")
        with st.popover(t("present.remove"), key="remove"):
            st.button(t("present.remove.sure"), on_click=_change, args=(scene.scene_id, "remove"), key="remove_sure")
    with st.form(f"scene_{coming}", border=False, enter_to_submit=False):
        _texts(scene, coming, t)
        _subjects(scene, coming, t)
        st.form_submit_button(t("present.save"), on_click=_save, args=(scene, coming), key=f"save_{coming}")


def _texts(scene: Scene, coming: str, t: Translator) -> None:
    for name in ("title", "sentence", "notes"):
        area = partial(st.text_area, height=150) if name == "notes" else st.text_input
        with st.container(horizontal=True, gap="medium"):
            for twin in (name, f"{name}_sv"):
                area(t(f"present.{twin}"), getattr(scene, twin), key=f"{twin}_{coming}")
    st.caption(t("present.numbers"))
    if scene.view == "words":
        with st.container(horizontal=True, gap="medium"):
            for at, name in enumerate(("points", "points_sv")):
                lines = "\n".join(point[at] for point in scene.points)
                st.text_area(t(f"present.{name}"), lines, key=f"{name}_{coming}", height=120)


def _subjects(scene: Scene, coming: str, t: Translator) -> None:
    """Offer what the scene is about, and how it comes."""
    with st.container(horizontal=True, gap="medium", vertical_alignment="bottom"):
        if scene.view in (*ABOUT_A_STEP, "gaps", "lanes", "compare"):
            names = step_names(t)
            said = names.__getitem__
            known = [step for step in scene.steps if step in names]
            if scene.view in ABOUT_A_STEP:
                at = list(names).index(known[0]) if known else 0
                st.selectbox(t("present.step"), list(names), at, said, key=f"steps_{coming}", width=520)
            else:
                st.multiselect(t("present.steps"), list(names), known, format_func=said, key=f"steps_{coming}")
        if scene.view == "words":
            figures = ("", *FIGURES)
            st.selectbox(
                t("present.figure"), figures, figures.index(scene.figure), key=f"figure_{coming}", width=320,
                format_func=lambda name: t(f"present.figure.{name or 'none'}"),
            )  # fmt: skip
        st.number_input(t("present.minutes"), 0.5, 60.0, scene.minutes, 0.5, key=f"minutes_{coming}", width=160)
        st.toggle(t("present.one_by_one"), scene.one_by_one, key=f"one_by_one_{coming}")


def step_names(t: Translator) -> dict[str, str]:
    """Return the steps of the study, as a list names them."""
    rows = records(session.ask("lists/steps", study_id=session.study_id()))
    return {str(row["step_id"]): f"{row['step_id']} · {t.of(row, 'step')}" for row in rows}


def adder(t: Translator) -> None:
    """Offer a new scene of words or a question; pictures are kept from the pages that show them."""
    with st.popover(t("present.add"), key="add"):
        st.caption(t("present.add.note"))
        for view in ADDED:
            st.button(t(f"present.add.{view}"), on_click=_add, args=(view,), key=f"add_{view}")


def file(t: Translator) -> None:
    """Offer the talk as its file, and the way back to the one that came with the study."""
    folder, study = settings.store_folder(), session.study_id()
    st.download_button(
        t("present.file"), partial(scenes.written, talk()), f"talk-{study}.toml", "application/toml", type="tertiary",
        key="talk_file", on_click="ignore",
    )  # fmt: skip
    if talks.is_edited(folder, study) and talks.came(folder, study):
        with st.popover(t("present.discard"), key="discard"):
            st.caption(t("present.discard.note"))
            st.button(t("present.discard.sure"), on_click=_discard, key="discard_sure")


def keep(change: Callable[[Talk], Talk], said: str) -> bool:
    """Change the talk and keep it; what goes wrong is said on the next run, and the old talk stands."""
    try:
        if not may_edit():
            raise GapError("The talk cannot be changed here.", remedy="Start the server without --public.")
        talks.save(settings.store_folder(), change(talk()))
    except GapError as problem:
        session.choose("_talk_problem", str(problem))
        return False
    session.choose("_talk_said", said)
    return True


def new_id(view: str, known: Talk) -> str:
    """Return an id that no scene of the talk has."""
    return next(name for n in range(1, 1000) if known.at(name := view if n == 1 else f"{view}-{n}") < 0)


def _add(view: str) -> None:
    known = talk()
    scene = Scene(new_id(view, known), view, Filters(session.study_id()))
    if view == "words":
        t = session.translator()
        scene = replace(scene, sentence=t("present.new"))
    else:
        scene = replace(scene, steps=tuple(str(s) for s in session.ask(
            "lists/steps", study_id=session.study_id())["step_id"][:1]))  # fmt: skip
    if keep(lambda old: old.with_scene(scene), "added"):
        session.choose("scene", scene.scene_id)


def _change(scene_id: str, how: str) -> None:
    by = {"earlier": -1, "later": 1}
    if how in by:
        keep(lambda old: old.moved(scene_id, by[how]), "moved")
    elif keep(lambda old: old.without(scene_id), "removed"):
        session.choose("scene", "")


def _save(scene: Scene, coming: str) -> None:
    """Keep what the form holds."""
    texts: dict[str, Any] = {name: session.chosen(f"{name}_{coming}").strip() for name in TEXTS}
    changed = replace(
        scene, **texts, minutes=float(session.chosen(f"minutes_{coming}") or scene.minutes),
        one_by_one=session.is_on(f"one_by_one_{coming}"),
    )  # fmt: skip
    if scene.view in ABOUT_A_STEP:
        changed = replace(changed, steps=(session.chosen(f"steps_{coming}"),))
    elif scene.view in ("gaps", "lanes", "compare"):
        changed = replace(changed, steps=session.many(f"steps_{coming}"))
    if scene.view == "words":
        here, there = (session.chosen(f"{name}_{coming}").split("\n") for name in ("points", "points_sv"))
        lines = [line.strip() for line in here if line.strip()]
        twins = [line.strip() for line in there if line.strip()]
        twins = twins + [""] * (len(lines) - len(twins)) if twins else [""] * len(lines)
        changed = replace(
            changed, points=tuple(zip(lines, twins, strict=False)), figure=session.chosen(f"figure_{coming}")
        )
    keep(lambda old: old.with_scene(changed), "saved")


def _discard() -> None:
    talks.discard(settings.store_folder(), session.study_id())
    session.choose("scene", "")


def _say_what_happened(t: Translator) -> None:
    if said := session.take("_talk_said"):
        st.toast(t(f"present.said.{said}"))  # the button pressed may be far below: it is said where the reader looks
    if problem := session.take("_talk_problem"):
        st.error(t("present.failed"))
        st.text(problem)
