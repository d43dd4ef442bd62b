"""Page: how is this tool really used?"""

from dataclasses import replace

import streamlit as st

from dashboard import controls, session, widgets
from dashboard.charts.component_lanes import component_lanes
from dashboard.charts.headline import component_sentence, headline
from dashboard.charts.lens_strip import LENSES, lens_strip

t = session.translator()
component_id = controls.component_picker(t)
filters = replace(session.filters(), component_ids=(component_id,))
placed = session.measure("placement_by_step", filters)
unwritten = session.measure("unwritten_practice", filters)
through = session.measure("practice_by_lens", filters)
gap = session.measure("gap_by_component", filters)
n_voices = int(session.study()["n_voices"])

facts = [*widgets.facts(placed, filters, t), t.count("unwritten", len(unwritten))]
question = f"{t('question.component')} · {controls.component_name(component_id, t)}"
sentence = component_sentence(placed, len(unwritten), t)
widgets.draw("headline", lambda: headline(question, sentence, facts, widgets.chips(t), t), component_id)
if placed.empty and unwritten.empty:
    st.stop()
widgets.hidden(filters, t)

widgets.draw("lanes", lambda: component_lanes(placed, unwritten, n_voices, session.to, t), component_id)
widgets.twin(placed, "gap_by_step", t, pick=True)
widgets.twin(unwritten, "unwritten_practice", t)

lens = controls.lens_picker(list(LENSES), t)
widgets.draw("lens_strip", lambda: lens_strip(through, lens, n_voices, session.to, t, component_id), component_id, lens)
widgets.twin(through.assign(component_id=component_id), "practice_by_lens", t)
widgets.twin(gap, "gap_by_component", t)
