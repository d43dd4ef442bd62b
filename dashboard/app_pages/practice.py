"""Page: what do clinicians do that works?"""

from dataclasses import replace

from dashboard import controls, session, widgets
from dashboard.charts.headline import headline
from dashboard.charts.practice_library import (
    library_facts,
    library_sentence,
    one_practice,
    practice_library,
    practice_sentence,
)
from dashboard.charts.unwritten_map import unwritten_map

t, filters = session.translator(), session.filters()
rows, n_voices = session.measure("practice_library", filters), int(session.study()["n_voices"])
question, opened = t("question.practice"), controls.opened_practice()

if opened is not None:
    row, practice_id = opened, str(opened["practice_id"])
    sentence, facts = practice_sentence(row, n_voices, t), [t.count("voices", n_voices)]
    widgets.draw("headline", lambda: headline(question, sentence, facts, widgets.chips(t), t), practice_id)
    told, known = session.measure("words_behind", session.whole_study(), practice=practice_id), widgets.numbers()
    widgets.draw("practice", lambda: one_practice(row, told, n_voices, known, session.to, t), practice_id)
else:
    every = session.measure("practice_library", replace(filters, at_least=1))
    sentence, facts = library_sentence(rows, t), library_facts(rows, every, n_voices, t)
    more = "" if rows.empty else t("practice.fragile.note")
    widgets.draw("headline", lambda: headline(question, sentence, facts, widgets.chips(t), t, more))
    if not rows.empty:
        left, facets = controls.facet_bar(rows, t)
        told = session.measure("words_behind", filters)
        widgets.draw("library", lambda: practice_library(left, len(rows), told, n_voices, session.to, t), facets)
        widgets.twin(rows, "practice_library", t)
        widgets.robustness(filters, t, "library_without_one")

if opened is not None or not rows.empty:
    unwritten = session.measure("unwritten_practice", filters)
    widgets.draw("unwritten", lambda: unwritten_map(unwritten, n_voices, session.to, t))
    widgets.twin(unwritten, "unwritten_practice", t)
