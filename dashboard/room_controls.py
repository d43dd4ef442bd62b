"""The room's door in the control room: open it, see who follows, rehearse, forget, and take the totals along."""

import base64

import pandas as pd
import streamlit as st

from dashboard import access, session
from dashboard.drawn_talk import warm
from dashboard.errors import GapError
from dashboard.export.table import as_csv
from dashboard.i18n import Translator
from dashboard.room_server import HERE, PORT, addresses, hall, qr

EVERY = "2s"


def show(t: Translator) -> None:
    """Offer the room, or say why this study can have none; nobody outside of the team sees it."""
    if session.scope() != "team":
        return
    with st.expander(t("room.title"), expanded=hall().is_open, key="room"):
        if not access.can_see_study("public", str(session.study()["disclosure"])):
            st.text(t("room.not_open"))
            return
        st.caption(t("room.note"))
        if problem := session.take("_room_problem"):
            st.error(t("room.failed"))
            st.text(problem)
        if hall().is_open:
            warm(session.study_id(), ("public",))
            _opened(t)
        else:
            _closed(t)


def _closed(t: Translator) -> None:
    with st.container(horizontal=True, gap="small", vertical_alignment="bottom", key="room_door"):
        st.selectbox(
            t("room.address"), addresses(), key="room_address", width=260,
            format_func=lambda one: t("room.here", address=one) if one == HERE else one,
        )  # fmt: skip
        st.number_input(t("room.port"), 1024, 65535, PORT, key="room_port", width=140)
        st.button(t("room.open"), on_click=_open, key="room_open")


def _opened(t: Translator) -> None:
    address = hall().address
    code, says = st.columns([1, 3], gap="large")
    with code:
        picture = base64.b64encode(qr(address).encode()).decode()
        st.image(f"data:image/svg+xml;base64,{picture}", width=190)
    with says:
        st.text(t("room.is_open", address=address))
        _following(t)
        with st.container(horizontal=True, gap="small", vertical_alignment="center", key="room_acts"):
            st.toggle(
                t("room.rehearsal"), hall().room.place.is_rehearsal, key="room_rehearsal", on_change=_rehearse
            )  # fmt: skip
            with st.popover(t("room.reset"), key="room_reset"):
                st.caption(t("room.reset.note"))
                st.button(t("room.reset.sure"), on_click=hall().room.reset, key="room_reset_sure")
            st.download_button(
                t("room.totals"), _totals, f"room-{session.study_id()}.csv", "text/csv", key="room_totals",
                on_click="ignore", type="tertiary",
            )  # fmt: skip
            st.button(t("room.close"), on_click=hall().close, key="room_close", type="tertiary")


@st.fragment(run_every=EVERY)
def _following(t: Translator) -> None:
    room = hall().room
    n_answers = sum(int(str(row["n_answers"])) + int(str(row["n_late"])) for row in room.totals())
    st.text(f"{t.count('room.phones', hall().n_phones)} · {t.count('room.answers', n_answers)}")


def _totals() -> bytes:
    columns = ["scene", "value", "n_answers", "n_late"]
    return as_csv(pd.DataFrame(hall().room.totals(), columns=columns))


def _open() -> None:
    try:
        hall().open(session.chosen("room_address"), int(session.chosen("room_port") or PORT))
        hall().room.begin()
    except GapError as problem:
        session.choose("_room_problem", str(problem))


def _rehearse() -> None:
    hall().room.rehearse(session.is_on("room_rehearsal"))
