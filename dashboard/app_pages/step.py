"""Page: what lies behind this gap?"""

import streamlit as st

from dashboard import controls, session, widgets
from dashboard.charts.headline import headline, step_firmness, step_sentence
from dashboard.charts.step_words import step_columns, step_words
from dashboard.charts.voice_strip import voice_strip

t, filters = session.translator(), session.filters()
step = controls.step_chooser(t)
if step is None:
    st.text(t("overview.none"))
    st.stop()

step_id, whole = str(step["step_id"]), session.whole_study()
placed = widgets.row_of(session.measure("placement_by_step", whole), step_id)
practices = session.measure("practice_by_step", whole)
practices = practices[practices["step_id"] == step_id]
asked = {"study_id": filters.study_id, "step_id": step_id, "at_least": filters.at_least}
voices = session.ask("lists/voices_on_step", **asked)
told = session.ask("lists/words_on_step", **asked)

question = f"{t('question.step')} · {t.of(step, 'component')} · {t.of(step, 'step')}"
facts = [t.count("voices", len(voices)), *widgets.tally_facts(placed, t)]
widgets.draw(
    headline(question, step_sentence(placed, t), facts, widgets.chips(t), step_firmness(placed, t)),
    "headline",
)
widgets.draw(voice_strip(voices, t), "voices_on_step")
widgets.twin(voices, "voices_on_step", t)
widgets.draw(step_columns(step, placed, practices, t), "columns")
widgets.draw(step_words(told, practices, str(session.study()["kind"]), t), "words")
widgets.twin(practices, "practice_by_step", t)
