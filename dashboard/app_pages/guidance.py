"""Page: which guidance does not fit, and what would a better text say?"""

import streamlit as st

from dashboard import controls, deciding, session, widgets
from dashboard.charts.guidance_list import guidance_list
from dashboard.charts.guidance_words import guidance_about, guidance_facts, guidance_more, guidance_sentence
from dashboard.charts.headline import headline
from dashboard.measures.placement import conditions

t, filters, study = session.translator(), session.filters(), session.study()
issuers, opened = session.many("issuer"), session.chosen("document")
steps = session.measure("guidance_by_step", filters, issuers=issuers)
documents = session.measure("guidance_by_document", filters, issuers=issuers)
hidden = session.measure("hidden_practice", filters)
doubts = session.measure("doubt_by_step", filters)
rules = conditions(session.ask("lists/placement_rules", study_id=filters.study_id))

facts = guidance_facts(steps, documents, hidden, int(study["n_voices"]), t)
question, more = t("question.guidance"), guidance_more(steps, t)
sentence = t.parts("overview.no_steps") if not study["n_steps"] else guidance_sentence(steps, t)
widgets.draw("headline", lambda: headline(question, sentence, facts, widgets.chips(t), t, more), issuers)
if not study["n_steps"]:
    st.stop()
controls.issuer_picker(t)
if steps.empty:
    st.stop()
if not issuers:
    widgets.hidden(filters, t)

widgets.draw_if("so_far", deciding.so_far(t), deciding.as_of())
widgets.draw(
    "guidance", lambda: guidance_list(steps, documents, rules, opened, issuers, session.to, t, doubts), issuers, opened
)
about = guidance_about(t.of(study, "title"), filters.study_id, issuers, t)
widgets.twin(documents, "guidance_by_document", t, about=about)
widgets.twin(steps, "guidance_by_step", t, about=about)
