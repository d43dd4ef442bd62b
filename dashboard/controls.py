"""The choices that a reader makes: address, language, shared filters, and what a page is about."""

import re
from collections.abc import Collection, Sequence

import pandas as pd
import streamlit as st

from dashboard import i18n, session, sides
from dashboard.addresses import FACETS
from dashboard.charts.practice_library import facet_choices
from dashboard.charts.words import Row
from dashboard.errors import GapError
from dashboard.i18n import Translator
from dashboard.measures import library
from dashboard.model import Filters
from dashboard.query import records

MARKDOWN = re.compile(r"([\\`*_{}\[\]()#+\-.!|~<>:$&])")
VOICE_CHOICES = ("1", "2", "3", "4", "5")
FACETS_OF_RESEARCH = ("fidelity", "reason", "potential")


def take_address() -> None:
    """Take the choices from the address, and settle those that it leaves open."""
    rows = session.studies()
    if rows.empty:
        raise GapError("No study in this store is open to you.", remedy="Ask whoever runs it, or import one.")
    known = list(rows["study_id"])
    asked = session.asked("study")
    study = asked if asked in known else known[0]
    if session.unknown_in_address(known):
        session.choose("missing", "study")
    offered = _offered(study)
    choices: dict[str, Collection[str]] = {"study": known, "voices": VOICE_CHOICES, "lang": i18n.LANGUAGES}
    session.restore(choices | offered | {"brief": _step_ids(study)})
    session.settle("study", known)
    session.settle("voices", VOICE_CHOICES)


def filter_bar(t: Translator) -> "st.delta_generator.DeltaGenerator":
    """Show the shared filters and make the address say what they say; return the place at their end.

    What a reader takes away is offered there once the page is drawn: in sight from the first moment on.
    """
    rows = session.studies()
    titles = {str(row["study_id"]): t.of(row, "title") for row in records(rows)}
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="filters"):
        st.selectbox(
            t("filter.study"), list(titles), format_func=lambda s: titles[s], key="study",
            label_visibility="collapsed", width=260,
        )  # fmt: skip
        for key, options in _offered(session.study_id()).items():
            _many(key, options, t)
        with st.popover(
            f"{t('filter.voices')} {t.count('voices', int(session.chosen('voices', '1')))}", key="pop_voices"
        ):
            st.radio(
                t("filter.voices.help"), VOICE_CHOICES, key="voices", horizontal=True,
                format_func=lambda k: t.count("voices", int(k)),
            )  # fmt: skip
        if session.is_filtered():
            st.button(t("filter.clear"), on_click=session.clear_filters, type="tertiary", key="clear")
        at_end = st.container(width="content", key="at_end")
    _settle_subject()
    if session.take("missing"):
        st.warning(t("address.unknown"))
    session.write_address()
    return at_end


def _settle_subject() -> None:
    """Settle what a page is about before the address is written, so that one visit is one entry of the history."""
    session.settle_many("brief", _step_ids(session.study_id()))
    if session.page() == "component":
        names = [
            str(row["component_id"]) for row in records(session.ask("lists/components", study_id=session.study_id()))
        ]
        session.settle("component", [*session.many("tool"), *names])
    elif session.page() == "step":
        session.settle("step", _step_ids(session.study_id()))
    elif session.page() == "compare":
        sides.settle()
    elif session.page() == "practice":
        _settle_practice()
    elif session.page() == "guidance":
        session.settle_many("issuer", list(_issuers(session.study_id())))


def _step_ids(study_id: str) -> list[str]:
    return [str(step_id) for step_id in session.ask("lists/steps", study_id=study_id)["step_id"]]


def _many(key: str, options: dict[str, str], t: Translator) -> None:
    session.settle_many(key, list(options))
    chosen = session.many(key)
    if not chosen:
        said = t("filter.all")
    else:
        said = options[chosen[0]] if len(chosen) == 1 else t.count("filter.some", len(chosen))
    with st.popover(f"{t(f'filter.{key}')}: {as_label(said)}", key=f"pop_{key}"):
        _pills(key, options, t)


def _pills(key: str, options: dict[str, str], t: Translator) -> None:
    st.pills(
        t(f"filter.{key}"), list(options), selection_mode="multi", key=key,
        format_func=lambda value: as_label(options[value]),
    )  # fmt: skip


def as_label(text: str) -> str:
    """Return a study's words for a label that reads Markdown: each sign stands for itself, no picture is fetched."""
    return MARKDOWN.sub(r"\\\1", " ".join(text.split()))


def _offered(study_id: str) -> dict[str, dict[str, str]]:
    """Return, per filter, the values on offer in a study and the screen's words for them."""
    return session.drawn(("offered", study_id), lambda: _found(study_id))


def _found(study_id: str) -> dict[str, dict[str, str]]:
    """Return, per filter, the values on offer in a study and the screen's words for them."""
    steps = session.ask("lists/steps", study_id=study_id)
    components = records(session.ask("lists/components", study_id=study_id))
    t = i18n.translator(session.language())
    ordered = steps.sort_values("phase_position", kind="stable")

    def named(group: str, values: Sequence[str]) -> dict[str, str]:
        return {str(value): t.word(group, str(value)) for value in dict.fromkeys(values) if value}

    return {
        "tool": {str(row["component_id"]): t.of(row, "component") for row in components},
        "phase": named("phase", list(ordered["phase"])),
        "duty": named("obligation", sorted(steps["obligation_level"])),
        "place": named("jurisdiction", sorted(steps["jurisdiction"])),
    }


def lens_picker(lenses: Sequence[str], t: Translator) -> str:
    """Return the lens through which the reader looks at what is done otherwise; the first where none is chosen."""
    session.settle("lens", lenses)
    st.segmented_control(
        t("lens.choose"), lenses, key="lens", required=True, format_func=lambda name: t(f"lens.{name}")
    )
    return session.chosen("lens")


def component_picker(t: Translator) -> str:
    """Return the tool that the page is about: the one chosen here, else the filter's, else the first."""
    rows = records(session.ask("lists/components", study_id=session.study_id()))
    names = {str(row["component_id"]): t.of(row, "component") for row in rows}
    if not names:
        raise GapError(t("component.none"))
    session.settle("component", [*session.many("tool"), *names] if session.many("tool") else list(names))
    st.pills(
        t("filter.component"), list(names), key="component", required=True, format_func=lambda c: as_label(names[c]),
        label_visibility="collapsed",
    )  # fmt: skip
    return session.chosen("component")


def component_name(component_id: str, t: Translator) -> str:
    """Return a tool's name on screen."""
    rows = records(session.ask("lists/components", study_id=session.study_id()))
    return next(t.of(row, "component") for row in rows if row["component_id"] == component_id)


def names(t: Translator) -> dict[str, str]:
    """Return what the reader calls each tool and each step, by its id; ids of both kinds are apart in a study."""
    tools = records(session.ask("lists/components", study_id=session.study_id()))
    steps = records(session.ask("lists/steps", study_id=session.study_id()))
    found = {str(row["component_id"]): t.of(row, "component") for row in tools}
    return found | {str(row["step_id"]): f"{row['step_id']} · {t.of(row, 'step')}" for row in steps}


def side_picker(t: Translator) -> sides.Pair | None:
    """Return the two sides that the page compares; None where this study can be compared with nothing."""
    if not sides.settle():
        return None
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="sides"):
        st.pills(
            t("compare.by"), sides.ways(), key="by", required=True, label_visibility="collapsed",
            format_func=lambda way: as_label(sides.way_name(way, t)),
        )  # fmt: skip
        ends = {"one": sides.ones(), "other": sides.others()}
        if len({*ends["one"], *ends["other"]}) > 2:
            for key, values in ends.items() if len(ends["one"]) > 1 else [("other", ends["other"])]:
                st.selectbox(
                    t(f"compare.{key}"), values, key=key, format_func=lambda value: sides.name(value, t),
                    label_visibility="collapsed", width=240,
                )  # fmt: skip
    return sides.pair(t)


def facet_bar(rows: pd.DataFrame, t: Translator) -> tuple[pd.DataFrame, tuple[object, ...]]:
    """Show the facets of the library; return the practices that they leave, and the choices as one key."""
    offered = _facets(session.study_id())
    picked = {key: session.many(key) for key in FACETS}
    fragile = session.chosen("fragile")
    n_fragile = len(library.chosen(rows, picked | {"fragile": ("1",)}))
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="facets"):
        for key in (key for key in offered if key not in FACETS_OF_RESEARCH):
            _many(key, offered[key], t)
        if more := [key for key in FACETS_OF_RESEARCH if key in offered]:
            n_more = sum(len(picked[key]) for key in more)
            said = t.count("filter.some", n_more) if n_more else t("filter.all")
            with st.popover(f"{t('filter.more')}: {said}", key="pop_more"):
                for key in more:
                    _pills(key, offered[key], t)
        if n_fragile or fragile:
            st.pills(
                t("filter.fragile"), ["1"], key="fragile", label_visibility="collapsed",
                format_func=lambda _: t("practice.fragile.only", n=n_fragile),
            )  # fmt: skip
        if fragile or any(picked.values()):
            st.button(t("practice.clear"), on_click=_clear_facets, type="tertiary", key="clear_facets")
    return library.chosen(rows, picked | {"fragile": fragile}), (fragile, *picked.values())


def issuer_picker(t: Translator) -> None:
    """Offer the issuers of the study's written sources, where there is more than one."""
    offered = _issuers(session.study_id())
    if len(offered) > 1:
        with st.container(key="issuers"):
            _many("issuer", offered, t)


def _issuers(study_id: str) -> dict[str, str]:
    """Return the issuers of a study's written sources and the screen's words for them, by those words."""
    documents = session.ask("lists/guidance_documents", study_id=study_id)
    t = i18n.translator(session.language())
    words = {str(issuer): t.word("issuer", str(issuer)) for issuer in documents["issuer"].unique() if issuer}
    return dict(sorted(words.items(), key=lambda item: item[1].casefold()))


def opened_practice() -> Row | None:
    """Return the one practice that the address opens; None where it opens the whole library."""
    rows = session.measure("practice_library", session.whole_study())
    return next(iter(records(rows[rows["practice_id"] == session.chosen("practice")])), None)


def _settle_practice() -> None:
    """Drop the facets and the practice that this study does not have."""
    offered = _facets(session.study_id())
    for key in FACETS:
        session.settle_many(key, list(offered.get(key, ())))
    if session.chosen("fragile") != "1":
        session.take("fragile")
    known = session.measure("practice_library", Filters(session.study_id()))["practice_id"]
    # On the way to the words behind a number, Streamlit notes their address under this page's name; Back comes here.
    if session.take("number") or session.chosen("practice") not in set(known):
        session.take("practice")


def _clear_facets() -> None:
    for key in FACETS:
        session.settle_many(key, ())
    session.take("fragile")


def _facets(study_id: str) -> dict[str, dict[str, str]]:
    """Return, per facet with more than one value in a study, its values and the screen's words for them."""
    rows = session.measure("practice_library", Filters(study_id))
    return session.drawn(("facets", study_id), lambda: facet_choices(rows, i18n.translator(session.language())))


def step_chooser(t: Translator) -> Row | None:
    """Return the step that the page is about, with its source; None where the study has no steps."""
    rows = records(session.ask("lists/steps", study_id=session.study_id()))
    if not rows:
        return None
    known = {str(row["step_id"]): row for row in rows}
    session.settle("step", list(known))
    with st.container(horizontal=True, vertical_alignment="center", key="chooser"):
        at = list(known).index(session.chosen("step"))
        for sign, neighbour, side in (("←", at - 1, "previous"), ("→", at + 1, "next")):
            inside = 0 <= neighbour < len(known)
            st.button(
                sign, key=f"step_{side}", disabled=not inside, help=t(f"step.{side}"),
                on_click=session.choose, args=("step", list(known)[neighbour] if inside else ""),
            )  # fmt: skip
        st.selectbox(
            t("filter.step"), list(known), key="step", label_visibility="collapsed", width=640,
            format_func=lambda s: f"{s} · {t.of(known[s], 'step')}",
        )  # fmt: skip
    return known[session.chosen("step")]


def brief_picker(step_id: str, t: Translator) -> None:
    """Offer to put this step into the brief, beside those that are in it; together they are taken away as one."""
    chosen = session.many("brief")
    said = {name: as_label(name) for name in (*chosen, step_id)}
    said[step_id] = t("brief.in" if step_id in chosen else "brief.add", id=said[step_id])
    st.pills(
        t.count("brief", len(chosen)) if chosen else t("brief.none"), list(said), selection_mode="multi", key="brief",
        format_func=lambda name: said[name],
    )  # fmt: skip
