"""Page: what lies behind this gap?"""

import streamlit as st

from dashboard import controls, deciding, session, widgets
from dashboard.charts.change_request import change_request
from dashboard.charts.decisions import decisions
from dashboard.charts.headline import followers_doubt, headline, step_firmness, step_sentence
from dashboard.charts.step_words import step_columns, step_words
from dashboard.charts.voice_strip import voice_strip
from dashboard.measures.placement import conditions
from dashboard.query import records

t, filters = session.translator(), session.filters()
found = controls.step_chooser(t)
if found is None:
    st.text(t("overview.none"))
    st.stop()
step = found

step_id, whole = str(step["step_id"]), session.whole_study()
placed = widgets.row_of(session.measure("placement_by_step", whole), step_id)
practices = session.measure("practice_by_step", whole)
practices = practices[practices["step_id"] == step_id]
asked = {"study_id": filters.study_id, "step_id": step_id, "at_least": filters.at_least}
voices = session.ask("lists/voices_on_step", **asked)
rules = conditions(session.ask("lists/placement_rules", study_id=filters.study_id))
told = session.measure("words_behind", whole, step=step_id)

asks = t("question.step" if placed["n_differ"] else "question.step.same")
question = f"{asks} · {t.of(step, 'component')} · {t.of(step, 'step')}"
facts = [t.count("voices", len(voices)), *widgets.tally_facts(placed, t)]
sentence = step_sentence(placed, t)
doubts = session.measure("doubt_by_step", whole)
doubt = followers_doubt(records(doubts[doubts["step_id"] == step_id]), t)
more = " ".join(said for said in (doubt, step_firmness(placed, t)) if said)
widgets.draw("headline", lambda: headline(question, sentence, facts, widgets.chips(t), t, more), step_id)
widgets.draw("voices_on_step", lambda: voice_strip(voices, t), step_id)
widgets.twin(voices, "voices_on_step", t)
widgets.draw("columns", lambda: step_columns(step, placed, records(practices), rules, t, doubt), step_id)

written, as_of = deciding.on_step(step_id), deciding.as_of()
widgets.draw("decisions", lambda: decisions(written, as_of[-1], session.to, t), step_id, as_of)
deciding.forms(written, t.of(step, "step"), t)
if written.proposal is not None:
    proposal, harms = written.proposal, session.measure("words_behind", whole, step=step_id, number="n_harms")
    widgets.draw(
        "request",
        lambda: change_request(proposal, written, step, placed, practices, told, harms, t, doubt),
        step_id,
        as_of,
    )
controls.brief_picker(step_id, t)

known = widgets.numbers()
widgets.draw("words", lambda: step_words(told, practices, known, session.to, t), step_id)
widgets.twin(practices, "practice_by_step", t)
