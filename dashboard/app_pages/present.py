"""Page: show it to the room."""

from urllib.parse import urlencode

import streamlit as st

from dashboard import presenting, room_controls, session, widgets
from dashboard.charts.headline import headline
from dashboard.charts.talk_list import talk_facts, talk_list, talk_sentence

t = session.translator()
talk, drawn, as_of = presenting.talk(), presenting.drawn(), presenting.stamp()
sentence, facts = talk_sentence(drawn, t), talk_facts(drawn, t)
widgets.draw("headline", lambda: headline(t("question.present"), sentence, facts, widgets.chips(t), t), as_of)

chosen = session.chosen("scene")
with st.container(horizontal=True, gap="small", vertical_alignment="center", key="start"):
    if talk.scenes:
        asked = {"study": talk.study_id, "lang": t.language}
        st.link_button(t("present.start"), f"/stage?{urlencode(asked)}")
    presenting.adder(t)
    presenting.file(t)
room_controls.show(t)

at = talk.at(chosen)
listed, opened = st.columns([5, 7], gap="large") if at >= 0 else (st.container(), None)
with listed:
    widgets.draw("talk", lambda: talk_list(drawn, chosen, session.to, t), as_of, chosen)
if opened is not None:
    with opened:
        presenting.preview(drawn["scenes"][at])
        presenting.editor(talk.scenes[at], t)
