"""Where a researcher brings a study of their own: files, voices, codes, import. Nothing for the public."""

from collections.abc import Mapping

import pandas as pd
import streamlit as st

from dashboard import code_table, drafting, i18n, intake, model, session, settings, widgets
from dashboard.charts.headline import headline
from dashboard.controls import as_label
from dashboard.draft import DEFAULTS, LARGEST, Draft
from dashboard.drafting import Material
from dashboard.errors import GapError
from dashboard.export import change_words, draft_words
from dashboard.i18n import Parts, Translator
from dashboard.importers.about import TEXTS
from dashboard.importers.mapping_file import PARTICIPANTS
from dashboard.measures.placement import conditions
from dashboard.model import Progress
from dashboard.query import records

WRITTEN_BESIDE = ("organisation", "country", "collected", "method", "ethics_note")
CHOSEN: Mapping[str, tuple[str, ...]] = {
    "kind": model.STUDY_KINDS, "disclosure": model.DISCLOSURES, "school": ("", *model.SCHOOLS),
}  # fmt: skip


def may_bring() -> bool:
    """Tell whether this reader may import: nobody in the public scope may."""
    return session.scope() == "team"


def parts() -> tuple[str, ...]:
    """Return the parts of the study page that this reader may open."""
    return ("about", "bring") if may_bring() else ("about",)


def first_part() -> str:
    """Return the part that opens where none is asked for: what was begun, else the study in the store."""
    return "bring" if may_bring() and session.own("draft", Draft).files else "about"


def put_in(draft: Draft, say: Progress) -> dict[str, object]:
    """Import the draft and return the report. Raises for a reader who may not, and where the files are not sound."""
    if not may_bring():
        raise GapError("Nothing can be imported here.", remedy="Start the server without --public to import.")
    prepared = intake.prepare(draft.request(), say)
    return intake.publish(settings.store_folder(), [prepared], say)[0]


def bring(t: Translator) -> None:
    """Lead from files to a study in the store, one step below the other; nothing changes before the last."""
    if not may_bring():
        return
    draft = session.own("draft", Draft)
    t = i18n.translator(t.language, draft.said.get("kind", ""))  # the words of its kind, not of the open study's
    head = st.container()
    _files(draft, t)
    sentence = t.parts("bring.head.lacking" if draft.material else "bring.head.nothing")
    with head:
        widgets.show("bring_head", headline(t("question.bring"), sentence, [], [], t))
    material = draft.material
    if material is None:
        return
    _inside(material, t)
    if material.needs_mapping:
        _voices(draft, material, t)
        st.header(t("bring.3"), anchor=False)
        st.write(t("bring.3.note"))
        live = st.empty()
        code_table.code_table(draft, material, t)
        _live(live, draft, t)
        st.download_button(
            t("bring.save"), draft.mapping_file, drafting.MAPPING_FILE, "text/plain", key="save_mapping",
            on_click="ignore",
        )  # fmt: skip
    is_sound = _yield(draft, t)
    _about(draft, material, t)
    _import(draft, material, is_sound, t)


def _files(draft: Draft, t: Translator) -> None:
    st.header(t("bring.1"), anchor=False)
    st.write(t("bring.1.note"))
    dropped = st.file_uploader(
        t("bring.drop"), accept_multiple_files=True, key=f"dropped_{draft.turn}", max_upload_size=LARGEST // 1_000_000,
    )  # fmt: skip
    bar = st.empty()
    if draft.take([(file.name, file.getvalue()) for file in dropped], lambda what, share: _show(bar, what, share)):
        bar.empty()
    if draft.trouble is not None:
        st.error(t("bring.trouble"))
        st.text(str(draft.trouble))
    if draft.files:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.text(t("bring.have", files=", ".join(draft.files)))
            st.button(t("bring.forget"), key="forget", on_click=_forget, args=(draft,), type="tertiary")


def _forget(draft: Draft) -> None:
    """Begin anew: the files and all that was said of them are let go."""
    session.choose("_draft", draft.followed())


def _show(bar: "st.delta_generator.DeltaGenerator", what: str, share: float) -> None:
    bar.progress(min(1.0, share), text=as_label(what))


def _inside(material: Material, t: Translator) -> None:
    st.header(t("bring.inside"), anchor=False)
    st.text(draft_words.inside_sentence(material, t))
    if material.bundle.warnings:
        widgets.show("draft_notes", draft_words.notes(material.bundle.warnings))
    found = drafting.samples(material.bundle)
    if found:
        with st.expander(t("bring.samples"), key="draft_samples"):
            widgets.show("draft_quotes", draft_words.samples(found, t))


def _voices(draft: Draft, material: Material, t: Translator) -> None:
    st.header(t("bring.2"), anchor=False)
    st.write(t("bring.2.note"))
    key = f"whose_{draft.number}"
    if session.is_new(key):
        session.choose(key, draft.rules.participants)
    kind = st.segmented_control(
        t("bring.whose"), PARTICIPANTS, key=key, required=True, format_func=lambda name: t(f"bring.whose.{name}")
    )
    if kind != draft.rules.participants:
        draft.change(drafting.with_kind(draft.rules, str(kind)))
    table = f"voices_{draft.number}_{kind}"
    if session.is_new(table):
        session.own(f"{table}_was", lambda: drafting.whose(material, draft.rules))
    was = session.own(f"{table}_was", lambda: drafting.whose(material, draft.rules))
    rows = pd.DataFrame({"document": list(was), "voice": list(was.values())})
    config = {name: st.column_config.TextColumn(t(f"bring.voice.{name}"), required=True) for name in rows.columns}
    edited = st.data_editor(
        rows, key=table, hide_index=True, disabled=["document"], column_config=config, alt=t("bring.2.note"), width=620
    )
    said = dict(zip(edited["document"], edited["voice"].fillna(""), strict=True))
    draft.change(drafting.with_voices(draft.rules, material, said))
    n_voices = len(set(drafting.whose(material, draft.rules).values()))
    box = f"confirm_{draft.number}_{hash((kind, *said.values()))}"
    if session.is_new(box):
        session.choose(box, draft.is_confirmed)
    st.checkbox(t("bring.confirm", voices=t.count("voices", n_voices)), key=box, on_change=_confirm, args=(draft, box))


def _confirm(draft: Draft, box: str) -> None:
    draft.confirmed = draft.rules if session.is_on(box) else None


def _live(place: "st.delta_generator.DeltaGenerator", draft: Draft, t: Translator) -> None:
    """Say above the table what the mapping gives, after the table was read."""
    try:
        found = draft.yielded()
    except GapError:
        return
    missing = [t(f"bring.missing.{name}") for name in found.missing]
    place.text(" ".join([t("bring.live", said=_plain(draft_words.yield_sentence(found, t))), *missing]))


def _yield(draft: Draft, t: Translator) -> bool:
    """Show what the import will give; tell whether it can be worked out."""
    st.header(t("bring.4"), anchor=False)
    try:
        found = draft.yielded()
    except GapError as problem:
        st.error(t("bring.trouble"))
        st.text(str(problem))
        return False
    st.text(_plain(draft_words.yield_sentence(found, t)))
    widgets.show("draft_yield", draft_words.yields(found, t))
    if found.warnings:
        with st.expander(t.count("bring.notes", len(found.warnings)), key="draft_warnings"):
            widgets.show("draft_all_notes", draft_words.notes(found.warnings))
    return True


def _plain(parts: Parts) -> str:
    return "".join(text for text, _strong in parts)


def _about(draft: Draft, material: Material, t: Translator) -> None:
    st.header(t("bring.5"), anchor=False)
    with st.container(horizontal=True):
        _field(draft, "study_id", t, width=240, note=t("bring.about.study_id.help"))
        if material.about is not None:
            st.text(t("bring.about.given", file=material.about.name))
            return
        _recall(draft)
        _field(draft, "title", t, width=420)
    with st.container(horizontal=True):
        for name, values in CHOSEN.items():
            _choice(draft, name, values, t)
    with st.expander(t("bring.about.more"), key="about_more"):
        for name in WRITTEN_BESIDE:
            _field(draft, name, t)


def _recall(draft: Draft) -> None:
    """Where the id is that of a study in the store, begin with what that study says of itself."""
    study_id = draft.said.get("study_id", "")
    if (draft.stored.study_id if draft.stored else "") == study_id:
        return
    for name, value in draft.recall(_stored(study_id)).items():
        session.choose(f"about_{name}", value)


def _stored(study_id: str) -> model.Study | None:
    """Return the study that the store holds under this id, with its own rules and answers; None where there is none."""
    row = next((row for row in records(session.studies()) if row["study_id"] == study_id), None)
    if row is None:
        return None
    answers = records(session.ask("lists/reporting_answers", study_id=study_id))
    return model.Study(
        study_id=study_id,
        round=int(row["round"]),
        placement_rules=tuple(conditions(session.ask("lists/placement_rules", study_id=study_id))),
        answers=tuple((str(a["checklist"]), str(a["item"]), str(a["answer"]), str(a["answer_sv"])) for a in answers),
        **{name: row[name] for name in TEXTS},
    )


def _field(draft: Draft, name: str, t: Translator, width: int = 840, note: str | None = None) -> None:
    key = f"about_{name}"
    if session.is_new(key):
        session.choose(key, draft.said.get(name, ""))
    draft.said[name] = st.text_input(t(f"bring.about.{name}"), key=key, width=width, help=note).strip()


def _choice(draft: Draft, name: str, values: tuple[str, ...], t: Translator) -> None:
    key = f"about_{name}"
    if session.is_new(key):
        session.choose(key, draft.said.get(name) or DEFAULTS.get(name, values[0]))
    draft.said[name] = str(
        st.selectbox(
            t(f"bring.about.{name}"), values, key=key, format_func=lambda v: t(f"bring.{name}.{v}"), width=340,
            on_change=draft.chosen.add, args=(name,),
        )
    )  # fmt: skip


def _import(draft: Draft, material: Material, is_sound: bool, t: Translator) -> None:
    st.header(t("bring.6"), anchor=False)
    study_id = draft.said.get("study_id", "")
    taken = study_id in set(session.studies()["study_id"])
    may_replace = st.checkbox(t("bring.replace"), key=f"replace_{study_id}") if taken else True
    if taken and is_sound and st.toggle(t("bring.changes"), draft.is_light, key=f"changes_{study_id}"):
        _changes(draft, t)
    lacking = [
        name
        for name, is_there in (
            ("sound", is_sound), ("confirm", draft.is_confirmed or not material.needs_mapping), ("id", bool(study_id)),
            ("replace", may_replace),
        )
        if not is_there
    ]  # fmt: skip
    if lacking:
        st.text(t("bring.lacking", what=t.sequence([t(f"bring.lacking.{name}") for name in lacking])))
    is_asked = st.button(t("bring.import"), key="import", disabled=bool(lacking))
    bar = st.empty()
    if is_asked and not lacking:
        _do_import(draft, bar, t)
    with st.expander(t("bring.repeat"), key="repeat"):
        st.caption(t("bring.repeat.note"))
        st.code(draft.command(), language=None, wrap_lines=True)
        st.download_button(
            t("bring.about.save"), draft.about_file, drafting.ABOUT_FILE, "text/plain", key="save_about",
            on_click="ignore",
        )  # fmt: skip


def _changes(draft: Draft, t: Translator) -> None:
    """Show what the import would change of the study that the store holds under this id."""
    try:
        found = draft.changes(settings.store_folder())
    except GapError as problem:
        st.text(str(problem))
        return
    widgets.show("draft_changes", change_words.drawing(found, t))


def _do_import(draft: Draft, bar: "st.delta_generator.DeltaGenerator", t: Translator) -> None:
    study_id = draft.said["study_id"]
    try:
        put_in(draft, lambda what, share: _show(bar, what, share))
    except GapError as problem:
        bar.empty()
        st.error(t("bring.trouble"))
        st.text(str(problem))
        return
    session.choose("_imported", draft.said.get("title") or study_id)
    _forget(draft)
    cleared = dict.fromkeys(("tool", "phase", "duty", "place", "voices", "brief"), "")
    session.open_page("overview", {"study": study_id, **cleared})
