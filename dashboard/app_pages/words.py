"""Page: which words is this number made of?"""

import streamlit as st

from dashboard import controls, session, widgets
from dashboard.charts.headline import headline
from dashboard.charts.opens import sound
from dashboard.charts.words_page import code_words, subject_of, words_page, words_sentence

t = session.translator()
keys = ("step", "practice", "component", "voice", "group", "through", "category", "number", "code")
of = sound({key: session.chosen(key) for key in keys})
if not any(of[key] for key in keys if key not in ("number", "group", "category")):
    nothing = t.parts("behind.nothing")
    widgets.draw("headline", lambda: headline(t("question.words"), nothing, [], widgets.chips(t), t))
    st.stop()

code = of["code"]
if code:
    told = session.ask("lists/words_of_code", study_id=session.study_id(), code_id=code)
else:
    filters = session.filters() if of["through"] or of["component"] else session.whole_study()
    told = session.measure("words_behind", filters, **{key: of[key] for key in keys if key != "code"})
subject = subject_of(of, controls.names(t), told, t)
sentence = words_sentence(told, of, subject, t)
facts = [t("behind.back")] if of["number"] else []
widgets.draw("headline", lambda: headline(t("question.words"), sentence, facts, widgets.chips(t), t), *of.values())
if code:
    widgets.draw("words", lambda: code_words(told, t), *of.values())
else:
    known = widgets.numbers()
    widgets.draw("words", lambda: words_page(told, known, session.to, t), *of.values())
asked = " · ".join(f"{key} = {value}" for key, value in of.items() if value)
widgets.twin(told, "words_of_code" if code else "words_behind", t, about=[asked])
