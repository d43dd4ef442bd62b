"""What the codes mean: suggestions from their names, many codes at once, and a table with a column per dimension."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from dashboard import drafting, model, session
from dashboard.draft import Draft
from dashboard.drafting import DIMENSIONS, PRACTICE, Material
from dashboard.export.draft_words import code_label, value_name
from dashboard.i18n import Translator
from dashboard.importers.suggest import Suggestion

COLUMNS = (*DIMENSIONS[:3], "effect", PRACTICE, *(key for key in DIMENSIONS[3:] if key != "effect"))
CLOSED: Mapping[str, Sequence[str]] = {
    "stance": model.STANCES, "effect": model.EFFECTS, "alliance_aspect": model.ALLIANCE_ASPECTS,
    "fidelity": model.FIDELITIES, "resilience_potential": model.RESILIENCE_POTENTIALS, "rests_on": model.RESTS_ON,
    PRACTICE: ("yes", "no"), "phase": model.PHASES,
}  # fmt: skip
NATURES = (
    "tailoring", "adding", "removing", "shortening", "lengthening", "substituting", "reordering", "spreading",
    "integrating", "repeating", "loosening", "departing_then_returning", "drift",
)  # fmt: skip
EVERY, UNMAPPED, FOLDER, SET = "every", "unmapped", "folder:", "set:"
TALLEST = 620  # pixels


def code_table(draft: Draft, material: Material, t: Translator) -> None:
    """Show the codes with what they mean; every change goes into the draft, and can be taken back."""
    _suggestions(draft, material, t)
    listed = _narrowed(draft, material, t)
    _many(draft, material, listed, t)
    if listed:
        _table(draft, material, listed, t)


def _suggestions(draft: Draft, material: Material, t: Translator) -> None:
    found = draft.offered()
    if n_aside := len(drafting.suggested(material, draft.rules)) - len(found):
        st.button(
            t.count("bring.suggested.back", n_aside), key="aside_back", on_click=draft.offer_again, type="tertiary"
        )
    if not found:
        return
    with st.expander(t.count("bring.suggested", len(found)), key=f"suggested_{draft.number}"):
        st.caption(t("bring.suggested.note"))
        rows = pd.DataFrame(
            [
                (False, code_label(s.path), t(f"bring.key.{s.key}"), value_name(s.key, s.value, material, t), s.because)
                for s in found
            ],
            columns=["take", "code", "key", "value", "because"],
        )
        config = {name: st.column_config.Column(t(f"bring.suggested.{name}")) for name in rows.columns[1:]}
        config["take"] = st.column_config.CheckboxColumn(t("bring.suggested.take"))
        ticked = st.data_editor(
            rows, key=f"ticks_{draft.number}_{len(draft.past)}", hide_index=True, column_config=config,
            disabled=list(rows.columns[1:]), alt=t("bring.suggested.note"),
        )["take"]  # fmt: skip
        with st.container(horizontal=True):
            chosen = [s for s, is_taken in zip(found, ticked, strict=True) if is_taken]
            for name, taken in (("some", chosen), ("all", found)):
                st.button(
                    t(f"bring.suggested.{name}"), key=f"take_{name}", disabled=not taken, on_click=_take,
                    args=(draft, material, taken),
                )  # fmt: skip
            st.button(
                t("bring.suggested.aside"), key="put_aside", disabled=not chosen, on_click=draft.put_aside,
                args=(chosen,), type="tertiary",
            )  # fmt: skip


def _take(draft: Draft, material: Material, taken: Sequence[Suggestion]) -> None:
    rules = draft.rules
    for suggestion in taken:
        rules = drafting.with_values(rules, material, [suggestion.path], {suggestion.key: suggestion.value})
    draft.change(rules, anew=True)


def _narrowed(draft: Draft, material: Material, t: Translator) -> list[str]:
    """Return the paths of the codes that the reader looks at: by a search, a folder, a set, or what is not mapped."""
    bundle = material.bundle
    folders = [code.path for code in bundle.codes if any(other.parent == code.path for other in bundle.codes)]
    names = {EVERY: t("bring.codes.every"), UNMAPPED: t("bring.codes.unmapped")}
    names |= {f"{FOLDER}{path}": t("bring.codes.folder", name=code_label(path)) for path in folders}
    names |= {f"{SET}{name}": t("bring.codes.set", name=name) for name in bundle.code_sets}
    with st.container(horizontal=True, vertical_alignment="bottom"):
        group = st.selectbox(
            t("bring.codes.which"), list(names), key="codes_group", format_func=lambda name: names.get(name, name),
            width=340,
        )  # fmt: skip
        search = st.text_input(
            t("bring.codes.search"), key="codes_search", help=t("bring.codes.search.help"), width=340
        )
    inside = [code.path for code in bundle.codes if _is_in(code.path, group or EVERY, draft, material)]
    return [path for path in inside if _is_found(path, search.strip().casefold())]


def _is_in(path: str, group: str, draft: Draft, material: Material) -> bool:
    if group == UNMAPPED:
        return not any(drafting.value_of(draft.rules, path, key) for key in COLUMNS)
    if group.startswith(FOLDER):
        folder = group.removeprefix(FOLDER)
        return path == folder or path.startswith(f"{folder}/")
    return group == EVERY or path in material.bundle.code_sets.get(group.removeprefix(SET), ())


def _is_found(path: str, search: str) -> bool:
    if search.endswith("*"):
        return any(part.startswith(search[:-1]) for part in path.casefold().split("/"))
    return all(word in path.casefold() for word in search.split())


def _many(draft: Draft, material: Material, listed: Sequence[str], t: Translator) -> None:
    """Offer to set one thing for some of the codes, or for all of a list that was narrowed: never for every code."""
    is_narrowed = len(listed) < len(material.bundle.codes)
    with st.container(border=True):
        st.caption(t("bring.many.note"))
        some = st.multiselect(
            t("bring.many.codes"), listed, key="many_codes", format_func=code_label,
            placeholder=t.count("bring.many.all", len(listed)) if is_narrowed else t("bring.many.choose"),
        )  # fmt: skip
        with st.container(horizontal=True, vertical_alignment="bottom"):
            key = st.selectbox(
                t("bring.many.key"), COLUMNS, key="many_key", format_func=lambda name: t(f"bring.key.{name}"), width=260
            )
            value = st.selectbox(
                t("bring.many.value"), ["", *_options(key, draft, material)], key=f"many_value_{key}", width=420,
                format_func=lambda name: value_name(key, name, material, t) or t("bring.many.nothing"),
                accept_new_options=key not in CLOSED and key != "step",
            )  # fmt: skip
            paths = some or (listed if is_narrowed else [])
            label = t.count("bring.many.set", len(paths)) if paths else t("bring.many.set.none")
            st.button(
                label, key="many_set", on_click=_set, disabled=not paths,
                args=(draft, material, tuple(paths), key, value or ""),
            )  # fmt: skip
            st.button(t("bring.undo"), key="undo", on_click=draft.undo, disabled=not draft.past, type="tertiary")


def _set(draft: Draft, material: Material, paths: Sequence[str], key: str, value: str) -> None:
    draft.change(drafting.with_values(draft.rules, material, paths, {key: value}), anew=True)
    session.choose("many_codes", [])


def _options(key: str, draft: Draft, material: Material) -> list[str]:
    """Return the values on offer for a dimension: the closed list, or what the study and the mapping name so far."""
    used = [rule.sets[key] for rule in draft.rules.codes if key in rule.sets]
    known: Sequence[str] = CLOSED.get(key, ())
    if key == "step":
        known = [step.step_id for step in material.steps]
    elif key == "component":
        known = [step.component for step in material.steps]
    elif key == "frame_nature":
        known = NATURES
    return list(dict.fromkeys([*known, *used]))


def _table(draft: Draft, material: Material, listed: Sequence[str], t: Translator) -> None:
    key = f"codes_{draft.number}_{hash(tuple(listed))}"
    if session.is_new(key) or draft.base is None:
        draft.base = draft.rules
    base = draft.base
    n_codings = pd.Series([coding.code_path for coding in material.bundle.codings], dtype="object").value_counts()
    rows = pd.DataFrame(
        [
            (
                code_label(path),
                int(n_codings.get(path, 0)),
                *(drafting.value_of(base, path, c) or None for c in COLUMNS),
            )
            for path in listed
        ],
        columns=["code", "n", *COLUMNS],
    )
    edited = st.data_editor(
        rows, key=key, hide_index=True, disabled=["code", "n"], column_config=_config(draft, material, t),
        height=min(TALLEST, 38 + 35 * len(rows)), alt=t("bring.table.alt"), placeholder="",
    )  # fmt: skip
    rules = base
    for at, path in enumerate(listed):
        values = {c: _text(edited[c].iloc[at]) for c in COLUMNS if _text(edited[c].iloc[at]) != _text(rows[c].iloc[at])}
        if values:
            rules = drafting.with_values(rules, material, [path], values)
    draft.change(replace(draft.rules, codes=rules.codes))  # whose words they are was said above the table, since


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _config(draft: Draft, material: Material, t: Translator) -> dict[str, Any]:
    config: dict[str, Any] = {
        "code": st.column_config.TextColumn(t("bring.table.code"), pinned=True, width=360),
        "n": st.column_config.NumberColumn(t("bring.table.n"), width=70),
        "reason": st.column_config.TextColumn(t("bring.key.reason"), width=160),
    }
    for key in COLUMNS:
        if key not in config:
            config[key] = st.column_config.SelectboxColumn(
                t(f"bring.key.{key}"), options=_options(key, draft, material), width=260 if key == "step" else 170,
                format_func=partial(_named, key, material, t),
            )  # fmt: skip
    return config


def _named(key: str, material: Material, t: Translator, value: object) -> str:
    return value_name(key, str(value), material, t)
