"""Page: what did the interviews say, as analysed?"""

from functools import partial

import streamlit as st

from dashboard import session, widgets
from dashboard.charts.agreement import agreement
from dashboard.charts.co_occurrence import co_occurrence, first_folders, folder_of, folders
from dashboard.charts.headline import headline
from dashboard.charts.saturation import saturation
from dashboard.charts.theme_tree import theme_tree, themes_sentence
from dashboard.export import codebook, qdc
from dashboard.model import Filters

t, filters, study = session.translator(), session.filters(), session.study()
whole, n_voices = Filters(filters.study_id), int(study["n_voices"])
codes = session.measure("voice_by_code", whole)
facts = [t.count("voices", n_voices)] if n_voices else []
more = t("themes.whole") if session.is_filtered() else ""
sentence = themes_sentence(codes, n_voices, t)
widgets.draw("headline", lambda: headline(t("question.themes"), sentence, facts, widgets.chips(t), t, more))
if codes.empty:
    st.stop()

widgets.draw("tree", lambda: theme_tree(codes, n_voices, session.to, t))
books = {"csv": (codebook.as_file, codes), "qdc": (qdc.as_file, session.ask("lists/codes", study_id=filters.study_id))}
with st.container(horizontal=True, gap="medium", key="codebooks"):
    for kind, (write, rows) in books.items():
        st.download_button(
            t(f"codebook.download.{kind}"), partial(write, rows, study, session.generation_name(), t),
            f"codebook-{filters.study_id}.{kind}", key=f"{kind}_codebook", on_click="ignore", type="tertiary",
        )  # fmt: skip
widgets.twin(codes, "voice_by_code", t)

names = session.drawn(("folders", whole), lambda: folders(codes, t))
sides = dict(zip(("down", "across"), first_folders(codes), strict=True))
for side, first in sides.items():
    session.settle(side, [first, *names])
chosen = {side: folder_of(session.chosen(side)) for side in sides}
pairs = session.measure("code_co_occurrence", whole, **chosen)
widgets.draw("matrix", lambda: co_occurrence(pairs, session.to, t), *chosen.values())
with st.container(horizontal=True, gap="medium", key="folders"):
    for side in sides:
        st.selectbox(t(f"matrix.{side}"), list(names), key=side, format_func=lambda folder: names[folder], width=320)
widgets.twin(pairs, "code_co_occurrence", t)

brought = session.measure("new_by_interview", filters)
widgets.draw("saturation", lambda: saturation(brought, session.to, t))
if not brought.empty:
    widgets.twin(brought, "new_by_interview", t)

agreed = session.measure("coder_agreement", whole)
is_shown = session.is_on("agreement") and not agreed.empty
widgets.draw("agreed", lambda: agreement(agreed, is_shown, t), is_shown)
if not agreed.empty:
    st.toggle(t("agreement.show"), key="agreement")
if is_shown:
    widgets.twin(agreed, "coder_agreement", t)
