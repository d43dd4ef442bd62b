"""The people in a study: quotes held back for review, and a voice that withdraws. Nothing for the public."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any, cast

import streamlit as st

from dashboard import review, session, settings, withdrawing
from dashboard.errors import GapError
from dashboard.i18n import Translator
from dashboard.query import records
from dashboard.withdrawn import WORDS

SHOWN = 25  # quotes at once
DONE, LEFT, NOT_DONE = "people_done", "people_left", "people_not_done"


def people(t: Translator) -> None:
    """Offer what protects the people in the open study, to the team."""
    if session.scope() != "team":
        return
    if said := session.take(DONE):
        if session.take(LEFT):
            st.warning(t("people.left"))
        else:
            st.success(t("people.done"))
        st.text(said)
    if said := session.take(NOT_DONE):
        st.error(t("error.title"))
        st.text(said)
    _held_back(t)
    if session.study()["kind"] != "evidence":  # a publication does not withdraw
        _withdraw(t)


def _held_back(t: Translator) -> None:
    rows = [row for row in records(session.found(("held",), partial(review.waiting, study_id=session.study_id())))
            if row["release_state"] == "held"]  # fmt: skip
    if not rows:
        return
    with st.expander(t.count("people.held", len(rows)), key="held"):
        st.caption(t("people.held.note"))
        for row in rows[:SHOWN]:
            kinds = t.sequence([t(f"people.kind.{kind}") for kind in str(row["kinds"]).split()])
            st.text(f"{row['participant_id']} · {row['document']} · {kinds}")
            st.text(f"“{row['quote']}”")
            with st.container(horizontal=True, gap="small"):
                for answer in ("release", "keep"):
                    st.button(
                        t(f"people.held.{answer}"), key=f"{answer}_{row['excerpt_id']}", on_click=_in_the_store,
                        args=(partial(_decide, str(row["excerpt_id"]), answer),),
                    )  # fmt: skip


def _decide(excerpt_id: str, answer: str) -> str:
    release, keep = ([excerpt_id], []) if answer == "release" else ([], [excerpt_id])
    return f"gen {review.decide(settings.store_folder(), session.study_id(), release, keep)}"


def _withdraw(t: Translator) -> None:
    voices = [str(row["participant_id"]) for row in records(session.ask("lists/participants", study_id=_study()))]
    with st.expander(t("people.withdraw"), key="withdraw"):
        st.caption(t("people.withdraw.note"))
        voice = st.selectbox(
            t("people.voice"), list(dict.fromkeys(voices)), index=None, key="withdraw_voice", width=320,
            placeholder=t("people.voice.none"),
        )  # fmt: skip
        if voice is None:
            return
        planned = withdrawing.plan(settings.store_folder(), _study(), voice)
        st.text("\n".join(_lines(planned, t)))
        is_sure = st.checkbox(t("people.withdraw.sure", voice=voice), key=f"sure_{voice}")
        st.button(
            t("people.withdraw.now", voice=voice), key="withdraw_now", disabled=not is_sure, on_click=_in_the_store,
            args=(partial(_take_out, voice, t),),
        )  # fmt: skip


def _take_out(voice: str, t: Translator) -> str:
    report = withdrawing.withdraw(settings.store_folder(), _study(), voice)
    session.choose(LEFT, bool(report["words_found_in"]))
    return "\n".join([*_lines(report, t), *_searched(report, t), t("people.beyond")])


def _searched(report: Mapping[str, object], t: Translator) -> list[str]:
    """Say what the store was searched for, where nothing was found; nothing where it was found, and is listed."""
    if report["words_found_in"]:
        return []
    n = int(str(report["searched_for"]))
    return [t.count("people.searched", n, least=WORDS) if n else t("people.searched.none", least=WORDS)]


def _in_the_store(change: Callable[[], str]) -> None:
    """Change the store, let go of what was open of it, and say what was done or why it was not."""
    if session.scope() != "team":
        raise GapError("Nothing can be changed here.", remedy="Start the server without --public.")
    try:
        session.choose(DONE, change())
    except GapError as problem:
        session.choose(NOT_DONE, str(problem))
    session.let_go()


def _lines(report: Mapping[str, object], t: Translator) -> Sequence[str]:
    """Return what leaves with a voice, a line a study, and where they are named besides."""
    removed = cast(Mapping[str, Mapping[str, int]], report["removed"])
    lines = []
    for study, counts in removed.items():
        parts = [f"{t(f'people.count.{name}')}: {n}" for name, n in counts.items() if n]
        lines.append(f"{study} · {', '.join(parts)}")
    for key in ("transcripts_emptied", "documents_of_nobody_known", "named_elsewhere", "words_found_in"):
        lines += [f"{place}: {t(f'people.{key}')}" for place in cast(Sequence[Any], report[key])]
    return lines


def _study() -> str:
    return session.study_id()
