"""Page: what is in this study and can I trust it? And: bring your own."""

from functools import partial

import streamlit as st

from dashboard import bringing, people, session, store, widgets
from dashboard.charts.headline import headline
from dashboard.export import codebook
from dashboard.export.study_page import study_page, study_sentence
from dashboard.model import Filters
from dashboard.query import records

t, study = session.translator(), session.study()
whole = Filters(session.study_id())
imports = records(session.ask("lists/study_checks", study_id=whole.study_id))
parts = bringing.parts()
session.settle("part", [bringing.first_part(), *parts])
if len(parts) > 1:
    st.segmented_control(
        t("study.part"), parts, key="part", required=True, format_func=lambda part: t(f"study.part.{part}"),
        label_visibility="collapsed",
    )  # fmt: skip
if session.chosen("part") == "bring":
    bringing.bring(t)
    st.stop()

facts = [t.of(study, "title"), t.count("voices", int(study["n_voices"]))]
sentence = study_sentence(imports, t)
widgets.draw("headline", lambda: headline(t("question.study"), sentence, facts, widgets.chips(t), t))

broken = session.found(("checks",), lambda connection: {n: len(rows) for n, rows in store.failures(connection).items()})
widgets.draw("document", lambda: study_page(study, imports, int(study["n_steps"]), broken, t))
codes = session.measure("voice_by_code", whole)
if not codes.empty:
    st.download_button(
        t("codebook.download.csv"), partial(codebook.as_file, codes, study, session.generation_name(), t),
        f"codebook-{whole.study_id}.csv", key="csv_codebook", on_click="ignore", type="tertiary",
    )  # fmt: skip
widgets.twin(session.measure("gap_by_step", whole), "gap_by_step", t)
people.people(t)
