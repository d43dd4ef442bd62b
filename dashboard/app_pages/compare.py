"""Page: do two groups, sites or rounds differ?"""

import streamlit as st

from dashboard import controls, session, sides, widgets
from dashboard.charts.compare_steps import compare_steps
from dashboard.charts.compare_words import compare_facts, compare_more, compare_sentence
from dashboard.charts.headline import headline

t = session.translator()
question = t("question.compare")
found = controls.side_picker(t)
if found is None:
    nothing = t.parts("compare.none")
    widgets.draw("headline", lambda: headline(question, nothing, [], widgets.chips(t), t), "nothing")
    st.stop()

pair = found
rows, ends = pair.rows(), pair.ends
facts = compare_facts(rows, ends, sides.hidden(pair), t)
sentence, more = compare_sentence(rows, ends, t), compare_more(rows, ends, t)
widgets.draw("headline", lambda: headline(question, sentence, facts, sides.chips(pair, t), t, more), pair)
widgets.draw("dumbbells", lambda: compare_steps(rows, ends, session.to, t), pair)
widgets.twin(rows, "compare_by_step", t, about=sides.about(pair, t))
